using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record GuardedAccount(Guid Id, string Name, string Email, AdministratorDuty Duty, DateTimeOffset? LockoutEnd, bool TwoFactorEnabled, int Passkeys, int Sessions);

/// <summary>安全管理员: unlocks accounts, takes away lost second factors, ends sessions, and reads who tried to sign in.</summary>
internal sealed class AdministerSecurity(PlumblineDb db, UserManager<Person> people, IUserStore<Person> store, Actor actor, Notices notices, Rules rules, TimeProvider clock)
{
    private const int Shown = 100;

    public async Task<IReadOnlyList<GuardedAccount>> AccountsAsync(string? text, CancellationToken cancel = default)
    {
        var limits = await AccessRules.ReadAsync(rules, cancel);
        var (sessions, passkeys, seen) = (db.Sessions, db.Set<IdentityUserPasskey<Guid>>(), clock.GetUtcNow().AddMinutes(-limits.IdleMinutes));
        var now = clock.GetUtcNow();
        var found = db.People.AsNoTracking();
        // Without a search: those that need attention.
        found = text?.Trim().ToLowerInvariant() is { Length: > 0 } small
            ? found.Where(p => p.Name.ToLower().Contains(small) || p.Email!.ToLower().Contains(small))
            : found.Where(p => p.LockoutEnd > now);
        return await found.OrderBy(p => p.Email).Take(Shown)
            .Select(p => new GuardedAccount(p.Id, p.Name, p.Email!, p.Duty, p.LockoutEnd > now ? p.LockoutEnd : null, p.TwoFactorEnabled,
                passkeys.Count(k => k.UserId == p.Id), sessions.Count(s => s.PersonId == p.Id && s.EndedAt == null && s.SeenAt > seen)))
            .ToListAsync(cancel);
    }

    public Task<List<SignInAttempt>> AttemptsAsync(bool failuresOnly, CancellationToken cancel = default) =>
        db.SignInAttempts.AsNoTracking().Where(a => !failuresOnly || a.Result != SignInResultKind.Accepted).OrderByDescending(a => a.At).Take(Shown).ToListAsync(cancel);

    public Task<Outcome<Done>> UnlockAsync(Guid id, CancellationToken cancel = default) => ChangeAsync(id, "account-unlocked", person =>
    {
        (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
        return Task.CompletedTask;
    }, cancel);

    public Task<Outcome<Done>> ResetSecondFactorAsync(Guid id, CancellationToken cancel = default) => ChangeAsync(id, "second-factor-reset", async person =>
    {
        await EndAsync(person, cancel);
        foreach (var passkey in await people.GetPasskeysAsync(person))
            await people.RemovePasskeyAsync(person, passkey.CredentialId);
        await ((IUserAuthenticatorKeyStore<Person>)store).SetAuthenticatorKeyAsync(person, "", cancel);
        await people.SetTwoFactorEnabledAsync(person, false);
    }, cancel);

    public Task<Outcome<Done>> EndSessionsAsync(Guid id, CancellationToken cancel = default) => ChangeAsync(id, "sessions-ended", async person =>
    {
        await EndAsync(person, cancel);
        await people.UpdateSecurityStampAsync(person);
    }, cancel);

    private async Task<Outcome<Done>> ChangeAsync(Guid id, string notice, Func<Person, Task> change, CancellationToken cancel)
    {
        if (actor.Duty != AdministratorDuty.Security)
            return OutcomeKind.Forbidden;
        if (await db.People.SingleOrDefaultAsync(p => p.Id == id, cancel) is not { } person)
            return OutcomeKind.NotFound;
        if (person.Id == actor.PersonId)
            return new Refusal("not-oneself");
        await change(person);
        notices.Add(person.Id, notice, "/account", clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    private async Task EndAsync(Person person, CancellationToken cancel)
    {
        foreach (var session in await db.Sessions.Where(s => s.PersonId == person.Id && s.EndedAt == null).ToListAsync(cancel))
            session.EndedAt = clock.GetUtcNow();
    }
}
