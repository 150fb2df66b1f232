namespace Plumbline.Numerics;

/// <summary>Quantiles and intervals from counts on a grid.</summary>
internal sealed class BinQuantiles
{
    private readonly BinCounts bins;
    private readonly double least, most;

    /// <summary>Trials below each bin; the last entry is all of them.</summary>
    private readonly long[] before = new long[BinCounts.Size + 1];

    /// <param name="bins">The counts.</param>
    /// <param name="least">The smallest value seen.</param>
    /// <param name="most">The largest value seen.</param>
    internal BinQuantiles(BinCounts bins, double least, double most)
    {
        (this.bins, this.least, this.most) = (bins, least, most);
        for (var i = 0; i < BinCounts.Size; i++)
            before[i + 1] = before[i] + bins.Totals[i];
    }

    internal long Count => before[^1];

    internal BinCounts Bins => bins;

    internal long Before(int bin) => before[bin];

    /// <summary>The edge, drawn in to what was seen.</summary>
    internal double Edge(int bin) => Math.Clamp(bins.Edge(bin), least, most);

    internal double At(double probability) => AtRank(probability * Count);

    /// <summary>The value below which this many trials lie.</summary>
    internal double AtRank(double rank)
    {
        var bin = BinOfRank((long)Math.Floor(rank));
        while (bin < BinCounts.Size - 1 && bins.Totals[bin] == 0)
            bin++;
        var share = bins.Totals[bin] == 0 ? 0 : Math.Clamp((rank - before[bin]) / bins.Totals[bin], 0, 1);
        return Edge(bin) + share * (Edge(bin + 1) - Edge(bin));
    }

    /// <summary>The bin of the order statistic with this index from 0.</summary>
    internal int BinOfRank(long rank)
    {
        int low = 0, high = BinCounts.Size - 1;
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

    internal double Below(double value)
    {
        if (value < least)
            return 0;
        if (value >= most)
            return 1;
        var bin = bins.BinOf(value);
        double low = Edge(bin), high = Edge(bin + 1);
        return (before[bin] + bins.Totals[bin] * (high > low ? Math.Clamp((value - low) / (high - low), 0, 1) : 1)) / Count;
    }

    /// <summary>The shortest interval that holds the share, and the vertex of a parabola through the lengths near it.</summary>
    internal (Interval Shortest, Interval Smoothed) Shortest(double coverage)
    {
        var inside = coverage * Count;
        var ranks = new List<double>();
        for (var i = 0; i < BinCounts.Size; i++)
        {
            if (bins.Totals[i] == 0)
                continue;
            if (before[i] + inside <= Count)
                ranks.Add(before[i]);
            // Where an upper end meets an edge.
            if (before[i + 1] - inside >= 0)
                ranks.Add(before[i + 1] - inside);
        }
        var lengths = ranks.Select(r => AtRank(r + inside) - AtRank(r)).ToArray();
        var best = 0;
        for (var i = 1; i < lengths.Length; i++)
            if (lengths[i] < lengths[best])
                best = i;
        var smooth = Vertex(ranks, lengths, lengths[best], Count - inside) ?? ranks[best];
        return (new(AtRank(ranks[best]), AtRank(ranks[best] + inside)), new(AtRank(smooth), AtRank(smooth + inside)));
    }

    /// <summary>Where a least-squares parabola through the lengths within 0.3 % of the smallest is lowest; null when it has no lowest point inside.</summary>
    private static double? Vertex(List<double> ranks, double[] lengths, double smallest, double largestRank)
    {
        var near = Enumerable.Range(0, lengths.Length).Where(i => lengths[i] <= 1.003 * smallest).ToArray();
        if (near.Length < 12)
            return null;
        double low = near.Min(i => ranks[i]), high = near.Max(i => ranks[i]), middle = (low + high) / 2, half = (high - low) / 2;
        // A minimum at an end of the distribution is no vertex.
        if (!(half > 0) || low <= 0.002 * largestRank || high >= 0.998 * largestRank)
            return null;
        var design = new double[near.Length, 3];
        var y = new double[near.Length];
        for (var k = 0; k < near.Length; k++)
        {
            var x = (ranks[near[k]] - middle) / half;
            (design[k, 0], design[k, 1], design[k, 2], y[k]) = (1, x, x * x, lengths[near[k]] / smallest - 1);
        }
        var beta = LeastSquares.Ordinary(design, y).Parameters;
        var vertex = -beta[1] / (2 * beta[2]);
        return beta[2] > 0 && Math.Abs(vertex) <= 1 ? middle + half * vertex : null;
    }
}
