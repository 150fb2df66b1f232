namespace Plumbline.Numerics;

/// <summary>A standard distribution of ln t: logarithms of density and tails with their derivatives, far out as well.</summary>
internal abstract class LifeFamily
{
    internal static readonly LifeFamily SmallestExtreme = new SmallestExtremeFamily();

    internal static readonly LifeFamily Gauss = new GaussFamily();

    internal abstract double Quantile(double probability);

    /// <summary>ln φ(z), its first and second derivative.</summary>
    internal abstract (double Value, double First, double Second) Density(double z);

    /// <summary>ln S(z), upper tail.</summary>
    internal abstract (double Value, double First, double Second) Upper(double z);

    /// <summary>ln F(z), lower tail.</summary>
    internal abstract (double Value, double First, double Second) Lower(double z);

    /// <summary>ln (F(b) − F(a)), a &lt; b, with gradient and Hessian in (a, b).</summary>
    internal (double Value, double A, double B, double Aa, double Ab, double Bb) Between(double a, double b)
    {
        // Of the two ways to take the difference the one in the smaller tail keeps its digits.
        double upper = Upper(a).Value, lower = Lower(b).Value;
        var log = upper < lower ? LogDifference(upper, Upper(b).Value) : LogDifference(lower, Lower(a).Value);
        var (fa, ga, _) = Density(a);
        var (fb, gb, _) = Density(b);
        double p = Math.Exp(fa - log), q = Math.Exp(fb - log);
        return (log, -p, q, -p * ga - p * p, p * q, q * gb - q * q);
    }

    private static double LogDifference(double larger, double smaller)
    {
        var d = smaller - larger;
        return larger + (d > -Math.Log(2) ? Math.Log(OneMinusExp(-d)) : GammaFunctions.Log1P(-Math.Exp(d)));
    }

    /// <summary>1 − e<sup>−w</sup> without cancellation.</summary>
    private protected static double OneMinusExp(double w) => w > 1 ? 1 - Math.Exp(-w) : 2 * Math.Sinh(w / 2) * Math.Exp(-w / 2);

    private sealed class SmallestExtremeFamily : LifeFamily
    {
        internal override double Quantile(double probability) => Math.Log(-GammaFunctions.Log1P(-probability));

        internal override (double, double, double) Density(double z)
        {
            var w = Math.Exp(z);
            return (z - w, 1 - w, -w);
        }

        internal override (double, double, double) Upper(double z)
        {
            var w = Math.Exp(z);
            return (-w, -w, -w);
        }

        internal override (double, double, double) Lower(double z)
        {
            var w = Math.Exp(z);
            var share = OneMinusExp(w);
            var ratio = w > 0 ? w * Math.Exp(-w) / share : 1;
            return (share > 0 ? Math.Log(share) : z, ratio, ratio * (1 - w) - ratio * ratio);
        }
    }

    private sealed class GaussFamily : LifeFamily
    {
        private static readonly double logRootTwoPi = Math.Log(2 * Math.PI) / 2;

        internal override double Quantile(double probability) => Normal.QuantileOf(probability);

        internal override (double, double, double) Density(double z) => (-z * z / 2 - logRootTwoPi, -z, -1);

        internal override (double, double, double) Upper(double z)
        {
            // Beyond where the tail can be held in a double its asymptotic series is exact to all digits.
            var log = z < 36 ? Math.Log(Normal.UpperTailOf(z)) : -z * z / 2 - logRootTwoPi - Math.Log(z) + GammaFunctions.Log1P(-1 / (z * z) + 3 / (z * z * z * z));
            var hazard = Math.Exp(-z * z / 2 - logRootTwoPi - log);
            return (log, -hazard, -hazard * (hazard - z));
        }

        internal override (double, double, double) Lower(double z)
        {
            var (value, first, second) = Upper(-z);
            return (value, -first, second);
        }
    }
}
