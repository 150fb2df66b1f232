using System.Text;

namespace Plumbline.Certificates;

/// <summary>Units in D-SI notation as people read them: <c>\milli\pascal</c> is mPa, <c>\metre\second\tothe{-2}</c> is m·s⁻².</summary>
public static class UnitText
{
    private static readonly Dictionary<string, string> prefixes = new(StringComparer.Ordinal)
    {
        ["quecto"] = "q", ["ronto"] = "r", ["yocto"] = "y", ["zepto"] = "z", ["atto"] = "a", ["femto"] = "f", ["pico"] = "p", ["nano"] = "n", ["micro"] = "µ", ["milli"] = "m", ["centi"] = "c", ["deci"] = "d",
        ["deca"] = "da", ["hecto"] = "h", ["kilo"] = "k", ["mega"] = "M", ["giga"] = "G", ["tera"] = "T", ["peta"] = "P", ["exa"] = "E", ["zetta"] = "Z", ["yotta"] = "Y", ["ronna"] = "R", ["quetta"] = "Q",
        ["kibi"] = "Ki", ["mebi"] = "Mi", ["gibi"] = "Gi", ["tebi"] = "Ti", ["pebi"] = "Pi", ["exbi"] = "Ei", ["zebi"] = "Zi", ["yobi"] = "Yi",
    };

    private static readonly Dictionary<string, string> units = new(StringComparer.Ordinal)
    {
        ["metre"] = "m", ["meter"] = "m", ["kilogram"] = "kg", ["gram"] = "g", ["second"] = "s", ["ampere"] = "A", ["kelvin"] = "K", ["mole"] = "mol", ["candela"] = "cd", ["one"] = "", ["radian"] = "rad", ["steradian"] = "sr",
        ["hertz"] = "Hz", ["newton"] = "N", ["pascal"] = "Pa", ["joule"] = "J", ["watt"] = "W", ["coulomb"] = "C", ["volt"] = "V", ["farad"] = "F", ["ohm"] = "Ω", ["siemens"] = "S", ["weber"] = "Wb", ["tesla"] = "T", ["henry"] = "H",
        ["degreecelsius"] = "°C", ["degreeCelsius"] = "°C", ["lumen"] = "lm", ["lux"] = "lx", ["becquerel"] = "Bq", ["gray"] = "Gy", ["sievert"] = "Sv", ["katal"] = "kat", ["bit"] = "bit", ["byte"] = "B", ["minute"] = "min", ["hour"] = "h", ["day"] = "d",
        ["degree"] = "°", ["arcminute"] = "′", ["arcsecond"] = "″", ["hectare"] = "ha", ["litre"] = "L", ["liter"] = "L", ["tonne"] = "t", ["electronvolt"] = "eV", ["dalton"] = "Da", ["astronomicalunit"] = "au", ["neper"] = "Np", ["bel"] = "B", ["decibel"] = "dB",
        ["percent"] = "%", ["ppm"] = "ppm", ["bar"] = "bar", ["mmHg"] = "mmHg", ["angstrom"] = "Å", ["nauticalmile"] = "M", ["barn"] = "b", ["knot"] = "kn", ["erg"] = "erg", ["dyne"] = "dyn", ["poise"] = "P", ["stokes"] = "St", ["gauss"] = "G", ["clight"] = "c", ["planckbar"] = "ħ",
        ["electronmass"] = "mₑ", ["elementarycharge"] = "e", ["bohr"] = "a₀", ["hartree"] = "Eₕ", ["naturalunittime"] = "n.u.", ["atomicunittime"] = "a.u.",
    };

    /// <summary>The unit in plain text with real superscripts; empty for a quantity of unit one, the notation itself where it is not understood.</summary>
    public static string Plain(string? dsi)
    {
        var unit = dsi?.Trim() ?? "";
        if (unit.Length == 0 || unit[0] == '|')
            return unit.TrimStart('|');
        var text = new StringBuilder();
        var prefix = "";
        foreach (var piece in unit.Split('\\', StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece == "per")
            {
                text.Append('/');
                continue;
            }
            if (piece.StartsWith("tothe{", StringComparison.Ordinal) && piece[^1] == '}')
            {
                text.Append(Superscript(piece[6..^1]));
                continue;
            }
            if (prefixes.TryGetValue(piece, out var p) && prefix.Length == 0)
            {
                prefix = p;
                continue;
            }
            if (!units.TryGetValue(piece, out var symbol))
                return unit;
            if (text.Length > 0 && text[^1] != '/' && symbol.Length > 0)
                text.Append('·');
            text.Append(prefix).Append(symbol);
            prefix = "";
        }
        return prefix.Length > 0 ? unit : text.ToString();
    }

    /// <summary>The number as it stands, with a real minus sign and powers of ten; a dash for NaN.</summary>
    public static string Number(string? digits)
    {
        var text = digits?.Trim() ?? "";
        if (text is "NaN" or "")
            return "—";
        var e = text.IndexOfAny(['e', 'E']);
        var mantissa = (e < 0 ? text : text[..e]).Replace('-', '\u2212');
        return e < 0 ? mantissa : $"{mantissa} × 10{Superscript(Power(text[(e + 1)..]))}";
    }

    /// <summary>Number and unit with the blank that belongs between them: none before °, ′ and ″.</summary>
    public static string Quantity(string? digits, string? dsi)
    {
        var unit = Plain(dsi);
        return unit.Length == 0 || Number(digits) == "—" ? Number(digits) : unit is "°" or "′" or "″" ? Number(digits) + unit : $"{Number(digits)}\u00a0{unit}";
    }

    /// <summary>"-07" is −7: the zeros of an exponent are no digits of the number.</summary>
    private static string Power(string exponent) => exponent.TrimStart('+', '-').TrimStart('0') is { Length: > 0 } digits ? exponent.StartsWith('-') ? $"-{digits}" : digits : "0";

    private static string Superscript(string power)
    {
        const string Plain = "0123456789-+", Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺";
        return power.All(c => Plain.Contains(c, StringComparison.Ordinal)) ? string.Concat(power.Select(c => Raised[Plain.IndexOf(c, StringComparison.Ordinal)])) : $"^{power.Replace('-', '\u2212')}";
    }
}
