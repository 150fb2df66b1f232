using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>The error of indication is the measured value less the reference value, a correction the opposite (VIM 2.16, 2.53).</summary>
internal static class ErrorRules
{
    public static void Run(CheckedFile file)
    {
        foreach (var table in file.Root.Descendants().Where(e => e.IsDcc && e.Local is "list" or "data").ToArray())
        {
            var quantities = table.Children("quantity").ToArray();
            if (Only(quantities, "basic_referenceValue") is not { } reference || Only(quantities, "basic_measuredValue") is not { } measured)
                continue;
            foreach (var error in quantities.Where(q => q.HasRefType("basic_measurementError") && !q.RefTypes.Any(t => t.Contains("relative", StringComparison.OrdinalIgnoreCase))))
                Check(file, reference, measured, error, error.RefTypes.Contains("basic_measurementError_correction"));
        }
    }

    private static XElement? Only(XElement[] quantities, string refType) => quantities.Where(q => q.HasRefType(refType)).ToArray() is [var only] ? only : null;

    private static void Check(CheckedFile file, XElement reference, XElement measured, XElement error, bool correction)
    {
        foreach (var stated in QuantityValues.Members(error))
        {
            if (stated.Unit(0) is not { } unit)
                continue;
            if (Like(reference, unit) is not { } r || Like(measured, unit) is not { } m)
            {
                // A relative error is a number; any other has the unit of what it is the difference of.
                if (!unit.Dimension.IsOne && QuantityValues.First(Like(reference, unit) is null ? reference : measured) is { } other && other.Unit(0) is { } foreign)
                    file.Report("error-unit", other.Element, foreign.ToString(), unit.Dimension.ToString());
                continue;
            }
            for (var i = 0; i < stated.Rows; i++)
            {
                if (stated.Value(i) is not { } e || r.Value(i) is not { } from || m.Value(i) is not { } to || r.Unit(i) is not { } ru || m.Unit(i) is not { } mu || !ru.IsComparableWith(unit) || !mu.IsComparableWith(unit))
                    continue;
                var difference = mu.Convert(to.ToRatio(), unit) - ru.Convert(from.ToRatio(), unit);
                var expected = correction ? -difference : difference;
                var reach = Reach(e.HalfPlace, mu.Convert(to.HalfPlace, unit, difference: true), ru.Convert(from.HalfPlace, unit, difference: true));
                if (Ratio.Abs(e.ToRatio() - expected) >= reach)
                    file.Report("error-differs", stated.ValueAt, stated.Show(i) + (stated.Count > 1 ? $" ({i + 1})" : ""), Numbers.Of(expected, e), m.Show(i), r.Show(i));
            }
        }
    }

    /// <summary>How far rounding may have moved the difference. Beside a figure as fine as the error, a coarser one is exact: a nominal value of 0.4 MPa, or a reading of all digits of the display.</summary>
    private static Ratio Reach(Ratio error, Ratio measured, Ratio reference) =>
        measured <= error == reference <= error ? error + measured + reference : error + (measured <= error ? measured : reference);

    /// <summary>The member in the error's own unit, else one that converts.</summary>
    private static QuantityValues? Like(XElement quantity, DsiUnit unit) => QuantityValues.Members(quantity).Where(m => m.Unit(0)?.IsComparableWith(unit) == true).OrderBy(m => !m.Unit(0)!.Equals(unit)).FirstOrDefault();
}
