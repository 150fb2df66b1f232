using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>The arc sine or U-shaped distribution (反正弦分布) U(a, b) of JCGM 101, 6.4.6: a quantity that swings like a sine.</summary>
public sealed record ArcSineDistribution : InputDistribution
{
    private readonly double middle, half;

    private ArcSineDistribution(double middle, double half) => (this.middle, this.half) = (middle, half);

    /// <summary>By its limits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not finite, or the upper one is not above the lower.</exception>
    public static ArcSineDistribution Limits(double lower, double upper)
    {
        Require.Finite(lower);
        Require.Above(upper, lower);
        return new(lower + (upper - lower) / 2, (upper - lower) / 2);
    }

    /// <summary>By its middle and half-width (the amplitude).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the half-width is not positive.</exception>
    public static ArcSineDistribution HalfWidth(double estimate, double halfWidth)
    {
        Require.Finite(estimate);
        Require.Positive(halfWidth);
        return new(estimate, halfWidth);
    }

    /// <summary>By its middle and standard deviation, the amplitude over √2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the standard deviation is not positive.</exception>
    public static ArcSineDistribution FromStandardDeviation(double estimate, double standardDeviation)
    {
        Require.Positive(standardDeviation);
        return HalfWidth(estimate, standardDeviation * Math.Sqrt(2));
    }

    /// <inheritdoc/>
    public override string Symbol => Show("U", middle - half, middle + half);

    internal override (string, (string, double)[]) Parameters => ("arcsine", [("middle", middle), ("halfWidth", half)]);

    /// <inheritdoc/>
    public override double? Mean => middle;

    /// <inheritdoc/>
    public override double? Variance => half * half / 2;

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => 0;

    /// <inheritdoc/>
    public override double? FourthCentralMoment => 0.375 * Math.Pow(half, 4);

    /// <inheritdoc/>
    public override Interval Support => new(middle - half, middle + half);

    /// <inheritdoc/>
    public override bool IsSymmetric => true;

    internal override double DensityAt(double x) => 1 / (Math.PI * Math.Sqrt(Math.Max(0, (half - (x - middle)) * (half + (x - middle)))));

    internal override double CdfAt(double x) => 0.5 + Math.Asin(Math.Clamp((x - middle) / half, -1, 1)) / Math.PI;

    internal override QuantileShape QuantileShape => QuantileShape.Linear;

    internal override double QuantileAt(double p) => middle + half * Math.Sin(Math.PI * (p - 0.5));

    internal override Complex? CharacteristicAt(double t) => Turned(middle, t, Bessel.J0(half * t));

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        stream.Fill(target);
        BlockMath.ArcSine(target, middle, half);
    }
}
