using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Who may know that a laboratory takes part, and which code is whose.</summary>
public static class ParticipantSight
{
    /// <summary>The name: the laboratory itself and those who run the comparison; everybody where the report names laboratories.</summary>
    public static bool MayName(this Actor actor, Comparison comparison, Participant participant) =>
        actor.BelongsTo(participant.OrganisationId) || actor.IsPilot(comparison) || actor.IsOrganiser(comparison) || actor.IsRegulator(comparison) || participant.IsPilot
        || (comparison.NamesLaboratories && participant.State == ParticipantState.Confirmed);

    /// <summary>The name together with the code: until publication the pilot laboratory and the laboratory itself alone.</summary>
    public static bool MayPair(this Actor actor, Comparison comparison, Participant participant) =>
        actor.BelongsTo(participant.OrganisationId) || actor.IsPilot(comparison)
        || (comparison.State == ComparisonState.Published && (comparison.NamesLaboratories || participant.IsPilot || actor.IsOrganiser(comparison) || actor.IsRegulator(comparison)));

    /// <summary>The route with its laboratories: in a coded comparison it would give the codes away to whoever sees when each measured.</summary>
    public static bool MaySeeRoute(this Actor actor, Comparison comparison) => comparison.NamesLaboratories || actor.TakesPart(comparison);
}
