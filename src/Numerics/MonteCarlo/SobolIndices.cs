namespace Plumbline.Numerics;

/// <summary>Which share of the variance of a result each input brings (方差灵敏度指标): alone, and with all its interactions.</summary>
/// <param name="Name">The result.</param>
/// <param name="First">S<sub>i</sub>: by the input alone, in the order of the quantities.</param>
/// <param name="Total">S<sub>Ti</sub>: with its interactions; not below the first apart from sampling.</param>
/// <param name="FirstErrors">Standard errors of <paramref name="First"/>.</param>
/// <param name="TotalErrors">Standard errors of <paramref name="Total"/>.</param>
public sealed record SobolIndices(string Name, double[] First, double[] Total, double[] FirstErrors, double[] TotalErrors)
{
    /// <summary>Estimates the indices by exchanging one input at a time between two sets of trials (A. Saltelli et al., 2010; M. J. W. Jansen, 1999).</summary>
    /// <param name="model">The measurement model.</param>
    /// <param name="inputs">Independent, with variances.</param>
    /// <param name="options">Trials of each set; null for one million.</param>
    /// <returns>One for each result; zeros where a result does not vary.</returns>
    /// <exception cref="ArgumentException">Inputs are correlated, so that the variance has no such shares, or are not the model's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static SobolIndices[] Of(MeasurementModel model, JointInputs inputs, MonteCarloOptions? options = null)
    {
        options ??= new();
        options.Check();
        var source = TrialSource.Of(model, inputs);
        if (inputs.Correlation is not null)
            throw new ArgumentException("The inputs are correlated: the variance of the result cannot be shared out between them.", nameof(inputs));
        int n = inputs.Names.Count, results = source.Names.Length;
        var centres = MonteCarloTally.Grids(source, options);
        // For each result: moments of f, then for each input those of f(B)(f(ABᵢ) − f(A)) and of (f(A) − f(ABᵢ))²/2, chunk by chunk in order.
        var chunks = new Moments[(options.Blocks + TrialSource.BlocksInChunk - 1) / TrialSource.BlocksInChunk][,];
        source.Run(options, 0, options.Blocks, () => new Exchange(source, options, n, results, Array.ConvertAll(centres, c => c.Centre)), (state, _, block) => state.Add((ulong)block), (state, chunk) => chunks[chunk] = state.Take());
        var all = new Moments[results, 1 + 2 * n];
        foreach (var chunk in chunks)
            for (var k = 0; k < results; k++)
                for (var j = 0; j <= 2 * n; j++)
                    all[k, j] = all[k, j].Merge(chunk[k, j]);
        return [.. Enumerable.Range(0, results).Select(k =>
        {
            var variance = all[k, 0].Variance;
            double[] Share(int from, Func<Moments, double> what) => [.. Enumerable.Range(0, n).Select(i => variance > 0 ? what(all[k, from + i]) / variance : 0)];
            return new SobolIndices(source.Names[k], Share(1, m => m.Mean), Share(1 + n, m => m.Mean), Share(1, m => m.StandardDeviation / Math.Sqrt(m.Count)), Share(1 + n, m => m.StandardDeviation / Math.Sqrt(m.Count)));
        })];
    }

    /// <summary>Two sets of inputs and the model between them, on one thread.</summary>
    private sealed class Exchange(TrialSource source, MonteCarloOptions options, int n, int results, double[] centres)
    {
        private readonly InputDrawer a = new(source.Inputs, options.Seed, options.Generator), b = new(source.Inputs, options.Seed, options.Generator, (uint)n);
        private readonly BlockModel model = source.Create();
        private readonly double[][] scratch = [new double[InputDrawer.Lanes], new double[InputDrawer.Lanes]];
        private Moments[,] moments = new Moments[results, 1 + 2 * n];

        internal void Add(ulong block)
        {
            a.Draw(block);
            b.Draw(block);
            var fa = Array.ConvertAll(model(a.Values), v => (double[])v.Clone());
            var fb = Array.ConvertAll(model(b.Values), v => (double[])v.Clone());
            for (var k = 0; k < results; k++)
                moments[k, 0] = moments[k, 0].Merge(Moments.Of(fa[k], centres[k]));
            double[][] mixed = [.. a.Values];
            for (var i = 0; i < n; i++)
            {
                mixed[i] = b.Values[i];
                var fi = model(mixed);
                for (var k = 0; k < results; k++)
                {
                    for (var t = 0; t < InputDrawer.Lanes; t++)
                    {
                        var change = fi[k][t] - fa[k][t];
                        (scratch[0][t], scratch[1][t]) = ((fb[k][t] - centres[k]) * change, change * change / 2);
                    }
                    moments[k, 1 + i] = moments[k, 1 + i].Merge(Moments.Of(scratch[0], 0));
                    moments[k, 1 + n + i] = moments[k, 1 + n + i].Merge(Moments.Of(scratch[1], 0));
                }
                mixed[i] = a.Values[i];
            }
        }

        internal Moments[,] Take()
        {
            var taken = moments;
            moments = new Moments[results, 1 + 2 * n];
            return taken;
        }
    }
}
