namespace Plumbline.Numerics;

/// <summary>What is known of a quantity before an item is measured: the distribution of the process that makes the items (JCGM 106, 6.2).</summary>
public abstract class ProcessDistribution
{
    private const double Tail = 1e-17;

    private protected ProcessDistribution()
    {
    }

    /// <summary>The density.</summary>
    /// <param name="x">In the unit of the quantity.</param>
    /// <returns>Not negative.</returns>
    public abstract double Density(double x);

    /// <summary>The probability of a value not above <paramref name="x"/>.</summary>
    /// <param name="x">In the unit of the quantity.</param>
    /// <returns>A probability.</returns>
    public abstract double Below(double x);

    /// <summary>The probability of a value above <paramref name="x"/>, with its digits when small.</summary>
    /// <param name="x">In the unit of the quantity.</param>
    /// <returns>A probability.</returns>
    public abstract double Above(double x);

    /// <summary>Where all probability that counts lies.</summary>
    internal abstract (double Low, double High) Range { get; }

    /// <summary>Where the density turns or jumps.</summary>
    internal abstract double[] Breaks { get; }

    internal virtual (double Mean, double Deviation)? Gaussian => null;

    /// <summary>A normal process.</summary>
    /// <param name="mean">Finite.</param>
    /// <param name="standardDeviation">Greater than zero.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static ProcessDistribution Normal(double mean, double standardDeviation)
    {
        Require.Finite(mean);
        Require.Positive(standardDeviation);
        return new NormalProcess(mean, standardDeviation);
    }

    /// <summary>A centred normal process of which the given share lies within the limits.</summary>
    /// <param name="limits">Two limits.</param>
    /// <param name="inToleranceProbability">Share within, strictly between 0 and 1.</param>
    /// <returns>The distribution: σ is the half-width over Φ⁻¹((1 + itp)/2).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside its range.</exception>
    /// <exception cref="ArgumentException">Only one limit.</exception>
    public static ProcessDistribution InTolerance(ToleranceLimits limits, double inToleranceProbability)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Require.Probability(inToleranceProbability);
        return limits is { Lower: { } low, Upper: { } high }
            ? new NormalProcess(0.5 * (low + high), 0.5 * (high - low) / Numerics.Normal.UpperQuantile(0.5 * (1 - inToleranceProbability)))
            : throw new ArgumentException("Two limits are needed.", nameof(limits));
    }

    /// <summary>A gamma process, as in JCGM 106, 9.5.4.</summary>
    /// <param name="shape">α, greater than zero.</param>
    /// <param name="rate">λ, the reciprocal of the scale, greater than zero.</param>
    /// <returns>The distribution, from zero upwards.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static ProcessDistribution Gamma(double shape, double rate)
    {
        Require.Positive(shape);
        Require.Positive(rate);
        return new GammaProcess(shape, rate);
    }

    /// <summary>A rectangular process.</summary>
    /// <param name="lower">The lower end, finite.</param>
    /// <param name="upper">The upper end, finite and above the lower.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static ProcessDistribution Rectangular(double lower, double upper)
    {
        var ends = ToleranceLimits.Between(lower, upper);
        return new RectangularProcess(ends.Low, ends.High);
    }

    /// <summary>A process known by its history: a smooth density through past results (Gaussian kernels of Silverman's width).</summary>
    /// <param name="history">Past results, at least 5 and not all alike.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Too few values, or all alike.</exception>
    public static ProcessDistribution History(double[] history)
    {
        Require.Finite(history, 5);
        var mean = history.Average();
        var deviation = Math.Sqrt(history.Sum(x => (x - mean) * (x - mean)) / (history.Length - 1));
        if (!(deviation > 0))
            throw new ArgumentException("All values are alike: there is no spread to learn from.", nameof(history));
        return new HistoricProcess([.. history.Order()], 1.06 * deviation * Math.Pow(history.Length, -0.2));
    }

    private sealed class NormalProcess(double mean, double deviation) : ProcessDistribution
    {
        internal override (double Mean, double Deviation)? Gaussian => (mean, deviation);

        internal override (double Low, double High) Range => (mean - 9 * deviation, mean + 9 * deviation);

        internal override double[] Breaks => [mean - 3 * deviation, mean, mean + 3 * deviation];

        public override double Density(double x) => Numerics.Normal.Density((x - mean) / deviation) / deviation;

        public override double Below(double x) => Numerics.Normal.UpperTailOf((mean - x) / deviation);

        public override double Above(double x) => Numerics.Normal.UpperTailOf((x - mean) / deviation);
    }

    private sealed class GammaProcess(double shape, double rate) : ProcessDistribution
    {
        internal override (double Low, double High) Range => (0, ChiSquare.UpperQuantile(Tail, 2 * shape) / (2 * rate));

        internal override double[] Breaks => [0, shape / rate, (shape + 3 * Math.Sqrt(shape)) / rate];

        public override double Density(double x) => x < 0 || (x == 0 && shape > 1) ? 0 : 2 * rate * ChiSquare.Density(Math.Max(x, 1e-300) * 2 * rate, 2 * shape);

        public override double Below(double x) => GammaFunctions.Incomplete(shape, rate * x).Lower;

        public override double Above(double x) => GammaFunctions.Incomplete(shape, rate * x).Upper;
    }

    private sealed class RectangularProcess(double lower, double upper) : ProcessDistribution
    {
        internal override (double Low, double High) Range => (lower, upper);

        internal override double[] Breaks => [];

        public override double Density(double x) => x >= lower && x <= upper ? 1 / (upper - lower) : 0;

        public override double Below(double x) => Math.Clamp((x - lower) / (upper - lower), 0, 1);

        public override double Above(double x) => Math.Clamp((upper - x) / (upper - lower), 0, 1);
    }

    private sealed class HistoricProcess(double[] sorted, double width) : ProcessDistribution
    {
        internal override (double Low, double High) Range => (sorted[0] - 9 * width, sorted[^1] + 9 * width);

        internal override double[] Breaks => [.. sorted.Where((_, i) => i % Math.Max(1, sorted.Length / 20) == 0)];

        public override double Density(double x) => sorted.Average(c => Numerics.Normal.Density((x - c) / width)) / width;

        public override double Below(double x) => sorted.Average(c => Numerics.Normal.UpperTailOf((c - x) / width));

        public override double Above(double x) => sorted.Average(c => Numerics.Normal.UpperTailOf((x - c) / width));
    }
}
