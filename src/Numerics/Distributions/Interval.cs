namespace Plumbline.Numerics;

/// <summary>An interval of values, ends included.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, not below the lower.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The equal-tailed interval of sorted draws, ends interpolated.</summary>
    internal static Interval Central(ReadOnlySpan<double> sorted, double coverage) =>
        new(RobustScale.Quantile(sorted, (1 - coverage) / 2), RobustScale.Quantile(sorted, (1 + coverage) / 2));

    /// <summary>The shortest interval that holds the given share of sorted draws (JCGM 101, 5.3.4).</summary>
    internal static Interval Shortest(ReadOnlySpan<double> sorted, double coverage)
    {
        var span = Math.Min(sorted.Length - 1, (int)Math.Ceiling(coverage * sorted.Length));
        var best = 0;
        for (var i = 1; i + span < sorted.Length; i++)
            if (sorted[i + span] - sorted[i] < sorted[best + span] - sorted[best])
                best = i;
        return new(sorted[best], sorted[best + span]);
    }
}
