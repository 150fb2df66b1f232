namespace Plumbline.Numerics.Tests.Robust;

public class RobustTests
{
    [Fact]
    public void Algorithm_A_is_at_its_fixed_point()
    {
        var random = new Random(4);
        for (var trial = 0; trial < 200; trial++)
        {
            double[] x = [.. Enumerable.Range(0, 3 + random.Next(30)).Select(_ => random.NormalPair().Item1 * (random.Next(5) == 0 ? 20 : 1))];
            var fit = AlgorithmA.Fit(x, AlgorithmAConstants.Iso13528);
            Assert.True(fit.Converged);
            var delta = 1.5 * fit.StandardDeviation;
            double[] clamped = [.. x.Select(v => Math.Clamp(v, fit.Mean - delta, fit.Mean + delta))];
            Assert.Equal(fit.Mean, clamped.Average(), 1e-9);
            var s = 1.134 * Math.Sqrt(clamped.Sum(v => (v - fit.Mean) * (v - fit.Mean)) / (x.Length - 1));
            Assert.Equal(fit.StandardDeviation, s, 1e-9);
        }
    }

    [Fact]
    public void Algorithm_A_of_equal_results_has_no_spread()
    {
        var r = AlgorithmA.Of([5, 5, 5, 5]);
        Assert.Equal((5.0, 0.0), (r.Value, r.StandardUncertainty));
        Assert.Contains("no-spread", r.Warnings);
    }

    [Fact]
    public void Algorithm_S_of_equal_deviations_exceeds_them_by_its_factor_only()
    {
        var w = AlgorithmS.Of([2, 2, 2, 2, 2], 1);
        // ISO 13528 table: ν = 1 has η = 1.645 and ξ = 1.097.
        Assert.Equal(2 * 1.097, w, 2e-3);
        Assert.Equal(w * 1e-9, AlgorithmS.Of([2e-9, 2e-9, 2e-9, 2e-9, 2e-9], 1), 1e-18);
        Assert.InRange(AlgorithmS.Of([2, 2, 2, 2, 200], 1), w, 2 * w);
    }

    [Fact]
    public void The_differences_need_not_be_formed()
    {
        var random = new Random(9);
        for (var trial = 0; trial < 100; trial++)
        {
            var n = 2 + random.Next(25);
            double[] x = [.. Enumerable.Range(0, n).Select(_ => Math.Round(random.NextDouble() * 10, 1))];
            double[] sorted = [.. x.Order()];
            double[] differences = [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, i) select sorted[i] - sorted[j]];
            Array.Sort(differences);
            for (var k = 1; k <= differences.Length; k += 1 + differences.Length / 7)
                Assert.Equal(differences[k - 1], PairwiseScale.OrderedDifference(sorted, k), 1e-12);
        }
    }

    [Fact]
    public void The_Q_method_inverts_its_distribution_as_the_definition_does()
    {
        var random = new Random(12);
        for (var trial = 0; trial < 100; trial++)
        {
            var n = 3 + random.Next(15);
            double[] x = [.. Enumerable.Range(0, n).Select(_ => Math.Round(random.NormalPair().Item1, 2) * 8 / 8)];
            Assert.Equal(ByDefinition(x), QMethod.Of(x).StandardDeviation, 1e-7);
        }
    }

    private static double ByDefinition(double[] x)
    {
        double[] d = [.. from i in Enumerable.Range(0, x.Length) from j in Enumerable.Range(0, i) select Math.Round(Math.Abs(x[i] - x[j]), 8)];
        double Share(double v) => d.Count(y => y <= v) / (double)d.Length;
        double[] nodes = [.. d.Where(v => v > 0).Distinct().Order()];
        double zero = Share(0), target = 0.25 + 0.75 * zero, before = zero, below = 0, g = 0;
        foreach (var node in nodes)
        {
            var next = (Share(node) + before) / 2;
            if (next >= target)
                return (below + (node - below) * (target - g) / (next - g)) / (Math.Sqrt(2) * Normal.Quantile(0.625 + 0.375 * zero));
            (below, g, before) = (node, next, Share(node));
        }
        return double.NaN;
    }

    [Fact]
    public void Hampel_ignores_what_is_far_away()
    {
        double[] x = [9.8, 10, 10.1, 10.3, 9.9, 10.05];
        var clean = QMethod.Of(x);
        var spoilt = QMethod.Of([.. x, 1e6]);
        Assert.InRange(spoilt.Mean, 9.8, 10.3);
        Assert.InRange(spoilt.StandardDeviation, clean.StandardDeviation / 3, clean.StandardDeviation * 3);
    }

    [Fact]
    public void Robust_scales_follow_the_unit_and_ignore_the_origin()
    {
        double[] x = [1.25, 3.5, 2.75, 8, 2.5, 3, 2.25, 2.875];
        foreach (var f in new Func<double[], double>[] { PairwiseScale.Qn, PairwiseScale.Sn, v => RobustScale.ScaledMad(v), v => RobustScale.NormalisedInterquartileRange(v, 6), v => QMethod.Of(v).StandardDeviation })
        {
            Assert.Equal(f(x), f([.. x.Select(v => v * 1e-12)]) * 1e12, 1e-10);
            Assert.Equal(f(x), f([.. x.Select(v => v + 67108864)]), 1e-9);
        }
    }
}
