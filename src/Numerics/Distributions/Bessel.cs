namespace Plumbline.Numerics;

/// <summary>The Bessel functions in the characteristic functions of the arc sine and t distributions.</summary>
internal static class Bessel
{
    /// <summary>J₀(x).</summary>
    internal static double J0(double x)
    {
        x = Math.Abs(x);
        if (x > 30)
            return Hankel(x);
        // (1/π)∫cos(x sin θ)dθ over half a period: the trapezoid rule converges faster than any power once it resolves the oscillation.
        var n = 24 + (int)x;
        var sum = 0.0;
        for (var i = 0; i < n; i++)
            sum += Math.Cos(x * Math.Sin(Math.PI * (i + 0.5) / n));
        return sum / n;
    }

    /// <summary>Hankel's expansion for large arguments.</summary>
    private static double Hankel(double x)
    {
        double p = 1, q = 0, term = 1;
        for (var k = 1; k < 30; k++)
        {
            var next = term * -((2.0 * k - 1) * (2 * k - 1)) / (k * 8 * x);
            if (Math.Abs(next) > Math.Abs(term) || Math.Abs(next) < 1e-18)
                break;
            term = next;
            if (k % 2 == 1)
                q += k % 4 == 1 ? term : -term;
            else
                p += k % 4 == 2 ? -term : term;
        }
        var angle = x - Math.PI / 4;
        return Math.Sqrt(2 / (Math.PI * x)) * (p * Math.Cos(angle) - q * Math.Sin(angle));
    }

    /// <summary>K_{ν/2}(√ν|t|)·(√ν|t|)^{ν/2} / (Γ(ν/2)·2^{ν/2−1}), the characteristic function of the standard t distribution.</summary>
    internal static double StudentTCharacteristic(double t, double nu)
    {
        double x = Math.Sqrt(nu) * Math.Abs(t), order = nu / 2;
        if (x < 1e-300)
            return 1;
        // 2K(x) = ∫exp(−x cosh s + order·s)ds over the line; the trapezoid rule about its peak, every term scaled together.
        var scale = order * Math.Log(x) - GammaFunctions.LogGamma(order) - order * Math.Log(2);
        var peak = Math.Asinh(order / x);
        var step = Math.Min(0.1, 0.5 / Math.Sqrt(double.Hypot(order, x)));
        var sum = 0.0;
        for (var side = -1; side <= 1; side += 2)
            for (var i = side < 0 ? 1 : 0; i < 100_000; i++)
            {
                var s = peak + side * i * step;
                var exponent = scale - x * Math.Cosh(s) + order * s;
                if (exponent < -745 && (i > 2 || side * s > 0))
                    break;
                var term = Math.Exp(exponent);
                sum += term;
                if (term < 1e-18 * sum)
                    break;
            }
        return Math.Min(1, step * sum);
    }
}
