namespace Plumbline.Certificates;

/// <summary>Real numbers in lists between blanks; each list has one entry for all values, or one for each.</summary>
public sealed class SiRealListXmlList : SiValue
{
    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>QUDT quantity kinds.</summary>
    public IReadOnlyList<string> QuantityTypes { get; set; } = [];

    /// <summary>The numbers.</summary>
    public IReadOnlyList<DecimalText> Values { get; set; } = [];

    /// <summary>The units.</summary>
    public IReadOnlyList<string> Units { get; set; } = [];

    /// <summary>Significant digits.</summary>
    public IReadOnlyList<string> SignificantDigits { get; set; } = [];

    /// <summary>Instants.</summary>
    public IReadOnlyList<string> DateTimes { get; set; } = [];

    /// <summary>Uncertainties.</summary>
    public SiUncertainty? Uncertainty { get; set; }

    /// <summary>Coverage region of all values.</summary>
    public SiRegion? Region { get; set; }

    internal override void Map(DccMap map)
    {
        Labels = map.Words("labelXMLList", Labels);
        QuantityTypes = map.Words("quantityTypeQUDTXMLList", QuantityTypes);
        Values = map.Numbers("valueXMLList", Values);
        Units = map.Words("unitXMLList", Units);
        SignificantDigits = map.Words("significantDigitXMLList", SignificantDigits);
        DateTimes = map.Words("dateTimeXMLList", DateTimes);
        Uncertainty = SiUncertainty.MapIn(map, Uncertainty, list: true);
        Region = SiRegion.MapIn(map, Region, "measurementUncertaintyMultivariateXMLList", "XMLList");
    }
}

/// <summary>Complex numbers in lists between blanks.</summary>
public sealed class SiComplexListXmlList : SiValue
{
    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>QUDT quantity kinds.</summary>
    public IReadOnlyList<string> QuantityTypes { get; set; } = [];

    /// <summary>Real parts.</summary>
    public IReadOnlyList<DecimalText> Real { get; set; } = [];

    /// <summary>Imaginary parts.</summary>
    public IReadOnlyList<DecimalText> Imaginary { get; set; } = [];

    /// <summary>Magnitudes.</summary>
    public IReadOnlyList<DecimalText> Magnitude { get; set; } = [];

    /// <summary>Phases.</summary>
    public IReadOnlyList<DecimalText> Phase { get; set; } = [];

    /// <summary>Units.</summary>
    public IReadOnlyList<string> Units { get; set; } = [];

    /// <summary>Units of the phases.</summary>
    public IReadOnlyList<string> UnitPhases { get; set; } = [];

    /// <summary>Instants.</summary>
    public IReadOnlyList<string> DateTimes { get; set; } = [];

    /// <summary>Coverage region of each value.</summary>
    public SiRegion? Bivariate { get; set; }

    /// <summary>Coverage region of all values.</summary>
    public SiRegion? Multivariate { get; set; }

    internal override void Map(DccMap map)
    {
        Labels = map.Words("labelXMLList", Labels);
        QuantityTypes = map.Words("quantityTypeQUDTXMLList", QuantityTypes);
        Real = map.Numbers("valueRealXMLList", Real);
        Imaginary = map.Numbers("valueImagXMLList", Imaginary);
        Magnitude = map.Numbers("valueMagnitudeXMLList", Magnitude);
        Phase = map.Numbers("valuePhaseXMLList", Phase);
        Units = map.Words("unitXMLList", Units);
        UnitPhases = map.Words("unitPhaseXMLList", UnitPhases);
        DateTimes = map.Words("dateTimeXMLList", DateTimes);
        Bivariate = SiRegion.MapIn(map, Bivariate, "measurementUncertaintyBivariateXMLList");
        Multivariate = SiRegion.MapIn(map, Multivariate, "measurementUncertaintyMultivariateXMLList");
    }
}

/// <summary>A list of lists.</summary>
public sealed class SiList : SiValue
{
    private static readonly DccChoice[] choices =
    [
        DccChoice.Of<SiRealList>("realList"), DccChoice.Of<SiRealListXmlList>("realListXMLList"), DccChoice.Of<SiComplexList>("complexList"),
        DccChoice.Of<SiComplexListXmlList>("complexListXMLList"), DccChoice.Of<SiList>("list"),
    ];

    /// <summary>Label.</summary>
    public string? Label { get; set; }

    /// <summary>Instant.</summary>
    public string? DateTime { get; set; }

    /// <summary>The lists.</summary>
    public IList<SiValue> Lists { get; } = [];

    internal override void Map(DccMap map)
    {
        Label = map.Text("label", Label);
        DateTime = map.Text("dateTime", DateTime);
        map.Mixed(Lists, choices);
    }
}

/// <summary>Real numbers, an element each, with what they have in common.</summary>
public sealed class SiRealList : SiValue
{
    /// <summary>Label.</summary>
    public string? Label { get; set; }

    /// <summary>Instant.</summary>
    public string? DateTime { get; set; }

    /// <summary>QUDT quantity kind.</summary>
    public string? QuantityType { get; set; }

    /// <summary>Unit of all numbers.</summary>
    public string? Unit { get; set; }

    /// <summary>Significant digits of all numbers.</summary>
    public string? SignificantDigit { get; set; }

    /// <summary>Uncertainty of all numbers.</summary>
    public SiUncertainty? Uncertainty { get; set; }

    /// <summary>The numbers.</summary>
    public IList<SiReal> Numbers { get; } = [];

    /// <summary>Coverage region of all numbers.</summary>
    public SiRegion? Region { get; set; }

    internal override void Map(DccMap map)
    {
        Label = map.Text("label", Label);
        DateTime = map.Text("dateTime", DateTime);
        QuantityType = map.Text("listQuantityTypeQUDT", QuantityType);
        Unit = map.Text("listUnit", Unit);
        SignificantDigit = map.Text("listsignificantDigit", SignificantDigit);
        Uncertainty = SiUncertainty.MapInList(map, Uncertainty);
        foreach (var number in Numbers)
            SiUncertainty.SpellInList(number.Uncertainty);
        map.Parts("real", Numbers);
        Region = SiRegion.MapIn(map, Region);
    }
}

/// <summary>Complex numbers, an element each, with what they have in common.</summary>
public sealed class SiComplexList : SiValue
{
    /// <summary>Label.</summary>
    public string? Label { get; set; }

    /// <summary>Instant.</summary>
    public string? DateTime { get; set; }

    /// <summary>QUDT quantity kind.</summary>
    public string? QuantityType { get; set; }

    /// <summary>Unit of all numbers.</summary>
    public string? Unit { get; set; }

    /// <summary>Unit of all phases.</summary>
    public string? UnitPhase { get; set; }

    /// <summary>Coverage region of each number.</summary>
    public SiRegion? Bivariate { get; set; }

    /// <summary>The numbers.</summary>
    public IList<SiComplex> Numbers { get; } = [];

    /// <summary>Coverage region of all numbers.</summary>
    public SiRegion? Region { get; set; }

    internal override void Map(DccMap map)
    {
        Label = map.Text("label", Label);
        DateTime = map.Text("dateTime", DateTime);
        QuantityType = map.Text("listQuantityTypeQUDT", QuantityType);
        Unit = map.Text("listUnit", Unit);
        UnitPhase = map.Text("listUnitPhase", UnitPhase);
        Bivariate = SiRegion.MapIn(map, Bivariate, "listBivariateUnc", "");
        map.Parts("complex", Numbers);
        Region = SiRegion.MapIn(map, Region);
    }
}
