using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record NewOrganisationRequest
{
    public OrganisationDetails Organisation { get; set => field = value ?? new(); } = new();
    /// <summary>Gets an invitation to be its manager.</summary>
    public string? ManagerEmail { get; set; }
}

internal sealed record SuspensionRequest
{
    public Guid Id { get; set; }
    public int Version { get; set; }
    public bool Suspend { get; set; }
    public string? Reason { get; set; }
}

internal sealed record NewOrganisation(string Code, string InvitationPath);

/// <summary>系统管理员: enters organisations with an invitation for their first manager, suspends and reactivates them.</summary>
internal sealed class AdministerOrganisations(PlumblineDb db, Actor actor, Notices notices, Rules rules, TimeProvider clock)
{
    private static readonly OrganisationState[] Settled = [OrganisationState.Active, OrganisationState.Suspended];

    public async Task<RegionTree> RegionsAsync(CancellationToken cancel = default) => new(await db.Regions.AsNoTracking().ToListAsync(cancel));

    public Task<List<Organisation>> ListAsync(CancellationToken cancel = default) =>
        db.Organisations.AsNoTracking().Where(o => Settled.Contains(o.State)).OrderBy(o => o.Code).ToListAsync(cancel);

    public async Task<Outcome<NewOrganisation>> EnterAsync(NewOrganisationRequest request, CancellationToken cancel = default)
    {
        if (actor.Duty != AdministratorDuty.System)
            return OutcomeKind.Forbidden;
        var details = request.Organisation;
        var refusals = details.Refusals(await RegionsAsync(cancel)).Select(r => r with { Field = $"Organisation.{r.Field}" }).Concat(PersonRules.EmailRefusals(request.ManagerEmail, "ManagerEmail")).ToList();
        var (code, credit) = (details.Code?.Trim().ToUpperInvariant() ?? "", details.CreditCodeValue);
        if (await db.Organisations.AnyAsync(o => o.Code.ToUpper() == code, cancel))
            refusals.Add(new("organisation-code-taken", "Organisation.Code", details.Code));
        if (credit is not null && await db.Organisations.AnyAsync(o => o.CreditCode == credit, cancel))
            refusals.Add(new("credit-code-taken", "Organisation.CreditCode"));
        if (refusals.Count > 0)
            return refusals;

        var (now, secret) = (clock.GetUtcNow(), Invitation.NewSecret());
        var organisation = details.ToOrganisation(OrganisationState.Active, now);
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(now), OrganisationId = organisation.Id, Email = request.ManagerEmail!.Trim(), RoleNames = nameof(Role.Manager), SecretHash = Invitation.HashOf(secret),
            InvitedById = actor.PersonId!.Value, CreatedAt = now, ExpiresAt = now.AddDays((await AccessRules.ReadAsync(rules, cancel)).InvitationDays),
        };
        db.Organisations.Add(organisation);
        db.Invitations.Add(invitation);
        notices.AddMail(invitation.Email, Texts.IsEnglish ? "en" : "zh", "invitation", $"/invitations/{secret}", actor.Name, new Bilingual(organisation.Name, organisation.NameEn), invitation.ExpiresAt);
        await db.SaveChangesAsync(cancel);
        return new NewOrganisation(organisation.Code, $"/invitations/{secret}");
    }

    public async Task<Outcome<Done>> SwitchAsync(SuspensionRequest request, CancellationToken cancel = default)
    {
        if (actor.Duty != AdministratorDuty.System)
            return OutcomeKind.Forbidden;
        if (await db.Organisations.SingleOrDefaultAsync(o => o.Id == request.Id, cancel) is not { } organisation)
            return OutcomeKind.NotFound;
        if (organisation.Version != request.Version || organisation.State != (request.Suspend ? OrganisationState.Active : OrganisationState.Suspended))
            return OutcomeKind.Conflict;
        if (request.Suspend && string.IsNullOrWhiteSpace(request.Reason))
            return new Refusal("suspension-reason-missing", "Reason");
        (organisation.State, organisation.StateReason) = request.Suspend ? (OrganisationState.Suspended, request.Reason!.Trim()) : (OrganisationState.Active, null);
        organisation.Version++;
        var name = new Bilingual(organisation.Name, organisation.NameEn);
        if (request.Suspend)
            await notices.AddToRole(organisation.Id, [Role.Manager], "organisation-suspended", null, name, organisation.StateReason);
        else
            await notices.AddToRole(organisation.Id, [Role.Manager], "organisation-reactivated", null, name);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }
}
