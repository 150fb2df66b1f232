namespace Plumbline.Numerics.Tests.Fleet;

public class MeterErrorTests
{
    [Fact]
    public void A_likelihood_far_out_speaks_for_a_fault()
    {
        Assert.True(MeterErrors.Exceedance(0.08, 1e-6, 0, 0.003, 0.05, 0.01, 0.02).Exceedance > 0.999);
        Assert.True(MeterErrors.Exceedance(0.001, 1e-6, 0, 0.003, 0.05, 0.01, 0.02).Exceedance < 1e-6);
        // An uncertain reference makes every judgement less certain.
        Assert.True(MeterErrors.Exceedance(0.018, 1e-7, 0, 0.003, 0.05, 0.01, 0.02, 0.005).Exceedance > MeterErrors.Exceedance(0.018, 1e-7, 0, 0.003, 0.05, 0.01, 0.02).Exceedance);
    }

    [Fact]
    public void Flags_do_not_depend_on_the_order_and_ties_keep_it()
    {
        var flagged = MeterErrors.Flag([0.1, 0.99, 0.5, 0.97], 0.05);
        Assert.Equal([1, 3], flagged.Indices);
        Assert.Equal(0.02, flagged.ExpectedFalseShare, 1e-15);
        Assert.Equal(0.3, flagged.LeftInService, 1e-15);
        Assert.Empty(MeterErrors.Flag([0.5, 0.2], 0.1).Indices);
    }

    [Fact]
    public void A_shift_alarms_on_its_own_side()
    {
        double[] still = new double[20];
        Assert.Null(Cusum.Run(still, 0.5, 4).Index);
        Assert.Equal(false, Cusum.Run([.. still, .. Enumerable.Repeat(-2.0, 10)], 0.5, 4).Upwards);
        Assert.Equal(22, Cusum.Run([.. still, .. Enumerable.Repeat(2.0, 10)], 0.5, 4).Index);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, 3)]
    [InlineData(1000, 999)]
    public void Exact_bounds_invert_the_binomial(int n, int x)
    {
        var upper = BinomialBounds.Upper(n, x, 0.95);
        Assert.Equal(0.05, AcceptanceProbability.Binomial(n, x, upper), 1e-12);
        Assert.Equal(1 - BinomialBounds.Lower(n, n - x, 0.95), upper, 1e-14);
    }
}
