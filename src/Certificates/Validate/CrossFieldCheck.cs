using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Third layer: rules across fields, as good practice intends them.</summary>
internal static class CrossFieldCheck
{
    private static readonly string[] common = ["usedMethods", "usedSoftware", "measuringEquipments", "influenceConditions", "measurementMetaData"];

    private static readonly string[] referred = ["usedMethod", "influenceCondition"];

    /// <summary>Quantities inside these say something about a result, they are none.</summary>
    private static readonly HashSet<string> about = new(StringComparer.Ordinal) { "usedMethods", "usedSoftware", "measuringEquipments", "influenceConditions", "measurementMetaData" };

    public static void Run(CheckedFile file)
    {
        Versions(file);
        Placement(file);
        Period(file);
        LanguageRules.Run(file);
        ReferenceRules.Run(file);
        EmbeddedRules.Run(file);
        OwnUnits(file);
        Conformities(file);
    }

    private static void Versions(CheckedFile file)
    {
        if (FormCheck.Knows(file.Version) && file.Version != FormCheck.Newest)
            file.Report("version-newest", file.Root, file.Version, FormCheck.Newest);
        foreach (var release in file.All("release").Where(r => r.Parent?.Local == "software" && !r.Value.Any(char.IsAsciiDigit)))
            file.Report("software-release", release, release.Text);
    }

    /// <summary>Method, conditions and software of a result may stand at the quantity, at a list around it, at the measurement, and from 3.3.0 on once for all measurements.</summary>
    private static void Placement(CheckedFile file)
    {
        if (file.Root.Child("measurementResults") is not { } all)
            return;
        if (FormCheck.Knows(file.Version) && System.Version.Parse(file.Version) < new Version(3, 3, 0))
            foreach (var early in all.Elements().Where(e => common.Contains(e.Local)))
                file.Report("placement-version", early, file.Version, "3.3.0");
        var named = referred.ToDictionary(e => e, e => file.All(e).Select(n => (string?)n.Attribute("id")).OfType<string>().ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var measurement in all.Children("measurementResult"))
        {
            var quantities = Results(measurement).ToArray();
            // The older versions know no good practice that asks for them.
            if (!FormCheck.Knows(file.Version) || System.Version.Parse(file.Version) >= new Version(3, 0, 0))
            {
                Missing("usedMethods", "method-missing", "usedMethod");
                Missing("influenceConditions", "influence-missing", "influenceCondition");
            }
            if (measurement.Child("usedSoftware") is null && all.Child("usedSoftware") is null && !quantities.Any(q => Has(q, measurement, "usedSoftware")))
                file.Report("software-missing", measurement, null, "usedSoftware");

            void Missing(string block, string rule, string element)
            {
                if (measurement.Child(block) is not null || all.Child(block) is not null)
                    return;
                var without = quantities.Where(q => !Has(q, measurement, block) && !ReferenceRules.Targets(q).Any(named[element].Contains)).ToArray();
                if (without.Length == quantities.Length && without.Length > 1)
                    file.Report(rule, measurement, null, block);
                else
                    foreach (var quantity in without)
                        file.Report(rule, quantity, null, block);
            }
        }
    }

    /// <summary>The numeric quantities that are results of a measurement.</summary>
    public static IEnumerable<XElement> Results(XElement measurement) =>
        (measurement.Child("results")?.Descendants() ?? []).Where(e => e.Local == "quantity" && e.IsDcc && e.Child("noQuantity") is null && e.Child("charsXMLList") is null && !e.Ancestors().TakeWhile(a => a != measurement).Any(a => about.Contains(a.Local)));

    private static bool Has(XElement quantity, XElement measurement, string block) => quantity.AncestorsAndSelf().TakeWhile(a => a != measurement).Any(a => a.Child(block) is not null);

    private static void Period(CheckedFile file)
    {
        if (file.Core?.Child("beginPerformanceDate") is { } begin && file.Core.Child("endPerformanceDate") is { } end && Dates.Of(begin) is { } first && Dates.Of(end) is { } last && last < first)
            file.Report("performance-period", end, end.Text, "≥ " + begin.Text);
    }

    /// <summary>Units that a laboratory made itself start with a bar, stand beside an SI value, and are defined somewhere in the file.</summary>
    private static void OwnUnits(CheckedFile file)
    {
        var declared = file.All("nonSIUnit").Where(u => u.Parent?.Child("nonSIDefinition") is not null).Select(u => u.Text.TrimStart('|')).ToHashSet(StringComparer.Ordinal);
        foreach (var (at, unit) in UnitRules.Units(file).Where(u => u.Text.StartsWith('|')))
        {
            if (!declared.Contains(unit[1..]))
                file.Report("own-unit-undeclared", at, unit, "nonSIUnit, nonSIDefinition");
            if (!at.Ancestors().Any(a => a.Local == "hybrid"))
                file.Report("own-unit-place", at, unit, "si:hybrid");
        }
    }

    /// <summary>Verdicts and validities in a list: one for all, or one for each value.</summary>
    private static void Conformities(CheckedFile file)
    {
        foreach (var list in file.All("conformityXMLList").Concat(file.All("validXMLList")))
            if (list.Ancestors().FirstOrDefault(a => a.Local is "quantity" or "list" && a.IsDcc) is { } owner && list.Ancestors().Any(a => a.Local == "measurementMetaData" && a.Parent == owner)
                && Sizes(owner) is { Length: > 0 } sizes && list.Tokens.Length is var n && n != 1 && !sizes.Contains(n))
                file.Report("conformity-length", list, n.ToString(System.Globalization.CultureInfo.InvariantCulture), string.Join(" / ", sizes.Prepend(1).Distinct()));
    }

    private static int[] Sizes(XElement owner) => [.. (owner.Local == "quantity" ? [owner] : owner.Children("quantity")).SelectMany(QuantityValues.Members).Select(m => m.Count).Distinct()];
}
