namespace Plumbline.Numerics.Tests.Reliability;

/// <summary>Against R 4.2.2 with survival 3.5-3.</summary>
public class SurvivalTests
{
    [Fact]
    public void Kaplan_Meier_and_Nelson_Aalen_with_ties_and_censoring()
    {
        var steps = SurvivalCurve.Of([5, 5, 8, 12, 16, 23, 30], [8, 16, 27]);
        Close([5, 8, 12, 16, 23, 27, 30], steps.Select(s => s.Time));
        Close([0.8, 0.7, 0.583333333333333, 0.466666666666667, 0.311111111111111, 0.311111111111111, 0], steps.Select(s => s.Survival));
        Close([0.408690781633404, 0.328716593279735, 0.229786518923984, 0.149551818089732, 0.0552389048792361, 0.0552389048792361], steps.Take(6).Select(s => s.LogLogInterval.Low));
        Close([0.945872645838912, 0.891949041224844, 0.820739497172156, 0.73661023667804, 0.624540487460107, 0.624540487460107], steps.Take(6).Select(s => s.LogLogInterval.High));
        Close([0.552081987078175, 0.415974234910675, 0.26774914990075, 0.141752863569939, 0, 0], steps.Take(6).Select(s => s.PlainInterval.Low));
        Close([1, 0.984025765089325, 0.898917516765917, 0.791580469763395, 0.641094078354179, 0.641094078354179], steps.Take(6).Select(s => s.PlainInterval.High));
        Close([0.2, 0.325, 0.491666666666667, 0.691666666666667, 1.025, 1.025, 2.025], steps.Select(s => s.CumulativeHazard));
        Close([0.14142135623731, 0.188745860881769, 0.251799082162302, 0.321563023026246, 0.463156441053008, 0.463156441053008, 1.10204985771465], steps.Select(s => s.CumulativeHazardStandardError));
    }

    [Fact]
    public void Turnbull_of_inspections()
    {
        var r = Turnbull.Of([250], [500, 150], [100, 100], [[100, 200], [100, 200], [200, 300], [200, 300], [300, 400], [300, 400], [400, 500], [400, 500]]);
        Assert.True(r.Converged);
        double At(double time) => r.Pieces.Last(p => p.High <= time).Survival;
        Close([0.846153846153846, 0.676923076923077, 0.423076923076923, 0.253846153846154, 0.0846153846153846], new[] { 100.0, 200, 300, 400, 500 }.Select(At), 1e-9);
    }

    [Fact]
    public void Turnbull_of_exact_times_is_Kaplan_Meier()
    {
        double[] failures = [5, 8, 12, 16], censored = [8.5, 20];
        var steps = SurvivalCurve.Of(failures, censored).Where(s => s.Failed > 0).ToArray();
        var pieces = Turnbull.Of(failures, censored).Pieces.Where(p => p.Low == p.High).ToArray();
        Close(steps.Select(s => s.Survival), pieces.Select(p => p.Survival), 1e-9);
    }

    [Fact]
    public void Median_ranks_exact_and_by_Benard()
    {
        double[] lives = [10, 20, 30, 40, 50];
        Close([0.129449436703876, 0.313810170455697, 0.5, 0.686189829544303, 0.870550563296124], RankRegression.Of(lives).Points.Select(p => p.Probability), 1e-12);
        Close([0.7 / 5.4, 1.7 / 5.4, 2.7 / 5.4, 3.7 / 5.4, 4.7 / 5.4], RankRegression.Of(lives, ranks: MedianRank.Benard).Points.Select(p => p.Probability), 1e-14);
    }

    [Fact]
    public void Adjusted_ranks_share_out_what_censored_units_might_have_taken()
    {
        // Johnson's increments by hand: (8 + 1 − previous)/(1 + those left).
        var points = RankRegression.Of([105, 230, 280, 400], [150, 250, 300, 450]).Points;
        Close([1, 1 + 8.0 / 7, 1 + 8.0 / 7 + (9 - 1 - 8.0 / 7) / 5], points.Take(3).Select(p => p.Rank), 1e-14);
    }

    [Fact]
    public void Points_on_a_line_give_the_line()
    {
        double[] lives = [.. Enumerable.Range(1, 6).Select(i => RankRegression.Of([1, 2, 3, 4, 5, 6]).Points[i - 1].Probability).Select(p => 100 * Math.Pow(-Math.Log(1 - p), 1 / 2.5))];
        foreach (var timeOnRank in new[] { true, false })
        {
            var r = RankRegression.Of(lives, timeOnRank: timeOnRank);
            Assert.Equal((100, 2.5, 1), (Math.Round(r.CharacteristicLife, 8), Math.Round(r.Shape, 8), Math.Round(r.RSquared, 10)));
        }
    }

    [Theory]
    [InlineData(false, -12.3769173612375, 0.646079348787911, 0.343184111376229, -87.5817667188048)]
    [InlineData(true, -12.0868247119277, 0.630874549527462, 0.385200112088594, -86.6993488176318)]
    public void Arrhenius(bool lognormal, double intercept, double energy, double scale, double likelihood)
    {
        var fit = Accelerated(LifeStressModel.Arrhenius, lognormal ? LifeDistribution.Lognormal : LifeDistribution.Weibull);
        Assert.True(fit.Converged);
        Assert.Equal(energy, fit.Slope, 1e-8);
        Assert.Equal(scale, fit.Scale, 1e-9);
        Assert.Equal(likelihood, fit.LogLikelihood, 1e-9);
        Assert.Equal(intercept, Math.Log(fit.CharacteristicLife(300)) - energy / (8.617333262145179e-05 * 300), 1e-5);
    }

    [Fact]
    public void Life_at_use_with_its_interval()
    {
        var fit = Accelerated(LifeStressModel.Arrhenius, LifeDistribution.Weibull);
        var interval = fit.LifeInterval(313.15);
        Close([105354.875704919, 31410.7820946602, 353370.692947051], [fit.CharacteristicLife(313.15), interval.Low, interval.High], 1e-6);
        Assert.Equal(0.0961670404391564, fit.SlopeStandardError, 1e-8);
        Assert.Equal(AcceleratedLife.ArrheniusFactor(fit.Slope, 313.15, 373.15), fit.AccelerationFactor(313.15, 373.15), 1e-8);
    }

    [Fact]
    public void Eyring_is_Arrhenius_of_life_times_temperature()
    {
        var eyring = Accelerated(LifeStressModel.Eyring, LifeDistribution.Weibull);
        var product = AcceleratedLife.Fit([.. Times.Zip(Temperatures, (t, k) => t * k)], Temperatures, Failed);
        Assert.Equal(product.Slope, eyring.Slope, 1e-9);
        Assert.Equal(product.CharacteristicLife(350) / 350, eyring.CharacteristicLife(350), 1e-5);
        Assert.Equal(product.LogLikelihood + Temperatures.Where((_, i) => Failed[i]).Sum(k => Math.Log(k)), eyring.LogLikelihood, 1e-8);
    }

    [Fact]
    public void Inverse_power_law_without_scatter_gives_its_exponent()
    {
        double[] volts = [10, 10, 20, 20, 40, 40], lives = [.. volts.Select((v, i) => 1e6 * Math.Pow(v, -3) * (i % 2 == 0 ? 0.99 : 1.01))];
        Assert.Equal(3, AcceleratedLife.Fit(lives, volts, [true, true, true, true, true, true], LifeStressModel.InversePower).Slope, 1e-6);
    }

    private static readonly double[] Times = [3100, 4200, 5000, 5000, 5000, 1200, 1500, 2100, 2600, 3000, 410, 530, 640, 800, 1100];

    private static readonly double[] Temperatures = [353.15, 353.15, 353.15, 353.15, 353.15, 373.15, 373.15, 373.15, 373.15, 373.15, 393.15, 393.15, 393.15, 393.15, 393.15];

    private static readonly bool[] Failed = [true, true, false, false, false, true, true, true, true, false, true, true, true, true, true];

    private static AcceleratedLifeFit Accelerated(LifeStressModel model, LifeDistribution distribution) => AcceleratedLife.Fit(Times, Temperatures, Failed, model, distribution);

    private static void Close(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance = 1e-13) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a)));
}
