using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>When sealed results may be opened. Pure.</summary>
internal static class OpenResultsRules
{
    /// <param name="comparison">With its participants.</param>
    /// <param name="received">The participants whose package is in.</param>
    /// <param name="reason">Given by the organiser who opens without the pilot laboratory's package.</param>
    /// <param name="now">The present.</param>
    public static IEnumerable<Refusal> Refusals(Comparison comparison, IReadOnlySet<Guid> received, string? reason, DateTimeOffset now)
    {
        var confirmed = comparison.Confirmed.ToArray();
        var missing = confirmed.Count(p => !received.Contains(p.Id));
        // Early only when nobody can be hurt by it: when there is nothing left to wait for.
        if (now <= comparison.ResultsDue && missing > 0)
            yield return new("opening-early", null, comparison.ResultsDue, confirmed.Length - missing, confirmed.Length);
        if (confirmed.Length - missing < 2)
            yield return new("opening-too-few", null, confirmed.Length - missing);
        if (IsWithoutPilot(comparison, received))
        {
            if (comparison.Options.Method == ReferenceMethod.PilotValue)
                yield return new("opening-pilot-value", null, comparison.Options.Method);
            if (string.IsNullOrWhiteSpace(reason))
                yield return new("opening-reason", "Reason");
        }
    }

    public static bool IsWithoutPilot(Comparison comparison, IReadOnlySet<Guid> received) => comparison.PilotParticipant is not { } pilot || !received.Contains(pilot.Id);
}
