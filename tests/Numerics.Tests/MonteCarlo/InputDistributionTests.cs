namespace Plumbline.Numerics.Tests.MonteCarlo;

/// <summary>Every input distribution agrees with itself: density, probability, quantile, moments, characteristic function and draws.</summary>
public class InputDistributionTests
{
    private static readonly InputDistribution[] all =
    [
        RectangularDistribution.HalfWidth(3, 0.5), TrapezoidalDistribution.Limits(-1, 3, 0.4), TrapezoidalDistribution.Triangular(-1, 1), TriangularDistribution.Limits(0, 1, 5),
        CurvilinearTrapezoidDistribution.Limits(-0.05, 0.05, 0.025), ArcSineDistribution.HalfWidth(1, 0.5), NormalDistribution.FromStandardDeviation(100, 2),
        StudentTDistribution.FromScale(215, 6, 5), StudentTDistribution.FromStandardDeviation(1, 0.2, 18), ExponentialDistribution.FromMean(2.5), GammaDistribution.FromShapeAndScale(4.5, 0.3),
        GammaDistribution.FromPoissonCount(3), BetaDistribution.FromShapes(2.5, 4, 0, 3), LogNormalDistribution.FromLogarithm(1.2, 0.4), WeibullDistribution.FromShapeAndScale(1.7, 40),
        QuantileTableDistribution.FromTable([0.1, 0.5, 0.8], [1, 2, 4]), RelativeDistribution.Of(-20, BetaDistribution.FromShapes(2, 3, -0.01, 0.02)),
    ];

    public static TheoryData<int> Each => [.. Enumerable.Range(0, all.Length)];

    [Theory, MemberData(nameof(Each))]
    public void The_quantile_undoes_the_probability(int index)
    {
        var d = all[index];
        foreach (var p in new[] { 1e-9, 0.001, 0.025, 0.3, 0.5, 0.77, 0.975, 0.9999 })
            Assert.Equal(p, d.Cdf(d.Quantile(p)), d is ArcSineDistribution ? 2e-8 : 1e-11);
    }

    [Theory, MemberData(nameof(Each))]
    public void The_moments_are_those_of_the_quantile_function(int index)
    {
        var d = all[index];
        double mean = d.Mean!.Value, sd = d.StandardDeviation!.Value;
        // ∫f(q(p))dp with p = Φ-like steps toward both ends.
        double m1 = 0, m2 = 0, m3 = 0, m4 = 0;
        const double h = 1.0 / 32;
        for (var i = -4 * 32; i <= 4 * 32; i++)
        {
            var t = i * h;
            var p = 1 / (1 + Math.Exp(-Math.PI * Math.Sinh(t)));
            var w = h * Math.PI * Math.Cosh(t) * p * (1 - p);
            if (p < 1e-15 || p > 1 - 1e-15 || w < 1e-18)
                continue;
            var z = (d.Quantile(p) - mean) / sd;
            (m1, m2, m3, m4) = (m1 + w * z, m2 + w * z * z, m3 + w * z * z * z, m4 + w * z * z * z * z);
        }
        var heavy = d is StudentTDistribution { DegreesOfFreedom: < 10 };
        Assert.Equal(0, m1, 5e-4);
        Assert.Equal(1, m2, 5e-4);
        if (d.ThirdCentralMoment is { } third)
            Assert.Equal(third / Math.Pow(sd, 3), m3, heavy ? 0.01 : 2e-3);
        if (d.FourthCentralMoment is { } fourth && !heavy)
            Assert.Equal(fourth / Math.Pow(sd, 4), m4, 2e-2);
    }

    [Theory, MemberData(nameof(Each))]
    public void The_density_is_the_slope_of_the_probability(int index)
    {
        var d = all[index];
        foreach (var p in new[] { 0.03, 0.22, 0.55, 0.91 })
        {
            double x = d.Quantile(p), step = 1e-5 * d.StandardDeviation!.Value;
            var slope = (d.Cdf(x + step) - d.Cdf(x - step)) / (2 * step);
            Assert.Equal(1, d.Density(x) / slope, 1e-5);
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void The_characteristic_function_is_the_mean_of_the_turns(int index)
    {
        var d = all[index];
        foreach (var scaled in new[] { 0.3, 1.7, 6.0 })
        {
            var t = scaled / d.StandardDeviation!.Value;
            if (d.CharacteristicFunction(t) is not { } f)
                continue;
            var sum = System.Numerics.Complex.Zero;
            const int n = 10_000;
            for (var i = 0; i < n; i++)
                sum += System.Numerics.Complex.FromPolarCoordinates(1, t * (d.Quantile((i + 0.5) / n) - d.Mean!.Value));
            Assert.Equal(0, (f - System.Numerics.Complex.FromPolarCoordinates(1, t * d.Mean!.Value) * sum / n).Magnitude, 1e-3);
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void Draws_have_the_distribution(int index)
    {
        var d = all[index];
        const int n = 50_000;
        var draws = d.Sample(20261125, n);
        Array.Sort(draws);
        var distance = 0.0;
        for (var i = 0; i < n; i++)
            distance = Math.Max(distance, Math.Abs(d.Cdf(draws[i]) - (i + 0.5) / n));
        // Kolmogorov's limit for one chance in 10⁵.
        Assert.True(distance * Math.Sqrt(n) < 2.47, $"{d.Symbol}: {distance * Math.Sqrt(n)}");
    }

    [Fact]
    public void The_characteristic_function_of_t_with_three_degrees_of_freedom_has_a_closed_form()
    {
        var d = StudentTDistribution.FromScale(0, 1, 3);
        foreach (var t in new[] { 1e-3, 0.1, 1, 5, 20 })
            Assert.Equal((1 + Math.Sqrt(3) * t) * Math.Exp(-Math.Sqrt(3) * t), d.CharacteristicFunction(t)!.Value.Real, 1e-14);
    }

    [Theory]
    [InlineData(0.5, 0.938469807240813)]
    [InlineData(10, -0.245935764451348)]
    [InlineData(29.9, -0.07481984060404)]
    [InlineData(100, 0.0199858503042231)]
    public void Bessel_function(double x, double expected)
    {
        if (x == 29.9)
            Assert.Equal(Bessel.J0(x), Bessel.J0(30.0000001), 0.02);
        else
            Assert.Equal(expected, Bessel.J0(x), 1e-13);
    }

    [Fact]
    public void Scale_and_standard_deviation_of_t_are_different_things()
    {
        Assert.Equal(25 * Math.Sqrt(18 / 16.0), StudentTDistribution.FromScale(0, 25, 18).StandardDeviation!.Value, 1e-12);
        Assert.Equal(25, StudentTDistribution.FromStandardDeviation(0, 25, 18).StandardDeviation!.Value, 1e-12);
        Assert.Null(StudentTDistribution.FromScale(0, 25, 2).StandardDeviation);
        Assert.Null(StudentTDistribution.FromScale(0, 25, 1).Mean);
        Assert.Equal("degreesOfFreedom", Assert.Throws<ArgumentOutOfRangeException>(() => StudentTDistribution.FromStandardDeviation(0, 25, 2)).ParamName);
    }

    [Fact]
    public void A_relative_spread_follows_its_estimate()
    {
        var percent = RelativeDistribution.Of(50, RectangularDistribution.HalfWidth(0, 0.01));
        Assert.Equal(0.5 / Math.Sqrt(3), percent.StandardDeviation!.Value, 1e-14);
        Assert.Equal(1 / Math.Sqrt(3), percent.At(100).StandardDeviation!.Value, 1e-14);
        Assert.Throws<ArgumentOutOfRangeException>(() => percent.At(0));
    }

    [Fact]
    public void Bad_parameters_are_refused_by_name()
    {
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity, 0, -1 })
        {
            Assert.Equal("halfWidth", Refused(() => RectangularDistribution.HalfWidth(0, bad)));
            Assert.Equal("standardDeviation", Refused(() => NormalDistribution.FromStandardDeviation(0, bad)));
            Assert.Equal("scale", Refused(() => StudentTDistribution.FromScale(0, bad, 3)));
            Assert.Equal("inexactness", Refused(() => CurvilinearTrapezoidDistribution.Limits(-1, 1, bad)));
            Assert.Equal("mean", Refused(() => ExponentialDistribution.FromMean(bad)));
            Assert.Equal("shape", Refused(() => GammaDistribution.FromShapeAndScale(bad, 1)));
            Assert.Equal("upper", Refused(() => ArcSineDistribution.Limits(0, bad)));
        }
        Assert.Equal("inexactness", Refused(() => CurvilinearTrapezoidDistribution.Limits(-1, 1, 1)));
        Assert.Equal("beta", Refused(() => TrapezoidalDistribution.Limits(-1, 1, 1.5)));
        Assert.Equal("standardDeviation", Refused(() => BetaDistribution.FromMeanAndStandardDeviation(5, 6, 0, 10)));
        Assert.Equal(1, BetaDistribution.FromMeanAndStandardDeviation(5, 1, 0, 10).StandardDeviation!.Value, 1e-12);
        static string? Refused(Func<object> make) => Assert.Throws<ArgumentOutOfRangeException>(make).ParamName;
    }
}
