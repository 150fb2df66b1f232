using System.Globalization;
using System.Numerics;

namespace Plumbline.Certificates;

/// <summary>A number of a certificate exactly as written: significand, power of ten, and the place of its last digit.</summary>
/// <param name="Significand">All digits as an integer with sign.</param>
/// <param name="Exponent">Power of ten of the last digit written: −3 in 0.250.</param>
/// <param name="HasPoint">A decimal point was written, so that trailing zeros mean something.</param>
internal readonly record struct ExactDecimal(BigInteger Significand, int Exponent, bool HasPoint)
{
    public static ExactDecimal Parse(string text) => TryParse(text) ?? throw new FormatException($"'{text}' is not a decimal number.");

    /// <summary>The number, or null where the text is none, says "not a number", or is beyond what a measurement needs.</summary>
    public static ExactDecimal? TryParse(string text) =>
        DecimalText.TryParse(text, out var number) && !number.IsNaN ? new(number.Coefficient, number.Exponent, number.Exponent < 0 || text.Contains('.', StringComparison.Ordinal)) : null;

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
