namespace Plumbline.Numerics;

/// <summary>Dynamic stability (动态阿伦方差, DAVAR; Galleani and Tavella 2003, 2009): the stability within a window that slides over the record, so that what changes in time shows.</summary>
public static class DynamicStability
{
    /// <summary>Overlapping Allan or Hadamard deviations of every window.</summary>
    /// <param name="phases">Phases at equal steps in one unit of time.</param>
    /// <param name="interval">τ<sub>0</sub>, greater than zero, in the same unit.</param>
    /// <param name="windowLength">Phases in a window, from 8 to all of them.</param>
    /// <param name="step">By how many phases the window moves, at least 1.</param>
    /// <param name="kind">OADEV, OHDEV, MDEV or TDEV.</param>
    /// <param name="averagingFactors">m; octaves up to a third of the window where null.</param>
    /// <returns>One row for each window, in order of time; the windows that fit as a whole.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or an argument outside its range.</exception>
    /// <exception cref="ArgumentException">Too few phases, or too few in a window for an averaging factor.</exception>
    /// <remarks>
    /// A window cuts the record hard, as in the papers. The squared differences are computed once and summed by sliding: O(N) for each averaging time, whatever window and step.
    /// Neighbouring windows share data; their deviations are no independent estimates.
    /// </remarks>
    public static DynamicDeviation[] Of(double[] phases, double interval, int windowLength, int step = 1, DeviationKind kind = DeviationKind.Oadev, int[]? averagingFactors = null)
    {
        Require.Finite(phases, 8);
        Require.Positive(interval);
        Require.AtLeast(windowLength, 8);
        Require.AtLeast(step, 1);
        if (windowLength > phases.Length)
            throw new ArgumentOutOfRangeException(nameof(windowLength), windowLength, $"Must not exceed the {phases.Length} phases.");
        if (kind is not (DeviationKind.Oadev or DeviationKind.Ohdev or DeviationKind.Mdev or DeviationKind.Tdev))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Must be OADEV, OHDEV, MDEV or TDEV.");
        int[] factors = [.. (averagingFactors ?? FrequencyStability.Octaves(kind, windowLength)).Distinct().Order()];
        foreach (var m in factors)
            if (m < 1 || m > FrequencyStability.Most(kind, windowLength))
                throw new ArgumentOutOfRangeException(nameof(averagingFactors), m, $"Must lie from 1 to {FrequencyStability.Most(kind, windowLength)} for {kind} in a window of {windowLength} phases.");
        var windows = (phases.Length - windowLength) / step + 1;
        var deviations = factors.Select(m => Slide(phases, interval, windowLength, step, kind, m, windows)).ToArray();
        return [.. Enumerable.Range(0, windows).Select(w => new DynamicDeviation(w * step, (w * step + 0.5 * (windowLength - 1)) * interval, factors, [.. deviations.Select(d => d[w])]))];
    }

    private static double[] Slide(double[] x, double interval, int length, int step, DeviationKind kind, int m, int windows)
    {
        var tau = m * interval;
        var (squares, span) = Squares(x, m, kind);
        var count = length - span + 1;
        var scale = count * kind switch { DeviationKind.Ohdev => 6 * tau * tau, DeviationKind.Mdev => 2 * tau * tau * m * m, DeviationKind.Tdev => 6.0 * m * m, _ => 2 * tau * tau };
        var result = new double[windows];
        // Sums of whole steps are formed anew for each window where the step is long, carried along where it is short; renewed now and then, so that a large value leaves no trace once it has left.
        double sum = 0;
        for (var w = 0; w < windows; w++)
        {
            var start = w * step;
            if (step >= count || (long)w * step % length < step)
            {
                sum = 0;
                for (var i = 0; i < count; i++)
                    sum += squares[start + i];
            }
            else
                for (var i = start - step; i < start; i++)
                    sum += squares[i + count] - squares[i];
            result[w] = Math.Sqrt(Math.Max(0, sum) / scale);
        }
        return result;
    }

    /// <summary>Every squared difference, and how many phases one takes.</summary>
    private static (double[] Squares, int Span) Squares(double[] x, int m, DeviationKind kind)
    {
        var span = kind == DeviationKind.Oadev ? 2 * m + 1 : kind == DeviationKind.Ohdev ? 3 * m + 1 : 3 * m;
        var squares = new double[x.Length - span + 1];
        double current = 0;
        for (var i = 0; i < squares.Length; i++)
        {
            if (kind == DeviationKind.Oadev)
                current = x[i] - x[i + m] - (x[i + m] - x[i + 2 * m]);
            else if (kind == DeviationKind.Ohdev)
                current = x[i + 3 * m] - x[i] - 3 * (x[i + 2 * m] - x[i + m]);
            else if (i == 0)
                for (var k = 0; k < m; k++)
                    current += x[k] - 2 * x[k + m] + x[k + 2 * m];
            else
                current += x[i - 1 + 3 * m] - 3 * (x[i - 1 + 2 * m] - x[i - 1 + m]) - x[i - 1];
            squares[i] = current * current;
        }
        return (squares, span);
    }
}

/// <summary>The stability within one window.</summary>
/// <param name="Start">The window's first phase, counted from zero.</param>
/// <param name="Time">The window's middle, in the unit of the interval, from the first phase of the record.</param>
/// <param name="AveragingFactors">m, rising.</param>
/// <param name="Deviations">One for each m; no unit, or a time for TDEV.</param>
public sealed record DynamicDeviation(int Start, double Time, IReadOnlyList<int> AveragingFactors, IReadOnlyList<double> Deviations);
