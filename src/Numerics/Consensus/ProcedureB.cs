namespace Plumbline.Numerics;

/// <summary>Procedure B of Cox, Metrologia 39 (2002) 589: the reference value is the median of the laboratories' distributions, by Monte Carlo.</summary>
public static class ProcedureB
{
    /// <summary>Results times draws that are kept in memory: 1.6 GB.</summary>
    private const long MostDrawn = 200_000_000;

    /// <summary>Draws every laboratory's value together, takes the median of each draw, and the differences from it.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="random">The stream of chance: the same seed gives the same digits.</param>
    /// <param name="degreesOfFreedom">Infinity (or null for all) for normal distributions; otherwise t scaled and shifted by u and x (JCGM 101, 6.4.9).</param>
    /// <param name="draws">At least 1000; a million or more for two digits of the interval's ends.</param>
    /// <param name="coverage">Coverage probability, strictly between 0 and 1.</param>
    /// <returns>The mean of the drawn medians as reference value, intervals, and degrees of equivalence with shortest intervals.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">No result, more than 2·10⁸ results times draws, or the lengths differ.</exception>
    public static ProcedureBResult Of(double[] values, double[] standardUncertainties, Random random, double[]? degreesOfFreedom = null, int draws = 1_000_000, double coverage = 0.95)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        ArgumentNullException.ThrowIfNull(random);
        if (degreesOfFreedom is not null)
            Require.DegreesOfFreedom(degreesOfFreedom, values.Length);
        Require.AtLeast(draws, 1000);
        Require.Probability(coverage);
        if ((long)values.Length * draws > MostDrawn)
            throw new ArgumentException($"At most {MostDrawn / draws} results with {draws} draws: every laboratory's differences are kept.", nameof(values));
        var frame = Frame.Of(values, standardUncertainties);
        var n = values.Length;
        var medians = new double[draws];
        var differences = new double[n][];
        for (var j = 0; j < n; j++)
            differences[j] = new double[draws];
        double[] x = new double[n], sorted = new double[n];
        for (var r = 0; r < draws; r++)
        {
            random.Normal(x);
            for (var j = 0; j < n; j++)
            {
                if (degreesOfFreedom is not null && !double.IsPositiveInfinity(degreesOfFreedom[j]))
                    x[j] /= Math.Sqrt(random.ChiSquare(degreesOfFreedom[j]) / degreesOfFreedom[j]);
                x[j] = frame.Z[j] + frame.S[j] * x[j];
                sorted[j] = x[j];
            }
            Array.Sort(sorted);
            medians[r] = RobustScale.MedianOfSorted(sorted);
            for (var j = 0; j < n; j++)
                differences[j][r] = x[j] - medians[r];
        }
        var (mean, deviation) = Moments(medians);
        Array.Sort(medians);
        Interval central = Interval.Central(medians, coverage), shortest = Interval.Shortest(medians, coverage);
        return new(
            new() { Method = "procedure-b", Value = frame.Location(mean), StandardUncertainty = frame.Scale * deviation, Included = [.. Enumerable.Repeat(true, n)] },
            Located(central), Located(shortest),
            [.. differences.Select(d =>
            {
                var (m, s) = Moments(d);
                Array.Sort(d);
                var interval = Interval.Shortest(d, coverage);
                return new ProcedureBDegree(frame.Scale * m, frame.Scale * s, new(frame.Scale * interval.Low, frame.Scale * interval.High));
            })],
            draws);
        Interval Located(Interval i) => new(frame.Location(i.Low), frame.Location(i.High));
    }

    private static (double Mean, double Deviation) Moments(double[] values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1)));
    }
}

/// <summary>Procedure B's outcome, in the unit of the results.</summary>
/// <param name="Reference">The reference value.</param>
/// <param name="CentralInterval">Equal-tailed.</param>
/// <param name="ShortestInterval">Shortest.</param>
/// <param name="Degrees">One for each laboratory.</param>
/// <param name="Draws">How many.</param>
public sealed record ProcedureBResult(ConsensusResult Reference, Interval CentralInterval, Interval ShortestInterval, ProcedureBDegree[] Degrees, int Draws);

/// <summary>A degree of equivalence from procedure B.</summary>
/// <param name="Deviation">The mean of x* − x<sub>ref</sub>*.</param>
/// <param name="StandardUncertainty">Its standard deviation.</param>
/// <param name="Interval">The shortest coverage interval.</param>
public sealed record ProcedureBDegree(double Deviation, double StandardUncertainty, Interval Interval);
