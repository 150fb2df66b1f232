using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>The normal distribution (正态分布) N(x, u²) of JCGM 101, 6.4.7.</summary>
public sealed record NormalDistribution : InputDistribution
{
    private readonly double mean, deviation;

    private NormalDistribution(double mean, double deviation) => (this.mean, this.deviation) = (mean, deviation);

    /// <summary>By estimate and standard deviation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the standard deviation is not positive.</exception>
    public static NormalDistribution FromStandardDeviation(double estimate, double standardDeviation)
    {
        Require.Finite(estimate);
        Require.Positive(standardDeviation);
        return new(estimate, standardDeviation);
    }

    /// <summary>By estimate, expanded uncertainty and coverage factor, as a certificate states them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the uncertainty or the factor is not positive.</exception>
    public static NormalDistribution FromExpandedUncertainty(double estimate, double expandedUncertainty, double coverageFactor)
    {
        Require.Positive(expandedUncertainty);
        Require.Positive(coverageFactor);
        return FromStandardDeviation(estimate, expandedUncertainty / coverageFactor);
    }

    /// <inheritdoc/>
    public override string Symbol => $"{Show("N", mean, deviation)[..^1]}²)";

    internal override (string, (string, double)[]) Parameters => ("normal", [("mean", mean), ("standardDeviation", deviation)]);

    /// <inheritdoc/>
    public override double? Mean => mean;

    /// <inheritdoc/>
    public override double? Variance => deviation * deviation;

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => 0;

    /// <inheritdoc/>
    public override double? FourthCentralMoment => 3 * Math.Pow(deviation, 4);

    /// <inheritdoc/>
    public override Interval Support => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <inheritdoc/>
    public override bool IsSymmetric => true;

    internal override double DensityAt(double x) => Normal.Density((x - mean) / deviation) / deviation;

    internal override double CdfAt(double x) => Normal.UpperTailOf((mean - x) / deviation);

    internal override double QuantileAt(double p) => mean + deviation * Normal.QuantileOf(p);

    internal override double UpperQuantileAt(double p) => mean - deviation * Normal.QuantileOf(p);

    internal override QuantileShape QuantileShape => QuantileShape.Linear;

    internal override Complex? CharacteristicAt(double t) => Turned(mean, t, Math.Exp(-0.5 * deviation * t * deviation * t));

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        stream.Fill(target);
        BlockMath.Normal(target, mean, deviation);
    }
}

/// <summary>Student's t distribution (t 分布) t<sub>ν</sub>(x, s²), scaled and shifted, of JCGM 101, 6.4.9.</summary>
public sealed record StudentTDistribution : InputDistribution
{
    private readonly double location, scale;

    private StudentTDistribution(double location, double scale, double nu) => (this.location, this.scale, DegreesOfFreedom) = (location, scale, nu);

    /// <summary>ν.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>The middle, which is the median also where there is no mean.</summary>
    public double Location => location;

    /// <summary>s, which is not the standard deviation.</summary>
    public double ScaleParameter => scale;

    /// <summary>By location and <em>scale</em> s, as JCGM 101 Table 1 means it: s = s(x)/√n of n = ν + 1 observations. The standard deviation is larger, s√(ν/(ν − 2)).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the scale or ν is not positive.</exception>
    public static StudentTDistribution FromScale(double location, double scale, double degreesOfFreedom)
    {
        Require.Finite(location);
        Require.Positive(scale);
        Require.DegreesOfFreedom(degreesOfFreedom);
        return new(location, scale, degreesOfFreedom);
    }

    /// <summary>By location and <em>standard deviation</em>; the scale is smaller, by √((ν − 2)/ν).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, the standard deviation is not positive, or ν is not above 2: then there is no standard deviation.</exception>
    public static StudentTDistribution FromStandardDeviation(double location, double standardDeviation, double degreesOfFreedom)
    {
        Require.Positive(standardDeviation);
        if (!(degreesOfFreedom > 2))
            throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "A t distribution has a standard deviation only above 2 degrees of freedom: give its scale instead.");
        return FromScale(location, double.IsPositiveInfinity(degreesOfFreedom) ? standardDeviation : standardDeviation * Math.Sqrt((degreesOfFreedom - 2) / degreesOfFreedom), degreesOfFreedom);
    }

    /// <summary>From repeated observations: mean, s/√n and n − 1 degrees of freedom (JCGM 101, 6.4.9.2).</summary>
    /// <exception cref="ArgumentException">Fewer than two observations, or all equal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An observation is not finite.</exception>
    public static StudentTDistribution FromObservations(double[] observations)
    {
        Require.Finite(observations, 2);
        var n = observations.Length;
        var mean = observations[0] + observations.Sum(v => v - observations[0]) / n;
        var squares = observations.Sum(v => (v - mean) * (v - mean));
        if (squares == 0)
            throw new ArgumentException("All observations are equal: their spread says nothing of the uncertainty.", nameof(observations));
        return new(mean, Math.Sqrt(squares / (n - 1.0) / n), n - 1);
    }

    private double Nu => DegreesOfFreedom;

    /// <inheritdoc/>
    public override string Symbol => $"{Show("t", Nu, location, scale)[..^1]}²)";

    internal override (string, (string, double)[]) Parameters => ("t", [("location", location), ("scale", scale), ("degreesOfFreedom", DegreesOfFreedom)]);

    /// <inheritdoc/>
    public override double? Mean => Nu > 1 ? location : null;

    /// <inheritdoc/>
    public override double? Variance => Nu > 2 ? scale * scale * Ratio(2) : null;

    /// <summary>ν/(ν − k), 1 for infinite ν.</summary>
    private double Ratio(double k) => 1 / (1 - k / Nu);

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => Nu > 3 ? 0 : null;

    /// <inheritdoc/>
    public override double? FourthCentralMoment => Nu > 4 ? 3 * Math.Pow(scale, 4) * Ratio(2) * Ratio(4) : null;

    /// <inheritdoc/>
    public override Interval Support => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <inheritdoc/>
    public override bool IsSymmetric => true;

    internal override double DensityAt(double x) => StudentT.DensityOf((x - location) / scale, Nu) / scale;

    internal override double CdfAt(double x) => StudentT.UpperTailOf((location - x) / scale, Nu);

    internal override double UpperQuantileAt(double p) => location + scale * StudentT.UpperQuantileOf(p, Nu);

    internal override QuantileShape QuantileShape => QuantileShape.Tailed;

    internal override (double Middle, double Unit) TailedScale => (location, scale * Math.Sqrt(Math.Min(Nu, 1e6)));

    internal override double QuantileAt(double p) => location + scale * (p > 0.5 ? StudentT.UpperQuantileOf(1 - p, Nu) : -StudentT.UpperQuantileOf(p, Nu));

    internal override Complex? CharacteristicAt(double t) => Turned(location, t, Nu > 1e6 ? Math.Exp(-0.5 * scale * t * scale * t) : Bessel.StudentTCharacteristic(scale * t, Nu));

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        if (Nu > 1e6)
        {
            stream.Fill(target);
            BlockMath.Normal(target, location, scale);
            return;
        }
        stream.Fill(scratch[..(2 * target.Length)]);
        BlockMath.StudentT(scratch[..target.Length], scratch[target.Length..], location, scale, Nu, target);
    }
}
