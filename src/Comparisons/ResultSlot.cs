using System.Globalization;
using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>One result that a laboratory owes: a point, and the transfer standard to be measured where several travel.</summary>
public sealed record ResultSlot(MeasurementPoint Point, TransferStandard? Standard)
{
    /// <summary>How messages name it: "2 · 100 Ω", and the transfer standard with it.</summary>
    public string Name => Standard is null
        ? $"{Point.Ordinal} · {Texts.Pick(Point.Label, Point.LabelEn)}"
        : $"{Point.Ordinal} · {Texts.Pick(Point.Label, Point.LabelEn)} · {Standard.Ordinal} {Texts.Pick(Standard.Name, Standard.NameEn)}";

    /// <summary>Whether somebody calls the transfer standard so: by number, name or serial number.</summary>
    public bool IsOfStandard(string named) => Standard is not null
        && (named == Standard.Ordinal.ToString(CultureInfo.InvariantCulture) || named == Standard.Name || named == Standard.NameEn || named == Standard.Serial);
}

public static class ResultSlots
{
    /// <summary>Those of the point that somebody calls so: by its number in the protocol, or else by its label.</summary>
    public static IReadOnlyList<ResultSlot> OfPoint(this IReadOnlyList<ResultSlot> slots, string named)
    {
        var numbered = slots.Where(s => s.Point.Ordinal.ToString(CultureInfo.InvariantCulture) == named).ToArray();
        return numbered.Length > 0 ? numbered : [.. slots.Where(s => named.Length > 0 && (s.Point.Label.Trim() == named || s.Point.LabelEn?.Trim() == named))];
    }

    /// <summary>The one that point and transfer standard name; null where they name none, or several.</summary>
    public static ResultSlot? Find(this IReadOnlyList<ResultSlot> slots, string? point, string? standard)
    {
        var (ofPoint, named) = (slots.OfPoint(point?.Trim() ?? ""), standard?.Trim() ?? "");
        if (ofPoint.Count == 1 && (named.Length == 0 || ofPoint[0].Standard is null))
            return ofPoint[0];
        var found = ofPoint.Where(s => s.IsOfStandard(named)).ToArray();
        return found.Length == 1 ? found[0] : null;
    }

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
