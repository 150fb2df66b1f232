namespace Plumbline.Numerics;

/// <summary>The probability that a measured quantity lies within its limits (合格概率), JCGM 106:2012, clause 7: the specific risk is its complement.</summary>
public static class ConformanceProbability
{
    /// <summary>From an estimate and its standard uncertainty: normal, or a scaled and shifted t for finite degrees of freedom.</summary>
    /// <param name="value">y, in the unit of the limits.</param>
    /// <param name="standardUncertainty">u(y), greater than zero; with finite degrees of freedom the scale of the t distribution.</param>
    /// <param name="limits">The tolerance limits.</param>
    /// <param name="degreesOfFreedom">ν of u(y), greater than zero; infinity for a normal distribution.</param>
    /// <returns>The probabilities of conforming, of lying below and of lying above; the two last keep all their digits when small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Conformance Of(double value, double standardUncertainty, ToleranceLimits limits, double degreesOfFreedom = double.PositiveInfinity)
    {
        Require.Finite(value);
        Require.Positive(standardUncertainty);
        ArgumentNullException.ThrowIfNull(limits);
        Require.DegreesOfFreedom(degreesOfFreedom);
        double Upper(double x) => double.IsPositiveInfinity(x) ? 0 : double.IsPositiveInfinity(degreesOfFreedom) ? Normal.UpperTailOf(x) : StudentT.UpperTailOf(x, degreesOfFreedom);
        double below = Upper((value - limits.Low) / standardUncertainty), above = Upper((limits.High - value) / standardUncertainty);
        // Within: from the tails when they are small, from the difference of two tails on one side when the value is far out.
        var within = below > 0.5 ? Upper((limits.Low - value) / standardUncertainty) - above : above > 0.5 ? Upper((value - limits.High) / standardUncertainty) - below : 1 - below - above;
        return new(Math.Max(0, within), below, above, null);
    }

    /// <summary>From draws of the quantity, such as those of a Monte Carlo propagation.</summary>
    /// <param name="draws">Independent draws, in the unit of the limits.</param>
    /// <param name="limits">The tolerance limits.</param>
    /// <returns>Shares, with the binomial standard error of the share within.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A draw is not finite.</exception>
    public static Conformance OfDraws(double[] draws, ToleranceLimits limits)
    {
        Require.Finite(draws, 2);
        ArgumentNullException.ThrowIfNull(limits);
        double n = draws.Length, below = draws.Count(d => d < limits.Low) / n, above = draws.Count(d => d > limits.High) / n;
        var within = 1 - below - above;
        return new(within, below, above, Math.Sqrt(within * (1 - within) / n));
    }

    /// <summary>From a measurement and what was known of the quantity before (JCGM 106, clause 6 and 7.2): the process that made the item.</summary>
    /// <param name="value">y, in the unit of the limits.</param>
    /// <param name="standardUncertainty">u<sub>m</sub> of the measurement alone, greater than zero.</param>
    /// <param name="limits">The tolerance limits.</param>
    /// <param name="process">Prior knowledge of the quantity.</param>
    /// <returns>Probabilities under the posterior: closed for a normal process, by quadrature otherwise.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="ArgumentException">The measured value is impossible under the process.</exception>
    public static Conformance OfProcess(double value, double standardUncertainty, ToleranceLimits limits, ProcessDistribution process)
    {
        Require.Finite(value);
        Require.Positive(standardUncertainty);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(process);
        if (process.Gaussian is { } prior)
        {
            double before = 1 / (prior.Deviation * prior.Deviation), now = 1 / (standardUncertainty * standardUncertainty);
            return Of((before * prior.Mean + now * value) / (before + now), Math.Sqrt(1 / (before + now)), limits);
        }
        var (low, high) = process.Range;
        double[] points = [.. ((double[])[low, high, .. process.Breaks, .. new[] { -12.0, -8, -4, -2, -1, 0, 1, 2, 4, 8, 12 }.Select(k => value + k * standardUncertainty), limits.Low, limits.High]).Where(p => p >= low && p <= high && double.IsFinite(p)).Distinct().Order()];
        double Mass(double from, double to)
        {
            double a = Math.Max(from, low), b = Math.Min(to, high);
            return a < b ? GaussKronrod.Integrate(x => process.Density(x) * Math.Exp(-0.5 * (x - value) / standardUncertainty * ((x - value) / standardUncertainty)), [a, b, .. points.Where(p => p > a && p < b)]).Value : 0;
        }
        double below = Mass(double.NegativeInfinity, limits.Low), within = Mass(limits.Low, limits.High), above = Mass(limits.High, double.PositiveInfinity);
        var total = below + within + above;
        if (!(total > 0))
            throw new ArgumentException("The process gives no probability near the measured value.", nameof(process));
        return new(within / total, below / total, above / total, null);
    }
}

/// <summary>Where a quantity lies against its limits.</summary>
/// <param name="Within">p<sub>c</sub>.</param>
/// <param name="Below">Probability below the lower limit.</param>
/// <param name="Above">Probability above the upper limit.</param>
/// <param name="StandardError">Of p<sub>c</sub>, where it was counted from draws.</param>
public sealed record Conformance(double Within, double Below, double Above, double? StandardError);
