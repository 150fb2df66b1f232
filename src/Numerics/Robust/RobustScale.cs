namespace Plumbline.Numerics;

/// <summary>Robust measures of location and spread (稳健统计量), ISO 13528 Annex C.</summary>
public static class RobustScale
{
    /// <summary>1/Φ⁻¹(¾): makes the median absolute deviation estimate σ of normal data.</summary>
    internal const double NormalMad = 1.4826022185056018605;

    /// <summary>The median: the middle value, or the mean of the two middle ones.</summary>
    /// <param name="values">At least one value, in one unit.</param>
    /// <returns>The median, same unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">No value.</exception>
    public static double Median(double[] values)
    {
        Require.Finite(values);
        return MedianOf(values);
    }

    /// <summary>The median absolute deviation from the median, not scaled.</summary>
    /// <param name="values">At least one value, in one unit.</param>
    /// <returns>MAD, same unit, not negative.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">No value.</exception>
    public static double MedianAbsoluteDeviation(double[] values)
    {
        Require.Finite(values);
        return MadOf(values, MedianOf(values));
    }

    /// <summary>MADe, the scaled median absolute deviation: an estimate of σ with half the data free to be wrong.</summary>
    /// <param name="values">At least one value, in one unit.</param>
    /// <param name="factor">1.4826 (default, the normal quantile) or 1.483 as ISO 13528 prints it.</param>
    /// <returns>MADe, same unit, not negative.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the factor is not positive.</exception>
    /// <exception cref="ArgumentException">No value.</exception>
    public static double ScaledMad(double[] values, double factor = 1.4826)
    {
        Require.Finite(values);
        Require.Positive(factor);
        return factor * MadOf(values, MedianOf(values));
    }

    /// <summary>nIQR, the normalised interquartile range 0.7413 (Q₃ − Q₁).</summary>
    /// <param name="values">At least two values, in one unit.</param>
    /// <param name="type">How quartiles are interpolated: 6 (rank (n+1)p, as in Minitab) or 7 (rank 1+(n−1)p, as in spreadsheets).</param>
    /// <returns>nIQR, same unit, not negative.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the type is neither 6 nor 7.</exception>
    /// <exception cref="ArgumentException">Fewer than two values.</exception>
    public static double NormalisedInterquartileRange(double[] values, int type = 7)
    {
        Require.Finite(values, 2);
        if (type is not (6 or 7))
            throw new ArgumentOutOfRangeException(nameof(type), type, "Must be 6 or 7.");
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        return 0.7413 * (Quantile(sorted, 0.75, type) - Quantile(sorted, 0.25, type));
    }

    internal static double MedianOf(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        return MedianOfSorted(sorted);
    }

    internal static double MedianOfSorted(ReadOnlySpan<double> sorted)
    {
        var n = sorted.Length;
        // Half the difference first: the sum of two large values may overflow.
        return n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] + (sorted[n / 2] - sorted[n / 2 - 1]) / 2;
    }

    internal static double MadOf(double[] values, double centre) => MedianOf(Array.ConvertAll(values, v => Math.Abs(v - centre)));

    /// <summary>Hyndman and Fan's quantile of type 6 or 7.</summary>
    internal static double Quantile(ReadOnlySpan<double> sorted, double p, int type = 7)
    {
        var n = sorted.Length;
        var rank = type == 6 ? Math.Clamp((n + 1) * p, 1, n) : 1 + (n - 1) * p;
        var below = (int)Math.Floor(rank);
        return below >= n ? sorted[n - 1] : sorted[below - 1] + (rank - below) * (sorted[below] - sorted[below - 1]);
    }
}
