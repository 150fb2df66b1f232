namespace Plumbline.Numerics;

/// <summary>The Q method and Hampel's estimator (Q/Hampel 法), ISO 13528:2022 Annex C.5: reproducibility from all pairwise differences between laboratories, location by a finite-step Hampel function.</summary>
public static class QMethod
{
    /// <summary>Differences closer than this share of the spread are one difference: rounding must not split ties.</summary>
    private const double Tie = 1e-11;

    /// <summary>s* of the Q method and x* of Hampel.</summary>
    /// <param name="values">All results, in one unit.</param>
    /// <param name="laboratories">Which laboratory each result is from: any numbers; equal numbers are replicates.</param>
    /// <returns>The robust standard deviation and mean.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than two laboratories, or the lengths differ.</exception>
    /// <remarks>
    /// Both are exact: s* from the piecewise linear inverse of the distribution of differences, found by counting instead of forming them;
    /// x* from the corners of the piecewise linear Hampel equation. Works with half the laboratories in agreement to the last digit.
    /// </remarks>
    public static QHampelResult Of(double[] values, int[] laboratories)
    {
        Require.Finite(values, 2);
        Require.SameLength(laboratories, values.Length);
        var frame = Frame.Of(values);
        var differences = new DifferenceDistribution(frame.Z, laboratories, Tie);
        if (differences.Laboratories < 2)
            throw new ArgumentException("Results of at least two laboratories are needed.", nameof(laboratories));
        var s = Scale(differences);
        double[] means = [.. frame.Z.Zip(laboratories).GroupBy(p => p.Second, p => p.First).Select(g => g.Average())];
        var (mean, several) = Hampel(means, s);
        return new(frame.Location(mean), frame.Scale * s, several);
    }

    /// <summary>One result from each laboratory.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <returns>The robust standard deviation and mean.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than two results.</exception>
    public static QHampelResult Of(double[] values)
    {
        Require.Finite(values, 2);
        return Of(values, [.. Enumerable.Range(0, values.Length)]);
    }

    private static double Scale(DifferenceDistribution differences)
    {
        var ties = differences.ShareUpTo(0);
        var target = 0.25 + 0.75 * ties;
        // The node at or above which G reaches the target, and the node before it.
        var node = differences.NodeReaching(target);
        var (below, atBelow) = differences.Previous(node) is { } previous ? (previous, G(previous)) : (0.0, 0.0);
        var at = G(node);
        var s = at > atBelow ? below + (node - below) * Math.Clamp((target - atBelow) / (at - atBelow), 0, 1) : node;
        return s / (Math.Sqrt(2) * Normal.QuantileOf(0.625 + 0.375 * ties));
        double G(double d) => (differences.ShareUpTo(d) + (differences.Previous(d) is { } before ? differences.ShareUpTo(before) : ties)) / 2;
    }

    /// <summary>The root of Σψ((y − x)/s) nearest the median.</summary>
    private static (double Mean, bool Several) Hampel(double[] means, double s)
    {
        var sorted = (double[])means.Clone();
        Array.Sort(sorted);
        var median = RobustScale.MedianOfSorted(sorted);
        if (s == 0)
            return (median, false);
        var corners = new double[6 * sorted.Length];
        var slopes = new int[corners.Length];
        for (var i = 0; i < sorted.Length; i++)
            for (var c = 0; c < 6; c++)
            {
                corners[6 * i + c] = sorted[i] + s * steps[c];
                slopes[6 * i + c] = changes[c];
            }
        Array.Sort(corners, slopes);
        var roots = new List<double>();
        double sum = 0;
        var slope = 0;
        for (var i = 0; i + 1 < corners.Length; i++)
        {
            slope += slopes[i];
            var width = (corners[i + 1] - corners[i]) / s;
            var next = sum + slope * width;
            if (Math.Abs(next) < 1e-10)
                next = 0;
            if (width > 0 && sum > 0 && next <= 0)
                roots.Add(corners[i] + s * sum / -slope);
            else if (width > 0 && sum == 0 && slope == 0 && Influence(sorted, corners[i] + width * s / 2, s))
                roots.Add(Math.Clamp(median, corners[i], corners[i + 1]));
            else if (width > 0 && sum < 0 && next >= 0)
                roots.Add(corners[i] + s * -sum / slope);
            sum = next;
        }
        if (roots.Count == 0)
            return (median, false);
        var nearest = roots.Min(r => Math.Abs(r - median));
        double[] near = [.. roots.Where(r => Math.Abs(r - median) <= nearest + 1e-9 * s)];
        var distinct = near.Max() - near.Min() > 1e-8 * s;
        return (distinct ? median : near[0], distinct);
    }

    private static readonly double[] steps = [-4.5, -3, -1.5, 1.5, 3, 4.5];
    private static readonly int[] changes = [1, -1, -1, 1, 1, -1];

    /// <summary>A stretch without any result in reach is no root.</summary>
    private static bool Influence(double[] sorted, double x, double s) => sorted.Any(y => Math.Abs(y - x) < 4.5 * s);
}

/// <summary>Robust standard deviation and mean of the Q/Hampel method.</summary>
/// <param name="Mean">x*, in the unit of the results.</param>
/// <param name="StandardDeviation">s*, same unit.</param>
/// <param name="Ambiguous">Two roots were equally near the median, and the median was taken.</param>
public sealed record QHampelResult(double Mean, double StandardDeviation, bool Ambiguous);
