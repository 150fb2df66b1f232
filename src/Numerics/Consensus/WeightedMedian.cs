namespace Plumbline.Numerics;

/// <summary>The weighted median (加权中位数): the result at which half of the weight 1/u² is reached.</summary>
public static class WeightedMedian
{
    /// <summary>The weighted median with its uncertainty from a bootstrap.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom of the uncertainties; infinity for an uncertainty without doubt; null for all infinite.</param>
    /// <param name="random">The stream of chance: the same seed gives the same digits.</param>
    /// <param name="replicates">Bootstrap replicates, at least 100.</param>
    /// <returns>The weighted median; its standard uncertainty is the half-width of the symmetric interval that holds 68.27 % of the replicates.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty is not positive, or too few replicates.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    /// <remarks>Nonparametric for 15 different results or more; below that each result is redrawn from a Laplace distribution of its own uncertainty (NIST Decision Tree). Not linear: no weights.</remarks>
    public static ConsensusResult Of(double[] values, double[] standardUncertainties, Random random, double[]? degreesOfFreedom = null, int replicates = 5000)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        ArgumentNullException.ThrowIfNull(random);
        Require.AtLeast(replicates, 100);
        if (degreesOfFreedom is not null)
            Require.DegreesOfFreedom(degreesOfFreedom, values.Length);
        var frame = Frame.Of(values, standardUncertainties);
        var centre = Median(frame.Z, frame.S, average: true);
        var draws = new double[replicates];
        double[] x = new double[values.Length], u = new double[values.Length];
        var nonparametric = values.Distinct().Count() >= 15;
        for (var r = 0; r < replicates; r++)
        {
            for (var j = 0; j < x.Length; j++)
            {
                var from = nonparametric ? random.Next(x.Length) : j;
                (x[j], u[j]) = nonparametric ? (frame.Z[from], frame.S[from]) : Redraw(random, frame.Z[j], frame.S[j], degreesOfFreedom?[j] ?? double.PositiveInfinity);
            }
            draws[r] = Math.Abs(Median(x, u, average: true) - centre);
        }
        Array.Sort(draws);
        return new()
        {
            Method = "weighted-median",
            Value = frame.Location(centre),
            StandardUncertainty = frame.Scale * RobustScale.Quantile(draws, 0.6827),
            Included = [.. Enumerable.Repeat(true, values.Length)],
        };
    }

    /// <summary>The least result at which the weights 1/u², added in rising order of the results, pass one half.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>One of the results (the high weighted median); exactly at one half the next higher one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    public static double High(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        var frame = Frame.Of(values, standardUncertainties);
        return frame.Location(Median(frame.Z, frame.S, average: false));
    }

    /// <summary>The midpoint of the two results between which the summed weight passes one half, as the NIST Decision Tree computes it.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>A midpoint of neighbours, or a result where its summed weight is exactly one half or the first one's already exceeds it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    /// <remarks>Given for comparison only: it ignores the result that carries the median weight when that result lies at an end.</remarks>
    public static double Midpoint(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        var frame = Frame.Of(values, standardUncertainties);
        var (z, share) = Cumulated(frame.Z, frame.S);
        var i = 0;
        while (i < z.Length - 1 && share[i] < 0.5)
            i++;
        return frame.Location(i == 0 || share[i] == 0.5 ? z[i] : z[i - 1] + (z[i] - z[i - 1]) / 2);
    }

    private static (double[] Z, double[] Share) Cumulated(double[] z, double[] s)
    {
        var sorted = (double[])z.Clone();
        var weights = Array.ConvertAll(s, u => 1 / (u * u));
        Array.Sort(sorted, weights);
        var total = weights.Sum();
        for (var i = 1; i < weights.Length; i++)
            weights[i] += weights[i - 1];
        return (sorted, Array.ConvertAll(weights, w => w / total));
    }

    private static double Median(double[] z, double[] s, bool average)
    {
        var (sorted, share) = Cumulated(z, s);
        for (var i = 0; i < sorted.Length - 1; i++)
        {
            // Equal weights add up to one half only to rounding.
            if (Math.Abs(share[i] - 0.5) < 1e-12)
                return average ? sorted[i] + (sorted[i + 1] - sorted[i]) / 2 : sorted[i + 1];
            if (share[i] > 0.5)
                return sorted[i];
        }
        return sorted[^1];
    }

    private static (double, double) Redraw(Random random, double z, double s, double nu)
    {
        var b = s / Math.Sqrt(2);
        if (!double.IsPositiveInfinity(nu))
            b *= 2 * (nu + 1) / random.ChiSquare(2 * (nu + 1));
        var p = random.NextDouble() - 0.5;
        var laplace = -b * Math.Sign(p) * Math.Log(1 - 2 * Math.Abs(p));
        return (z + laplace, b * Math.Sqrt(2));
    }
}
