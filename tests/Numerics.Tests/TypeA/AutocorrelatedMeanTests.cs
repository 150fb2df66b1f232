namespace Plumbline.Numerics.Tests.TypeA;

public class AutocorrelatedMeanTests
{
    [Fact]
    public void Independent_readings_keep_their_uncertainty()
    {
        var random = new Random(3);
        double[] white = [.. Enumerable.Range(0, 4000).Select(_ => Normal.Quantile(Math.Clamp(random.NextDouble(), 1e-12, 1 - 1e-12)))];
        Assert.InRange(AutocorrelatedMean.Of(white).Inflation, 0.7, 1.6);
    }

    /// <summary>x_i = φx_{i−1} + e: the standard deviation of the mean is larger by √((1 + φ)/(1 − φ)).</summary>
    [Fact]
    public void A_first_order_process_is_inflated_as_theory_says()
    {
        var random = new Random(5);
        double[] x = new double[200_00];
        for (var i = 1; i < x.Length; i++)
            x[i] = 0.8 * x[i - 1] + Normal.Quantile(Math.Clamp(random.NextDouble(), 1e-12, 1 - 1e-12));
        double[] inflation = [.. x.Chunk(1000).Select(c => AutocorrelatedMean.Of(c).Inflation)];
        Assert.InRange(inflation.Average(), 0.75 * 3, 1.2 * 3);
    }

    [Fact]
    public void Unit_and_origin_do_not_matter()
    {
        double[] x = [1, 2, 2.5, 3, 2.8, 2.1, 1.6, 1.2, 1.5, 2.2, 2.9, 3.1];
        var plain = AutocorrelatedMean.Of(x);
        var other = AutocorrelatedMean.Of([.. x.Select(v => 1024 + v / 4096)]);
        Assert.Equal(plain.CutoffLag, other.CutoffLag);
        Assert.Equal(plain.Inflation, other.Inflation, 1e-12);
        Assert.Throws<ArgumentException>(() => AutocorrelatedMean.Of([1, 1, 1, 1]));
    }

    /// <summary>JJF 1059.1-2012, 4.3.2: the range of four readings by 2.06 with 2.7 degrees of freedom; Bessel's formula beside it.</summary>
    [Fact]
    public void Readings_by_range_by_Bessel_and_pooled()
    {
        double[] x = [10.1, 10.3, 10.0, 10.2];
        Assert.Equal((0.3 / 2.06, 2.7), (MeanOfReadings.Range(x).StandardDeviation, MeanOfReadings.Range(x).DegreesOfFreedom), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && a.Item2 == b.Item2);
        var mean = MeanOfReadings.Bessel(x);
        Assert.Equal(10.15, mean.Value, 1e-12);
        Assert.Equal(Math.Sqrt(0.05 / 3 / 4), mean.StandardUncertainty, 1e-12);
        Assert.Equal(3, mean.DegreesOfFreedom.Value);
        Assert.Equal(Math.Sqrt((0.05 + 0.5) / 4), MeanOfReadings.Pooled([x, [1, 2]]).StandardDeviation, 1e-12);
        Assert.Equal(0.1, MeanOfReadings.Bessel(x, 0.2, 30).StandardUncertainty, 1e-12);
    }
}
