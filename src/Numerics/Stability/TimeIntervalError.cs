using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>Time interval error of a clock or a synchronisation network (时间间隔误差; ITU-T G.810): its largest and its root-mean-square value.</summary>
public static class TimeIntervalError
{
    /// <summary>MTIE: the largest peak-to-peak phase within any window of m intervals, that is of m + 1 points.</summary>
    /// <param name="phases">At least two phases (time errors), in one unit.</param>
    /// <param name="averagingFactors">m in sampling intervals, from 1 to N − 1, in any order.</param>
    /// <returns>One value for each m, in the unit of the phases.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or a factor is out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two phases, or no factor.</exception>
    /// <remarks>O(N log N): extremes of windows of 1, 2, 4, … points are built by doubling, and any window is two of them (Bregni 1996).</remarks>
    public static double[] Maximum(double[] phases, int[] averagingFactors)
    {
        Require.Finite(phases, 2);
        Factors(averagingFactors, phases.Length - 1);
        return Extremes((double[])phases.Clone(), (double[])phases.Clone(), averagingFactors);
    }

    /// <summary>MTIE of a record with gaps: the peak-to-peak phase among the points of a window that are present.</summary>
    /// <param name="phases">Phases on an even grid; at places that are absent any finite number, which is not looked at.</param>
    /// <param name="present">Which places were measured, at least two.</param>
    /// <param name="averagingFactors">m in sampling intervals, from 1 to N − 1.</param>
    /// <returns>One value for each m, in the unit of the phases; null where no window holds two points.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or a factor is out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two phases are present, lengths differ, or no factor.</exception>
    /// <remarks>What happened in a gap is not known: the value is a lower bound of what a whole record would have shown.</remarks>
    public static double?[] Maximum(double[] phases, bool[] present, int[] averagingFactors)
    {
        Gaps(phases, present, averagingFactors);
        var widest = Extremes([.. phases.Select((x, i) => present[i] ? x : double.NegativeInfinity)], [.. phases.Select((x, i) => present[i] ? x : double.PositiveInfinity)], averagingFactors);
        int[] there = [.. Enumerable.Range(0, present.Length).Where(i => present[i])];
        var nearest = there.Skip(1).Zip(there, (b, a) => b - a).Min();
        return [.. widest.Select((w, k) => averagingFactors[k] >= nearest ? w : (double?)null)];
    }

    private static double[] Extremes(double[] high, double[] low, int[] averagingFactors)
    {
        var results = new double[averagingFactors.Length];
        var points = high.Length;
        int width = 1, length = points;
        foreach (var k in Enumerable.Range(0, averagingFactors.Length).OrderBy(k => averagingFactors[k]))
        {
            var window = averagingFactors[k] + 1;
            while (2 * width <= window)
            {
                length -= width;
                Double(high, low, width, length);
                width *= 2;
            }
            results[k] = Widest(high, low, window - width, points - window + 1);
        }
        return results;
    }

    /// <summary>TIE<sub>rms</sub>: √ mean (x<sub>i+m</sub> − x<sub>i</sub>)².</summary>
    /// <param name="phases">At least two phases (time errors), in one unit.</param>
    /// <param name="averagingFactors">m in sampling intervals, from 1 to N − 1.</param>
    /// <returns>One value for each m, in the unit of the phases.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or a factor is out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two phases, or no factor.</exception>
    /// <remarks>A constant frequency offset is part of it, unlike in the Allan family.</remarks>
    public static double[] RootMeanSquare(double[] phases, int[] averagingFactors)
    {
        Require.Finite(phases, 2);
        Factors(averagingFactors, phases.Length - 1);
        return Array.ConvertAll(averagingFactors, m =>
        {
            double sum = 0;
            for (var i = 0; i < phases.Length - m; i++)
                sum += (phases[i + m] - phases[i]) * (phases[i + m] - phases[i]);
            return Math.Sqrt(sum / (phases.Length - m));
        });
    }

    /// <summary>TIE<sub>rms</sub> of a record with gaps, over the pairs both of whose points are present.</summary>
    /// <param name="phases">Phases on an even grid; at places that are absent any finite number, which is not looked at.</param>
    /// <param name="present">Which places were measured, at least two.</param>
    /// <param name="averagingFactors">m in sampling intervals, from 1 to N − 1.</param>
    /// <returns>One value for each m, in the unit of the phases, with the number of pairs; null where there is no pair.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or a factor is out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two phases are present, lengths differ, or no factor.</exception>
    public static (double? Value, long Pairs)[] RootMeanSquare(double[] phases, bool[] present, int[] averagingFactors)
    {
        Gaps(phases, present, averagingFactors);
        return Array.ConvertAll(averagingFactors, m =>
        {
            double sum = 0;
            long pairs = 0;
            for (var i = 0; i < phases.Length - m; i++)
                if (present[i] && present[i + m])
                {
                    sum += (phases[i + m] - phases[i]) * (phases[i + m] - phases[i]);
                    pairs++;
                }
            return (pairs > 0 ? Math.Sqrt(sum / pairs) : (double?)null, pairs);
        });
    }

    private static void Gaps(double[] phases, bool[] present, int[] averagingFactors)
    {
        Require.Finite(phases, 2);
        Require.SameLength(present, phases.Length);
        if (present.Count(p => p) < 2)
            throw new ArgumentException("At least 2 phases must be present.", nameof(present));
        Factors(averagingFactors, phases.Length - 1);
    }

    private static void Factors(int[] averagingFactors, int most)
    {
        ArgumentNullException.ThrowIfNull(averagingFactors);
        if (averagingFactors.Length == 0)
            throw new ArgumentException("At least one averaging factor is needed.", nameof(averagingFactors));
        foreach (var m in averagingFactors)
            if (m < 1 || m > most)
                throw new ArgumentOutOfRangeException(nameof(averagingFactors), m, $"Must lie from 1 to {most}: the record has {most + 1} points.");
    }

    /// <summary>Extremes of windows twice as wide, in place: place i is not read again once written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Double(double[] high, double[] low, int width, int length)
    {
        var lanes = Vector<double>.Count;
        var i = 0;
        for (; i <= length - lanes; i += lanes)
        {
            Vector.Max(new Vector<double>(high, i), new Vector<double>(high, i + width)).CopyTo(high, i);
            Vector.Min(new Vector<double>(low, i), new Vector<double>(low, i + width)).CopyTo(low, i);
        }
        for (; i < length; i++)
        {
            high[i] = Math.Max(high[i], high[i + width]);
            low[i] = Math.Min(low[i], low[i + width]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Widest(double[] high, double[] low, int shift, int windows)
    {
        var lanes = Vector<double>.Count;
        var best = Vector<double>.Zero;
        var i = 0;
        for (; i <= windows - lanes; i += lanes)
            best = Vector.Max(best, Vector.Max(new Vector<double>(high, i), new Vector<double>(high, i + shift)) - Vector.Min(new Vector<double>(low, i), new Vector<double>(low, i + shift)));
        double widest = 0;
        for (var lane = 0; lane < lanes; lane++)
            widest = Math.Max(widest, best[lane]);
        for (; i < windows; i++)
            widest = Math.Max(widest, Math.Max(high[i], high[i + shift]) - Math.Min(low[i], low[i + shift]));
        return widest;
    }
}
