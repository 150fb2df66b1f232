using System.Globalization;
using System.Numerics;

namespace Plumbline.Certificates;

/// <summary>Exact numbers in the words of a finding.</summary>
internal static class Numbers
{
    /// <summary>The number to one digit more than the one it is compared with.</summary>
    public static string Of(Ratio value, ExactDecimal like) => Fixed(value, Math.Clamp(1 - like.Exponent, 0, 40));

    /// <summary>One unit of the last place that says something.</summary>
    public static Ratio PlaceOf(ExactDecimal number) => Ratio.TenTo(number.LastPlace);

    /// <summary>Rounded half to even, without trailing zeros.</summary>
    public static string Fixed(Ratio value, int decimals)
    {
        var scaled = value * Ratio.TenTo(decimals);
        var (quotient, rest) = BigInteger.DivRem(BigInteger.Abs(scaled.Numerator), scaled.Denominator);
        if ((2 * rest).CompareTo(scaled.Denominator) is var half && (half > 0 || half == 0 && !quotient.IsEven))
            quotient++;
        var digits = quotient.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var text = decimals == 0 ? digits : $"{digits[..^decimals]}.{digits[^decimals..]}".TrimEnd('0').TrimEnd('.');
        return value.Numerator.Sign < 0 && text != "0" ? "-" + text : text;
    }
}
