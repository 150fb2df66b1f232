namespace Plumbline.Numerics;

/// <summary>Which cells hold the order statistics that are the ends of the intervals, and the ends once the trials in those cells are known.</summary>
internal sealed class IntervalPlan
{
    private readonly IntervalCells cells;
    private readonly bool[] wanted, lower;
    private readonly long inside, first;

    internal IntervalPlan(IntervalCells cells, double coverage, long mostKept)
    {
        this.cells = cells;
        wanted = new bool[cells.Count];
        lower = new bool[cells.Count];
        var m = cells.Trials;
        // JCGM 101, 7.7: q is pM to the nearest whole number, r is (M − q)/2.
        inside = Math.Clamp((long)Math.Floor(coverage * m + 0.5), 1, m - 1);
        first = Math.Max((m - inside + 1) / 2, 1) - 1;
        wanted[cells.OfRank(first)] = wanted[cells.OfRank(first + inside)] = true;
        Candidates = Shortest();
        HasShortest = Enumerable.Range(0, cells.Count).Sum(c => Candidates[c] ? cells.In(c) : 0) <= mostKept;
        if (HasShortest)
            for (var c = 0; c < cells.Count; c++)
                wanted[c] |= Candidates[c];
    }

    /// <summary>Whether the trials that could be ends of the shortest interval are few enough to be kept.</summary>
    internal bool HasShortest { get; }

    /// <summary>Every cell in which the shortest interval may begin or end.</summary>
    internal bool[] Candidates { get; }

    private bool[] Shortest()
    {
        var best = double.PositiveInfinity;
        foreach (var (_, last, cell) in Pairs())
            best = Math.Min(best, cells.Edge(last + 1) - cells.Edge(cell));
        // A value may lie outside the edges of its cell by rounding.
        best += 0.02 * cells.Width + 8 * Math.BitIncrement(Math.Abs(cells.Edge(0))) - 8 * Math.Abs(cells.Edge(0));
        var candidates = new bool[cells.Count];
        foreach (var (from, to, cell) in Pairs())
        {
            if (cells.Edge(from) - cells.Edge(cell + 1) > best)
                continue;
            lower[cell] = candidates[cell] = true;
            for (var j = from; j <= to; j++)
                candidates[j] = true;
        }
        return candidates;
    }

    /// <summary>Cells in which an interval may begin, with those in which it then ends.</summary>
    private IEnumerable<(int First, int Last, int Cell)> Pairs()
    {
        int upper = 0, last = 0;
        for (var cell = 0; cell < cells.Count; cell++)
        {
            if (cells.In(cell) == 0)
                continue;
            var from = cells.Before(cell);
            if (from + inside >= cells.Trials)
                yield break;
            while (cells.Before(upper + 1) <= from + inside)
                upper++;
            var end = Math.Min(cells.Before(cell + 1) - 1 + inside, cells.Trials - 1);
            while (cells.Before(last + 1) <= end)
                last++;
            yield return (upper, last, cell);
        }
    }

    internal void Keep(double[] values, List<double> list)
    {
        foreach (var v in values)
            if (wanted[cells.Of(v)])
                list.Add(v);
    }

    /// <summary>Both intervals from all that was kept; the shortest from the cells where its ends were too many to keep.</summary>
    internal (Interval Symmetric, Interval Shortest) Read(double[] kept)
    {
        Array.Sort(kept);
        var start = new int[cells.Count];
        var at = 0;
        for (var cell = 0; cell < cells.Count; cell++)
        {
            start[cell] = at;
            if (wanted[cell])
                at += (int)cells.In(cell);
        }
        if (at != kept.Length)
            throw new InvalidOperationException($"{kept.Length} trials were kept where {at} were counted: the parts are not of one run.");
        var symmetric = new Interval(Value(first), Value(first + inside));
        var best = HasShortest ? symmetric : new(double.NegativeInfinity, double.PositiveInfinity);
        for (var cell = 0; cell < cells.Count; cell++)
            if (lower[cell])
                for (var r = cells.Before(cell); r < cells.Before(cell + 1) && r + inside < cells.Trials; r++)
                {
                    double low = HasShortest ? kept[start[cell] + (int)(r - cells.Before(cell))] : cells.Edge(cell), high = HasShortest ? Value(r + inside) : cells.AtRank(r + inside);
                    if (high - low < best.High - best.Low)
                        best = new(low, high);
                    if (!HasShortest)
                        break;
                }
        return (symmetric, best);

        double Value(long rank)
        {
            var cell = cells.OfRank(rank);
            return kept[start[cell] + (int)(rank - cells.Before(cell))];
        }
    }
}
