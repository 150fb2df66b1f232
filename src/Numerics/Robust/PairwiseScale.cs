namespace Plumbline.Numerics;

/// <summary>The scale estimators Q<sub>n</sub> and S<sub>n</sub> of Rousseeuw and Croux, J. Am. Stat. Assoc. 88 (1993) 1273: half the data may be wrong, and no centre is needed.</summary>
public static class PairwiseScale
{
    private static readonly double[] smallQn = [0.399356, 0.99365, 0.51321, 0.84401, 0.61220, 0.85877, 0.66993, 0.87344, 0.72014, 0.88906, 0.75743];
    private static readonly double[] smallSn = [0.743, 1.851, 0.954, 1.351, 0.993, 1.198, 1.005, 1.131];

    /// <summary>Q<sub>n</sub>: 2.21914 times the k-th smallest difference, k = h(h−1)/2 with h = ⌊n/2⌋ + 1, corrected for small n.</summary>
    /// <param name="values">At least two values, in one unit.</param>
    /// <returns>An estimate of σ for normal data, same unit; 82 % efficient.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than two values.</exception>
    public static double Qn(double[] values)
    {
        Require.Finite(values, 2);
        var frame = Frame.Of(values);
        var sorted = (double[])frame.Z.Clone();
        Array.Sort(sorted);
        var n = sorted.Length;
        var h = n / 2 + 1;
        return frame.Scale * 2.21914 * QnFactor(n) * OrderedDifference(sorted, (long)h * (h - 1) / 2);
    }

    /// <summary>S<sub>n</sub>: 1.1926 times the low median over i of the high median over j of |x<sub>i</sub> − x<sub>j</sub>|, corrected for small n.</summary>
    /// <param name="values">At least two values, in one unit.</param>
    /// <returns>An estimate of σ for normal data, same unit; 58 % efficient.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than two values.</exception>
    public static double Sn(double[] values)
    {
        Require.Finite(values, 2);
        var frame = Frame.Of(values);
        var n = values.Length;
        var outer = new double[n];
        var sorted = (double[])frame.Z.Clone();
        Array.Sort(sorted);
        // The n/2 nearest neighbours of a value are a window about it, which only moves up from one value to the next.
        double Reach(int i, int low) => Math.Max(sorted[i] - sorted[low], sorted[low + n / 2] - sorted[i]);
        for (int i = 0, low = 0; i < n; i++)
        {
            while (low + 1 <= i && low + 1 + n / 2 < n && (low + n / 2 < i || Reach(i, low + 1) <= Reach(i, low)))
                low++;
            outer[i] = Reach(i, low);
        }
        Array.Sort(outer);
        var factor = n <= 9 ? smallSn[n - 2] : n % 2 == 1 ? n / (n - 0.9) : 1;
        return frame.Scale * 1.1926 * factor * outer[(n + 1) / 2 - 1];
    }

    private static double QnFactor(int n) => n <= 12 ? smallQn[n - 2]
        : 1 / (1 + (n % 2 == 1 ? 1.60188 + (-2.1284 - 5.172 / n) / n : 3.67561 + (1.9654 + (6.987 - 77.0 / n) / n) / n) / n);

    /// <summary>The k-th smallest of all differences of a sorted sample, without forming them: halve the value, count by two pointers.</summary>
    internal static double OrderedDifference(double[] sorted, long k)
    {
        double low = -1, high = sorted[^1] - sorted[0];
        // Ends when the interval holds one difference: the largest not above high.
        while (true)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
                break;
            if (CountUpTo(sorted, middle) >= k)
                high = middle;
            else
                low = middle;
            if (high - low < 1e-14 * (sorted[^1] - sorted[0]))
                break;
        }
        return LargestUpTo(sorted, high);
    }

    private static long CountUpTo(double[] sorted, double d)
    {
        long count = 0;
        var j = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            while (j + 1 < sorted.Length && sorted[j + 1] - sorted[i] <= d)
                j++;
            count += Math.Max(0, j - i);
            if (j < i)
                j = i;
        }
        return count;
    }

    private static double LargestUpTo(double[] sorted, double d)
    {
        var largest = 0.0;
        var j = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            j = Math.Max(j, i);
            while (j + 1 < sorted.Length && sorted[j + 1] - sorted[i] <= d)
                j++;
            largest = Math.Max(largest, sorted[j] - sorted[i]);
        }
        return largest;
    }
}
