namespace Plumbline.Numerics;

/// <summary>Gauss–Legendre rules and Legendre series on [−1, 1].</summary>
internal static class GaussLegendre
{
    private static readonly Dictionary<int, (double[] X, double[] W)> known = [];

    internal static (double[] X, double[] W) Rule(int n)
    {
        lock (known)
        {
            if (known.TryGetValue(n, out var rule))
                return rule;
            double[] x = new double[n], w = new double[n];
            for (var i = 0; i < n; i++)
            {
                var t = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5));
                for (var step = 0; step < 100; step++)
                {
                    var (p, d) = Polynomial(n, t);
                    var next = t - p / d;
                    if (Math.Abs(next - t) < 1e-16)
                        break;
                    t = next;
                }
                var slope = Polynomial(n, t).Slope;
                x[n - 1 - i] = t;
                w[n - 1 - i] = 2 / ((1 - t * t) * slope * slope);
            }
            return known[n] = (x, w);
        }
    }

    private static (double Value, double Slope) Polynomial(int n, double t)
    {
        double p0 = 1, p1 = t;
        for (var k = 2; k <= n; k++)
            (p0, p1) = (p1, ((2 * k - 1) * t * p1 - (k - 1) * p0) / k);
        return (p1, n * (t * p1 - p0) / (t * t - 1));
    }

    /// <summary>The Legendre coefficients of the polynomial through the values at the nodes.</summary>
    internal static double[] Coefficients(double[] values)
    {
        var n = values.Length;
        var (x, w) = Rule(n);
        var c = new double[n];
        for (var i = 0; i < n; i++)
        {
            double p0 = 1, p1 = x[i];
            var weighted = w[i] * values[i];
            c[0] += weighted / 2;
            if (n > 1)
                c[1] += 1.5 * weighted * p1;
            for (var k = 2; k < n; k++)
            {
                (p0, p1) = (p1, ((2 * k - 1) * x[i] * p1 - (k - 1) * p0) / k);
                c[k] += (k + 0.5) * weighted * p1;
            }
        }
        return c;
    }

    /// <summary>The integral of the series from −1 to t.</summary>
    internal static double Integral(double[] c, double t)
    {
        var sum = c[0] * (t + 1);
        double p0 = 1, p1 = t;
        for (var k = 1; k < c.Length; k++)
        {
            var p2 = ((2 * k + 1) * t * p1 - k * p0) / (k + 1);
            sum += c[k] * (p2 - p0) / (2 * k + 1);
            (p0, p1) = (p1, p2);
        }
        return sum;
    }
}
