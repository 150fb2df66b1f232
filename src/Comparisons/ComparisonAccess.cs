using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Who is who in a comparison, and what each may do and see.</summary>
public static class ComparisonAccess
{
    /// <summary>The organisation that acts as <paramref name="party"/>; null for participants (there are many) and the system.</summary>
    public static Guid? OrganisationOf(this Comparison comparison, Party party) => party switch
    {
        Party.Organiser => comparison.OrganiserId,
        Party.Regulator => comparison.RegulatorId,
        Party.Pilot => comparison.PilotId,
        _ => null,
    };

    /// <summary>Whether the actor may make the move <paramref name="action"/> in the comparison's present state.</summary>
    public static bool MayMove(this Actor actor, Comparison comparison, string action) =>
        ComparisonWorkflow.Moves.Find(comparison.State, action) is { } move
        && comparison.OrganisationOf(Enum.Parse<Party>(move.Party)) is { } organisation
        && actor.HasAny(organisation, [.. move.Roles]);

    public static bool IsOrganiser(this Actor actor, Comparison comparison) => actor.Has(Role.Organiser, comparison.OrganiserId);
    public static bool IsRegulator(this Actor actor, Comparison comparison) => actor.Has(Role.RegulatorOfficer, comparison.RegulatorId);

    /// <summary>Coordinator or metrologist of the pilot laboratory: prepares, measures, watches the circulation, evaluates.</summary>
    public static bool IsPilot(this Actor actor, Comparison comparison) => actor.HasAny(comparison.PilotId, Role.PilotCoordinator, Role.PilotMetrologist);

    /// <summary>The participations for which the actor may submit results: technical or quality contact of the laboratory, or the pilot's metrologist or coordinator for its own.</summary>
    public static IEnumerable<Participant> ParticipationsOf(this Actor actor, Comparison comparison) => comparison.Participants.Where(p => p.IsPilot
        ? actor.IsPilot(comparison)
        : actor.HasAny(p.OrganisationId, Role.TechnicalContact, Role.QualityContact));

    /// <summary>What may measure in a comparison: bodies that have laboratories.</summary>
    public static bool IsLaboratory(this OrganisationKind kind) => kind is OrganisationKind.LegalVerificationInstitution or OrganisationKind.MetrologyInstitute or OrganisationKind.SpecialisedStation
        or OrganisationKind.AccreditedLaboratory or OrganisationKind.ReferenceMaterialProducer or OrganisationKind.University;

    /// <summary>Anybody on any side of it, auditors of those organisations included: may open its work pages.</summary>
    public static bool TakesPart(this Actor actor, Comparison comparison) =>
        actor.BelongsTo(comparison.OrganiserId) || actor.BelongsTo(comparison.RegulatorId) || actor.BelongsTo(comparison.PilotId)
        || comparison.Participants.Any(p => actor.BelongsTo(p.OrganisationId));

    /// <summary>Whether the actor may see the comparison at all.</summary>
    public static bool MaySee(this Actor actor, Comparison comparison) => comparison.State.IsPublic() || actor.TakesPart(comparison);

    /// <summary>
    /// Whether the actor may read the values of <paramref name="participant"/>. Before the results are opened only the laboratory itself may;
    /// from then on the pilot laboratory, which evaluates, may too; once published, everybody.
    /// </summary>
    public static bool MayReadResults(this Actor actor, Comparison comparison, Participant participant) => comparison.State switch
    {
        ComparisonState.Published => true,
        ComparisonState.Evaluating or ComparisonState.DraftReport when actor.IsPilot(comparison) => true,
        _ => actor.ParticipationsOf(comparison).Contains(participant) || (!participant.IsPilot && actor.Has(Role.Auditor, participant.OrganisationId)),
    };
}
