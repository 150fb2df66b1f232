namespace Plumbline.Numerics;

/// <summary>Cochran's test (科克伦检验) for one variance too large among p groups of equal size, ISO 5725-2.</summary>
public static class Cochran
{
    /// <summary>The critical value 1/(1 + (p−1)/F), F the upper α/p quantile with n − 1 and (p−1)(n−1) degrees of freedom.</summary>
    /// <param name="groups">p, at least 2.</param>
    /// <param name="size">n, values in each group, at least 2.</param>
    /// <param name="significance">α, strictly between 0 and 1.</param>
    /// <returns>A share between 1/p and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double CriticalValue(int groups, int size, double significance = 0.05)
    {
        Require.AtLeast(groups, 2);
        Require.AtLeast(size, 2);
        Require.Probability(significance);
        double p = groups, nu = size - 1;
        var f = FisherF.UpperQuantile(significance / p, nu, (p - 1) * nu);
        return 1 / (1 + (p - 1) / f);
    }

    /// <summary>C = s²<sub>max</sub>/Σs².</summary>
    /// <param name="variances">At least two variances, in one unit squared, not negative.</param>
    /// <param name="size">n, values behind each variance, at least 2.</param>
    /// <param name="significance">α, strictly between 0 and 1.</param>
    /// <returns>The largest variance, its share and the verdict; the share is zero when all variances are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Fewer than two variances.</exception>
    public static CochranTest Test(double[] variances, int size, double significance = 0.05)
    {
        Require.Finite(variances, 2);
        Require.NotNegative(variances, variances.Length);
        var critical = CriticalValue(variances.Length, size, significance);
        var largest = Array.IndexOf(variances, variances.Max());
        var scale = variances[largest];
        var c = scale > 0 ? 1 / variances.Sum(v => v / scale) : 0;
        double p = variances.Length, nu = size - 1;
        var pValue = c <= 0 ? 1 : c >= 1 ? 0 : Math.Min(1, p * FisherF.UpperTail((p - 1) * c / (1 - c), nu, (p - 1) * nu));
        return new(largest, c, critical, c > critical, pValue);
    }
}

/// <summary>One Cochran test.</summary>
/// <param name="Index">The group with the largest variance, from zero.</param>
/// <param name="Statistic">C, its share of the sum of variances.</param>
/// <param name="CriticalValue">What C was held against.</param>
/// <param name="IsOutlier">C exceeds it.</param>
/// <param name="PValue">The probability of so large a C among equal variances (Bonferroni's bound, exact when C &gt; ½).</param>
public readonly record struct CochranTest(int Index, double Statistic, double CriticalValue, bool IsOutlier, double PValue);
