using System.Globalization;

namespace Plumbline.Interface;

/// <summary>How a number is shortened.</summary>
public enum Rounding
{
    /// <summary>To the nearest; an exact half goes to the even digit (GB/T 8170, 四舍六入五成双).</summary>
    HalfToEven,

    /// <summary>
    /// For uncertainties, after GUM 7.2.6: away from zero, unless what is dropped is less than a tenth of the last place kept.
    /// 10.47 becomes 11, and 28.05 becomes 28, as in the examples there.
    /// </summary>
    Up,
}

/// <summary>
/// A decimal number by its digits: sign, significant digits, power of ten of the last one. Rounding works on these
/// digits, so that no binary residue decides: 2.675 is exactly half-way between 2.67 and 2.68 and goes to 2.68.
/// A double stands for the shortest digits that read back the same.
/// </summary>
internal readonly record struct DecimalDigits(bool Negative, string Digits, int Place)
{
    public bool IsZero => Digits.Length == 0;

    /// <summary>The power of ten of the first digit; of the last place for zero.</summary>
    public int Magnitude => IsZero ? Place : Digits.Length - 1 + Place;

    public static DecimalDigits Of(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "Only a finite number can be shown.");
        return TryParse(value.ToString("R", CultureInfo.InvariantCulture), out var written) ? written.WithoutTrailingZeros() : throw new FormatException();
    }

    /// <summary>Reads a plain decimal number, with exponent or without; every typed digit is kept in the last place.</summary>
    public static bool TryParse(string text, out DecimalDigits digits)
    {
        digits = default;
        var rest = text.AsSpan().Trim();
        var negative = rest.Length > 0 && rest[0] is '-' or '\u2212';
        if (rest.Length > 0 && rest[0] is '-' or '\u2212' or '+')
            rest = rest[1..];
        var exponent = 0;
        var mark = rest.IndexOfAny('e', 'E');
        if (mark >= 0)
        {
            if (!int.TryParse(rest[(mark + 1)..].ToString().Replace('\u2212', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > 9999)
                return false;
            rest = rest[..mark];
        }

        var point = rest.IndexOf('.');
        var all = point < 0 ? rest.ToString() : string.Concat(rest[..point], rest[(point + 1)..]);
        if (all.Length == 0 || !all.All(char.IsAsciiDigit))
            return false;
        var decimals = point < 0 ? 0 : rest.Length - point - 1;
        digits = new(negative, all.TrimStart('0'), exponent - decimals);
        return true;
    }

    /// <summary>The number with its last digit at the given power of ten; missing digits are filled with zeros.</summary>
    public DecimalDigits RoundAt(int place, Rounding rounding = Rounding.HalfToEven)
    {
        if (Place >= place)
            return this with { Digits = IsZero ? "" : Digits + new string('0', Place - place), Place = place };
        var dropped = Math.Min(place - Place, Digits.Length);
        var kept = Digits[..^dropped];
        var rest = Digits[^dropped..].PadLeft(place - Place, '0');
        var raised = rounding == Rounding.Up ? rest[0] >= '1' : IsAboveHalf(rest, kept);
        return this with { Digits = (raised ? Increment(kept) : kept).TrimStart('0'), Place = place };
    }

    /// <summary>The number with so many significant digits; 0.0996 to two is 0.10.</summary>
    public DecimalDigits RoundTo(int significant, Rounding rounding = Rounding.HalfToEven)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(significant, 1);
        if (IsZero)
            return this;
        var rounded = RoundAt(Magnitude - significant + 1, rounding);
        return rounded.Digits.Length > significant ? rounded.RoundAt(rounded.Place + 1) : rounded;
    }

    public DecimalDigits Times10(int power) => this with { Place = Place + power };

    /// <summary>Plain digits with a point, without grouping; zeros fill the places before the last digit when that is not a unit. The minus is left to the caller.</summary>
    public (string Whole, string Decimals) Split()
    {
        var all = Place > 0 && !IsZero ? Digits + new string('0', Place) : Digits;
        var decimals = Math.Max(0, -Place);
        all = all.PadLeft(decimals + 1, '0');
        return (all[..^decimals], all[^decimals..]);
    }

    // "R" writes 10000000 for 1E7; a double has no significant zeros of its own.
    private DecimalDigits WithoutTrailingZeros()
    {
        var digits = Digits.TrimEnd('0');
        return digits.Length == 0 ? this with { Place = 0 } : this with { Digits = digits, Place = Place + Digits.Length - digits.Length };
    }

    private static bool IsAboveHalf(string rest, string kept)
    {
        if (rest[0] != '5')
            return rest[0] > '5';
        return rest.AsSpan(1).ContainsAnyExcept('0') || (kept.Length > 0 && (kept[^1] - '0') % 2 == 1);
    }

    private static string Increment(string digits)
    {
        var nines = digits.Length - digits.TrimEnd('9').Length;
        var head = digits[..^nines];
        return (head.Length == 0 ? "1" : head[..^1] + (char)(head[^1] + 1)) + new string('0', nines);
    }
}
