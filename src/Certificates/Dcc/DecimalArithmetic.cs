using System.Numerics;

namespace Plumbline.Certificates;

public readonly partial struct DecimalText
{
    /// <summary>Compares the numbers, whatever their digits: negative, zero or positive as <paramref name="left"/> is less, equal or greater.</summary>
    /// <exception cref="InvalidOperationException">One is NaN.</exception>
    public static int Compare(DecimalText left, DecimalText right)
    {
        var (a, b, _) = Aligned(left, right);
        return a.CompareTo(b);
    }

    /// <summary>The exact sum; its last place is the finer of the two.</summary>
    /// <exception cref="InvalidOperationException">One is NaN.</exception>
    public DecimalText Add(DecimalText other)
    {
        var (a, b, exponent) = Aligned(this, other);
        return Of(a + b, exponent);
    }

    /// <summary>The exact difference; its last place is the finer of the two.</summary>
    /// <exception cref="InvalidOperationException">One is NaN.</exception>
    public DecimalText Subtract(DecimalText other) => Add(other.Negate());

    /// <summary>The exact product.</summary>
    /// <exception cref="InvalidOperationException">One is NaN.</exception>
    public DecimalText Multiply(DecimalText other) => Of(Number().Coefficient * other.Number().Coefficient, Exponent + other.Exponent);

    /// <summary>The quotient to so many significant digits, half to even on the exact remainder.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="divisor"/> is zero.</exception>
    /// <exception cref="InvalidOperationException">One is NaN.</exception>
    public DecimalText Divide(DecimalText divisor, int significantDigits = 30)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(significantDigits, 1);
        var (a, b) = (Number().Coefficient, divisor.Number().Coefficient);
        if (b.IsZero)
            throw new DivideByZeroException();
        // Two digits more than asked for, the last of them sticky, so that rounding once more is right.
        var shift = Math.Max(0, significantDigits + 2 + DigitsOf(b) - DigitsOf(a));
        var quotient = BigInteger.DivRem(BigInteger.Abs(a) * BigInteger.Pow(10, shift), BigInteger.Abs(b), out var remainder);
        quotient = quotient * 10 + (remainder.IsZero ? 0 : 1);
        var exact = Of(a.Sign * b.Sign < 0 ? -quotient : quotient, Exponent - divisor.Exponent - shift - 1);
        return exact.Round(exact.LeadingPlace - significantDigits + 1).Trimmed();
    }

    /// <summary>The number with the opposite sign.</summary>
    public DecimalText Negate() => Of(-Number().Coefficient, Exponent);

    /// <summary>The number without its sign.</summary>
    public DecimalText Abs() => Of(BigInteger.Abs(Number().Coefficient), Exponent);

    /// <summary>The number times 10^<paramref name="power"/>, all digits kept.</summary>
    public DecimalText Scale(int power) => Of(Number().Coefficient, Exponent + power);

    /// <summary>The number rounded to the place 10^<paramref name="place"/>; unchanged digits where it is not finer than that.</summary>
    /// <param name="place">−3 for thousandths.</param>
    /// <param name="mode">Half to even, as GB/T 8170 has it, unless told otherwise.</param>
    public DecimalText Round(int place, MidpointRounding mode = MidpointRounding.ToEven)
    {
        if (Number().Exponent >= place)
            return this;
        var unit = BigInteger.Pow(10, place - Exponent);
        var quotient = BigInteger.DivRem(BigInteger.Abs(Coefficient), unit, out var remainder);
        var half = (remainder * 2).CompareTo(unit);
        var up = mode switch
        {
            MidpointRounding.ToEven => half > 0 || half == 0 && !quotient.IsEven,
            MidpointRounding.AwayFromZero => half >= 0,
            MidpointRounding.ToZero => false,
            MidpointRounding.ToPositiveInfinity => !remainder.IsZero && Sign > 0,
            MidpointRounding.ToNegativeInfinity => !remainder.IsZero && Sign < 0,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
        };
        return Of((up ? quotient + 1 : quotient) * (Sign < 0 ? -1 : 1), place);
    }

    /// <summary>The same number without zeros at its end: "0.35" for "0.350", "3500" stays (the zeros stand before the point).</summary>
    public DecimalText Trimmed()
    {
        var (coefficient, exponent) = (Number().Coefficient, Exponent);
        if (coefficient.IsZero)
            return Of(BigInteger.Zero);
        while (BigInteger.DivRem(coefficient, 10, out var rest) is var tenth && rest.IsZero)
            (coefficient, exponent) = (tenth, exponent + 1);
        return exponent is > 0 and <= 20 ? Of(coefficient * BigInteger.Pow(10, exponent)) : Of(coefficient, exponent);
    }

    private static (BigInteger Left, BigInteger Right, int Exponent) Aligned(DecimalText left, DecimalText right)
    {
        var exponent = Math.Min(left.Number().Exponent, right.Number().Exponent);
        return (left.Coefficient * BigInteger.Pow(10, left.Exponent - exponent), right.Coefficient * BigInteger.Pow(10, right.Exponent - exponent), exponent);
    }

    private DecimalText Number() => IsNaN ? throw new InvalidOperationException("NaN has no value to reckon with.") : this;
}
