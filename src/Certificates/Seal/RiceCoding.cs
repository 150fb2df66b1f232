namespace Plumbline.Certificates;

/// <summary>Golomb–Rice coding of increasing numbers by their gaps: quotient by 2^k in unary, remainder in k bits, most significant bit first.</summary>
internal static class RiceCoding
{
    /// <summary>The parameter with the shortest code.</summary>
    /// <param name="numbers">Strictly increasing.</param>
    public static int BestParameter(ReadOnlySpan<uint> numbers)
    {
        var best = 0;
        var least = long.MaxValue;
        for (var k = 0; k < 32; k++)
        {
            var bits = Bits(numbers, k);
            if (bits >= least)
                continue;
            (best, least) = (k, bits);
        }
        return best;
    }

    /// <param name="numbers">Strictly increasing.</param>
    public static byte[] Encode(ReadOnlySpan<uint> numbers, int parameter)
    {
        var coded = new byte[(Bits(numbers, parameter) + 7) / 8];
        long at = 0;
        var next = 0u;
        foreach (var number in numbers)
        {
            var gap = number - next;
            for (var ones = gap >> parameter; ones > 0; ones--, at++)
                coded[at >> 3] |= (byte)(0x80 >> (int)(at & 7));
            at++;
            for (var bit = parameter - 1; bit >= 0; bit--, at++)
                coded[at >> 3] |= (byte)((gap >> bit & 1) << (int)(7 - (at & 7)));
            next = number + 1;
        }
        return coded;
    }

    /// <param name="coded">Exactly the bytes of the code.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="parameter">k, 0 to 31.</param>
    /// <param name="limit">Every number lies below it.</param>
    /// <returns>The numbers, strictly increasing; null where the bytes are no such code, or not the only one for these numbers.</returns>
    public static uint[]? Decode(ReadOnlySpan<byte> coded, int count, int parameter, uint limit)
    {
        var bits = 8L * coded.Length;
        if (count < 0 || parameter is < 0 or > 31 || (long)count * (parameter + 1) > bits)
            return null;
        var numbers = new uint[count];
        long at = 0;
        ulong next = 0;
        for (var i = 0; i < count; i++)
        {
            ulong quotient = 0;
            while (true)
            {
                if (at >= bits)
                    return null;
                if ((coded[(int)(at >> 3)] >> (int)(7 - (at++ & 7)) & 1) == 0)
                    break;
                quotient++;
            }
            if (at + parameter > bits)
                return null;
            ulong remainder = 0;
            for (var bit = 0; bit < parameter; bit++, at++)
                remainder = remainder << 1 | (uint)(coded[(int)(at >> 3)] >> (int)(7 - (at & 7)) & 1);
            var number = next + (quotient << parameter | remainder);
            if (number >= limit)
                return null;
            numbers[i] = (uint)number;
            next = number + 1;
        }
        var padding = bits - at;
        return padding < 8 && (padding == 0 || (coded[^1] & (1 << (int)padding) - 1) == 0) ? numbers : null;
    }

    private static long Bits(ReadOnlySpan<uint> numbers, int parameter)
    {
        long bits = (long)numbers.Length * (parameter + 1);
        var next = 0u;
        foreach (var number in numbers)
        {
            bits += number - next >> parameter;
            next = number + 1;
        }
        return bits;
    }
}
