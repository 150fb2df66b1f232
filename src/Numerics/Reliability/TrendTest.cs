namespace Plumbline.Numerics;

/// <summary>Which way the rate of failures goes.</summary>
public enum FailureTrend
{
    /// <summary>No trend that chance could not bring about.</summary>
    Constant,

    /// <summary>Failures grow rarer.</summary>
    Improving,

    /// <summary>Failures grow more frequent.</summary>
    Worsening,
}

/// <summary>Laplace's test of a trend in the failures of a repairable system (拉普拉斯趋势检验; IEC 60605-6).</summary>
public static class TrendTest
{
    /// <summary>U, about standard normal where the rate is constant, with the power-law process fitted to the same failures.</summary>
    /// <param name="timesBetweenFailures">Operating times between successive failures, greater than zero, at least three.</param>
    /// <param name="endTime">Accumulated time at which the test ended; the last failure ended it where null.</param>
    /// <param name="coverageProbability">Confidence of the two-sided test.</param>
    /// <returns>U, its critical value and the verdict.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite or not positive, or the confidence out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than three times, or an end before the last failure.</exception>
    /// <remarks>Where a failure ended the test it is the end, and the others are tested.</remarks>
    public static TrendTestResult Laplace(double[] timesBetweenFailures, double? endTime = null, double coverageProbability = 0.95)
    {
        Require.Finite(timesBetweenFailures, 3);
        Require.Positive(timesBetweenFailures, timesBetweenFailures.Length);
        Require.Probability(coverageProbability);
        var times = new double[timesBetweenFailures.Length];
        double sum = 0;
        for (var i = 0; i < times.Length; i++)
            times[i] = sum += timesBetweenFailures[i];
        if (endTime is { } given)
        {
            Require.Positive(given, nameof(endTime));
            if (given < sum)
                throw new ArgumentException($"The end {given} lies before the last failure {sum}.", nameof(endTime));
        }
        var end = endTime ?? sum;
        var n = endTime is null ? times.Length - 1 : times.Length;
        var u = (times.Take(n).Average() - end / 2) / (end / Math.Sqrt(12.0 * n));
        var critical = Normal.UpperQuantile((1 - coverageProbability) / 2);
        var beta = times.Length / times.Sum(t => Math.Log(end / t));
        return new(u, critical, u < -critical ? FailureTrend.Improving : u > critical ? FailureTrend.Worsening : FailureTrend.Constant, beta, times.Length / Math.Pow(end, beta));
    }
}

/// <summary>Laplace's test and the process N(t) = λ t<sup>β</sup>.</summary>
/// <param name="U">Negative where failures grow rarer.</param>
/// <param name="Critical">The normal quantile of the test, greater than zero.</param>
/// <param name="Trend">The verdict.</param>
/// <param name="Beta">β by maximum likelihood.</param>
/// <param name="Lambda">λ by maximum likelihood.</param>
public sealed record TrendTestResult(double U, double Critical, FailureTrend Trend, double Beta, double Lambda);
