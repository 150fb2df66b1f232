namespace Plumbline.Numerics;

/// <summary>The grid of a result, some of its bins divided further where the shortest interval may end.</summary>
internal sealed class IntervalCells
{
    /// <summary>Cells that refined bins of all results together may have: 8 MB of counts a thread at most.</summary>
    internal const int MostCells = 1 << 20;

    private readonly BinQuantiles bins;
    private readonly int[] first = new int[BinCounts.Size + 1];
    private readonly bool[] refined;
    private readonly int split;
    private readonly double[] edges;
    private readonly long[] before;

    /// <param name="bins">The counts of the first drawing.</param>
    /// <param name="refined">Bins that are divided; null for none.</param>
    /// <param name="split">Into how many cells each.</param>
    /// <param name="counts">Trials in the cells of refined bins, in order; null before they are counted.</param>
    internal IntervalCells(BinQuantiles bins, bool[]? refined = null, int split = 1, ReadOnlySpan<long> counts = default)
    {
        (this.bins, this.refined, this.split) = (bins, refined ?? new bool[BinCounts.Size], split);
        for (var bin = 0; bin < BinCounts.Size; bin++)
            first[bin + 1] = first[bin] + (this.refined[bin] ? split : 1);
        edges = new double[Count + 1];
        before = new long[Count + 1];
        var taken = 0;
        for (var bin = 0; bin < BinCounts.Size; bin++)
        {
            double low = bins.Edge(bin), high = bins.Edge(bin + 1);
            var parts = first[bin + 1] - first[bin];
            for (var k = 0; k < parts; k++)
            {
                edges[first[bin] + k] = parts == 1 ? low : low + (high - low) * k / parts;
                before[first[bin] + k + 1] = before[first[bin] + k] + (!this.refined[bin] ? bins.Bins.Totals[bin] : counts.IsEmpty ? 0 : counts[taken++]);
            }
        }
        edges[Count] = bins.Edge(BinCounts.Size);
    }

    internal int Count => first[BinCounts.Size];

    /// <summary>All cells of refined bins.</summary>
    internal int Refined => refined.Count(r => r) * split;

    internal long Trials => before[Count];

    internal double Edge(int cell) => edges[cell];

    internal long Before(int cell) => before[cell];

    internal long In(int cell) => before[cell + 1] - before[cell];

    /// <summary>The finest width: that of a cell of a refined bin, or of a bin.</summary>
    internal double Width => bins.Bins.Width / split;

    /// <summary>The cell of a value: never earlier for a larger one.</summary>
    internal int Of(double value)
    {
        var bin = bins.Bins.BinOf(value);
        return refined[bin] ? first[bin] + Within(value, bin) : first[bin];
    }

    private int Within(double value, int bin)
    {
        double low = bins.Edge(bin), high = bins.Edge(bin + 1);
        return high > low ? (int)Math.Clamp((value - low) / (high - low) * split, 0, split - 1) : 0;
    }

    /// <summary>Counts the values of a block that fall into refined bins, cell by cell in order.</summary>
    internal void Add(double[] values, int[] offsets, int[] counts)
    {
        foreach (var v in values)
        {
            var bin = bins.Bins.BinOf(v);
            if (refined[bin])
                counts[offsets[bin] + Within(v, bin)]++;
        }
    }

    /// <summary>Where the cells of each refined bin begin among those of all.</summary>
    internal int[] Offsets()
    {
        var offsets = new int[BinCounts.Size];
        var next = 0;
        for (var bin = 0; bin < BinCounts.Size; bin++)
        {
            offsets[bin] = next;
            next += refined[bin] ? split : 0;
        }
        return offsets;
    }

    /// <summary>The cell of the order statistic with this index from 0.</summary>
    internal int OfRank(long rank)
    {
        int low = 0, high = Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (before[middle + 1] > rank)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    /// <summary>The value below which this many trials lie, straight within a cell.</summary>
    internal double AtRank(long rank)
    {
        var cell = OfRank(Math.Min(rank, Trials - 1));
        var share = In(cell) == 0 ? 0 : Math.Clamp((double)(rank - before[cell]) / In(cell), 0, 1);
        return edges[cell] + share * (edges[cell + 1] - edges[cell]);
    }
}
