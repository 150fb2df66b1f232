namespace Plumbline.Numerics.Tests.Conformity;

public class ConformityTests
{
    private static readonly ToleranceLimits limits = ToleranceLimits.Between(-3, 3);

    /// <summary>A measurement far sharper than the process: a rule that looks at too few points misses the transition.</summary>
    [Fact]
    public void A_narrow_transition_is_not_missed()
    {
        var r = GlobalRisk.Of(ProcessDistribution.Normal(0, 1), 0.02, limits);
        Assert.Equal(6.81368e-5, r.FalseAcceptance, 5e-11);
        Assert.True(r.QuadratureError < 1e-14);
    }

    [Fact]
    public void Every_item_is_accepted_or_rejected_rightly_or_wrongly()
    {
        ProcessDistribution[] processes = [ProcessDistribution.Normal(0.4, 1.2), ProcessDistribution.Gamma(4, 2), ProcessDistribution.Rectangular(-4, 3.5), ProcessDistribution.History([-2, -1, 0, 0.5, 1, 3, 4])];
        foreach (var process in processes)
        {
            var r = GlobalRisk.Of(process, 0.3, limits, ToleranceLimits.Between(-2.5, 2.8), bias: 0.1);
            // P(accept) by its own quadrature, without the limits of tolerance.
            var accepted = GlobalRisk.Of(process, 0.3, ToleranceLimits.Between(-1e6, 1e6), ToleranceLimits.Between(-2.5, 2.8), bias: 0.1);
            Assert.Equal(1 - accepted.FalseRejection, r.Accepted, 1e-9);
            Assert.InRange(r.FalseAcceptance, 0, r.Nonconforming);
        }
    }

    [Fact]
    public void Risks_do_not_depend_on_unit_and_origin()
    {
        var plain = GlobalRisk.Of(ProcessDistribution.Normal(0, 1), 0.25, ToleranceLimits.Between(-2, 2), ToleranceLimits.Between(-1.8, 1.8));
        var scaled = GlobalRisk.Of(ProcessDistribution.Normal(1e3, 1e-6), 0.25e-6, ToleranceLimits.Between(1e3 - 2e-6, 1e3 + 2e-6), ToleranceLimits.Between(1e3 - 1.8e-6, 1e3 + 1.8e-6));
        Assert.Equal(plain.FalseAcceptance, scaled.FalseAcceptance, 1e-8);
        Assert.Equal(plain.FalseRejection, scaled.FalseRejection, 1e-8);
    }

    [Fact]
    public void A_flat_process_leaves_the_measurement_as_it_is_and_a_normal_one_pulls()
    {
        var alone = ConformanceProbability.Of(2.8, 0.2, limits);
        var flat = ConformanceProbability.OfProcess(2.8, 0.2, limits, ProcessDistribution.Rectangular(-50, 50));
        Assert.Equal(alone.Within, flat.Within, 1e-12);
        Assert.Equal(alone.Above, flat.Above, 1e-12);
        var pulled = ConformanceProbability.OfProcess(2.8, 0.2, limits, ProcessDistribution.Normal(0, 1));
        Assert.True(pulled.Within > alone.Within);
        // The closed form against the same by quadrature: kernels of a history lie around, a narrow rectangle does not.
        var within = GlobalRisk.Of(ProcessDistribution.Normal(0, 1), 0.2, limits);
        Assert.InRange(within.Accepted, 0.99, 1);
        Assert.Throws<ArgumentException>(() => ConformanceProbability.OfProcess(500, 0.2, limits, ProcessDistribution.Rectangular(-5, 5)));
    }

    [Fact]
    public void Draws_are_counted_with_their_standard_error()
    {
        var random = new Random(4);
        double[] draws = [.. Enumerable.Range(0, 200_000).Select(_ => Normal.Quantile(Math.Clamp(random.NextDouble(), 1e-9, 1 - 1e-9)))];
        var counted = ConformanceProbability.OfDraws(draws, ToleranceLimits.AtMost(1.5));
        var exact = ConformanceProbability.Of(0, 1, ToleranceLimits.AtMost(1.5));
        Assert.InRange(Math.Abs(counted.Within - exact.Within), 0, 5 * counted.StandardError!.Value);
    }

    /// <summary>The rules against each other for two limits: JJF 1094 neglects U up to a third of the permitted error.</summary>
    [Theory]
    [InlineData(0.99, 0.16, ConformityVerdict.Pass, ConformityVerdict.Pass)]
    [InlineData(1.01, 0.16, ConformityVerdict.Fail, ConformityVerdict.Fail)]
    [InlineData(0.99, 0.20, ConformityVerdict.Pass, ConformityVerdict.Undecided)]
    [InlineData(0.55, 0.20, ConformityVerdict.Pass, ConformityVerdict.Pass)]
    [InlineData(-1.2, 0.20, ConformityVerdict.Fail, ConformityVerdict.Undecided)]
    [InlineData(-1.45, 0.20, ConformityVerdict.Fail, ConformityVerdict.Fail)]
    public void A_third_of_the_permitted_error_decides_whether_uncertainty_counts(double value, double u, ConformityVerdict simple, ConformityVerdict national)
    {
        var table = DecisionRules.Decide(value, u, ToleranceLimits.Permitted(1));
        Assert.Equal(simple, table[DecisionRule.SimpleAcceptance].Verdict);
        Assert.Equal(national, table[DecisionRule.Jjf1094].Verdict);
        Assert.Equal(ConformityVerdict.NotApplicable, DecisionRules.Decide(value, u, ToleranceLimits.AtMost(1))[DecisionRule.Jjf1094].Verdict);
    }

    [Fact]
    public void Limits_of_a_rule_conform_themselves()
    {
        var table = DecisionRules.Decide(2, 0.5, limits);
        Assert.Equal(ConformityVerdict.Pass, table[DecisionRule.GuardedAcceptance].Verdict);
        Assert.Equal(ConformityVerdict.Pass, DecisionRules.Decide(3, 0.5, limits)[DecisionRule.SimpleAcceptance].Verdict);
        Assert.Equal(ConformityVerdict.Fail, DecisionRules.Decide(3.9, 0.5, limits)[DecisionRule.GuardedAcceptance].Verdict);
        Assert.Equal(ConformityVerdict.Pass, DecisionRules.Decide(3.9, 0.5, limits)[DecisionRule.GuardedRejection].Verdict);
    }
}
