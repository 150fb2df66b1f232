namespace Plumbline.Numerics;

/// <summary>The drift of a transfer standard (传递标准漂移) from the pilot laboratory's repeated measurements: a polynomial in time by generalised least squares.</summary>
public static class TransferStandardDrift
{
    /// <summary>The drift when the pilot's measurements are independent of each other.</summary>
    /// <param name="times">When the pilot measured, in one unit of time, at least order + 1 different times.</param>
    /// <param name="values">What it found, in one unit.</param>
    /// <param name="standardUncertainties">Standard uncertainty of each return, same unit, greater than zero: only what differs from return to return (repeatability, handling), not what is common to all.</param>
    /// <param name="order">Degree of the polynomial: 0 for a constant, 1 for a line.</param>
    /// <returns>The fitted curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Lengths differ, or there are too few different times.</exception>
    public static DriftFit Fit(double[] times, double[] values, double[] standardUncertainties, int order = 1)
    {
        Require.Finite(times);
        Require.Positive(standardUncertainties, times.Length);
        return Fit(times, values, Matrix.Diagonal(Array.ConvertAll(standardUncertainties, u => u * u)), order);
    }

    /// <summary>The drift when the pilot's measurements are correlated.</summary>
    /// <param name="times">When the pilot measured, in one unit of time, at least order + 1 different times.</param>
    /// <param name="values">What it found, in one unit.</param>
    /// <param name="covariance">V of the values, symmetric and positive definite; a part common to all returns is a constant added to every element.</param>
    /// <param name="order">Degree of the polynomial: 0 for a constant, 1 for a line.</param>
    /// <returns>The fitted curve; its uncertainties follow from V alone, χ² tells whether the residuals bear them out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Sizes differ, V is not positive definite, or there are too few different times.</exception>
    public static DriftFit Fit(double[] times, double[] values, double[,] covariance, int order = 1)
    {
        Check(times, values, order);
        Require.Covariance(covariance, times.Length);
        var (design, centre, scale) = Design(times, order);
        var frame = Frame.Of(values, [.. Enumerable.Range(0, times.Length).Select(i => Math.Sqrt(covariance[i, i]))]);
        var scaled = new double[times.Length, times.Length];
        for (var i = 0; i < times.Length; i++)
            for (var j = 0; j < times.Length; j++)
                scaled[i, j] = covariance[i, j] / frame.Scale / frame.Scale;
        return new(LeastSquares.Generalised(design, frame.Z, scaled), centre, scale, frame.Centre, frame.Scale, knownCovariance: true);
    }

    /// <summary>The drift when nothing is known of the uncertainty but the scatter about the curve.</summary>
    /// <param name="times">When the pilot measured, in one unit of time, more than order + 1 of them.</param>
    /// <param name="values">What it found, in one unit.</param>
    /// <param name="order">Degree of the polynomial: 0 for a constant, 1 for a line.</param>
    /// <returns>The fitted curve; its uncertainties have n − order − 1 degrees of freedom.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Lengths differ, or there are too few times.</exception>
    public static DriftFit FitFromScatter(double[] times, double[] values, int order = 1)
    {
        Check(times, values, order);
        if (times.Length < order + 2)
            throw new ArgumentException($"At least {order + 2} times are needed for order {order}.", nameof(times));
        var (design, centre, scale) = Design(times, order);
        var frame = Frame.Of(values);
        return new(LeastSquares.Ordinary(design, frame.Z), centre, scale, frame.Centre, frame.Scale, knownCovariance: false);
    }

    private static void Check(double[] times, double[] values, int order)
    {
        Require.Finite(times);
        Require.Finite(values);
        Require.SameLength(values, times.Length);
        if (order is < 0 or > 6)
            throw new ArgumentOutOfRangeException(nameof(order), order, "Must lie between 0 and 6.");
        if (times.Distinct().Count() < order + 1)
            throw new ArgumentException($"At least {order + 1} different times are needed for order {order}.", nameof(times));
    }

    private static (double[,] Design, double Centre, double Scale) Design(double[] times, int order)
    {
        double low = times.Min(), high = times.Max();
        var centre = low + (high - low) / 2;
        var scale = high > low ? (high - low) / 2 : 1;
        var design = new double[times.Length, order + 1];
        for (var i = 0; i < times.Length; i++)
            for (var j = 0; j <= order; j++)
                design[i, j] = Math.Pow((times[i] - centre) / scale, j);
        return (design, centre, scale);
    }
}

/// <summary>A fitted drift curve.</summary>
public sealed class DriftFit
{
    private readonly LeastSquaresResult fit;
    private readonly double centre, timeScale, origin, valueScale;
    private readonly bool knownCovariance;

    internal DriftFit(LeastSquaresResult fit, double centre, double timeScale, double origin, double valueScale, bool knownCovariance)
    {
        (this.fit, this.centre, this.timeScale, this.origin, this.valueScale, this.knownCovariance) = (fit, centre, timeScale, origin, valueScale, knownCovariance);
        var order = fit.Parameters.Length - 1;
        Slope = order > 0 ? valueScale * fit.Parameters[1] / timeScale : 0;
        SlopeStandardUncertainty = order > 0 ? valueScale * fit.StandardUncertainty(1) / timeScale : 0;
        ResidualStandardDeviation = fit.DegreesOfFreedom > 0 ? valueScale * Math.Sqrt(fit.Residuals.Sum(r => r * r) / fit.DegreesOfFreedom) : null;
        DriftPValue = order > 0 ? Wald(order) : 1;
        FitPValue = knownCovariance && fit.DegreesOfFreedom > 0 ? ChiSquare.UpperTail(fit.ChiSquared, fit.DegreesOfFreedom) : null;
    }

    /// <summary>The change per unit of time at the middle of the measured times; of a line, everywhere.</summary>
    public double Slope { get; }

    /// <summary>Its standard uncertainty.</summary>
    public double SlopeStandardUncertainty { get; }

    /// <summary>n − order − 1.</summary>
    public int DegreesOfFreedom => fit.DegreesOfFreedom;

    /// <summary>χ² of the residuals; only where uncertainties were given.</summary>
    public double? ChiSquared => knownCovariance ? fit.ChiSquared : null;

    /// <summary>Pr{χ² ≥ observed}: below 0.05 the stated uncertainties do not cover the scatter of the returns; null without degrees of freedom.</summary>
    public double? FitPValue { get; }

    /// <summary>The standard deviation about the curve, in the unit of the values; null without degrees of freedom.</summary>
    public double? ResidualStandardDeviation { get; }

    /// <summary>The probability of so strong a drift if there were none: χ² test of all drift terms with given uncertainties, F test otherwise.</summary>
    public double DriftPValue { get; }

    /// <summary>The standard's value at a time.</summary>
    /// <param name="time">In the unit of the fit's times.</param>
    /// <returns>Value and standard uncertainty; outside the measured times the uncertainty grows and the model is trusted beyond its evidence.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is not finite.</exception>
    public (double Value, double StandardUncertainty) At(double time)
    {
        Require.Finite(time);
        var g = Powers(time);
        return (origin + valueScale * Matrix.Dot(g, fit.Parameters), valueScale * Uncertainty(g));
    }

    /// <summary>The covariance of the standard's values at two times: what correlates laboratories corrected by the same curve.</summary>
    /// <param name="first">A time.</param>
    /// <param name="second">Another.</param>
    /// <returns>The covariance, in the unit of the values squared.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite.</exception>
    public double Covariance(double first, double second)
    {
        Require.Finite(first);
        Require.Finite(second);
        return valueScale * valueScale * Matrix.Dot(Powers(first), Matrix.Multiply(fit.Covariance, Powers(second)));
    }

    /// <summary>How much the standard changed between two times: subtract it from a result at <paramref name="to"/> to bring it to <paramref name="from"/>.</summary>
    /// <param name="from">The common date.</param>
    /// <param name="to">The date of measurement.</param>
    /// <returns>The change and its standard uncertainty, in the unit of the values; what is common to all returns cancels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite.</exception>
    public (double Change, double StandardUncertainty) Between(double from, double to)
    {
        Require.Finite(from);
        Require.Finite(to);
        double[] start = Powers(from), end = Powers(to);
        var g = start.Select((v, i) => end[i] - v).ToArray();
        return (valueScale * Matrix.Dot(g, fit.Parameters), valueScale * Uncertainty(g));
    }

    private double[] Powers(double time) => [.. Enumerable.Range(0, fit.Parameters.Length).Select(j => Math.Pow((time - centre) / timeScale, j))];

    private double Uncertainty(double[] g) => Math.Sqrt(Math.Max(0, Matrix.Dot(g, Matrix.Multiply(fit.Covariance, g))));

    private double Wald(int order)
    {
        if (!knownCovariance && fit.ChiSquared == 0)
            return fit.Parameters.Skip(1).Any(p => p != 0) ? 0 : 1;
        var covariance = new double[order, order];
        var drift = fit.Parameters[1..];
        for (var i = 0; i < order; i++)
            for (var j = 0; j < order; j++)
                covariance[i, j] = fit.Covariance[i + 1, j + 1];
        Matrix.ForwardSolve(Matrix.Cholesky(covariance, nameof(covariance)), drift);
        var square = Matrix.Dot(drift, drift);
        return knownCovariance ? ChiSquare.UpperTail(square, order) : FisherF.UpperTail(square / order, order, fit.DegreesOfFreedom);
    }
}
