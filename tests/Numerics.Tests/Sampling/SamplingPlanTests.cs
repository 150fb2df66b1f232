namespace Plumbline.Numerics.Tests.Sampling;

public class SamplingPlanTests
{
    [Theory]
    [InlineData(CountModel.Binomial)]
    [InlineData(CountModel.Hypergeometric)]
    public void A_characteristic_falls_from_one_to_nothing(CountModel model)
    {
        var plan = SamplingPlan.OneSample(80, 3);
        double[] accepted = [.. Enumerable.Range(0, 101).Select(i => plan.At(i / 100.0, model, 1000).Acceptance)];
        Assert.Equal(1, accepted[0]);
        Assert.Equal(0, accepted[100]);
        Assert.All(accepted.Zip(accepted.Skip(1)), p => Assert.True(p.Second <= p.First));
    }

    /// <summary>Each count on its own: the sum of products of binomial coefficients.</summary>
    [Fact]
    public void A_small_lot_agrees_with_counting()
    {
        static double Choose(int n, int k) => k < 0 || k > n ? 0 : Enumerable.Range(1, k).Aggregate(1.0, (c, i) => c * (n - k + i) / i);
        for (var bad = 0; bad <= 12; bad++)
            for (var n = 1; n <= 12; n++)
                for (var ac = 0; ac < n; ac++)
                {
                    var counted = Enumerable.Range(0, ac + 1).Sum(d => Choose(bad, d) * Choose(12 - bad, n - d)) / Choose(12, n);
                    Assert.Equal(counted, AcceptanceProbability.Hypergeometric(12, n, ac, bad), 1e-13);
                }
    }

    [Fact]
    public void Large_lots_approach_the_binomial_and_rare_faults_the_poisson_model()
    {
        var plan = SamplingPlan.OneSample(50, 2);
        Assert.Equal(plan.At(0.04).Acceptance, plan.At(0.04, CountModel.Hypergeometric, 2_000_000).Acceptance, 1e-5);
        Assert.Equal(SamplingPlan.OneSample(50_000, 2).At(0.00004).Acceptance, SamplingPlan.OneSample(50_000, 2).At(0.00004, CountModel.Poisson).Acceptance, 1e-4);
    }

    /// <summary>A second sample that never comes changes nothing; one that always comes is one larger sample.</summary>
    [Theory]
    [InlineData(CountModel.Binomial, null)]
    [InlineData(CountModel.Poisson, null)]
    [InlineData(CountModel.Hypergeometric, 400)]
    public void A_double_plan_contains_the_single_ones(CountModel model, int? lot)
    {
        var never = SamplingPlan.Staged([32, 32], [2, 2], [3, 3]).At(0.05, model, lot);
        Assert.Equal(SamplingPlan.OneSample(32, 2).At(0.05, model, lot).Acceptance, never.Acceptance, 1e-14);
        Assert.Equal(32, never.AverageSampleNumber, 1e-12);
        var always = SamplingPlan.Staged([20, 30], [-1, 4], [40, 5]).At(0.05, model, lot);
        Assert.Equal(SamplingPlan.OneSample(50, 4).At(0.05, model, lot).Acceptance, always.Acceptance, 1e-13);
        Assert.Equal(50, always.AverageSampleNumber, 1e-9);
    }

    [Fact]
    public void Outgoing_quality_and_inspection_follow_from_screening()
    {
        var r = SamplingPlan.OneSample(125, 3).At(0.02, CountModel.Hypergeometric, 3000);
        Assert.Equal(0.02 * r.Acceptance * (3000 - 125) / 3000, r.AverageOutgoingQuality, 1e-15);
        Assert.Equal((125 * r.Acceptance) + (3000 * (1 - r.Acceptance)), r.AverageTotalInspection!.Value, 1e-9);
    }

    [Fact]
    public void A_plan_without_an_end_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplingPlan.Staged([32, 32], [1, 4], [4, 6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplingPlan.Staged([32, 32], [3, 2], [4, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplingPlan.OneSample(50, 1).At(0.1, CountModel.Hypergeometric, 40));
        Assert.Throws<ArgumentException>(() => SamplingPlan.OneSample(50, 1).At(0.1, CountModel.Hypergeometric));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplingPlan.OneSample(50, 1).At(double.NaN));
    }
}
