namespace Plumbline.Numerics;

/// <summary>The order statistics themselves, by drawing the trials again and keeping those in the few bins where an interval may end.</summary>
internal static class ExactIntervals
{
    /// <summary>Values that may be kept at once: 32 MB.</summary>
    private const long MostKept = 4_000_000;

    /// <summary>For every result the symmetric interval, and the shortest unless too many trials could be its ends.</summary>
    internal static (Interval Symmetric, Interval? Shortest)?[] Find(TrialSource source, MonteCarloOptions options, BinQuantiles[] quantiles)
    {
        var plans = Array.ConvertAll(quantiles, q => new Plan(q, options.Coverage));
        var kept = source.Run(options, 0, options.Blocks, () => Array.ConvertAll(plans, _ => new List<double>()), (lists, outputs, _) =>
        {
            for (var k = 0; k < plans.Length; k++)
                plans[k].Keep(outputs[k], lists[k]);
        }, (_, _) => { });
        return [.. plans.Select((p, k) => ((Interval, Interval?)?)p.Read([.. kept.SelectMany(lists => lists[k])]))];
    }

    private sealed class Plan
    {
        private readonly BinQuantiles quantiles;
        private readonly bool[] wanted = new bool[BinCounts.Size], lower = new bool[BinCounts.Size];
        private readonly long inside, first;
        private readonly bool hasShortest;

        internal Plan(BinQuantiles quantiles, double coverage)
        {
            this.quantiles = quantiles;
            var m = quantiles.Count;
            // JCGM 101, 7.7: q is pM to the nearest whole number, r is (M − q)/2.
            inside = Math.Clamp((long)Math.Floor(coverage * m + 0.5), 1, m - 1);
            first = Math.Max((m - inside + 1) / 2, 1) - 1;
            Want(quantiles.BinOfRank(first));
            Want(quantiles.BinOfRank(first + inside));
            hasShortest = WantShortest();
        }

        private void Want(int bin) => wanted[bin] = true;

        /// <summary>Marks every bin in which the shortest interval may begin or end; false when they hold too many trials.</summary>
        private bool WantShortest()
        {
            var best = double.PositiveInfinity;
            foreach (var (_, first, last, bin) in Pairs())
                best = Math.Min(best, quantiles.Edge(last + 1) - quantiles.Edge(bin));
            var also = (bool[])wanted.Clone();
            foreach (var (_, from, to, bin) in Pairs())
            {
                if (quantiles.Edge(from) - quantiles.Edge(bin + 1) > best)
                    continue;
                lower[bin] = also[bin] = true;
                for (var j = from; j <= to; j++)
                    also[j] = true;
            }
            var count = Enumerable.Range(0, also.Length).Sum(i => also[i] ? quantiles.Bins.Totals[i] : 0);
            if (count > MostKept)
                return false;
            also.CopyTo(wanted, 0);
            return true;
        }

        /// <summary>Bins in which an interval may begin, with those in which it then ends.</summary>
        private IEnumerable<(long Rank, int First, int Last, int Bin)> Pairs()
        {
            var upper = 0;
            for (var bin = 0; bin < BinCounts.Size; bin++)
            {
                var from = quantiles.Before(bin);
                if (quantiles.Bins.Totals[bin] == 0)
                    continue;
                if (from + inside >= quantiles.Count)
                    yield break;
                while (quantiles.Before(upper + 1) <= from + inside)
                    upper++;
                var last = quantiles.BinOfRank(Math.Min(quantiles.Before(bin + 1) - 1 + inside, quantiles.Count - 1));
                yield return (from, upper, last, bin);
            }
        }

        internal void Keep(double[] values, List<double> list)
        {
            foreach (var v in values)
                if (wanted[quantiles.Bins.BinOf(v)])
                    list.Add(v);
        }

        internal (Interval, Interval?) Read(double[] kept)
        {
            Array.Sort(kept);
            var start = new int[BinCounts.Size];
            var at = 0;
            for (var bin = 0; bin < BinCounts.Size; bin++)
            {
                start[bin] = at;
                if (wanted[bin])
                    at += (int)quantiles.Bins.Totals[bin];
            }
            var symmetric = new Interval(Value(first), Value(first + inside));
            if (!hasShortest)
                return (symmetric, null);
            var best = symmetric;
            for (var bin = 0; bin < BinCounts.Size; bin++)
                if (lower[bin])
                    for (var r = quantiles.Before(bin); r < quantiles.Before(bin + 1) && r + inside < quantiles.Count; r++)
                    {
                        double low = kept[start[bin] + (int)(r - quantiles.Before(bin))], high = Value(r + inside);
                        if (high - low < best.High - best.Low)
                            best = new(low, high);
                    }
            return (symmetric, best);

            double Value(long rank)
            {
                var bin = quantiles.BinOfRank(rank);
                return kept[start[bin] + (int)(rank - quantiles.Before(bin))];
            }
        }
    }
}
