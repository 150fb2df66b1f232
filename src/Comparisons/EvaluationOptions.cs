using System.Text.Json.Serialization;

namespace Plumbline.Comparisons;

/// <summary>参考值方法: how the reference value is formed. The names are those of the numeric library.</summary>
public enum ReferenceMethod
{
    /// <summary>The pilot laboratory's value, or another independent one.</summary>
    PilotValue,
    WeightedMean,
    LargestConsistentSubset,
    ArithmeticMean,
    Median,
    AlgorithmA,
    DerSimonianLaird,
    MandelPaule,
    /// <summary>The CCRI's estimator (Pommé and Keightley 2015).</summary>
    PowerModeratedMean,
    RestrictedMaximumLikelihood,
    /// <summary>The CCPR's estimator, with the mean of the smaller half of the uncertainties as cut-off.</summary>
    CutOffWeightedMean,
    Huber,
    /// <summary>Q method for the spread, Hampel's estimator for the value (ISO 13528 Annex C.5).</summary>
    QHampel,
    /// <summary>Posterior mean of the hierarchical model with normal laboratory effects.</summary>
    HierarchicalGauss,
    /// <summary>Posterior mean of the hierarchical model with Laplace laboratory effects.</summary>
    HierarchicalLaplace,
    /// <summary>Full likelihood of the random-effects model.</summary>
    MaximumLikelihood,
    /// <summary>Median weighted by 1/u², its uncertainty by a bootstrap of fixed seed.</summary>
    WeightedMedian,
    /// <summary>Mixture of the laboratories' own distributions, equally weighted.</summary>
    LinearPool,
}

/// <summary>What the protocol fixes about the evaluation. Stored with the comparison and, unchanged, with every evaluation.</summary>
public sealed record EvaluationOptions
{
    public ReferenceMethod Method { get; init; } = ReferenceMethod.WeightedMean;
    /// <summary>Coverage probability of the expanded uncertainties that are reported.</summary>
    public double Coverage { get; init; } = 0.95;
    /// <summary>Coverage factor used for reported expanded uncertainties of the reference value and the degrees of equivalence.</summary>
    public double CoverageFactor { get; init; } = 2;
    /// <summary>Significance level of the χ² consistency test.</summary>
    public double ConsistencyLevel { get; init; } = 0.05;
    /// <summary>Significance level of the outlier test (Grubbs).</summary>
    public double OutlierLevel { get; init; } = 0.05;
    /// <summary>Whether results that the outlier test finds leave the reference value; they stay in the tables.</summary>
    public bool ExcludeOutliers { get; init; } = true;
    /// <summary>Whether the pilot laboratory's result counts towards a consensus reference value.</summary>
    public bool PilotContributes { get; init; } = true;
    /// <summary>Whether results are corrected for the transfer standard's drift, fitted to the pilot's returns.</summary>
    public bool CorrectDrift { get; init; }
    /// <summary>Share of its points at which a laboratory needs |E_n| ≤ 1 to be satisfactory as a whole; 1 for all.</summary>
    public double RequiredShare { get; init; } = 1;
    /// <summary>α of the power-moderated mean, 0 to 2; null for 2 − 3/n, which is recommended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PowerAlpha { get; init; }
    /// <summary>Results further than this many u(D) from the power-moderated mean leave it; null for 2.5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PowerOutlierFactor { get; init; }
    /// <summary>Where Huber's function bends, in robust standard deviations; null for 1.5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? HuberTuning { get; init; }
    /// <summary>Scale of the half-Cauchy prior of τ, in the unit of the results; null for 1.4826 MAD of the results.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TauPriorScale { get; init; }
}
