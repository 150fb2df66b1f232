using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>The transformations of uniform numbers, four lanes at a time, or eight by <see cref="BlockMathWide"/>. Lengths are multiples of <see cref="RandomStream.Multiple"/>.</summary>
/// <remarks>Logarithm, exponential, sine and cosine are the polynomials of fdlibm (Sun Microsystems, 1993), good to about one unit in the last place: the same digits on every machine.</remarks>
internal static class BlockMath
{
    /// <summary>52 random bits as a number strictly between 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Unit(Vector256<ulong> bits) =>
        ((bits >>> 12) | Vector256.Create(0x3FF0_0000_0000_0000UL)).AsDouble() - Vector256.Create(1 - 1.0 / (1UL << 53));

    // The coefficients of fdlibm in the order of their use, shared by both widths.
    internal const double Log1 = 1.479819860511658591e-01;
    internal const double Log2 = 1.531383769920937332e-01;
    internal const double Log3 = 1.818357216161805012e-01;
    internal const double Log4 = 2.222219843214978396e-01;
    internal const double Log5 = 2.857142874366239149e-01;
    internal const double Log6 = 3.999999999940941908e-01;
    internal const double Log7 = 6.666666666666735130e-01;
    internal const double Log8 = 1.90821492927058770002e-10;
    internal const double Log9 = 6.93147180369123816490e-01;
    internal const double Exp1 = 1.4426950408889634;
    internal const double Exp2 = 6.93147180369123816490e-01;
    internal const double Exp3 = 1.90821492927058770002e-10;
    internal const double Exp4 = 4.13813679705723846039e-08;
    internal const double Exp5 = -1.65339022054652515390e-06;
    internal const double Exp6 = 6.61375632143793436117e-05;
    internal const double Exp7 = -2.77777777770155933842e-03;
    internal const double Exp8 = 1.66666666666666019037e-01;
    internal const double Turn1 = 1.58969099521155010221e-10;
    internal const double Turn2 = -2.50507602534068634195e-08;
    internal const double Turn3 = 2.75573137070700676789e-06;
    internal const double Turn4 = -1.98412698298579493134e-04;
    internal const double Turn5 = 8.33333333332248946124e-03;
    internal const double Turn6 = -1.66666666666666324348e-01;
    internal const double Turn7 = -1.13596475577881948265e-11;
    internal const double Turn8 = 2.08757232129817482790e-09;
    internal const double Turn9 = -2.75573143513506633035e-07;
    internal const double Turn10 = 2.48015872894767294178e-05;
    internal const double Turn11 = -1.38888888888741095749e-03;
    internal const double Turn12 = 4.16666666666666019037e-02;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, double c) => Vector256.FusedMultiplyAdd(a, b, Vector256.Create(c));

    /// <summary>ln x of a positive, normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Log(Vector256<double> x)
    {
        // x = m·2^e with m between √½ and √2; the exponent biased, so that no signed shift is needed.
        var bits = (x.AsUInt64() + Vector256.Create(0x4000_0000_0000_0000UL - 0x3FE6_A09E_667F_3BCDUL)) >>> 52;
        var m = (x.AsUInt64() + Vector256.Create(0x4000_0000_0000_0000UL) - (bits << 52)).AsDouble();
        // A small integer as a number: put it into the last bits of 2⁵².
        var e = (bits | Vector256.Create(0x4330_0000_0000_0000UL)).AsDouble() - Vector256.Create(4503599627370496.0 + 1024);
        var s = (m - Vector256<double>.One) / (m + Vector256<double>.One);
        var z = s * s;
        var r = Fma(z, Vector256.Create(Log1), Log2);
        r = Fma(r, z, Log3);
        r = Fma(r, z, Log4);
        r = Fma(r, z, Log5);
        r = Fma(r, z, Log6);
        r = Fma(r, z, Log7);
        var tail = Fma(s, r * z, e * Vector256.Create(Log8));
        return Fma(e, Vector256.Create(Log9), Fma(s, Vector256.Create(2.0), tail));
    }

    /// <summary>exp x for |x| below 700.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Exp(Vector256<double> x)
    {
        var shifted = Fma(x, Vector256.Create(Exp1), 6755399441055744.0);
        var k = shifted - Vector256.Create(6755399441055744.0);
        var hi = Fma(-k, Vector256.Create(Exp2), x);
        var lo = k * Vector256.Create(Exp3);
        var r = hi - lo;
        var z = r * r;
        var c = Fma(z, Vector256.Create(Exp4), Exp5);
        c = Fma(c, z, Exp6);
        c = Fma(c, z, Exp7);
        c = Fma(c, z, Exp8);
        c = Fma(-c, z, r);
        var y = Vector256<double>.One - (lo - r * c / (Vector256.Create(2.0) - c) - hi);
        return (y.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();
    }

    /// <summary>sin 2πv and cos 2πv of 0 ≤ v ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<double> Sin, Vector256<double> Cos) SinCosTurn(Vector256<double> v)
    {
        var shifted = Fma(v, Vector256.Create(4.0), 6755399441055744.0);
        var quarter = shifted.AsInt64();
        var k = shifted - Vector256.Create(6755399441055744.0);
        var x = Fma(k, Vector256.Create(-0.25), v) * Vector256.Create(2 * Math.PI);
        var z = x * x;
        var s = Fma(z, Vector256.Create(Turn1), Turn2);
        s = Fma(s, z, Turn3);
        s = Fma(s, z, Turn4);
        s = Fma(s, z, Turn5);
        s = Fma(s, z, Turn6);
        s = Fma(s * z, x, x);
        var c = Fma(z, Vector256.Create(Turn7), Turn8);
        c = Fma(c, z, Turn9);
        c = Fma(c, z, Turn10);
        c = Fma(c, z, Turn11);
        c = Fma(c, z, Turn12);
        c = Fma(c, z, -0.5);
        c = Fma(c, z, 1);
        var swap = Vector256.Equals(quarter & Vector256<long>.One, Vector256<long>.One).AsDouble();
        var sinSign = (quarter & Vector256.Create(2L)) << 62;
        var cosSign = ((quarter + Vector256<long>.One) & Vector256.Create(2L)) << 62;
        return ((Vector256.ConditionalSelect(swap, c, s).AsInt64() ^ sinSign).AsDouble(), (Vector256.ConditionalSelect(swap, s, c).AsInt64() ^ cosSign).AsDouble());
    }

    /// <summary>Uniform numbers become a·u + b.</summary>
    internal static void Affine(Span<double> target, double a, double b)
    {
        ref var first = ref target[0];
        Vector256<double> va = Vector256.Create(a), vb = Vector256.Create(b);
        for (nuint i = 0; i < (nuint)target.Length; i += 4)
            Fma(Vector256.LoadUnsafe(ref first, i), va, vb).StoreUnsafe(ref first, i);
    }

    /// <summary>target = a·x + b·y + c.</summary>
    internal static void Combine(ReadOnlySpan<double> x, double a, ReadOnlySpan<double> y, double b, double c, Span<double> target)
    {
        for (var i = 0; i < target.Length; i += 4)
            Fma(Vector256.Create<double>(x[i..]), Vector256.Create(a), Fma(Vector256.Create(y[i..]), Vector256.Create(b), c)).CopyTo(target[i..]);
    }

    /// <summary>Uniform numbers become normal ones, two at a time (G. E. P. Box and M. E. Muller, 1958).</summary>
    internal static void Normal(Span<double> target, double mean, double deviation)
    {
        if (BlockMathWide.IsFaster)
            BlockMathWide.Normal(target, mean, deviation);
        else
            NormalNarrow(target, mean, deviation);
    }

    internal static void NormalNarrow(Span<double> target, double mean, double deviation)
    {
        ref var first = ref target[0];
        var half = (nuint)target.Length / 2;
        Vector256<double> m = Vector256.Create(mean), minusTwice = Vector256.Create(-2 * deviation * deviation);
        for (nuint i = 0; i < half; i += 4)
        {
            var radius = Vector256.Sqrt(minusTwice * Log(Vector256.LoadUnsafe(ref first, i)));
            var (sin, cos) = SinCosTurn(Vector256.LoadUnsafe(ref first, half + i));
            Fma(radius, cos, m).StoreUnsafe(ref first, i);
            Fma(radius, sin, m).StoreUnsafe(ref first, half + i);
        }
    }

    /// <summary>t variables without rejection: √(ν(u^(−2/ν) − 1))·cos 2πv (R. W. Bailey, Math. Comp. 62 (1994) 779).</summary>
    internal static void StudentT(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double location, double scale, double nu, Span<double> target)
    {
        if (BlockMathWide.IsFaster)
            BlockMathWide.StudentT(u, v, location, scale, nu, target);
        else
            StudentTNarrow(u, v, location, scale, nu, target);
    }

    internal static void StudentTNarrow(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double location, double scale, double nu, Span<double> target)
    {
        Vector256<double> power = Vector256.Create(-2 / nu), factor = Vector256.Create(nu * scale * scale), x = Vector256.Create(location), limit = Vector256.Create(690.0);
        for (var i = 0; i < target.Length; i += 4)
        {
            var exponent = Vector256.Min(power * Log(Vector256.Create<double>(u[i..])), limit);
            var radius = Vector256.Sqrt(factor * (Exp(exponent) - Vector256<double>.One));
            Fma(radius, SinCosTurn(Vector256.Create<double>(v[i..])).Cos, x).CopyTo(target[i..]);
        }
    }

    /// <summary>Uniform numbers become middle + half·sin 2πu.</summary>
    internal static void ArcSine(Span<double> target, double middle, double half)
    {
        if (BlockMathWide.IsFaster)
            BlockMathWide.ArcSine(target, middle, half);
        else
            ArcSineNarrow(target, middle, half);
    }

    internal static void ArcSineNarrow(Span<double> target, double middle, double half)
    {
        Vector256<double> m = Vector256.Create(middle), h = Vector256.Create(half);
        for (var i = 0; i < target.Length; i += 4)
            Fma(SinCosTurn(Vector256.Create<double>(target[i..])).Sin, h, m).CopyTo(target[i..]);
    }

    /// <summary>A rectangular half-width about half ± inexactness, then a rectangular value within it (JCGM 101, 6.4.3.4).</summary>
    internal static void CurvilinearTrapezoid(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double middle, double half, double inexactness, Span<double> target)
    {
        Vector256<double> twice = Vector256.Create(2 * inexactness), least = Vector256.Create(half - inexactness), m = Vector256.Create(middle);
        for (var i = 0; i < target.Length; i += 4)
            Fma(Fma(Vector256.Create<double>(u[i..]), twice, least), Fma(Vector256.Create(v[i..]), Vector256.Create(2.0), -1), m).CopyTo(target[i..]);
    }

    internal static void Exponential(Span<double> target, double mean)
    {
        for (var i = 0; i < target.Length; i += 4)
            (Log(Vector256.Create<double>(target[i..])) * Vector256.Create(-mean)).CopyTo(target[i..]);
    }

    internal static void Logarithm(Span<double> target)
    {
        for (var i = 0; i < target.Length; i += 4)
            Log(Vector256.Create<double>(target[i..])).CopyTo(target[i..]);
    }

    /// <summary>u becomes ln u − ln(1 − u).</summary>
    internal static void LogOdds(Span<double> target)
    {
        for (var i = 0; i < target.Length; i += 4)
        {
            var u = Vector256.Create<double>(target[i..]);
            (Log(u) - Log(Vector256<double>.One - u)).CopyTo(target[i..]);
        }
    }

    /// <summary>x becomes asinh(x·factor).</summary>
    internal static void InverseSinh(Span<double> target, double factor)
    {
        Vector256<double> f = Vector256.Create(factor), sign = Vector256.Create(-0.0), farthest = Vector256.Create(1e150);
        for (var i = 0; i < target.Length; i += 4)
        {
            var x = Vector256.Create<double>(target[i..]) * f;
            var a = Vector256.Min(Vector256.Abs(x), farthest);
            var y = Log(a + Vector256.Sqrt(Fma(a, a, Vector256<double>.One)));
            (y | (x & sign)).CopyTo(target[i..]);
        }
    }

    /// <summary>x becomes middle + unit·sinh x.</summary>
    internal static void Sinh(Span<double> target, double middle, double unit)
    {
        Vector256<double> m = Vector256.Create(middle), u = Vector256.Create(0.5 * unit), limit = Vector256.Create(690.0);
        for (var i = 0; i < target.Length; i += 4)
        {
            var e = Exp(Vector256.Clamp(Vector256.Create<double>(target[i..]), -limit, limit));
            Fma(e - Vector256<double>.One / e, u, m).CopyTo(target[i..]);
        }
    }

    internal static void Exponentiate(Span<double> target)
    {
        for (var i = 0; i < target.Length; i += 4)
            Exp(Vector256.Clamp(Vector256.Create<double>(target[i..]), Vector256.Create(-700.0), Vector256.Create(700.0))).CopyTo(target[i..]);
    }

    /// <summary>target += a·x.</summary>
    internal static void AddScaled(ReadOnlySpan<double> x, double a, Span<double> target)
    {
        for (var i = 0; i < target.Length; i += 4)
            Fma(Vector256.Create<double>(x[i..]), Vector256.Create(a), Vector256.Create<double>(target[i..])).CopyTo(target[i..]);
    }

    /// <summary>target ·= x.</summary>
    internal static void Multiply(Span<double> target, ReadOnlySpan<double> x)
    {
        for (var i = 0; i < target.Length; i += 4)
            (Vector256.Create<double>(x[i..]) * Vector256.Create<double>(target[i..])).CopyTo(target[i..]);
    }

    /// <summary>Σ(x − a)(y − b).</summary>
    internal static double Products(ReadOnlySpan<double> x, double a, ReadOnlySpan<double> y, double b)
    {
        Vector256<double> sum = default, va = Vector256.Create(a), vb = Vector256.Create(b);
        for (var i = 0; i < x.Length; i += 4)
            sum = Fma(Vector256.Create<double>(x[i..]) - va, Vector256.Create<double>(y[i..]) - vb, sum);
        return (sum.GetElement(0) + sum.GetElement(1)) + (sum.GetElement(2) + sum.GetElement(3));
    }
}
