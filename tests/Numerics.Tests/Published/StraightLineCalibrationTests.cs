namespace Plumbline.Numerics.Tests.Published;

/// <summary>The examples of ISO/TS 28037:2010 with correlated data. Inputs as NPL's software for the specification lists them; more digits than are printed come from a Gauss–Newton iteration in numpy.</summary>
public class StraightLineCalibrationTests
{
    private static void Holds(LineFit fit, double a, double b, double ua, double ub, double cov, double chi, double share = 2e-7)
    {
        Assert.Equal(a, fit.Intercept, 1e-6 * ua);
        Assert.Equal(b, fit.Slope, 1e-6 * ub);
        Assert.Equal(ua, Math.Sqrt(fit.GaussMarkovCovariance[0, 0]), share * ua);
        Assert.Equal(ub, Math.Sqrt(fit.GaussMarkovCovariance[1, 1]), share * ub);
        Assert.Equal(cov, fit.GaussMarkovCovariance[0, 1], share * ua * ub);
        // Propagation through the estimator itself differs in the second order only.
        Assert.Equal(ua, fit.InterceptUncertainty, 0.02 * ua);
        Assert.Equal(ub, fit.SlopeUncertainty, 0.02 * ub);
        Assert.Equal(chi, fit.ChiSquared, 1e-7 * chi);
    }

    /// <summary>Clause 7.4: printed 0.5788, 2.1597, 0.4764, 0.1355, −0.0577, χ² 2.743.</summary>
    [Fact]
    public void Clause_7_both_coordinates_uncertain() => Holds(
        StraightLine.Total([1.2, 1.9, 2.9, 4.0, 4.7, 5.9], [3.4, 4.4, 7.2, 8.5, 10.8, 13.5], [0.2, 0.2, 0.2, 0.2, 0.2, 0.2], [0.2, 0.2, 0.2, 0.4, 0.4, 0.4]),
        0.5788221221, 2.159656567, 0.4764206296, 0.1355479275, -0.0577169391, 2.74267679);

    /// <summary>Clause 8: the two coordinates of each point are correlated, u(x, y) = 0.036.</summary>
    [Fact]
    public void Clause_8_coordinates_of_a_point_correlated() => Holds(
        StraightLine.Total([1.2, 1.9, 2.9, 4.0, 4.7, 5.9], [3.4, 4.4, 7.2, 8.5, 10.8, 13.5], [0.2, 0.2, 0.2, 0.2, 0.2, 0.2], [0.2, 0.2, 0.2, 0.4, 0.4, 0.4],
            [0.9, 0.9, 0.9, 0.45, 0.45, 0.45]),
        0.5815918677, 2.169995467, 0.2856447981, 0.09019128631, -0.02283731235, 6.482691314);

    /// <summary>Clause 9: exact abscissae, ordinates correlated in two groups. Generalised least squares is the limit of the total fit.</summary>
    [Fact]
    public void Clause_9_ordinates_correlated()
    {
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], y = [1.3, 4.1, 6.9, 7.5, 10.2, 12.0, 14.5, 17.1, 19.5, 21.0];
        var joint = new double[20, 20];
        var ordinates = new double[10, 10];
        for (var i = 0; i < 10; i++)
            for (var j = 0; j < 10; j++)
                ordinates[i, j] = joint[10 + i, 10 + j] = i / 5 != j / 5 ? 0 : (i < 5 ? 1 : 4) + (i == j ? 1 : 0);
        Holds(StraightLine.TotalCorrelated(x, y, joint), -0.6455639098, 2.201353383, 1.272614974, 0.2014981483, -0.1669172932, 2.073954887);
        var design = new double[10, 2];
        for (var i = 0; i < 10; i++)
            (design[i, 0], design[i, 1]) = (1, x[i]);
        var generalised = LeastSquares.Generalised(design, y, ordinates);
        Assert.Equal(generalised.Parameters[0], StraightLine.TotalCorrelated(x, y, joint).Intercept, 1e-9);
        // Abscissae that are nearly exact lead to it.
        for (var i = 0; i < 10; i++)
            joint[i, i] = 1e-12;
        var near = StraightLine.TotalCorrelated(x, y, joint);
        Assert.Equal(generalised.Parameters[1], near.Slope, 1e-8);
        Assert.Equal(Math.Sqrt(generalised.Covariance[1, 1]), near.SlopeUncertainty, 1e-8);
    }

    /// <summary>Clause 10: full covariance matrices of abscissae and ordinates; printed 0.3424, 1.0012, 2.0569, 0.0090, −0.0129, χ² 1.772.</summary>
    [Fact]
    public void Clause_10_all_coordinates_correlated()
    {
        double[] x = [50.4, 99.0, 149.9, 200.4, 248.5, 299.7, 349.1], y = [52.3, 97.8, 149.7, 200.1, 250.4, 300.9, 349.2];
        double[] ofAbscissae =
        [
            0.5, 0, 0.25, 0, 0.25, 0, 0.25, 0, 1.25, 1, 0, 0, 1, 1, 0.25, 1, 1.5, 0, 0.25, 1, 1.25, 0, 0, 0, 1.25, 1, 1, 1,
            0.25, 0, 0.25, 1, 1.5, 1, 1.25, 0, 1, 1, 1, 1, 2.25, 2, 0.25, 1, 1.25, 1, 1.25, 2, 2.5,
        ];
        var joint = new double[14, 14];
        for (var i = 0; i < 7; i++)
            for (var j = 0; j < 7; j++)
                (joint[i, j], joint[7 + i, 7 + j]) = (ofAbscissae[7 * i + j], i == j ? 5 : 1);
        Holds(StraightLine.TotalCorrelated(x, y, joint), 0.3424008274, 1.001230763, 2.05692205, 0.009011630981, -0.01288319824, 1.771847451);
    }
}
