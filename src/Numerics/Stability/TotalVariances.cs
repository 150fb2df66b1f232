using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>Total variances (总方差; Howe 1999, 2000; NIST SP 1065 5.2.11 to 5.2.14): every sample is used by continuing the record beyond its ends.</summary>
internal static class TotalVariances
{
    /// <summary>The record continued by inverted reflection about both ends, 3N − 4 long.</summary>
    internal static double[] Extended(double[] x)
    {
        var n = x.Length;
        var extended = new double[3 * n - 4];
        for (var j = 1; j <= n - 2; j++)
        {
            extended[n - 2 - j] = 2 * x[0] - x[j];
            extended[2 * n - 3 + j] = 2 * x[n - 1] - x[n - 1 - j];
        }
        x.CopyTo(extended, n - 2);
        return extended;
    }

    /// <summary>TOTVAR from the extended record of N points.</summary>
    internal static (double Variance, long Count) Total(double[] extended, int n, int m, double tau)
    {
        // Centres are the points 2 … N−1 of the record itself.
        var (sum, count) = Differences.Second(extended.AsSpan(n - 1 - m, n - 2 + 2 * m), m);
        return (sum / (2 * tau * tau * count), count);
    }

    /// <summary>MTOTVAR: in each window of 3m phases a slope is removed, the window continued by uninverted reflection to 9m, and 6m terms of the modified Allan variance averaged.</summary>
    internal static (double Variance, long Count) Modified(double[] x, int m, double tau)
    {
        var (mean, count) = MeanOfWindows(x, m);
        return (mean / (2 * tau * tau), count);
    }

    /// <summary>HTOTVAR from frequency values, m at least 2: as above on windows of 3m frequencies.</summary>
    internal static (double Variance, long Count) Hadamard(double[] y, int m)
    {
        var (mean, count) = MeanOfWindows(y, m);
        return (mean / 6, count);
    }

    /// <remarks>
    /// An m-point sum of the continued window is a few prefix sums of the record, and the continued window is periodic and even, so that half of its 6m terms, each O(1), give them all.
    /// No prefix sum gives the squares themselves: mirrored and plain sums meet in one term. The cost is N·3m terms, done for many windows at once.
    /// </remarks>
    private static (double Mean, long Count) MeanOfWindows(double[] x, int m)
    {
        var windows = x.Length - 3 * m + 1;
        // A line over the record changes nothing but the digits that its prefix sums would cost.
        double step = (x[^1] - x[0]) / (x.Length - 1), total = 0;
        var block = new WindowBlock(m, Math.Clamp(4 * m, 64, 1024));
        for (var start = 0; start < windows; start += block.Windows)
            total += block.Squares(x, start, Math.Min(block.Windows, windows - start), step);
        return (total / ((double)windows * 6 * m * m * m), windows);
    }

    /// <summary>The terms of a run of windows.</summary>
    private sealed class WindowBlock(int m, int windows)
    {
        private readonly double[] prefix = new double[windows + 3 * m + 8], slopes = new double[windows + 8];
        private readonly int[] places = new int[9];
        private readonly double[] weights = new double[9];
        private int used;

        internal int Windows => windows;

        internal double Squares(double[] x, int start, int count, double step)
        {
            double sum = 0;
            for (var i = 0; i < count + 3 * m - 1; i++)
                prefix[i + 1] = sum += x[start + i] - x[start] - step * i;
            int half = 3 * m / 2, later = (3 * m + 1) / 2;
            for (var s = 0; s < count; s++)
                slopes[s] = (prefix[s + 3 * m] - prefix[s + later] - prefix[s + half] + prefix[s]) / half / later;
            double total = 0;
            // Term j equals term 3m − j: from one centre of symmetry to the next, all but the centres twice.
            for (var j = (3 * m + 1) / 2; j <= 9 * m / 2; j++)
            {
                used = 0;
                Add(j, 1);
                Add(j + m, -2);
                Add(j + 2 * m, 1);
                total += (2 * j == 3 * m || 2 * j == 9 * m ? 1 : 2) * SumOfSquares(count, Ramp());
            }
            return total;
        }

        /// <summary>The m-point sum that begins at a place of the window continued to 9m, as prefix sums.</summary>
        private void Add(int place, double factor)
        {
            if (place < 3 * m)
            {
                Put(3 * m - place, factor);
                Put(place < 2 * m ? 2 * m - place : place - 2 * m, place < 2 * m ? -factor : factor);
                if (place >= 2 * m)
                    Put(0, -2 * factor);
            }
            else if (place < 5 * m)
            {
                Put(place - 2 * m, factor);
                Put(place - 3 * m, -factor);
            }
            else
            {
                Put(place < 6 * m ? 3 * m : 9 * m - place, place < 6 * m ? 2 * factor : factor);
                Put(8 * m - place, -factor);
                if (place < 6 * m)
                    Put(place - 3 * m, -factor);
            }
        }

        private void Put(int place, double weight)
        {
            var at = places.AsSpan(0, used).IndexOf(place);
            if (at < 0)
                (places[used], weights[used++]) = (place, weight);
            else
                weights[at] += weight;
        }

        /// <summary>The same term of a line of slope 1 about the window's middle.</summary>
        private double Ramp()
        {
            double sum = 0;
            for (var k = 0; k < used; k++)
                sum += weights[k] * (0.5 * places[k] * (places[k] - 3.0 * m));
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private double SumOfSquares(int count, double ramp)
        {
            ref double p = ref prefix[0], slope = ref slopes[0];
            Vector256<double> s0 = default, s1 = default, r = Vector256.Create(ramp);
            var s = 0;
            for (; s <= count - 8; s += 8)
            {
                Vector256<double> t0 = -r * Vector256.LoadUnsafe(ref slope, (nuint)s), t1 = -r * Vector256.LoadUnsafe(ref slope, (nuint)s + 4);
                for (var k = 0; k < used; k++)
                {
                    var w = Vector256.Create(weights[k]);
                    t0 = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref p, (nuint)(s + places[k])), t0);
                    t1 = Vector256.FusedMultiplyAdd(w, Vector256.LoadUnsafe(ref p, (nuint)(s + places[k] + 4)), t1);
                }
                s0 = Vector256.FusedMultiplyAdd(t0, t0, s0);
                s1 = Vector256.FusedMultiplyAdd(t1, t1, s1);
            }
            var sum = Vector256.Sum(s0 + s1);
            for (; s < count; s++)
            {
                var t = -ramp * slopes[s];
                for (var k = 0; k < used; k++)
                    t += weights[k] * prefix[s + places[k]];
                sum += t * t;
            }
            return sum;
        }
    }
}
