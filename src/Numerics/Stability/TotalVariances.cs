using System.Runtime.CompilerServices;

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

    /// <remarks>The squares belong to raw − slope·ramp, both continued and differenced; those of the ramp are the same in each window. The cost is N·6m additions.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Mean, long Count) MeanOfWindows(double[] x, int m)
    {
        int length = 3 * m, half = length / 2, later = (length + 1) / 2, windows = x.Length - length + 1;
        double[] ramp = new double[length], window = new double[length], extended = new double[9 * m], rampTerms = new double[6 * m], terms = new double[6 * m];
        for (var i = 0; i < length; i++)
            ramp[i] = i - (length - 1) / 2.0;
        Terms(ramp, m, extended, rampTerms);
        double total = 0;
        for (var start = 0; start < windows; start++)
        {
            double first = 0, last = 0;
            var origin = x[start];
            for (var i = 0; i < length; i++)
                window[i] = x[start + i] - origin;
            for (var i = 0; i < half; i++)
                first += window[i];
            for (var i = later; i < length; i++)
                last += window[i];
            var slope = (last - first) / half / later;
            Terms(window, m, extended, terms);
            double sum = 0;
            for (var j = 0; j < terms.Length; j++)
            {
                var d = terms[j] - slope * rampTerms[j];
                sum += d * d;
            }
            total += sum;
        }
        return (total / ((double)windows * 6 * m * m * m), windows);
    }

    /// <summary>Second differences of m-point sums of a window followed and preceded by its mirror image; 6m of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Terms(double[] window, int m, double[] extended, double[] terms)
    {
        var length = window.Length;
        window.CopyTo(extended, length);
        for (var i = 0; i < length; i++)
            extended[i] = extended[2 * length + i] = window[length - 1 - i];
        double current = 0;
        for (var i = 0; i < m; i++)
            current += extended[i] - 2 * extended[i + m] + extended[i + 2 * m];
        terms[0] = current;
        for (var j = 1; j < terms.Length; j++)
            terms[j] = current += extended[j + 3 * m - 1] - 3 * (extended[j + 2 * m - 1] - extended[j + m - 1]) - extended[j - 1];
    }
}
