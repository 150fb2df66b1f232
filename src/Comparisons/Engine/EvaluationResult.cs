using System.Text.Json;
using Plumbline.Numerics;

namespace Plumbline.Comparisons;

/// <summary>Every figure of an evaluation. What could not be evaluated says why instead of a number.</summary>
public sealed record EvaluationResult
{
    public required string EngineVersion { get; init; }
    public required string InputSha256 { get; init; }
    public required IReadOnlyList<PointEvaluation> Points { get; init; }
    public required IReadOnlyList<LaboratoryVerdict> Laboratories { get; init; }
    public required IReadOnlyList<EvaluationWarning> Warnings { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ComparisonsJson.Stored);

    public static EvaluationResult FromJson(string json) =>
        JsonSerializer.Deserialize<EvaluationResult>(json, ComparisonsJson.Stored) ?? throw new JsonException("An evaluation result is an object.");
}

/// <summary>What a reader must know: text <c>evaluation.warning.{Code}</c> with the arguments.</summary>
public sealed record EvaluationWarning(string Code, string? Point = null, string? Laboratory = null, params IReadOnlyList<string> Arguments);

public sealed record PointEvaluation
{
    public required string Point { get; init; }
    public required IReadOnlyList<LaboratoryFigures> Laboratories { get; init; }
    /// <summary>Grubbs' tests in the order they were made.</summary>
    public required IReadOnlyList<OutlierTest> OutlierTests { get; init; }
    /// <summary>Null when there are too few results for the method.</summary>
    public ReferenceFigures? Reference { get; init; }
    public ConsistencyTest? Consistency { get; init; }
    public PairwiseFigures? Pairs { get; init; }
    public IReadOnlyList<DriftFigures> Drift { get; init; } = [];
    /// <summary>What the other methods would say of the same results.</summary>
    public IReadOnlyList<MethodFigures> OtherMethods { get; init; } = [];
}

/// <summary>参考值.</summary>
public sealed record ReferenceFigures
{
    public required ReferenceMethod Method { get; init; }
    public required double Value { get; init; }
    public required double StandardUncertainty { get; init; }
    public required double CoverageFactor { get; init; }
    public required double ExpandedUncertainty { get; init; }
    /// <summary>Laboratories whose results carry weight.</summary>
    public required IReadOnlyList<string> Members { get; init; }
    /// <summary>τ, the standard deviation between laboratories beyond their uncertainties; null where the method has none.</summary>
    public double? Tau { get; init; }
    public bool Converged { get; init; } = true;
    public int Iterations { get; init; }
    /// <summary>The laboratory that gave the value; null for a consensus or a value from outside.</summary>
    public string? GivenBy { get; init; }
    /// <summary>Where a value from outside comes from.</summary>
    public string? Source { get; init; }
    public string? SourceEn { get; init; }
}

public sealed record MethodFigures(ReferenceMethod Method, double Value, double StandardUncertainty, double? Tau);

/// <summary>格拉布斯检验, one pass.</summary>
public sealed record OutlierTest(int Count, string Laboratory, double Statistic, double CriticalValue, double PValue, bool IsOutlier);

/// <summary>χ² 一致性检验. <see cref="About"/> is the value the deviations are taken from.</summary>
public sealed record ConsistencyTest
{
    public required ReferenceMethod About { get; init; }
    public required double ChiSquared { get; init; }
    public required int DegreesOfFreedom { get; init; }
    public required double CriticalValue { get; init; }
    public required double PValue { get; init; }
    public required bool Passed { get; init; }
    public required double BirgeRatio { get; init; }
    /// <summary>u(x_ref) times the Birge ratio; for the weighted mean.</summary>
    public double? ExternalStandardUncertainty { get; init; }
}

/// <summary>Which E_n form was used, and why.</summary>
public enum EnForm
{
    /// <summary>The reference value does not contain the laboratory's result.</summary>
    Independent,
    /// <summary>It does, and the correlation counts.</summary>
    Contained,
}

public enum EnReason
{
    /// <summary>The result carries weight in the reference value.</summary>
    CarriesWeight,
    /// <summary>An outlier, left out of the reference value.</summary>
    OutlierExcluded,
    /// <summary>Not in the largest consistent subset.</summary>
    NotInSubset,
    /// <summary>Left out by the method itself, as too far from the mean.</summary>
    LeftOut,
    /// <summary>The reference value stands outside the results.</summary>
    GivenReference,
    /// <summary>The protocol lets the pilot laboratory's result not contribute.</summary>
    PilotDoesNotContribute,
    /// <summary>The result entered, but the method has no weights: treated as independent, which overstates u(d) a little.</summary>
    NoWeights,
}

public enum NotScored
{
    /// <summary>The laboratory's value is the reference value.</summary>
    IsReference,
    /// <summary>The variance of the deviation is not positive: the reference value is no more certain than the result in it.</summary>
    DenominatorNotPositive,
    /// <summary>There is no reference value.</summary>
    NoReference,
}

/// <summary>One laboratory at one point.</summary>
public sealed record LaboratoryFigures
{
    public required string Laboratory { get; init; }
    public required string ValueText { get; init; }
    public required string UncertaintyText { get; init; }
    /// <summary>The value compared: as reported, brought to the common date and standard.</summary>
    public required double Value { get; init; }
    /// <summary>Added to the reported value for the drift of the transfer standard.</summary>
    public double DriftCorrection { get; init; }
    /// <summary>Added to the reported value where several transfer standards travel.</summary>
    public double StandardCorrection { get; init; }
    /// <summary>k by which the reported U was divided.</summary>
    public required double CoverageFactor { get; init; }
    /// <summary>u = U/k of the laboratory.</summary>
    public required double StandardUncertainty { get; init; }
    /// <summary>u_TS: homogeneity, stability, transport, drift.</summary>
    public double TransferUncertainty { get; init; }
    public double DriftUncertainty { get; init; }
    /// <summary>√(u² + u_TS²), with which the result is compared and weighted.</summary>
    public required double CombinedUncertainty { get; init; }
    /// <summary>U at the comparison's common coverage factor.</summary>
    public required double ExpandedUncertainty { get; init; }
    public bool IsOutlier { get; init; }
    public double Weight { get; init; }

    public double? Deviation { get; init; }
    public double? DeviationUncertainty { get; init; }
    public double? DeviationExpanded { get; init; }
    public double? En { get; init; }
    public EnForm? Form { get; init; }
    public EnReason? Reason { get; init; }
    public NotScored? NotScored { get; init; }
    /// <summary>E_n as if the reference were independent, for those who compare with other publications.</summary>
    public double? EnIndependent { get; init; }
    /// <summary>E_n for a contained result; null where it is not contained.</summary>
    public double? EnContained { get; init; }
    public double? Z { get; init; }
    /// <summary>z′, given in place of z where u(x_ref) is not negligible beside σ.</summary>
    public double? ZPrime { get; init; }
    public double? Zeta { get; init; }
    public Verdict Verdict { get; init; }
}

/// <summary>Pairwise degrees of equivalence: row minus column, in the order of <see cref="Laboratories"/>; E_n = d/U.</summary>
public sealed record PairwiseFigures(IReadOnlyList<string> Laboratories, double[][] Differences, double[][] Expanded);

/// <summary>The drift of one transfer standard at one point.</summary>
public sealed record DriftFigures
{
    public string? TransferStandard { get; init; }
    public required int Returns { get; init; }
    public required DateOnly First { get; init; }
    public required DateOnly Last { get; init; }
    /// <summary>The common date to which results are brought.</summary>
    public required DateOnly CommonDate { get; init; }
    /// <summary>The fitted value on the common date.</summary>
    public required double Value { get; init; }
    /// <summary>Change a day.</summary>
    public required double Slope { get; init; }
    public required double SlopeUncertainty { get; init; }
    /// <summary>Probability of so strong a drift if there were none.</summary>
    public required double PValue { get; init; }
    public required bool Significant { get; init; }
    public required bool Applied { get; init; }
    public double? ResidualStandardDeviation { get; init; }
}

/// <summary>A laboratory over all points.</summary>
public sealed record LaboratoryVerdict
{
    public required string Laboratory { get; init; }
    public required Verdict Verdict { get; init; }
    /// <summary>Points with a score.</summary>
    public required int Scored { get; init; }
    public required int Satisfactory { get; init; }
    /// <summary>Points without a result.</summary>
    public required int Missing { get; init; }
    public double? LargestEn { get; init; }
    /// <summary>The chance that a laboratory without any fault gets at least one |E_n| &gt; 1 over so many points.</summary>
    public double? ChanceOfFalseAlarm { get; init; }
}
