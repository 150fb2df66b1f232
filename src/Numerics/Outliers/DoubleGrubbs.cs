namespace Plumbline.Numerics;

/// <summary>Grubbs' test for two outliers at one end, ISO 5725-2 clause 7.3.4: the share of the sum of squares that is left without the two.</summary>
public static class DoubleGrubbs
{
    /// <summary>G = SS without the two greatest (or least) values / SS of all.</summary>
    /// <param name="values">At least four values, in one unit, not all equal.</param>
    /// <param name="greatest">True for the two greatest, false for the two least.</param>
    /// <returns>A share between 0 and 1; small values speak for outliers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than four values, or all equal.</exception>
    public static double Statistic(double[] values, bool greatest)
    {
        Require.Finite(values, 4);
        var z = (double[])Frame.Of(values).Z.Clone();
        Array.Sort(z);
        var all = SumOfSquares(z);
        return all > 0 ? SumOfSquares(greatest ? z.AsSpan(0, z.Length - 2) : z.AsSpan(2)) / all
            : throw new ArgumentException("The values must not all be equal.", nameof(values));
    }

    /// <summary>The probability of so small a share in a normal sample, by simulation.</summary>
    /// <param name="statistic">G, between 0 and 1.</param>
    /// <param name="count">n, at least 4.</param>
    /// <param name="random">The stream of chance: the same seed gives the same digits.</param>
    /// <param name="replicates">At least 1000; the standard error of p is √(p(1−p)/replicates).</param>
    /// <returns>The one-sided p-value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double PValue(double statistic, int count, Random random, int replicates = 100_000)
    {
        Require.NotNegative(statistic);
        Require.AtLeast(count, 4);
        ArgumentNullException.ThrowIfNull(random);
        Require.AtLeast(replicates, 1000);
        var z = new double[count];
        var below = 0;
        for (var r = 0; r < replicates; r++)
        {
            random.Normal(z);
            Array.Sort(z);
            if (SumOfSquares(z.AsSpan(0, count - 2)) <= statistic * SumOfSquares(z))
                below++;
        }
        return (below + 1.0) / (replicates + 1);
    }

    private static double SumOfSquares(ReadOnlySpan<double> values)
    {
        double mean = 0, sum = 0;
        foreach (var v in values)
            mean += v / values.Length;
        foreach (var v in values)
            sum += (v - mean) * (v - mean);
        return sum;
    }
}
