namespace Plumbline.Numerics.Tests.Reliability;

public class PlanningTests
{
    [Fact]
    public void A_planned_test_proves_what_it_was_planned_for()
    {
        foreach (var failures in new[] { 0, 1, 5 })
        {
            var time = MeanTimeBetweenFailures.TestTime(500, failures, 0.9);
            Assert.Equal(500, MeanTimeBetweenFailures.Of(time, failures, 0.9).LowerBound, 1e-9);
            Assert.Equal(failures, MeanTimeBetweenFailures.AllowedFailures(500, time * 1.000001));
        }
        Assert.Equal(-1, MeanTimeBetweenFailures.AllowedFailures(500, 100));
    }

    [Fact]
    public void Without_failures_the_bound_is_the_time_over_minus_ln_of_the_risk() =>
        Assert.Equal(-1000 / Math.Log(0.1), MeanTimeBetweenFailures.Of(1000, 0).LowerBound, 1e-10);

    [Fact]
    public void A_test_ended_by_a_failure_needs_one() => Assert.Throws<ArgumentOutOfRangeException>(() => MeanTimeBetweenFailures.Of(1000, 0, timeTerminated: false));

    [Theory]
    [InlineData(0.9, 0.9, 22), InlineData(0.99, 0.95, 299), InlineData(0.5, 0.75, 2), InlineData(0.9, 0.5, 7)]
    public void Units_that_must_survive(double reliability, double confidence, int units)
    {
        Assert.Equal(units, SuccessRun.Units(reliability, confidence));
        Assert.True(SuccessRun.LowerBound(units, units, confidence) >= reliability - 1e-12);
        Assert.True(units == 1 || SuccessRun.LowerBound(units - 1, units - 1, confidence) < reliability);
    }

    [Fact]
    public void Running_longer_than_the_life_saves_units() => Assert.Equal(6, SuccessRun.Units(0.9, 0.9, lives: 2, shape: 2));

    [Fact]
    public void Proportions_at_the_ends()
    {
        Assert.Equal(0, SuccessRun.Proportion(10, 0).Low);
        Assert.Equal(1, SuccessRun.Proportion(10, 10).High);
        Assert.Equal(1 - Math.Pow(0.025, 0.1), SuccessRun.Proportion(10, 0).High, 1e-12);
    }

    [Fact]
    public void Growth_in_other_units_is_the_same_growth()
    {
        double[] hours = [104, 235, 1832, 1891, 1895, 2398], minutes = [.. hours.Select(t => 60 * t)];
        GrowthResult a = ReliabilityGrowth.Crow(hours, 3000), b = ReliabilityGrowth.Crow(minutes, 180000);
        Assert.Equal(a.Beta, b.Beta, 1e-12);
        Assert.Equal(60 * a.InstantaneousMtbf, b.InstantaneousMtbf, 1e-8);
        Assert.Equal(6, a.Lambda * Math.Pow(3000, a.Beta), 1e-10);
        Assert.InRange(a.Beta, a.BetaInterval!.Value.Low, a.BetaInterval.Value.High);
        Assert.Equal(a.InstantaneousMtbf, 1 / (a.Lambda * a.Beta * Math.Pow(3000, a.Beta - 1)), 1e-8);
    }

    [Fact]
    public void A_trend_turned_round_turns_its_sign()
    {
        double[] times = [10, 20, 35, 50, 80, 120, 160, 220];
        var improving = TrendTest.Laplace(times, times.Sum());
        var worsening = TrendTest.Laplace([.. times.Reverse()], times.Sum());
        Assert.True(improving.U < 0 && worsening.U > 0);
        Assert.Equal(FailureTrend.Constant, TrendTest.Laplace([50, 52, 49, 51, 50, 50]).Trend);
    }

    [Fact]
    public void Interference_of_equal_laws_is_one_half()
    {
        foreach (var law in new[] { StressLaw.Weibull(3, 0.7), StressLaw.Gamma(2, 3), StressLaw.Lognormal(1, 2), StressLaw.Uniform(1, 4), StressLaw.Exponential(0.2) })
            Assert.Equal(0.5, StressStrength.ProbabilityOfFailure(law, law), 1e-10);
        Assert.Equal(0.25 / 0.75, StressStrength.ProbabilityOfFailure(StressLaw.Exponential(0.5), StressLaw.Exponential(0.25)), 1e-10);
    }

    [Fact]
    public void A_small_interference_keeps_its_digits()
    {
        // A lognormal pair in logarithms is a normal pair.
        double sd = Math.Sqrt(0.1 * 0.1 + 0.05 * 0.05), expected = Normal.UpperTail(0.9 / sd);
        Assert.Equal(1, StressStrength.ProbabilityOfFailure(StressLaw.Lognormal(1, 0.1), StressLaw.Lognormal(1.9, 0.05)) / expected, 1e-9);
    }
}
