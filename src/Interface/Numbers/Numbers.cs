using System.Globalization;
using System.Text;

namespace Plumbline.Interface;

/// <summary>
/// Numbers and quantities as GB 3101 and ISO 80000-1 print them: U+2212 for minus, digits in groups of three by thin
/// spaces on both sides of the point (not where a side has four), no-break spaces around signs and before units,
/// powers of ten instead of meaningless zeros. Everything is plain text; <see cref="NumbersHtml"/> turns its superscripts into markup.
/// </summary>
public static class Numbers
{
    public const char Minus = '\u2212';
    public const char ThinSpace = '\u2009';
    public const char NoBreakSpace = '\u00A0';

    /// <summary>What stands where there is no number.</summary>
    public const string None = "—";

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Digits exactly as somebody typed them, zeros and all; only minus, grouping and the form of an exponent change. What is no number is returned unchanged.</summary>
    public static string Typed(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
            return None;
        if (!DecimalDigits.TryParse(trimmed, out _))
            return trimmed;
        var mark = trimmed.IndexOfAny(['e', 'E']);
        var mantissa = mark < 0 ? trimmed : trimmed[..mark];
        var sign = mantissa[0] is '-' or Minus ? Minus.ToString() : mantissa[0] == '+' ? "+" : "";
        mantissa = mantissa.TrimStart('-', '+', Minus);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var shown = sign + (point < 0 ? Group(mantissa, "") : Group(mantissa[..point], mantissa[(point + 1)..], point: true));
        return mark < 0 ? shown : Scaled(shown, int.Parse(trimmed[(mark + 1)..].Replace(Minus, '-'), CultureInfo.InvariantCulture));
    }

    /// <summary>A number with its shortest digits that read back the same.</summary>
    public static string Of(double? value) => value is { } number ? Free(DecimalDigits.Of(number)) : None;

    /// <summary>A number with so many decimals; an exact half goes to the even digit. A negative number that rounds to zero loses its minus.</summary>
    public static string Fixed(double? value, int decimals) =>
        value is { } number ? Plain(DecimalDigits.Of(number).RoundAt(-decimals)) : None;

    /// <summary>A number with so many significant digits.</summary>
    public static string Significant(double? value, int digits) =>
        value is { } number ? Free(DecimalDigits.Of(number).RoundTo(digits)) : None;

    /// <summary>A score with so many decimals, and more where rounding would carry it across one of the limits: 1.003 against 1 is "1.003", not "1.00".</summary>
    public static string Score(double? value, int decimals = 2, params IReadOnlyList<double> limits)
    {
        if (value is not { } number)
            return None;
        var exact = DecimalDigits.Of(number);
        var shown = exact.RoundAt(-decimals);
        for (var more = decimals + 1; more <= decimals + 6 && limits.Any(limit => Crosses(number, shown, limit)); more++)
            shown = exact.RoundAt(-more);
        return Plain(shown);
    }

    /// <summary>An uncertainty by itself, to two significant digits unless told otherwise.</summary>
    public static string Uncertainty(double? uncertainty, int digits = 2, Rounding rounding = Rounding.HalfToEven) =>
        uncertainty is { } number ? Free(DecimalDigits.Of(number).RoundTo(digits, rounding)) : None;

    /// <summary>"0.35 ± 0.18": value and uncertainty to the same place. In brackets where a power of ten or a unit follows.</summary>
    public static string PlusMinus(double? value, double? uncertainty, string? unit = null, int digits = 2, Rounding rounding = Rounding.HalfToEven) =>
        value is not { } x ? None
        : uncertainty is not { } u ? WithUnit(Of(x), unit)
        : Paired(x, u, unit, digits, rounding, concise: false);

    /// <summary>"0.35(18)": the uncertainty in units of the value's last digit.</summary>
    public static string Concise(double? value, double? uncertainty, string? unit = null, int digits = 2, Rounding rounding = Rounding.HalfToEven) =>
        value is not { } x ? None
        : uncertainty is not { } u ? WithUnit(Of(x), unit)
        : Paired(x, u, unit, digits, rounding, concise: true);

    /// <summary>The decimals to which a value is given when its uncertainty has so many significant digits: 0.018 to two is 3; never negative.</summary>
    public static int DecimalsFor(double uncertainty, int digits = 2) =>
        uncertainty == 0 ? 0 : Math.Max(0, -DecimalDigits.Of(uncertainty).RoundTo(digits).Place);

    /// <summary>A number followed by its unit; the plane-angle signs ° ′ ″ stand close, every other unit after a space.</summary>
    public static string WithUnit(string number, string? unit)
    {
        var text = Units.Text(unit);
        return text.Length == 0 ? number : text is "°" or "′" or "″" ? number + text : number + NoBreakSpace + text;
    }

    internal static string Superscript(int power) =>
        string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : Superscripts[c - '0']));

    /// <summary>Fixed digits where every zero means something, otherwise a mantissa and a power of ten.</summary>
    internal static bool NeedsPower(int magnitude, int lastPlace) => lastPlace > 0 || magnitude is < -4 or > 6;

    private static string Paired(double value, double uncertainty, string? unit, int digits, Rounding rounding, bool concise)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(uncertainty);
        if (uncertainty == 0)
            return WithUnit(Of(value), unit);
        var u = DecimalDigits.Of(uncertainty).RoundTo(digits, rounding);
        var x = DecimalDigits.Of(value).RoundAt(u.Place);
        var magnitude = x.IsZero ? u.Magnitude : Math.Max(x.Magnitude, u.Magnitude);
        var power = NeedsPower(magnitude, u.Place) ? magnitude : 0;
        var (shown, spread) = (Plain(x.Times10(-power)), u.Times10(-power));
        // In the concise form the digits of the uncertainty stand without their point.
        var number = concise ? $"{shown}({u.Digits})" : $"{shown}{NoBreakSpace}±{NoBreakSpace}{Plain(spread)}";
        if (!concise && (power != 0 || Units.Text(unit).Length > 0))
            number = $"({number})";
        return WithUnit(power == 0 ? number : Scaled(number, power), unit);
    }

    private static string Free(DecimalDigits digits)
    {
        if (digits.IsZero)
            return Plain(digits with { Place = Math.Min(0, digits.Place) });
        // Zeros after a whole number's last digit are its own when it is short: 1200 lamps, 100 °C.
        var last = digits is { Place: > 0, Magnitude: <= 6 } ? 0 : digits.Place;
        return NeedsPower(digits.Magnitude, last)
            ? Scaled(Plain(digits.Times10(-digits.Magnitude)), digits.Magnitude)
            : Plain(digits);
    }

    internal static string Plain(DecimalDigits digits)
    {
        var (whole, decimals) = digits.Split();
        return (digits.Negative && !digits.IsZero ? Minus.ToString() : "") + Group(whole, decimals, decimals.Length > 0);
    }

    private static string Scaled(string mantissa, int power) => $"{mantissa}{NoBreakSpace}×{NoBreakSpace}10{Superscript(power)}";

    private static bool Crosses(double value, DecimalDigits shown, double limit)
    {
        var (whole, decimals) = shown.Split();
        var size = double.Parse($"{whole}.{decimals}0", CultureInfo.InvariantCulture);
        return Math.Abs(value) > limit != size > limit;
    }

    private static string Group(string whole, string decimals, bool point = false)
    {
        var text = new StringBuilder();
        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && whole.Length > 4 && (whole.Length - i) % 3 == 0)
                text.Append(ThinSpace);
            text.Append(whole[i]);
        }

        if (point)
            text.Append('.');
        for (var i = 0; i < decimals.Length; i++)
        {
            if (i > 0 && decimals.Length > 4 && i % 3 == 0)
                text.Append(ThinSpace);
            text.Append(decimals[i]);
        }

        return text.ToString();
    }
}
