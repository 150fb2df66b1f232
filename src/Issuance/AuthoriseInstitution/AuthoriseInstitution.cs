using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>What an officer enters.</summary>
public sealed record AuthorisationRequest
{
    /// <summary>Code of the institution.</summary>
    public string? Institution { get; set; }
    public List<string> Kinds { get; set => field = value ?? []; } = [];
    public string? Number { get; set; }
    public string? ValidFrom { get; set; }
    public string? ValidTo { get; set; }
}

/// <summary>颁发授权: the supervising regulator's officer lets an institution issue kinds of documents, and takes it back.</summary>
public sealed class AuthoriseInstitution(PlumblineDb db, Ledger ledger, TimeProvider clock)
{
    /// <summary>The institutions on which <paramref name="actor"/> decides and that could issue something.</summary>
    public async Task<IReadOnlyList<Organisation>> InstitutionsAsync(Actor actor, CancellationToken cancel = default)
    {
        var ids = actor.Organisations(Role.RegulatorOfficer).Select(r => r.OrganisationId).ToList();
        var regulators = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id) && o.State == OrganisationState.Active).ToListAsync(cancel);
        var regions = new RegionTree(await db.Regions.AsNoTracking().ToListAsync(cancel));
        var all = await db.Organisations.AsNoTracking().Where(o => o.State == OrganisationState.Active).OrderBy(o => o.Code).ToListAsync(cancel);
        return [.. all.Where(o => RoleRules.Fits(Role.Signatory, o.Kind) && regulators.Any(r => Supervision.MayDecide(r, o, regions)))];
    }

    public async Task<Outcome<Done>> GrantAsync(AuthorisationRequest request, Actor actor, CancellationToken cancel = default)
    {
        var code = request.Institution?.Trim();
        var institution = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Code == code, cancel);
        if (institution is null)
            return new Refusal("authorise-institution", nameof(request.Institution), code);
        if (!await db.MaySuperviseAsync(actor, institution, cancel))
            return OutcomeKind.Forbidden;
        var held = await db.IssuingAuthorisations.AsNoTracking().Where(a => a.OrganisationId == institution.Id && a.WithdrawnAt == null).ToListAsync(cancel);
        var terms = AuthorisationTerms.Read(request);
        var refusals = terms.Refusals.Concat(AuthorisationRules.Refusals(institution, terms, held)).ToList();
        if (refusals.Count > 0)
            return refusals;
        var now = clock.GetUtcNow();
        foreach (var kind in terms.Kinds)
        {
            var authorisation = new IssuingAuthorisation
            {
                Id = Guid.CreateVersion7(now), OrganisationId = institution.Id, Kind = kind, Number = terms.Number, ValidFrom = terms.From, ValidTo = terms.To,
                GrantedBy = actor.PersonId!.Value, GrantedByName = actor.Name, GrantedAt = now,
            };
            db.IssuingAuthorisations.Add(authorisation);
            ledger.AddAuthorisation(authorisation, actor, null, now);
        }
        return await ledger.SaveAsync(cancel);
    }

    public async Task<Outcome<Done>> WithdrawAsync(Guid id, int? version, string? reason, Actor actor, CancellationToken cancel = default)
    {
        if (await db.IssuingAuthorisations.SingleOrDefaultAsync(a => a.Id == id, cancel) is not { } authorisation)
            return OutcomeKind.NotFound;
        var institution = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == authorisation.OrganisationId, cancel);
        if (!await db.MaySuperviseAsync(actor, institution, cancel))
            return OutcomeKind.Forbidden;
        if (authorisation.WithdrawnAt is not null || version is { } seen && seen != authorisation.Version)
            return OutcomeKind.Conflict;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return new Refusal("authorise-reason", "Reason");
        var now = clock.GetUtcNow();
        (authorisation.WithdrawnAt, authorisation.WithdrawnByName) = (now, actor.Name);
        authorisation.Version++;
        ledger.AddAuthorisation(authorisation, actor, reason.Trim(), now);
        return await ledger.SaveAsync(cancel);
    }
}
