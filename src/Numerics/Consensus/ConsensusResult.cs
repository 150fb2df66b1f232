namespace Plumbline.Numerics;

/// <summary>The reference value of a comparison (参考值) as one estimator sees it, in a shape common to all estimators.</summary>
/// <remarks>
/// <see cref="Weights"/> say how the value hangs on the results, and with that carry the correlation between the reference value and
/// each laboratory into degrees of equivalence. They are held fixed: for random-effects estimators the uncertainty of τ² is not in them.
/// </remarks>
public sealed record ConsensusResult
{
    /// <summary>The estimator's name in this library, such as <c>weighted-mean</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The reference value, in the unit of the results.</summary>
    public required double Value { get; init; }

    /// <summary>Its standard uncertainty, in the same unit.</summary>
    public required double StandardUncertainty { get; init; }

    /// <summary>a, with Value = Σ a<sub>j</sub>x<sub>j</sub> and Σ a<sub>j</sub> = 1; all zero for a reference that stands outside the results; null for an estimator that is not linear.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Which results entered the value.</summary>
    public required bool[] Included { get; init; }

    /// <summary>τ, the standard deviation between laboratories beyond their stated uncertainties (dark uncertainty), in the unit of the results; null where the model has none.</summary>
    public double? Tau { get; init; }

    /// <summary>Σ((x<sub>j</sub> − m)/u<sub>j</sub>)² over the included results, with the stated uncertainties; null when they play no part.</summary>
    public double? ChiSquared { get; init; }

    /// <summary>ν of <see cref="ChiSquared"/>.</summary>
    public int? DegreesOfFreedom { get; init; }

    /// <summary>Pr{χ²(ν) ≥ ChiSquared}: below 0.05 the results are not consistent (Cox 2002); null when ν is zero.</summary>
    public double? PValue { get; init; }

    /// <summary>√(χ²/ν), the Birge ratio (Birge 比); null when ν is zero.</summary>
    public double? BirgeRatio => ChiSquared is { } q && DegreesOfFreedom is { } nu and > 0 ? Math.Sqrt(q / nu) : null;

    /// <summary>The external standard uncertainty: the internal one times the Birge ratio; only for the weighted mean.</summary>
    public double? ExternalStandardUncertainty { get; init; }

    /// <summary>False when an iteration stopped before its goal; the value is then the last iterate.</summary>
    public bool Converged { get; init; } = true;

    /// <summary>Steps of the iteration; zero for a closed form.</summary>
    public int Iterations { get; init; }

    /// <summary>What a reader must know about this value: stable English codes, such as <c>ties</c>.</summary>
    public string[] Warnings { get; init; } = [];
}
