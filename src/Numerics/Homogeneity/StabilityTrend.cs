namespace Plumbline.Numerics;

/// <summary>Long-term stability by a straight line in time (稳定性趋势), ISO 33405: is the slope more than its uncertainty?</summary>
public static class StabilityTrend
{
    /// <summary>Ordinary least-squares line and the t test of its slope.</summary>
    /// <param name="times">At least three times, in one unit, not all equal.</param>
    /// <param name="values">The measured values, in one unit, one for each time.</param>
    /// <param name="significance">Level of the two-sided test, strictly between 0 and 1.</param>
    /// <returns>Slope, intercept at time zero and the test.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the level out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than three times, all equal, or the lengths differ.</exception>
    public static TrendResult Fit(double[] times, double[] values, double significance = 0.05)
    {
        Require.Finite(times, 3);
        Require.Finite(values);
        Require.SameLength(values, times.Length);
        Require.Probability(significance);
        var n = times.Length;
        var frame = Frame.Of(values);
        var middle = times.Average();
        var mean = frame.Z.Average();
        double sxx = 0, sxy = 0;
        for (var i = 0; i < n; i++)
        {
            sxx += (times[i] - middle) * (times[i] - middle);
            sxy += (times[i] - middle) * (frame.Z[i] - mean);
        }
        if (!(sxx > 0))
            throw new ArgumentException("The times must not all be equal.", nameof(times));
        var slope = sxy / sxx;
        var residuals = 0.0;
        for (var i = 0; i < n; i++)
        {
            var r = frame.Z[i] - mean - slope * (times[i] - middle);
            residuals += r * r;
        }
        var s = Math.Sqrt(residuals / (n - 2));
        var error = s / Math.Sqrt(sxx);
        double? t = error > 0 ? slope / error : null;
        var critical = StudentT.UpperQuantileOf(significance / 2, n - 2);
        return new(frame.Scale * slope, frame.Scale * error, frame.Location(mean - slope * middle), frame.Scale * s, n - 2, t,
            t is { } statistic ? 2 * StudentT.UpperTailOf(Math.Abs(statistic), n - 2) : slope == 0 ? 1 : 0, critical,
            Math.Abs(slope) > critical * error);
    }
}

/// <summary>A straight line in time and whether it rises or falls.</summary>
/// <param name="Slope">b, in the unit of the values per unit of time.</param>
/// <param name="SlopeStandardError">s(b), likewise.</param>
/// <param name="Intercept">The line at time zero.</param>
/// <param name="ResidualStandardDeviation">s about the line, in the unit of the values.</param>
/// <param name="DegreesOfFreedom">n − 2.</param>
/// <param name="TStatistic">b/s(b); null when the points lie exactly on the line.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="TCritical">The t quantile of the test.</param>
/// <param name="Significant">|b| &gt; t s(b): the material is not stable as it stands.</param>
public sealed record TrendResult(double Slope, double SlopeStandardError, double Intercept, double ResidualStandardDeviation, int DegreesOfFreedom,
    double? TStatistic, double PValue, double TCritical, bool Significant)
{
    /// <summary>u<sub>stab</sub> = s(b)·t: what an unseen slope could do over a time of storage or use.</summary>
    /// <param name="time">Shelf life or transport time, in the unit of the times, not negative.</param>
    /// <returns>A standard uncertainty in the unit of the values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite.</exception>
    public double StandardUncertaintyOver(double time)
    {
        Require.NotNegative(time);
        return SlopeStandardError * time;
    }

    /// <summary>The longest time of storage for which u<sub>stab</sub> stays within a limit; for a material whose slope is not significant.</summary>
    /// <param name="largestStandardUncertainty">What the stability may contribute, in the unit of the values, greater than zero.</param>
    /// <returns>u/s(b), in the unit of the times; infinite when the points lie exactly on a line.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public double LongestTime(double largestStandardUncertainty)
    {
        Require.Positive(largestStandardUncertainty);
        return largestStandardUncertainty / SlopeStandardError;
    }

    /// <summary>Shelf life (有效期): until when the change, at the upper confidence limit of the slope's size, stays within what is permitted.</summary>
    /// <param name="permittedChange">The largest change of the value, in its unit, greater than zero.</param>
    /// <param name="confidence">One-sided confidence, strictly between 0 and 1.</param>
    /// <returns>change/(|b| + t s(b)), in the unit of the times; infinite when there is neither slope nor scatter.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public double ShelfLife(double permittedChange, double confidence = 0.95)
    {
        Require.Positive(permittedChange);
        Require.Probability(confidence);
        return permittedChange / (Math.Abs(Slope) + Math.Max(0, StudentT.UpperQuantileOf(1 - confidence, DegreesOfFreedom)) * SlopeStandardError);
    }
}
