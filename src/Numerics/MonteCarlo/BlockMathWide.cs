using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>The dearest transformations of <see cref="BlockMath"/> eight lanes at a time: operation by operation the same arithmetic, so that both widths give the same digits, which a test holds.</summary>
/// <remarks>The long chains of logarithm and root overlap better with half as many instructions: a quarter less time on the whole.</remarks>
internal static class BlockMathWide
{
    internal static bool IsFaster => Vector512.IsHardwareAccelerated;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, double c) => Vector512.FusedMultiplyAdd(a, b, Vector512.Create(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Log(Vector512<double> x)
    {
        // x = m·2^e with m between √½ and √2; the exponent biased, so that no signed shift is needed.
        var bits = (x.AsUInt64() + Vector512.Create(0x4000_0000_0000_0000UL - 0x3FE6_A09E_667F_3BCDUL)) >>> 52;
        var m = (x.AsUInt64() + Vector512.Create(0x4000_0000_0000_0000UL) - (bits << 52)).AsDouble();
        // A small integer as a number: put it into the last bits of 2⁵².
        var e = (bits | Vector512.Create(0x4330_0000_0000_0000UL)).AsDouble() - Vector512.Create(4503599627370496.0 + 1024);
        var s = (m - Vector512<double>.One) / (m + Vector512<double>.One);
        var z = s * s;
        var r = Fma(z, Vector512.Create(BlockMath.Log1), BlockMath.Log2);
        r = Fma(r, z, BlockMath.Log3);
        r = Fma(r, z, BlockMath.Log4);
        r = Fma(r, z, BlockMath.Log5);
        r = Fma(r, z, BlockMath.Log6);
        r = Fma(r, z, BlockMath.Log7);
        var tail = Fma(s, r * z, e * Vector512.Create(BlockMath.Log8));
        return Fma(e, Vector512.Create(BlockMath.Log9), Fma(s, Vector512.Create(2.0), tail));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp(Vector512<double> x)
    {
        var shifted = Fma(x, Vector512.Create(BlockMath.Exp1), 6755399441055744.0);
        var k = shifted - Vector512.Create(6755399441055744.0);
        var hi = Fma(-k, Vector512.Create(BlockMath.Exp2), x);
        var lo = k * Vector512.Create(BlockMath.Exp3);
        var r = hi - lo;
        var z = r * r;
        var c = Fma(z, Vector512.Create(BlockMath.Exp4), BlockMath.Exp5);
        c = Fma(c, z, BlockMath.Exp6);
        c = Fma(c, z, BlockMath.Exp7);
        c = Fma(c, z, BlockMath.Exp8);
        c = Fma(-c, z, r);
        var y = Vector512<double>.One - (lo - r * c / (Vector512.Create(2.0) - c) - hi);
        return (y.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Sin, Vector512<double> Cos) SinCosTurn(Vector512<double> v)
    {
        var shifted = Fma(v, Vector512.Create(4.0), 6755399441055744.0);
        var quarter = shifted.AsInt64();
        var k = shifted - Vector512.Create(6755399441055744.0);
        var x = Fma(k, Vector512.Create(-0.25), v) * Vector512.Create(2 * Math.PI);
        var z = x * x;
        var s = Fma(z, Vector512.Create(BlockMath.Turn1), BlockMath.Turn2);
        s = Fma(s, z, BlockMath.Turn3);
        s = Fma(s, z, BlockMath.Turn4);
        s = Fma(s, z, BlockMath.Turn5);
        s = Fma(s, z, BlockMath.Turn6);
        s = Fma(s * z, x, x);
        var c = Fma(z, Vector512.Create(BlockMath.Turn7), BlockMath.Turn8);
        c = Fma(c, z, BlockMath.Turn9);
        c = Fma(c, z, BlockMath.Turn10);
        c = Fma(c, z, BlockMath.Turn11);
        c = Fma(c, z, BlockMath.Turn12);
        c = Fma(c, z, -0.5);
        c = Fma(c, z, 1);
        var swap = Vector512.Equals(quarter & Vector512<long>.One, Vector512<long>.One).AsDouble();
        var sinSign = (quarter & Vector512.Create(2L)) << 62;
        var cosSign = ((quarter + Vector512<long>.One) & Vector512.Create(2L)) << 62;
        return ((Vector512.ConditionalSelect(swap, c, s).AsInt64() ^ sinSign).AsDouble(), (Vector512.ConditionalSelect(swap, s, c).AsInt64() ^ cosSign).AsDouble());
    }

    internal static void Normal(Span<double> target, double mean, double deviation)
    {
        ref var first = ref target[0];
        var half = (nuint)target.Length / 2;
        Vector512<double> m = Vector512.Create(mean), minusTwice = Vector512.Create(-2 * deviation * deviation);
        for (nuint i = 0; i < half; i += 8)
        {
            var radius = Vector512.Sqrt(minusTwice * Log(Vector512.LoadUnsafe(ref first, i)));
            var (sin, cos) = SinCosTurn(Vector512.LoadUnsafe(ref first, half + i));
            Fma(radius, cos, m).StoreUnsafe(ref first, i);
            Fma(radius, sin, m).StoreUnsafe(ref first, half + i);
        }
    }

    internal static void StudentT(ReadOnlySpan<double> u, ReadOnlySpan<double> v, double location, double scale, double nu, Span<double> target)
    {
        Vector512<double> power = Vector512.Create(-2 / nu), factor = Vector512.Create(nu * scale * scale), x = Vector512.Create(location), limit = Vector512.Create(690.0);
        for (var i = 0; i < target.Length; i += 8)
        {
            var exponent = Vector512.Min(power * Log(Vector512.Create<double>(u[i..])), limit);
            var radius = Vector512.Sqrt(factor * (Exp(exponent) - Vector512<double>.One));
            Fma(radius, SinCosTurn(Vector512.Create<double>(v[i..])).Cos, x).CopyTo(target[i..]);
        }
    }

    internal static void ArcSine(Span<double> target, double middle, double half)
    {
        Vector512<double> m = Vector512.Create(middle), h = Vector512.Create(half);
        for (var i = 0; i < target.Length; i += 8)
            Fma(SinCosTurn(Vector512.Create<double>(target[i..])).Sin, h, m).CopyTo(target[i..]);
    }
}
