namespace Plumbline.Numerics.Tests.Homogeneity;

public class StorageTests
{
    [Fact]
    public void Arrhenius_finds_the_energy_that_made_the_rates()
    {
        double[] temperatures = [40, 50, 60, 70];
        const double energy = 85, factor = 30;
        double Rate(double t) => Math.Exp(factor - energy * 1000 / (8.31446261815324 * (t + 273.15)));
        double[] rates = Array.ConvertAll(temperatures, Rate);
        var fit = Arrhenius.Fit(temperatures, rates, Array.ConvertAll(rates, k => 0.05 * k));
        Assert.Equal(energy, fit.ActivationEnergy, 1e-9);
        Assert.Equal(1, fit.RateAt(-20).Rate / Rate(-20), 1e-9);
        Assert.Equal(-Math.Log(0.95) / Rate(5), fit.ShelfLife(5, 0.05, 0.5), 1e-6 / Rate(5));
        Assert.True(fit.ShelfLife(5, 0.05) < fit.ShelfLife(5, 0.05, 0.5));
        Assert.True(fit.RateAt(-20).LogStandardUncertainty > fit.RateAt(40).LogStandardUncertainty);
        Assert.Equal(1, fit.PValue!.Value, 1e-6);
    }

    [Fact]
    public void The_spread_of_extrapolated_rates_is_the_stated_one()
    {
        double[] temperatures = [40, 50, 60, 70];
        var random = new Random(4);
        double[] logs = new double[3000];
        var stated = 0.0;
        for (var i = 0; i < logs.Length; i++)
        {
            double[] rates = [.. temperatures.Select(t => Math.Exp(25 - 8000 / (t + 273.15) + 0.02 * random.NormalPair().Item1))];
            var (rate, u) = Arrhenius.Fit(temperatures, rates, Array.ConvertAll(rates, k => 0.02 * k)).RateAt(4);
            logs[i] = Math.Log(rate);
            stated = u;
        }
        var mean = logs.Average();
        Assert.Equal(1, Math.Sqrt(logs.Average(l => (l - mean) * (l - mean))) / stated, 0.05);
        Assert.Equal(25 - 8000 / 277.15, mean, 4 * stated / Math.Sqrt(logs.Length));
    }

    [Fact]
    public void An_isochronous_study_is_a_line_through_unit_means_and_sees_curvature()
    {
        double[] times = [0, 0, 6, 6, 12, 12, 24, 24];
        var random = new Random(2);
        double[][] Make(Func<double, double> course) => [.. times.Select(t => Enumerable.Range(0, 3).Select(_ => 1e6 + course(t) + 0.1 * random.NormalPair().Item1).ToArray())];
        var values = Make(t => 0.02 * t);
        var straight = IsochronousStability.Analyse(times, values);
        var line = StabilityTrend.Fit(times, Array.ConvertAll(values, r => r.Average()));
        Assert.Equal(line.Slope, straight.Trend.Slope, 1e-9);
        Assert.Equal(line.Intercept, straight.Trend.Intercept, 1e-6);
        Assert.True(straight.LackOfFitPValue > 0.01);
        Assert.True(IsochronousStability.Analyse(times, Make(t => 0.01 * (t - 12) * (t - 12))).LackOfFitPValue < 1e-3);
        Assert.Equal(straight.Trend.SlopeStandardError * 36, IsochronousStability.PlannedUncertainty(times, straight.Trend.ResidualStandardDeviation, 36), 1e-12);
    }

    [Fact]
    public void Lack_of_fit_is_called_at_the_stated_rate()
    {
        double[] times = [0, 0, 6, 6, 12, 12, 24, 24];
        var alarms = Enumerable.Range(0, 600).Count(seed =>
        {
            var random = new Random(seed);
            return IsochronousStability.Analyse(times, [.. times.Select(t => new[] { random.NormalPair().Item1 })]).LackOfFitPValue < 0.05;
        });
        Assert.InRange(alarms, 14, 46);
    }

    [Fact]
    public void Shelf_life_ends_where_the_permitted_change_is_reached()
    {
        var trend = StabilityTrend.Fit([0, 1, 2, 3, 4], [10, 9.9, 9.82, 9.69, 9.6]);
        Assert.Equal(0.5, (Math.Abs(trend.Slope) + StudentT.UpperQuantile(0.05, 3) * trend.SlopeStandardError) * trend.ShelfLife(0.5), 1e-12);
        Assert.Equal(0.2, trend.StandardUncertaintyOver(trend.LongestTime(0.2)), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => trend.ShelfLife(0));
    }

    [Theory, InlineData(-273.15), InlineData(-300), InlineData(double.NaN)]
    public void Below_absolute_zero_there_is_no_rate(double temperature) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Arrhenius.Fit([40, 50], [1, 2], [0.1, 0.1]).RateAt(temperature));
}
