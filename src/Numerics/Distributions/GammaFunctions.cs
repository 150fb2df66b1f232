namespace Plumbline.Numerics;

/// <summary>Gamma, incomplete gamma and incomplete beta functions by Loader's saddle-point prefactors, series and continued fractions.</summary>
internal static class GammaFunctions
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>ln Γ(z) for z &gt; 0.</summary>
    internal static double LogGamma(double z) =>
        z < 1e-300 ? -Math.Log(z) : StirlingError(z) + (z + 0.5) * Math.Log(z) - z + HalfLogTwoPi - Math.Log(z);

    /// <summary>Γ(z) for 0 &lt; z below about 170.</summary>
    internal static double Gamma(double z)
    {
        var product = 1.0;
        while (z < 15)
            product *= z++;
        var half = Math.Pow(z, 0.5 * z);
        return Math.Sqrt(2 * Math.PI / z) * half * Math.Exp(-z) * half * Math.Exp(StirlingError(z)) / product;
    }

    /// <summary>ln Γ(z + 1) − (z + ½) ln z + z − ½ ln 2π.</summary>
    internal static double StirlingError(double z)
    {
        var shift = 0.0;
        for (; z < 10; z++)
            shift += (z + 0.5) * Log1P(1 / z) - 1;
        var r = 1 / (z * z);
        return shift + (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188
            - r * (691.0 / 360360 - r * (1.0 / 156 - r * (3617.0 / 122400)))))))) / z;
    }

    /// <summary>x ln(x/m) + m − x without cancellation when x is near m.</summary>
    internal static double Deviance(double x, double m) => Deviance(x, m, x - m);

    /// <summary>The same where x − m is known better than x and m.</summary>
    private static double Deviance(double x, double m, double difference)
    {
        if (x == 0)
            return m;
        if (Math.Abs(difference) >= 0.1 * (x + m))
            return x * Math.Log(x / m) - difference;
        var v = difference / (x + m);
        var sum = difference * v;
        var term = 2 * x * v;
        for (var j = 1; j < 1000; j++)
        {
            term *= v * v;
            var next = sum + term / (2 * j + 1);
            if (next == sum)
                break;
            sum = next;
        }
        return sum;
    }

    /// <summary>x^a e^(−x) / Γ(a + 1).</summary>
    internal static double PoissonTerm(double a, double x)
    {
        if (x == 0)
            return a == 0 ? 1 : 0;
        if (a < 30 && x < 700)
            return Math.Exp(-x) * Math.Pow(x, a) / Gamma(a + 1);
        return Math.Exp(-StirlingError(a) - Deviance(a, x)) / Math.Sqrt(2 * Math.PI * a);
    }

    /// <summary>The lower and upper regularised incomplete gamma functions; the smaller of the two is computed, not subtracted.</summary>
    internal static (double Lower, double Upper) Incomplete(double a, double x)
    {
        if (x <= 0)
            return (0, 1);
        if (double.IsPositiveInfinity(x))
            return (1, 0);
        if (x < a + 1)
        {
            double sum = 1, term = 1;
            for (var n = 1; n < 1_000_000; n++)
            {
                term *= x / (a + n);
                sum += term;
                if (term < sum * 1e-17)
                    break;
            }
            var lower = Math.Min(1, PoissonTerm(a, x) * sum);
            return (lower, 1 - lower);
        }
        var upper = Math.Min(1, PoissonTerm(a, x) * a * UpperFraction(a, x));
        return (1 - upper, upper);
    }

    private static double UpperFraction(double a, double x)
    {
        const double tiny = 1e-300;
        var b = x + 1 - a;
        var c = 1 / tiny;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < 1_000_000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = an * d + b;
            d = 1 / (Math.Abs(d) < tiny ? tiny : d);
            c = b + an / c;
            if (Math.Abs(c) < tiny)
                c = tiny;
            var factor = d * c;
            h *= factor;
            if (Math.Abs(factor - 1) < 1e-16)
                break;
        }
        return h;
    }

    /// <summary>x^a y^b / B(a, b) with y = 1 − x given apart, so that neither tail loses digits.</summary>
    internal static double BetaTerm(double a, double b, double x, double y)
    {
        if (x == 0 || y == 0)
            return 0;
        var n = a + b;
        // a − nx and b − ny are opposite: the smaller of x and y gives both without cancellation.
        var difference = x < y ? a - n * x : n * y - b;
        return Math.Sqrt(a * b / (2 * Math.PI * n))
            * Math.Exp(StirlingError(n) - StirlingError(a) - StirlingError(b) - Deviance(a, n * x, difference) - Deviance(b, n * y, -difference));
    }

    /// <summary>The regularised incomplete beta function I_x(a, b) and its complement, y = 1 − x given apart.</summary>
    internal static (double Lower, double Upper) IncompleteBeta(double a, double b, double x, double y)
    {
        if (x <= 0)
            return (0, 1);
        if (y <= 0)
            return (1, 0);
        // λ = a − (a + b)x, from the smaller of x and y.
        var excess = x < y ? a - (a + b) * x : (a + b) * y - b;
        if (x <= (a + 1) / (a + b + 2))
        {
            var lower = Math.Min(1, BetaTerm(a, b, x, y) * BetaFraction(a, b, x, y, excess));
            return (lower, 1 - lower);
        }
        var upper = Math.Min(1, BetaTerm(a, b, x, y) * BetaFraction(b, a, y, x, -excess));
        return (1 - upper, upper);
    }

    /// <summary>The continued fraction of Didonato and Morris (ACM TOMS 18 (1992) 360), which starts from λ and so keeps its digits when a or b is huge.</summary>
    private static double BetaFraction(double a, double b, double x, double y, double lambda)
    {
        double c = 1 + lambda, c0 = b / a, c1 = 1 + 1 / a;
        double p = 1, s = a + 1, an = 0, bn = 1, an1 = 1, bn1 = c / c1, r = c1 / c;
        for (var n = 1; n < 1_000_000; n++)
        {
            var t = n / a;
            var w = n * (b - n) * x;
            var e = a / s;
            var alpha = p * (p + c0) * e * e * (w * x);
            e = (1 + t) / (c1 + t + t);
            var beta = n + w / s + e * (c + n * (1 + y));
            p = 1 + t;
            s += 2;
            (an, an1) = (an1, alpha * an + beta * an1);
            (bn, bn1) = (bn1, alpha * bn + beta * bn1);
            var previous = r;
            r = an1 / bn1;
            if (Math.Abs(r - previous) <= 1e-16 * r)
                break;
            an /= bn1;
            bn /= bn1;
            an1 = r;
            bn1 = 1;
        }
        return r;
    }

    /// <summary>ln(1 + x) with full relative accuracy near zero.</summary>
    internal static double Log1P(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? Math.Log(x) : Math.Log(u) * x / (u - 1);
    }
}
