namespace Plumbline.Numerics;

/// <summary>Fisher's F distribution (F 分布), the ratio of two mean squares.</summary>
public static class FisherF
{
    /// <summary>The probability of a ratio not above <paramref name="x"/>.</summary>
    /// <param name="x">A ratio of mean squares, not negative.</param>
    /// <param name="numeratorDegreesOfFreedom">Greater than zero, finite.</param>
    /// <param name="denominatorDegreesOfFreedom">Greater than zero, finite.</param>
    /// <returns>A probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Cdf(double x, double numeratorDegreesOfFreedom, double denominatorDegreesOfFreedom)
    {
        Check(x, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom);
        return Tails(x, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom).Lower;
    }

    /// <summary>The probability of a ratio above <paramref name="x"/>.</summary>
    /// <param name="x">A ratio of mean squares, not negative.</param>
    /// <param name="numeratorDegreesOfFreedom">Greater than zero, finite.</param>
    /// <param name="denominatorDegreesOfFreedom">Greater than zero, finite.</param>
    /// <returns>A probability, with full relative accuracy when small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double UpperTail(double x, double numeratorDegreesOfFreedom, double denominatorDegreesOfFreedom)
    {
        Check(x, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom);
        return Tails(x, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom).Upper;
    }

    /// <summary>The ratio not exceeded with the given probability.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <param name="numeratorDegreesOfFreedom">Greater than zero, finite.</param>
    /// <param name="denominatorDegreesOfFreedom">Greater than zero, finite.</param>
    /// <returns>A ratio greater than zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Quantile(double probability, double numeratorDegreesOfFreedom, double denominatorDegreesOfFreedom)
    {
        Require.Probability(probability);
        Check(1, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom);
        return probability > 0.5
            ? Inverse(1 - probability, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom, false)
            : Inverse(probability, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom, true);
    }

    /// <summary>The ratio exceeded with the given probability: the critical value of a test at that level.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <param name="numeratorDegreesOfFreedom">Greater than zero, finite.</param>
    /// <param name="denominatorDegreesOfFreedom">Greater than zero, finite.</param>
    /// <returns>A ratio greater than zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double UpperQuantile(double probability, double numeratorDegreesOfFreedom, double denominatorDegreesOfFreedom)
    {
        Require.Probability(probability);
        Check(1, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom);
        return probability > 0.5
            ? Inverse(1 - probability, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom, true)
            : Inverse(probability, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom, false);
    }

    private static void Check(double x, double numeratorDegreesOfFreedom, double denominatorDegreesOfFreedom)
    {
        Require.NotNegative(x);
        Require.Positive(numeratorDegreesOfFreedom);
        Require.Positive(denominatorDegreesOfFreedom);
    }

    private static (double Lower, double Upper) Tails(double x, double m, double n)
    {
        var ratio = m / n * x;
        return double.IsPositiveInfinity(ratio) ? (1, 0)
            : GammaFunctions.IncompleteBeta(m / 2, n / 2, ratio / (1 + ratio), 1 / (1 + ratio));
    }

    private static double Inverse(double p, double m, double n, bool lower)
    {
        // Paulson's cube-root normal approximation starts the iteration.
        var z = lower ? Normal.QuantileOf(p) : -Normal.QuantileOf(p);
        double a = 2 / (9 * m), b = 2 / (9 * n);
        var denominator = (1 - b) * (1 - b) - z * z * b;
        var root = denominator > 0 ? ((1 - a) * (1 - b) + z * Math.Sqrt(a * (1 - b) * (1 - b) + b * (1 - a) * (1 - a) - a * b * z * z)) / denominator : 1;
        return Inversion.OfTail(x =>
        {
            var tails = Tails(x, m, n);
            var ratio = m / n * x;
            return (lower ? tails.Lower : tails.Upper, GammaFunctions.BetaTerm(m / 2, n / 2, ratio / (1 + ratio), 1 / (1 + ratio)) / x);
        }, p, lower, root > 0 ? root * root * root : 0.1);
    }
}
