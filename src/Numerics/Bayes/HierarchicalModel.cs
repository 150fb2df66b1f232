namespace Plumbline.Numerics;

/// <summary>The distribution of the laboratories' own effects about the common mean.</summary>
public enum LaboratoryEffects
{
    /// <summary>Normal with standard deviation τ.</summary>
    Gauss,

    /// <summary>Laplace with standard deviation τ: outlying laboratories pull less.</summary>
    Laplace,
}

/// <summary>What is believed of the common mean μ before the results.</summary>
public enum MeanPrior
{
    /// <summary>Uniform on the whole line: the posterior does not depend on the unit or origin.</summary>
    Flat,

    /// <summary>Normal with given location and scale.</summary>
    Normal,

    /// <summary>Student's t with three degrees of freedom, given location and scale.</summary>
    StudentT3,
}

/// <summary>The hierarchical model x<sub>j</sub> ~ N(λ<sub>j</sub>, σ<sub>j</sub>²), λ<sub>j</sub> about μ with standard deviation τ, its priors spelt out.</summary>
public sealed record HierarchicalModel
{
    /// <summary>The distribution of λ<sub>j</sub> − μ.</summary>
    public LaboratoryEffects Effects { get; init; }

    /// <summary>The prior of μ.</summary>
    public MeanPrior MeanPrior { get; init; }

    /// <summary>Location of a normal or t prior of μ, in the unit of the results.</summary>
    public double MeanLocation { get; init; }

    /// <summary>Scale of a normal (its standard deviation) or t prior of μ, in the unit of the results.</summary>
    public double MeanScale { get; init; } = 1;

    /// <summary>Scale of the half-Cauchy prior of τ, in the unit of the results; null for 1.4826 MAD of the results, or the median uncertainty where that is zero.</summary>
    public double? TauScale { get; init; }

    /// <summary>Scale of the half-Cauchy prior of each σ<sub>j</sub> that is known with finite degrees of freedom; null for the median of the uncertainties.</summary>
    public double? SigmaScale { get; init; }

    /// <summary>Coverage probability of the intervals, strictly between 0 and 1.</summary>
    public double Coverage { get; init; } = 0.95;
}

/// <summary>A posterior distribution of the reference value, computed by quadrature.</summary>
/// <param name="Reference">Posterior mean and standard deviation of μ; <c>Tau</c> is the posterior median of τ.</param>
/// <param name="Median">Posterior median of μ, in the unit of the results.</param>
/// <param name="Interval">Equal-tailed credible interval of μ.</param>
/// <param name="TauMedian">Posterior median of τ.</param>
/// <param name="TauInterval">Equal-tailed credible interval of τ.</param>
/// <param name="RelativeError">The largest change of mean, standard deviation and interval ends, as a share of the standard deviation, when every second node in τ is left out: the result as given is far better than this.</param>
public sealed record PosteriorResult(ConsensusResult Reference, double Median, Interval Interval, double TauMedian, Interval TauInterval, double RelativeError);
