namespace Plumbline.Numerics.Tests.Conformity;

public class GuardBandTests
{
    private static readonly ToleranceLimits limits = ToleranceLimits.Between(-1, 1);

    [Theory]
    [InlineData(0.8, 2.5, 0.01)]
    [InlineData(0.95, 4, 0.002)]
    public void The_band_found_gives_the_risk_asked_for(double itp, double ratio, double target)
    {
        var process = ProcessDistribution.InTolerance(limits, itp);
        var u = GlobalRisk.UncertaintyOf(limits, ratio);
        var band = GuardBand.ForGlobalRisk(process, u, limits, target);
        Assert.True(band.Feasible);
        Assert.Equal(target, GlobalRisk.Of(process, u, limits, band.Acceptance).FalseAcceptance, 1e-12);
    }

    [Fact]
    public void What_cannot_be_reached_is_said_to_be_infeasible()
    {
        // The uncertainty exceeds the tolerance: even in the middle fewer than 95 % conform.
        var specific = GuardBand.ForSpecificRisk(0.8, limits, 0.95);
        Assert.False(specific.Feasible);
        Assert.Equal(ConformanceProbability.Of(0, 0.8, limits).Within, specific.Reached, 1e-15);
        // A process off its limits: among what little is accepted most does not conform.
        var process = ProcessDistribution.Normal(3, 0.4);
        var among = GuardBand.ForGlobalRisk(process, 1, limits, 0.01, amongAccepted: true);
        Assert.False(among.Feasible);
        Assert.InRange(among.Reached, 0.01, 1);
        // A target above the share of nonconforming items is met whatever the limits.
        Assert.False(GuardBand.ForGlobalRisk(ProcessDistribution.Normal(0, 0.1), 0.1, limits, 0.1).Feasible);
    }

    [Fact]
    public void Two_limits_close_together_need_more_than_one_limit_alone()
    {
        var exact = GuardBand.ForSpecificRisk(0.5, limits, 0.95);
        var wide = GuardBand.ForSpecificRisk(0.05, limits, 0.95);
        Assert.Equal(1.6448536269514722 * 0.05, wide.GuardBand!.Value, 1e-12);
        Assert.True(exact.GuardBand > 1.6448536269514722 * 0.5);
        Assert.Equal(0.95, ConformanceProbability.Of(exact.Acceptance!.Upper!.Value, 0.5, limits).Within, 1e-12);
    }

    /// <summary>The usual factors at 2.5:1; the last by its own definition.</summary>
    [Fact]
    public void Factors_follow_their_formulas()
    {
        var f = GuardBand.Factors(2.5, 0.8);
        Assert.Equal(Math.Sqrt(1 - 1 / 6.25), f.RootSumSquare!.Value, 1e-15);
        Assert.Equal(0.6, f.TestUncertainty!.Value, 1e-15);
        Assert.Equal(0.85, f.Rp10!.Value, 1e-15);
        Assert.Equal(1 - (1.04 - Math.Exp(0.38 * Math.Log(2.5) - 0.54)) / 2.5, f.Dobbert!.Value, 1e-15);
        var process = ProcessDistribution.InTolerance(limits, 0.8);
        var same = GlobalRisk.Of(process, GlobalRisk.UncertaintyOf(limits, 2.5), limits, ToleranceLimits.Permitted(f.AsFourToOne!.Value));
        Assert.Equal(GlobalRisk.Of(process, GlobalRisk.UncertaintyOf(limits, 4), limits).FalseAcceptance, same.FalseAcceptance, 1e-12);
        Assert.Null(GuardBand.Factors(0.8).TestUncertainty);
    }

    /// <summary>Dobbert's factor keeps the false acceptances below 2 % whatever the process.</summary>
    [Fact]
    public void Dobberts_factor_keeps_its_promise()
    {
        foreach (var ratio in (double[])[1.5, 2, 3, 4])
            for (var itp = 0.3; itp < 0.995; itp += 0.05)
            {
                var accept = ToleranceLimits.Permitted(GuardBand.Factors(ratio).Dobbert!.Value);
                Assert.InRange(GlobalRisk.Of(ProcessDistribution.InTolerance(limits, itp), GlobalRisk.UncertaintyOf(limits, ratio), limits, accept).FalseAcceptance, 0, 0.0205);
            }
    }
}
