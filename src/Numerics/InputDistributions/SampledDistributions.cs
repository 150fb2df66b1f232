using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>The observations themselves as distribution (经验分布): each is drawn with the same probability, as in the bootstrap.</summary>
public sealed record EmpiricalDistribution : InputDistribution
{
    private readonly double[] sorted;

    private EmpiricalDistribution(double[] sorted) => this.sorted = sorted;

    /// <summary>From observations.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An observation is not finite.</exception>
    public static EmpiricalDistribution FromObservations(double[] observations)
    {
        Require.Finite(observations, 2);
        double[] sorted = [.. observations];
        Array.Sort(sorted);
        return new(sorted);
    }

    /// <inheritdoc/>
    public override string Symbol => $"empirical({sorted.Length})";

    internal override (string, (string, double)[]) Parameters => ("empirical", [.. sorted.Select(v => ("value", v))]);

    /// <inheritdoc/>
    public override double? Mean => sorted[0] + sorted.Sum(v => v - sorted[0]) / sorted.Length;

    /// <inheritdoc/>
    public override double? Variance => Central(2);

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => Central(3);

    /// <inheritdoc/>
    public override double? FourthCentralMoment => Central(4);

    /// <inheritdoc/>
    public override Interval Support => new(sorted[0], sorted[^1]);

    private double Central(int power)
    {
        var mean = Mean!.Value;
        return sorted.Sum(v => Math.Pow(v - mean, power)) / sorted.Length;
    }

    internal override double DensityAt(double x) => Array.BinarySearch(sorted, x) >= 0 ? double.PositiveInfinity : 0;

    internal override double CdfAt(double x)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= x)
                low = middle + 1;
            else
                high = middle;
        }
        return (double)low / sorted.Length;
    }

    internal override double QuantileAt(double p) => sorted[Math.Clamp((int)Math.Ceiling(p * sorted.Length) - 1, 0, sorted.Length - 1)];

    internal override Complex? CharacteristicAt(double t)
    {
        var sum = Complex.Zero;
        foreach (var v in sorted)
            sum += Complex.FromPolarCoordinates(1, v * t);
        return sum / sorted.Length;
    }

    /// <summary>Equal when the observations are.</summary>
    public bool Equals(EmpiricalDistribution? other) => other is not null && sorted.AsSpan().SequenceEqual(other.sorted);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(sorted.Length, sorted[0], sorted[^1]);
}

/// <summary>A distribution known by a table of its quantiles (分位数表), such as an earlier Monte Carlo result (JCGM 101, 6.5).</summary>
/// <remarks>Between the entries the quantile function is a straight line. Beyond the first and last entry the line of the last segment continues to probability 0 and 1: give entries near the ends where tails matter.</remarks>
public sealed record QuantileTableDistribution : InputDistribution
{
    private readonly double[] p, q;

    private QuantileTableDistribution(double[] p, double[] q) => (this.p, this.q) = (p, q);

    /// <summary>From probabilities and the values not exceeded with them.</summary>
    /// <exception cref="ArgumentException">The two differ in length, or one does not rise.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a probability is not between 0 and 1.</exception>
    public static QuantileTableDistribution FromTable(double[] probabilities, double[] quantiles)
    {
        Require.Finite(probabilities, 2);
        Require.Finite(quantiles, 2);
        Require.SameLength(quantiles, probabilities.Length);
        for (var i = 0; i < probabilities.Length; i++)
        {
            Require.Within(probabilities[i], 0, 1, nameof(probabilities));
            if (i > 0 && !(probabilities[i] > probabilities[i - 1]))
                throw new ArgumentException($"Must rise: entry {i + 1} is not above entry {i}.", nameof(probabilities));
            if (i > 0 && !(quantiles[i] > quantiles[i - 1]))
                throw new ArgumentException($"Must rise: entry {i + 1} is not above entry {i}.", nameof(quantiles));
        }
        var n = probabilities.Length;
        List<double> p = [.. probabilities], q = [.. quantiles];
        if (p[0] > 0)
        {
            q.Insert(0, q[0] - p[0] * (q[1] - q[0]) / (p[1] - p[0]));
            p.Insert(0, 0);
        }
        if (p[^1] < 1)
        {
            q.Add(quantiles[n - 1] + (1 - probabilities[n - 1]) * (quantiles[n - 1] - quantiles[n - 2]) / (probabilities[n - 1] - probabilities[n - 2]));
            p.Add(1);
        }
        return new([.. p], [.. q]);
    }

    /// <inheritdoc/>
    public override string Symbol => $"quantiles({p.Length})";

    internal override (string, (string, double)[]) Parameters => ("quantiles", [.. p.Select(v => ("probability", v)), .. q.Select(v => ("quantile", v))]);

    /// <inheritdoc/>
    public override double? Mean => q[0] + Pieces().Sum(s => s.Share * (s.Middle - q[0]));

    /// <inheritdoc/>
    public override double? Variance => Central((d, h) => d * d + h * h / 3);

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => Central((d, h) => d * d * d + d * h * h);

    /// <inheritdoc/>
    public override double? FourthCentralMoment => Central((d, h) => d * d * d * d + 2 * d * d * h * h + h * h * h * h / 5);

    /// <inheritdoc/>
    public override Interval Support => new(q[0], q[^1]);

    /// <summary>Each segment is a rectangular distribution with that share of the probability.</summary>
    private IEnumerable<(double Share, double Middle, double Half)> Pieces() =>
        Enumerable.Range(1, p.Length - 1).Select(i => (p[i] - p[i - 1], q[i - 1] + (q[i] - q[i - 1]) / 2, (q[i] - q[i - 1]) / 2));

    private double Central(Func<double, double, double> moment)
    {
        var mean = Mean!.Value;
        return Pieces().Sum(s => s.Share * moment(s.Middle - mean, s.Half));
    }

    private static int Segment(double[] table, double value)
    {
        var at = Array.BinarySearch(table, value);
        return Math.Clamp(at >= 0 ? at : ~at, 1, table.Length - 1);
    }

    internal override double DensityAt(double x)
    {
        var i = Segment(q, x);
        return (p[i] - p[i - 1]) / (q[i] - q[i - 1]);
    }

    internal override double CdfAt(double x)
    {
        var i = Segment(q, x);
        return p[i - 1] + (p[i] - p[i - 1]) * (x - q[i - 1]) / (q[i] - q[i - 1]);
    }

    internal override double QuantileAt(double probability)
    {
        var i = Segment(p, probability);
        return q[i - 1] + (q[i] - q[i - 1]) * (probability - p[i - 1]) / (p[i] - p[i - 1]);
    }

    internal override Complex? CharacteristicAt(double t)
    {
        var sum = Complex.Zero;
        foreach (var (share, middle, half) in Pieces())
            sum += share * Turned(middle, t, Sinc(half * t));
        return sum;
    }

    /// <summary>Equal when the tables are.</summary>
    public bool Equals(QuantileTableDistribution? other) => other is not null && p.AsSpan().SequenceEqual(other.p) && q.AsSpan().SequenceEqual(other.q);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(p.Length, q[0], q[^1]);
}
