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
