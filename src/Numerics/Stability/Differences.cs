using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>Sums of squared second and third differences: the inner loops of all variances.</summary>
/// <remarks>Partial sums over blocks keep the rounding error that of a block, however long the record. Optimised at once: one record is one call, which tiered compilation would run in its slowest code.</remarks>
internal static class Differences
{
    private const int Block = 4096;

    /// <summary>Σ (x<sub>i</sub> − 2x<sub>i+m</sub> + x<sub>i+2m</sub>)² over every i.</summary>
    internal static (double Sum, long Count) Second(ReadOnlySpan<double> x, int m)
    {
        var count = x.Length - 2 * m;
        double sum = 0;
        for (var start = 0; start < count; start += Block)
        {
            var n = Math.Min(Block, count - start);
            sum += SecondBlock(x.Slice(start, n), x.Slice(start + m, n), x.Slice(start + 2 * m, n));
        }
        return (sum, Math.Max(0, count));
    }

    /// <summary>Σ (x<sub>i+3m</sub> − 3x<sub>i+2m</sub> + 3x<sub>i+m</sub> − x<sub>i</sub>)² over every i.</summary>
    internal static (double Sum, long Count) Third(ReadOnlySpan<double> x, int m)
    {
        var count = x.Length - 3 * m;
        double sum = 0;
        for (var start = 0; start < count; start += Block)
        {
            var n = Math.Min(Block, count - start);
            sum += ThirdBlock(x.Slice(start, n), x.Slice(start + m, n), x.Slice(start + 2 * m, n), x.Slice(start + 3 * m, n));
        }
        return (sum, Math.Max(0, count));
    }

    /// <summary>Every m-th value: what the statistics without overlap work on.</summary>
    internal static double[] Decimate(ReadOnlySpan<double> x, int m)
    {
        var thinned = new double[(x.Length + m - 1) / m];
        for (int i = 0, j = 0; i < thinned.Length; i++, j += m)
            thinned[i] = x[j];
        return thinned;
    }

    /// <summary>Σ of the squared second differences of m-point sums: the numerator of the modified Allan variance.</summary>
    /// <remarks>The sum is carried along, not taken from prefix sums: those would lose digits with the length of the record.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (double Sum, long Count) SecondOfSums(ReadOnlySpan<double> x, int m)
    {
        var count = x.Length - 3 * m + 1;
        if (count < 1)
            return (0, 0);
        double current = 0;
        for (var i = 0; i < m; i++)
            current += x[i] - 2 * x[i + m] + x[i + 2 * m];
        double sum = 0, part = current * current;
        ReadOnlySpan<double> a = x[..(count - 1)], b = x.Slice(m, count - 1), c = x.Slice(2 * m, count - 1), d = x.Slice(3 * m, count - 1);
        for (var i = 0; i < a.Length; i++)
        {
            current += d[i] - 3 * (c[i] - b[i]) - a[i];
            part += current * current;
            if ((i & (Block - 1)) == Block - 1)
            {
                sum += part;
                part = 0;
            }
        }
        return (sum + part, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SecondBlock(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c)
    {
        var width = Vector<double>.Count;
        Vector<double> s0 = Vector<double>.Zero, s1 = Vector<double>.Zero;
        var i = 0;
        for (; i <= a.Length - 2 * width; i += 2 * width)
        {
            Vector<double> middle0 = new(b[i..]), middle1 = new(b[(i + width)..]);
            var d0 = new Vector<double>(a[i..]) - middle0 - (middle0 - new Vector<double>(c[i..]));
            var d1 = new Vector<double>(a[(i + width)..]) - middle1 - (middle1 - new Vector<double>(c[(i + width)..]));
            s0 += d0 * d0;
            s1 += d1 * d1;
        }
        var sum = Vector.Sum(s0 + s1);
        for (; i < a.Length; i++)
        {
            var d = a[i] - b[i] - (b[i] - c[i]);
            sum += d * d;
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ThirdBlock(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d)
    {
        var width = Vector<double>.Count;
        var s = Vector<double>.Zero;
        var three = new Vector<double>(3);
        var i = 0;
        for (; i <= a.Length - width; i += width)
        {
            var e = new Vector<double>(d[i..]) - new Vector<double>(a[i..]) - three * (new Vector<double>(c[i..]) - new Vector<double>(b[i..]));
            s += e * e;
        }
        var sum = Vector.Sum(s);
        for (; i < a.Length; i++)
        {
            var e = d[i] - a[i] - 3 * (c[i] - b[i]);
            sum += e * e;
        }
        return sum;
    }
}
