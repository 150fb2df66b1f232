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
        var n = values.Length;
        var frame = Frame.Of(values, [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(covariance[i, i]))]);
        var scaled = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                scaled[i, j] = covariance[i, j] / frame.Scale / frame.Scale;
        var factor = Matrix.Cholesky(scaled, nameof(covariance));
        var ones = Enumerable.Repeat(1.0, n).ToArray();
        Matrix.ForwardSolve(factor, ones);
        var z = (double[])frame.Z.Clone();
        Matrix.ForwardSolve(factor, z);
        var sum = Matrix.Dot(ones, ones);
        var mean = Matrix.Dot(ones, z) / sum;
        var q = 0.0;
        for (var i = 0; i < n; i++)
            q += (z[i] - mean * ones[i]) * (z[i] - mean * ones[i]);
        var weights = (double[])ones.Clone();
        Matrix.BackwardSolve(factor, weights);
        var result = new ConsensusResult
        {
            Method = "weighted-mean",
            Value = frame.Location(mean),
            StandardUncertainty = frame.Scale / Math.Sqrt(sum),
            Weights = Array.ConvertAll(weights, w => w / sum),
            Included = [.. Enumerable.Repeat(true, n)],
            ChiSquared = q,
            DegreesOfFreedom = n - 1,
            PValue = n > 1 ? ChiSquare.UpperTail(q, n - 1) : null,
            Warnings = weights.Any(w => w < 0) ? ["negative-weights"] : [],
        };
        return result with { ExternalStandardUncertainty = result.BirgeRatio * result.StandardUncertainty };
    }
}
