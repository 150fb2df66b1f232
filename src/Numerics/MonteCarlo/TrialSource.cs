namespace Plumbline.Numerics;

/// <summary>One block of trials of a model on one thread: the results of every lane, valid until the next block.</summary>
internal delegate double[][] BlockModel(double[][] inputs);

/// <summary>A model and its inputs, ready to be run on any number of threads.</summary>
/// <param name="inputs">The joint distribution.</param>
/// <param name="names">The results.</param>
/// <param name="create">Makes a model for one thread.</param>
internal sealed class TrialSource(JointInputs inputs, string[] names, Func<BlockModel> create)
{
    /// <summary>Blocks whose sums are merged as one: the grain of work and of the order of reduction.</summary>
    internal const int BlocksInChunk = 64;

    internal JointInputs Inputs => inputs;

    internal string[] Names => names;

    internal Func<BlockModel> Create => create;

    internal static TrialSource Of(MeasurementModel model, JointInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        if (!model.QuantityNames.SequenceEqual(inputs.Names))
            throw new ArgumentException($"The quantities of the model are {string.Join(", ", model.QuantityNames)}; given are {string.Join(", ", inputs.Names)}.", nameof(inputs));
        return new(inputs, [.. model.ResultNames], () => model.IsImplicit ? Solving(model) : new BlockProgram(model.Program).Run);
    }

    /// <summary>Implicit equations are solved trial by trial, each from the solution of the one before.</summary>
    private static BlockModel Solving(MeasurementModel model)
    {
        var results = Enumerable.Range(0, model.ResultNames.Count).Select(_ => new double[InputDrawer.Lanes]).ToArray();
        var values = new double[model.Program.Count];
        return inputs =>
        {
            var estimates = new double[model.QuantityNames.Count];
            for (var t = 0; t < InputDrawer.Lanes; t++)
            {
                for (var i = 0; i < estimates.Length; i++)
                    estimates[i] = inputs[i][t];
                model.Program.Run(ImplicitSolver.Solve(model, estimates), values);
                for (var k = 0; k < results.Length; k++)
                    results[k][t] = values[model.Program.Outputs[k]];
            }
            return results;
        };
    }

    /// <summary>Runs blocks on several threads. Each thread has a state of its own; chunks are handed out in order and each belongs to one thread.</summary>
    internal T[] Run<T>(MonteCarloOptions options, ulong firstBlock, long blocks, Func<T> state, Action<T, double[][], long> onBlock, Action<T, long> onChunk)
    {
        var chunks = (blocks + BlocksInChunk - 1) / BlocksInChunk;
        long next = -1, done = 0;
        var workers = (int)Math.Min(options.ThreadCount, chunks);
        var states = new T[workers];
        if (workers == 1)
            Work(0);
        else
            try
            {
                Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, Work);
            }
            catch (AggregateException e)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            }
        return states;

        void Work(int worker)
        {
            var own = states[worker] = state();
            var drawer = new InputDrawer(inputs, options.Seed, options.Generator);
            var model = create();
            for (var chunk = Interlocked.Increment(ref next); chunk < chunks; chunk = Interlocked.Increment(ref next))
            {
                for (var block = chunk * BlocksInChunk; block < Math.Min(blocks, (chunk + 1) * BlocksInChunk); block++)
                {
                    drawer.Draw(firstBlock + (ulong)block);
                    var outputs = model(drawer.Values);
                    for (var k = 0; k < outputs.Length; k++)
                        CheckFinite(drawer.Values, outputs, k);
                    onBlock(own, outputs, block);
                }
                onChunk(own, chunk);
                options.Progress?.Report(new(blocks * InputDrawer.Lanes, (double)Interlocked.Increment(ref done) / chunks));
            }
        }
    }

    /// <summary>Refuses a block in which a result has no finite value, and names the trial.</summary>
    internal void CheckFinite(double[][] values, double[][] outputs, int k)
    {
        if (!IsFinite(outputs[k]))
            throw NotFinite(values, outputs[k], names[k]);
    }

    private static bool IsFinite(ReadOnlySpan<double> values)
    {
        // Zero times anything finite is zero; anything else leaves a NaN.
        var sum = System.Runtime.Intrinsics.Vector256<double>.Zero;
        for (var i = 0; i < values.Length; i += 4)
            sum += System.Runtime.Intrinsics.Vector256.Create(values[i..]) * System.Runtime.Intrinsics.Vector256<double>.Zero;
        return System.Runtime.Intrinsics.Vector256.Sum(sum) == 0;
    }

    private ArithmeticException NotFinite(double[][] values, double[] output, string name)
    {
        var t = Array.FindIndex(output, v => !double.IsFinite(v));
        var at = string.Join(", ", values.Select((v, i) => $"{inputs.Names[i]} = {v[t].ToString("R", System.Globalization.CultureInfo.InvariantCulture)}"));
        return new($"'{name}' has no finite value for {at}, which the inputs' distributions allow.");
    }
}
