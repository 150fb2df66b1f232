namespace Plumbline.Numerics.Tests.Regression;

public class DetectionTests
{
    /// <summary>Massart et al., Handbook of Chemometrics and Qualimetrics A (1997), chapter 8, example 1.</summary>
    [Fact]
    public void Inverse_prediction_gives_the_printed_figures()
    {
        var fit = StraightLine.Ordinary([0, 10, 20, 30, 40, 50], [4, 21.2, 44.6, 61.8, 78, 105.2]);
        Assert.Equal(6.1, fit.Inverse(15).Value, 0.05);
        Assert.Equal(4.9, fit.Inverse(15).Expanded(), 0.05);
        Assert.Equal(43.9, fit.Inverse(90).Value, 0.05);
        Assert.Equal(4.9, fit.Inverse(90).Expanded(), 0.05);
        Assert.Equal(3.2, fit.Inverse(90, count: 5).Expanded(), 0.05);
        // R package chemCal 0.2.3, by an optimiser of low accuracy.
        Assert.Equal(13.97764, DetectionLimits.Of(fit).Quantification!.Value, 0.002);
        Assert.Equal(9.971963, DetectionLimits.Of(fit, count: 3).Quantification!.Value, 0.002);
    }

    [Fact]
    public void The_limits_fulfil_their_definitions()
    {
        var fit = StraightLine.Ordinary([0.05, 0.1, 0.15, 0.2, 0.25, 0.3], [3060, 3522, 3707, 4280, 5058, 5510]);
        var r = DetectionLimits.Of(fit, 0.01, 0.05);
        double At(double x) => fit.NewObservation(x).StandardUncertainty / fit.Slope;
        Assert.Equal(StudentT.UpperQuantile(0.01, 4) * At(0), r.Critical, 1e-12);
        Assert.Equal(r.Critical + StudentT.UpperQuantile(0.05, 4) * At(r.Detection!.Value), r.Detection.Value, 1e-12);
        Assert.Equal(3 * StudentT.UpperQuantile(0.005, 4) * At(r.Quantification!.Value), r.Quantification.Value, 1e-12);
    }

    /// <summary>ISO 11929-1: the detection limit is the true value of which a share β stays under the threshold; the limits lie above zero.</summary>
    [Fact]
    public void Characteristic_limits_fulfil_their_definitions()
    {
        var r = CharacteristicLimits.OfCounts(2591, 360, 41782, 7200, 0.5, 0.1);
        double w = 0.5, background = 41782.0 / 7200;
        Assert.Equal(Normal.Quantile(0.95) * w * Math.Sqrt(background * (1.0 / 360 + 1.0 / 7200)), r.DecisionThreshold, 1e-12);
        double Uncertainty(double y) => Math.Sqrt(w * w * ((y / w + background) / 360 + background / 7200) + 0.01 * y * y);
        Assert.Equal(r.DecisionThreshold + Normal.Quantile(0.95) * Uncertainty(r.DetectionLimit!.Value), r.DetectionLimit.Value, 1e-12);
        Assert.True(r.Recognised && r.Coverage.Low > 0 && r.BestEstimate > r.Coverage.Low && r.BestEstimate < r.Coverage.High);
        // With a calibration no better than 61 % nothing is certain to be found.
        Assert.Null(CharacteristicLimits.OfCounts(2591, 360, 41782, 7200, 0.5, 0.7).DetectionLimit);
        var below = CharacteristicLimits.Of(-1, 1, 0, 0);
        Assert.True(below.BestEstimate > 0 && below.Coverage.Low > 0 && !below.Recognised);
    }
}
