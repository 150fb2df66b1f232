namespace Plumbline.Numerics;

/// <summary>Reliability growth of a repairable system under development (可靠性增长; GB/T 15174, IEC 61164).</summary>
public static class ReliabilityGrowth
{
    /// <summary>Crow–AMSAA: failures as a Poisson process with N(t) = λ t<sup>β</sup>, by maximum likelihood.</summary>
    /// <param name="failureTimes">Accumulated times of failures since the start, greater than zero, at least two.</param>
    /// <param name="endTime">When the test ended, not before the last failure; the last failure ended it where null.</param>
    /// <param name="coverageProbability">Of the intervals.</param>
    /// <returns>Model and MTBF at the end of the test.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite, not positive or after the end, or the coverage is out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two failures, or all at the end.</exception>
    /// <remarks>β below 1 means growth. The interval of β is exact: 2nβ/β̂ is χ² with 2n degrees of freedom (2(n − 1) where a failure ended the test).</remarks>
    public static GrowthResult Crow(double[] failureTimes, double? endTime = null, double coverageProbability = 0.9)
    {
        var (times, end) = Checked(failureTimes, endTime);
        Require.Probability(coverageProbability);
        var n = times.Length;
        var sum = times.Sum(t => Math.Log(end / t));
        if (!(sum > 0))
            throw new ArgumentException("All failures lie at the end of the test.", nameof(failureTimes));
        var beta = n / sum;
        var terminatedByFailure = endTime is null || end == times[^1];
        var degrees = 2.0 * (terminatedByFailure ? n - 1 : n);
        var tail = (1 - coverageProbability) / 2;
        var interval = new Interval(beta * ChiSquare.Quantile(tail, degrees) / (2 * n), beta * ChiSquare.UpperQuantile(tail, degrees) / (2 * n));
        return new(n / Math.Pow(end, beta), beta, end, end / n, end / (n * beta), terminatedByFailure ? (n - 2.0) / n * beta : (n - 1.0) / n * beta, interval);
    }

    /// <summary>Duane: the line of ln (accumulated MTBF) on ln t by least squares.</summary>
    /// <param name="failureTimes">Accumulated times of failures since the start, greater than zero, at least two different.</param>
    /// <param name="endTime">When the test ended; the last failure where null.</param>
    /// <returns>The same process with β = 1 − slope.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite, not positive or after the end.</exception>
    /// <exception cref="ArgumentException">Fewer than two different failure times.</exception>
    /// <remarks>A picture rather than an estimate: successive accumulated means are not independent, so that no interval is given.</remarks>
    public static GrowthResult Duane(double[] failureTimes, double? endTime = null)
    {
        var (times, end) = Checked(failureTimes, endTime);
        double[] x = [.. times.Select(t => Math.Log(t))], y = [.. times.Select((t, i) => Math.Log(t / (i + 1)))];
        double mx = x.Average(), my = y.Average(), sxx = 0, sxy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            sxx += (x[i] - mx) * (x[i] - mx);
            sxy += (x[i] - mx) * (y[i] - my);
        }
        if (!(sxx > 0))
            throw new ArgumentException("At least two different failure times are needed.", nameof(failureTimes));
        double alpha = sxy / sxx, lambda = Math.Exp(alpha * mx - my), mean = Math.Pow(end, alpha) / lambda;
        return new(lambda, 1 - alpha, end, mean, mean / (1 - alpha), null, null);
    }

    private static (double[] Times, double End) Checked(double[] failureTimes, double? endTime)
    {
        Require.Finite(failureTimes, 2);
        Require.Positive(failureTimes, failureTimes.Length);
        double[] times = [.. failureTimes.Order()];
        if (endTime is not { } end)
            return (times, times[^1]);
        Require.Positive(end, nameof(endTime));
        if (end < times[^1])
            throw new ArgumentException($"The end {end} lies before the last failure {times[^1]}.", nameof(endTime));
        return (times, end);
    }
}

/// <summary>A growth model N(t) = λ t<sup>β</sup> and what it says at the end of the test.</summary>
/// <param name="Lambda">λ, in the unit of time to the power −β.</param>
/// <param name="Beta">β; below 1 the system improves.</param>
/// <param name="EndTime">End of the test.</param>
/// <param name="CumulativeMtbf">Demonstrated accumulated MTBF.</param>
/// <param name="InstantaneousMtbf">Demonstrated MTBF at the end.</param>
/// <param name="UnbiasedBeta">β freed of bias; null for Duane.</param>
/// <param name="BetaInterval">Confidence interval of β; null for Duane.</param>
public sealed record GrowthResult(double Lambda, double Beta, double EndTime, double CumulativeMtbf, double InstantaneousMtbf, double? UnbiasedBeta, Interval? BetaInterval)
{
    /// <summary>When the accumulated MTBF reaches a target, if growth goes on as it did.</summary>
    /// <param name="meanTime">Target, greater than zero.</param>
    /// <returns>Total time on test; null where there is no growth.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The target is not positive.</exception>
    public double? TimeToCumulative(double meanTime)
    {
        Require.Positive(meanTime);
        return Beta < 1 ? Math.Pow(meanTime * Lambda, 1 / (1 - Beta)) : null;
    }

    /// <summary>When the MTBF of the moment reaches a target, if growth goes on as it did.</summary>
    /// <param name="meanTime">Target, greater than zero.</param>
    /// <returns>Total time on test; null where there is no growth.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The target is not positive.</exception>
    public double? TimeToInstantaneous(double meanTime)
    {
        Require.Positive(meanTime);
        return Beta < 1 ? Math.Pow(meanTime * Lambda * Beta, 1 / (1 - Beta)) : null;
    }
}
