namespace Plumbline.Numerics;

/// <summary>How much is known of one unit's life.</summary>
internal enum Observation
{
    Exact,
    RightCensored,
    LeftCensored,
    Interval,
}

/// <summary>Lives on a logarithmic scale, as the likelihood takes them: failures, and units of which only bounds are known (删失数据).</summary>
/// <param name="Kinds">What is known of each unit.</param>
/// <param name="Low">ln of the failure time, or of the last time known alive; not used where left censored.</param>
/// <param name="High">ln of the first time known failed, where left censored or within an interval.</param>
internal sealed record Lifetimes(Observation[] Kinds, double[] Low, double[] High)
{
    internal int Count => Kinds.Length;

    internal int Failures => Kinds.Count(k => k != Observation.RightCensored);

    /// <summary>Checks every array by name; what is null counts as empty.</summary>
    internal static Lifetimes Of(double[]? failures, double[]? rightCensored, double[]? leftCensored, double[][]? intervals, double threshold = 0)
    {
        failures ??= [];
        Require.Positive(failures, failures.Length);
        if (rightCensored is not null)
            Require.Positive(rightCensored, rightCensored.Length);
        if (leftCensored is not null)
            Require.Positive(leftCensored, leftCensored.Length);
        Bounds(intervals);
        var count = failures.Length + (leftCensored?.Length ?? 0) + (intervals?.Length ?? 0);
        if (count == 0)
            throw new ArgumentException("No unit has failed: a life can only be bounded then (see MeanTimeBetweenFailures), not fitted.", nameof(failures));
        List<(Observation, double, double)> all =
        [
            .. failures.Select(t => (Observation.Exact, Math.Log(t - threshold), double.NaN)),
            .. (rightCensored ?? []).Where(t => t > threshold).Select(t => (Observation.RightCensored, Math.Log(t - threshold), double.NaN)),
            .. (leftCensored ?? []).Select(t => (Observation.LeftCensored, double.NaN, Math.Log(t - threshold))),
            .. (intervals ?? []).Select(b => (b[0] > threshold ? Observation.Interval : Observation.LeftCensored, b[0] > threshold ? Math.Log(b[0] - threshold) : double.NaN, Math.Log(b[1] - threshold))),
        ];
        return new([.. all.Select(a => a.Item1)], [.. all.Select(a => a.Item2)], [.. all.Select(a => a.Item3)]);
    }

    private static void Bounds(double[][]? intervals)
    {
        for (var i = 0; i < (intervals?.Length ?? 0); i++)
        {
            var bounds = intervals![i];
            ArgumentNullException.ThrowIfNull(bounds, nameof(intervals));
            if (bounds.Length != 2)
                throw new ArgumentException($"Interval {i + 1} must have two bounds, has {bounds.Length}.", nameof(intervals));
            foreach (var bound in bounds)
                if (!double.IsFinite(bound))
                    throw new ArgumentOutOfRangeException(nameof(intervals), bound, $"Interval {i + 1} must have finite bounds; a unit that did not fail is right censored.");
            if (!(bounds[0] >= 0 && bounds[1] > bounds[0]))
                throw new ArgumentOutOfRangeException(nameof(intervals), bounds[1], $"Interval {i + 1} must rise from a time that is not negative.");
        }
    }
}
