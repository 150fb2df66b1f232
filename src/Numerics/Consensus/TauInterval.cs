namespace Plumbline.Numerics;

/// <summary>The Q-profile interval for τ, the standard deviation between laboratories (Viechtbauer, Stat. Med. 26 (2007) 37).</summary>
public static class TauInterval
{
    /// <summary>Those τ for which Σ(x − μ)²/(u² + τ²) lies between the χ² quantiles with n − 1 degrees of freedom.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="coverage">Coverage probability, strictly between 0 and 1.</param>
    /// <returns>The interval for τ in the unit of the results; an end is zero where even τ = 0 is not large enough to be excluded from above. Both zero: the results agree better than their uncertainties allow.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty is not positive, or the coverage is out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    /// <remarks>Exact when the stated uncertainties are.</remarks>
    public static Interval Of(double[] values, double[] standardUncertainties, double coverage = 0.95)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        Require.Probability(coverage);
        var frame = Frame.Of(values, standardUncertainties);
        var nu = values.Length - 1;
        double At(double target) => frame.Scale * Math.Sqrt(PauleMandel.TauSquared(frame.Z, frame.S, target).TauSquared);
        return new(At(ChiSquare.UpperQuantile((1 - coverage) / 2, nu)), At(ChiSquare.Quantile((1 - coverage) / 2, nu)));
    }
}
