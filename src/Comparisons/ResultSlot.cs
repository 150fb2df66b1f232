using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>One result that a laboratory owes: a point, and the transfer standard to be measured where several travel.</summary>
public sealed record ResultSlot(MeasurementPoint Point, TransferStandard? Standard)
{
    /// <summary>How messages name it: "2 · 100 Ω", and the transfer standard with it.</summary>
    public string Name => Standard is null
        ? $"{Point.Ordinal} · {Texts.Pick(Point.Label, Point.LabelEn)}"
        : $"{Point.Ordinal} · {Texts.Pick(Point.Label, Point.LabelEn)} · {Standard.Ordinal} {Texts.Pick(Standard.Name, Standard.NameEn)}";
}

public static class ResultSlots
{
    /// <summary>What <paramref name="participant"/> is asked to report: every point, for every transfer standard that stops at it (for all of them when none is planned to).</summary>
    public static IReadOnlyList<ResultSlot> SlotsOf(this Comparison comparison, Participant participant)
    {
        var points = comparison.Points.OrderBy(p => p.Ordinal).ToArray();
        if (comparison.TransferStandards.Count < 2)
            return [.. points.Select(p => new ResultSlot(p, null))];
        var visiting = comparison.Legs.Where(l => l.ParticipantId == participant.Id).Select(l => l.TransferStandardId).ToHashSet();
        var standards = comparison.TransferStandards.Where(s => visiting.Count == 0 || visiting.Contains(s.Id)).OrderBy(s => s.Ordinal);
        return [.. standards.SelectMany(s => points.Select(p => new ResultSlot(p, s)))];
    }
}
