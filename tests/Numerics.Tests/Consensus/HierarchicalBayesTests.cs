namespace Plumbline.Numerics.Tests.Consensus;

public class HierarchicalBayesTests
{
    private static readonly double[] pcb = [34.3, 32.9, 34.53, 32.42, 31.9, 35.8];
    private static readonly double[] pcbU = [1.03, 0.69, 0.83, 0.29, 0.4, 0.38];
    private static readonly double[] pcbNu = [60, 4, 18, 2, 13, 60];

    [Fact]
    public void Mixture_of_normals_and_panels_agree_where_both_apply()
    {
        var exact = HierarchicalBayes.Of(pcb, pcbU);
        var panels = HierarchicalBayes.Of(pcb, pcbU, new() { MeanPrior = MeanPrior.StudentT3, MeanLocation = 33, MeanScale = 1e7 });
        Assert.Equal(exact.Reference.Value, panels.Reference.Value, 1e-7);
        Assert.Equal(exact.Reference.StandardUncertainty, panels.Reference.StandardUncertainty, 1e-7);
        Assert.Equal(exact.Interval.Low, panels.Interval.Low, 1e-7);
        Assert.Equal(exact.TauMedian, panels.TauMedian, 1e-3);
    }

    [Theory]
    [InlineData(LaboratoryEffects.Gauss, false), InlineData(LaboratoryEffects.Gauss, true), InlineData(LaboratoryEffects.Laplace, false), InlineData(LaboratoryEffects.Laplace, true)]
    public void Unit_and_origin_do_not_matter(LaboratoryEffects effects, bool finite)
    {
        HierarchicalModel model = new() { Effects = effects };
        var nu = finite ? pcbNu : null;
        var r = HierarchicalBayes.Of(pcb, pcbU, model, nu);
        Assert.True(r.RelativeError < 2e-4);
        foreach (var unit in new[] { 1e-9, 1e6 })
        {
            var scaled = HierarchicalBayes.Of(Array.ConvertAll(pcb, v => v * unit), Array.ConvertAll(pcbU, v => v * unit), model, nu);
            Assert.Equal(r.Reference.Value, scaled.Reference.Value / unit, 1e-7);
            Assert.Equal(r.Reference.StandardUncertainty, scaled.Reference.StandardUncertainty / unit, 1e-7);
            Assert.Equal(r.Interval.High, scaled.Interval.High / unit, 1e-7);
            Assert.Equal(r.TauMedian, scaled.TauMedian / unit, 1e-7);
        }
        var shifted = HierarchicalBayes.Of(Array.ConvertAll(pcb, v => v + 1048576), pcbU, model, nu);
        Assert.Equal(r.Reference.Value + 1048576, shifted.Reference.Value, 1e-7);
        Assert.Equal(r.Reference.StandardUncertainty, shifted.Reference.StandardUncertainty, 1e-7);
    }

    [Fact]
    public void Many_degrees_of_freedom_are_as_good_as_infinitely_many()
    {
        var known = HierarchicalBayes.Of(pcb, pcbU);
        var nearly = HierarchicalBayes.Of(pcb, pcbU, null, [.. Enumerable.Repeat(1e6, 6)]);
        Assert.Equal(known.Reference.Value, nearly.Reference.Value, 1e-4);
        Assert.Equal(known.Reference.StandardUncertainty, nearly.Reference.StandardUncertainty, 1e-4);
    }

    [Fact]
    public void An_outlier_pulls_less_when_effects_are_Laplace()
    {
        double[] x = [10, 10.1, 9.9, 10.05, 14], u = [0.2, 0.2, 0.2, 0.2, 0.2];
        var gauss = HierarchicalBayes.Of(x, u).Reference.Value;
        var laplace = HierarchicalBayes.Of(x, u, new() { Effects = LaboratoryEffects.Laplace }).Reference.Value;
        Assert.InRange(laplace, 10, gauss);
    }

    [Fact]
    public void A_prior_of_the_mean_that_is_sure_of_itself_prevails()
    {
        var r = HierarchicalBayes.Of(pcb, pcbU, new() { MeanPrior = MeanPrior.Normal, MeanLocation = 30, MeanScale = 1e-6 });
        Assert.Equal(30, r.Reference.Value, 1e-6);
        Assert.Equal(1e-6, r.Reference.StandardUncertainty, 1e-9);
    }

    [Fact]
    public void Interpolated_and_exact_scaled_error_functions_agree()
    {
        for (var x = 0.0; x < 1e6; x = x * 1.01 + 0.001)
        {
            Assert.Equal(1, ErrorFunction.FastErfcx(x) / ErrorFunction.Erfcx(x), 1e-9);
            Assert.Equal(1, ErrorFunction.FastErfcx(System.Runtime.Intrinsics.Vector256.Create(x))[3] / ErrorFunction.Erfcx(x), 2e-8);
        }
    }

    [Theory]
    [InlineData(LaboratoryEffects.Gauss, 1e-3), InlineData(LaboratoryEffects.Laplace, 1e-3), InlineData(LaboratoryEffects.Laplace, 0.1)]
    public void A_prior_far_from_the_results_is_not_overlooked_by_the_panels(LaboratoryEffects effects, double scale)
    {
        var r = HierarchicalBayes.Of(pcb, pcbU, new() { Effects = effects, MeanPrior = MeanPrior.Normal, MeanLocation = -1000, MeanScale = scale }, pcbNu);
        Assert.Equal(-1000, r.Reference.Value, 3 * scale);
        Assert.Equal(1, r.Reference.StandardUncertainty / scale, 0.05);
        Assert.InRange(r.TauMedian, 300, 3000);
    }

    [Theory]
    [InlineData(0.25, 33.5603, 0.7248, 33.346, 1.119, 1.662, 0.5850), InlineData(4, 33.233, 0.729, 33.033, 1.026, 0.948, 0.665)]
    public void The_skew_posterior_is_that_of_eight_million_weighted_draws_from_the_prior(double rate, double value, double u, double location, double deviation, double tau, double positive)
    {
        // Importance sampling with numpy 1.24, effective sample sizes 567 000 and 69 000: one standard error is at most 0.004.
        var r = SkewHierarchicalBayes.Of(pcb, pcbU, new()
        {
            NuRate = rate,
            Priors = new() { MeanPrior = MeanPrior.StudentT3, MeanLocation = 33.64, MeanScale = 0.8547, TauScale = 1.564 },
        });
        Assert.Equal(value, r.Reference.Value, 0.012);
        Assert.Equal(u, r.Reference.StandardUncertainty, 0.01);
        Assert.Equal(location, r.Location, 0.012);
        Assert.Equal(deviation, r.LocationStandardDeviation, 0.01);
        Assert.Equal(tau, r.TauMedian, 0.012);
        Assert.Equal(positive, r.ProbabilityOfPositiveSkew, 0.01);
    }

    [Fact]
    public void Mirrored_results_give_a_mirrored_skew_posterior()
    {
        var r = SkewHierarchicalBayes.Of(pcb, pcbU);
        var mirrored = SkewHierarchicalBayes.Of(Array.ConvertAll(pcb, v => -v * 1e6), Array.ConvertAll(pcbU, v => v * 1e6));
        Assert.Equal(r.Reference.Value, -mirrored.Reference.Value / 1e6, 1e-4);
        Assert.Equal(r.Location, -mirrored.Location / 1e6, 1e-4);
        Assert.Equal(1 - r.ProbabilityOfPositiveSkew, mirrored.ProbabilityOfPositiveSkew, 1e-4);
    }

    [Theory]
    [InlineData(DarkUncertainty.Recognised), InlineData(DarkUncertainty.Ignored)]
    public void Degrees_of_equivalence_agree_between_mixture_and_panels_and_follow_the_unit(DarkUncertainty dark)
    {
        var exact = HierarchicalBayes.WithDegrees(pcb, pcbU, darkUncertainty: dark);
        var panels = HierarchicalBayes.WithDegrees(pcb, pcbU, new() { MeanPrior = MeanPrior.StudentT3, MeanLocation = 33, MeanScale = 1e7 }, darkUncertainty: dark);
        var scaled = HierarchicalBayes.WithDegrees(Array.ConvertAll(pcb, v => v * 1e9), Array.ConvertAll(pcbU, v => v * 1e9), darkUncertainty: dark);
        for (var j = 0; j < pcb.Length; j++)
        {
            Assert.Equal(exact.Degrees[j].Deviation, panels.Degrees[j].Deviation, 1e-6);
            Assert.Equal(1, panels.Degrees[j].ExpandedUncertainty / exact.Degrees[j].ExpandedUncertainty, 1e-3);
            Assert.Equal(1, scaled.Degrees[j].ExpandedUncertainty / exact.Degrees[j].ExpandedUncertainty / 1e9, 1e-8);
            var variance = exact.Result.Reference.StandardUncertainty * exact.Result.Reference.StandardUncertainty + pcbU[j] * pcbU[j];
            if (dark == DarkUncertainty.Ignored)
                Assert.Equal(Math.Sqrt(variance), exact.Degrees[j].StandardUncertainty, 1e-6);
            else
                Assert.True(exact.Degrees[j].StandardUncertainty > Math.Sqrt(variance));
        }
    }

    [Fact]
    public void Degrees_with_uncertain_uncertainties_are_wider_for_few_degrees_of_freedom()
    {
        var (_, degrees) = HierarchicalBayes.WithDegrees(pcb, pcbU, new() { Effects = LaboratoryEffects.Laplace }, pcbNu, DarkUncertainty.Ignored);
        var (_, known) = HierarchicalBayes.WithDegrees(pcb, pcbU, new() { Effects = LaboratoryEffects.Laplace }, null, DarkUncertainty.Ignored);
        Assert.True(degrees[3].ExpandedUncertainty > known[3].ExpandedUncertainty); // ν = 2
        Assert.InRange(degrees[0].ExpandedUncertainty / known[0].ExpandedUncertainty, 0.9, 1.1); // ν = 60
    }

    [Theory]
    [InlineData(DarkUncertainty.Recognised), InlineData(DarkUncertainty.Ignored)]
    public void Degrees_of_the_skew_posterior_have_the_variance_of_their_parts(DarkUncertainty dark)
    {
        var (r, degrees) = SkewHierarchicalBayes.WithDegrees(pcb, pcbU, darkUncertainty: dark);
        var scaled = SkewHierarchicalBayes.WithDegrees(Array.ConvertAll(pcb, v => v * 1e-9), Array.ConvertAll(pcbU, v => v * 1e-9), darkUncertainty: dark).Degrees;
        for (var j = 0; j < pcb.Length; j++)
        {
            var variance = r.Reference.StandardUncertainty * r.Reference.StandardUncertainty + pcbU[j] * pcbU[j];
            Assert.Equal(pcb[j] - r.Reference.Value, degrees[j].Deviation, 1e-12);
            if (dark == DarkUncertainty.Ignored)
                Assert.Equal(1, degrees[j].StandardUncertainty / Math.Sqrt(variance), 2e-3);
            else
                Assert.True(degrees[j].StandardUncertainty > Math.Sqrt(variance));
            Assert.InRange(degrees[j].ExpandedUncertainty / degrees[j].StandardUncertainty, 1.7, 2.3);
            Assert.Equal(1, scaled[j].ExpandedUncertainty / degrees[j].ExpandedUncertainty * 1e9, 1e-4);
        }
    }

    [Fact]
    public void Degrees_of_the_skew_posterior_are_wider_where_uncertainties_are_uncertain()
    {
        var (r, degrees) = SkewHierarchicalBayes.WithDegrees(pcb, pcbU, null, pcbNu, DarkUncertainty.Ignored);
        var variance = r.Reference.StandardUncertainty * r.Reference.StandardUncertainty + pcbU[3] * pcbU[3];
        Assert.True(degrees[3].StandardUncertainty > Math.Sqrt(variance)); // ν = 2
        Assert.InRange(degrees[5].StandardUncertainty, 0.95 * double.Hypot(r.Reference.StandardUncertainty, pcbU[5]), 1.1 * double.Hypot(r.Reference.StandardUncertainty, pcbU[5])); // ν = 60
    }
}
