using System.Numerics;

namespace Plumbline.Certificates;

/// <summary>An exact fraction: factors between units are held so that a conversion adds no rounding of its own.</summary>
internal readonly record struct Ratio
{
    private Ratio(BigInteger numerator, BigInteger denominator)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (Numerator, Denominator) = denominator.Sign < 0 ? (-numerator / common, -denominator / common) : (numerator / common, denominator / common);
    }

    public static Ratio One { get; } = new(1, 1);

    public static Ratio Zero { get; } = new(0, 1);

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public static Ratio Of(BigInteger numerator, BigInteger denominator) => new(numerator, denominator);

    public static Ratio TenTo(int power) => power >= 0 ? new(BigInteger.Pow(10, power), 1) : new(1, BigInteger.Pow(10, -power));

    /// <summary>The decimal text of a table, such as 101325e-3.</summary>
    public static Ratio Parse(string text)
    {
        var value = ExactDecimal.Parse(text);
        return value.ToRatio();
    }

    /// <summary>The nearest fraction of a double with 17 digits: for roots, which are seldom rational.</summary>
    public static Ratio FromDouble(double value) => Parse(value.ToString("E16", System.Globalization.CultureInfo.InvariantCulture));

    public static Ratio operator *(Ratio a, Ratio b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Ratio operator /(Ratio a, Ratio b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static Ratio operator +(Ratio a, Ratio b) => new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Ratio operator -(Ratio a, Ratio b) => new(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Ratio operator -(Ratio a) => new(-a.Numerator, a.Denominator);

    public static bool operator >(Ratio a, Ratio b) => a.CompareTo(b) > 0;

    public static bool operator <(Ratio a, Ratio b) => a.CompareTo(b) < 0;

    public static bool operator >=(Ratio a, Ratio b) => a.CompareTo(b) >= 0;

    public static bool operator <=(Ratio a, Ratio b) => a.CompareTo(b) <= 0;

    public static Ratio Abs(Ratio a) => new(BigInteger.Abs(a.Numerator), a.Denominator);

    public int CompareTo(Ratio other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public Ratio Power(decimal exponent)
    {
        if (exponent != decimal.Truncate(exponent))
            return FromDouble(Math.Pow(ToDouble(), (double)exponent));
        var n = (int)Math.Abs(exponent);
        var (top, bottom) = (BigInteger.Pow(Numerator, n), BigInteger.Pow(Denominator, n));
        return exponent < 0 ? new(bottom, top) : new(top, bottom);
    }

    public double ToDouble()
    {
        // BigInteger to double overflows long before the fraction does: both are brought to 64 bits and the powers of two kept aside.
        if (Numerator.IsZero)
            return 0;
        int up = Math.Max(0, (int)(BigInteger.Abs(Numerator).GetBitLength() - 900)), down = Math.Max(0, (int)(Denominator.GetBitLength() - 900));
        return Math.ScaleB((double)(Numerator >> up) / (double)(Denominator >> down), up - down);
    }
}
