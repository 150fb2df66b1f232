namespace Plumbline.Numerics;

/// <summary>The chi-square distribution (χ² 分布).</summary>
/// <remarks>The smaller tail is computed directly, never as a difference from one.</remarks>
public static class ChiSquare
{
    /// <summary>The density at <paramref name="x"/>.</summary>
    /// <param name="x">A sum of squares, not negative.</param>
    /// <param name="degreesOfFreedom">Greater than zero, finite.</param>
    /// <returns>The density, not negative; infinite at zero below two degrees of freedom.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Density(double x, double degreesOfFreedom)
    {
        Require.NotNegative(x);
        Require.Positive(degreesOfFreedom);
        var a = degreesOfFreedom / 2;
        return x == 0 ? a < 1 ? double.PositiveInfinity : a > 1 ? 0 : 0.5 : GammaFunctions.PoissonTerm(a, x / 2) * a / x;
    }

    /// <summary>The probability of a value not above <paramref name="x"/>.</summary>
    /// <param name="x">A sum of squares, not negative.</param>
    /// <param name="degreesOfFreedom">Greater than zero, finite.</param>
    /// <returns>A probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Cdf(double x, double degreesOfFreedom)
    {
        Require.NotNegative(x);
        Require.Positive(degreesOfFreedom);
        return GammaFunctions.Incomplete(degreesOfFreedom / 2, x / 2).Lower;
    }

    /// <summary>The probability of a value above <paramref name="x"/>: the p-value of a χ² test.</summary>
    /// <param name="x">A sum of squares, not negative.</param>
    /// <param name="degreesOfFreedom">Greater than zero, finite.</param>
    /// <returns>A probability, with full relative accuracy when small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double UpperTail(double x, double degreesOfFreedom)
    {
        Require.NotNegative(x);
        Require.Positive(degreesOfFreedom);
        return GammaFunctions.Incomplete(degreesOfFreedom / 2, x / 2).Upper;
    }

    /// <summary>The value not exceeded with the given probability.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <param name="degreesOfFreedom">Greater than zero, finite.</param>
    /// <returns>A value greater than zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Quantile(double probability, double degreesOfFreedom)
    {
        Require.Probability(probability);
        Require.Positive(degreesOfFreedom);
        return probability > 0.5 ? Inverse(1 - probability, degreesOfFreedom, false) : Inverse(probability, degreesOfFreedom, true);
    }

    /// <summary>The value exceeded with the given probability: the critical value of a test at that level.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <param name="degreesOfFreedom">Greater than zero, finite.</param>
    /// <returns>A value greater than zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double UpperQuantile(double probability, double degreesOfFreedom)
    {
        Require.Probability(probability);
        Require.Positive(degreesOfFreedom);
        return probability > 0.5 ? Inverse(1 - probability, degreesOfFreedom, true) : Inverse(probability, degreesOfFreedom, false);
    }

    private static double Inverse(double p, double nu, bool lower)
    {
        var z = Normal.QuantileOf(lower ? p : 1 - p);
        if (!lower)
            z = -Normal.QuantileOf(p);
        // Wilson and Hilferty; for a deep lower tail the leading term of the series.
        var c = 2 / (9 * nu);
        var start = nu * Math.Pow(Math.Max(1 - c + z * Math.Sqrt(c), 0), 3);
        if (lower && (start <= 0 || nu < 1 || p < 1e-6))
            start = 2 * Math.Exp((Math.Log(p) + GammaFunctions.LogGamma(nu / 2 + 1)) / (nu / 2));
        return Inversion.OfTail(x =>
        {
            var (low, up) = GammaFunctions.Incomplete(nu / 2, x / 2);
            return (lower ? low : up, GammaFunctions.PoissonTerm(nu / 2, x / 2) * nu / 2 / x);
        }, p, lower, start);
    }
}
