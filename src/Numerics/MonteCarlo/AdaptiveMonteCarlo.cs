namespace Plumbline.Numerics;

/// <summary>When an adaptive evaluation has enough trials.</summary>
public enum StoppingRule
{
    /// <summary>Standard errors of the statistics themselves: a first stage says how many trials are needed, a second runs them, and a look says whether they were. The default.</summary>
    TwoStageDirect,

    /// <summary>Stein's two stages with block means (G. Wübbeler et al., Metrologia 47 (2010) 317): thirty blocks, then as many as the t distribution asks for.</summary>
    SteinTwoStage,

    /// <summary>The sequential rule of JCGM 101:2008, 7.9.4. It stops too early in about one run of seven: for comparison.</summary>
    Jcgm101Clause79,
}

/// <summary>How precise the result is to be.</summary>
public sealed record AdaptiveOptions
{
    /// <summary>Seed, generator, coverage, threads; its number of trials is not used.</summary>
    public MonteCarloOptions Run { get; init; } = new();

    /// <summary>The digits of u that are to be right: δ is half a unit of the last.</summary>
    public int SignificantDigits { get; init; } = 2;

    /// <summary>How much of δ the result may be off by, above 0 and at most 1: a fifth where it is to judge another result (JCGM 101:2008, 8).</summary>
    public double ToleranceShare { get; init; } = 1;

    /// <summary>When to stop.</summary>
    public StoppingRule Rule { get; init; } = StoppingRule.TwoStageDirect;

    /// <summary>The probability that all statistics of a result are within δ.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Where the search ends without success.</summary>
    public long MostTrials { get; init; } = 200_000_000;

    internal void Check()
    {
        Run.Check();
        Require.AtLeast(SignificantDigits, 1);
        Require.Probability(Confidence);
        if (!(ToleranceShare is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(ToleranceShare), ToleranceShare, "Must lie above 0 and not above 1.");
    }
}

/// <summary>One look at the result so far.</summary>
/// <param name="Trials">Made so far.</param>
/// <param name="Result">The model's result that decided.</param>
/// <param name="Tolerance">Its δ, or the share of it that was asked for.</param>
/// <param name="Bound">What its least certain statistic may be off by at the confidence asked for (7.9: twice the standard deviation of the mean).</param>
/// <param name="TrialsNeeded">What this look asks for; not above <paramref name="Trials"/> when it is satisfied.</param>
public sealed record AdaptiveLook(long Trials, string Result, double Tolerance, double Bound, long TrialsNeeded)
{
    /// <summary>The bound is within δ.</summary>
    public bool IsEnough => Bound <= Tolerance;
}

/// <summary>An adaptive evaluation with its trace.</summary>
/// <param name="Result">From all trials together.</param>
/// <param name="Rule">The rule that stopped it.</param>
/// <param name="Converged">Whether the rule was satisfied; otherwise the most trials allowed were too few.</param>
/// <param name="Trace">Every look, in order.</param>
public sealed record AdaptiveResult(MonteCarloResult Result, StoppingRule Rule, bool Converged, AdaptiveLook[] Trace);

/// <summary>Monte Carlo with as many trials as the digits asked for need (自适应蒙特卡洛法).</summary>
public static class AdaptiveMonteCarlo
{
    /// <summary>Runs until mean, u and both ends of the symmetric interval of every result are within δ.</summary>
    /// <param name="model">The measurement model.</param>
    /// <param name="inputs">One distribution for each of the model's quantities, in their order.</param>
    /// <param name="options">Precision and rule; null for two digits by two stages.</param>
    /// <returns>The result, whether it is precise enough, and every look.</returns>
    /// <exception cref="ArgumentException">The inputs are not the model's quantities.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArithmeticException">The model has no finite value at a trial.</exception>
    public static AdaptiveResult Run(MeasurementModel model, JointInputs inputs, AdaptiveOptions? options = null) => Run(TrialSource.Of(model, inputs), options ?? new());

    internal static AdaptiveResult Run(TrialSource source, AdaptiveOptions options)
    {
        options.Check();
        return options.Rule == StoppingRule.TwoStageDirect ? Direct(source, options) : new BlockedRun(source, options).Run();
    }

    /// <summary>M = max(10⁴, 100/(1 − p)) of JCGM 101, 7.9.4, in whole blocks.</summary>
    internal static long FirstTrials(double coverage) => (long)(Math.Ceiling(Math.Max(1e4, 100 / (1 - coverage)) / InputDrawer.Lanes) * InputDrawer.Lanes);

    private static AdaptiveResult Direct(TrialSource source, AdaptiveOptions options)
    {
        // Four statistics a result, two sides each.
        var factor = Normal.UpperQuantile((1 - options.Confidence) / 8);
        var trace = new List<AdaptiveLook>();
        var trials = 10 * FirstTrials(options.Run.Coverage);
        while (true)
        {
            var result = MonteCarlo.Run(source, options.Run with { Trials = trials });
            var look = result.Outputs.Select(y => Look(y, result.Trials, factor, options)).MaxBy(l => l.Tolerance == 0 ? 0 : l.Bound / l.Tolerance)!;
            trace.Add(look);
            if (look.IsEnough || trials >= options.MostTrials)
                return new(result, options.Rule, look.IsEnough, [.. trace]);
            trials = Math.Min(look.TrialsNeeded, options.MostTrials);
        }
    }

    private static AdaptiveLook Look(MonteCarloOutput y, long trials, double factor, AdaptiveOptions options)
    {
        // Where there is no standard deviation a quarter of the interval stands for it, and its ends alone are judged.
        var tolerance = FrameworkValidation.NumericalTolerance(y.StandardUncertainty ?? (y.Symmetric.High - y.Symmetric.Low) / 4, options.SignificantDigits) * options.ToleranceShare;
        var bound = factor * (y.StandardUncertainty is null ? Math.Max(y.StandardErrors.Low, y.StandardErrors.High) : y.StandardErrors.Largest);
        var needed = tolerance == 0 || bound <= tolerance ? trials : (long)Math.Min(1e15, 1.1 * trials * (bound / tolerance) * (bound / tolerance));
        return new(trials, y.Name, tolerance, bound, Math.Max(needed, bound <= tolerance ? 0 : trials + InputDrawer.Lanes));
    }

    /// <summary>The rules that look at the spread of blocks.</summary>
    private sealed class BlockedRun(TrialSource source, AdaptiveOptions options)
    {
        private const int SteinBlocks = 30;
        private readonly long size = FirstTrials(options.Run.Coverage);
        private readonly List<(double Mean, double U, double Low, double High)[]> blocks = [];
        private readonly List<AdaptiveLook> trace = [];

        internal AdaptiveResult Run()
        {
            var isStein = options.Rule == StoppingRule.SteinTwoStage;
            while (blocks.Count < (isStein ? SteinBlocks : 2))
                AddBlock();
            var look = Look(isStein);
            if (isStein)
            {
                // The second stage is run once, whatever it shows.
                var trials = Math.Min(Math.Max(look.TrialsNeeded, blocks.Count * size), options.MostTrials);
                return Finish(trials, look.TrialsNeeded <= options.MostTrials);
            }
            while (!look.IsEnough && (blocks.Count + 1) * size <= options.MostTrials)
            {
                AddBlock();
                look = Look(isStein);
                options.Run.Progress?.Report(new(look.TrialsNeeded, Math.Min(1, (double)look.Trials / look.TrialsNeeded)));
            }
            return Finish(blocks.Count * size, look.IsEnough);
        }

        private AdaptiveResult Finish(long trials, bool converged) => new(MonteCarlo.Run(source, options.Run with { Trials = trials }), options.Rule, converged, [.. trace]);

        private AdaptiveLook Look(bool isStein)
        {
            var h = blocks.Count;
            var t = isStein ? StudentT.UpperQuantile((1 - options.Confidence) / 8, h - 1) : 2;
            AdaptiveLook worst = new(h * size, source.Names[0], 0, 0, h * size);
            for (var k = 0; k < source.Names.Length; k++)
            {
                var u = Math.Sqrt(blocks.Average(b => b[k].U * b[k].U));
                var tolerance = FrameworkValidation.NumericalTolerance(u, options.SignificantDigits) * options.ToleranceShare;
                var spread = Math.Max(Math.Max(Deviation(b => b[k].Mean), Deviation(b => b[k].U)), Math.Max(Deviation(b => b[k].Low), Deviation(b => b[k].High)));
                var bound = t * spread / Math.Sqrt(h);
                var needed = tolerance == 0 ? h * size : (long)Math.Min(1e15, Math.Max(h, Math.Floor(spread * spread * t * t / (tolerance * tolerance)) + 1) * size);
                if (k == 0 || bound * worst.Tolerance > worst.Bound * tolerance)
                    worst = new(h * size, source.Names[k], tolerance, bound, needed);
            }
            trace.Add(worst);
            return worst;
        }

        private double Deviation(Func<(double Mean, double U, double Low, double High)[], double> of)
        {
            var mean = blocks.Average(of);
            return Math.Sqrt(blocks.Sum(b => (of(b) - mean) * (of(b) - mean)) / (blocks.Count - 1));
        }

        private void AddBlock()
        {
            var values = source.Names.Select(_ => new double[size]).ToArray();
            source.Run<object>(options.Run with { Progress = null }, (ulong)(blocks.Count * size / InputDrawer.Lanes), size / InputDrawer.Lanes, () => new(), (_, outputs, block) =>
            {
                for (var k = 0; k < values.Length; k++)
                    outputs[k].CopyTo(values[k], block * InputDrawer.Lanes);
            }, (_, _) => { });
            blocks.Add(Array.ConvertAll(values, v =>
            {
                var m = Moments.Of(v, v[0]);
                Array.Sort(v);
                var q = (int)(options.Run.Coverage * size + 0.5);
                var r = (int)Math.Max((size - q + 1) / 2, 1) - 1;
                return (m.Mean, m.StandardDeviation, v[r], v[r + q]);
            }));
        }
    }
}
