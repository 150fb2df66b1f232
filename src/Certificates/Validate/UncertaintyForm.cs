using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>How uncertainties are stated: intervals in order, relative ones in agreement, forms that D-SI has given up.</summary>
internal static class UncertaintyForm
{
    private static readonly Dictionary<string, string> replaced = new(StringComparer.Ordinal)
    {
        ["expandedUnc"] = "expandedMU", ["coverageInterval"] = "coverageIntervalMU", ["expandedUncXMLList"] = "expandedMUXMLList", ["coverageIntervalXMLList"] = "coverageIntervalMUXMLList", ["listUnivariateUnc"] = "listMeasurementUncertaintyUnivariate",
        ["ellipsoidalRegionXMLList"] = "ellipsoidalRegionMUXMLList", ["rectangularRegionXMLList"] = "rectangularRegionMUXMLList",
    };

    public static void Run(CheckedFile file)
    {
        foreach (var element in file.Root.Descendants().Where(e => e.IsSi))
            foreach (var member in QuantityValues.Member(element))
                Intervals(file, member);
        foreach (var relative in file.All("relativeUncertainty"))
            Relative(file, relative);
        foreach (var distribution in file.Root.Descendants().Where(e => e.IsSi && e.Local is "distribution" or "distributionXMLList"))
            if (distribution.Text.Length == 0)
                file.Report("distribution-form", distribution);
            else if (distribution.Parent is { Local: "constant" } constant && constant.Child("valueStandardMU") is null && constant.Child("uncertainty") is null)
                file.Report("distribution-form", distribution, distribution.Text);
        // The replacements came with D-SI 2.2, that is with DCC 3.3.0.
        if (file.Version == FormCheck.Newest)
            foreach (var group in file.Root.Descendants().Where(e => e.IsSi && replaced.ContainsKey(e.Local)).GroupBy(e => e.Local))
                file.Report("deprecated", group.First(), group.Key, replaced[group.Key], group.Count().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void Intervals(CheckedFile file, QuantityValues list)
    {
        for (var i = 0; i < list.Rows && list.Minima.Length > 0; i++)
            if (list.Minimum(i) is { } low && list.Maximum(i) is { } high)
            {
                if (low.ToRatio() > high.ToRatio())
                    file.Report("interval-order", list.UncertaintyAt!, $"{Token(list.Minima, i)} … {Token(list.Maxima, i)}");
                else if (list.Value(i) is { } value && (value.ToRatio() < low.ToRatio() || value.ToRatio() > high.ToRatio()))
                    file.Report("interval-outside", list.ValueAt, list.Show(i), $"{Token(list.Minima, i)} … {Token(list.Maxima, i)}");
            }
    }

    /// <summary>The relative uncertainty beside an absolute one is that one over the value, within rounding of both.</summary>
    private static void Relative(CheckedFile file, XElement relative)
    {
        if (relative.Elements().FirstOrDefault() is not { } stated || QuantityValues.First(relative.Parent) is not { } of)
            return;
        var ratios = QuantityValues.Of(stated);
        for (var i = 0; i < of.Rows; i++)
            if ((of.ExpandedUncertainty(i) ?? of.StandardUncertainty(i)) is { } u && of.Value(i) is { Significand.IsZero: false } value && ratios.Value(i) is { } ratio && ratios.Unit(i) is { Dimension.IsOne: true } unit)
            {
                var size = Ratio.Abs(value.ToRatio());
                var expected = u.ToRatio() / size / unit.Scale;
                var reach = (Numbers.PlaceOf(u) + expected * unit.Scale * value.HalfPlace) / size / unit.Scale + Numbers.PlaceOf(ratio);
                if (Ratio.Abs(ratio.ToRatio() - expected) > reach)
                    file.Report("relative-value", ratios.ValueAt, ratios.Show(i), Numbers.Of(expected, ratio), of.Show(i));
            }
    }

    private static string Token(string[] tokens, int i) => tokens.Length == 1 ? tokens[0] : tokens[i];
}
