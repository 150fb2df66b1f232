using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record PasskeyView(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>通行密钥: signing in with the key of a device, which is two factors in one; the framework checks what the device signs.</summary>
internal sealed class ManagePasskeys(PlumblineDb db, SignInManager<Person> manager, ActorContext actors, Notices notices, TimeProvider clock)
{
    private const int Most = 10;

    private UserManager<Person> People => manager.UserManager;

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Both only keep the challenge in a short-lived cookie of the caller's own browser.
        routes.MapPost("/account/passkeys/options", async (ManagePasskeys passkeys) => Results.Text(await passkeys.CreationOptionsAsync(), "application/json")).RequireAuthorization(Access.InPerson).ExcludeFromDescription();
        routes.MapPost("/sign-in/passkey/options", async (SignInManager<Person> manager) => Results.Text(await manager.MakePasskeyRequestOptionsAsync(null), "application/json")).AllowAnonymous().ExcludeFromDescription();
    }

    public async Task<IReadOnlyList<PasskeyView>> ListAsync() =>
        [.. (await People.GetPasskeysAsync(await MeAsync())).OrderBy(p => p.CreatedAt).Select(p => new PasskeyView(Convert.ToHexStringLower(p.CredentialId), p.Name ?? "", p.CreatedAt))];

    public async Task<string> CreationOptionsAsync()
    {
        var me = await MeAsync();
        return await manager.MakePasskeyCreationOptionsAsync(new() { Id = me.Id.ToString(), Name = me.Email!, DisplayName = me.Name });
    }

    public async Task<Outcome<Done>> AddAsync(string? credential, string? name)
    {
        var me = await MeAsync();
        if (string.IsNullOrWhiteSpace(credential))
            return new Refusal("passkey-script");
        if ((await People.GetPasskeysAsync(me)).Count >= Most)
            return new Refusal("passkeys-many", null, Most);
        var result = await manager.PerformPasskeyAttestationAsync(credential);
        if (!result.Succeeded || result.UserEntity.Id != me.Id.ToString())
            return new Refusal("passkey-refused");
        result.Passkey.Name = Clean(name);
        if (!(await People.AddOrUpdatePasskeyAsync(me, result.Passkey)).Succeeded)
            return OutcomeKind.Conflict;
        notices.Add(me.Id, "passkey-added", "/account/passkeys", result.Passkey.Name);
        await db.SaveChangesAsync();
        return Done.It;
    }

    public async Task<Outcome<Done>> RenameAsync(string id, string? name)
    {
        var me = await MeAsync();
        if (await FindAsync(me, id) is not { } passkey)
            return OutcomeKind.NotFound;
        passkey.Name = Clean(name);
        return (await People.AddOrUpdatePasskeyAsync(me, passkey)).Succeeded ? Done.It : OutcomeKind.Conflict;
    }

    public async Task<Outcome<Done>> RemoveAsync(string id)
    {
        var me = await MeAsync();
        if (await FindAsync(me, id) is not { } passkey)
            return OutcomeKind.NotFound;
        await People.RemovePasskeyAsync(me, passkey.CredentialId);
        notices.Add(me.Id, "passkey-removed", "/account/passkeys", passkey.Name ?? "");
        await db.SaveChangesAsync();
        return Done.It;
    }

    public async Task<Outcome<Done>> SignInAsync(string? credential, HttpContext http)
    {
        if (string.IsNullOrWhiteSpace(credential))
            return new Refusal("passkey-script");
        var result = await manager.PasskeySignInAsync(credential);
        var person = result.Succeeded ? await MeAsync() : null;
        db.SignInAttempts.Add(SignInAttempt.Of(person?.Email ?? "", person, result.Succeeded ? SignInResultKind.Accepted : result.IsLockedOut ? SignInResultKind.LockedOut : SignInResultKind.WrongPasskey, actors.Address, http.Request.Headers.UserAgent, clock.GetUtcNow()));
        await db.SaveChangesAsync();
        return result.Succeeded ? Done.It : new Refusal("passkey-refused");
    }

    private Task<Person> MeAsync() => db.People.SingleAsync(p => p.Id == actors.Actor.PersonId);

    private async Task<UserPasskeyInfo?> FindAsync(Person me, string id) =>
        id.Length % 2 == 0 && id.All(char.IsAsciiHexDigit) ? await People.GetPasskeyAsync(me, Convert.FromHexString(id)) : null;

    private static string Clean(string? name) => string.IsNullOrWhiteSpace(name) ? "Passkey" : name.Trim()[..Math.Min(name.Trim().Length, 60)];
}
