namespace Plumbline.Numerics.Tests.Equivalence;

public class ResampledDegreesTests
{
    private static readonly double[] x = [34.3, 32.9, 34.53, 32.42, 31.9, 35.8];
    private static readonly double[] u = [1.03, 0.69, 0.83, 0.29, 0.4, 0.38];

    [Fact]
    public void The_weighted_mean_gets_the_degrees_of_the_closed_form()
    {
        var exact = DegreesOfEquivalence.Unilateral(x, u, WeightedMean.Of(x, u), 1.959963984540054);
        var resampled = ResampledDegrees.Of(x, u, WeightedMean.Of, new Random(1), replicates: 40_000);
        for (var j = 0; j < x.Length; j++)
        {
            Assert.Equal(exact.Deviations[j], resampled.Deviations[j], 1e-10);
            Assert.Equal(1, resampled.StandardUncertainties[j]!.Value / exact.StandardUncertainties[j]!.Value, 0.02);
            Assert.Equal(1, resampled.ExpandedUncertainties[j]!.Value / exact.ExpandedUncertainties[j]!.Value, 0.03);
        }
        Assert.Equal(exact.Covariance[0, 1], resampled.Covariance[0, 1], 0.01);
    }

    [Fact]
    public void Correlated_results_follow_their_covariance()
    {
        var v = Matrix.Diagonal(Array.ConvertAll(u, s => s * s));
        v[0, 1] = v[1, 0] = 0.8 * u[0] * u[1];
        var exact = DegreesOfEquivalence.Unilateral(x, v, WeightedMean.Of(x, v));
        var resampled = ResampledDegrees.Of(x, v, (y, _) => WeightedMean.Of(y, v), new Random(1), replicates: 40_000);
        for (var j = 0; j < x.Length; j++)
            Assert.Equal(1, resampled.StandardUncertainties[j]!.Value / exact.StandardUncertainties[j]!.Value, 0.02);
        var drawn = ResampledDegrees.Of(x, v, PauleMandel.Of, new Random(1), replicates: 20_000, darkUncertainty: DarkUncertainty.Recognised);
        Assert.True(drawn.Covariance[0, 1] > ResampledDegrees.Of(x, u, PauleMandel.Of, new Random(1), darkUncertainty: DarkUncertainty.Recognised).Covariance[0, 1]);
    }

    [Fact]
    public void A_contributor_to_a_median_is_judged_more_strictly_than_independence_would()
    {
        double[] even = [10, 10.1, 9.9], equal = [0.1, 0.1, 0.1];
        static ConsensusResult Median(double[] y, double[] _) => MedianConsensus.Of(y);
        var r = ResampledDegrees.Of(even, equal, Median, new Random(3));
        // Of three normal results x − median has variance 1 + v − 2c with v = 0.4487 and cov(x, median) = 1/3: 0.782 u².
        Assert.Equal(0.782, r.StandardUncertainties[0]!.Value * r.StandardUncertainties[0]!.Value / 0.01, 0.02);
    }

    [Fact]
    public void Unit_and_seed_decide_nothing_and_everything()
    {
        var a = ResampledDegrees.Of(x, u, PauleMandel.Of, new Random(5), replicates: 2000);
        var b = ResampledDegrees.Of(Array.ConvertAll(x, v => v * 1e-12), Array.ConvertAll(u, v => v * 1e-12), PauleMandel.Of, new Random(5), replicates: 2000);
        for (var j = 0; j < x.Length; j++)
            Assert.Equal(a.ExpandedUncertainties[j]!.Value, b.ExpandedUncertainties[j]!.Value * 1e12, 1e-8);
    }
}
