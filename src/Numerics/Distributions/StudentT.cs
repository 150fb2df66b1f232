namespace Plumbline.Numerics;

/// <summary>Student's t distribution (t 分布).</summary>
/// <remarks>Infinitely many degrees of freedom give the normal distribution.</remarks>
public static class StudentT
{
    /// <summary>The density at <paramref name="x"/>.</summary>
    /// <param name="x">A standardised value, finite.</param>
    /// <param name="degreesOfFreedom">Greater than zero; infinity allowed.</param>
    /// <returns>The density, not negative.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Density(double x, double degreesOfFreedom)
    {
        Require.Finite(x);
        Require.DegreesOfFreedom(degreesOfFreedom);
        return DensityOf(x, degreesOfFreedom);
    }

    /// <summary>The probability of a value not above <paramref name="x"/>.</summary>
    /// <param name="x">A standardised value, finite.</param>
    /// <param name="degreesOfFreedom">Greater than zero; infinity allowed.</param>
    /// <returns>A probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Cdf(double x, double degreesOfFreedom)
    {
        Require.Finite(x);
        Require.DegreesOfFreedom(degreesOfFreedom);
        return UpperTailOf(-x, degreesOfFreedom);
    }

    /// <summary>The probability of a value above <paramref name="x"/>.</summary>
    /// <param name="x">A standardised value, finite.</param>
    /// <param name="degreesOfFreedom">Greater than zero; infinity allowed.</param>
    /// <returns>A probability, with full relative accuracy when small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double UpperTail(double x, double degreesOfFreedom)
    {
        Require.Finite(x);
        Require.DegreesOfFreedom(degreesOfFreedom);
        return UpperTailOf(x, degreesOfFreedom);
    }

    /// <summary>The value not exceeded with the given probability.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <param name="degreesOfFreedom">Greater than zero; infinity allowed.</param>
    /// <returns>A standardised value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Quantile(double probability, double degreesOfFreedom)
    {
        Require.Probability(probability);
        Require.DegreesOfFreedom(degreesOfFreedom);
        return probability > 0.5 ? UpperQuantileOf(1 - probability, degreesOfFreedom) : -UpperQuantileOf(probability, degreesOfFreedom);
    }

    /// <summary>The value exceeded with the given probability.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <param name="degreesOfFreedom">Greater than zero; infinity allowed.</param>
    /// <returns>A standardised value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double UpperQuantile(double probability, double degreesOfFreedom)
    {
        Require.Probability(probability);
        Require.DegreesOfFreedom(degreesOfFreedom);
        return probability > 0.5 ? -UpperQuantileOf(1 - probability, degreesOfFreedom) : UpperQuantileOf(probability, degreesOfFreedom);
    }

    internal static double DensityOf(double x, double nu)
    {
        if (nu > 1e15)
            return Normal.Density(x);
        return Math.Exp(LogPeak(nu) - (nu + 1) / 2 * LogOnePlusSquare(x, nu));
    }

    /// <summary>ln of the density at zero. Γ((ν+1)/2)/Γ(ν/2) through Stirling errors: the large powers of ν/2 cancel on paper.</summary>
    private static double LogPeak(double nu) =>
        GammaFunctions.StirlingError((nu + 1) / 2) - GammaFunctions.StirlingError(nu / 2)
        + nu / 2 * GammaFunctions.Log1P(1 / nu) - 0.5 - 0.5 * Math.Log(2 * Math.PI);

    /// <summary>ln(1 + x²/ν), also where x² overflows.</summary>
    private static double LogOnePlusSquare(double x, double nu)
    {
        var square = x / nu * x;
        return square > 1e300 ? 2 * Math.Log(Math.Abs(x)) - Math.Log(nu) : GammaFunctions.Log1P(square);
    }

    internal static double UpperTailOf(double x, double nu)
    {
        if (nu > 1e15)
            return Normal.UpperTailOf(x);
        var square = x / nu * x;
        if (square > 1e300)
        {
            // So far out the tail is its leading power.
            var tail = Math.Exp(LogPeak(nu) + (nu - 1) / 2 * Math.Log(nu) - nu * Math.Log(Math.Abs(x)));
            return x > 0 ? tail : 1 - tail;
        }
        var both = GammaFunctions.IncompleteBeta(0.5, nu / 2, square / (1 + square), 1 / (1 + square));
        return x >= 0 ? 0.5 * both.Upper : 0.5 + 0.5 * both.Lower;
    }

    internal static double UpperQuantileOf(double p, double nu)
    {
        if (p == 0.5)
            return 0;
        if (nu > 1e15)
            return -Normal.QuantileOf(p);
        var z = -Normal.QuantileOf(p);
        var start = z + z * (z * z + 1) / (4 * nu);
        // In a heavy tail the survival function is a power of x.
        if (nu < 3 && p < 0.05)
            start = Math.Sqrt(nu) * Math.Pow(p * nu, -1 / nu);
        return Inversion.OfTail(x => (UpperTailOf(x, nu), DensityOf(x, nu)), p, false, start);
    }
}
