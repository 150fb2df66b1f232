using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>The parabolic variance (抛物线方差; Vernotte, Lenczner, Bourgeois and Rubiola 2015): the difference of two adjacent least-squares slopes of phase.</summary>
internal static class Parabolic
{
    /// <summary>PVAR; at m = 1 it is the Allan variance.</summary>
    /// <remarks>As in Vernotte and others the sum has N − 2m windows, one fewer than would fit. Σ ((m−1)/2 − k)(x<sub>i+k</sub> − x<sub>i+m+k</sub>) moves with i by sums over the windows: O(1) a term. The window is renewed now and then so that rounding does not add up.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (double Variance, long Count) Of(double[] x, int m, double tau)
    {
        if (m == 1)
        {
            var (squares, terms) = Differences.Second(x, 1);
            return (squares / (2 * tau * tau * terms), terms);
        }
        var count = x.Length - 2 * m;
        double total = 0, slope = 0, sum = 0;
        var renew = Math.Max(1024, m);
        for (var i = 0; i < count; i++)
        {
            if (i % renew == 0)
            {
                slope = sum = 0;
                for (var k = 0; k < m; k++)
                {
                    var d = x[i + k] - x[i + m + k];
                    slope += ((m - 1) / 2.0 - k) * d;
                    sum += d;
                }
            }
            total += slope * slope;
            // One step on: each weight grows by 1, the first value leaves with (m−1)/2 + 1, the new one enters with −(m−1)/2.
            double gone = x[i] - x[i + m], come = x[i + m] - x[i + 2 * m];
            slope += sum - (m + 1) / 2.0 * gone - (m - 1) / 2.0 * come;
            sum += come - gone;
        }
        double m4 = (double)m * m * m * m;
        return (72 * total / (count * m4 * tau * tau), count);
    }
}
