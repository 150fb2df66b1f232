namespace Plumbline.Comparisons;

/// <summary>One stay of a generated route.</summary>
public sealed record PlannedStay(Guid TransferStandardId, Guid ParticipantId, int Ordinal, int Loop, DateOnly Arrival, DateOnly Departure);

/// <summary>How a route is laid out in time.</summary>
/// <param name="Start">First day at the pilot laboratory.</param>
/// <param name="Stay">Days at a laboratory.</param>
/// <param name="PilotStay">Days at the pilot laboratory, at the start, on each return and at the end.</param>
/// <param name="Transport">Days on the way between two laboratories.</param>
/// <param name="PerPetal">Laboratories between two returns, in petals.</param>
public sealed record RoutePlan(DateOnly Start, int Stay, int PilotStay, int Transport, int PerPetal);

/// <summary>传递路线: lays out the stays of every transfer standard by the kind of route. It begins and ends at the pilot laboratory, which sees what became of the standard.</summary>
public static class RoutePattern
{
    /// <param name="route">Ring, petal or star; a mixed route begins as petals and is changed by hand.</param>
    /// <param name="standards">The transfer standards in order.</param>
    /// <param name="pilot">The pilot laboratory's participation.</param>
    /// <param name="laboratories">The others in the order of travel.</param>
    public static IReadOnlyList<PlannedStay> Generate(RouteKind route, RoutePlan plan, IReadOnlyList<Guid> standards, Guid pilot, IReadOnlyList<Guid> laboratories)
    {
        var stays = new List<PlannedStay>();
        foreach (var (index, standard) in standards.Index())
        {
            var visited = Of(route, index, standards.Count, laboratories);
            if (visited.Count > 0)
                stays.AddRange(Travel(plan, standard, pilot, visited, route switch { RouteKind.Ring => visited.Count, RouteKind.Star => 1, _ => plan.PerPetal }, Offset(route, plan, index, laboratories.Count)));
        }
        return stays;
    }

    // In a star like standards share the laboratories; elsewhere each standard comes to all of them.
    private static List<Guid> Of(RouteKind route, int index, int count, IReadOnlyList<Guid> laboratories) =>
        route == RouteKind.Star ? [.. laboratories.Where((_, i) => i % count == index)] : [.. laboratories];

    // Several standards on one road follow each other a stay apart, so that no laboratory has to measure two at once.
    private static int Offset(RouteKind route, RoutePlan plan, int index, int laboratories) =>
        route == RouteKind.Star || laboratories == 0 ? 0 : index * (plan.Stay + plan.Transport);

    private static IEnumerable<PlannedStay> Travel(RoutePlan plan, Guid standard, Guid pilot, List<Guid> laboratories, int perLoop, int offset)
    {
        var (day, ordinal, loop) = (plan.Start.AddDays(offset), 1, 1);
        yield return Stay(pilot, plan.PilotStay);
        foreach (var petal in laboratories.Chunk(Math.Max(1, perLoop)))
        {
            foreach (var laboratory in petal)
                yield return Stay(laboratory, plan.Stay);
            yield return Stay(pilot, plan.PilotStay);
            loop++;
        }

        PlannedStay Stay(Guid participant, int days)
        {
            var stay = new PlannedStay(standard, participant, ordinal++, loop, day, day.AddDays(Math.Max(1, days) - 1));
            day = stay.Departure.AddDays(Math.Max(1, plan.Transport + 1));
            return stay;
        }
    }
}
