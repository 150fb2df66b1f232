namespace Plumbline.Numerics;

/// <summary>Stability of records with gaps (缺数): a term counts only where every phase it needs is there.</summary>
public static class GappedStability
{
    /// <summary>Deviations of the Allan and Hadamard families from phases on an even grid with some missing.</summary>
    /// <param name="phases">Phases on the grid; at places that are absent any finite number, which is not looked at.</param>
    /// <param name="present">Which places were measured.</param>
    /// <param name="interval">τ<sub>0</sub>, greater than zero.</param>
    /// <param name="kind">OADEV, ADEV, MDEV, TDEV, HDEV or OHDEV.</param>
    /// <param name="averagingFactors">m; octaves up to a third of the grid where null. Those without a single complete term are left out.</param>
    /// <param name="noise">The noise type; identified from the longest run without gaps where null.</param>
    /// <param name="coverageProbability">Of the confidence interval.</param>
    /// <returns>One point for each averaging factor that has terms.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, the interval not positive, or the kind not one of these.</exception>
    /// <exception cref="ArgumentException">Too few phases are present.</exception>
    /// <remarks>Degrees of freedom are those of the whole record, in proportion to the terms that are left; gaps are neither filled nor closed up.</remarks>
    public static StabilityPoint[] OfPhases(double[] phases, bool[] present, double interval, DeviationKind kind = DeviationKind.Oadev, int[]? averagingFactors = null,
        NoiseType? noise = null, double coverageProbability = 0.683)
    {
        Require.Finite(phases, 4);
        Require.SameLength(present, phases.Length);
        Require.Positive(interval);
        Require.Probability(coverageProbability);
        if (kind is not (DeviationKind.Oadev or DeviationKind.Adev or DeviationKind.Mdev or DeviationKind.Tdev or DeviationKind.Hdev or DeviationKind.Ohdev))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, $"Total, parabolic and Thêo deviations need a record without gaps; {FirstGap(present)}.");
        if (present.Count(p => p) < 4)
            throw new ArgumentException("At least 4 phases must be present.", nameof(present));
        var factors = (averagingFactors ?? FrequencyStability.Octaves(kind, phases.Length)).Distinct().Order().ToArray();
        foreach (var m in factors)
            if (m < 1 || m > FrequencyStability.Most(kind, phases.Length))
                throw new ArgumentOutOfRangeException(nameof(averagingFactors), m, $"Must lie from 1 to {FrequencyStability.Most(kind, phases.Length)} for {kind} of {phases.Length} places.");
        var (start, length) = LongestRun(present);
        var types = noise is { } given ? [.. factors.Select(_ => (given, NoiseSource.Given))] : NoiseIdentification.Track(phases[start..(start + length)], factors, kind, false);
        var missing = Missing(present);
        List<StabilityPoint> points = [];
        for (var k = 0; k < factors.Length; k++)
        {
            var m = factors[k];
            var (sum, count, whole) = Terms(phases, missing, kind, m);
            if (count == 0)
                continue;
            var tau = m * interval;
            var variance = sum / count / kind switch { DeviationKind.Mdev => 2 * tau * tau * m * m, DeviationKind.Tdev => 6.0 * m * m, DeviationKind.Hdev or DeviationKind.Ohdev => 6 * tau * tau, _ => 2 * tau * tau };
            var degrees = Math.Max(Math.Min(1, count), StabilityConfidence.DegreesOfFreedom(kind, types[k].Item1, m, phases.Length, whole) * count / whole);
            points.Add(new(kind, m, tau, Math.Sqrt(variance), count, types[k].Item1, types[k].Item2, degrees, StabilityConfidence.Interval(Math.Sqrt(variance), degrees, coverageProbability), 1));
        }
        return [.. points];
    }

    /// <summary>Where the first gap is, in places counted from 1.</summary>
    private static string FirstGap(bool[] present)
    {
        var first = Array.IndexOf(present, false);
        if (first < 0)
            return "take FrequencyStability for one that has none";
        var next = Array.IndexOf(present, true, first);
        var last = next < 0 ? present.Length : next;
        return $"the first is {(last - first == 1 ? $"place {first + 1}" : $"places {first + 1} to {last}")} of {present.Length}";
    }

    private static (int Start, int Length) LongestRun(bool[] present)
    {
        (int Start, int Length) best = (0, 0);
        for (var i = 0; i < present.Length; i++)
        {
            if (!present[i])
                continue;
            var end = i;
            while (end < present.Length && present[end])
                end++;
            if (end - i > best.Length)
                best = (i, end - i);
            i = end;
        }
        return best;
    }

    /// <summary>How many places are missing before each place.</summary>
    private static int[] Missing(bool[] present)
    {
        var counts = new int[present.Length + 1];
        for (var i = 0; i < present.Length; i++)
            counts[i + 1] = counts[i] + (present[i] ? 0 : 1);
        return counts;
    }

    private static (double Sum, long Count, long Whole) Terms(double[] x, int[] missing, DeviationKind kind, int m)
    {
        bool Whole(int from, int length) => missing[from + length] == missing[from];
        double sum = 0;
        long count = 0, whole = 0;
        if (kind is DeviationKind.Mdev or DeviationKind.Tdev)
        {
            double current = 0;
            for (var i = 0; i < m; i++)
                current += Value(i) - 2 * Value(i + m) + Value(i + 2 * m);
            for (var i = 0; i + 3 * m <= x.Length; i++)
            {
                whole++;
                if (Whole(i, 3 * m))
                {
                    sum += current * current;
                    count++;
                }
                if (i + 3 * m < x.Length)
                    current += Value(i + 3 * m) - 3 * (Value(i + 2 * m) - Value(i + m)) - Value(i);
            }
            return (sum, count, whole);
        }
        var order = kind is DeviationKind.Hdev or DeviationKind.Ohdev ? 3 : 2;
        var stride = kind is DeviationKind.Adev or DeviationKind.Hdev ? m : 1;
        for (var i = 0; i + order * m < x.Length; i += stride)
        {
            whole++;
            if (!Whole(i, 1) || !Whole(i + m, 1) || !Whole(i + 2 * m, 1) || order == 3 && !Whole(i + 3 * m, 1))
                continue;
            var d = order == 2 ? x[i] - x[i + m] - (x[i + m] - x[i + 2 * m]) : x[i + 3 * m] - x[i] - 3 * (x[i + 2 * m] - x[i + m]);
            sum += d * d;
            count++;
        }
        return (sum, count, whole);

        double Value(int i) => Whole(i, 1) ? x[i] : 0;
    }
}
