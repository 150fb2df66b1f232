using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record DecisionRequest
{
    public Guid Id { get; set; }
    public int Version { get; set; }
    public bool Approve { get; set; }
    public string? Reason { get; set; }
}

internal sealed record PendingOrganisation(Organisation Organisation, string RegionName, string? ApplicantName, string? ApplicantEmail);

/// <summary>注册审批: an officer of the organisation's regulator approves its registration, or rejects it with a reason.</summary>
internal sealed class DecideRegistration(PlumblineDb db, Notices notices, Actor actor, Texts texts)
{
    public async Task<IReadOnlyList<PendingOrganisation>> PendingAsync(CancellationToken cancel = default)
    {
        var regions = new RegionTree(await db.Regions.AsNoTracking().ToListAsync(cancel));
        var regulators = await RegulatorsAsync(cancel);
        var pending = await db.Organisations.AsNoTracking().Where(o => o.State == OrganisationState.Pending).OrderBy(o => o.RegisteredAt).ToListAsync(cancel);
        var mine = pending.Where(o => regulators.Any(r => Supervision.MayDecide(r, o, regions))).ToList();
        var ids = mine.Select(o => o.Id).ToList();
        var people = db.People;
        var applicants = await db.Memberships.AsNoTracking().Where(m => ids.Contains(m.OrganisationId) && m.Role == Role.Manager)
            .Join(people, m => m.PersonId, p => p.Id, (m, p) => new { m.OrganisationId, p.Name, p.Email }).ToListAsync(cancel);
        return [.. mine.Select(o => new PendingOrganisation(o, regions.Find(o.Region) is { } region ? Texts.Pick(region.Name, region.NameEn) : o.Region == RegionTree.Foreign ? texts["region.foreign"] : o.Region,
            applicants.FirstOrDefault(a => a.OrganisationId == o.Id)?.Name, applicants.FirstOrDefault(a => a.OrganisationId == o.Id)?.Email))];
    }

    public async Task<Outcome<Done>> RunAsync(DecisionRequest request, CancellationToken cancel = default)
    {
        if (await db.Organisations.SingleOrDefaultAsync(o => o.Id == request.Id, cancel) is not { } organisation)
            return OutcomeKind.NotFound;
        var regions = new RegionTree(await db.Regions.AsNoTracking().ToListAsync(cancel));
        if (!(await RegulatorsAsync(cancel)).Any(r => Supervision.MayDecide(r, organisation, regions)))
            return OutcomeKind.Forbidden;
        if (organisation.State != OrganisationState.Pending || organisation.Version != request.Version)
            return OutcomeKind.Conflict;
        if (!request.Approve && string.IsNullOrWhiteSpace(request.Reason))
            return new Refusal("rejection-reason-missing", "Reason");

        organisation.State = request.Approve ? OrganisationState.Active : OrganisationState.Rejected;
        organisation.StateReason = request.Approve ? null : request.Reason!.Trim();
        organisation.Version++;
        var applicants = await db.Memberships.Where(m => m.OrganisationId == organisation.Id && m.Role == Role.Manager && m.Until == null).Select(m => m.PersonId).Distinct().ToListAsync(cancel);
        foreach (var applicant in applicants)
        {
            if (request.Approve)
                notices.Add(applicant, "registration-approved", $"/organisations/{organisation.Code}/people", new Bilingual(organisation.Name, organisation.NameEn));
            else
                notices.Add(applicant, "registration-rejected", null, new Bilingual(organisation.Name, organisation.NameEn), organisation.StateReason);
        }
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    private async Task<List<Organisation>> RegulatorsAsync(CancellationToken cancel)
    {
        var ids = actor.Organisations(Role.RegulatorOfficer).Select(r => r.OrganisationId).ToList();
        return await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToListAsync(cancel);
    }
}
