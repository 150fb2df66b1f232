namespace Plumbline.Numerics;

/// <summary>Counts of one result and the extremes seen.</summary>
internal sealed class BinTally(BinCounts counts)
{
    internal BinCounts Counts => counts;

    internal double Least { get; private set; } = double.PositiveInfinity;

    internal double Most { get; private set; } = double.NegativeInfinity;

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

/// <summary>What one pass over the trials leaves: moments, co-moments and counts, in memory that does not grow with the trials' number.</summary>
internal sealed class MonteCarloTally
{
    private readonly double[] centres;
    private readonly double[,] products;

    private MonteCarloTally(Moments[] moments, double[] centres, double[,] products, BinTally[] bins) => (Moments, this.centres, this.products, Bins) = (moments, centres, products, bins);

    internal Moments[] Moments { get; }

    internal BinTally[] Bins { get; }

    internal double[,] Covariance()
    {
        var n = Moments.Length;
        var covariance = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
                covariance[i, j] = covariance[j, i] = i == j ? Moments[i].Variance
                    : (products[i, j] - Moments[i].Count * (Moments[i].Mean - centres[i]) * (Moments[j].Mean - centres[j])) / (Moments[i].Count - 1);
        return covariance;
    }

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

    internal static MonteCarloTally Count(TrialSource source, MonteCarloOptions options, (BinCounts Grid, double Centre)[] grids, ulong firstBlock, long blocks)
    {
        var size = grids.Length;
        var chunks = new (Moments[] Moments, double[,] Products)[(blocks + TrialSource.BlocksInChunk - 1) / TrialSource.BlocksInChunk];
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
            chunks[chunk] = ([.. state.Moments], (double[,])state.Products.Clone());
            Array.Clear(state.Moments);
            Array.Clear(state.Products);
            foreach (var bin in state.Bins)
                bin.Counts.Flush();
        });
        foreach (var other in states.Skip(1))
            for (var k = 0; k < size; k++)
                states[0].Bins[k].Merge(other.Bins[k]);
        var moments = new Moments[size];
        var products = new double[size, size];
        foreach (var chunk in chunks)
            for (var k = 0; k < size; k++)
            {
                moments[k] = moments[k].Merge(chunk.Moments[k]);
                for (var j = 0; j < k; j++)
                    products[k, j] += chunk.Products[k, j];
            }
        return new(moments, centres, products, states[0].Bins);
    }
}
