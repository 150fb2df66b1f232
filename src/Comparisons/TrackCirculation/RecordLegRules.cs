using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>What was recorded, read from its form.</summary>
internal sealed record LegRecord(LegEventKind Kind, DateOnly On, ArtefactCondition Condition, string? Carrier, string? Note);

/// <summary>交接: in what order a transfer standard is received, sent on, damaged and released. Pure.</summary>
internal static class RecordLegRules
{
    private const int LongestText = 2_000;

    public static IEnumerable<Refusal> Refusals(Comparison comparison, Leg leg, LegRecord record, bool byPilot, DateOnly today)
    {
        if (comparison.State is not (ComparisonState.Circulating or ComparisonState.Collecting))
            yield return new("leg-state", null, comparison.State);
        if (record.On > today)
            yield return new("leg-date-future", "On", record.On, today);
        if (record.Note?.Length > LongestText || record.Carrier?.Length > 200)
            yield return new("leg-text-too-long", "Note", LongestText);
        if ($"{record.Note}{record.Carrier}".Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')))
            yield return new("results-text-control", "Note");
        var route = comparison.LegsOf(leg.TransferStandardId);
        var before = route.LastOrDefault(l => l.Ordinal < leg.Ordinal);
        var of = record.Kind switch
        {
            LegEventKind.Received => Receiving(leg, before, record, byPilot),
            LegEventKind.Sent => Sending(comparison, leg, route, record, byPilot),
            LegEventKind.Damaged => Damage(leg, before),
            LegEventKind.Released => Releasing(comparison, leg, byPilot),
            _ => [],
        };
        foreach (var refusal in of)
            yield return refusal;
        // A damage, a correction and a remark mean nothing without words.
        if (string.IsNullOrWhiteSpace(record.Note) && (record.Kind is LegEventKind.Damaged or LegEventKind.Remark or LegEventKind.Released || record.Condition == ArtefactCondition.Damaged))
            yield return new("leg-note-missing", "Note", record.Kind);
    }

    private static IEnumerable<Refusal> Receiving(Leg leg, Leg? before, LegRecord record, bool byPilot)
    {
        if (leg.Received is { } received && !IsCorrection(record, byPilot))
            yield return new("leg-received-already", null, received.On);
        if (before is not null && before.Sent is null)
            yield return new("leg-not-sent-yet", null, before.Ordinal);
        if (before?.Sent is { } sent && record.On < sent.On)
            yield return new("leg-date-before", "On", record.On, sent.On);
    }

    private static IEnumerable<Refusal> Sending(Comparison comparison, Leg leg, IReadOnlyList<Leg> route, LegRecord record, bool byPilot)
    {
        if (leg.Sent is { } already && !IsCorrection(record, byPilot))
            yield return new("leg-sent-already", null, already.On);
        // At the first leg the transfer standard is at home: nobody sent it there.
        if (leg.Received is null && leg.Ordinal != route[0].Ordinal)
            yield return new("leg-not-received", null, leg.Ordinal);
        if (route[^1].Id == leg.Id)
            yield return new("leg-end-of-route");
        if (leg.Received is { } received && record.On < received.On)
            yield return new("leg-date-before", "On", record.On, received.On);
        if (comparison.StoppedBy(leg.TransferStandardId) is { } damage)
            yield return new("leg-stopped", null, damage.On);
        if (record.Condition == ArtefactCondition.Damaged)
            yield return new("leg-damaged-not-sent", "Condition");
    }

    private static IEnumerable<Refusal> Damage(Leg leg, Leg? before)
    {
        if (leg.Received is null && before is not null && before.Sent is null)
            yield return new("leg-not-sent-yet", null, before.Ordinal);
    }

    private static IEnumerable<Refusal> Releasing(Comparison comparison, Leg leg, bool byPilot)
    {
        if (!byPilot)
            yield return new("leg-release-by-pilot");
        if (comparison.StoppedBy(leg.TransferStandardId) is null)
            yield return new("leg-not-stopped");
    }

    // Nothing is overwritten: the pilot laboratory may record the same once more, with the reason, and the later record counts.
    private static bool IsCorrection(LegRecord record, bool byPilot) => byPilot && !string.IsNullOrWhiteSpace(record.Note);
}
