using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>传递路线: what must hold before the transfer standards set out.</summary>
public static class CirculationGate
{
    /// <param name="comparison">With its legs and participants.</param>
    /// <param name="names">Names of the laboratories, by participant.</param>
    /// <param name="approvedAt">When the project was approved; null when unknown.</param>
    /// <param name="projectMonths">The longest duration of a project.</param>
    /// <param name="day">The local day of an instant.</param>
    public static IEnumerable<Refusal> Refusals(Comparison comparison, IReadOnlyDictionary<Guid, string> names, DateTimeOffset? approvedAt, Rule projectMonths, Func<DateTimeOffset, DateOnly> day) =>
        [.. Laboratories(comparison, names), .. RouteRefusals(comparison, names, day), .. Duration(comparison, approvedAt, projectMonths, day)];

    /// <summary>What is wrong with the planned route itself.</summary>
    public static IEnumerable<Refusal> RouteRefusals(Comparison comparison, IReadOnlyDictionary<Guid, string> names, Func<DateTimeOffset, DateOnly> day)
    {
        foreach (var standard in comparison.TransferStandards)
        {
            Leg? before = null;
            foreach (var leg in comparison.Legs.Where(l => l.TransferStandardId == standard.Id).OrderBy(l => l.Ordinal))
            {
                if (leg.PlannedDeparture < leg.PlannedArrival)
                    yield return new("leg-backwards", null, standard.Name, leg.Ordinal, names.GetValueOrDefault(leg.ParticipantId), leg.PlannedArrival, leg.PlannedDeparture);
                if (before is not null && leg.PlannedArrival < before.PlannedDeparture)
                    yield return new("legs-overlap", null, standard.Name, leg.Ordinal, names.GetValueOrDefault(leg.ParticipantId), leg.PlannedArrival, before.PlannedDeparture);
                before = leg;
            }
            if (before is not null && before.PlannedDeparture > day(comparison.ResultsDue))
                yield return new("legs-after-results", null, standard.Name, before.PlannedDeparture, day(comparison.ResultsDue));
        }
        foreach (var stranger in comparison.Participants.Where(p => p.State != ParticipantState.Confirmed && comparison.Legs.Any(l => l.ParticipantId == p.Id)))
            yield return new("leg-unconfirmed", null, names.GetValueOrDefault(stranger.Id), stranger.State);
        foreach (var participant in comparison.Confirmed)
        {
            var visited = comparison.Legs.Where(l => l.ParticipantId == participant.Id).Select(l => l.TransferStandardId).ToHashSet();
            var missing = comparison.TransferStandards.Where(s => !visited.Contains(s.Id)).ToArray();
            if (VisitsAll(comparison.Route) ? missing.Length > 0 : visited.Count == 0)
                yield return new("leg-missing", null, names.GetValueOrDefault(participant.Id), string.Join(", ", missing.Select(s => s.Name)));
        }
    }

    /// <summary>In a ring or in petals every standard comes to every laboratory; in a star, or where routes are mixed, like standards share the laboratories.</summary>
    public static bool VisitsAll(RouteKind route) => route is RouteKind.Ring or RouteKind.Petal;

    private static IEnumerable<Refusal> Laboratories(Comparison comparison, IReadOnlyDictionary<Guid, string> names)
    {
        if (!comparison.Confirmed.Any(p => !p.IsPilot))
            yield return new("no-participants", null, comparison.Code);
        foreach (var waiting in comparison.Participants.Where(p => p.State == ParticipantState.Applied))
            yield return new("enrolment-undecided", null, names.GetValueOrDefault(waiting.Id));
    }

    private static IEnumerable<Refusal> Duration(Comparison comparison, DateTimeOffset? approvedAt, Rule projectMonths, Func<DateTimeOffset, DateOnly> day)
    {
        if (approvedAt is not { } start || comparison.Level != ComparisonLevel.National || !ProposalRules.Binds(projectMonths))
            yield break;
        var end = day(start).AddMonths(projectMonths.WholeAmount);
        var last = comparison.Legs.Select(l => l.PlannedDeparture).Append(day(comparison.ResultsDue)).Max();
        if (last > end)
            yield return new("project-beyond-period", null, last, projectMonths.WholeAmount, end);
    }
}
