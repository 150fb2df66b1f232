namespace Plumbline.Numerics;

/// <summary>The weighted mean (加权平均值) with weights 1/u²: procedure A of Cox, Metrologia 39 (2002) 589; also known as the Graybill–Deal or fixed-effect mean.</summary>
public static class WeightedMean
{
    /// <summary>Σ(x/u²)/Σ(1/u²) for independent results.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>The mean with its internal uncertainty (Σ1/u²)<sup>−1/2</sup>, the external one, χ² and the Birge ratio.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    /// <remarks>Valid when the results are consistent (χ² test): otherwise the internal uncertainty is too small.</remarks>
    public static ConsensusResult Of(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        var result = RandomEffects.Result("weighted-mean", Frame.Of(values, standardUncertainties), 0) with { Tau = null };
        return result with { ExternalStandardUncertainty = result.BirgeRatio * result.StandardUncertainty };
    }

    /// <summary>(1′V⁻¹x)/(1′V⁻¹1) for correlated results.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="covariance">V, symmetric and positive definite, in that unit squared.</param>
    /// <returns>The mean, with χ² = (x − m1)′V⁻¹(x − m1); weights may be negative.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a variance is not positive.</exception>
    /// <exception cref="ArgumentException">No result, sizes that differ, or V is not symmetric and positive definite.</exception>
    /// <remarks>With strong correlations the mean may lie outside the range of the results: that is right for the stated V, and a reason to doubt it.</remarks>
    public static ConsensusResult Of(double[] values, double[,] covariance)
    {
        Require.Finite(values);
        Require.Covariance(covariance, values.Length);
        var result = new CorrelatedEffects(values, covariance, nameof(covariance)).Result("weighted-mean", 0) with { Tau = null };
        return result with { ExternalStandardUncertainty = result.BirgeRatio * result.StandardUncertainty };
    }
}
