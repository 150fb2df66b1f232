namespace Plumbline.Numerics;

/// <summary>How the smallest uncertainty allowed to carry weight is found.</summary>
public enum CutOff
{
    /// <summary>The mean of those uncertainties that do not exceed their median (CCPR guidelines).</summary>
    MeanOfLowerHalf,

    /// <summary>The median of the uncertainties.</summary>
    Median,
}

/// <summary>The weighted mean with cut-off (带截断的加权平均值): no laboratory gains weight by stating less than the cut-off uncertainty.</summary>
public static class CutOffWeightedMean
{
    /// <summary>Weights 1/max(u, u<sub>cut</sub>)².</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="cutOff">The rule for u<sub>cut</sub>.</param>
    /// <returns>The mean; its uncertainty √Σa²u² propagates the uncertainties as stated, χ² uses them as cut.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    public static ConsensusResult Of(double[] values, double[] standardUncertainties, CutOff cutOff = CutOff.MeanOfLowerHalf)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        var limit = CutOffUncertainty(standardUncertainties, cutOff);
        var adjusted = Array.ConvertAll(standardUncertainties, u => Math.Max(u, limit));
        var frame = Frame.Of(values, adjusted);
        var result = RandomEffects.Result("weighted-mean-cut-off", frame, 0);
        var variance = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var part = result.Weights![i] * standardUncertainties[i] / frame.Scale;
            variance += part * part;
        }
        return result with { Tau = null, StandardUncertainty = frame.Scale * Math.Sqrt(variance) };
    }

    /// <summary>The same where the results are not consistent: a common uncertainty τ is added in quadrature until χ² equals its degrees of freedom (Mandel and Paule), as the CCPR guidelines ask.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="significance">The level of the χ² test below which τ is added.</param>
    /// <param name="cutOff">The rule for u<sub>cut</sub>.</param>
    /// <returns>The mean with weights 1/(max(u, u<sub>cut</sub>)² + τ²) and u = √Σa²(u² + τ²); τ is zero where the test passes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty is not positive, or the level is out of range.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    public static ConsensusResult Adjusted(double[] values, double[] standardUncertainties, double significance = 0.05, CutOff cutOff = CutOff.MeanOfLowerHalf)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        Require.Probability(significance);
        var plain = Of(values, standardUncertainties, cutOff);
        if (plain.PValue is null || plain.PValue >= significance)
            return plain with { Method = "weighted-mean-cut-off-adjusted", Tau = 0 };
        var limit = CutOffUncertainty(standardUncertainties, cutOff);
        var adjusted = PauleMandel.Of(values, Array.ConvertAll(standardUncertainties, u => Math.Max(u, limit)));
        var scale = Math.Max(adjusted.Tau!.Value, standardUncertainties.Max());
        var variance = adjusted.Weights!.Zip(standardUncertainties, (a, u) => a * double.Hypot(u, adjusted.Tau.Value) / scale).Sum(v => v * v);
        return adjusted with { Method = "weighted-mean-cut-off-adjusted", StandardUncertainty = scale * Math.Sqrt(variance) };
    }

    /// <summary>The cut-off itself.</summary>
    /// <param name="standardUncertainties">Standard uncertainties in one unit, greater than zero.</param>
    /// <param name="cutOff">The rule.</param>
    /// <returns>u<sub>cut</sub> in the same unit, greater than zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An uncertainty is not positive and finite.</exception>
    /// <exception cref="ArgumentException">No uncertainty is given.</exception>
    public static double CutOffUncertainty(double[] standardUncertainties, CutOff cutOff = CutOff.MeanOfLowerHalf)
    {
        Require.Finite(standardUncertainties);
        Require.Positive(standardUncertainties, standardUncertainties.Length);
        var median = RobustScale.MedianOf(standardUncertainties);
        return cutOff == CutOff.Median ? median : standardUncertainties.Where(u => u <= median).Average();
    }
}
