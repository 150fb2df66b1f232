using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record ResetRequest
{
    public string? Password { get; set; }
    public string? Repeated { get; set; }
}

/// <summary>A new password by a link sent to the account's address. Whether there is such an account is never said.</summary>
internal sealed class ForgottenPassword(PlumblineDb db, UserManager<Person> people, Notices notices, Rules rules, TimeProvider clock)
{
    public async Task<Outcome<Done>> AskAsync(string? email, CancellationToken cancel = default)
    {
        var refusals = PersonRules.EmailRefusals(email).ToList();
        if (refusals.Count > 0)
            return refusals;
        if (await people.FindByNameAsync(email!.Trim()) is { DisabledAt: null } person)
        {
            var token = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await people.GeneratePasswordResetTokenAsync(person)));
            notices.AddMail(person.Email!, person.Language, "password-reset", $"/reset-password?person={person.Id}&token={token}", person.Name);
            await db.SaveChangesAsync(cancel);
        }
        return Done.It;
    }

    public async Task<Outcome<Done>> ResetAsync(Guid personId, string? token, ResetRequest request, CancellationToken cancel = default)
    {
        var person = await people.FindByIdAsync(personId.ToString());
        var refusals = PasswordRules.Refusals(request.Password, request.Repeated ?? "", person?.Name ?? "", person?.Email ?? "", await AccessRules.ReadAsync(rules, cancel)).ToList();
        if (person is null or { DisabledAt: not null } || Decode(token) is not { } decoded || !await people.VerifyUserTokenAsync(person, people.Options.Tokens.PasswordResetTokenProvider, UserManager<Person>.ResetPasswordTokenPurpose, decoded))
            return new Refusal("reset-link");
        if (refusals.Count > 0)
            return refusals;

        // Whoever followed the link reads the mail of that address.
        (person.PasswordChangedAt, person.EmailConfirmed) = (clock.GetUtcNow(), true);
        if (!(await people.ResetPasswordAsync(person, decoded, request.Password!)).Succeeded)
            return OutcomeKind.Conflict;
        foreach (var session in await db.Sessions.Where(s => s.PersonId == person.Id && s.EndedAt == null).ToListAsync(cancel))
            session.EndedAt = clock.GetUtcNow();
        notices.Add(person.Id, "password-changed", "/account/sessions", clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    private static string? Decode(string? token)
    {
        if (string.IsNullOrEmpty(token) || token.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) || token.Length % 4 == 1)
            return null;
        return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token));
    }
}
