namespace Plumbline.Numerics;

/// <summary>Counts of one result and the extremes seen.</summary>
internal sealed class BinTally(BinCounts counts, double least = double.PositiveInfinity, double most = double.NegativeInfinity)
{
    internal BinCounts Counts => counts;

    internal double Least { get; private set; } = least;

    internal double Most { get; private set; } = most;

    internal void Add(double[] values)
    {
        counts.Add(values);
        // Only what lies beyond the grid can matter for the ends of the open bins; the extremes are wanted all the same.
        System.Runtime.Intrinsics.Vector256<double> low = System.Runtime.Intrinsics.Vector256.Create(Least), high = System.Runtime.Intrinsics.Vector256.Create(Most);
        for (var i = 0; i < values.Length; i += 4)
        {
            var v = System.Runtime.Intrinsics.Vector256.Create<double>(values.AsSpan(i));
            low = System.Runtime.Intrinsics.Vector256.Min(low, v);
            high = System.Runtime.Intrinsics.Vector256.Max(high, v);
        }
        for (var lane = 0; lane < 4; lane++)
        {
            Least = Math.Min(Least, System.Runtime.Intrinsics.Vector256.GetElement(low, lane));
            Most = Math.Max(Most, System.Runtime.Intrinsics.Vector256.GetElement(high, lane));
        }
    }

    internal void Merge(BinTally other)
    {
        counts.Merge(other.Counts);
        (Least, Most) = (Math.Min(Least, other.Least), Math.Max(Most, other.Most));
    }
}

/// <summary>The sums of one chunk of blocks: what is merged in order.</summary>
/// <param name="Moments">Of every result.</param>
/// <param name="Products">Σ(y<sub>k</sub> − c<sub>k</sub>)(y<sub>j</sub> − c<sub>j</sub>) of every pair, below the diagonal.</param>
internal sealed record ChunkSums(Moments[] Moments, double[,] Products);

/// <summary>The first drawing: moments, co-moments and counts.</summary>
internal static class MonteCarloTally
{
    /// <summary>The grid and the centre of every result, from the first sixteen blocks.</summary>
    internal static (BinCounts Grid, double Centre)[] Grids(TrialSource source, MonteCarloOptions options)
    {
        const int pilot = 16;
        var values = source.Names.Select(_ => new double[pilot * InputDrawer.Lanes]).ToArray();
        source.Run<object>(options with { Threads = 1, Progress = null }, 0, pilot, () => new(), (_, outputs, block) =>
        {
            for (var k = 0; k < values.Length; k++)
                outputs[k].CopyTo(values[k], block * InputDrawer.Lanes);
        }, (_, _) => { });
        return Array.ConvertAll(values, v => (BinCounts.About(v), v[v.Length / 2]));
    }

    private sealed class State(BinTally[] bins, int size)
    {
        internal BinTally[] Bins => bins;

        internal Moments[] Moments { get; } = new Moments[size];

        internal double[,] Products { get; } = new double[size, size];
    }

    internal static (ChunkSums[] Chunks, BinTally[] Bins) Count(TrialSource source, MonteCarloOptions options, (BinCounts Grid, double Centre)[] grids, ulong firstBlock, long blocks)
    {
        var size = grids.Length;
        var chunks = new ChunkSums[(blocks + TrialSource.BlocksInChunk - 1) / TrialSource.BlocksInChunk];
        var centres = Array.ConvertAll(grids, g => g.Centre);
        var states = source.Run(options, firstBlock, blocks, () => new State(Array.ConvertAll(grids, g => new BinTally(g.Grid.Fresh())), size), (state, outputs, _) =>
        {
            for (var k = 0; k < size; k++)
            {
                state.Bins[k].Add(outputs[k]);
                state.Moments[k] = state.Moments[k].Merge(Numerics.Moments.Of(outputs[k], centres[k]));
                for (var j = 0; j < k; j++)
                    state.Products[k, j] += BlockMath.Products(outputs[k], centres[k], outputs[j], centres[j]);
            }
        }, (state, chunk) =>
        {
            chunks[chunk] = new([.. state.Moments], (double[,])state.Products.Clone());
            Array.Clear(state.Moments);
            Array.Clear(state.Products);
            foreach (var bin in state.Bins)
                bin.Counts.Flush();
        });
        foreach (var other in states.Skip(1))
            for (var k = 0; k < size; k++)
                states[0].Bins[k].Merge(other.Bins[k]);
        return (chunks, states[0].Bins);
    }
}
