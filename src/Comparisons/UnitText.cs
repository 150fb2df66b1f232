using System.Text.RegularExpressions;

namespace Plumbline.Comparisons;

/// <summary>Whether a text can be a unit of measurement, and how a common slip is rightly written.</summary>
public static partial class UnitText
{
    private static readonly Dictionary<string, string> Slips = new(StringComparer.Ordinal)
    {
        ["Kg"] = "kg", ["KG"] = "kg", ["Km"] = "km", ["KHz"] = "kHz", ["khz"] = "kHz", ["hz"] = "Hz", ["Mhz"] = "MHz", ["Mpa"] = "MPa", ["mpa"] = "MPa", ["Kpa"] = "kPa", ["KPa"] = "kPa",
        ["pa"] = "Pa", ["Kv"] = "kV", ["KV"] = "kV", ["mv"] = "mV", ["KW"] = "kW", ["Kw"] = "kW", ["kw"] = "kW", ["KN"] = "kN", ["Db"] = "dB", ["db"] = "dB", ["ohm"] = "Ω", ["Ohm"] = "Ω",
        ["sec"] = "s", ["S/m "] = "S/m", ["bq"] = "Bq", ["gy"] = "Gy", ["sv"] = "Sv", ["ML"] = "mL", ["℃"] = "°C", ["oC"] = "°C",
    };

    /// <summary>Letters, °, %, ‰ or Ω with exponents, products and quotients, or 1: not a number, not a sentence.</summary>
    public static bool IsPlausible(string unit) => unit.Length <= 40 && (unit == "1" || Shape().IsMatch(unit));

    /// <summary>How the unit is rightly written when it is one of the usual slips; null otherwise.</summary>
    public static string? Correction(string unit) => Slips.GetValueOrDefault(unit);

    [GeneratedRegex(@"^(?=.*[\p{L}°%‰′″])[\p{L}°%‰′″\d\s·⋅*/^()\-−⁻⁰¹²³⁴-⁹₀-₉.]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
