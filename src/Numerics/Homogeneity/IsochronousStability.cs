namespace Plumbline.Numerics;

/// <summary>Isochronous stability study (同步稳定性研究), ISO 33405 and Lamberty, Schimmel and Pauwels, Fresenius J. Anal. Chem. 360 (1998) 359: units stored for different times are measured together, so that the measurement's own drift plays no part.</summary>
public static class IsochronousStability
{
    /// <summary>The line through the units' means, and whether a line is enough.</summary>
    /// <param name="times">How long each unit was stored, in one unit of time; at least three units, not all of one time.</param>
    /// <param name="valuesByUnit">A row of replicate values for each unit, in one unit; rows may differ in length.</param>
    /// <param name="significance">Level of both tests, strictly between 0 and 1.</param>
    /// <returns>The trend of the means and the lack-of-fit test.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the level out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than three units, all of one time, or the lengths differ.</exception>
    /// <remarks>Units are the independent observations, replicates are not: with unequal numbers of replicates the means count alike, which is right where units differ by more than replicates do.</remarks>
    public static IsochronousResult Analyse(double[] times, double[][] valuesByUnit, double significance = 0.05)
    {
        Require.Finite(times, 3);
        ArgumentNullException.ThrowIfNull(valuesByUnit);
        if (valuesByUnit.Length != times.Length)
            throw new ArgumentException($"Must have {times.Length} rows, one for each time.", nameof(valuesByUnit));
        foreach (var row in valuesByUnit)
            Require.Finite(row, 1, nameof(valuesByUnit));
        var origin = valuesByUnit[0][0];
        var means = Array.ConvertAll(valuesByUnit, row => row.Average(v => v - origin));
        var trend = StabilityTrend.Fit(times, means, significance);
        trend = trend with { Intercept = trend.Intercept + origin };
        // Units of one time differ by chance alone: what the line leaves beyond that is curvature.
        var groups = times.Select((t, i) => (Time: t, Mean: means[i])).GroupBy(p => p.Time, p => p.Mean).Select(g => g.ToArray()).ToArray();
        int pure = times.Length - groups.Length, lack = groups.Length - 2;
        double? p = null;
        if (pure > 0 && lack > 0)
        {
            var within = groups.Sum(g => g.Sum(v => (v - g.Average()) * (v - g.Average())));
            var residual = trend.ResidualStandardDeviation * trend.ResidualStandardDeviation * trend.DegreesOfFreedom;
            p = within > 0 ? FisherF.UpperTail(Math.Max(0, residual - within) / lack / (within / pure), lack, pure) : residual > 1e-20 * means.Max(m => m * m) ? 0 : 1;
        }
        return new(trend, p);
    }

    /// <summary>u<sub>stab</sub> that a plan will give if nothing changes: s·t/√Σ(t<sub>i</sub> − t̄)², before any unit is stored.</summary>
    /// <param name="times">Planned storage times, one for each unit, in one unit of time, not all equal.</param>
    /// <param name="standardDeviation">s of a unit's mean under the conditions of the study, in the unit of the values, greater than zero.</param>
    /// <param name="duration">Shelf life or transport time to cover, in the unit of the times, not negative.</param>
    /// <returns>A standard uncertainty in the unit of the values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Fewer than three times, or all equal.</exception>
    public static double PlannedUncertainty(double[] times, double standardDeviation, double duration)
    {
        Require.Finite(times, 3);
        Require.Positive(standardDeviation);
        Require.NotNegative(duration);
        var middle = times.Average();
        var sum = times.Sum(t => (t - middle) * (t - middle));
        return sum > 0 ? standardDeviation * duration / Math.Sqrt(sum) : throw new ArgumentException("The times must not all be equal.", nameof(times));
    }
}

/// <summary>What an isochronous study shows.</summary>
/// <param name="Trend">The line through the means of the units.</param>
/// <param name="LackOfFitPValue">Below the level a straight line does not describe the change; null where no time has two units or only two times are known.</param>
public sealed record IsochronousResult(TrendResult Trend, double? LackOfFitPValue);
