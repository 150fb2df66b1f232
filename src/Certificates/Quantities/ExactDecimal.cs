using System.Globalization;
using System.Numerics;

namespace Plumbline.Certificates;

/// <summary>A number of a certificate exactly as written: significand, power of ten, and the place of its last digit.</summary>
/// <param name="Significand">All digits as an integer with sign.</param>
/// <param name="Exponent">Power of ten of the last digit written: −3 in 0.250.</param>
/// <param name="HasPoint">A decimal point was written, so that trailing zeros mean something.</param>
internal readonly record struct ExactDecimal(BigInteger Significand, int Exponent, bool HasPoint)
{
    /// <summary>Longer numbers are no measurement; they are refused so that no arithmetic on them can take long.</summary>
    private const int longest = 400, farthest = 1000;

    public static ExactDecimal Parse(string text) => TryParse(text) ?? throw new FormatException($"'{text}' is not a decimal number.");

    /// <summary>The number, or null where the text is none (D-SI decimalType without NaN) or is beyond what a measurement needs.</summary>
    public static ExactDecimal? TryParse(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > longest)
            return null;
        var e = text.IndexOfAny('e', 'E');
        var exponent = 0;
        if (e >= 0 && (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs((long)exponent) > farthest))
            return null;
        var digits = e >= 0 ? text[..e] : text;
        var negative = digits[..Math.Min(1, digits.Length)] is "-";
        if (digits.Length > 0 && digits[0] is '+' or '-')
            digits = digits[1..];
        var point = digits.IndexOf('.');
        var plain = point < 0 ? digits.ToString() : string.Concat(digits[..point], digits[(point + 1)..]);
        if (plain.Length == 0 || plain.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return null;
        var significand = BigInteger.Parse(plain, NumberStyles.None, CultureInfo.InvariantCulture);
        return new(negative ? -significand : significand, exponent - (point < 0 ? 0 : digits.Length - point - 1), point >= 0 || exponent < 0);
    }

    /// <summary>Power of ten of the last digit that says something: zeros before an unwritten point may only fill up.</summary>
    public int LastPlace
    {
        get
        {
            if (HasPoint || Significand.IsZero)
                return Exponent;
            var (rest, place) = (BigInteger.Abs(Significand), Exponent);
            while ((rest % 10).IsZero)
                (rest, place) = (rest / 10, place + 1);
            return place;
        }
    }

    /// <summary>Digits from the first that is not zero to <see cref="LastPlace"/>.</summary>
    public int SignificantDigits => Significand.IsZero ? 1 : BigInteger.Abs(Significand).ToString(CultureInfo.InvariantCulture).Length - (LastPlace - Exponent);

    /// <summary>Half a unit of the last place written: how far rounding may have moved the number.</summary>
    public Ratio HalfPlace => Ratio.Of(1, 2) * Ratio.TenTo(Exponent);

    public Ratio ToRatio() => Ratio.Of(Significand, 1) * Ratio.TenTo(Exponent);

    public double ToDouble() => ToRatio().ToDouble();
}
