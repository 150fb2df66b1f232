namespace Plumbline.Numerics.Tests.Conformity;

public class CalibrationIntervalTests
{
    /// <summary>NCSLI 2019 tutorial, assets 1 to 3, and a made-up fourth, as printed to four figures.</summary>
    [Theory]
    [InlineData(15, 20, 365, 0.95, 0.5, 231, 0.9949, 0.6516, 0.8286)]
    [InlineData(14, 20, 365, 0.95, 0.5, 205, 0.9993, 0.6000, 0.7843)]
    [InlineData(16, 20, 730, 0.95, 0.5, 523, 0.9682, 0.7041, 0.8716)]
    [InlineData(42, 50, 365, 0.90, 0.3, 329, 0.7557, 0.8067, 0.8664)]
    public void An_interval_test_gives_the_printed_figures(int x, int n, double interval, double target, double confidence, double expected, double rejection, double low, double high)
    {
        var r = CalibrationIntervals.Test(x, n, interval, target, confidence);
        Assert.Equal(expected, r.Recommended, 0.5);
        Assert.Equal(rejection, r.Rejection, 5e-5);
        Assert.Equal(low, r.ReliabilityLimits.Low, 5e-5);
        Assert.Equal(high, r.ReliabilityLimits.High, 5e-5);
    }

    [Fact]
    public void Good_history_lengthens_and_chance_leaves_alone()
    {
        var all = CalibrationIntervals.Test(40, 40, 365, 0.9);
        Assert.InRange(all.Recommended, 366, 730);
        Assert.Equal(1, all.ReliabilityLimits.High);
        var as90 = CalibrationIntervals.Test(18, 20, 365, 0.9);
        Assert.Equal(365, as90.Recommended);
        Assert.Equal(0, CalibrationIntervals.Test(0, 5, 365, 0.9).ReliabilityLimits.Low);
    }

    /// <summary>NASA-HDBK-8739.19-5, tables 7-2 to 7-7.</summary>
    [Fact]
    public void Variables_data_give_the_printed_course_and_intervals()
    {
        var course = CalibrationIntervals.Variables([70, 86, 104, 135, 167, 173], [0.1, 0.11, 0.251, 0.299, 0.403, 0.615], 2);
        Assert.Equal(0.00015741, course.Coefficients[0], 5e-9);
        Assert.Equal(0.00001674, course.Coefficients[1], 5e-9);
        Assert.Equal(0.00000101, course.Covariance[0, 0], 5e-9);
        Assert.Equal(4.549e-11, course.Covariance[1, 1], 5e-15);
        Assert.Equal(-6.607e-9, course.Covariance[0, 1], 5e-13);
        Assert.Equal(0.0708, course.ResidualDeviation, 5e-5);
        Assert.Equal(140.1, course.UntilLimits(10.03, 0.28, ToleranceLimits.Between(9, 11), 0.9)!.Value, 0.05);
        Assert.Equal(171.75, course.UntilLimits(10.03, 0.28, ToleranceLimits.AtMost(11), 0.9)!.Value, 0.005);
        Assert.Equal(327.15, course.UntilUncertainty(0.28, 0.5)!.Value, 0.005);
        Assert.Equal(0, course.UntilLimits(9.03, 0.28, ToleranceLimits.Between(9, 11), 0.9));
        Assert.Null(CalibrationIntervals.Variables([1, 2, 3], [0, 0, 0]).UntilUncertainty(0.1, 0.2));
    }

    /// <summary>Exact shares of an exponential course: every model that contains it finds it.</summary>
    [Fact]
    public void Reliability_models_find_the_course_the_data_have()
    {
        double[] times = [100, 200, 400, 800];
        int[] counts = [100_000, 100_000, 100_000, 100_000];
        int[] good = [.. times.Select(t => (int)Math.Round(100_000 * Math.Exp(-t / 1000)))];
        var fits = ReliabilityModels.Fit(times, counts, good, 0.9);
        Assert.Equal(-1000 * Math.Log(0.9), fits.Single(f => f.Model == ReliabilityModel.Exponential).Interval, 0.1);
        Assert.Equal(-1000 * Math.Log(0.9), fits.Single(f => f.Model == ReliabilityModel.Weibull).Interval, 1);
        Assert.Equal(1, fits.Single(f => f.Model == ReliabilityModel.Weibull).Shape!.Value, 0.01);
        Assert.NotEqual(ReliabilityModel.RandomWalk, fits[0].Model);
        Assert.Throws<ArgumentException>(() => ReliabilityModels.Fit([1, 2], [5, 5], [5, 5], 0.9));
    }
}
