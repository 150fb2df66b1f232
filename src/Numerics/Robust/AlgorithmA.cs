namespace Plumbline.Numerics;

/// <summary>Which constants Algorithm A uses.</summary>
public enum AlgorithmAConstants
{
    /// <summary>Computed from the normal distribution: exact consistency of s* for any winsorising constant.</summary>
    Exact,

    /// <summary>1.134 and 1.483 as printed in ISO 13528 Annex C.3; belong to the winsorising constant 1.5.</summary>
    Iso13528,
}

/// <summary>Algorithm A (算法 A), ISO 13528:2022 Annex C.3: the winsorised mean and standard deviation at their common fixed point.</summary>
/// <remarks>
/// The standard stops when the third significant figure is stable, which leaves up to 0.3 % of error; here the fixed point itself is found:
/// between changes of which results are clamped the two equations have a closed solution.
/// </remarks>
public static class AlgorithmA
{
    /// <summary>The robust mean x* with u = 1.25 s*/√p.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="constants">The constants' convention.</param>
    /// <param name="winsorisingConstant">Results are clamped to x* ± this times s*; 1.5 in the standard.</param>
    /// <returns>The robust mean; <see cref="ConsensusResult.Warnings"/> has <c>no-spread</c> when s* is zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the constant is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results.</exception>
    /// <remarks>For fewer than about 12 results, or more than a fifth of outliers, ISO 13528 advises other estimators. Not linear: no weights.</remarks>
    public static ConsensusResult Of(double[] values, AlgorithmAConstants constants = AlgorithmAConstants.Exact, double winsorisingConstant = 1.5)
    {
        var fit = Fit(values, constants, winsorisingConstant);
        return new()
        {
            Method = "algorithm-a",
            Value = fit.Mean,
            StandardUncertainty = fit.StandardUncertainty,
            Included = [.. Enumerable.Repeat(true, values.Length)],
            Iterations = fit.Iterations,
            Converged = fit.Converged,
            Warnings = fit.StandardDeviation == 0 ? ["no-spread"] : [],
        };
    }

    /// <summary>The robust mean and standard deviation.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="constants">The constants' convention.</param>
    /// <param name="winsorisingConstant">Results are clamped to x* ± this times s*; 1.5 in the standard.</param>
    /// <returns>x*, s* and u(x*), in the unit of the results.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the constant is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results.</exception>
    public static AlgorithmAFit Fit(double[] values, AlgorithmAConstants constants = AlgorithmAConstants.Exact, double winsorisingConstant = 1.5)
    {
        Require.Finite(values, 2);
        Require.Positive(winsorisingConstant);
        var frame = Frame.Of(values);
        var sorted = (double[])frame.Z.Clone();
        Array.Sort(sorted);
        var k = winsorisingConstant;
        var consistency = constants == AlgorithmAConstants.Iso13528 ? 1.134 : ConsistencyFactor(k);
        var mean = RobustScale.MedianOfSorted(sorted);
        var s = (constants == AlgorithmAConstants.Iso13528 ? 1.483 : RobustScale.NormalMad) * RobustScale.MadOf(sorted, mean);
        if (s == 0)
            s = StandardDeviation(sorted);
        const int limit = 1000;
        for (var i = 1; i <= limit; i++)
        {
            var (low, high) = Clamped(sorted, mean, k * s);
            if (Solve(sorted, low, high, k, consistency) is { } solved && Clamped(sorted, solved.Mean, k * solved.Deviation) == (low, high))
                return Result(frame, solved.Mean, solved.Deviation, i, true);
            var next = Step(sorted, mean, k * s, consistency);
            if (next == (mean, s))
                return Result(frame, mean, s, i, true);
            (mean, s) = next;
        }
        return Result(frame, mean, s, limit, false);
    }

    private static AlgorithmAFit Result(Frame frame, double mean, double s, int iterations, bool converged) =>
        new(frame.Location(mean), frame.Scale * s, 1.25 * frame.Scale * s / Math.Sqrt(frame.Z.Length), iterations, converged);

    /// <summary>1/√(θ + (1 − θ)k² − 2kφ(k)) with θ = 2Φ(k) − 1.</summary>
    private static double ConsistencyFactor(double k)
    {
        var outside = 2 * Normal.UpperTailOf(k);
        return 1 / Math.Sqrt(1 - outside + outside * k * k - 2 * k * Normal.Density(k));
    }

    /// <summary>How many results lie below and above the limits.</summary>
    private static (int Low, int High) Clamped(double[] sorted, double mean, double delta)
    {
        int low = 0, high = 0;
        while (low < sorted.Length && sorted[low] < mean - delta)
            low++;
        while (high < sorted.Length - low && sorted[^(high + 1)] > mean + delta)
            high++;
        return (low, high);
    }

    /// <summary>The fixed point if exactly these results stay clamped.</summary>
    private static (double Mean, double Deviation)? Solve(double[] sorted, int low, int high, double k, double consistency)
    {
        var inside = sorted.AsSpan(low, sorted.Length - low - high);
        if (inside.Length == 0)
            return null;
        double centre = 0, squares = 0;
        foreach (var z in inside)
            centre += z / inside.Length;
        foreach (var z in inside)
            squares += (z - centre) * (z - centre);
        var shift = k * (high - low) / inside.Length;
        var c = consistency * consistency / (sorted.Length - 1);
        var factor = 1 - c * (inside.Length * shift * shift + (low + high) * k * k);
        if (!(factor > 0))
            return null;
        var s = Math.Sqrt(c * squares / factor);
        return (centre + shift * s, s);
    }

    private static (double Mean, double Deviation) Step(double[] sorted, double mean, double delta, double consistency)
    {
        var clamped = Array.ConvertAll(sorted, z => Math.Clamp(z, mean - delta, mean + delta));
        return (clamped.Average(), consistency * StandardDeviation(clamped));
    }

    private static double StandardDeviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}

/// <summary>The fixed point of Algorithm A.</summary>
/// <param name="Mean">x*, in the unit of the results.</param>
/// <param name="StandardDeviation">s*, same unit, not negative.</param>
/// <param name="StandardUncertainty">1.25 s*/√p, same unit.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Converged">False if the fixed point was not reached.</param>
public sealed record AlgorithmAFit(double Mean, double StandardDeviation, double StandardUncertainty, int Iterations, bool Converged);
