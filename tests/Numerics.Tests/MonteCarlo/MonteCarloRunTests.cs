namespace Plumbline.Numerics.Tests.MonteCarlo;

public class MonteCarloRunTests
{
    private static readonly MeasurementModel Pair = MeasurementModel.Parse("a = x*y; b = x + exp(y)", ["x", "y"]);

    private static readonly JointInputs PairInputs = JointInputs.Correlate(["x", "y"], [NormalDistribution.FromStandardDeviation(3, 0.4), RectangularDistribution.Limits(0, 1)], new double[,] { { 1, 0.5 }, { 0.5, 1 } });

    private static void Same(MonteCarloResult whole, MonteCarloResult other)
    {
        Assert.Equal(whole.Trials, other.Trials);
        Assert.Equal(whole.Covariance, other.Covariance);
        foreach (var (a, b) in whole.Outputs.Zip(other.Outputs))
        {
            Assert.Equal(a.Moments, b.Moments);
            Assert.Equal((a.Name, a.StandardUncertainty, a.Symmetric, a.Shortest, a.SmoothedShortest), (b.Name, b.StandardUncertainty, b.Symmetric, b.Shortest, b.SmoothedShortest));
            Assert.Equal((a.StandardErrors, a.IsExact, a.Resolution), (b.StandardErrors, b.IsExact, b.Resolution));
            Assert.Equal(a.Quantile(0.3), b.Quantile(0.3));
        }
    }

    public static TheoryData<OrderStatistics, long, RandomGenerator> Ways => new() { { OrderStatistics.Exact, 1 << 20, RandomGenerator.Philox }, { OrderStatistics.Binned, 1 << 20, RandomGenerator.Philox }, { OrderStatistics.Exact, 2000, RandomGenerator.Xoshiro } };

    /// <summary>Random splits, computed in random order, kept as text between machines.</summary>
    [Theory, MemberData(nameof(Ways))]
    public void However_the_trials_are_split_the_digits_are_those_of_the_whole_run(OrderStatistics order, long mostKept, RandomGenerator generator)
    {
        var options = new MonteCarloOptions { Trials = 700_000, Seed = 12, OrderStatistics = order, MostKept = mostKept, Generator = generator };
        var whole = Numerics.MonteCarlo.Run(Pair, PairInputs, options);
        var random = new Random(7);
        for (var split = 0; split < 4; split++)
        {
            var run = MonteCarloRun.Begin(options);
            while (!run.IsFinished)
            {
                var there = MonteCarloRun.FromJson(run.ToJson());
                long[] cuts = [0, .. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(1, 11) * MonteCarloRun.Grain).Distinct().Order(), run.Trials];
                var parts = cuts.Zip(cuts.Skip(1)).OrderBy(_ => random.Next()).Select(c => MonteCarloPart.FromJson(there.Compute(Pair, PairInputs, c.First, c.Second).ToJson())).ToArray();
                run = run.After(parts.Aggregate((a, b) => a.Merge(b)));
            }
            Same(whole, run.Result);
            Same(whole, MonteCarloRun.FromJson(run.ToJson()).Result);
        }
    }

    [Fact]
    public void Where_too_many_trials_could_be_its_ends_the_shortest_interval_is_found_in_finer_bins_and_is_the_same()
    {
        foreach (var (model, inputs) in ((MeasurementModel, JointInputs)[])[(MonteCarloTests.Mass, MonteCarloTests.MassInputs), (MeasurementModel.Parse("x", ["x"]), JointInputs.Independent(["x"], [RectangularDistribution.Limits(0, 1)]))])
        {
            var options = new MonteCarloOptions { Trials = 1_500_000 };
            var plain = Numerics.MonteCarlo.Run(model, inputs, options).Outputs[0];
            var few = Numerics.MonteCarlo.Run(model, inputs, options with { MostKept = 3000 }).Outputs[0];
            Assert.True(plain.IsExact && few.IsExact);
            Assert.Equal((plain.Shortest, plain.Symmetric, 0.0), (few.Shortest, few.Symmetric, few.Resolution));
            // So few that even the finer bins hold more: the interval is good to such a bin, and says so.
            var fewer = Numerics.MonteCarlo.Run(model, inputs, options with { MostKept = 1 }).Outputs[0];
            Assert.False(fewer.IsExact);
            Assert.Equal(plain.Symmetric, fewer.Symmetric);
            Assert.InRange(fewer.Resolution, 1e-300, 2e-4 * plain.StandardUncertainty!.Value);
            Assert.Equal(plain.Shortest.High - plain.Shortest.Low, fewer.Shortest.High - fewer.Shortest.Low, 2 * fewer.Resolution);
        }
    }

    [Fact]
    public void Parts_that_do_not_belong_together_are_refused()
    {
        var options = new MonteCarloOptions { Trials = 200_000 };
        var run = MonteCarloRun.Begin(options);
        var first = run.Compute(Pair, PairInputs, 0, MonteCarloRun.Grain);
        Assert.Throws<ArgumentException>(() => run.After(first));
        Assert.Throws<ArgumentException>(() => first.Merge(first));
        Assert.Throws<ArgumentException>(() => first.Merge(MonteCarloRun.Begin(options with { Seed = 5 }).Compute(Pair, PairInputs, MonteCarloRun.Grain, run.Trials)));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Compute(Pair, PairInputs, 1, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Compute(Pair, PairInputs, 0, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Compute(Pair, PairInputs, 0, run.Trials + MonteCarloRun.Grain));
        Assert.Throws<InvalidOperationException>(() => run.Result);
        var counted = run.After(run.Compute(Pair, PairInputs, 0, run.Trials));
        Assert.Throws<ArgumentException>(() => counted.After(run.Compute(Pair, PairInputs, 0, run.Trials)));
        var others = JointInputs.Independent(["x", "y"], [NormalDistribution.FromStandardDeviation(3, 0.4), RectangularDistribution.Limits(0, 2)]);
        Assert.Throws<ArgumentException>(() => counted.Compute(Pair, others, 0, run.Trials));
        foreach (var text in (string[])["", "{}", "[1]", "{\"format\":\"plumbline-monte-carlo-1\"}", run.ToJson()[..30]])
        {
            Assert.Throws<FormatException>(() => MonteCarloPart.FromJson(text));
            Assert.Throws<FormatException>(() => MonteCarloRun.FromJson(text));
        }
    }
}
