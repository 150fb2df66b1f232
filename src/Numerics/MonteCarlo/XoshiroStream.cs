using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>xoshiro256++ in eight lanes; the states come from splitmix64 of seed, input and block.</summary>
internal sealed class XoshiroStream : RandomStream
{
    private readonly ulong[] state = new ulong[32];

    private protected override void Begin(ulong seed, uint input, ulong block)
    {
        // Three mixings, so that neighbouring seeds, inputs and blocks have nothing in common.
        var x = Mix(Mix(Mix(seed + Golden) + (input + 1UL) * Golden) + (block + 1) * Golden);
        for (var i = 0; i < state.Length; i++)
            state[i] = Mix(x += Golden);
    }

    private const ulong Golden = 0x9E3779B97F4A7C15;

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    internal override void Fill(Span<double> target)
    {
        ref var first = ref target[0];
        ref var words = ref state[0];
        Vector256<ulong> a0 = Vector256.LoadUnsafe(ref words), b0 = Vector256.LoadUnsafe(ref words, 4), a1 = Vector256.LoadUnsafe(ref words, 8), b1 = Vector256.LoadUnsafe(ref words, 12),
            a2 = Vector256.LoadUnsafe(ref words, 16), b2 = Vector256.LoadUnsafe(ref words, 20), a3 = Vector256.LoadUnsafe(ref words, 24), b3 = Vector256.LoadUnsafe(ref words, 28);
        for (nuint i = 0; i < (nuint)target.Length; i += 8)
        {
            BlockMath.Unit(Rotate(a0 + a3, 23) + a0).StoreUnsafe(ref first, i);
            BlockMath.Unit(Rotate(b0 + b3, 23) + b0).StoreUnsafe(ref first, i + 4);
            Vector256<ulong> s = a1 << 17, t = b1 << 17;
            a2 ^= a0;
            b2 ^= b0;
            a3 ^= a1;
            b3 ^= b1;
            a1 ^= a2;
            b1 ^= b2;
            a0 ^= a3;
            b0 ^= b3;
            a2 ^= s;
            b2 ^= t;
            a3 = Rotate(a3, 45);
            b3 = Rotate(b3, 45);
        }
        a0.StoreUnsafe(ref words);
        b0.StoreUnsafe(ref words, 4);
        a1.StoreUnsafe(ref words, 8);
        b1.StoreUnsafe(ref words, 12);
        a2.StoreUnsafe(ref words, 16);
        b2.StoreUnsafe(ref words, 20);
        a3.StoreUnsafe(ref words, 24);
        b3.StoreUnsafe(ref words, 28);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Rotate(Vector256<ulong> x, int by) => (x << by) | (x >>> (64 - by));

    /// <summary>One lane from a given state, for the known answers of the generator's authors.</summary>
    internal static ulong Next(ulong[] s)
    {
        var result = ulong.RotateLeft(s[0] + s[3], 23) + s[0];
        var t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = ulong.RotateLeft(s[3], 45);
        return result;
    }

    /// <summary>The states of one lane after <see cref="RandomStream.Start"/>.</summary>
    internal ulong[] Lane(int lane) => [state[lane], state[8 + lane], state[16 + lane], state[24 + lane]];
}
