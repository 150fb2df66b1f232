namespace Plumbline.Numerics;

/// <summary>Calibration intervals (复校间隔) from the history of an instrument or of a group of them, NCSLI RP-1.</summary>
public static class CalibrationIntervals
{
    /// <summary>Method A3, interval test: from the share found in tolerance at one interval.</summary>
    /// <param name="inTolerance">x found in tolerance, from 0 to n.</param>
    /// <param name="count">n calibrations at about this interval, at least 1.</param>
    /// <param name="interval">The present interval, greater than zero, in any unit of time.</param>
    /// <param name="targetProbability">Reliability wanted, strictly between 0 and 1.</param>
    /// <param name="confidenceProbability">How sure one must be to change the interval, and the coverage of the reliability's limits; strictly between 0 and 1.</param>
    /// <param name="largestChange">The factor by which an interval may change, above 1.</param>
    /// <returns>The interval recommended, the confidence with which the present one is rejected, and limits for the reliability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static IntervalTest Test(int inTolerance, int count, double interval, double targetProbability, double confidenceProbability = 0.5, double? largestChange = null)
    {
        Require.AtLeast(inTolerance, 0);
        Require.AtLeast(count, 1);
        if (inTolerance > count)
            throw new ArgumentOutOfRangeException(nameof(inTolerance), inTolerance, $"Must not exceed the {count} calibrations.");
        Require.Positive(interval);
        Require.Probability(targetProbability);
        Require.Probability(confidenceProbability);
        if (largestChange is { } change)
        {
            Require.Finite(change, nameof(largestChange));
            if (change < 1)
                throw new ArgumentOutOfRangeException(nameof(largestChange), change, "Must be at least 1.");
        }
        var most = largestChange ?? 2;
        double seen = (double)inTolerance / count, difference = seen - targetProbability;
        var tail = difference < 0 ? AcceptanceProbability.Binomial(count, inTolerance, targetProbability) : inTolerance == 0 ? 1 : AcceptanceProbability.Binomial(count, count - inTolerance, 1 - targetProbability);
        // At the ends of the scale only one side is left.
        var rejection = Math.Max(0, inTolerance == 0 || inTolerance == count ? 1 - tail : 1 - 2 * tail);
        var factor = difference > 0 ? rejection < 1 ? Math.Min(most, Math.Pow(10, difference / (1 - rejection))) : most : Math.Max(1 / most, Math.Pow(10, difference * rejection));
        var limits = inTolerance == 0 ? new Interval(0, 1 - Math.Pow(1 - confidenceProbability, 1.0 / count))
            : inTolerance == count ? new Interval(Math.Pow(1 - confidenceProbability, 1.0 / count), 1)
            : new Interval(BinomialBounds.Lower(count, inTolerance, 0.5 * (1 + confidenceProbability)), BinomialBounds.Upper(count, inTolerance, 0.5 * (1 + confidenceProbability)));
        return new(rejection > confidenceProbability ? factor * interval : interval, factor * interval, rejection, seen, limits);
    }

    /// <summary>The variables method (Castrup): from how far values had moved since the calibration before.</summary>
    /// <param name="times">Time since the calibration before, greater than zero.</param>
    /// <param name="deviations">Change of the value over that time, in one unit.</param>
    /// <param name="order">Degree of the polynomial through zero, at least 1 and below the number of values.</param>
    /// <returns>The course of the drift, from which intervals follow.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Sizes do not agree, or the times do not determine the course.</exception>
    public static DriftCourse Variables(double[] times, double[] deviations, int order = 1)
    {
        Require.Finite(times);
        Require.Positive(times, times.Length);
        Require.Finite(deviations);
        Require.SameLength(deviations, times.Length);
        Require.AtLeast(order, 1);
        if (order >= times.Length)
            throw new ArgumentOutOfRangeException(nameof(order), order, $"Must be below the {times.Length} values.");
        // In units of the longest time, so that powers stay near one.
        var unit = times.Max();
        var design = new double[times.Length, order];
        for (var i = 0; i < times.Length; i++)
            for (var j = 0; j < order; j++)
                design[i, j] = Math.Pow(times[i] / unit, j + 1);
        var fit = LeastSquares.Ordinary(design, deviations);
        double Scale(int j) => Math.Pow(unit, j + 1);
        var covariance = new double[order, order];
        for (var i = 0; i < order; i++)
            for (var j = 0; j < order; j++)
                covariance[i, j] = fit.Covariance[i, j] / Scale(i) / Scale(j);
        return new([.. fit.Parameters.Select((b, j) => b / Scale(j))], covariance, fit.ResidualRatio!.Value, fit.DegreesOfFreedom, unit);
    }
}

/// <summary>What the interval test says.</summary>
/// <param name="Recommended">The interval to use: the calculated one where the present is rejected, else the present.</param>
/// <param name="Calculated">The interval by the formula.</param>
/// <param name="Rejection">Confidence that the present interval does not meet the target, from 0 to 1.</param>
/// <param name="Reliability">The share seen in tolerance.</param>
/// <param name="ReliabilityLimits">Limits for the true share.</param>
public sealed record IntervalTest(double Recommended, double Calculated, double Rejection, double Reliability, Interval ReliabilityLimits);

/// <summary>The drift of an instrument since its calibration, a polynomial through zero.</summary>
/// <param name="Coefficients">Of t, t², …</param>
/// <param name="Covariance">Of the coefficients.</param>
/// <param name="ResidualDeviation">Standard deviation of the residuals.</param>
/// <param name="DegreesOfFreedom">Of the residuals.</param>
/// <param name="LongestTime">The longest time in the history.</param>
public sealed record DriftCourse(double[] Coefficients, double[,] Covariance, double ResidualDeviation, int DegreesOfFreedom, double LongestTime)
{
    /// <summary>The expected deviation after a time.</summary>
    /// <param name="time">Since calibration, not negative.</param>
    /// <returns>In the unit of the deviations.</returns>
    public double Deviation(double time)
    {
        var sum = 0.0;
        for (var j = Coefficients.Length - 1; j >= 0; j--)
            sum = (sum + Coefficients[j]) * time;
        return sum;
    }

    /// <summary>The standard uncertainty of a single deviation predicted for a time.</summary>
    /// <param name="time">Since calibration, not negative.</param>
    /// <returns>√(s² + t′Ct).</returns>
    public double StandardUncertainty(double time)
    {
        double[] powers = [.. Coefficients.Select((_, j) => Math.Pow(time, j + 1))];
        return Math.Sqrt(ResidualDeviation * ResidualDeviation + Matrix.Dot(powers, Matrix.Multiply(Covariance, powers)));
    }

    /// <summary>The time at which the uncertainty has grown to a target.</summary>
    /// <param name="initialUncertainty">Standard uncertainty at calibration, not negative.</param>
    /// <param name="targetUncertainty">Greater than zero.</param>
    /// <returns>The interval; zero where the target is exceeded from the start, null where it is not within a thousand times the longest history.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public double? UntilUncertainty(double initialUncertainty, double targetUncertainty)
    {
        Require.NotNegative(initialUncertainty);
        Require.Positive(targetUncertainty);
        return First(t => double.Hypot(initialUncertainty, StandardUncertainty(t)) - targetUncertainty);
    }

    /// <summary>The time at which a value may have left its limits.</summary>
    /// <param name="initialValue">The value at calibration.</param>
    /// <param name="initialUncertainty">Its standard uncertainty, not negative.</param>
    /// <param name="limits">The tolerance limits.</param>
    /// <param name="confidenceProbability">Of the band about the predicted value, two-sided with two limits and one-sided with one; strictly between 0 and 1.</param>
    /// <returns>The interval; zero where the band is outside from the start, null where it stays within for a thousand times the longest history.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public double? UntilLimits(double initialValue, double initialUncertainty, ToleranceLimits limits, double confidenceProbability = 0.95)
    {
        Require.Finite(initialValue);
        Require.NotNegative(initialUncertainty);
        ArgumentNullException.ThrowIfNull(limits);
        Require.Probability(confidenceProbability);
        var one = limits.Lower is null || limits.Upper is null;
        var k = StudentT.UpperQuantile(one ? 1 - confidenceProbability : 0.5 * (1 - confidenceProbability), DegreesOfFreedom);
        return First(t =>
        {
            double y = initialValue + Deviation(t), half = k * double.Hypot(initialUncertainty, StandardUncertainty(t));
            return Math.Max(y + half - limits.High, limits.Low - (y - half));
        });
    }

    /// <summary>The first time at which a function that should stay below zero does not.</summary>
    private double? First(Func<double, double> excess)
    {
        if (excess(0) >= 0)
            return 0;
        var before = 0.0;
        for (var t = LongestTime / 500; t < 1000 * LongestTime; t = Math.Max(t * 1.01, t + LongestTime / 500))
        {
            if (excess(t) >= 0)
                return RootFinder.Brent(excess, before, t);
            before = t;
        }
        return null;
    }
}
