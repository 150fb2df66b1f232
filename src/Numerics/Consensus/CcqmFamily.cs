namespace Plumbline.Numerics;

/// <summary>Small-sample corrections of the Graybill–Deal mean's uncertainty.</summary>
public enum GraybillDealCorrection
{
    /// <summary>Sinha (1985): u² = (1/Σw)(1 + 4ΣW(1−W)/(n−1)).</summary>
    Sinha,

    /// <summary>Zhang (2006): u² replaced by u²(n−1)/(n−3) in weights and uncertainty.</summary>
    Zhang,
}

/// <summary>The estimators of the CCQM guidance (CCQM/13-22) that are not found elsewhere in this library.</summary>
public static class CcqmFamily
{
    /// <summary>The mean with the scatter and the stated uncertainties together: u² = (s² + mean u²)/n.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    public static ConsensusResult Mean(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        var scatter = ArithmeticMean.FromScatter(values);
        var stated = Rms(standardUncertainties) / Math.Sqrt(values.Length);
        return scatter with { Method = "mean-scatter-and-stated", StandardUncertainty = double.Hypot(scatter.StandardUncertainty, stated) };
    }

    /// <summary>The median with u² = (π/2)(MADe² + (median u)²)/n.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>The median.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    public static ConsensusResult Median(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        var frame = Frame.Of(values);
        var median = RobustScale.MedianOf(frame.Z);
        var spread = frame.Scale * RobustScale.NormalMad * RobustScale.MadOf(frame.Z, median);
        var u = Math.Sqrt(Math.PI / 2 / values.Length) * double.Hypot(spread, RobustScale.MedianOf(standardUncertainties));
        return MedianConsensus.Of(values) with { Method = "median-scatter-and-stated", StandardUncertainty = u, Warnings = [] };
    }

    /// <summary>Type B on bias (BOB, Levenson et al. 2000): the mean, with half the range of the results as a rectangular bias.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>The mean with u² = Σu²/n² + (max − min)²/12.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    /// <remarks>Meant for two or three methods that may each be biased.</remarks>
    public static ConsensusResult TypeBOnBias(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        var mean = ArithmeticMean.Of(values, standardUncertainties);
        return mean with { Method = "type-b-on-bias", StandardUncertainty = double.Hypot(mean.StandardUncertainty, (values.Max() - values.Min()) / Math.Sqrt(12)) };
    }

    /// <summary>The Mandel–Paule mean with the sandwich uncertainty √Σp²(x − μ)², p the normalised weights.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>The mean; its uncertainty follows the observed deviations.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    /// <remarks>Rukhin's choice; too small for very few results, as it uses fitted deviations.</remarks>
    public static ConsensusResult PauleMandelSandwich(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        var result = PauleMandel.Of(values, standardUncertainties);
        var scale = standardUncertainties.Max();
        var sum = 0.0;
        for (var j = 0; j < values.Length; j++)
        {
            var d = result.Weights![j] * result.Weights.Select((w, k) => w * ((values[j] - values[k]) / scale)).Sum();
            sum += d * d;
        }
        return result with { Method = "paule-mandel-sandwich", StandardUncertainty = scale * Math.Sqrt(sum) };
    }

    /// <summary>Schiller and Eberhardt, Spectrochim. Acta B 46 (1991) 1607: the Mandel–Paule mean with an interval that adds the largest deviation as an allowance for bias.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="coverageFactor">t or k of the random part, greater than zero.</param>
    /// <returns>The mean with u = (Σ1/(u²+τ²))<sup>−1/2</sup>, and U = k√Σp²u² + max|x − μ|.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty or factor is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    public static (ConsensusResult Reference, double ExpandedUncertainty) SchillerEberhardt(double[] values, double[] standardUncertainties, double coverageFactor = 2)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        Require.Positive(coverageFactor);
        var result = PauleMandel.Of(values, standardUncertainties);
        var scale = standardUncertainties.Max();
        var random = scale * Math.Sqrt(result.Weights!.Zip(standardUncertainties, (w, u) => w * (u / scale) * (w * (u / scale))).Sum());
        var allowance = values.Max(x => Math.Abs(DegreesOfEquivalence.Deviation(x, values, result)));
        return (result with { Method = "schiller-eberhardt" }, coverageFactor * random + allowance);
    }

    /// <summary>The Graybill–Deal (weighted) mean whose uncertainty allows for uncertainties known from few replicates.</summary>
    /// <param name="values">The laboratories' means, in one unit.</param>
    /// <param name="standardUncertainties">Standard uncertainties of the means from their replicates, same unit, greater than zero.</param>
    /// <param name="replicates">Replicates of each laboratory: at least 2, for Zhang's correction at least 4.</param>
    /// <param name="correction">Whose correction.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty is not positive, or there are too few replicates.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    public static ConsensusResult GraybillDeal(double[] values, double[] standardUncertainties, int[] replicates, GraybillDealCorrection correction)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        Require.SameLength(replicates, values.Length);
        foreach (var n in replicates)
            Require.AtLeast(n, correction == GraybillDealCorrection.Zhang ? 4 : 2, nameof(replicates));
        if (correction == GraybillDealCorrection.Zhang)
            return WeightedMean.Of(values, [.. standardUncertainties.Select((u, j) => u * Math.Sqrt((replicates[j] - 1.0) / (replicates[j] - 3)))]) with { Method = "graybill-deal-zhang" };
        var mean = WeightedMean.Of(values, standardUncertainties);
        var excess = mean.Weights!.Select((w, j) => w * (1 - w) / (replicates[j] - 1)).Sum();
        return mean with { Method = "graybill-deal-sinha", StandardUncertainty = mean.StandardUncertainty * Math.Sqrt(1 + 4 * excess) };
    }

    private static double Rms(double[] values)
    {
        var scale = values.Max();
        return scale * Math.Sqrt(values.Average(v => v / scale * (v / scale)));
    }
}
