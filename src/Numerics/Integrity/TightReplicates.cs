namespace Plumbline.Numerics;

/// <summary>Replicates that agree too well: the least variance among laboratories as a share of all (inlying Cochran test).</summary>
/// <remarks>A finding, never a verdict: rounding, or averages reported as single readings, do the same.</remarks>
public static class TightReplicates
{
    /// <summary>C<sub>low</sub> = s²<sub>min</sub>/Σs² and its p-value.</summary>
    /// <param name="variances">At least two variances, in one unit squared, not negative, not all zero.</param>
    /// <param name="size">n, values behind each variance, at least 2.</param>
    /// <returns>The laboratory with the least variance, its share, and the probability that the least of p equal variances is so small (Bonferroni's bound, at most 1).</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Fewer than two variances, or all zero.</exception>
    public static (int Index, double Statistic, double PValue) Test(double[] variances, int size)
    {
        Require.Finite(variances, 2);
        Require.NotNegative(variances, variances.Length);
        Require.AtLeast(size, 2);
        var scale = variances.Max();
        if (scale == 0)
            throw new ArgumentException("The variances must not all be zero.", nameof(variances));
        var least = Array.IndexOf(variances, variances.Min());
        var c = variances[least] / scale / variances.Sum(v => v / scale);
        double p = variances.Length, nu = size - 1;
        return (least, c, c == 0 ? 0 : Math.Min(1, p * FisherF.Cdf((p - 1) * c / (1 - c), nu, (p - 1) * nu)));
    }
}
