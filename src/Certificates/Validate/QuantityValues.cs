using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>The real values of a quantity in one unit, with their uncertainty: si:real, si:constant, si:realListXMLList and si:realList read alike. Tokens are kept as written; one token holds for all values.</summary>
internal sealed class QuantityValues
{
    private static readonly string[] kinds = ["real", "constant", "realListXMLList", "realList"];
    private readonly Dictionary<string, DsiUnit?> units = new(StringComparer.Ordinal);

    private QuantityValues(XElement element, XElement? at, string[] values, string[] unitTexts)
    {
        (Element, ValueAt, Values, UnitTexts) = (element, at ?? element, values, unitTexts);
    }

    public XElement Element { get; }

    public XElement ValueAt { get; }

    public string[] Values { get; }

    public string[] UnitTexts { get; }

    /// <summary>Where the uncertainty stands; null where there is none.</summary>
    public XElement? UncertaintyAt { get; private init; }

    /// <summary>Expanded uncertainties; empty where another kind is stated.</summary>
    public string[] Expanded { get; private init; } = [];

    /// <summary>Standard uncertainties.</summary>
    public string[] Standard { get; private init; } = [];

    public string[] Factors { get; private init; } = [];

    public string[] Probabilities { get; private init; } = [];

    public string[] Distributions { get; private init; } = [];

    public string[] Minima { get; private init; } = [];

    public string[] Maxima { get; private init; } = [];

    public int Count => Values.Length;

    /// <summary>Values beyond this number are checked for their form, not calculated with.</summary>
    public const int MostRows = 50_000;

    public int Rows => Math.Min(Count, MostRows);

    public ExactDecimal? Value(int i) => Number(Values, i);

    public ExactDecimal? ExpandedUncertainty(int i) => Number(Expanded, i);

    public ExactDecimal? StandardUncertainty(int i) => Number(Standard, i);

    public ExactDecimal? Factor(int i) => Number(Factors, i);

    public ExactDecimal? Probability(int i) => Number(Probabilities, i);

    public ExactDecimal? Minimum(int i) => Number(Minima, i);

    public ExactDecimal? Maximum(int i) => Number(Maxima, i);

    public string Distribution(int i) => Token(Distributions, i) ?? "";

    public DsiUnit? Unit(int i)
    {
        if (Token(UnitTexts, i) is not { } text)
            return null;
        if (!units.TryGetValue(text, out var unit))
            units[text] = unit = DsiUnitReading.Of(text).Unit;
        return unit;
    }

    /// <summary>The members of a quantity that carry real values: one, or each of a hybrid.</summary>
    public static IEnumerable<QuantityValues> Members(XElement quantity) =>
        (quantity.Child("hybrid") is { } hybrid ? hybrid.Elements() : quantity.Elements()).SelectMany(Member);

    /// <summary>The values of an element that carries real ones; none of any other.</summary>
    public static IEnumerable<QuantityValues> Member(XElement element) => element.IsSi && kinds.Contains(element.Local) ? [Of(element)] : [];

    /// <summary>The member that calculations use: the first whose unit is understood.</summary>
    public static QuantityValues? First(XElement? quantity) => quantity is null ? null : Members(quantity).OrderBy(m => m.Unit(0) is null).FirstOrDefault();

    public static QuantityValues Of(XElement element) => element.Local switch
    {
        "realListXMLList" or "relativeUncertaintyXmlList" => OfXmlList(element),
        "realList" => OfList(element),
        _ => OfReal(element),
    };

    /// <summary>"1.2 (U = …)" in words for a finding.</summary>
    public string Show(int i) => $"{Token(Values, i)} {Unit(i)?.Symbol}".TrimEnd();

    private static QuantityValues OfReal(XElement real)
    {
        var uncertainty = Stated(real);
        return new(real, real.Child("value"), Single(real, "value"), Single(real, "unit"))
        {
            UncertaintyAt = uncertainty,
            Expanded = Single(uncertainty, "valueExpandedMU", "expandedUnc"),
            Standard = Single(uncertainty, "valueStandardMU", "standardUnc"),
            Factors = Single(uncertainty, "coverageFactor"),
            Probabilities = Single(uncertainty, "coverageProbability"),
            Distributions = Single(uncertainty, "distribution"),
            Minima = Single(uncertainty, "intervalMin"),
            Maxima = Single(uncertainty, "intervalMax"),
        };
    }

    private static QuantityValues OfXmlList(XElement list)
    {
        var uncertainty = list.Child("measurementUncertaintyUnivariateXMLList")?.Elements().FirstOrDefault() ?? list.Child("expandedUncXMLList") ?? list.Child("coverageIntervalXMLList");
        string[] Tokens(string name) => uncertainty?.Child(name)?.Tokens ?? [];
        string[] Either(string name, string old) => Tokens(name) is { Length: > 0 } tokens ? tokens : Tokens(old);
        return new(list, list.Child("valueXMLList"), list.Child("valueXMLList")?.Tokens ?? [], list.Child("unitXMLList")?.Tokens ?? [])
        {
            UncertaintyAt = uncertainty,
            Expanded = Either("valueExpandedMUXMLList", "uncertaintyXMLList"),
            Standard = Either("valueStandardMUXMLList", "standardUncXMLList"),
            Factors = Tokens("coverageFactorXMLList"),
            Probabilities = Tokens("coverageProbabilityXMLList"),
            Distributions = Tokens("distributionXMLList"),
            Minima = Tokens("intervalMinXMLList"),
            Maxima = Tokens("intervalMaxXMLList"),
        };
    }

    /// <summary>A list of si:real, which may share unit and uncertainty.</summary>
    private static QuantityValues OfList(XElement list)
    {
        QuantityValues[] rows = [.. list.Children("real").Select(OfReal)];
        var shared = list.Child("listUnivariateUnc")?.Elements().FirstOrDefault() ?? list.Child("listMeasurementUncertaintyUnivariate")?.Elements().FirstOrDefault();
        string[] Each(Func<QuantityValues, string[]> of, params string[] names) => shared is not null ? Single(shared, names) : rows.Length > 0 && rows.All(r => of(r).Length == 1) ? [.. rows.Select(r => of(r)[0])] : [];
        return new(list, null, [.. rows.SelectMany(r => r.Values)], list.Child("listUnit") is { } unit ? [unit.Value] : [.. rows.SelectMany(r => r.UnitTexts)])
        {
            UncertaintyAt = shared ?? rows.FirstOrDefault()?.UncertaintyAt,
            Expanded = Each(r => r.Expanded, "valueExpandedMU", "expandedUnc"),
            Standard = Each(r => r.Standard, "valueStandardMU", "standardUnc"),
            Factors = Each(r => r.Factors, "coverageFactor"),
            Probabilities = Each(r => r.Probabilities, "coverageProbability"),
            Distributions = Each(r => r.Distributions, "distribution"),
            Minima = Each(r => r.Minima, "intervalMin"),
            Maxima = Each(r => r.Maxima, "intervalMax"),
        };
    }

    private static XElement? Stated(XElement real) =>
        (real.Child("measurementUncertaintyUnivariate") ?? real.Child("measurementUncertaintyUnivaraite"))?.Elements().FirstOrDefault() ?? real.Child("expandedUnc") ?? real.Child("coverageInterval") ?? (real.Child("valueStandardMU") is null ? null : real);

    private static string[] Single(XElement? parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            // In the deprecated form the value's own element is called "uncertainty".
            if (parent?.Child(name == "expandedUnc" && parent.Local == "expandedUnc" ? "uncertainty" : name) is { } found)
                return [found.Local is "unit" or "listUnit" ? found.Value : found.Text];
        return [];
    }

    private static string? Token(string[] tokens, int i) => tokens.Length == 1 ? tokens[0] : i < tokens.Length ? tokens[i] : null;

    private static ExactDecimal? Number(string[] tokens, int i) => Token(tokens, i) is { } token ? ExactDecimal.TryParse(token) : null;
}
