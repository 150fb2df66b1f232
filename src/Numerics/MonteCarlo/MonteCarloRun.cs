namespace Plumbline.Numerics;

/// <summary>A run whose trials are shared out (分布式蒙特卡洛): every machine computes some of the trials of a stage, the parts are merged, and the run goes on to its next stage until the result stands.</summary>
/// <remarks>
/// <code>
/// var run = MonteCarloRun.Begin(options);
/// while (!run.IsFinished)
///     run = run.After(run.Compute(model, inputs, 0, half).Merge(run.Compute(model, inputs, half, run.Trials)));
/// var result = run.Result;
/// </code>
/// The digits are those of <see cref="MonteCarlo.Run(MeasurementModel, JointInputs, MonteCarloOptions?)"/>, however the trials were split, because that is made of the same stages.
/// Runs and parts are immutable and go over the wire as JSON; the model and its inputs go as their owner keeps them.
/// </remarks>
public sealed class MonteCarloRun
{
    /// <summary>Trials are shared out in multiples of this; the last part ends with the run.</summary>
    public const long Grain = TrialSource.BlocksInChunk * InputDrawer.Lanes;

    private readonly BinQuantiles[] quantiles = [];
    private readonly IntervalCells[] cells = [];
    private readonly IntervalPlan[] plans = [];

    private MonteCarloRun(MonteCarloOptions options, MonteCarloPart? counted, MonteCarloPart? refined, MonteCarloPart? collected)
    {
        (Options, Counted, Refined, Collected) = (options, counted, refined, collected);
        if (counted is null)
            return;
        quantiles = Array.ConvertAll(counted.Bins, b => new BinQuantiles(b.Counts, b.Least, b.Most));
        if (options.OrderStatistics == OrderStatistics.Binned)
            return;
        cells = Array.ConvertAll(quantiles, q => new IntervalCells(q));
        plans = Array.ConvertAll(cells, c => new IntervalPlan(c, options.Coverage, options.MostKept));
        if (plans.All(p => p.HasShortest))
            return;
        var most = IntervalCells.MostCells / plans.Count(p => !p.HasShortest);
        for (var k = 0; k < plans.Length; k++)
        {
            if (plans[k].HasShortest)
                continue;
            var candidates = plans[k].Candidates;
            var split = Math.Max(2, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(most / candidates.Count(c => c)) / 2 + 1));
            cells[k] = new IntervalCells(quantiles[k], candidates, split, refined is null ? default : refined.Cells[k]);
            if (refined is not null)
                plans[k] = new IntervalPlan(cells[k], options.Coverage, options.MostKept);
        }
        NeedsRefinement = true;
    }

    /// <summary>How the run is made; with model and inputs this determines every digit.</summary>
    public MonteCarloOptions Options { get; }

    /// <summary>The trials of the whole run, in whole blocks.</summary>
    public long Trials => Options.Blocks * InputDrawer.Lanes;

    /// <summary>What is to be computed next; null once the result stands.</summary>
    public MonteCarloStage? Stage => Counted is null ? MonteCarloStage.Count
        : Options.OrderStatistics == OrderStatistics.Binned ? null
        : NeedsRefinement && Refined is null ? MonteCarloStage.Refine
        : Collected is null ? MonteCarloStage.Collect : null;

    /// <summary>Whether the result stands.</summary>
    public bool IsFinished => Stage is null;

    internal MonteCarloPart? Counted { get; }

    internal MonteCarloPart? Refined { get; }

    internal MonteCarloPart? Collected { get; }

    private bool NeedsRefinement { get; }

    /// <summary>A run of which nothing has been computed.</summary>
    /// <param name="options">Trials, coverage, seed; null for one million at 95 %.</param>
    /// <returns>The run at its first stage.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static MonteCarloRun Begin(MonteCarloOptions? options = null)
    {
        options ??= new();
        options.Check();
        return new(options, null, null, null);
    }

    /// <summary>Computes the trials from <paramref name="firstTrial"/> up to, not including, <paramref name="endTrial"/> for the present stage.</summary>
    /// <param name="model">The measurement model.</param>
    /// <param name="inputs">One distribution for each of the model's quantities, in their order.</param>
    /// <param name="firstTrial">A multiple of <see cref="Grain"/>, not negative.</param>
    /// <param name="endTrial">A multiple of <see cref="Grain"/> or the end of the run, above the first.</param>
    /// <returns>The part, to be merged with those of the other trials.</returns>
    /// <exception cref="ArgumentException">The inputs are not the model's quantities, or not those of the stages before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is not one of this run.</exception>
    /// <exception cref="InvalidOperationException">The run is finished.</exception>
    /// <exception cref="ArithmeticException">The model has no finite value at a trial: the trial is named.</exception>
    public MonteCarloPart Compute(MeasurementModel model, JointInputs inputs, long firstTrial, long endTrial) => Compute(TrialSource.Of(model, inputs), firstTrial, endTrial, Options);

    internal MonteCarloPart Compute(TrialSource source, long firstTrial, long endTrial, MonteCarloOptions options)
    {
        if (Stage is not { } stage)
            throw new InvalidOperationException("The run is finished: its result stands.");
        if (firstTrial < 0 || firstTrial % Grain != 0 || firstTrial >= Trials)
            throw new ArgumentOutOfRangeException(nameof(firstTrial), firstTrial, $"Must be a multiple of {Grain} below {Trials}.");
        if (endTrial <= firstTrial || endTrial > Trials || endTrial != Trials && endTrial % Grain != 0)
            throw new ArgumentOutOfRangeException(nameof(endTrial), endTrial, $"Must be a multiple of {Grain} above {firstTrial}, or {Trials}.");
        var grids = MonteCarloTally.Grids(source, options);
        var marks = Array.ConvertAll(grids, g => (g.Grid.Low, g.Grid.High, g.Centre));
        if (Counted is not null && (!Counted.Grids.SequenceEqual(marks) || !Counted.Names.SequenceEqual(source.Names)))
            throw new ArgumentException("Model and inputs are not those of the stages before.", nameof(source));
        var from = (ulong)(firstTrial / InputDrawer.Lanes);
        long blocks = (endTrial - firstTrial) / InputDrawer.Lanes, first = firstTrial / Grain, chunks = (endTrial - firstTrial + Grain - 1) / Grain;
        MonteCarloPart Part(ChunkSums?[] sums) => new(stage, source.Names, source.Inputs.Distributions.All(d => d.Variance is not null), marks, [(first, sums)]);
        if (stage == MonteCarloStage.Count)
        {
            var (sums, bins) = MonteCarloTally.Count(source, options, grids, from, blocks);
            return Part(sums).With(bins: bins);
        }
        return stage == MonteCarloStage.Refine ? Part(new ChunkSums?[chunks]).With(cells: Refine(source, options, from, blocks)) : Part(new ChunkSums?[chunks]).With(kept: Collect(source, options, from, blocks));
    }

    private long[][] Refine(TrialSource source, MonteCarloOptions options, ulong firstBlock, long blocks)
    {
        var offsets = Array.ConvertAll(cells, c => c.Offsets());
        var states = source.Run(options, firstBlock, blocks, () => Array.ConvertAll(cells, c => new int[c.Refined]), (counts, outputs, _) =>
        {
            for (var k = 0; k < cells.Length; k++)
                if (counts[k].Length > 0)
                    cells[k].Add(outputs[k], offsets[k], counts[k]);
        }, (_, _) => { });
        return [.. cells.Select((c, k) => Enumerable.Range(0, c.Refined).Select(i => states.Sum(s => (long)s[k][i])).ToArray())];
    }

    private double[][] Collect(TrialSource source, MonteCarloOptions options, ulong firstBlock, long blocks)
    {
        var kept = source.Run(options, firstBlock, blocks, () => Array.ConvertAll(plans, _ => new List<double>()), (lists, outputs, _) =>
        {
            for (var k = 0; k < plans.Length; k++)
                plans[k].Keep(outputs[k], lists[k]);
        }, (_, _) => { });
        return [.. plans.Select((_, k) => (double[])[.. kept.SelectMany(lists => lists[k])])];
    }

    /// <summary>The run with a stage completed.</summary>
    /// <param name="whole">All trials of the present stage, merged.</param>
    /// <returns>The run at its next stage, or finished.</returns>
    /// <exception cref="ArgumentException">The part is of another stage or run, or trials are missing.</exception>
    /// <exception cref="InvalidOperationException">The run is finished.</exception>
    public MonteCarloRun After(MonteCarloPart whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        if (Stage is not { } stage)
            throw new InvalidOperationException("The run is finished: its result stands.");
        if (whole.Stage != stage || Counted is not null && !Counted.Grids.SequenceEqual(whole.Grids))
            throw new ArgumentException($"A part of the stage {stage} of this run is expected.", nameof(whole));
        long next = 0;
        foreach (var (first, sums) in whole.Ranges)
        {
            if (first != next)
                break;
            next += sums.Length;
        }
        if (next != (Trials + Grain - 1) / Grain)
            throw new ArgumentException($"Trials from {next * Grain} on are missing.", nameof(whole));
        return stage switch
        {
            MonteCarloStage.Count => new(Options, whole, null, null),
            MonteCarloStage.Refine => new(Options, Counted, whole, null),
            _ => new(Options, Counted, Refined, whole),
        };
    }

    /// <summary>The evaluation.</summary>
    /// <exception cref="InvalidOperationException">Stages are still to be computed.</exception>
    public MonteCarloResult Result
    {
        get
        {
            if (Stage is { } stage)
                throw new InvalidOperationException($"The stage {stage} is still to be computed.");
            var counted = Counted!;
            var size = counted.Names.Length;
            var moments = new Moments[size];
            var products = new double[size, size];
            foreach (var chunk in counted.Ranges.SelectMany(r => r.Sums))
                for (var k = 0; k < size; k++)
                {
                    moments[k] = moments[k].Merge(chunk!.Moments[k]);
                    for (var j = 0; j < k; j++)
                        products[k, j] += chunk.Products[k, j];
                }
            return new(Trials, [.. Enumerable.Range(0, size).Select(k => Output(k, moments[k]))], Covariance(moments, products), Options);
        }
    }

    private MonteCarloOutput Output(int k, Moments m)
    {
        var (shortest, smoothed) = quantiles[k].Shortest(Options.Coverage);
        var symmetric = new Interval(quantiles[k].At((1 - Options.Coverage) / 2), quantiles[k].At((1 + Options.Coverage) / 2));
        var (isExact, resolution) = (false, quantiles[k].Bins.Width);
        if (Collected is not null)
        {
            (symmetric, shortest) = plans[k].Read((double[])Collected.Kept[k].Clone());
            (isExact, resolution) = (plans[k].HasShortest, plans[k].HasShortest ? 0 : cells[k].Width);
        }
        return new(Counted!.Names[k], m, Counted.HasDeviation ? m.StandardDeviation : null, symmetric, shortest, smoothed, MonteCarlo.Errors(m, quantiles[k], Options.Coverage), isExact) { Distribution = quantiles[k], Resolution = resolution };
    }

    private double[,] Covariance(Moments[] moments, double[,] products)
    {
        var n = moments.Length;
        var centres = Array.ConvertAll(Counted!.Grids, g => g.Centre);
        var covariance = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
                covariance[i, j] = covariance[j, i] = i == j ? moments[i].Variance
                    : (products[i, j] - moments[i].Count * (moments[i].Mean - centres[i]) * (moments[j].Mean - centres[j])) / (moments[i].Count - 1);
        return covariance;
    }

    /// <summary>As text: the options and the stages so far, every digit kept.</summary>
    /// <returns>JSON.</returns>
    public string ToJson() => MonteCarloJson.Write(this).ToJsonString();

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">JSON.</param>
    /// <returns>The run.</returns>
    /// <exception cref="FormatException">The text is no run.</exception>
    public static MonteCarloRun FromJson(string json) => MonteCarloJson.Run(json);
}
