using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>Thêo1 (Howe and Peppler 2003; NIST SP 1065 5.2.15): a variance for averaging times up to three quarters of the record.</summary>
internal static class Theo
{
    /// <summary>Thêo1 of an even m from 2 to N − 1, at τ = 0.75 m τ<sub>0</sub>; on white frequency noise it equals the Allan variance there.</summary>
    internal static (double Variance, long Count) One(double[] x, int m, double interval)
    {
        int n = x.Length - m, half = m / 2;
        double total = 0;
        for (var delta = 0; delta < half; delta++)
            total += Sum(x.AsSpan(0, n), x.AsSpan(half - delta, n), x.AsSpan(m, n), x.AsSpan(half + delta, n)) / (half - delta);
        var span = m * interval;
        return (total / (0.75 * n * span * span), (long)n * half);
    }

    /// <summary>The factor that frees Thêo1 of its bias: the mean of AVAR(9 + 3i)/Thêo1(12 + 4i), both at one τ (Thêo-BR).</summary>
    /// <remarks>The sum runs to i = N/6 − 3; long records take about sixty of its terms, evenly spaced in ln m, and no m above 2000: the mean is of ratios that settle, the cost is quadratic.</remarks>
    internal static double BiasRemoval(double[] x)
    {
        var last = Math.Min(x.Length / 6 - 3, 500);
        if (last < 0)
            return 1;
        double sum = 0;
        var count = 0;
        for (var i = 0; i <= last; i = last <= 60 ? i + 1 : Math.Max(i + 1, (int)((i + 3) * 1.08) - 3))
        {
            var (allan, terms) = Differences.Second(x, 9 + 3 * i);
            var (theo, _) = One(x, 12 + 4 * i, 1);
            if (terms == 0 || theo == 0)
                continue;
            var m = 9.0 + 3 * i;
            sum += allan / (2 * m * m * terms) / theo;
            count++;
        }
        return count > 0 ? sum / count : 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d)
    {
        var width = Vector<double>.Count;
        var s = Vector<double>.Zero;
        var i = 0;
        for (; i <= a.Length - width; i += width)
        {
            var e = new Vector<double>(a[i..]) - new Vector<double>(b[i..]) + (new Vector<double>(c[i..]) - new Vector<double>(d[i..]));
            s += e * e;
        }
        var sum = Vector.Sum(s);
        for (; i < a.Length; i++)
        {
            var e = a[i] - b[i] + (c[i] - d[i]);
            sum += e * e;
        }
        return sum;
    }
}
