namespace Plumbline.Numerics.Tests.Sampling;

public class DoublePlanDesignTests
{
    [Theory]
    [InlineData(0.01, 0.08, CountModel.Binomial, null, 1)]
    [InlineData(0.01, 0.08, CountModel.Poisson, null, 1)]
    [InlineData(0.02, 0.10, CountModel.Hypergeometric, 200, 1)]
    [InlineData(0.015, 0.09, CountModel.Binomial, null, 2)]
    public void No_other_numbers_inspect_less_on_average_and_keep_both_risks(double good, double bad, CountModel model, int? lot, double ratio)
    {
        var plan = DoublePlanDesign.TwoPoint(new(good, 0.95), new(bad, 0.10), model, lot, ratio);
        var at = plan.At(good, model, lot);
        Assert.True(at.Acceptance >= 0.95 && plan.At(bad, model, lot).Acceptance <= 0.10);
        var largest = (int)Math.Ceiling(at.AverageSampleNumber);
        for (var n = 1; n <= largest; n++)
        {
            var second = (int)Math.Round(ratio * n, MidpointRounding.AwayFromZero);
            for (var c2 = 1; c2 <= 12 && n + second <= (lot ?? int.MaxValue); c2++)
                for (var c1 = 0; c1 < c2; c1++)
                {
                    var other = SamplingPlan.Staged([n, second], [c1, c2], [c2 + 1, c2 + 1]);
                    if (other.At(good, model, lot) is var g && g.Acceptance >= 0.95 && other.At(bad, model, lot).Acceptance <= 0.10)
                        Assert.True(g.AverageSampleNumber >= at.AverageSampleNumber, $"{n},{second} {c1},{c2}");
                }
        }
    }

    [Fact]
    public void It_saves_items_against_the_single_plan_where_quality_is_good()
    {
        foreach (var (good, bad) in ((double, double)[])[(0.005, 0.03), (0.01, 0.05), (0.02, 0.06), (0.04, 0.15)])
        {
            var once = PlanDesign.TwoPoint(new(good, 0.95), new(bad, 0.10));
            var twice = DoublePlanDesign.TwoPoint(new(good, 0.95), new(bad, 0.10));
            Assert.True(twice.At(good).AverageSampleNumber < once.SampleSizes[0]);
        }
    }

    [Theory]
    [InlineData("J", 1.0), InlineData("K", 0.65), InlineData("L", 1.5), InlineData("H", 4.0)]
    public void The_counterpart_of_a_table_plan_is_at_least_as_safe_at_both_ends(string letter, double limit)
    {
        var (n, ac, _) = AqlTables.OfLetter(letter, limit);
        var single = SamplingPlan.OneSample(n, ac);
        var twice = DoublePlanDesign.LikeSingle(single);
        double good = single.QualityAccepted(0.95), bad = single.QualityAccepted(0.10);
        Assert.Equal(0.95, single.At(good).Acceptance, 1e-12);
        Assert.True(twice.At(good).Acceptance >= 0.95 && twice.At(bad).Acceptance <= 0.10);
        // As strict, not much stricter: what the single plan accepts nearly always the double plan accepts nearly always.
        Assert.InRange(twice.At(good).Acceptance, 0.95, 0.985);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DoublePlanDesign.TwoPoint(new(0.05, 0.95), new(0.05, 0.1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => DoublePlanDesign.TwoPoint(new(0.01, 0.95), new(0.05, 0.1), sizeRatio: 0));
        Assert.Throws<ArgumentException>(() => DoublePlanDesign.TwoPoint(new(0.01, 0.95), new(0.05, 0.1), CountModel.Hypergeometric));
        Assert.Throws<ArgumentException>(() => DoublePlanDesign.TwoPoint(new(0.30, 0.99), new(0.31, 0.01), CountModel.Hypergeometric, 40));
        Assert.Throws<ArgumentException>(() => DoublePlanDesign.TwoPoint(new(0.010, 0.95), new(0.0105, 0.1)));
        Assert.Throws<ArgumentException>(() => DoublePlanDesign.LikeSingle(SamplingPlan.Staged([5, 5], [0, 1], [2, 2])));
        Assert.Throws<ArgumentException>(() => DoublePlanDesign.LikeSingle(SamplingPlan.OneSample(80, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => DoublePlanDesign.LikeSingle(SamplingPlan.OneSample(5, 1), CountModel.Hypergeometric));
    }
}
