namespace Plumbline.Numerics.Tests.Reliability;

/// <summary>Against R 4.2.2 with survival 3.5-3; the data are those of the e-Handbook of Statistical Methods, 8.4.1.3, where not made up.</summary>
public class LifeFitTests
{
    private static readonly double[] Failures = [54, 187, 216, 240, 244, 335, 361, 373, 375, 386];

    private static readonly double[] Censored = [.. Enumerable.Repeat(500.0, 10)];

    private static readonly double[][] Inspections = [[100, 200], [100, 200], [200, 300], [200, 300], [300, 400], [300, 400], [400, 500], [400, 500]];

    private static readonly LifeFit Fit = LifeFits.Of(Failures, Censored);

    [Fact]
    public void Likelihood_ratio_bounds()
    {
        var shape = Fit.ShapeLikelihoodInterval();
        Assert.Equal((0.905645358752191, 2.88573786574131), (shape.Low, shape.High), Within(1e-7));
        var life = Fit.QuantileLikelihoodInterval(1 - Math.Exp(-1));
        Assert.Equal((437.55674539406, 1118.87762469858), (life.Low, life.High), Within(1e-7));
        var tenth = Fit.QuantileLikelihoodInterval(0.1);
        Assert.Equal((59.8545542494149, 271.949517555316), (tenth.Low, tenth.High), Within(1e-7));
    }

    [Fact]
    public void Bounds_from_the_information()
    {
        var tenth = Fit.QuantileInterval(0.1);
        Assert.Equal((83.8751295254904, 320.754919082434), (tenth.Low, tenth.High), Within(1e-8));
        var survival = Fit.ReliabilityInterval(Fit.Quantile(0.1));
        Assert.InRange(0.9, survival.Low, survival.High);
    }

    [Fact]
    public void Every_kind_of_censoring_in_one_sample()
    {
        var weibull = LifeFits.Of([250], [500, 150], [100, 100], Inspections);
        Assert.Equal((5.76911912239771, 0.559899217234423), (weibull.Location, weibull.Scale), Within(1e-11));
        var lognormal = LifeFits.Of([250], [500, 150], [100, 100], Inspections, LifeDistribution.Lognormal);
        Assert.Equal((5.48363904777143, 0.699893832835337), (lognormal.Location, lognormal.Scale), Within(1e-11));
        Assert.Equal(0.204853993493808, lognormal.StandardErrorOfLife / lognormal.CharacteristicLife, 1e-9);
        Assert.Equal(0.25335714020896, lognormal.StandardErrorOfScale / lognormal.Scale, 1e-9);
    }

    [Fact]
    public void Units_of_time_do_not_matter()
    {
        var minutes = LifeFits.Of([.. Failures.Select(t => 60 * t)], [.. Censored.Select(t => 60 * t)]);
        Assert.Equal(60, minutes.CharacteristicLife / Fit.CharacteristicLife, 1e-10);
        Assert.Equal(Fit.Shape, minutes.Shape, 1e-11);
        Assert.Equal(Fit.LogLikelihood - 10 * Math.Log(60), minutes.LogLikelihood, 1e-10);
        Assert.Equal(60, minutes.ShapeLikelihoodInterval().High / Fit.ShapeLikelihoodInterval().High * 60, 1e-6);
    }

    [Fact]
    public void Narrow_intervals_come_to_exact_times()
    {
        var narrow = LifeFits.Of(null, Censored, null, [.. Failures.Select(t => (double[])[t * (1 - 1e-5), t * (1 + 1e-5)])]);
        Assert.Equal(Fit.CharacteristicLife, narrow.CharacteristicLife, 1e-4);
        Assert.Equal(Fit.Shape, narrow.Shape, 1e-6);
    }

    [Fact]
    public void An_exponential_life_is_time_over_failures()
    {
        var fit = LifeFits.Of(Failures, Censored, distribution: LifeDistribution.Exponential);
        Assert.Equal((Failures.Sum() + Censored.Sum()) / 10, fit.CharacteristicLife, 1e-9);
        Assert.Equal(1 / Math.Sqrt(10), fit.StandardErrorOfLife / fit.CharacteristicLife, 1e-10);
        var bounds = fit.QuantileLikelihoodInterval(1 - Math.Exp(-1));
        Assert.True(bounds.Low < fit.CharacteristicLife && fit.CharacteristicLife < bounds.High);
    }

    [Fact]
    public void A_failure_free_time_is_the_inner_maximum_of_the_likelihood()
    {
        double[] lives = [130, 155, 170, 186, 194, 201, 214, 228, 241, 256, 270, 283, 301, 322, 350, 401];
        var fit = LifeFits.ThreeParameter(lives);
        Assert.True(fit.Converged);
        Assert.Equal((116.0214294, 143.5938616), (fit.Threshold, fit.CharacteristicLife), Within(1e-6));
        Assert.Equal(-90.2027108517965, fit.LogLikelihood, 1e-10);
        var moved = LifeFits.ThreeParameter([.. lives.Select(t => t + 50)]);
        Assert.Equal(fit.Threshold + 50, moved.Threshold, 1e-5);
    }

    [Fact]
    public void Without_an_inner_maximum_the_three_parameter_fit_says_so()
    {
        var fit = LifeFits.ThreeParameter([1, 1.01, 1.05, 1.2, 2, 5, 20]);
        Assert.False(fit.Converged);
        Assert.Equal(0, fit.Threshold);
    }

    [Fact]
    public void Failures_all_at_one_time_do_not_converge_and_none_at_all_are_refused()
    {
        Assert.False(LifeFits.Of([100, 100, 100]).Converged);
        Assert.Contains("No unit has failed", Assert.Throws<ArgumentException>(() => LifeFits.Of([], [10, 20])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_samples_overstate_the_shape() => Assert.True(Fit.CorrectedShape < Fit.Shape);

    internal static IEqualityComparer<(double, double)> Within(double relative) =>
        EqualityComparer<(double, double)>.Create((a, b) => Math.Abs(a.Item1 / b.Item1 - 1) < relative && Math.Abs(a.Item2 / b.Item2 - 1) < relative, _ => 0);
}
