namespace Plumbline.Numerics;

/// <summary>Dixon's ratio test (狄克逊检验) for one outlier, r₁₀ up to 7 values, r₁₁ up to 10, r₂₁ up to 13, r₂₂ beyond (GB/T 4883, ISO 5725-2:1994).</summary>
public static class Dixon
{
    /// <summary>The gap next to the suspect over a range that leaves out the values that might hide it.</summary>
    /// <param name="values">At least three values, in one unit, not all equal.</param>
    /// <param name="greatest">True to test the greatest value, false for the least.</param>
    /// <returns>A ratio between 0 and 1; large values speak for an outlier.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than three values, or all equal.</exception>
    public static double Statistic(double[] values, bool greatest)
    {
        Require.Finite(values, 3);
        var z = (double[])Frame.Of(values).Z.Clone();
        if (greatest)
            for (var i = 0; i < z.Length; i++)
                z[i] = -z[i];
        Array.Sort(z);
        return z[^1] > z[0] ? Ratio(z) : throw new ArgumentException("The values must not all be equal.", nameof(values));
    }

    /// <summary>The probability of so large a ratio in a normal sample, by simulation.</summary>
    /// <param name="statistic">The ratio, between 0 and 1.</param>
    /// <param name="count">n, at least 3.</param>
    /// <param name="random">The stream of chance: the same seed gives the same digits.</param>
    /// <param name="replicates">At least 1000; the standard error of p is √(p(1−p)/replicates).</param>
    /// <returns>The one-sided p-value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double PValue(double statistic, int count, Random random, int replicates = 100_000)
    {
        Require.NotNegative(statistic);
        Require.AtLeast(count, 3);
        ArgumentNullException.ThrowIfNull(random);
        Require.AtLeast(replicates, 1000);
        var z = new double[count];
        var above = 0;
        for (var r = 0; r < replicates; r++)
        {
            random.Normal(z);
            Array.Sort(z);
            if (Ratio(z) >= statistic)
                above++;
        }
        return (above + 1.0) / (replicates + 1);
    }

    /// <summary>For the least value of a sorted sample.</summary>
    private static double Ratio(double[] z)
    {
        var n = z.Length;
        var (near, far) = n switch { <= 7 => (1, 1), <= 10 => (1, 2), <= 13 => (2, 2), _ => (2, 3) };
        var range = z[n - far] - z[0];
        return range > 0 ? Math.Min(1, (z[near] - z[0]) / range) : 0;
    }
}
