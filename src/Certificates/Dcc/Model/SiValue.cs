using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Values in the form of D-SI.</summary>
public abstract class SiValue : DccPart
{
    internal static DccChoice[] InQuantity { get; } =
    [
        DccChoice.Of<SiReal>("si:real"), DccChoice.Of<SiList>("si:list"), DccChoice.Of<SiHybrid>("si:hybrid"), DccChoice.Of<SiComplex>("si:complex"), DccChoice.Of<SiConstant>("si:constant"),
        DccChoice.Of<SiRealListXmlList>("si:realListXMLList"), DccChoice.Of<SiComplexListXmlList>("si:complexListXMLList"),
    ];

    internal override XNamespace Names => DccNames.Si;
}

/// <summary>A real number with unit and uncertainty; within a <see cref="SiRealList"/> the unit may stand at the list.</summary>
public sealed class SiReal : SiValue
{
    /// <summary>Label.</summary>
    public string? Label { get; set; }

    /// <summary>QUDT quantity kind.</summary>
    public string? QuantityType { get; set; }

    /// <summary>The number.</summary>
    public DecimalText? Value { get; set; }

    /// <summary>The unit in D-SI notation: <c>\milli\pascal</c>.</summary>
    public string? Unit { get; set; }

    /// <summary>Significant digits.</summary>
    public string? SignificantDigit { get; set; }

    /// <summary>Instant (<c>xs:dateTime</c>).</summary>
    public string? DateTime { get; set; }

    /// <summary>Uncertainty.</summary>
    public SiUncertainty? Uncertainty { get; set; }

    internal override void Map(DccMap map)
    {
        Label = map.Text("label", Label);
        QuantityType = map.Text("quantityTypeQUDT", QuantityType);
        Value = map.Number("value", Value);
        Unit = map.Text("unit", Unit);
        SignificantDigit = map.Text("significantDigit", SignificantDigit);
        DateTime = map.Text("dateTime", DateTime);
        Uncertainty = SiUncertainty.MapIn(map, Uncertainty);
    }
}

/// <summary>A constant of nature or mathematics.</summary>
public sealed class SiConstant : SiValue
{
    /// <summary>Label.</summary>
    public string? Label { get; set; }

    /// <summary>QUDT quantity kind.</summary>
    public string? QuantityType { get; set; }

    /// <summary>The number.</summary>
    public DecimalText? Value { get; set; }

    /// <summary>The unit.</summary>
    public string? Unit { get; set; }

    /// <summary>Significant digits.</summary>
    public string? SignificantDigit { get; set; }

    /// <summary>Instant.</summary>
    public string? DateTime { get; set; }

    /// <summary>Standard uncertainty.</summary>
    public DecimalText? StandardUncertainty { get; set; }

    /// <summary>Standard uncertainty in the deprecated element <c>uncertainty</c>.</summary>
    public DecimalText? DeprecatedUncertainty { get; set; }

    /// <summary>Distribution.</summary>
    public string? Distribution { get; set; }

    internal override void Map(DccMap map)
    {
        Label = map.Text("label", Label);
        QuantityType = map.Text("quantityTypeQUDT", QuantityType);
        Value = map.Number("value", Value);
        Unit = map.Text("unit", Unit);
        SignificantDigit = map.Text("significantDigit", SignificantDigit);
        DateTime = map.Text("dateTime", DateTime);
        StandardUncertainty = map.Number("valueStandardMU", StandardUncertainty);
        DeprecatedUncertainty = map.Number("uncertainty", DeprecatedUncertainty);
        Distribution = map.Text("distribution", Distribution);
    }
}

/// <summary>A complex number, Cartesian or polar.</summary>
public sealed class SiComplex : SiValue
{
    /// <summary>Label.</summary>
    public string? Label { get; set; }

    /// <summary>QUDT quantity kind.</summary>
    public string? QuantityType { get; set; }

    /// <summary>Real part.</summary>
    public DecimalText? Real { get; set; }

    /// <summary>Imaginary part.</summary>
    public DecimalText? Imaginary { get; set; }

    /// <summary>Magnitude.</summary>
    public DecimalText? Magnitude { get; set; }

    /// <summary>Phase.</summary>
    public DecimalText? Phase { get; set; }

    /// <summary>Unit of parts or magnitude.</summary>
    public string? Unit { get; set; }

    /// <summary>Unit of the phase.</summary>
    public string? UnitPhase { get; set; }

    /// <summary>Instant.</summary>
    public string? DateTime { get; set; }

    /// <summary>Coverage region.</summary>
    public SiRegion? Region { get; set; }

    internal override void Map(DccMap map)
    {
        Label = map.Text("label", Label);
        QuantityType = map.Text("quantityTypeQUDT", QuantityType);
        Real = map.Number("valueReal", Real);
        Imaginary = map.Number("valueImag", Imaginary);
        Magnitude = map.Number("valueMagnitude", Magnitude);
        Phase = map.Number("valuePhase", Phase);
        Unit = map.Text("unit", Unit);
        UnitPhase = map.Text("unitPhase", UnitPhase);
        DateTime = map.Text("dateTime", DateTime);
        Region = SiRegion.MapIn(map, Region);
    }
}

/// <summary>The same quantity in several units.</summary>
public sealed class SiHybrid : SiValue
{
    private static readonly DccChoice[] choices =
    [
        DccChoice.Of<SiReal>("real"), DccChoice.Of<SiComplex>("complex"), DccChoice.Of<SiList>("list"), DccChoice.Of<SiRealList>("realList"), DccChoice.Of<SiRealListXmlList>("realListXMLList"),
        DccChoice.Of<SiComplexList>("complexList"), DccChoice.Of<SiComplexListXmlList>("complexListXMLList"), DccChoice.Of<SiConstant>("constant"),
    ];

    /// <summary>The forms, all of one kind; the first in SI units by good practice.</summary>
    public IList<SiValue> Forms { get; } = [];

    internal override void Map(DccMap map) => map.Mixed(Forms, choices);
}
