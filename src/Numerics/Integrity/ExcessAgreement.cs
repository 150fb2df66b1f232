namespace Plumbline.Numerics;

/// <summary>Two laboratories whose results agree better than independent work allows (过度一致): over m measurands or rounds T = Σ(x<sub>i</sub> − x<sub>j</sub>)²/(2σ²) in the lower tail of χ²(m).</summary>
/// <remarks>Evidence with a stated false-alarm rate, never a verdict: a common instrument, calibrator or method makes honest laboratories agree.</remarks>
public static class ExcessAgreement
{
    /// <summary>All pairs of laboratories, with Holm's correction for their number.</summary>
    /// <param name="valuesByLaboratory">A row for each of at least two laboratories, a column for each measurand, in the measurand's own unit.</param>
    /// <param name="standardDeviations">Between-laboratory standard deviation of each measurand, greater than zero; robust, for instance of Algorithm A.</param>
    /// <returns>Pairs in order of rising p-value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a deviation is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two laboratories, or rows of different length.</exception>
    public static PairFinding[] Pairs(double[][] valuesByLaboratory, double[] standardDeviations)
    {
        ArgumentNullException.ThrowIfNull(valuesByLaboratory);
        if (valuesByLaboratory.Length < 2)
            throw new ArgumentException("At least two laboratories are needed.", nameof(valuesByLaboratory));
        foreach (var row in valuesByLaboratory)
            Require.Finite(row, 1, nameof(valuesByLaboratory));
        Require.Finite(standardDeviations);
        Require.Positive(standardDeviations, standardDeviations.Length);
        foreach (var row in valuesByLaboratory)
            Require.SameLength(row, standardDeviations.Length, nameof(valuesByLaboratory));
        var pairs = new List<(int First, int Second, double T, double P)>();
        for (var i = 0; i < valuesByLaboratory.Length; i++)
            for (var j = i + 1; j < valuesByLaboratory.Length; j++)
            {
                var t = 0.0;
                for (var k = 0; k < standardDeviations.Length; k++)
                {
                    var d = (valuesByLaboratory[i][k] - valuesByLaboratory[j][k]) / standardDeviations[k];
                    t += d * d / 2;
                }
                pairs.Add((i, j, t, ChiSquare.Cdf(t, standardDeviations.Length)));
            }
        var corrected = Multiplicity.Holm([.. pairs.Select(p => p.P)]);
        return [.. pairs.Select((p, n) => new PairFinding(p.First, p.Second, p.T, p.P, corrected[n])).OrderBy(f => f.PValue)];
    }

    /// <summary>A whole round that is tighter than its stated uncertainties: Q about the weighted mean in the lower tail of χ²(n − 1).</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>Q and the probability of one so small: uncertainties overstated, or results not independent.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    public static (double Q, double PValue) Round(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        var q = WeightedMean.Of(values, standardUncertainties).ChiSquared!.Value;
        return (q, ChiSquare.Cdf(q, values.Length - 1));
    }
}

/// <summary>A pair of laboratories that stands out.</summary>
/// <param name="First">Index of a laboratory.</param>
/// <param name="Second">Index of the other.</param>
/// <param name="Statistic">The test's statistic.</param>
/// <param name="PValue">Of this pair alone.</param>
/// <param name="CorrectedPValue">For all pairs together (Holm).</param>
public sealed record PairFinding(int First, int Second, double Statistic, double PValue, double CorrectedPValue);
