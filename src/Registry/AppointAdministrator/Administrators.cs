using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

public sealed record AppointedAdministrator(string Email, string Name, AdministratorDuty Duty, bool IsDisabled);

/// <summary>三员: appointed at the machine by whoever runs the site, never by one of the administrators, so that none of them can give themselves more.</summary>
public static class Administrators
{
    /// <summary>Makes an account with a first password that must be changed at once; refuses a person who has roles or another duty.</summary>
    /// <returns>The first password.</returns>
    public static async Task<Outcome<string>> AppointAsync(IServiceProvider services, AdministratorDuty duty, string email, string name)
    {
        var (db, people, clock) = (services.GetRequiredService<PlumblineDb>(), services.GetRequiredService<UserManager<Person>>(), services.GetRequiredService<TimeProvider>());
        services.GetRequiredService<ActorContext>().Action = "administrator add";
        var refusals = PersonRules.EmailRefusals(email, "email").Concat(PersonRules.NameRefusals(name, "name")).ToList();
        if (duty == AdministratorDuty.None)
            refusals.Add(new("duty-missing", "duty"));
        if (refusals.Count == 0 && await people.FindByNameAsync(email.Trim()) is { } held)
        {
            refusals.AddRange(RoleRules.DutyRefusals(duty, held.Duty, await db.Memberships.AnyAsync(m => m.PersonId == held.Id && m.Until == null), "duty"));
            if (refusals.Count == 0)
                refusals.Add(new("account-exists", "email", email));
        }
        if (refusals.Count > 0)
            return refusals;
        var (now, password) = (clock.GetUtcNow(), NewPassword());
        var person = new Person { Id = Guid.CreateVersion7(now), Name = name.Trim(), Email = email.Trim(), UserName = email.Trim(), Duty = duty, CreatedAt = now, PasswordChangedAt = DateTimeOffset.UnixEpoch };
        var result = await people.CreateAsync(person, password);
        return result.Succeeded ? password : throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => e.Description)));
    }

    public static async Task<IReadOnlyList<AppointedAdministrator>> ListAsync(IServiceProvider services) =>
        await services.GetRequiredService<PlumblineDb>().People.AsNoTracking().Where(p => p.Duty != AdministratorDuty.None).OrderBy(p => p.Email)
            .Select(p => new AppointedAdministrator(p.Email!, p.Name, p.Duty, p.DisabledAt != null)).ToListAsync();

    /// <summary>Ends the duty: the account is switched off and stays in the audit trail.</summary>
    public static async Task<Outcome<Done>> DismissAsync(IServiceProvider services, string email)
    {
        var (db, people, clock) = (services.GetRequiredService<PlumblineDb>(), services.GetRequiredService<UserManager<Person>>(), services.GetRequiredService<TimeProvider>());
        services.GetRequiredService<ActorContext>().Action = "administrator remove";
        if (await people.FindByNameAsync(email) is not { } person || person.Duty == AdministratorDuty.None)
            return OutcomeKind.NotFound;
        person.DisabledAt ??= clock.GetUtcNow();
        foreach (var session in await db.Sessions.Where(s => s.PersonId == person.Id && s.EndedAt == null).ToListAsync())
            session.EndedAt = clock.GetUtcNow();
        await people.UpdateSecurityStampAsync(person);
        return Done.It;
    }

    // Four groups of letters that cannot be confused, a capital, a digit and a hyphen: every rule for passwords, and readable over a telephone.
    private static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz", 4))) + "-A" + RandomNumberGenerator.GetString("23456789", 3);
}
