namespace Plumbline.Numerics;

/// <summary>How each laboratory agrees with all others, pair by pair, without a reference value.</summary>
public static class PairwiseStatistics
{
    /// <summary>The median scaled difference of Ellison, Metrologia 55 (2018) 840: median over i of |x<sub>j</sub> − x<sub>i</sub>|/√(u<sub>i</sub>² + u<sub>j</sub>²).</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>One value for each laboratory, not negative; above about 2 it disagrees with most others.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    public static double[] MedianScaledDifference(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        return Each(values, standardUncertainties, ratios => RobustScale.MedianOf(Array.ConvertAll(ratios, Math.Abs)));
    }

    /// <summary>The pair-difference χ² of Douglas and Steele, Metrologia 43 (2006) 89: the mean over i of (x<sub>j</sub> − x<sub>i</sub>)²/(u<sub>i</sub>² + u<sub>j</sub>²).</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>One value for each laboratory, not negative; about 1 when uncertainties explain the differences.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    public static double[] PairDifferenceChiSquare(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        return Each(values, standardUncertainties, ratios => ratios.Average(r => r * r));
    }

    /// <summary>How often chance alone would give each laboratory so large a median scaled difference, its uncertainty and those of the others being right.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="random">The stream of chance: the same seed gives the same digits.</param>
    /// <param name="replicates">At least 100.</param>
    /// <returns>One p-value for each laboratory; correct for the number of laboratories before accusing any.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty is not positive, or too few replicates.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    public static double[] MedianScaledDifferencePValues(double[] values, double[] standardUncertainties, Random random, int replicates = 3000)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        ArgumentNullException.ThrowIfNull(random);
        Require.AtLeast(replicates, 100);
        var observed = MedianScaledDifference(values, standardUncertainties);
        var scale = standardUncertainties.Max();
        var s = Array.ConvertAll(standardUncertainties, u => u / scale);
        var n = s.Length;
        double[] x = new double[n], ratios = new double[n - 1];
        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                inverse[i, j] = 1 / Math.Sqrt(s[i] * s[i] + s[j] * s[j]);
        var exceed = new int[n];
        for (var r = 0; r < replicates; r++)
        {
            random.Normal(x);
            for (var j = 0; j < n; j++)
                x[j] *= s[j];
            for (var j = 0; j < n; j++)
            {
                for (int i = 0, k = 0; i < n; i++)
                    if (i != j)
                        ratios[k++] = Math.Abs(x[j] - x[i]) * inverse[i, j];
                Array.Sort(ratios);
                if (RobustScale.MedianOfSorted(ratios) >= observed[j])
                    exceed[j]++;
            }
        }
        return Array.ConvertAll(exceed, e => (e + 1.0) / (replicates + 1));
    }

    private static double[] Each(double[] values, double[] uncertainties, Func<double[], double> summary) =>
        [.. values.Select((x, j) => summary([.. values.Select((y, i) => (x - y) / double.Hypot(uncertainties[i], uncertainties[j])).Where((_, i) => i != j)]))];
}
