using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>Count, mean and central sums up to the fourth power of a set of numbers; two sets become one without seeing the numbers again (T. F. Chan et al., 1983; P. Pébay, 2008).</summary>
/// <param name="Count">How many numbers.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="M2">Σ(y − mean)².</param>
/// <param name="M3">Σ(y − mean)³.</param>
/// <param name="M4">Σ(y − mean)⁴.</param>
public readonly record struct Moments(long Count, double Mean, double M2, double M3, double M4)
{
    /// <summary>The sample variance; zero for fewer than two numbers.</summary>
    public double Variance => Count < 2 ? 0 : M2 / (Count - 1);

    /// <summary>The sample standard deviation.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The third standardised moment; zero where nothing varies.</summary>
    public double Skewness => M2 == 0 ? 0 : Math.Sqrt(Count) * M3 / Math.Pow(M2, 1.5);

    /// <summary>The fourth standardised moment less 3; zero where nothing varies.</summary>
    public double ExcessKurtosis => M2 == 0 ? 0 : Count * M4 / (M2 * M2) - 3;

    /// <summary>The moments of both sets together. The order of merging moves the last digits: keep it fixed.</summary>
    public Moments Merge(Moments other)
    {
        if (Count == 0 || other.Count == 0)
            return Count == 0 ? other : this;
        double na = Count, nb = other.Count, n = na + nb, d = other.Mean - Mean, dn = d / n;
        return new(Count + other.Count, Mean + nb * dn,
            M2 + other.M2 + d * dn * na * nb,
            M3 + other.M3 + d * dn * dn * na * nb * (na - nb) + 3 * dn * (na * other.M2 - nb * M2),
            M4 + other.M4 + d * dn * dn * dn * na * nb * (na * na - na * nb + nb * nb) + 6 * dn * dn * (na * na * other.M2 + nb * nb * M2) + 4 * dn * (na * other.M3 - nb * M3));
    }

    /// <summary>Of a block of numbers near <paramref name="centre"/>; the count is a multiple of eight.</summary>
    internal static Moments Of(ReadOnlySpan<double> values, double centre)
    {
        Vector256<double> c = Vector256.Create(centre), s1 = default, s2 = default, s3 = default, s4 = default, t1 = default, t2 = default, t3 = default, t4 = default;
        ref var first = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(values);
        for (nuint i = 0; i < (nuint)values.Length; i += 8)
        {
            Vector256<double> x = Vector256.LoadUnsafe(ref first, i) - c, y = Vector256.LoadUnsafe(ref first, i + 4) - c, xx = x * x, yy = y * y;
            s1 += x;
            t1 += y;
            s2 += xx;
            t2 += yy;
            s3 = Vector256.FusedMultiplyAdd(xx, x, s3);
            t3 = Vector256.FusedMultiplyAdd(yy, y, t3);
            s4 = Vector256.FusedMultiplyAdd(xx, xx, s4);
            t4 = Vector256.FusedMultiplyAdd(yy, yy, t4);
        }
        return FromSums(values.Length, centre, Add(s1, t1), Add(s2, t2), Add(s3, t3), Add(s4, t4));
    }

    private static double Add(Vector256<double> a, Vector256<double> b)
    {
        var s = a + b;
        return (s.GetElement(0) + s.GetElement(1)) + (s.GetElement(2) + s.GetElement(3));
    }

    private static Moments FromSums(long n, double centre, double s1, double s2, double s3, double s4)
    {
        var d = s1 / n;
        return new(n, centre + d, Math.Max(0, s2 - n * d * d), s3 - 3 * d * s2 + 2 * n * d * d * d, Math.Max(0, s4 - 4 * d * s3 + 6 * d * d * s2 - 3 * n * d * d * d * d));
    }
}
