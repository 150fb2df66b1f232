using System.Globalization;
using System.Text;

namespace Plumbline.Comparisons;

/// <summary>Why a text is not taken as a number.</summary>
public enum NumberFault
{
    None,
    Missing,
    NotANumber,
    /// <summary>NaN, ∞.</summary>
    NotFinite,
    /// <summary>1,234,567 or 1,234.5.</summary>
    ThousandsComma,
    /// <summary>0,35: in a Chinese or English text nobody can tell whether it means 0.35 or 035.</summary>
    DecimalComma,
    /// <summary>12 34.5: blanks that do not group digits by three.</summary>
    Grouping,
    /// <summary>Beyond what a double holds.</summary>
    OutOfRange,
    TooLong,
}

/// <summary>A number as a laboratory reports it: the digits as typed, zeros and all, and the number to compute with.</summary>
/// <param name="Text">As typed, without blanks around it.</param>
/// <param name="Value">Finite.</param>
public readonly record struct ReportedNumber(string Text, double Value)
{
    public const int MaxLength = 60;

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static readonly string[] NotFinite = ["nan", "inf", "infinity", "+inf", "-inf", "+infinity", "-infinity", "∞", "+∞", "-∞", "无穷", "无穷大"];

    /// <summary>One unit of the last digit typed: 0.01 of 1.50, 100 of 1.5E3.</summary>
    public double LastDigit
    {
        get
        {
            var (mantissa, exponent) = Split(Plain(Text)) ?? (Text, 0);
            var point = mantissa.IndexOf('.', StringComparison.Ordinal);
            return Math.Pow(10, exponent - (point < 0 ? 0 : mantissa[point..].Count(char.IsAsciiDigit)));
        }
    }

    /// <summary>
    /// Reads full-width digits, U+2212 and full-width minus, thin, no-break and common spaces between groups of three digits,
    /// and powers of ten as <c>1.5E-3</c>, <c>1.5×10^-3</c> or <c>1.5×10⁻³</c>. A comma is never read: it means two things.
    /// </summary>
    public static bool TryParse(string? text, out ReportedNumber number, out NumberFault fault)
    {
        number = default;
        var typed = text?.Trim() ?? "";
        fault = Read(typed, out var value);
        if (fault != NumberFault.None)
            return false;
        number = new(typed, value);
        return true;
    }

    private static NumberFault Read(string typed, out double value)
    {
        value = 0;
        if (typed.Length == 0)
            return NumberFault.Missing;
        if (typed.Length > MaxLength)
            return NumberFault.TooLong;
        var plain = Plain(typed);
        if (NotFinite.Contains(plain.ToLowerInvariant()))
            return NumberFault.NotFinite;
        if (Split(plain) is not var (mantissa, exponent))
            return NumberFault.NotANumber;
        if (FaultOf(mantissa) is var fault and not NumberFault.None)
            return fault;
        var digits = mantissa.Replace(" ", "", StringComparison.Ordinal);
        if (!double.TryParse($"{digits}E{exponent}", NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value))
            return NumberFault.NotANumber;
        var lost = value == 0 && digits.AsSpan().ContainsAnyInRange('1', '9');
        return double.IsFinite(value) && !lost ? NumberFault.None : NumberFault.OutOfRange;
    }

    /// <summary>One character for every way to write it: half width, ASCII minus, one kind of space.</summary>
    private static string Plain(string typed)
    {
        var plain = new StringBuilder(typed.Length);
        foreach (var c in typed)
        {
            plain.Append(c switch
            {
                '\u2212' or '\uFE63' => '-',
                '\u00A0' or '\u2009' or '\u202F' or '\u2006' or '\u3000' => ' ',
                >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
                '·' or '✕' or '∙' => '×',
                _ => c,
            });
        }
        return plain.ToString();
    }

    private static (string Mantissa, int Exponent)? Split(string plain)
    {
        var mark = plain.IndexOfAny(['e', 'E']);
        if (mark >= 0)
            return Exponent(plain[(mark + 1)..]) is { } power ? (plain[..mark].TrimEnd(), power) : null;
        mark = plain.IndexOfAny(['×', 'x', 'X', '*']);
        if (mark < 0)
            return (plain, 0);
        var factor = plain[(mark + 1)..].Trim();
        if (!factor.StartsWith("10", StringComparison.Ordinal))
            return null;
        var raised = factor[2..].Trim();
        var written = raised.StartsWith('^') ? raised[1..].Trim().Trim('{', '}', '(', ')') : Lowered(raised);
        return Exponent(written) is { } exponent ? (plain[..mark].TrimEnd(), exponent) : null;
    }

    /// <summary>10⁻³ as "-3"; empty where something else than superscripts stands, for "×10-3" may have lost them and may not.</summary>
    private static string Lowered(string raised) =>
        raised.All(c => c is '⁻' or '⁺' || Superscripts.Contains(c, StringComparison.Ordinal))
            ? string.Concat(raised.Select(c => c switch { '⁻' => '-', '⁺' => '+', _ => (char)('0' + Superscripts.IndexOf(c, StringComparison.Ordinal)) }))
            : "";

    private static int? Exponent(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) && Math.Abs(power) <= 9999 ? power : null;

    private static NumberFault FaultOf(string mantissa)
    {
        var digits = mantissa.TrimStart('+', '-').TrimStart();
        if (mantissa.Length - digits.Length > 2 || digits.Length == 0 || digits.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ',' or ' ')) || !digits.Any(char.IsAsciiDigit))
            return NumberFault.NotANumber;
        if (digits.Contains(',', StringComparison.Ordinal))
            return digits.Contains('.', StringComparison.Ordinal) || digits.Count(c => c == ',') > 1 ? NumberFault.ThousandsComma : NumberFault.DecimalComma;
        var parts = digits.Split('.');
        if (parts.Length > 2)
            return NumberFault.NotANumber;
        return IsGrouped(parts[0], fromRight: true) && (parts.Length == 1 || IsGrouped(parts[1], fromRight: false)) ? NumberFault.None : NumberFault.Grouping;
    }

    private static bool IsGrouped(string digits, bool fromRight)
    {
        var groups = digits.Split(' ');
        if (groups.Length == 1)
            return true;
        var open = fromRight ? groups[0] : groups[^1];
        var full = fromRight ? groups[1..] : groups[..^1];
        return open.Length is >= 1 and <= 3 && full.All(g => g.Length == 3);
    }
}
