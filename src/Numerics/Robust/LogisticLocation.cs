namespace Plumbline.Numerics;

/// <summary>Rousseeuw and Verboven's logistic M-estimators for very small samples (Comput. Stat. Data Anal. 40 (2002) 741): ψ(r) = tanh(r/2) for location, tanh²(r/2b) for scale.</summary>
public static class LogisticLocation
{
    /// <summary>∫ ½ sech²(r/2) φ(r) dr: makes the step of the location unbiased for normal data.</summary>
    private const double SlopeOfPsi = 0.413241928283814;

    /// <summary>b for which half of the data may be wrong, and ∫ tanh²(r/2b) φ(r) dr.</summary>
    private const double Breakdown = 0.3739, MeanOfRho = 0.500038854875226;
    private const int Limit = 10_000;

    /// <summary>Location with the scale held at √((n−1)/(n−1.5)) MADe, then scale about the median.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <returns>Both estimates with their convergence; the median and zero where MAD is zero; the mean is the location of two results.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than two results.</exception>
    public static LogisticFit Fit(double[] values)
    {
        Require.Finite(values, 2);
        var frame = Frame.Of(values);
        var sorted = (double[])frame.Z.Clone();
        Array.Sort(sorted);
        var n = sorted.Length;
        var median = RobustScale.MedianOfSorted(sorted);
        var start = Math.Sqrt((n - 1) / (n - 1.5)) * 1.4826 * RobustScale.MadOf(sorted, median);
        if (start == 0)
            return new(frame.Location(median), 0, true);
        var (mean, found) = n == 2 ? (median, true) : Repeat(median, start, t => t + start * sorted.Sum(z => Math.Tanh((z - t) / start / 2)) / (n * SlopeOfPsi));
        var (scale, settled) = Repeat(start, start, s => s * Math.Sqrt(sorted.Sum(z => Math.Pow(Math.Tanh((z - median) / s / (2 * Breakdown)), 2)) / (n * MeanOfRho)));
        return new(frame.Location(mean), frame.Scale * scale, found && settled);
    }

    private static (double Value, bool Converged) Repeat(double value, double unit, Func<double, double> step)
    {
        for (var i = 0; i < Limit; i++)
        {
            var next = step(value);
            if (Math.Abs(next - value) <= 1e-15 * unit)
                return (next, true);
            value = next;
        }
        return (value, false);
    }
}

/// <summary>Logistic M-estimates, in the unit of the results.</summary>
/// <param name="Mean">Location.</param>
/// <param name="StandardDeviation">Scale, an estimate of σ for normal data; zero when half of the results are equal.</param>
/// <param name="Converged">Both iterations came to rest.</param>
public readonly record struct LogisticFit(double Mean, double StandardDeviation, bool Converged);
