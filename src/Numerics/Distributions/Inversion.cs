namespace Plumbline.Numerics;

/// <summary>Inverts a tail of a positive variable: safeguarded Newton on ln(tail) in ln(x).</summary>
internal static class Inversion
{
    /// <param name="tail">Tail probability and density at x &gt; 0.</param>
    /// <param name="target">Probability sought.</param>
    /// <param name="rising">True for a lower tail, false for an upper one.</param>
    /// <param name="start">A first guess greater than zero.</param>
    internal static double OfTail(Func<double, (double Tail, double Density)> tail, double target, bool rising, double start)
    {
        double low = 0, high = double.PositiveInfinity;
        var x = start > 0 && double.IsFinite(start) ? start : 1;
        var logTarget = Math.Log(target);
        for (var i = 0; i < 400; i++)
        {
            var (p, density) = tail(x);
            if (p == target)
                return x;
            if (p > target == rising)
                high = x;
            else
                low = x;
            // d ln(tail) / d ln(x) = ± density x / tail
            var step = (logTarget - Math.Log(p)) / (density * x / p) * (rising ? 1 : -1);
            var next = x * Math.Exp(Math.Clamp(step, -2, 2));
            // A last Newton step this small cannot be improved on.
            if (Math.Abs(step) < 1e-10 || next == x)
                return next;
            if (!(next > low && next < high))
                next = double.IsPositiveInfinity(high) ? x * 4 : low == 0 ? x / 4 : Math.Sqrt(low) * Math.Sqrt(high);
            if (next == x)
                return x;
            x = next;
        }
        return x;
    }
}
