using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record InviteRequest
{
    public string? Email { get; set; }
    public List<Role> Roles { get; set => field = value ?? []; } = [];
}

internal sealed record RolesRequest
{
    public Guid PersonId { get; set; }
    public List<Role> Roles { get; set => field = value ?? []; } = [];
}

/// <summary>The link is said once: only its hash is kept.</summary>
internal sealed record InvitationLink(Guid Id, string Path, DateTimeOffset ExpiresAt);

internal sealed record Colleague(Guid PersonId, string Name, string Email, IReadOnlyList<Role> Roles, DateTimeOffset Since);

internal sealed record OpenInvitation(Guid Id, string Email, IReadOnlyList<Role> Roles, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

internal sealed record OrganisationPeople(string Code, string Name, string? NameEn, OrganisationKind Kind, bool MayChange, IReadOnlyList<Colleague> People, IReadOnlyList<OpenInvitation> Invitations);

/// <summary>机构人员: a manager invites colleagues, gives and takes roles, and ends memberships. Its auditor may look.</summary>
internal sealed class ManagePeople(PlumblineDb db, Actor actor, Notices notices, Rules rules, TimeProvider clock)
{
    public async Task<OrganisationPeople?> PeopleAsync(string code, CancellationToken cancel = default)
    {
        if (await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Code == code, cancel) is not { } organisation || !actor.HasAny(organisation.Id, Role.Manager, Role.Auditor))
            return null;
        var (people, now) = (db.People, clock.GetUtcNow());
        var rows = await db.Memberships.AsNoTracking().Where(m => m.OrganisationId == organisation.Id && m.Until == null)
            .Join(people, m => m.PersonId, p => p.Id, (m, p) => new { p.Id, p.Name, p.Email, m.Role, m.Since }).ToListAsync(cancel);
        var invitations = await db.Invitations.AsNoTracking().Where(i => i.OrganisationId == organisation.Id && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now).OrderBy(i => i.CreatedAt).ToListAsync(cancel);
        return new(organisation.Code, organisation.Name, organisation.NameEn, organisation.Kind, actor.Has(Role.Manager, organisation.Id),
            [.. rows.GroupBy(r => r.Id).Select(g => new Colleague(g.Key, g.First().Name, g.First().Email!, [.. g.Select(r => r.Role).Order()], g.Min(r => r.Since))).OrderBy(c => c.Name, StringComparer.Ordinal)],
            [.. invitations.Select(i => new OpenInvitation(i.Id, i.Email, i.Roles, i.CreatedAt, i.ExpiresAt))]);
    }

    public async Task<Outcome<InvitationLink>> InviteAsync(string code, InviteRequest request, CancellationToken cancel = default)
    {
        if (await ManagedAsync(code, cancel) is not { } organisation)
            return OutcomeKind.Forbidden;
        var email = request.Email?.Trim() ?? "";
        var normalised = email.ToUpperInvariant();
        var member = await db.People.Where(p => p.NormalizedEmail == normalised && p.Memberships.Any(m => m.OrganisationId == organisation.Id && m.Until == null)).AnyAsync(cancel);
        var refusals = PersonRules.EmailRefusals(email).Concat(RoleRules.Refusals(request.Roles, organisation.Kind, AdministratorDuty.None)).ToList();
        if (member)
            refusals.Add(new("already-member", "Email", email));
        if (refusals.Count > 0)
            return refusals;

        var (now, secret) = (clock.GetUtcNow(), Invitation.NewSecret());
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(now), OrganisationId = organisation.Id, Email = email, RoleNames = string.Join(',', request.Roles.Distinct()), SecretHash = Invitation.HashOf(secret),
            InvitedById = actor.PersonId!.Value, CreatedAt = now, ExpiresAt = now.AddDays((await AccessRules.ReadAsync(rules, cancel)).InvitationDays),
        };
        db.Invitations.Add(invitation);
        notices.AddMail(email, Texts.IsEnglish ? "en" : "zh", "invitation", $"/invitations/{secret}", actor.Name, new Bilingual(organisation.Name, organisation.NameEn), invitation.ExpiresAt);
        await db.SaveChangesAsync(cancel);
        return new InvitationLink(invitation.Id, $"/invitations/{secret}", invitation.ExpiresAt);
    }

    public async Task<Outcome<Done>> WithdrawAsync(string code, Guid invitationId, CancellationToken cancel = default)
    {
        if (await ManagedAsync(code, cancel) is not { } organisation)
            return OutcomeKind.Forbidden;
        if (await db.Invitations.SingleOrDefaultAsync(i => i.Id == invitationId && i.OrganisationId == organisation.Id, cancel) is not { } invitation)
            return OutcomeKind.NotFound;
        if (!invitation.IsOpen(clock.GetUtcNow()))
            return OutcomeKind.Conflict;
        (invitation.WithdrawnAt, invitation.Version) = (clock.GetUtcNow(), invitation.Version + 1);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    /// <summary>Gives a member exactly these roles; none ends the membership.</summary>
    public async Task<Outcome<Done>> SetRolesAsync(string code, RolesRequest request, CancellationToken cancel = default)
    {
        if (await ManagedAsync(code, cancel) is not { } organisation)
            return OutcomeKind.Forbidden;
        var all = await db.Memberships.Where(m => m.OrganisationId == organisation.Id && m.Until == null).ToListAsync(cancel);
        var held = all.Where(m => m.PersonId == request.PersonId).ToList();
        if (held.Count == 0)
            return OutcomeKind.NotFound;
        var refusals = request.Roles.Count == 0 ? [] : RoleRules.Refusals(request.Roles, organisation.Kind, AdministratorDuty.None).ToList();
        if (!request.Roles.Contains(Role.Manager) && !all.Any(m => m.Role == Role.Manager && m.PersonId != request.PersonId))
            refusals.Add(new("last-manager", "Roles"));
        if (refusals.Count > 0)
            return refusals;

        var now = clock.GetUtcNow();
        foreach (var ended in held.Where(m => !request.Roles.Contains(m.Role)))
            ended.Until = now;
        foreach (var role in request.Roles.Distinct().Except(held.Select(m => m.Role)))
            db.Memberships.Add(new Membership { Id = Guid.CreateVersion7(now), PersonId = request.PersonId, OrganisationId = organisation.Id, Role = role, Since = now });
        notices.Add(request.PersonId, request.Roles.Count == 0 ? "membership-ended" : "roles-changed", "/account", new Bilingual(organisation.Name, organisation.NameEn));
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    private async Task<Organisation?> ManagedAsync(string code, CancellationToken cancel) =>
        await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Code == code, cancel) is { } organisation && actor.Has(Role.Manager, organisation.Id) ? organisation : null;
}
