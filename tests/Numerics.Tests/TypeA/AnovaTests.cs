namespace Plumbline.Numerics.Tests.TypeA;

public class AnovaTests
{
    /// <summary>R 4.2.2, anova(lm(y ~ f)).</summary>
    [Fact]
    public void Groups_of_different_size_agree_with_R()
    {
        var r = OneWayAnova.Of([[1.2, 1.5, 1.1], [2.0, 2.4], [1.9, 1.7, 1.8, 2.2, 1.6], [1.0]]);
        Assert.Equal(10.1250533504054534, r.F!.Value, 1e-12);
        Assert.Equal(0.00611725641822907, r.PValue, 1e-14);
        Assert.Equal(1.64315151515151481, r.SquaresBetween, 1e-13);
        Assert.Equal(0.37866666666666693, r.SquaresWithin, 1e-13);
        Assert.Equal((3, 7), (r.DegreesBetween, r.DegreesWithin));
    }

    [Fact]
    public void A_summary_says_what_the_values_say_and_an_offset_costs_no_digits()
    {
        double[][] groups = [[1, 2, 4], [3, 5, 4], [6, 7, 5]];
        var r = OneWayAnova.Of(groups);
        var far = OneWayAnova.Of([.. groups.Select(g => g.Select(v => 1e9 + v).ToArray())]);
        Assert.Equal(r.F!.Value, far.F!.Value, 1e-12);
        double Deviation(double[] g) => Math.Sqrt(g.Sum(v => Math.Pow(v - g.Average(), 2)) / (g.Length - 1));
        var summary = OneWayAnova.OfSummary([.. groups.Select(g => g.Average())], [.. groups.Select(Deviation)], [3, 3, 3]);
        Assert.Equal(r.F!.Value, summary.F!.Value, 1e-12);
        Assert.Equal(r.Reproducibility, summary.Reproducibility, 1e-12);
    }

    /// <summary>R 4.2.2: type I sums of squares by projections, components and their covariance from the traces.</summary>
    [Fact]
    public void A_nested_design_that_is_not_balanced_agrees_with_matrices()
    {
        string[] site = ["1", "1", "1", "1", "1", "2", "2", "2", "2", "2", "2", "3", "3", "3", "3"], day = ["1", "1", "2", "2", "2", "1", "1", "2", "2", "3", "3", "1", "1", "2", "2"];
        var r = NestedAnova.Of([site, day], [10.1, 10.4, 9.2, 9.5, 9.1, 12.0, 12.3, 11.1, 11.6, 12.8, 12.5, 9.9, 10.3, 9.0, 9.4]);
        double[] squares = [20.640333333333345, 3.690333333333327, 0.5066666666666712], components = [1.89662162162161629, 0.40916666666667945, 0.06333333333333692];
        for (var k = 0; k < 3; k++)
        {
            Assert.Equal(squares[k], r.Squares[k], 1e-12);
            Assert.Equal(components[k], r.Components[k], 1e-12);
        }
        Assert.Equal([2, 4, 8], r.Degrees);
        Assert.Equal(4.446781263229624, r.Covariance[0, 0], 1e-11);
        Assert.Equal(-0.0426474535760279772, r.Covariance[0, 1], 1e-12);
        Assert.Equal(2.517569596509749, r.TotalDegreesOfFreedom, 1e-11);
    }

    [Fact]
    public void A_nesting_without_freedom_is_refused()
    {
        Assert.Throws<ArgumentException>(() => NestedAnova.Of([["a", "a", "b", "b"], ["1", "1", "1", "1"]], [1, 2, 3, 4]));
        Assert.Throws<ArgumentException>(() => NestedAnova.Of([["a", "a", "b", "b"], ["1", "2", "1", "2"]], [1, 2, 3, 4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => NestedAnova.Of([["a", "a", "b", "b"]], [1, 2, double.NaN, 4]));
    }

    /// <summary>Intervals cover the truth as often as they say, in 2000 simulated studies.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(2.0)]
    public void Intervals_of_components_cover(double between)
    {
        var random = new Random(7);
        double Draw() => Normal.Quantile(Math.Clamp(random.NextDouble(), 1e-12, 1 - 1e-12));
        int covered = 0, repeatability = 0;
        for (var study = 0; study < 2000; study++)
        {
            double[][] groups = [.. Enumerable.Range(0, 8).Select(_ =>
            {
                var level = between * Draw();
                return Enumerable.Range(0, 3).Select(_ => level + Draw()).ToArray();
            })];
            var limits = OneWayAnova.Of(groups).Intervals();
            covered += limits.Between.Low <= between && between <= limits.Between.High ? 1 : 0;
            repeatability += limits.Repeatability.Low <= 1 && limits.Repeatability.High >= 1 ? 1 : 0;
        }
        Assert.InRange(repeatability / 2000.0, 0.935, 0.965);
        Assert.InRange(covered / 2000.0, 0.93, 0.975);
    }
}
