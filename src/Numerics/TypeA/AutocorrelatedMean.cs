namespace Plumbline.Numerics;

/// <summary>The mean of readings that follow each other and are alike for that reason (自相关数据的平均值), Zhang, Metrologia 43 (2006) S276.</summary>
public static class AutocorrelatedMean
{
    /// <summary>Autocorrelation coefficients ρ<sub>k</sub> = Σ(x<sub>i</sub> − x̄)(x<sub>i+k</sub> − x̄)/Σ(x<sub>i</sub> − x̄)².</summary>
    /// <param name="values">Equally spaced in time, at least 2, not all equal.</param>
    /// <param name="count">How many, from lag 0 on; all where missing.</param>
    /// <returns>ρ<sub>0</sub> = 1 first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or more coefficients are asked for than there are values.</exception>
    /// <exception cref="ArgumentException">Too few values, or all alike.</exception>
    public static double[] Coefficients(double[] values, int? count = null)
    {
        Require.Finite(values, 2);
        var n = values.Length;
        var wanted = count ?? n;
        if (wanted < 1 || wanted > n)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Must lie between 1 and {n}.");
        var mean = values[0] + values.Sum(v => v - values[0]) / n;
        double[] d = Array.ConvertAll(values, v => v - mean);
        var square = d.Sum(v => v * v);
        if (!(square > 0))
            throw new ArgumentException("All values are alike: they tell nothing of correlation.", nameof(values));
        return [.. Enumerable.Range(0, wanted).Select(k =>
        {
            var sum = 0.0;
            for (var i = 0; i + k < n; i++)
                sum += d[i] * d[i + k];
            return sum / square;
        })];
    }

    /// <summary>The mean with a standard uncertainty that allows for autocorrelation.</summary>
    /// <param name="values">Equally spaced in time, at least 8, not all equal, from a stationary process.</param>
    /// <returns>u² = s²/n·(1 + 2Σ(1 − i/n)ρ<sub>i</sub>) up to the cut-off lag: the last not above n/4 at which |ρ| exceeds 1.96 of its standard error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Too few values, or all alike.</exception>
    /// <remarks>Not for drifting data: take out the drift first. Where negative correlation would leave no variance at all, the white one stands.</remarks>
    public static CorrelatedMean Of(double[] values)
    {
        Require.Finite(values, 4);
        var n = values.Length;
        var rho = Coefficients(values);
        var mean = values[0] + values.Sum(v => v - values[0]) / n;
        var deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (n - 1));
        var cut = 0;
        var squares = 0.0;
        for (var k = 1; k <= n / 4; k++)
        {
            squares += rho[k] * rho[k];
            if (Math.Abs(rho[k]) > 1.96 * Math.Sqrt((1 + 2 * squares) / n))
                cut = k;
        }
        var factor = 1.0;
        for (var i = 1; i <= cut; i++)
            factor += 2 * (1 - (double)i / n) * rho[i];
        var white = deviation / Math.Sqrt(n);
        var inflation = factor > 0 ? Math.Sqrt(factor) : 1;
        return new(mean, deviation, white * inflation, white, cut, inflation, factor > 0 ? n / factor : n);
    }
}

/// <summary>A mean of autocorrelated readings.</summary>
/// <param name="Mean">x̄.</param>
/// <param name="StandardDeviation">s of one reading.</param>
/// <param name="StandardUncertainty">u(x̄).</param>
/// <param name="WhiteUncertainty">s/√n, what it would be without correlation.</param>
/// <param name="CutoffLag">The last lag that counts; 0 where the readings are as good as independent.</param>
/// <param name="Inflation">Their ratio.</param>
/// <param name="EffectiveCount">As many independent readings would give the same uncertainty.</param>
public sealed record CorrelatedMean(double Mean, double StandardDeviation, double StandardUncertainty, double WhiteUncertainty, int CutoffLag, double Inflation, double EffectiveCount);
