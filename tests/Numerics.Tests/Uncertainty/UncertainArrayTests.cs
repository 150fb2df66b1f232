namespace Plumbline.Numerics.Tests.Uncertainty;

public class UncertainArrayTests
{
    private static readonly double[] Values = [1.5, 2.5, 3.25, 4.75], Uncertainties = [0.1, 0.2, 0.3, 0.4];

    [Fact]
    public void Elements_behave_as_numbers_of_their_own()
    {
        var x = UncertainArray.Of(Values, Uncertainties, 7, "x");
        var scalars = Enumerable.Range(0, 4).Select(i => UncertainNumber.Of(Values[i], Uncertainties[i], 7)).ToArray();
        UncertainNumber k = UncertainNumber.Of(2, 0.05);
        var y = (x * x + k) / x - x.Sqrt();
        var expected = scalars.Select(s => (s * s + k) / s - UncertainMath.Sqrt(s)).ToArray();
        Assert.Equal(expected.Select(e => e.Value), y.ToValues());
        var structured = y.StandardUncertainties();
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(expected[i].StandardUncertainty, structured[i], 1e-14);
            Assert.Equal(expected[i].StandardUncertainty, y[i].StandardUncertainty, 1e-14);
        }
        Assert.Equal(UncertainNumber.Covariance(expected[0], expected[1]), UncertainNumber.Covariance(y[0], y[1]), 1e-16);
        Assert.Equal("x[3]", UncertaintyBudget.Of(x[2]).Lines[0].Name);
    }

    [Fact]
    public void Sums_means_and_products_keep_every_derivative()
    {
        var x = UncertainArray.Of(Values, Uncertainties);
        Assert.Equal(Math.Sqrt(0.3), x.Sum().StandardUncertainty, 1e-15);
        Assert.Equal(Math.Sqrt(0.3) / 4, x.Mean().StandardUncertainty, 1e-15);
        Assert.Equal(2 * Values.Zip(Uncertainties).Select(p => p.First * p.First * p.Second * p.Second).Sum(v => v) / x.Dot(x).StandardUncertainty, x.Dot(x).StandardUncertainty / 2, 1e-13);
        Assert.Equal(0, (x.Mean() * 4 - x.Sum()).StandardUncertainty, 1e-15);
        Assert.Equal(0.1, UncertainNumber.Covariance(x[0], x.Sum()) / 0.1, 1e-15);
        var mixed = x.Transform(new double[,] { { 1, 1, 0, 0 }, { 0, 1, 1, 0 } });
        Assert.Equal(0.04, mixed.Covariance()[0, 1], 1e-15);
        Assert.Equal(0, UncertainArray.Of(mixed[0] - x[0] - x[1], x[0]).StandardUncertainties()[0], 1e-15);
    }

    [Fact]
    public void Ten_thousand_inputs_have_a_mean_and_a_budget()
    {
        var n = 10000;
        var x = UncertainArray.Of([.. Enumerable.Range(0, n).Select(i => 1.0 + i)], [.. Enumerable.Range(0, n).Select(_ => 0.5)], label: "x");
        var mean = x.Mean();
        Assert.Equal(0.5 / 100, mean.StandardUncertainty, 1e-15);
        Assert.Equal(n, UncertaintyBudget.Of(mean).Lines.Count);
    }

    [Fact]
    public void Shapes_and_values_that_do_not_fit_are_refused()
    {
        var x = UncertainArray.Of(Values, Uncertainties);
        Assert.Throws<ArgumentException>(() => x + UncertainArray.Of([1], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => x[4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => UncertainArray.Of([1, double.NaN], [1, 1]));
        Assert.Throws<ArithmeticException>(() => (x - x).Log());
        Assert.Throws<ArgumentException>(() => x.Transform(new double[2, 3]));
    }
}
