using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record ProfileRequest
{
    public string? Name { get; set; }
    public string? Language { get; set; }
}

internal sealed record PasswordRequest
{
    public string? Current { get; set; }
    public string? Password { get; set; }
    public string? Repeated { get; set; }
}

internal sealed record SessionView(Guid Id, DateTimeOffset StartedAt, DateTimeOffset SeenAt, string? Address, string? UserAgent, bool IsThis);

/// <summary>What a person does with their own account.</summary>
internal sealed class ManageAccount(PlumblineDb db, SignInManager<Person> manager, Actor actor, Notices notices, Rules rules, TimeProvider clock)
{
    private UserManager<Person> People => manager.UserManager;

    public Task<Person> MeAsync(CancellationToken cancel = default) => db.People.SingleAsync(p => p.Id == actor.PersonId, cancel);

    public async Task<Outcome<Done>> SaveProfileAsync(ProfileRequest request, CancellationToken cancel = default)
    {
        var refusals = PersonRules.NameRefusals(request.Name).ToList();
        if (request.Language is not ("zh" or "en"))
            refusals.Add(new("language-unknown", "Language"));
        if (refusals.Count > 0)
            return refusals;
        var me = await MeAsync(cancel);
        (me.Name, me.Language) = (request.Name!.Trim(), request.Language!);
        await db.SaveChangesAsync(cancel);
        await manager.RefreshSignInAsync(me);
        return Done.It;
    }

    public async Task<Outcome<Done>> ChangePasswordAsync(PasswordRequest request, HttpContext http, CancellationToken cancel = default)
    {
        var me = await MeAsync(cancel);
        var limits = await AccessRules.ReadAsync(rules, cancel);
        var refusals = PasswordRules.Refusals(request.Password, request.Repeated ?? "", me.Name, me.Email!, limits).ToList();
        // A borrowed browser must not become a way to guess the password.
        if (await People.IsLockedOutAsync(me))
            refusals.Insert(0, new("locked", null, limits.LockMinutes));
        else if (string.IsNullOrEmpty(request.Current))
            refusals.Insert(0, new("password-current-missing", "Current"));
        else if (!await People.CheckPasswordAsync(me, request.Current))
        {
            await People.AccessFailedAsync(me);
            refusals.Insert(0, new("password-current", "Current"));
        }
        else if (request.Password == request.Current)
            refusals.Add(new("password-same", "Password"));
        if (refusals.Count > 0)
            return refusals;
        me.PasswordChangedAt = clock.GetUtcNow();
        var result = await People.ChangePasswordAsync(me, request.Current!, request.Password!);
        if (!result.Succeeded)
            return OutcomeKind.Conflict;
        notices.Add(me.Id, "password-changed", "/account/sessions", clock.GetUtcNow());
        await EndOthersAsync(http, cancel);
        await manager.RefreshSignInAsync(me);
        return Done.It;
    }

    public async Task<IReadOnlyList<SessionView>> SessionsAsync(HttpContext http, CancellationToken cancel = default)
    {
        var (me, current) = (actor.PersonId, http.User.SessionId());
        var limits = await AccessRules.ReadAsync(rules, cancel);
        var (seen, started) = (clock.GetUtcNow().AddMinutes(-limits.IdleMinutes), clock.GetUtcNow().AddHours(-limits.SessionHours));
        return [.. (await db.Sessions.AsNoTracking().Where(s => s.PersonId == me && s.EndedAt == null && s.SeenAt > seen && s.StartedAt > started).OrderByDescending(s => s.SeenAt).ToListAsync(cancel))
            .Select(s => new SessionView(s.Id, s.StartedAt, s.SeenAt, s.Address, s.UserAgent, s.Id == current))];
    }

    public async Task<Outcome<Done>> EndAsync(Guid sessionId, CancellationToken cancel = default)
    {
        if (await db.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.PersonId == actor.PersonId, cancel) is not { } session)
            return OutcomeKind.NotFound;
        session.EndedAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    public async Task<Outcome<Done>> EndOthersAsync(HttpContext http, CancellationToken cancel = default)
    {
        var current = http.User.SessionId();
        foreach (var session in await db.Sessions.Where(s => s.PersonId == actor.PersonId && s.EndedAt == null && s.Id != current).ToListAsync(cancel))
            session.EndedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }
}
