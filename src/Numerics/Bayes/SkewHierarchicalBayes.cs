namespace Plumbline.Numerics;

/// <summary>The hierarchical model with skew Student effects, λ = μ + τU<sup>−1/2</sup>(δ|Z₁| + √(1−δ²)Z₂), U ~ Gamma(ν/2, ν/2), δ = α/√(1+α²): the decision tree's leaf for asymmetric, heterogeneous results.</summary>
public sealed record SkewModel
{
    /// <summary>Priors of μ, τ and σ; its effects are not used.</summary>
    public HierarchicalModel Priors { get; init; } = new();

    /// <summary>Standard deviation of the normal prior of α, greater than zero.</summary>
    public double AlphaScale { get; init; } = 4;

    /// <summary>Shape of the gamma prior of ν, greater than zero.</summary>
    public double NuShape { get; init; } = 3;

    /// <summary>Rate of the gamma prior of ν, greater than zero; with ¼ its mean is 12.</summary>
    public double NuRate { get; init; } = 0.25;
}

/// <summary>Bayesian reference values with skew, heavy-tailed laboratory effects, by deterministic quadrature over μ, τ, α and ν.</summary>
public static class SkewHierarchicalBayes
{
    /// <summary>The posterior of location and reference value.</summary>
    /// <param name="values">At least three results, in one unit, at most 100.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="model">Priors; null for the defaults.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom of the uncertainties; infinity for one without doubt; null for all infinite.</param>
    /// <returns>The reference value μ + τδ√(2/π), the mean of the skew normal distribution from which the effects' heavy tails are made, and the location μ apart.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Too few or too many results, or the lengths differ.</exception>
    /// <remarks>
    /// The mean of the skew Student effects themselves exists for ν &gt; 1 only, and its posterior mean not at all when ν near 1 is possible: hence the mean of
    /// the skew normal. Location and skewness are hard to tell apart with few laboratories, so that the location's uncertainty is large. Accurate to about 1 % of the uncertainty.
    /// </remarks>
    public static SkewPosteriorResult Of(double[] values, double[] standardUncertainties, SkewModel? model = null, double[]? degreesOfFreedom = null) =>
        Prepare(values, standardUncertainties, model, degreesOfFreedom).Posterior.Result();

    /// <summary>The posterior with degrees of equivalence: x<sub>j</sub> less the reference value, widened by the laboratory's own uncertainty and, where recognised, by τ.</summary>
    /// <param name="values">At least three results, in one unit, at most 100.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="model">Priors; null for the defaults. Its coverage is that of the degrees.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom of the uncertainties; infinity for one without doubt; null for all infinite.</param>
    /// <param name="darkUncertainty">Whether τ counts as part of what a laboratory's result may differ by.</param>
    /// <returns>The posterior, and one degree for each laboratory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Too few or too many results, or the lengths differ.</exception>
    /// <remarks>As in the NIST Decision Tree, a laboratory's error is taken as normal with variance σ<sub>j</sub>² (+ τ²) and independent of the reference value.</remarks>
    public static (SkewPosteriorResult Result, PosteriorDegree[] Degrees) WithDegrees(double[] values, double[] standardUncertainties, SkewModel? model = null,
        double[]? degreesOfFreedom = null, DarkUncertainty darkUncertainty = DarkUncertainty.Recognised)
    {
        var (frame, posterior) = Prepare(values, standardUncertainties, model, degreesOfFreedom);
        var result = posterior.Result();
        var coverage = (model ?? new()).Priors.Coverage;
        return (result, [.. posterior.Differences(darkUncertainty == DarkUncertainty.Recognised)
            .Select((m, j) => new PosteriorDegree(values[j] - result.Reference.Value, frame.Scale * m.StandardDeviation, frame.Scale * m.HalfWidth(coverage)))]);
    }

    private static (Frame Frame, SkewPosterior Posterior) Prepare(double[] values, double[] standardUncertainties, SkewModel? model, double[]? degreesOfFreedom)
    {
        Require.Finite(values, 3);
        if (values.Length > 100)
            throw new ArgumentException("At most 100 results.", nameof(values));
        Require.Positive(standardUncertainties, values.Length);
        if (degreesOfFreedom is not null)
            Require.DegreesOfFreedom(degreesOfFreedom, values.Length);
        model ??= new();
        Require.Positive(model.AlphaScale, nameof(model));
        Require.Positive(model.NuShape, nameof(model));
        Require.Positive(model.NuRate, nameof(model));
        HierarchicalBayes.Check(model.Priors);
        var frame = Frame.Of(values, standardUncertainties);
        return (frame, new(frame, Priors.Of(model.Priors, frame), model, degreesOfFreedom));
    }
}

/// <summary>Posterior figures of the skew model, in the unit of the results.</summary>
/// <param name="Reference">Posterior mean of μ + τδ√(2/π) and its posterior standard deviation; <c>Tau</c> is the posterior median of τ.</param>
/// <param name="Location">Posterior mean of μ.</param>
/// <param name="LocationStandardDeviation">Posterior standard deviation of μ.</param>
/// <param name="TauMedian">Posterior median of τ.</param>
/// <param name="ProbabilityOfPositiveSkew">Pr{α &gt; 0}.</param>
public sealed record SkewPosteriorResult(ConsensusResult Reference, double Location, double LocationStandardDeviation, double TauMedian, double ProbabilityOfPositiveSkew);
