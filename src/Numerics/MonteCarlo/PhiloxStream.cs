using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Numerics;

/// <summary>Philox4x32-10. Counter: place in the block, input, block (two words); key: the seed. Eight counters give sixteen numbers of 52 bits.</summary>
internal sealed class PhiloxStream : RandomStream
{
    private const ulong First = 0xD2511F53, Second = 0xCD9E8D57;
    private const uint FirstWeyl = 0x9E3779B9, SecondWeyl = 0xBB67AE85;
    private readonly uint[] keys = new uint[20];
    private readonly Vector512<ulong>[] wideKeys = new Vector512<ulong>[20];
    private uint input, blockLow, blockHigh, place;

    private protected override void Begin(ulong seed, uint input, ulong block)
    {
        (this.input, blockLow, blockHigh, place) = (input, (uint)block, (uint)(block >> 32), 0);
        for (var round = 0; round < 10; round++)
        {
            keys[2 * round] = (uint)seed + (uint)round * FirstWeyl;
            keys[2 * round + 1] = (uint)(seed >> 32) + (uint)round * SecondWeyl;
        }
        for (var k = 0; k < keys.Length; k++)
            wideKeys[k] = Vector512.Create((ulong)keys[k]);
    }

    internal override void Fill(Span<double> target)
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
            FillWide(target);
        else
            FillNarrow(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillWide(Span<double> target)
    {
        ref var first = ref target[0];
        ref var key = ref wideKeys[0];
        var counters = Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7) + Vector512.Create((ulong)place);
        Vector512<ulong> low = Vector512.Create(0xFFFF_FFFFUL), eight = Vector512.Create(8UL), one = Vector512.Create((ulong)input), two = Vector512.Create((ulong)blockLow), three = Vector512.Create((ulong)blockHigh);
        for (nuint i = 0; i < (nuint)target.Length; i += Multiple)
        {
            Vector512<ulong> c0 = counters, c1 = one, c2 = two, c3 = three;
            Round(ref c0, ref c1, ref c2, ref c3, ref key, 0);
            Round(ref c0, ref c1, ref c2, ref c3, ref key, 2);
            Round(ref c0, ref c1, ref c2, ref c3, ref key, 4);
            Round(ref c0, ref c1, ref c2, ref c3, ref key, 6);
            Round(ref c0, ref c1, ref c2, ref c3, ref key, 8);
            Round(ref c0, ref c1, ref c2, ref c3, ref key, 10);
            Round(ref c0, ref c1, ref c2, ref c3, ref key, 12);
            Round(ref c0, ref c1, ref c2, ref c3, ref key, 14);
            Round(ref c0, ref c1, ref c2, ref c3, ref key, 16);
            Round(ref c0, ref c1, ref c2, ref c3, ref key, 18);
            Unit((c0 & low) | (c1 << 32)).StoreUnsafe(ref first, i);
            Unit((c2 & low) | (c3 << 32)).StoreUnsafe(ref first, i + 8);
            counters += eight;
        }
        place += (uint)(target.Length / 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref Vector512<ulong> c0, ref Vector512<ulong> c1, ref Vector512<ulong> c2, ref Vector512<ulong> c3, ref Vector512<ulong> keys, int at)
    {
        var p = Avx512F.Multiply(c0.AsUInt32(), Vector512.Create(First).AsUInt32());
        var q = Avx512F.Multiply(c2.AsUInt32(), Vector512.Create(Second).AsUInt32());
        // 0x96 is the exclusive or of three.
        (c0, c1, c2, c3) = (Avx512F.TernaryLogic(q >>> 32, c1, Unsafe.Add(ref keys, at), 0x96), q, Avx512F.TernaryLogic(p >>> 32, c3, Unsafe.Add(ref keys, at + 1), 0x96), p);
    }

    private static Vector512<double> Unit(Vector512<ulong> bits) =>
        ((bits >>> 12) | Vector512.Create(0x3FF0_0000_0000_0000UL)).AsDouble() - Vector512.Create(1 - 1.0 / (1UL << 53));

    private void FillNarrow(Span<double> target)
    {
        ref var first = ref target[0];
        var lanes = Vector256.Create(0UL, 1, 2, 3);
        var low = Vector256.Create(0xFFFF_FFFFUL);
        for (var i = 0; i < target.Length; i += Multiple)
            for (var half = 0; half < 2; half++, place += 4)
            {
                Vector256<ulong> c0 = lanes + Vector256.Create((ulong)place), c1 = Vector256.Create((ulong)input),
                    c2 = Vector256.Create((ulong)blockLow), c3 = Vector256.Create((ulong)blockHigh);
                for (var k = 0; k < keys.Length; k += 2)
                {
                    Vector256<ulong> p = Times(c0, First), q = Times(c2, Second);
                    (c0, c1, c2, c3) = ((q >>> 32) ^ c1 ^ Vector256.Create((ulong)keys[k]), q, (p >>> 32) ^ c3 ^ Vector256.Create((ulong)keys[k + 1]), p);
                }
                BlockMath.Unit((c0 & low) | (c1 << 32)).StoreUnsafe(ref first, (nuint)(i + 4 * half));
                BlockMath.Unit((c2 & low) | (c3 << 32)).StoreUnsafe(ref first, (nuint)(i + 8 + 4 * half));
            }
    }

    /// <summary>The low halves of the lanes times a 32-bit number, in full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Times(Vector256<ulong> a, ulong b) => Avx2.IsSupported
        ? Avx2.Multiply(a.AsUInt32(), Vector256.Create(b).AsUInt32()) : (a & Vector256.Create(0xFFFF_FFFFUL)) * Vector256.Create(b);

    /// <summary>One counter, for the known answers of the generator's authors.</summary>
    internal static uint[] Block(uint[] counter, uint key0, uint key1)
    {
        uint c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
        for (var round = 0; round < 10; round++, key0 += FirstWeyl, key1 += SecondWeyl)
        {
            ulong p = First * c0, q = Second * c2;
            (c0, c1, c2, c3) = ((uint)(q >> 32) ^ c1 ^ key0, (uint)q, (uint)(p >> 32) ^ c3 ^ key1, (uint)p);
        }
        return [c0, c1, c2, c3];
    }
}
