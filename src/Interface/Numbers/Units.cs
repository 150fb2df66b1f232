using System.Buffers;
using System.Text.RegularExpressions;

namespace Plumbline.Interface;

/// <summary>Units as they are typed ("W m^-2", "s-1", "kg/m3", "ug/L") and as they are printed (W m⁻², s⁻¹, kg/m³, µg/L).</summary>
public static partial class Units
{
    private static readonly SearchValues<char> changeable = SearchValues.Create("0123456789uμ*");

    /// <summary>The unit in plain text with real superscripts; empty for a quantity of unit one.</summary>
    public static string Text(string? unit)
    {
        var text = unit?.Trim() ?? "";
        if (text is "" or "1")
            return "";
        // Most units hold nothing that could change, and the command line need not load what looks for it.
        if (!text.AsSpan().ContainsAny(changeable))
            return text;
        text = Exponents().Replace(text, match => Numbers.Superscript(int.Parse(match.Groups["power"].Value.Replace(Numbers.Minus, '-').TrimStart('+'), System.Globalization.CultureInfo.InvariantCulture)));
        return Micro().Replace(text, "µ").Replace('*', '·');
    }

    // An exponent after ^, a negative one after a letter, or 2 to 4 after metre and second: "mmH2O" and "CO2" keep their digits.
    [GeneratedRegex(@"\^\{?(?<power>[+\-−]?[0-9]{1,2})\}?|(?<=\p{L})(?<power>[\-−][0-9]{1,2})(?![0-9\p{L}])|(?<=(?<![\p{L}])([kdcmµμun]?m|s))(?<power>[234])(?![0-9\p{L}])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Exponents();

    // "um", "uV": nobody has a micro sign on the keyboard. Greek mu becomes the micro sign, so that equal units compare equal.
    [GeneratedRegex(@"(?<![\p{L}])u(?=(m|g|L|l|V|A|s|Pa|W|F|H|J|N|K|mol|Sv|Gy|T|Ω|S)(?![\p{L}]))|μ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Micro();
}
