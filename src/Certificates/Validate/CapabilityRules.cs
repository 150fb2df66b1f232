using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>No uncertainty below the laboratory's capability (CMC), where the reader has the table.</summary>
internal static class CapabilityRules
{
    public static void Run(CheckedFile file)
    {
        if (file.Options.Capabilities.Count == 0)
            return;
        foreach (var measurement in file.All("measurementResult"))
            foreach (var quantity in CrossFieldCheck.Results(measurement))
                foreach (var member in QuantityValues.Members(quantity).Where(m => m.Expanded.Length > 0))
                    Check(file, quantity, member);
    }

    private static void Check(CheckedFile file, XElement quantity, QuantityValues list)
    {
        for (var i = 0; i < list.Rows; i++)
        {
            if (list.ExpandedUncertainty(i) is not { } u || list.Unit(i) is not { } unit || Position(quantity, list, i, unit) is not { } at)
                continue;
            foreach (var line in file.Options.Capabilities.Where(c => c.RefType is null || quantity.HasRefType(c.RefType)))
            {
                var own = DsiUnit.Parse(line.Unit);
                if (!own.IsComparableWith(unit))
                    continue;
                var x = unit.Convert(at, own).ToDouble();
                var least = line.Uncertainty + line.Relative * Math.Abs(x);
                // What rounding took away from U is not held against it.
                var stated = unit.Convert(u.ToRatio() + u.HalfPlace, own, difference: true).ToDouble();
                if (x >= line.Lower && x <= line.Upper && stated < least)
                {
                    file.Report("capability-exceeded", list.UncertaintyAt!, Numbers.Of(u.ToRatio(), u) + $" {unit.Symbol}" + (list.Count > 1 ? $" ({i + 1})" : ""), "≥ " + least.ToString("G4", System.Globalization.CultureInfo.InvariantCulture) + $" {own.Symbol}");
                    return;
                }
            }
        }
    }

    /// <summary>Where in the range a result lies: at the reference value of its row where there is one, since an error says nothing about that.</summary>
    private static Ratio? Position(XElement quantity, QuantityValues list, int i, DsiUnit unit)
    {
        var reference = quantity.Parent?.Children("quantity").FirstOrDefault(q => q.HasRefType("basic_referenceValue"));
        var row = reference is null ? null : QuantityValues.Members(reference).FirstOrDefault(m => m.Unit(0)?.IsComparableWith(unit) == true);
        return row?.Value(i) is { } at && row.Unit(i) is { } own ? own.Convert(at.ToRatio(), unit) : list.Value(i)?.ToRatio();
    }
}
