namespace Plumbline.Numerics;

/// <summary>Critical value, limit of detection and limit of quantification (判定限、检出限、定量限) from a calibration line, DIN 32645 and ISO 11843-2.</summary>
public static class DetectionLimits
{
    /// <summary>The limits of an ordinary calibration line.</summary>
    /// <param name="fit">An ordinary line of signal against content.</param>
    /// <param name="significance">α, risk of a false detection, strictly between 0 and 1.</param>
    /// <param name="falseNegativeProbability">β, risk of overlooking a content at the limit of detection, strictly between 0 and 1.</param>
    /// <param name="relativeUncertainty">k of the quantification: its content is k times its own confidence half-width; greater than zero.</param>
    /// <param name="count">m, observations of the sample, at least 1.</param>
    /// <returns>The limits, as contents; null where there is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="ArgumentException">Two points alone.</exception>
    public static DetectionFigures Of(LineFit fit, double significance = 0.05, double? falseNegativeProbability = null, double relativeUncertainty = 3, int count = 1)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Require.Probability(significance);
        var beta = falseNegativeProbability ?? significance;
        Require.Probability(beta, nameof(falseNegativeProbability));
        Require.Positive(relativeUncertainty);
        Require.AtLeast(count, 1);
        if (fit.ResidualDeviation is not { } s || fit.Slope == 0)
            throw new ArgumentException("Must have a slope, and residuals to judge by.", nameof(fit));
        double nu = fit.ResidualDegreesOfFreedom, t = StudentT.UpperQuantileOf(significance, nu), tMissed = StudentT.UpperQuantileOf(beta, nu), tBoth = StudentT.UpperQuantileOf(significance / 2, nu);
        double At(double x) => double.Hypot(fit.At(x).StandardUncertainty, s / Math.Sqrt(count)) / Math.Abs(fit.Slope);
        var critical = t * At(0);
        return new(critical, critical + tMissed * At(0), FixedPoint(x => critical + tMissed * At(x), critical), FixedPoint(x => relativeUncertainty * tBoth * At(x), critical));
    }

    /// <summary>The least x that a rising function of x does not exceed; null where it always does.</summary>
    internal static double? FixedPoint(Func<double, double> function, double start)
    {
        double low = Math.Max(start, 0), high = Math.Max(2 * low, double.Epsilon * 1e10);
        if (function(low) <= low)
            low = 0;
        for (var i = 0; i < 200 && function(high) > high; i++)
            (low, high) = (high, 2 * high);
        return function(high) > high || !double.IsFinite(high) ? null : RootFinder.Brent(x => function(x) - x, low, high);
    }
}

/// <summary>What can be told from nothing, and how well.</summary>
/// <param name="Critical">Content whose signal is taken for a detection (判定限).</param>
/// <param name="DetectionByBlank">Limit of detection with the prediction at zero (DIN 32645, quick).</param>
/// <param name="Detection">Limit of detection with the prediction at the limit itself.</param>
/// <param name="Quantification">Limit of quantification.</param>
public sealed record DetectionFigures(double Critical, double DetectionByBlank, double? Detection, double? Quantification);

/// <summary>Characteristic limits of a measurement of ionising radiation (ISO 11929-1:2019), or of any whose uncertainty is known as a function of the value.</summary>
public static class CharacteristicLimits
{
    /// <summary>From u²(y) = c₀ + c₁y + c₂y².</summary>
    /// <param name="value">y, the primary result, in the unit of the measurand.</param>
    /// <param name="varianceConstant">c₀ = ũ²(0), greater than zero.</param>
    /// <param name="varianceLinear">c₁, not negative.</param>
    /// <param name="varianceQuadratic">c₂, the squared relative uncertainty of the calibration, not negative.</param>
    /// <param name="significance">α, strictly between 0 and 1.</param>
    /// <param name="falseNegativeProbability">β, strictly between 0 and 1.</param>
    /// <param name="coverageProbability">1 − γ of the limits of the coverage interval, strictly between 0 and 1.</param>
    /// <returns>Decision threshold, detection limit, limits of the coverage interval and best estimate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or gives a negative variance.</exception>
    public static CharacteristicFigures Of(double value, double varianceConstant, double varianceLinear, double varianceQuadratic, double significance = 0.05, double falseNegativeProbability = 0.05, double coverageProbability = 0.95)
    {
        Require.Finite(value);
        Require.Positive(varianceConstant);
        Require.NotNegative(varianceLinear);
        Require.NotNegative(varianceQuadratic);
        Require.Probability(significance);
        Require.Probability(falseNegativeProbability);
        Require.Probability(coverageProbability);
        double Uncertainty(double y) => Math.Sqrt(varianceConstant + varianceLinear * y + varianceQuadratic * y * y);
        var variance = varianceConstant + varianceLinear * value + varianceQuadratic * value * value;
        if (!(variance > 0))
            throw new ArgumentOutOfRangeException(nameof(value), value, "Gives a variance that is not positive.");
        var u = Math.Sqrt(variance);
        var threshold = Normal.UpperQuantile(significance) * Math.Sqrt(varianceConstant);
        var k = Normal.UpperQuantile(falseNegativeProbability);
        var detection = DetectionLimits.FixedPoint(y => threshold + k * Uncertainty(y), threshold);
        // What lies below zero is not possible: the distribution is cut there.
        var possible = Normal.UpperTailOf(-value / u);
        var gamma = 1 - coverageProbability;
        double low = value + u * Normal.UpperQuantile(possible * (1 - gamma / 2)), high = value + u * Normal.UpperQuantile(possible * gamma / 2);
        var best = value + u * Normal.Density(value / u) / possible;
        return new(threshold, detection, value > threshold, new(low, high), best, Math.Sqrt(Math.Max(0, variance - (best - value) * best)));
    }

    /// <summary>From gross and background counts: y = w(n<sub>g</sub>/t<sub>g</sub> − n₀/t₀).</summary>
    /// <param name="grossCount">n<sub>g</sub>, not negative.</param>
    /// <param name="grossTime">t<sub>g</sub>, greater than zero.</param>
    /// <param name="backgroundCount">n₀, greater than zero.</param>
    /// <param name="backgroundTime">t₀, greater than zero, in the unit of t<sub>g</sub>.</param>
    /// <param name="calibrationFactor">w, greater than zero: the measurand for one net count in the unit of time.</param>
    /// <param name="relativeCalibrationUncertainty">u(w)/w, not negative.</param>
    /// <param name="significance">α, strictly between 0 and 1.</param>
    /// <param name="falseNegativeProbability">β, strictly between 0 and 1.</param>
    /// <param name="coverageProbability">1 − γ, strictly between 0 and 1.</param>
    /// <returns>As for a known variance function, in the unit of the measurand.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static CharacteristicFigures OfCounts(double grossCount, double grossTime, double backgroundCount, double backgroundTime, double calibrationFactor, double relativeCalibrationUncertainty,
        double significance = 0.05, double falseNegativeProbability = 0.05, double coverageProbability = 0.95)
    {
        Require.NotNegative(grossCount);
        Require.Positive(grossTime);
        Require.Positive(backgroundCount);
        Require.Positive(backgroundTime);
        Require.Positive(calibrationFactor);
        Require.NotNegative(relativeCalibrationUncertainty);
        double background = backgroundCount / backgroundTime, w = calibrationFactor;
        return Of(w * (grossCount / grossTime - background), w * w * background * (1 / grossTime + 1 / backgroundTime), w / grossTime, relativeCalibrationUncertainty * relativeCalibrationUncertainty,
            significance, falseNegativeProbability, coverageProbability);
    }
}

/// <summary>Characteristic limits of ISO 11929.</summary>
/// <param name="DecisionThreshold">y*: a result above it is an effect (判断阈).</param>
/// <param name="DetectionLimit">y#: the least true value that is found with the probability asked for (探测下限); null where the calibration is too uncertain for any.</param>
/// <param name="Recognised">Whether the result exceeds the decision threshold.</param>
/// <param name="Coverage">Probabilistically symmetric coverage interval, not below zero.</param>
/// <param name="BestEstimate">ŷ, mean of the distribution cut at zero.</param>
/// <param name="BestEstimateUncertainty">u(ŷ).</param>
public sealed record CharacteristicFigures(double DecisionThreshold, double? DetectionLimit, bool Recognised, Interval Coverage, double BestEstimate, double BestEstimateUncertainty);
