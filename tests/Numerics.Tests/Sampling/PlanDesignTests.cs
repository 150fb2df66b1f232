namespace Plumbline.Numerics.Tests.Sampling;

public class PlanDesignTests
{
    [Theory]
    [InlineData(CountModel.Binomial, null)]
    [InlineData(CountModel.Poisson, null)]
    [InlineData(CountModel.Hypergeometric, 1000)]
    public void No_smaller_plan_keeps_both_risks(CountModel model, int? lot)
    {
        var plan = PlanDesign.TwoPoint(new(0.01, 0.95), new(0.06, 0.10), model, lot);
        int n = plan.SampleSizes[0], ac = plan.AcceptanceNumbers[0];
        bool Keeps(int size, int number) => SamplingPlan.OneSample(size, number).At(0.01, model, lot).Acceptance >= 0.95 && SamplingPlan.OneSample(size, number).At(0.06, model, lot).Acceptance <= 0.10;
        Assert.True(Keeps(n, ac));
        for (var size = 1; size < n; size++)
            for (var number = 0; number < Math.Min(size, 12); number++)
                Assert.False(Keeps(size, number), $"{size}/{number}");
    }

    [Fact]
    public void An_impossible_plan_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PlanDesign.TwoPoint(new(0.05, 0.95), new(0.05, 0.1)));
        Assert.Throws<ArgumentException>(() => PlanDesign.TwoPoint(new(0.01, 0.10), new(0.05, 0.95)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PlanDesign.TwoPoint(new(double.NaN, 0.95), new(0.05, 0.1)));
        Assert.Throws<ArgumentException>(() => PlanDesign.TwoPoint(new(0.01, 0.95), new(0.05, 0.1), CountModel.Hypergeometric));
        // 40 items: even all but one tell 1 % and 2 % not apart.
        Assert.Throws<ArgumentException>(() => PlanDesign.TwoPoint(new(0.30, 0.99), new(0.31, 0.01), CountModel.Hypergeometric, 40));
    }

    /// <summary>Constructed from the risks of GB/T 2828.4; figures of the same construction by another program.</summary>
    [Theory]
    [InlineData(0.01, 0, 5, 0.04900995009999998, 36.904265551981766)]
    [InlineData(0.01, 1, 32, 0.04068258575273909, 11.619507645219025)]
    [InlineData(0.01, 2, 125, 0.03744906216336408, 5.266318973085287)]
    [InlineData(0.01, 3, 315, 0.04081494782647355, 3.3194796632527597)]
    [InlineData(0.00065, 0, 50, 0.031987779284654794, 69.24217535164178)]
    [InlineData(0.1, 1, 3, 0.028000000000000025, 8.041998943409082)]
    public void A_declared_quality_is_contradicted_with_the_risk_stated(double declared, int level, int size, double risk, double ratio)
    {
        var plan = PlanDesign.DeclaredQuality(declared, level)!;
        Assert.Equal(size, plan.SampleSize);
        Assert.Equal(risk, plan.Contradiction, 1e-12);
        Assert.Equal(ratio, plan.LimitingQualityRatio, 1e-9 * ratio);
    }

    [Fact]
    public void Where_even_the_smallest_sample_contradicts_too_often_there_is_no_plan()
    {
        Assert.Null(PlanDesign.DeclaredQuality(0.04, 0));
        Assert.Equal(5, PlanDesign.DeclaredQuality(0.01, 0, preferredSizes: false)!.SampleSize);
        Assert.Equal(513 - 1, PlanDesign.DeclaredQuality(0.0001, 0, preferredSizes: false)!.SampleSize);
    }

    /// <summary>R 4.2.2, pt(k*sqrt(n), n-1, ncp, lower.tail=FALSE), where its series keeps its digits.</summary>
    [Theory]
    [InlineData(9, 1.54, 0.0025, 0.993971020723971)]
    [InlineData(25, 2.027, 0.25, 3.24573172992837e-05)]
    [InlineData(200, 1.45, 0.065, 0.742817857480977)]
    public void Variables_with_an_estimated_deviation_follow_the_noncentral_t(int n, double k, double p, double accepted) =>
        Assert.Equal(accepted, new VariablesPlan(n, k, false).Acceptance(p), 1e-11);

    [Fact]
    public void A_design_by_variables_meets_both_points_with_the_fewest_items()
    {
        foreach (var known in (bool[])[true, false])
        {
            var plan = VariablesPlan.Design(new(0.01, 0.95), new(0.08, 0.10), known);
            Assert.Equal(0.95, plan.Acceptance(0.01), 1e-9);
            Assert.True(plan.Acceptance(0.08) <= 0.10);
            var fewer = plan with { SampleSize = plan.SampleSize - 1 };
            // With one item fewer no k keeps both: where the producer is satisfied the consumer is not.
            var k = Enumerable.Range(0, 4000).Select(i => i / 1000.0).Last(c => (fewer with { AcceptabilityConstant = c }).Acceptance(0.01) >= 0.95);
            Assert.True((fewer with { AcceptabilityConstant = k }).Acceptance(0.08) > 0.10);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new VariablesPlan(1, 1.5, false).Acceptance(0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VariablesPlan(5, double.NaN, true).Acceptance(0.1));
    }
}
