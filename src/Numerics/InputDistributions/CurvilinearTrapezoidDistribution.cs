using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>The curvilinear trapezoid (曲线梯形分布) CTrap(a, b, d) of JCGM 101, 6.4.3: a rectangular distribution whose limits are themselves known only to ± d.</summary>
public sealed record CurvilinearTrapezoidDistribution : InputDistribution
{
    private readonly double middle, half, inexactness;

    private CurvilinearTrapezoidDistribution(double middle, double half, double inexactness) => (this.middle, this.half, this.inexactness) = (middle, half, inexactness);

    /// <summary>By the limits a and b and the half-width d within which each of them is known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, b is not above a, or d is not between 0 and half the width.</exception>
    public static CurvilinearTrapezoidDistribution Limits(double lower, double upper, double inexactness)
    {
        Require.Finite(lower);
        Require.Above(upper, lower);
        return HalfWidth(lower + (upper - lower) / 2, (upper - lower) / 2, inexactness);
    }

    /// <summary>By middle, half-width and the half-width d within which the limits are known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, the half-width is not positive, or d is not greater than 0 and below the half-width.</exception>
    public static CurvilinearTrapezoidDistribution HalfWidth(double estimate, double halfWidth, double inexactness)
    {
        Require.Finite(estimate);
        Require.Positive(halfWidth);
        Require.Positive(inexactness);
        if (!(inexactness < halfWidth))
            throw new ArgumentOutOfRangeException(nameof(inexactness), inexactness, $"Must be below the half-width {halfWidth}.");
        return new(estimate, halfWidth, inexactness);
    }

    private double Least => half - inexactness;

    private double Most => half + inexactness;

    private double Height => 1 / (4 * inexactness);

    /// <inheritdoc/>
    public override string Symbol => Show("CTrap", middle - half, middle + half, inexactness);

    internal override (string, (string, double)[]) Parameters => ("curvilinearTrapezoid", [("middle", middle), ("halfWidth", half), ("inexactness", inexactness)]);

    /// <inheritdoc/>
    public override double? Mean => middle;

    /// <inheritdoc/>
    public override double? Variance => half * half / 3 + inexactness * inexactness / 9;

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => 0;

    /// <inheritdoc/>
    public override double? FourthCentralMoment => (Math.Pow(half, 4) + 2 * half * half * inexactness * inexactness + Math.Pow(inexactness, 4) / 5) / 5;

    /// <inheritdoc/>
    public override Interval Support => new(middle - Most, middle + Most);

    /// <inheritdoc/>
    public override bool IsSymmetric => true;

    internal override double DensityAt(double x) => Height * Math.Log(Most / Math.Max(Math.Abs(x - middle), Least));

    internal override double CdfAt(double x)
    {
        var distance = Math.Abs(x - middle);
        var beyond = distance <= Least ? 0.5 - distance * Height * Math.Log(Most / Least) : Beyond(distance);
        return x < middle ? beyond : 1 - beyond;
    }

    private double Beyond(double distance)
    {
        // W − y − y·ln(W/y) cancels near the end: there it is W·(r²/2 + r³/6 + …) with y = W(1 − r).
        var r = (Most - distance) / Most;
        if (r > 0.05)
            return Height * (Most - distance - distance * Math.Log(Most / distance));
        double sum = 0, power = r;
        for (var k = 2; k < 20; k++)
            sum += (power *= r) / (k * (k - 1));
        return Height * Most * sum;
    }

    internal override double QuantileAt(double p)
    {
        var beyond = Math.Min(p, 1 - p);
        double distance;
        if (beyond >= Beyond(Least))
            distance = (0.5 - beyond) / (Height * Math.Log(Most / Least));
        else
        {
            double low = Least, high = Most;
            // Near the end the tail is a parabola.
            distance = Math.Clamp(Most - Math.Sqrt(2 * beyond * Most / Height), low, high);
            for (var i = 0; i < 200; i++)
            {
                var error = Beyond(distance) - beyond;
                if (error > 0)
                    low = distance;
                else
                    high = distance;
                var next = distance + error / (Height * Math.Log(Most / distance));
                if (!(next > low && next < high))
                    next = 0.5 * (low + high);
                if (Math.Abs(next - distance) <= 1e-16 * Most)
                    break;
                distance = next;
            }
        }
        return p < 0.5 ? middle - distance : middle + distance;
    }

    internal override Complex? CharacteristicAt(double t)
    {
        // The mean of sin(wt)/(wt) over the half-widths w.
        var (x, w) = GaussLegendre.Rule(16 * (2 + (int)Math.Min(inexactness * Math.Abs(t) / 8, 60)));
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += 0.5 * w[i] * Sinc((half + inexactness * x[i]) * t);
        return Turned(middle, t, sum);
    }

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        stream.Fill(scratch[..(2 * target.Length)]);
        BlockMath.CurvilinearTrapezoid(scratch[..target.Length], scratch[target.Length..], middle, half, inexactness, target);
    }
}
