namespace Plumbline.Numerics.Tests.Reliability;

public class RankFitTests
{
    [Theory]
    [InlineData(5, LifeDistribution.Weibull), InlineData(12, LifeDistribution.Weibull), InlineData(8, LifeDistribution.Lognormal)]
    public void The_share_is_that_of_samples_regressed_one_by_one(int n, LifeDistribution distribution)
    {
        var random = new Random(3);
        const int samples = 20_000;
        double[] squares = [.. Enumerable.Range(0, samples).Select(_ =>
        {
            double[] t = [.. Enumerable.Range(0, n).Select(_ => distribution == LifeDistribution.Weibull
                // η and β do not matter.
                ? 700 * Math.Pow(-Math.Log(1 - random.NextDouble()), 1 / 2.5) : Math.Exp(3 + (0.4 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))))];
            return RankRegression.Of(t, distribution: distribution).RSquared;
        }).Order()];
        foreach (var share in (double[])[0.05, 0.1, 0.5, 0.9])
        {
            var r = squares[(int)(share * samples)];
            var fit = RankFit.Of(r, n, distribution, 1 << 18);
            Assert.Equal(share, fit.Probability, 4.5 * Math.Sqrt(share * (1 - share) / samples));
            Assert.InRange(fit.StandardError, 0, 0.001);
            if (share == 0.1)
                Assert.Equal(r, fit.CriticalRSquared, 0.01);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_digits_and_ends_are_certain()
    {
        Assert.Equal(RankFit.Of(0.93, 7), RankFit.Of(0.93, 7));
        Assert.NotEqual(RankFit.Of(0.93, 7).Probability, RankFit.Of(0.93, 7, seed: 2).Probability);
        Assert.Equal(0, RankFit.Of(0, 7).Probability);
        Assert.Equal(1, RankFit.Of(1, 7).Probability);
    }

    [Fact]
    public void What_has_no_distribution_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankFit.Of(1.1, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankFit.Of(0.9, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankFit.Of(0.9, 7, LifeDistribution.Exponential));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankFit.Of(0.9, 7, trials: 10));
    }
}
