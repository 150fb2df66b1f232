namespace Plumbline.Numerics;

/// <summary>A mixture of normal distributions: the difference of a laboratory's result from the reference value, over all nodes of the posterior.</summary>
internal sealed class DifferenceMixture
{
    private readonly List<(double Centre, double Deviation, double Weight)> parts = [];
    private double total;

    internal void Add(double centre, double deviation, double weight)
    {
        if (!(weight > 0))
            return;
        parts.Add((centre, deviation, weight));
        total += weight;
    }

    internal double StandardDeviation
    {
        get
        {
            var mean = parts.Sum(p => p.Weight * p.Centre) / total;
            return Math.Sqrt(parts.Sum(p => p.Weight * (p.Deviation * p.Deviation + (p.Centre - mean) * (p.Centre - mean))) / total);
        }
    }

    /// <summary>The half-width of the interval about zero that holds the given probability.</summary>
    internal double HalfWidth(double coverage)
    {
        // False position with Illinois' halving, from a bracket about what a normal distribution would give.
        var guess = Math.Max(StandardDeviation, double.Epsilon);
        double low = 0, high = 2.2 * guess, atLow = coverage, atHigh = Outside(high) - (1 - coverage);
        while (atHigh > 0)
            (low, atLow, high, atHigh) = (high, atHigh, 1.5 * high, Outside(1.5 * high) - (1 - coverage));
        for (var (i, side) = (0, 0); i < 100 && high - low > 1e-9 * high; i++)
        {
            var middle = low + (high - low) * (atLow / (atLow - atHigh));
            var at = Outside(middle) - (1 - coverage);
            if (Math.Abs(at) < 1e-9)
                return middle;
            if (at > 0)
                (low, atLow, atHigh, side) = (middle, at, side > 0 ? atHigh / 2 : atHigh, 1);
            else
                (high, atHigh, atLow, side) = (middle, at, side < 0 ? atLow / 2 : atLow, -1);
        }
        return low + (high - low) / 2;
    }

    private double Outside(double h)
    {
        var sum = 0.0;
        foreach (var (centre, deviation, weight) in parts)
            sum += weight * (ErrorFunction.FastNormalCdf((-h - centre) / deviation) + ErrorFunction.FastNormalCdf((centre - h) / deviation));
        return sum / total;
    }
}

/// <summary>Gathers millions of normal components in classes of like centre and like width, each kept at its own mean: about sd/12 by 4 %.</summary>
internal sealed class DifferenceClasses
{
    private const int PerUnit = 25;
    private const int Centres = 161;
    private readonly int first;
    private readonly double step;
    private readonly double[] weight, centre, square;

    internal DifferenceClasses(double[] sigma, double tau, double deviation)
    {
        var (narrow, wide) = (sigma.Min(), double.Hypot(sigma.Max(), tau));
        first = (int)Math.Floor(PerUnit * Math.Log(narrow));
        var widths = (int)Math.Ceiling(PerUnit * Math.Log(wide)) - first + 2;
        step = deviation > 0 ? deviation / 12 : 1;
        (weight, centre, square) = (new double[widths * Centres], new double[widths * Centres], new double[widths * Centres]);
    }

    internal void Add(double distance, double variance, double mass)
    {
        var place = (int)Math.Clamp(Math.Round(distance / step) + Centres / 2, 0, Centres - 1);
        var index = ((int)Math.Round(PerUnit * 0.5 * Math.Log(variance)) - first) * Centres + place;
        weight[index] += mass;
        centre[index] += mass * distance;
        square[index] += mass * (variance + distance * distance);
    }

    internal DifferenceMixture Mixture()
    {
        var mixture = new DifferenceMixture();
        for (var i = 0; i < weight.Length; i++)
            if (weight[i] > 0 && centre[i] / weight[i] is var middle)
                mixture.Add(middle, Math.Sqrt(square[i] / weight[i] - middle * middle), weight[i]);
        return mixture;
    }
}

/// <summary>A degree of equivalence from a posterior, in the unit of the results.</summary>
/// <param name="Deviation">The result less the posterior mean of the reference value.</param>
/// <param name="StandardUncertainty">The standard deviation of the predicted difference.</param>
/// <param name="ExpandedUncertainty">The half-width of the interval about the deviation that holds the coverage probability.</param>
public sealed record PosteriorDegree(double Deviation, double StandardUncertainty, double ExpandedUncertainty);
