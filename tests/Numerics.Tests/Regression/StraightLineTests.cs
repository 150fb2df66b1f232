namespace Plumbline.Numerics.Tests.Regression;

public class StraightLineTests
{
    private static readonly double[] x = [1, 2, 3, 4, 5, 6], y = [3.3, 5.6, 7.1, 9.3, 10.7, 12.1];

    /// <summary>ISO/TS 28037:2010, clause 6, first example.</summary>
    [Fact]
    public void Known_uncertainties_give_the_figures_of_the_specification()
    {
        var fit = StraightLine.WithKnownUncertainties(x, y, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
        Assert.Equal(1.866667, fit.Intercept, 1e-6);
        Assert.Equal(1.757143, fit.Slope, 1e-6);
        Assert.Equal(0.4654747, fit.InterceptUncertainty, 1e-7);
        Assert.Equal(0.1195229, fit.SlopeUncertainty, 1e-7);
        Assert.Equal(-0.050, fit.Covariance[0, 1], 1e-6);
        Assert.Equal(1.665, fit.ChiSquared, 1e-3);
        var inverse = fit.Inverse(10.5, 0.5);
        Assert.Equal(4.913, inverse.Value, 1e-3);
        Assert.Equal(0.322, inverse.StandardUncertainty, 1e-3);
        Assert.True(double.IsPositiveInfinity(inverse.DegreesOfFreedom));
    }

    [Fact]
    public void Total_least_squares_without_error_in_x_is_weighted_least_squares()
    {
        double[] u = [0.5, 0.4, 0.3, 0.5, 0.2, 0.6];
        var weighted = StraightLine.WithKnownUncertainties(x, y, u);
        var total = StraightLine.Total(x, y, new double[6], u);
        Assert.Equal(weighted.Slope, total.Slope, 1e-12);
        Assert.Equal(weighted.Intercept, total.Intercept, 1e-12);
        Assert.Equal(weighted.SlopeUncertainty, total.SlopeUncertainty, 1e-12);
        Assert.Equal(weighted.Covariance[0, 1], total.Covariance[0, 1], 1e-12);
    }

    [Fact]
    public void A_full_covariance_matrix_contains_the_independent_points()
    {
        double[] ux = [0.1, 0.2, 0.1, 0.15, 0.1, 0.3], uy = [0.5, 0.4, 0.3, 0.5, 0.2, 0.6], r = [0.3, -0.2, 0, 0.5, 0.1, -0.4];
        var joint = new double[12, 12];
        for (var i = 0; i < 6; i++)
        {
            (joint[i, i], joint[6 + i, 6 + i]) = (ux[i] * ux[i], uy[i] * uy[i]);
            joint[i, 6 + i] = joint[6 + i, i] = r[i] * ux[i] * uy[i];
        }
        var single = StraightLine.Total(x, y, ux, uy, r);
        var full = StraightLine.TotalCorrelated(x, y, joint);
        Assert.Equal(single.Slope, full.Slope, 1e-12);
        Assert.Equal(single.InterceptUncertainty, full.InterceptUncertainty, 1e-12);
        Assert.Equal(single.ChiSquared, full.ChiSquared, 1e-10);
        // A common error of all ordinates moves the line as a whole: the slope stays, the intercept is less certain.
        for (var i = 6; i < 12; i++)
            for (var j = 6; j < 12; j++)
                joint[i, j] += 1;
        var common = StraightLine.TotalCorrelated(x, y, joint);
        Assert.Equal(full.Slope, common.Slope, 1e-9);
        Assert.Equal(full.Covariance[0, 0] + 1, common.Covariance[0, 0], 1e-8);
        joint[0, 1] = 9;
        Assert.Throws<ArgumentException>(() => StraightLine.TotalCorrelated(x, y, joint));
    }

    [Fact]
    public void Exchanging_the_axes_gives_the_same_line()
    {
        double[] ux = [0.1, 0.2, 0.1, 0.15, 0.1, 0.3], uy = [0.5, 0.4, 0.3, 0.5, 0.2, 0.6];
        StraightLineTestsAgree(StraightLine.Total(x, y, ux, uy), StraightLine.Total(y, x, uy, ux));
        static void StraightLineTestsAgree(LineFit one, LineFit other)
        {
            Assert.Equal(1 / one.Slope, other.Slope, 1e-10);
            Assert.Equal(-one.Intercept / one.Slope, other.Intercept, 1e-9);
            Assert.Equal(one.ChiSquared, other.ChiSquared, 1e-9);
            Assert.Equal(one.SlopeUncertainty / (one.Slope * one.Slope), other.SlopeUncertainty, 1e-9);
        }
    }

    [Fact]
    public void An_offset_and_a_unit_leave_the_digits()
    {
        var plain = StraightLine.Total(x, y, [0.125, 0.25, 0.125, 0.125, 0.25, 0.125], [0.5, 0.25, 0.5, 0.5, 0.25, 0.5]);
        var moved = StraightLine.Total([.. x.Select(v => 1024 + v)], [.. y.Select(v => v / 1024)], [0.125, 0.25, 0.125, 0.125, 0.25, 0.125], [0.5 / 1024, 0.25 / 1024, 0.5 / 1024, 0.5 / 1024, 0.25 / 1024, 0.5 / 1024]);
        Assert.Equal(plain.Slope / 1024, moved.Slope, 1e-14);
        Assert.Equal(plain.At(3).Value / 1024, moved.At(1027).Value, 1e-14);
        Assert.Equal(plain.At(3).StandardUncertainty / 1024, moved.At(1027).StandardUncertainty, 1e-12);
    }

    [Fact]
    public void Parameters_are_correlated_uncertain_numbers()
    {
        var fit = StraightLine.Ordinary(x, y);
        var (a, b) = fit.ToUncertainNumbers();
        var at = a + b * 30;
        Assert.Equal(fit.At(30).Value, at.Value, 1e-12);
        Assert.Equal(fit.At(30).StandardUncertainty, at.StandardUncertainty, 1e-12);
        Assert.Equal(4, at.DegreesOfFreedom.Value!.Value, 1e-9);
    }

    /// <summary>R 4.2.2, anova(lm(y ~ x), lm(y ~ factor(x))).</summary>
    [Fact]
    public void Lack_of_fit_agrees_with_R()
    {
        var r = Linearity.Test([1, 1, 2, 2, 3, 3, 4, 4], [1.1, 1.0, 2.3, 2.1, 3.2, 3.4, 3.7, 3.8]);
        Assert.Equal(11.23999999999999488, r.F!.Value, 1e-10);
        Assert.Equal(0.02281833864240014, r.PValue, 1e-12);
        Assert.Throws<ArgumentException>(() => Linearity.Test(x, y));
        var bias = Linearity.Bias(x, [.. x.Select(v => 1.02 * v + 0.1)]);
        Assert.Equal(0.02, bias.Fit.Slope, 1e-12);
        Assert.True(bias.SlopePValue < 1e-6);
    }

    [Fact]
    public void What_fits_no_line_is_refused()
    {
        Assert.Throws<ArgumentException>(() => StraightLine.Ordinary([1, 1, 1], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => StraightLine.Total([1, 1, 1], [1, 2, 3], [1, 1, 1], [1, 1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => StraightLine.Total([1, 2], [1, 2], [0, 1], [0, 1]));
        Assert.Throws<InvalidOperationException>(() => StraightLine.WithKnownUncertainties([1, 2], [1, 2], [1, 1]).NewObservation(3));
    }
}
