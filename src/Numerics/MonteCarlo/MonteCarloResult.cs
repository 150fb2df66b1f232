namespace Plumbline.Numerics;

/// <summary>What Monte Carlo says of one result of the model (JCGM 101, 7.6 and 7.7).</summary>
/// <param name="Name">The result's name in the model.</param>
/// <param name="Moments">Mean and higher moments of the trials.</param>
/// <param name="StandardUncertainty">The standard deviation of the trials; null where an input has none, so that its estimate would only grow with the trials.</param>
/// <param name="Symmetric">The probabilistically symmetric coverage interval.</param>
/// <param name="Shortest">The shortest coverage interval. Its ends are noisy, of order M<sup>−1/3</sup>: its length is not.</param>
/// <param name="SmoothedShortest">The shortest interval by a parabola through the lengths near the smallest.</param>
/// <param name="StandardErrors">What the finite number of trials leaves open.</param>
/// <param name="IsExact">Whether the intervals are order statistics; otherwise they come from the grid, whose bins are <see cref="Resolution"/> wide.</param>
public sealed record MonteCarloOutput(string Name, Moments Moments, double? StandardUncertainty, Interval Symmetric, Interval Shortest, Interval SmoothedShortest, SamplingErrors StandardErrors, bool IsExact)
{
    /// <summary>How far apart, sampling aside, the ends of the shortest interval may lie from the order statistics, in the unit of the result: 0 where <see cref="IsExact"/>, otherwise the width of the bins they were found in.</summary>
    public double Resolution { get; init; }

    internal BinQuantiles Distribution { get; init; } = null!;

    /// <summary>The mean of the trials, the estimate.</summary>
    public double Mean => Moments.Mean;

    /// <summary>The value not exceeded with the given probability, from the grid of counts.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not strictly between 0 and 1.</exception>
    public double Quantile(double probability)
    {
        Require.Probability(probability);
        return Distribution.At(probability);
    }

    /// <summary>The share of the trials not above a value: the conformity probability against an upper limit, from the grid of counts.</summary>
    /// <param name="value">In the unit of the result, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public double Cdf(double value)
    {
        Require.Finite(value);
        return Distribution.Below(value);
    }

    /// <summary>Equal shares of the trials over the middle of the distribution, for a picture.</summary>
    /// <param name="bins">How many bars, at least 1.</param>
    /// <returns>The edges, one more than the bars, and the density in each.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one bar.</exception>
    public (double[] Edges, double[] Densities) Histogram(int bins)
    {
        Require.AtLeast(bins, 1);
        double low = Distribution.At(0.0005), high = Distribution.At(0.9995);
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => low + (high - low) * i / bins)];
        return (edges, [.. Enumerable.Range(0, bins).Select(i => high > low ? (Cdf(edges[i + 1]) - Cdf(edges[i])) / (edges[i + 1] - edges[i]) : 0)]);
    }
}

/// <summary>Standard errors of the four statistics of JCGM 101, 7.9, in the unit of the result.</summary>
/// <param name="Mean">Of the mean.</param>
/// <param name="StandardUncertainty">Of u, by the fourth moment.</param>
/// <param name="Low">Of the lower end of the symmetric interval, by neighbouring order statistics.</param>
/// <param name="High">Of the upper end.</param>
public readonly record struct SamplingErrors(double Mean, double StandardUncertainty, double Low, double High)
{
    /// <summary>The largest.</summary>
    public double Largest => Math.Max(Math.Max(Mean, StandardUncertainty), Math.Max(Low, High));
}

/// <summary>A Monte Carlo evaluation (蒙特卡洛法评定).</summary>
/// <param name="Trials">M as run.</param>
/// <param name="Outputs">One for each result of the model.</param>
/// <param name="Covariance">Of the results, sample covariances in the products of their units.</param>
/// <param name="Options">As run: seed, generator, coverage.</param>
public sealed record MonteCarloResult(long Trials, MonteCarloOutput[] Outputs, double[,] Covariance, MonteCarloOptions Options)
{
    /// <summary>The correlation coefficient of two results; 0 where one does not vary.</summary>
    public double Correlation(int first, int second) =>
        Covariance[first, first] * Covariance[second, second] is var product && product > 0 ? Covariance[first, second] / Math.Sqrt(product) : 0;
}
