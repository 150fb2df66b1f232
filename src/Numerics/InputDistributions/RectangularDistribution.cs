using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>The rectangular distribution (均匀分布) R(a, b) of JCGM 101, 6.4.2.</summary>
public sealed record RectangularDistribution : InputDistribution
{
    private RectangularDistribution(double lower, double upper) => (Lower, Upper) = (lower, upper);

    /// <summary>The smallest value.</summary>
    public double Lower { get; }

    /// <summary>The largest value.</summary>
    public double Upper { get; }

    /// <summary>By its limits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not finite, or the upper one is not above the lower.</exception>
    public static RectangularDistribution Limits(double lower, double upper)
    {
        Require.Finite(lower);
        Require.Above(upper, lower);
        return new(lower, upper);
    }

    /// <summary>By its middle and half-width, as in "± a".</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the half-width is not positive.</exception>
    public static RectangularDistribution HalfWidth(double estimate, double halfWidth)
    {
        Require.Finite(estimate);
        Require.Positive(halfWidth);
        return new(estimate - halfWidth, estimate + halfWidth);
    }

    /// <summary>By its middle and standard deviation, the half-width over √3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the standard deviation is not positive.</exception>
    public static RectangularDistribution FromStandardDeviation(double estimate, double standardDeviation)
    {
        Require.Finite(estimate);
        Require.Positive(standardDeviation);
        return HalfWidth(estimate, standardDeviation * Math.Sqrt(3));
    }

    private double Middle => Lower + (Upper - Lower) / 2;

    private double Half => (Upper - Lower) / 2;

    /// <inheritdoc/>
    public override string Symbol => Show("R", Lower, Upper);

    internal override (string, (string, double)[]) Parameters => ("rectangular", [("lower", Lower), ("upper", Upper)]);

    /// <inheritdoc/>
    public override double? Mean => Middle;

    /// <inheritdoc/>
    public override double? Variance => Half * Half / 3;

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => 0;

    /// <inheritdoc/>
    public override double? FourthCentralMoment => Math.Pow(Half, 4) / 5;

    /// <inheritdoc/>
    public override Interval Support => new(Lower, Upper);

    /// <inheritdoc/>
    public override bool IsSymmetric => true;

    internal override double DensityAt(double x) => 0.5 / Half;

    internal override double CdfAt(double x) => (x - Lower) / (Upper - Lower);

    internal override QuantileShape QuantileShape => QuantileShape.Linear;

    internal override double QuantileAt(double p) => Middle + Half * (2 * p - 1);

    internal override Complex? CharacteristicAt(double t) => Turned(Middle, t, Sinc(Half * t));

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        stream.Fill(target);
        BlockMath.Affine(target, Upper - Lower, Lower);
    }
}
