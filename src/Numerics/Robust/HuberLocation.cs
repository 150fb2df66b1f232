namespace Plumbline.Numerics;

/// <summary>Huber's M-estimator of location (Huber 估计) with the scale held at the scaled median absolute deviation.</summary>
public static class HuberLocation
{
    /// <summary>Solves Σψ((x − μ)/s) = 0 with ψ(r) = max(−k, min(k, r)) and s = 1.4826 MAD.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="tuning">k, greater than zero; 1.5 by custom.</param>
    /// <returns>The estimate with its asymptotic uncertainty; <c>no-spread</c> is warned of when MAD is zero, and the median returned.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or k is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results.</exception>
    /// <remarks>Proposal 2 (H15), which estimates the scale too, is <see cref="AlgorithmA"/> with exact constants.</remarks>
    public static ConsensusResult Of(double[] values, double tuning = 1.5)
    {
        Require.Finite(values, 2);
        Require.Positive(tuning);
        var frame = Frame.Of(values);
        var sorted = (double[])frame.Z.Clone();
        Array.Sort(sorted);
        var median = RobustScale.MedianOfSorted(sorted);
        var s = 1.4826 * RobustScale.MadOf(sorted, median);
        var mean = s > 0 ? Solve(sorted, median, tuning * s) : median;
        double u = 0;
        if (s > 0)
        {
            var squares = sorted.Sum(z => Math.Pow(Math.Clamp((z - mean) / s, -tuning, tuning), 2));
            var inside = sorted.Count(z => Math.Abs(z - mean) <= tuning * s);
            u = s * Math.Sqrt(squares * sorted.Length / (sorted.Length - 1.0)) / inside;
        }
        return new()
        {
            Method = "huber",
            Value = frame.Location(mean),
            StandardUncertainty = frame.Scale * u,
            Included = [.. Enumerable.Repeat(true, values.Length)],
            Warnings = s == 0 ? ["no-spread"] : [],
        };
    }

    /// <summary>Σψ falls in μ and is linear between its corners: halving finds the stretch, one division the root.</summary>
    private static double Solve(double[] sorted, double start, double delta)
    {
        double Sum(double m) => sorted.Sum(z => Math.Clamp(z - m, -delta, delta));
        double[] corners = [.. sorted.SelectMany(z => new[] { z - delta, z + delta }).Order()];
        int low = 0, high = corners.Length - 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (Sum(corners[middle]) > 0)
                low = middle;
            else
                high = middle;
        }
        double a = Sum(corners[low]), b = Sum(corners[high]);
        return a == b ? start : corners[low] + (corners[high] - corners[low]) * (a / (a - b));
    }
}
