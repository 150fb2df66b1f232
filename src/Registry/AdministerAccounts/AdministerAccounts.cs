using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record AccountRow(Guid Id, string Name, string Email, AdministratorDuty Duty, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, List<string> Organisations);

internal sealed record AccountRows(IReadOnlyList<AccountRow> Items, int Total, int Page, int Pages);

/// <summary>系统管理员: sees who has an account and switches accounts off and on. What they do in their organisations is not its business.</summary>
internal sealed class AdministerAccounts(PlumblineDb db, UserManager<Person> people, Actor actor, Notices notices, TimeProvider clock)
{
    private const int PageSize = 50;

    public async Task<AccountRows> ListAsync(string? text, int page, CancellationToken cancel = default)
    {
        var (memberships, organisations) = (db.Memberships, db.Organisations);
        var found = db.People.AsNoTracking();
        if (text?.Trim().ToLowerInvariant() is { Length: > 0 } small)
            found = found.Where(p => p.Name.ToLower().Contains(small) || p.Email!.ToLower().Contains(small));
        var total = await found.CountAsync(cancel);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var shown = await found.OrderBy(p => p.Email).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        var ids = shown.Select(p => p.Id).ToList();
        var places = await memberships.Where(m => ids.Contains(m.PersonId) && m.Until == null).Join(organisations, m => m.OrganisationId, o => o.Id, (m, o) => new { m.PersonId, o.Code }).Distinct().ToListAsync(cancel);
        return new([.. shown.Select(p => new AccountRow(p.Id, p.Name, p.Email!, p.Duty, p.CreatedAt, p.DisabledAt, [.. places.Where(m => m.PersonId == p.Id).Select(m => m.Code).Order(StringComparer.Ordinal)]))], total, page, pages);
    }

    /// <summary>Switches the account off, which ends its sessions at once, or on again.</summary>
    public async Task<Outcome<Done>> SwitchAsync(Guid personId, bool off, CancellationToken cancel = default)
    {
        if (actor.Duty != AdministratorDuty.System)
            return OutcomeKind.Forbidden;
        if (await db.People.SingleOrDefaultAsync(p => p.Id == personId, cancel) is not { } person)
            return OutcomeKind.NotFound;
        if (person.Id == actor.PersonId)
            return new Refusal("not-oneself");
        if (off == person.DisabledAt is not null)
            return OutcomeKind.Conflict;
        person.DisabledAt = off ? clock.GetUtcNow() : null;
        foreach (var session in await db.Sessions.Where(s => s.PersonId == personId && s.EndedAt == null).ToListAsync(cancel))
            session.EndedAt = clock.GetUtcNow();
        if (!off)
            notices.Add(person.Id, "account-enabled", "/account");
        await people.UpdateSecurityStampAsync(person);
        return Done.It;
    }
}
