using System.Globalization;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>si:hybrid says the same thing in several units: its members must turn into each other within rounding.</summary>
internal static class HybridRules
{
    public static void Run(CheckedFile file)
    {
        foreach (var hybrid in file.All("hybrid"))
        {
            QuantityValues[] members = [.. hybrid.Elements().SelectMany(QuantityValues.Member)];
            if (members.Length == 0)
                continue;
            Units(file, hybrid, members);
            var readable = members.Where(m => m.Unit(0) is not null).ToArray();
            foreach (var other in readable.Skip(1))
                Compare(file, readable[0], other);
            foreach (var other in members.Where(m => m.Count != members[0].Count))
                file.Report("hybrid-length", other.Element, Text(other.Count), Text(members[0].Count));
        }
    }

    /// <summary>At least one member in a unit of the SI or accepted with it, and that one first.</summary>
    private static void Units(CheckedFile file, XElement hybrid, QuantityValues[] members)
    {
        var si = members.Select(m => m.UnitTexts.Length > 0 && m.UnitTexts.Distinct().All(t => DsiUnitReading.Of(t) is { Unit: { } unit } && unit.Factors.All(f => UnitTable.Units[f.Name].Medal < UnitMedal.Bronze))).ToArray();
        if (!si.Contains(true))
            file.Report("hybrid-si", hybrid, string.Join(' ', members.SelectMany(m => m.UnitTexts).Distinct()));
        else if (!si[0])
            file.Report("hybrid-order", members[0].Element, members[0].UnitTexts.FirstOrDefault());
    }

    private static void Compare(CheckedFile file, QuantityValues first, QuantityValues other)
    {
        for (var i = 0; i < Math.Min(first.Rows, other.Rows); i++)
        {
            if (first.Unit(i) is not { } from || other.Unit(i) is not { } to)
                continue;
            if (!from.IsComparableWith(to))
            {
                file.Report("hybrid-dimension", other.Element, $"{to} ({to.Dimension})", $"{from.Dimension}");
                return;
            }
            if (first.Value(i) is { } a && other.Value(i) is { } b)
            {
                var expected = from.Convert(a.ToRatio(), to);
                var reach = from.Convert(a.HalfPlace, to, difference: true) + b.HalfPlace;
                if (Ratio.Abs(b.ToRatio() - expected) >= reach)
                    file.Report("hybrid-conversion", other.ValueAt, other.Show(i) + Place(other, i), Numbers.Of(expected, b), first.Show(i));
            }
            Uncertainty(file, first, other, i, from, to);
        }
    }

    private static void Uncertainty(CheckedFile file, QuantityValues first, QuantityValues other, int i, DsiUnit from, DsiUnit to)
    {
        // Uncertainties are often rounded upwards: a whole place is allowed where a value gets half.
        if (first.ExpandedUncertainty(i) is { } u && other.ExpandedUncertainty(i) is { } v && from.Convert(u.ToRatio(), to, difference: true) is var expected
            && Ratio.Abs(v.ToRatio() - expected) > from.Convert(Numbers.PlaceOf(u), to, difference: true) + Numbers.PlaceOf(v))
            file.Report("hybrid-uncertainty", other.UncertaintyAt ?? other.Element, Numbers.Of(v.ToRatio(), v) + Place(other, i), Numbers.Of(expected, v), to.Symbol);
    }

    private static string Place(QuantityValues list, int i) => list.Count > 1 ? $" ({i + 1})" : "";

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
