namespace Plumbline.Numerics;

/// <summary>Which end of the data Grubbs' test looks at.</summary>
public enum OutlierSide
{
    /// <summary>The value furthest from the mean, held against the one-sided critical value G(α, n), as the national guides do.</summary>
    Furthest,

    /// <summary>The value furthest from the mean, at level α in all (the critical value of α/2 at each end).</summary>
    TwoSided,

    /// <summary>The greatest value only.</summary>
    Greatest,

    /// <summary>The least value only.</summary>
    Least,
}

/// <summary>Grubbs' test (格拉布斯检验) for one outlier in a normal sample, and its repetition.</summary>
public static class Grubbs
{
    /// <summary>The one-sided critical value G(α, n) = (n−1)/√n · √(t²/(n−2+t²)), t the upper α/n quantile with n − 2 degrees of freedom.</summary>
    /// <param name="count">n, at least 3.</param>
    /// <param name="significance">α, strictly between 0 and 1.</param>
    /// <returns>The value that G exceeds with probability α at most; 1.938 for n = 7 and α = 0.05.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double CriticalValue(int count, double significance = 0.05)
    {
        Require.AtLeast(count, 3);
        Require.Probability(significance);
        var t = StudentT.UpperQuantileOf(Math.Min(0.5, significance / count), count - 2);
        return (count - 1) / Math.Sqrt(count) * Math.Sqrt(t * t / (count - 2 + t * t));
    }

    /// <summary>G for the suspect value of one sample.</summary>
    /// <param name="values">At least three values, in one unit.</param>
    /// <param name="significance">α, strictly between 0 and 1.</param>
    /// <param name="side">Which value is suspected.</param>
    /// <returns>The suspect, its G and the verdict; G is zero when all values are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or α out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than three values.</exception>
    /// <remarks>A second outlier on the same side hides the first: see the double test. Ties go to the earlier value.</remarks>
    public static GrubbsTest Test(double[] values, double significance = 0.05, OutlierSide side = OutlierSide.Furthest)
    {
        Require.Finite(values, 3);
        Require.Probability(significance);
        var z = Frame.Of(values).Z;
        var mean = z.Average();
        var s = Math.Sqrt(z.Sum(v => (v - mean) * (v - mean)) / (z.Length - 1));
        double Distance(int i) => side switch { OutlierSide.Greatest => z[i] - mean, OutlierSide.Least => mean - z[i], _ => Math.Abs(z[i] - mean) };
        var suspect = 0;
        for (var i = 1; i < z.Length; i++)
            if (Distance(i) > Distance(suspect) * (1 + 1e-12))
                suspect = i;
        var g = s > 0 ? Distance(suspect) / s : 0;
        var critical = CriticalValue(z.Length, side == OutlierSide.TwoSided ? significance / 2 : significance);
        return new(suspect, g, critical, g > critical, PValue(g, z.Length, side));
    }

    /// <summary>Repeats the test, leaving out each outlier found, until none is found or two values remain.</summary>
    /// <param name="values">At least three values, in one unit.</param>
    /// <param name="significance">α of each single test, strictly between 0 and 1.</param>
    /// <param name="side">Which value is suspected.</param>
    /// <returns>Every test made, with indices into <paramref name="values"/>; the last one found nothing, unless too few values remained.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or α out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than three values.</exception>
    public static GrubbsTest[] Iterate(double[] values, double significance = 0.05, OutlierSide side = OutlierSide.Furthest)
    {
        Require.Finite(values, 3);
        Require.Probability(significance);
        var left = Enumerable.Range(0, values.Length).ToList();
        var tests = new List<GrubbsTest>();
        while (left.Count >= 3)
        {
            var test = Test([.. left.Select(i => values[i])], significance, side);
            tests.Add(test with { Index = left[test.Index] });
            if (!test.IsOutlier)
                break;
            left.RemoveAt(test.Index);
        }
        return [.. tests];
    }

    /// <summary>Bonferroni's bound, exact in the far tail: n (or 2n) times the t tail that belongs to G.</summary>
    private static double PValue(double g, int n, OutlierSide side)
    {
        var room = (n - 1.0) * (n - 1) - n * g * g;
        if (room <= 0)
            return 0;
        var t = Math.Sqrt(n * (n - 2) * g * g / room);
        return Math.Min(1, (side is OutlierSide.TwoSided ? 2 : 1) * n * StudentT.UpperTailOf(t, n - 2));
    }
}

/// <summary>One Grubbs test.</summary>
/// <param name="Index">The suspect's place in the data, from zero.</param>
/// <param name="Statistic">G = |x − x̄|/s.</param>
/// <param name="CriticalValue">What G was held against.</param>
/// <param name="IsOutlier">G exceeds it.</param>
/// <param name="PValue">The probability of so large a G in a normal sample.</param>
public readonly record struct GrubbsTest(int Index, double Statistic, double CriticalValue, bool IsOutlier, double PValue);
