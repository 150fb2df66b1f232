namespace Plumbline.Numerics.Tests.Homogeneity;

public class HomogeneityTests
{
    [Theory]
    [InlineData(20, 1.59, 0.57), InlineData(15, 1.69, 0.71), InlineData(10, 1.88, 1.01), InlineData(7, 2.10, 1.43)]
    public void Computed_factors_are_those_that_ISO_13528_tabulates(int items, double f1, double f2)
    {
        double[][] values = [.. Enumerable.Range(0, items).Select(i => new double[] { i, i + 0.5 })];
        var check = HomogeneityTest.Check(HomogeneityTest.Statistics(values), 1);
        Assert.Equal(f1, check.F1, 2);
        Assert.Equal(f2, check.F2, 2);
    }

    [Fact]
    public void Small_values_on_a_large_offset_keep_their_digits()
    {
        double[][] small = [[0.125, 0.25], [0.5, 0.375], [0.25, 0.625], [0, 0.125]];
        var near = HomogeneityTest.Statistics(small);
        var far = HomogeneityTest.Statistics([.. small.Select(r => r.Select(v => v + 1e9).ToArray())]);
        Assert.Equal(near.Within, far.Within, 1e-15);
        Assert.Equal(near.Between, far.Between, 1e-15);
    }

    [Fact]
    public void A_change_is_held_against_sigma_and_against_its_own_uncertainty()
    {
        var r = StabilityCheck.Of(10, 10.4, 1, 0.1, 0.1);
        Assert.False(r.PassesSimple);
        Assert.True(r.PassesExpanded);
        Assert.True(r.Significant);
        Assert.Equal(0.4, r.Change, 12);
    }

    [Fact]
    public void Drift_between_returns_is_found_and_corrected_with_its_uncertainty()
    {
        double[] times = [0, 30, 60, 90], values = [100.00, 100.11, 100.19, 100.31];
        var fit = TransferStandardDrift.Fit(times, values, [0.02, 0.02, 0.02, 0.02]);
        Assert.Equal(0.00336667, fit.Slope, 1e-7);
        Assert.Equal(0.02 / Math.Sqrt(4500), fit.SlopeStandardUncertainty, 1e-12);
        Assert.True(fit.DriftPValue < 1e-6);
        var (value, u) = fit.At(45);
        Assert.Equal(100.1525, value, 1e-9);
        Assert.Equal(0.01, u, 1e-12);
        var (change, uChange) = fit.Between(0, 90);
        Assert.Equal(90 * fit.Slope, change, 1e-9);
        Assert.Equal(90 * fit.SlopeStandardUncertainty, uChange, 1e-12);
        Assert.Equal(u * u, fit.Covariance(45, 45), 1e-12);
    }

    [Fact]
    public void What_is_common_to_all_returns_does_not_touch_the_drift()
    {
        double[] times = [0, 10, 20], values = [5, 5.1, 5.25];
        var v = new double[3, 3];
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                v[i, j] = 0.09 + (i == j ? 0.0004 : 0);
        var correlated = TransferStandardDrift.Fit(times, values, v);
        var independent = TransferStandardDrift.Fit(times, values, [0.02, 0.02, 0.02]);
        Assert.Equal(independent.Slope, correlated.Slope, 1e-12);
        Assert.Equal(independent.SlopeStandardUncertainty, correlated.SlopeStandardUncertainty, 1e-9);
        Assert.Equal(double.Hypot(independent.At(10).StandardUncertainty, 0.3), correlated.At(10).StandardUncertainty, 1e-9);
    }

    [Fact]
    public void A_standard_that_does_not_drift_is_not_said_to()
    {
        var fit = TransferStandardDrift.FitFromScatter([0, 1, 2, 3, 4], [1.0, 1.02, 0.99, 1.01, 1.0]);
        Assert.True(fit.DriftPValue > 0.5);
        Assert.Null(fit.ChiSquared);
        var quadratic = TransferStandardDrift.FitFromScatter([0, 1, 2, 3, 4, 5], [0, 1.01, 3.98, 9.02, 15.99, 25], 2);
        Assert.True(quadratic.DriftPValue < 1e-6);
        Assert.Equal(36, quadratic.At(6).Value, 0.2);
    }

    [Fact]
    public void Two_returns_fix_a_line_but_no_scatter() =>
        Assert.Throws<ArgumentException>(() => TransferStandardDrift.FitFromScatter([0, 1], [1, 2]));

    [Fact]
    public void Units_measured_unequally_often_have_an_effective_number()
    {
        var r = BetweenUnits.Analyse([[1, 1.1], [1.3, 1.2, 1.25], [0.9, 1.0]]);
        Assert.Equal((7 - 17.0 / 7) / 2, r.EffectiveReplicates, 12);
        Assert.True(r.BetweenUnit > 0);
        Assert.Equal(r.StandardUncertainty, Math.Max(r.BetweenUnit, r.HiddenByRepeatability!.Value), 15);
    }
}
