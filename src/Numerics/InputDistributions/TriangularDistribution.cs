namespace Plumbline.Numerics;

/// <summary>A triangular distribution (三角分布) whose most probable value need not be in the middle.</summary>
public sealed record TriangularDistribution : InputDistribution
{
    private readonly double lower, mode, upper;

    private TriangularDistribution(double lower, double mode, double upper) => (this.lower, this.mode, this.upper) = (lower, mode, upper);

    /// <summary>By its limits and the most probable value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, the limits are out of order, or the mode is not between them.</exception>
    public static TriangularDistribution Limits(double lower, double mode, double upper)
    {
        Require.Finite(lower);
        Require.Above(upper, lower);
        Require.Within(mode, lower, upper);
        return new(lower, mode, upper);
    }

    /// <inheritdoc/>
    public override string Symbol => Show("T", lower, mode, upper);

    internal override (string, (string, double)[]) Parameters => ("triangular", [("lower", lower), ("mode", mode), ("upper", upper)]);

    /// <inheritdoc/>
    public override double? Mean => mode + ((lower - mode) + (upper - mode)) / 3;

    /// <inheritdoc/>
    public override double? Variance => (Left * Left + Left * Right + Right * Right) / 18;

    private double Left => mode - lower;

    private double Right => upper - mode;

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => (Right - Left) * (2 * Left + Right) * (Left + 2 * Right) / 270;

    /// <inheritdoc/>
    public override double? FourthCentralMoment => 2.4 * Variance * Variance;

    /// <inheritdoc/>
    public override Interval Support => new(lower, upper);

    /// <inheritdoc/>
    public override bool IsSymmetric => Left == Right;

    internal override double DensityAt(double x) => 2 / (upper - lower) * (x < mode ? (x - lower) / Left : Right == 0 ? 1 : (upper - x) / Right);

    internal override double CdfAt(double x) => x < mode ? (x - lower) * (x - lower) / ((upper - lower) * Left) : 1 - (upper - x) * (upper - x) / ((upper - lower) * Right);

    internal override QuantileShape QuantileShape => QuantileShape.Block;

    internal override void Quantiles(Span<double> probabilities)
    {
        double width = upper - lower, peak = Left / width, rise = width * Left, fall = width * Right;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var p = probabilities[i];
            probabilities[i] = p < peak ? lower + Math.Sqrt(p * rise) : upper - Math.Sqrt((1 - p) * fall);
        }
    }

    internal override double QuantileAt(double p) => p < Left / (upper - lower)
        ? lower + Math.Sqrt(p * (upper - lower) * Left) : upper - Math.Sqrt((1 - p) * (upper - lower) * Right);
}
