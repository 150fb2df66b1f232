namespace Plumbline.Numerics;

/// <summary>A correlation coefficient and the probability of one so far from zero if there were none.</summary>
/// <param name="Coefficient">Between −1 and 1.</param>
/// <param name="PValue">Two-sided.</param>
public readonly record struct CorrelationTest(double Coefficient, double PValue);

/// <summary>Correlation of paired values (相关性检验).</summary>
public static class Correlation
{
    /// <summary>Pearson's product-moment correlation with its t test.</summary>
    /// <param name="first">At least three values.</param>
    /// <param name="second">As many values.</param>
    /// <returns>The coefficient, zero when either is constant.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than three pairs, or the lengths differ.</exception>
    public static CorrelationTest Pearson(double[] first, double[] second)
    {
        Check(first, second);
        return WithT(Coefficient(first, second), first.Length);
    }

    /// <summary>Spearman's rank correlation; ties share their mean rank; p-value by the t approximation.</summary>
    /// <param name="first">At least three values.</param>
    /// <param name="second">As many values.</param>
    /// <returns>The coefficient, zero when either is constant.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than three pairs, or the lengths differ.</exception>
    public static CorrelationTest Spearman(double[] first, double[] second)
    {
        Check(first, second);
        return WithT(Coefficient(Ranks(first), Ranks(second)), first.Length);
    }

    /// <summary>Kendall's τ<sub>b</sub> with the normal approximation corrected for ties.</summary>
    /// <param name="first">At least three values.</param>
    /// <param name="second">As many values.</param>
    /// <returns>The coefficient, zero when either is constant.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than three pairs, or the lengths differ.</exception>
    public static CorrelationTest Kendall(double[] first, double[] second)
    {
        Check(first, second);
        double n = first.Length, score = 0;
        for (var i = 0; i < first.Length; i++)
            for (var j = 0; j < i; j++)
                score += first[i].CompareTo(first[j]) * second[i].CompareTo(second[j]);
        double[] t = Ties(first), u = Ties(second);
        double pairs = n * (n - 1) / 2, tiedFirst = t.Sum(v => v * (v - 1) / 2), tiedSecond = u.Sum(v => v * (v - 1) / 2);
        var norm = Math.Sqrt((pairs - tiedFirst) * (pairs - tiedSecond));
        if (norm == 0)
            return new(0, 1);
        var variance = (n * (n - 1) * (2 * n + 5) - t.Sum(v => v * (v - 1) * (2 * v + 5)) - u.Sum(v => v * (v - 1) * (2 * v + 5))) / 18
            + t.Sum(v => v * (v - 1)) * u.Sum(v => v * (v - 1)) / (2 * n * (n - 1))
            + t.Sum(v => v * (v - 1) * (v - 2)) * u.Sum(v => v * (v - 1) * (v - 2)) / (9 * n * (n - 1) * (n - 2));
        return new(score / norm, Math.Min(1, 2 * Normal.UpperTailOf(Math.Abs(score) / Math.Sqrt(variance))));
    }

    private static void Check(double[] first, double[] second)
    {
        Require.Finite(first, 3);
        Require.Finite(second, 3);
        Require.SameLength(second, first.Length);
    }

    private static CorrelationTest WithT(double r, int n) =>
        new(r, Math.Abs(r) >= 1 ? 0 : Math.Min(1, 2 * StudentT.UpperTailOf(Math.Abs(r) * Math.Sqrt((n - 2) / ((1 - r) * (1 + r))), n - 2)));

    private static double Coefficient(double[] first, double[] second)
    {
        double[] x = Frame.Of(first).Z, y = Frame.Of(second).Z;
        double meanX = x.Average(), meanY = y.Average(), xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : 0;
    }

    internal static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        var ranks = new double[values.Length];
        for (var i = 0; i < order.Length;)
        {
            var j = i;
            while (j + 1 < order.Length && values[order[j + 1]] == values[order[i]])
                j++;
            for (var k = i; k <= j; k++)
                ranks[order[k]] = (i + j) / 2.0 + 1;
            i = j + 1;
        }
        return ranks;
    }

    private static double[] Ties(double[] values) => [.. values.GroupBy(v => v).Where(g => g.Count() > 1).Select(g => (double)g.Count())];
}
