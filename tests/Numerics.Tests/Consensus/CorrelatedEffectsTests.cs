namespace Plumbline.Numerics.Tests.Consensus;

public class CorrelatedEffectsTests
{
    private static readonly double[] x = [34.3, 32.9, 34.53, 32.42, 31.9, 35.8], u = [1.03, 0.69, 0.83, 0.29, 0.4, 0.38];

    private static double[,] V
    {
        get
        {
            var v = Matrix.Diagonal(Array.ConvertAll(u, s => s * s));
            foreach (var (i, j, r) in ((int, int, double)[])[(0, 1, 0.5), (2, 3, 0.3), (4, 5, -0.2), (0, 5, 0.4)])
                v[i, j] = v[j, i] = r * u[i] * u[j];
            return v;
        }
    }

    [Fact]
    public void Moments_and_the_generalised_Q_with_covariance_give_what_numpy_gives()
    {
        // P = V⁻¹ − V⁻¹11′V⁻¹/(1′V⁻¹1) by numpy 1.24; the root of x′P(τ²)x = 5 by scipy 1.10 (brentq).
        var dl = DerSimonianLaird.Of(x, V);
        Assert.Equal(33.573930770676, dl.Value, 1e-10);
        Assert.Equal(0.707613224190, dl.StandardUncertainty, 1e-10);
        Assert.Equal(1.570376671653, dl.Tau!.Value, 1e-10);
        Assert.Equal(66.4158531537, dl.ChiSquared!.Value, 1e-8);
        var pm = PauleMandel.Of(x, V);
        Assert.Equal(33.560581837898, pm.Value, 1e-10);
        Assert.Equal(0.642440994439, pm.StandardUncertainty, 1e-10);
        Assert.Equal(1.397952859292, pm.Tau!.Value, 1e-10);
        double[] degrees = [1.61320853, 1.42043717, 1.49346636, 1.27500657, 1.30443159, 1.2984382];
        var d = DegreesOfEquivalence.Unilateral(x, V, pm, darkUncertainty: DarkUncertainty.Recognised);
        for (var j = 0; j < x.Length; j++)
            Assert.Equal(degrees[j], d.StandardUncertainties[j]!.Value, 1e-8);
        Assert.Equal(1.73961674, DegreesOfEquivalence.Unilateral(x, V, dl, darkUncertainty: DarkUncertainty.Recognised).StandardUncertainties[0]!.Value, 1e-8);
    }

    [Fact]
    public void Without_correlation_both_are_the_estimators_for_independent_results()
    {
        var v = Matrix.Diagonal(Array.ConvertAll(u, s => s * s));
        foreach (var (with, without) in ((ConsensusResult, ConsensusResult)[])[(DerSimonianLaird.Of(x, v), DerSimonianLaird.Of(x, u)), (PauleMandel.Of(x, v), PauleMandel.Of(x, u))])
        {
            Assert.Equal(without.Value, with.Value, 1e-12);
            Assert.Equal(without.StandardUncertainty, with.StandardUncertainty, 1e-12);
            Assert.Equal(without.Tau!.Value, with.Tau!.Value, 1e-12);
        }
    }

    [Fact]
    public void What_all_laboratories_share_stays_in_the_uncertainty_and_leaves_tau_alone()
    {
        var v = Matrix.Diagonal(Array.ConvertAll(u, s => s * s));
        for (var i = 0; i < x.Length; i++)
            for (var j = 0; j < x.Length; j++)
                v[i, j] += 4;
        foreach (var (shared, own) in ((ConsensusResult, ConsensusResult)[])[(DerSimonianLaird.Of(x, v), DerSimonianLaird.Of(x, u)), (PauleMandel.Of(x, v), PauleMandel.Of(x, u))])
        {
            Assert.Equal(own.Value, shared.Value, 1e-10);
            Assert.Equal(own.Tau!.Value, shared.Tau!.Value, 1e-10);
            Assert.Equal(double.Hypot(own.StandardUncertainty, 2), shared.StandardUncertainty, 1e-10);
        }
    }

    [Fact]
    public void Agreeing_results_have_no_tau_and_one_result_is_itself()
    {
        Assert.Equal(0, PauleMandel.Of([1, 1.01, 0.99], Matrix.Diagonal([1, 1, 1])).Tau);
        Assert.Equal(0, DerSimonianLaird.Of([1, 1.01, 0.99], Matrix.Diagonal([1, 1, 1])).Tau);
        Assert.Equal((5.0, 0.5), (PauleMandel.Of([5], new double[,] { { 0.25 } }).Value, DerSimonianLaird.Of([5], new double[,] { { 0.25 } }).StandardUncertainty));
    }

    [Fact]
    public void A_covariance_that_is_not_positive_definite_is_refused_by_name()
    {
        double[,] v = { { 1, 1.1 }, { 1.1, 1 } };
        foreach (var estimate in (Action[])[() => DerSimonianLaird.Of([1, 2], v), () => PauleMandel.Of([1, 2], v), () => WeightedMean.Of([1, 2], v)])
            Assert.Equal("covariance", Assert.Throws<ArgumentException>(estimate).ParamName);
    }
}
