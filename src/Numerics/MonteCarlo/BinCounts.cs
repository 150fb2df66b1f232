using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>Counts on a fixed grid with two open ends: integers, so that any order of counting gives the same.</summary>
internal sealed class BinCounts
{
    internal const int Size = 1 << 15;
    private readonly double scale, offset;
    private readonly int[] recent = new int[Size];

    private BinCounts(double low, double high)
    {
        (Low, High) = (low, high);
        scale = (Size - 2) / (high - low);
        // Half a bin less, because adding 2⁵² rounds to the nearest whole number.
        offset = 1 - low * scale - 0.5;
    }

    internal double Low { get; }

    internal double High { get; }

    internal long[] Totals { get; } = new long[Size];

    internal BinCounts Fresh() => new(Low, High);

    /// <summary>A grid with these ends, and what was counted on it.</summary>
    internal static BinCounts Of(double low, double high, long[] totals)
    {
        var counts = new BinCounts(low, high);
        totals.CopyTo(counts.Totals, 0);
        return counts;
    }

    /// <summary>A grid about the bulk of a pilot sample, which is sorted here: four times as far out as the 0.5 % and 99.5 % quantiles.</summary>
    internal static BinCounts About(double[] pilot)
    {
        Array.Sort(pilot);
        double low = pilot[pilot.Length / 200], middle = pilot[pilot.Length / 2], high = pilot[^(pilot.Length / 200)];
        if (!(high > low))
            (low, high) = (pilot[0], pilot[^1]);
        if (!(high > low))
            (low, high) = (middle - Math.Max(Math.Abs(middle) * 1e-9, 1e-300), middle + Math.Max(Math.Abs(middle) * 1e-9, 1e-300));
        var wide = (high - low) * 0.05;
        return new(Math.Max(middle - 4 * Math.Max(middle - low, wide), pilot[0] - 0.5 * (pilot[^1] - pilot[0]) - wide), Math.Min(middle + 4 * Math.Max(high - middle, wide), pilot[^1] + 0.5 * (pilot[^1] - pilot[0]) + wide));
    }

    /// <summary>The lower edge of a bin; bin 0 begins at −∞.</summary>
    internal double Edge(int bin) => bin <= 0 ? double.NegativeInfinity : bin >= Size ? double.PositiveInfinity : Low + (bin - 1) / scale;

    internal double Width => 1 / scale;

    /// <summary>Counts a block; flushes well before an int could overflow.</summary>
    internal void Add(ReadOnlySpan<double> values)
    {
        Vector256<double> s = Vector256.Create(scale), o = Vector256.Create(offset), zero = default, most = Vector256.Create(Size - 1.0), magic = Vector256.Create(4503599627370496.0);
        var counts = recent;
        ref var first = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(values);
        for (nuint i = 0; i < (nuint)values.Length; i += 4)
        {
            var at = (Vector256.Min(Vector256.Max(Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref first, i), s, o), zero), most) + magic).AsInt64();
            counts[(int)at.GetElement(0) & (Size - 1)]++;
            counts[(int)at.GetElement(1) & (Size - 1)]++;
            counts[(int)at.GetElement(2) & (Size - 1)]++;
            counts[(int)at.GetElement(3) & (Size - 1)]++;
        }
    }

    /// <summary>The bin of one value, by the very same arithmetic.</summary>
    internal int BinOf(double value) =>
        (int)(BitConverter.DoubleToInt64Bits(Math.Min(Math.Max(Math.FusedMultiplyAdd(value, scale, offset), 0), Size - 1.0) + 4503599627370496.0) & (Size - 1));

    internal void Flush()
    {
        for (var i = 0; i < Size; i++)
        {
            Totals[i] += recent[i];
            recent[i] = 0;
        }
    }

    internal void Merge(BinCounts other)
    {
        for (var i = 0; i < Size; i++)
            Totals[i] += other.Totals[i];
    }
}
