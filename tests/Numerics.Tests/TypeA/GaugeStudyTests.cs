namespace Plumbline.Numerics.Tests.TypeA;

public class GaugeStudyTests
{
    private static readonly string[] parts = [.. Enumerable.Range(0, 24).Select(i => "abcd"[i / 2 % 4].ToString())], operators = [.. Enumerable.Range(0, 24).Select(i => "xyz"[i / 8].ToString())];
    private static readonly double[] readings = [5.1, 5.2, 6.0, 6.1, 7.2, 7.1, 4.0, 4.1, 5.4, 5.3, 6.6, 6.5, 7.0, 7.1, 4.6, 4.5, 5.0, 5.1, 5.6, 5.7, 7.6, 7.5, 4.2, 4.1];

    /// <summary>R 4.2.2, anova(lm(y ~ part * operator)); components from the expected mean squares.</summary>
    [Fact]
    public void An_interaction_that_matters_stands()
    {
        var r = GaugeStudy.Of(parts, operators, readings, toleranceWidth: 6);
        Assert.False(r.Pooled);
        Assert.Equal(29.51166666666667, r.Table.FirstSquares, 1e-12);
        Assert.Equal(0.40333333333333288, r.Table.SecondSquares, 1e-12);
        Assert.Equal(1.06333333333333391, r.Table.InteractionSquares, 1e-12);
        Assert.Equal(0.05999999999999971, r.Table.RepeatSquares, 1e-12);
        double e = 0.005, po = 0.177222222222222309, o = 0.201666666666666439, p = 9.837222222222223422;
        Assert.Equal((po - e) / 2, r.Interaction!.Variance, 1e-12);
        Assert.Equal((o - po) / 8, r.Operator.Variance, 1e-12);
        Assert.Equal((p - po) / 6, r.Part.Variance, 1e-12);
        Assert.Equal(e + (po - e) / 2 + (o - po) / 8, r.Gauge.Variance, 1e-12);
        Assert.Equal(100, r.Contribution(r.Total), 1e-12);
        Assert.Equal(100 * 6 * r.Gauge.StandardDeviation / 6, r.ToleranceShare(r.Gauge)!.Value, 1e-12);
        Assert.Equal((int)Math.Floor(1.41 * r.Part.StandardDeviation / r.Gauge.StandardDeviation), r.DistinctCategories);
        Assert.All(new[] { r.Repeatability, r.Operator, r.Interaction, r.Reproducibility, r.Gauge, r.Part, r.Total }, c => Assert.InRange(c.Variance, c.Limits.Low, c.Limits.High));
    }

    [Fact]
    public void The_order_of_the_readings_does_not_matter_and_a_missing_one_is_refused()
    {
        int[] order = [.. Enumerable.Range(0, 24).OrderBy(i => i * 7 % 24)];
        var r = GaugeStudy.Of([.. order.Select(i => parts[i])], [.. order.Select(i => operators[i])], [.. order.Select(i => readings[i])]);
        Assert.Equal(GaugeStudy.Of(parts, operators, readings).Gauge.Variance, r.Gauge.Variance, 1e-13);
        Assert.Contains("d with z", Assert.Throws<ArgumentException>(() => GaugeStudy.Of(parts[..^1], operators[..^1], readings[..^1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => GaugeStudy.Of(parts, operators, [.. readings[..^1], double.NaN]));
    }

    /// <summary>Without pooling, the limits of the combined gauge variance cover as often as they say.</summary>
    [Fact]
    public void The_interval_of_the_gauge_covers()
    {
        var random = new Random(11);
        double Draw() => Normal.Quantile(Math.Clamp(random.NextDouble(), 1e-12, 1 - 1e-12));
        string[] part = [.. Enumerable.Range(0, 60).Select(i => $"{i / 2 % 10}")], op = [.. Enumerable.Range(0, 60).Select(i => $"{i / 20}")];
        var covered = 0;
        for (var study = 0; study < 1000; study++)
        {
            double[] ofPart = [.. Enumerable.Range(0, 10).Select(_ => 3 * Draw())], ofOperator = [.. Enumerable.Range(0, 3).Select(_ => 0.7 * Draw())];
            double[] together = [.. Enumerable.Range(0, 30).Select(_ => 0.5 * Draw())];
            double[] y = [.. Enumerable.Range(0, 60).Select(i => ofPart[i / 2 % 10] + ofOperator[i / 20] + together[i / 2] + Draw())];
            var limits = GaugeStudy.Of(part, op, y, poolingProbability: 1 - 1e-9).Gauge.Limits;
            covered += limits.Low <= 1.74 && limits.High >= 1.74 ? 1 : 0;
        }
        Assert.InRange(covered / 1000.0, 0.93, 0.985);
    }
}
