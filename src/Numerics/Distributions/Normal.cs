namespace Plumbline.Numerics;

/// <summary>The standard normal distribution (正态分布).</summary>
/// <remarks>Both tails keep their relative accuracy (about 1e-15) as far as a double reaches, so a p-value of 1e-200 has all its digits.</remarks>
public static class Normal
{
    private const double InverseSqrtTwoPi = 0.39894228040143267794;

    /// <summary>The density at <paramref name="x"/>.</summary>
    /// <param name="x">A standardised value, finite.</param>
    /// <returns>The density, not negative.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not finite.</exception>
    public static double Density(double x)
    {
        Require.Finite(x);
        return InverseSqrtTwoPi * ErrorFunction.ExpOfMinusHalfSquare(x);
    }

    /// <summary>The probability of a value not above <paramref name="x"/>.</summary>
    /// <param name="x">A standardised value, finite.</param>
    /// <returns>A probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not finite.</exception>
    public static double Cdf(double x)
    {
        Require.Finite(x);
        return UpperTailOf(-x);
    }

    /// <summary>The probability of a value above <paramref name="x"/>.</summary>
    /// <param name="x">A standardised value, finite.</param>
    /// <returns>A probability, with full relative accuracy when small.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not finite.</exception>
    public static double UpperTail(double x)
    {
        Require.Finite(x);
        return UpperTailOf(x);
    }

    /// <summary>The value not exceeded with the given probability.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <returns>A standardised value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not strictly between 0 and 1.</exception>
    public static double Quantile(double probability)
    {
        Require.Probability(probability);
        return QuantileOf(probability);
    }

    /// <summary>The value exceeded with the given probability; accurate where 1 − p would round to 1.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <returns>A standardised value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not strictly between 0 and 1.</exception>
    public static double UpperQuantile(double probability)
    {
        Require.Probability(probability);
        return -QuantileOf(probability);
    }

    internal static double UpperTailOf(double x) =>
        x > 0 ? 0.5 * ErrorFunction.Erfcx(x / Math.Sqrt(2)) * ErrorFunction.ExpOfMinusHalfSquare(x)
            : 1 - 0.5 * ErrorFunction.Erfcx(-x / Math.Sqrt(2)) * ErrorFunction.ExpOfMinusHalfSquare(x);

    internal static double QuantileOf(double p)
    {
        if (p > 0.5)
            return p >= 1 ? double.PositiveInfinity : -QuantileOf(1 - p);
        var t = Math.Sqrt(-2 * Math.Log(p));
        // Abramowitz and Stegun 26.2.23 starts; Halley's rule on ln P finishes in two or three steps.
        var x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
        for (var i = 0; i < 4; i++)
        {
            var tail = UpperTailOf(-x);
            var density = InverseSqrtTwoPi * ErrorFunction.ExpOfMinusHalfSquare(x);
            var error = (tail - p) / density;
            var step = error / (1 + 0.5 * x * error);
            x -= step;
            if (Math.Abs(step) <= 1e-9 * (1 + Math.Abs(x)))
                break;
        }
        return x;
    }
}
