using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>The symmetric trapezoidal distribution (梯形分布) Trap(a, b, β) of JCGM 101, 6.4.4: the sum of two rectangular quantities.</summary>
public sealed record TrapezoidalDistribution : InputDistribution
{
    private readonly double middle, half;

    private TrapezoidalDistribution(double middle, double half, double beta) => (this.middle, this.half, Beta) = (middle, half, beta);

    /// <summary>The width of the top over the width of the base, from 0 (triangular) to 1 (rectangular).</summary>
    public double Beta { get; }

    /// <summary>By the limits of the base and the ratio of top to base.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, the limits are out of order, or β is not between 0 and 1.</exception>
    public static TrapezoidalDistribution Limits(double lower, double upper, double beta)
    {
        Require.Finite(lower);
        Require.Above(upper, lower);
        return HalfWidth(lower + (upper - lower) / 2, (upper - lower) / 2, beta);
    }

    /// <summary>By middle, half-width of the base and the ratio of top to base.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, the half-width is not positive, or β is not between 0 and 1.</exception>
    public static TrapezoidalDistribution HalfWidth(double estimate, double halfWidth, double beta)
    {
        Require.Finite(estimate);
        Require.Positive(halfWidth);
        Require.Within(beta, 0, 1);
        return new(estimate, halfWidth, beta);
    }

    /// <summary>The sum of two independent rectangular quantities by their half-widths (JCGM 101, 6.4.4.2).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a half-width is not positive.</exception>
    public static TrapezoidalDistribution SumOfRectangles(double estimate, double firstHalfWidth, double secondHalfWidth)
    {
        Require.Positive(firstHalfWidth);
        Require.Positive(secondHalfWidth);
        return HalfWidth(estimate, firstHalfWidth + secondHalfWidth, Math.Abs(firstHalfWidth - secondHalfWidth) / (firstHalfWidth + secondHalfWidth));
    }

    /// <summary>The triangular distribution (三角分布) T(a, b) of JCGM 101, 6.4.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not finite, or the upper one is not above the lower.</exception>
    public static TrapezoidalDistribution Triangular(double lower, double upper) => Limits(lower, upper, 0);

    /// <inheritdoc/>
    public override string Symbol => Beta == 0 ? Show("T", middle - half, middle + half) : Show("Trap", middle - half, middle + half, Beta);

    internal override (string, (string, double)[]) Parameters => ("trapezoidal", [("middle", middle), ("halfWidth", half), ("beta", Beta)]);

    private double Wide => half * (1 + Beta) / 2;

    private double Narrow => half * (1 - Beta) / 2;

    /// <inheritdoc/>
    public override double? Mean => middle;

    /// <inheritdoc/>
    public override double? Variance => half * half * (1 + Beta * Beta) / 6;

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => 0;

    /// <inheritdoc/>
    public override double? FourthCentralMoment => (Math.Pow(Wide, 4) + Math.Pow(Narrow, 4)) / 5 + 2 * Wide * Wide * Narrow * Narrow / 3;

    /// <inheritdoc/>
    public override Interval Support => new(middle - half, middle + half);

    /// <inheritdoc/>
    public override bool IsSymmetric => true;

    private double Peak => 1 / (half * (1 + Beta));

    internal override double DensityAt(double x)
    {
        var distance = Math.Abs(x - middle);
        return distance <= half * Beta ? Peak : Peak * (half - distance) / (half * (1 - Beta));
    }

    internal override double CdfAt(double x)
    {
        var distance = Math.Abs(x - middle);
        // The probability beyond that distance on one side.
        var beyond = distance <= half * Beta ? 0.5 - Peak * distance : Peak * (half - distance) * (half - distance) / (2 * half * (1 - Beta));
        return x < middle ? beyond : 1 - beyond;
    }

    internal override QuantileShape QuantileShape => QuantileShape.Block;

    internal override void Quantiles(Span<double> probabilities)
    {
        double slope = half * (1 - Beta) / 2 * Peak, end = 2 * half * (1 - Beta) / Peak, peak = 1 / Peak;
        for (var i = 0; i < probabilities.Length; i++)
        {
            double p = probabilities[i], beyond = Math.Min(p, 1 - p), distance = beyond < slope ? half - Math.Sqrt(beyond * end) : (0.5 - beyond) * peak;
            probabilities[i] = p < 0.5 ? middle - distance : middle + distance;
        }
    }

    internal override double QuantileAt(double p)
    {
        var beyond = Math.Min(p, 1 - p);
        var slope = half * (1 - Beta) / 2 * Peak;
        var distance = beyond < slope ? half - Math.Sqrt(2 * beyond * half * (1 - Beta) / Peak) : (0.5 - beyond) / Peak;
        return p < 0.5 ? middle - distance : middle + distance;
    }

    internal override Complex? CharacteristicAt(double t) => Turned(middle, t, Sinc(Wide * t) * Sinc(Narrow * t));

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        stream.Fill(scratch[..(2 * target.Length)]);
        BlockMath.Combine(scratch[..target.Length], 2 * Wide, scratch[target.Length..], 2 * Narrow, middle - half, target);
    }
}
