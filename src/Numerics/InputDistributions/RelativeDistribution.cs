using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>A distribution given relative to the estimate (相对形式): X = estimate·(1 + Z). The relation stays: another estimate brings its own uncertainty.</summary>
public sealed record RelativeDistribution : InputDistribution
{
    private RelativeDistribution(double estimate, InputDistribution relative) => (Nominal, Relative) = (estimate, relative);

    /// <summary>The estimate to which the spread is relative.</summary>
    public double Nominal { get; }

    /// <summary>The relative deviation Z: 0.01 is one percent.</summary>
    public InputDistribution Relative { get; }

    /// <summary>By the estimate and the distribution of the relative deviation, such as <c>RectangularDistribution.HalfWidth(0, 0.01)</c> for ± 1 %.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The estimate is zero or not finite: nothing can be relative to it.</exception>
    public static RelativeDistribution Of(double estimate, InputDistribution relative)
    {
        ArgumentNullException.ThrowIfNull(relative);
        Require.Finite(estimate);
        if (estimate == 0)
            throw new ArgumentOutOfRangeException(nameof(estimate), estimate, "Nothing can be relative to zero: give the spread in the quantity's unit.");
        return new(estimate, relative);
    }

    /// <summary>The same relative spread about another estimate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The estimate is zero or not finite.</exception>
    public RelativeDistribution At(double estimate) => Of(estimate, Relative);

    /// <inheritdoc/>
    public override string Symbol => $"{Show("", Nominal)[1..^1]}·(1 + {Relative.Symbol})";

    internal override (string, (string, double)[]) Parameters => ("relative", [("estimate", Nominal)]);

    /// <inheritdoc/>
    public override double? Mean => Nominal + Nominal * Relative.Mean;

    /// <inheritdoc/>
    public override double? Variance => Nominal * Nominal * Relative.Variance;

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => Math.Pow(Nominal, 3) * Relative.ThirdCentralMoment;

    /// <inheritdoc/>
    public override double? FourthCentralMoment => Math.Pow(Nominal, 4) * Relative.FourthCentralMoment;

    /// <inheritdoc/>
    public override Interval Support => Nominal > 0 ? new(Outer(Relative.Support.Low), Outer(Relative.Support.High)) : new(Outer(Relative.Support.High), Outer(Relative.Support.Low));

    /// <inheritdoc/>
    public override bool IsSymmetric => Relative.IsSymmetric;

    private double Outer(double z) => Nominal + Nominal * z;

    private double Inner(double x) => (x - Nominal) / Nominal;

    internal override double DensityAt(double x) => Relative.Density(Inner(x)) / Math.Abs(Nominal);

    internal override double CdfAt(double x) => Nominal > 0 ? Relative.Cdf(Inner(x)) : 1 - Relative.Cdf(Inner(x));

    internal override double QuantileAt(double p) => Outer(Relative.Quantile(Nominal > 0 ? p : 1 - p));

    internal override Complex? CharacteristicAt(double t) => Relative.CharacteristicFunction(Nominal * t) is { } f ? Complex.FromPolarCoordinates(1, Nominal * t) * f : null;

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        Relative.Draw(stream, target, scratch);
        BlockMath.Affine(target, Nominal, Nominal);
    }
}

/// <summary>A quantity known exactly (常数).</summary>
public sealed record ConstantDistribution : InputDistribution
{
    private readonly double value;

    private ConstantDistribution(double value) => this.value = value;

    /// <summary>By its value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static ConstantDistribution Of(double value)
    {
        Require.Finite(value);
        return new(value);
    }

    /// <inheritdoc/>
    public override string Symbol => Show("constant", value);

    internal override (string, (string, double)[]) Parameters => ("constant", [("value", value)]);

    /// <inheritdoc/>
    public override double? Mean => value;

    /// <inheritdoc/>
    public override double? Variance => 0;

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => 0;

    /// <inheritdoc/>
    public override double? FourthCentralMoment => 0;

    /// <inheritdoc/>
    public override Interval Support => new(value, value);

    /// <inheritdoc/>
    public override bool IsSymmetric => true;

    internal override double DensityAt(double x) => double.PositiveInfinity;

    internal override double CdfAt(double x) => 1;

    internal override double QuantileAt(double p) => value;

    internal override Complex? CharacteristicAt(double t) => Turned(value, t, 1);

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch) => target.Fill(value);
}
