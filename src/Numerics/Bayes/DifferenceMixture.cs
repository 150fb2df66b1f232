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
        double low = 0, high = parts.Max(p => Math.Abs(p.Centre) + p.Deviation);
        while (Outside(high) > 1 - coverage)
            high *= 2;
        for (var i = 0; i < 60 && high - low > 1e-9 * high; i++)
        {
            var middle = low + (high - low) / 2;
            if (Outside(middle) > 1 - coverage)
                low = middle;
            else
                high = middle;
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

/// <summary>A degree of equivalence from a posterior, in the unit of the results.</summary>
/// <param name="Deviation">The result less the posterior mean of the reference value.</param>
/// <param name="StandardUncertainty">The standard deviation of the predicted difference.</param>
/// <param name="ExpandedUncertainty">The half-width of the interval about the deviation that holds the coverage probability.</param>
public sealed record PosteriorDegree(double Deviation, double StandardUncertainty, double ExpandedUncertainty);
