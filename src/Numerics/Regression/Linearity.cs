namespace Plumbline.Numerics;

/// <summary>Linearity (线性): whether a straight line is all there is.</summary>
public static class Linearity
{
    /// <summary>Lack of fit from repeated observations: scatter of the means about the line against scatter within settings.</summary>
    /// <param name="x">Settings, at least three different ones, some of them repeated.</param>
    /// <param name="y">One observation for each.</param>
    /// <returns>The line and the F test.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Too few settings, or none repeated.</exception>
    public static LackOfFit Test(double[] x, double[] y)
    {
        var fit = StraightLine.Ordinary(x, y);
        var groups = x.Select((v, i) => (v, Index: i)).GroupBy(p => p.v, p => p.Index).Select(g => g.ToArray()).ToArray();
        if (groups.Length < 3)
            throw new ArgumentException("At least three different settings are needed.", nameof(x));
        if (groups.Length == x.Length)
            throw new ArgumentException("At least one setting must be repeated: scatter alone tells what curvature is.", nameof(x));
        double pure = 0, lack = 0;
        foreach (var group in groups)
        {
            var mean = group.Average(i => fit.Residuals[i]);
            lack += group.Length * mean * mean;
            pure += group.Sum(i => (fit.Residuals[i] - mean) * (fit.Residuals[i] - mean));
        }
        int nuLack = groups.Length - 2, nuPure = x.Length - groups.Length;
        double? f = pure > 0 ? lack / nuLack / (pure / nuPure) : null;
        return new(fit, lack, nuLack, pure, nuPure, f, f is { } ratio ? FisherF.UpperTail(ratio, nuLack, nuPure) : lack > 0 ? 0 : 1);
    }

    /// <summary>Bias against reference values over the range of an instrument: slope and intercept of the bias, each against zero (AIAG MSA).</summary>
    /// <param name="references">Reference values, not all equal.</param>
    /// <param name="readings">Readings of the instrument, at least three.</param>
    /// <returns>The line of the bias with its tests.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Too few values, or references all alike.</exception>
    public static BiasLine Bias(double[] references, double[] readings)
    {
        Require.Finite(references, 3);
        Require.Finite(readings);
        Require.SameLength(readings, references.Length);
        var fit = StraightLine.Ordinary(references, [.. readings.Select((r, i) => r - references[i])]);
        double Two(double value, double u) => u > 0 ? 2 * StudentT.UpperTailOf(Math.Abs(value) / u, fit.ResidualDegreesOfFreedom) : value == 0 ? 1 : 0;
        return new(fit, Two(fit.Slope, fit.SlopeUncertainty), Two(fit.Intercept, fit.InterceptUncertainty), readings.Select((r, i) => r - references[i]).Average());
    }
}

/// <summary>The test for lack of fit.</summary>
/// <param name="Fit">The line.</param>
/// <param name="LackSquares">Sum of squares of the means about the line.</param>
/// <param name="LackDegreesOfFreedom">Settings less two.</param>
/// <param name="PureSquares">Sum of squares within settings.</param>
/// <param name="PureDegreesOfFreedom">Observations less settings.</param>
/// <param name="F">Their ratio; null where repeats do not scatter.</param>
/// <param name="PValue">Of a straight line.</param>
public sealed record LackOfFit(LineFit Fit, double LackSquares, int LackDegreesOfFreedom, double PureSquares, int PureDegreesOfFreedom, double? F, double PValue);

/// <summary>The bias of an instrument over its range.</summary>
/// <param name="Fit">Bias against reference value.</param>
/// <param name="SlopePValue">Of a bias that does not change.</param>
/// <param name="InterceptPValue">Of a line through zero.</param>
/// <param name="MeanBias">The mean bias.</param>
public sealed record BiasLine(LineFit Fit, double SlopePValue, double InterceptPValue, double MeanBias);
