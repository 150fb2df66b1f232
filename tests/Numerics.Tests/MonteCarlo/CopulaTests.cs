namespace Plumbline.Numerics.Tests.MonteCarlo;

public class CopulaTests
{
    private static InputDistribution[] Laws { get; } =
    [
        NormalDistribution.FromStandardDeviation(5, 2), StudentTDistribution.FromScale(-1, 3, 4), StudentTDistribution.FromScale(2, 0.5, 1.5), RectangularDistribution.Limits(2, 5), ArcSineDistribution.Limits(-1, 1),
        TriangularDistribution.Limits(0, 1, 4), TrapezoidalDistribution.HalfWidth(2, 1, 0.4), CurvilinearTrapezoidDistribution.Limits(-1, 1, 0.2), ExponentialDistribution.FromMean(3), GammaDistribution.FromShapeAndScale(0.7, 2),
        GammaDistribution.FromShapeAndScale(9, 0.1), LogNormalDistribution.FromLogarithm(0.3, 0.8), WeibullDistribution.FromShapeAndScale(2.5, 100), BetaDistribution.FromShapes(0.5, 3), BetaDistribution.FromShapes(4, 4, -2, 2),
    ];

    public static TheoryData<int, Copula, double> Cases
    {
        get
        {
            var data = new TheoryData<int, Copula, double>();
            for (var i = 0; i < Laws.Length; i++)
                foreach (var (copula, nu) in ((Copula, double)[])[(Copula.Normal, double.PositiveInfinity), (Copula.StudentT, 1), (Copula.StudentT, 4), (Copula.StudentT, 60)])
                    data.Add(i, copula, nu);
            return data;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_margin_by_blocks_is_the_quantile_of_the_probability(int law, Copula copula, double nu)
    {
        var d = Laws[law];
        var margins = new CopulaMargins([d], copula, nu);
        double far = copula == Copula.Normal ? 7.5 : StudentT.UpperQuantile(1e-13, nu);
        double[] places = [.. Enumerable.Range(0, InputDrawer.Lanes).Select(i => copula == Copula.Normal ? far * (2.0 * i / (InputDrawer.Lanes - 1) - 1) : Math.Sinh(Math.Asinh(far) * (2.0 * i / (InputDrawer.Lanes - 1) - 1)))];
        double[] values = [.. places];
        margins.Place(0, values);
        double low = d.QuantileAt(0.001), high = d.QuantileAt(0.999);
        for (var i = 0; i < places.Length; i++)
        {
            var upper = copula == Copula.Normal ? Normal.UpperTailOf(Math.Abs(places[i])) : StudentT.UpperTailOf(Math.Abs(places[i]), nu);
            var exact = places[i] < 0 ? d.QuantileAt(upper) : d.UpperQuantileAt(upper);
            // In units of what the distribution spreads over, or of the value itself in a tail.
            Assert.Equal(exact, values[i], 1e-8 * Math.Max(high - low, Math.Abs(exact)));
        }
    }

    [Theory]
    [InlineData(Copula.Normal, double.PositiveInfinity), InlineData(Copula.StudentT, 1.0), InlineData(Copula.StudentT, 4.0), InlineData(Copula.StudentT, 0.7), InlineData(Copula.StudentT, 60)]
    public void Margins_keep_their_distribution_and_the_pair_its_rank_correlation(Copula copula, double nu)
    {
        var inputs = JointInputs.Correlate(["a", "b", "c"], [GammaDistribution.FromShapeAndScale(2, 1), TriangularDistribution.Limits(0, 1, 4), CurvilinearTrapezoidDistribution.Limits(-1, 1, 0.2)],
            new double[,] { { 1, 0.6, -0.3 }, { 0.6, 1, 0 }, { -0.3, 0, 1 } }, copula, nu);
        var drawer = new InputDrawer(inputs, 21, RandomGenerator.Philox);
        const int blocks = 48;
        var drawn = inputs.Names.Select(_ => new double[blocks * InputDrawer.Lanes]).ToArray();
        for (var block = 0; block < blocks; block++)
        {
            drawer.Draw((ulong)block);
            for (var k = 0; k < drawn.Length; k++)
                drawer.Values[k].CopyTo(drawn[k], block * InputDrawer.Lanes);
        }
        var n = drawn[0].Length;
        for (var k = 0; k < drawn.Length; k++)
        {
            var sorted = drawn[k].Order().ToArray();
            var farthest = Enumerable.Range(0, n).Max(i => Math.Abs((i + 0.5) / n - inputs.Distributions[k].Cdf(sorted[i])));
            Assert.True(farthest * Math.Sqrt(n) < 1.9, $"Kolmogorov {farthest * Math.Sqrt(n)}");
        }
        // τ = (2/π) asin ρ for every elliptical copula.
        Assert.Equal(2 / Math.PI * Math.Asin(0.6), Tau(drawn[0], drawn[1]), 0.015);
        Assert.Equal(2 / Math.PI * Math.Asin(-0.3), Tau(drawn[0], drawn[2]), 0.015);
    }

    [Fact]
    public void Extremes_come_together_under_the_t_copula()
    {
        double Together(Copula copula, double nu)
        {
            var unit = RectangularDistribution.Limits(0, 1);
            var inputs = JointInputs.Correlate(["a", "b"], [unit, unit], new double[,] { { 1, 0.5 }, { 0.5, 1 } }, copula, nu);
            var drawer = new InputDrawer(inputs, 4, RandomGenerator.Philox);
            double both = 0, one = 0;
            for (var block = 0UL; block < 400; block++)
            {
                drawer.Draw(block);
                for (var t = 0; t < InputDrawer.Lanes; t++)
                {
                    one += drawer.Values[0][t] > 0.995 ? 1 : 0;
                    both += drawer.Values[0][t] > 0.995 && drawer.Values[1][t] > 0.995 ? 1 : 0;
                }
            }
            return both / one;
        }
        // λ = 2 t_{ν+1}(−√((ν+1)(1−ρ)/(1+ρ))) of the t copula with ν = 2 is 0.39; at a finite threshold the share is a little more, and the normal copula's is far less.
        var limit = 2 * StudentT.UpperTail(Math.Sqrt(3 * 0.5 / 1.5), 3);
        Assert.InRange(Together(Copula.StudentT, 2), limit - 0.03, limit + 0.06);
        Assert.InRange(Together(Copula.Normal, double.PositiveInfinity), 0.05, 0.2);
    }

    /// <summary>Kendall's rank correlation of neighbours far apart, so that n pairs are enough.</summary>
    private static double Tau(double[] x, double[] y)
    {
        double sum = 0;
        for (var shift = 1; shift <= 4; shift++)
            for (var i = 0; i < x.Length; i++)
            {
                var j = (i + shift * 1777) % x.Length;
                sum += Math.Sign((x[i] - x[j]) * (y[i] - y[j]));
            }
        return sum / (4.0 * x.Length);
    }
}
