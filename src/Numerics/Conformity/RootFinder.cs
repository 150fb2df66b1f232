namespace Plumbline.Numerics;

/// <summary>Brent's root finder: never leaves the bracket, and fast where the function is smooth.</summary>
internal static class RootFinder
{
    /// <param name="function">Of opposite signs, or zero, at the two ends.</param>
    /// <param name="a">One end.</param>
    /// <param name="b">The other end.</param>
    internal static double Brent(Func<double, double> function, double a, double b)
    {
        double fa = function(a), fb = function(b), c = a, fc = fa, d = b - a, e = d;
        for (var i = 0; i < 300; i++)
        {
            if (fb > 0 == fc > 0)
            {
                (c, fc) = (a, fa);
                d = e = b - a;
            }
            if (Math.Abs(fc) < Math.Abs(fb))
                (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            var tolerance = 2 * double.Epsilon + 2.2e-16 * Math.Abs(b);
            var middle = 0.5 * (c - b);
            if (Math.Abs(middle) <= tolerance || fb == 0)
                return b;
            (d, e) = Step(a, b, c, fa, fb, fc, middle, tolerance, d, e);
            (a, fa) = (b, fb);
            b += Math.Abs(d) > tolerance ? d : middle > 0 ? tolerance : -tolerance;
            fb = function(b);
        }
        return b;
    }

    /// <summary>Inverse quadratic interpolation or the secant where that stays well inside; bisection otherwise.</summary>
    private static (double D, double E) Step(double a, double b, double c, double fa, double fb, double fc, double middle, double tolerance, double d, double e)
    {
        if (Math.Abs(e) < tolerance || Math.Abs(fa) <= Math.Abs(fb))
            return (middle, middle);
        double p, q, s = fb / fa;
        if (a == c)
            (p, q) = (2 * middle * s, 1 - s);
        else
        {
            double r = fb / fc, t = fa / fc;
            p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1));
            q = (t - 1) * (r - 1) * (s - 1);
        }
        if (p > 0)
            q = -q;
        p = Math.Abs(p);
        return 2 * p < Math.Min(3 * middle * q - Math.Abs(tolerance * q), Math.Abs(e * q)) ? (p / q, d) : (middle, middle);
    }
}
