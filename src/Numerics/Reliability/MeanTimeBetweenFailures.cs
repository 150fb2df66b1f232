namespace Plumbline.Numerics;

/// <summary>MTBF of units that fail at a constant rate (平均故障间隔时间), by χ² (GB/T 5080.4, IEC 60605-4), and tests planned on it.</summary>
public static class MeanTimeBetweenFailures
{
    /// <summary>The point estimate T/r and its bounds.</summary>
    /// <param name="totalTime">Accumulated operating time of all units, greater than zero.</param>
    /// <param name="failures">Failures in that time, at least 0; at least 1 where a failure ended the test.</param>
    /// <param name="coverageProbability">Confidence of each one-sided bound and of the two-sided interval.</param>
    /// <param name="timeTerminated">True where the time, false where the last failure ended the test.</param>
    /// <returns>Unit of the time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, the confidence not between 0 and 1, or there are too few failures.</exception>
    /// <remarks>The mean of lives that wear out is another matter: fit a Weibull distribution.</remarks>
    public static MtbfResult Of(double totalTime, int failures, double coverageProbability = 0.9, bool timeTerminated = true)
    {
        Require.Positive(totalTime);
        Require.AtLeast(failures, timeTerminated ? 0 : 1);
        Require.Probability(coverageProbability);
        double Lower(double tail) => 2 * totalTime / ChiSquare.UpperQuantile(tail, 2.0 * failures + (timeTerminated ? 2 : 0));
        double Upper(double tail) => failures == 0 ? double.PositiveInfinity : 2 * totalTime / ChiSquare.Quantile(tail, 2.0 * failures);
        var tail = 1 - coverageProbability;
        return new(failures == 0 ? null : totalTime / failures, Lower(tail), Upper(tail), new(Lower(tail / 2), Upper(tail / 2)));
    }

    /// <summary>How long to test so that an MTBF is proved with at most some failures.</summary>
    /// <param name="meanTime">The MTBF to prove, greater than zero.</param>
    /// <param name="failures">Failures allowed, at least 0.</param>
    /// <param name="coverageProbability">Confidence of the lower bound.</param>
    /// <param name="oneSided">False to prove the lower end of a two-sided interval.</param>
    /// <param name="timeTerminated">True where the time, false where the last failure ends the test (then at least 1 failure).</param>
    /// <returns>Accumulated time of all units, unit of the MTBF.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double TestTime(double meanTime, int failures, double coverageProbability = 0.9, bool oneSided = true, bool timeTerminated = true)
    {
        Require.Positive(meanTime);
        Require.AtLeast(failures, timeTerminated ? 0 : 1);
        Require.Probability(coverageProbability);
        var tail = (1 - coverageProbability) / (oneSided ? 1 : 2);
        return meanTime * ChiSquare.UpperQuantile(tail, 2.0 * failures + (timeTerminated ? 2 : 0)) / 2;
    }

    /// <summary>How many failures a test of given time may have and still prove an MTBF.</summary>
    /// <param name="meanTime">The MTBF to prove, greater than zero.</param>
    /// <param name="totalTime">Accumulated time of all units, greater than zero.</param>
    /// <param name="coverageProbability">Confidence of the one-sided lower bound.</param>
    /// <returns>The largest number of failures; −1 where even none would not do: the test is too short.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static int AllowedFailures(double meanTime, double totalTime, double coverageProbability = 0.9)
    {
        Require.Positive(meanTime);
        Require.Positive(totalTime);
        Require.Probability(coverageProbability);
        var failures = -1;
        while (failures < int.MaxValue - 1 && TestTime(meanTime, failures + 1, coverageProbability) <= totalTime)
            failures++;
        return failures;
    }
}

/// <summary>An MTBF and its bounds, in the unit of the time.</summary>
/// <param name="Estimate">T/r; null without failures.</param>
/// <param name="LowerBound">One-sided lower bound.</param>
/// <param name="UpperBound">One-sided upper bound; infinite without failures.</param>
/// <param name="TwoSided">Two-sided interval.</param>
public sealed record MtbfResult(double? Estimate, double LowerBound, double UpperBound, Interval TwoSided);
