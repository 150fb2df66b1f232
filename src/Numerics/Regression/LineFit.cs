namespace Plumbline.Numerics;

/// <summary>A fitted straight line y = a + bx with its covariance.</summary>
public sealed class LineFit
{
    private readonly double[,] central;
    private readonly double[,]? normal;

    internal LineFit(double centre, double level, double slope, double[,] central, double chiSquared, int degreesOfFreedom, bool scaled, double[] residuals, double[,]? gaussMarkov = null)
    {
        (Centre, Level, Slope, this.central, ChiSquared, ResidualDegreesOfFreedom, Residuals) = (centre, level, slope, central, chiSquared, degreesOfFreedom, residuals);
        DegreesOfFreedom = scaled ? degreesOfFreedom : double.PositiveInfinity;
        var cross = central[0, 1] - centre * central[1, 1];
        Covariance = new[,] { { At(0).StandardUncertainty is var u ? u * u : 0, cross }, { cross, central[1, 1] } };
        normal = gaussMarkov;
        if (gaussMarkov is not { } g)
            GaussMarkovCovariance = (double[,])Covariance.Clone();
        else
        {
            var joint = g[0, 1] - centre * g[1, 1];
            GaussMarkovCovariance = new[,] { { g[0, 0] - 2 * centre * g[0, 1] + centre * centre * g[1, 1], joint }, { joint, g[1, 1] } };
        }
    }

    /// <summary>a, the value at zero, in the unit of y.</summary>
    public double Intercept => Level - Slope * Centre;

    /// <summary>b, in the unit of y for each unit of x.</summary>
    public double Slope { get; }

    /// <summary>The (weighted) mean of x, about which the line is best known.</summary>
    public double Centre { get; }

    /// <summary>The value of the line there.</summary>
    public double Level { get; }

    /// <summary>Covariance matrix of (a, b): that to which the data's propagates (JCGM 100, 5.2).</summary>
    public double[,] Covariance { get; }

    /// <summary>Covariance matrix of (a, b) as ISO/TS 28037 gives it for uncertain abscissae: the inverse of the normal matrix at the fitted abscissae, which leaves out that the residuals act on the slope by the weights too. The same as <see cref="Covariance"/> where abscissae are exact.</summary>
    public double[,] GaussMarkovCovariance { get; }

    /// <summary>u(a).</summary>
    public double InterceptUncertainty => Math.Sqrt(Covariance[0, 0]);

    /// <summary>u(b).</summary>
    public double SlopeUncertainty => Math.Sqrt(Covariance[1, 1]);

    /// <summary>r(a, b).</summary>
    public double Correlation => Covariance[0, 1] / (InterceptUncertainty * SlopeUncertainty);

    /// <summary>Weighted sum of squared residuals; the plain sum of an ordinary fit.</summary>
    public double ChiSquared { get; }

    /// <summary>n − 2.</summary>
    public int ResidualDegreesOfFreedom { get; }

    /// <summary>Of the covariance: n − 2 where the residuals gave it, infinity where known uncertainties did.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>√(χ²/(n − 2)): the standard deviation about an ordinary line; null with two points.</summary>
    public double? ResidualDeviation => ResidualDegreesOfFreedom > 0 ? Math.Sqrt(ChiSquared / ResidualDegreesOfFreedom) : null;

    /// <summary>y − a − bx of each point.</summary>
    public double[] Residuals { get; }

    /// <summary>The value of the line at a setting.</summary>
    /// <param name="x">In the unit of x.</param>
    /// <returns>The value with the standard uncertainty of the line alone.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The setting is not finite.</exception>
    public LineValue At(double x)
    {
        Require.Finite(x);
        var d = x - Centre;
        return new(Level + Slope * d, Math.Sqrt(Math.Max(0, central[0, 0] + 2 * d * central[0, 1] + d * d * central[1, 1])), DegreesOfFreedom);
    }

    /// <summary>What a new mean of observations at a setting will be.</summary>
    /// <param name="x">In the unit of x.</param>
    /// <param name="observationDeviation">Standard deviation of one observation; that of the residuals where missing.</param>
    /// <param name="count">Observations in the mean, at least 1.</param>
    /// <returns>The value with the uncertainty of line and observations together.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public LineValue NewObservation(double x, double? observationDeviation = null, int count = 1)
    {
        Require.AtLeast(count, 1);
        var line = At(x);
        return line with { StandardUncertainty = double.Hypot(line.StandardUncertainty, Deviation(observationDeviation) / Math.Sqrt(count)) };
    }

    /// <summary>The setting that belongs to an observed value: inverse prediction (反向预测).</summary>
    /// <param name="y">The observed value, or the mean of several.</param>
    /// <param name="observationDeviation">Standard deviation of one observation; that of the residuals where missing.</param>
    /// <param name="count">Observations in the mean, at least 1.</param>
    /// <returns>x₀ = (y − a)/b, its uncertainty to first order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The slope is zero.</exception>
    public LineValue Inverse(double y, double? observationDeviation = null, int count = 1)
    {
        Require.Finite(y);
        Require.AtLeast(count, 1);
        if (Slope == 0)
            throw new InvalidOperationException("A level line tells no setting from another.");
        var x = Centre + (y - Level) / Slope;
        return new(x, double.Hypot(At(x).StandardUncertainty, Deviation(observationDeviation) / Math.Sqrt(count)) / Math.Abs(Slope), DegreesOfFreedom);
    }

    /// <summary>Intercept and slope as correlated uncertain numbers.</summary>
    /// <returns>a, then b.</returns>
    public (UncertainNumber Intercept, UncertainNumber Slope) ToUncertainNumbers()
    {
        var parts = CorrelatedInputs.Of([Intercept, Slope], Covariance, DegreesOfFreedom, ["intercept", "slope"]);
        return (parts[0], parts[1]);
    }

    /// <summary>The same line where every ordinate has a common systematic error besides: it moves the intercept alone.</summary>
    /// <param name="systematicUncertainty">Standard uncertainty of that error, in the unit of y, not negative.</param>
    /// <returns>The line with the larger uncertainty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The uncertainty is negative or not finite.</exception>
    public LineFit WithCommonError(double systematicUncertainty)
    {
        Require.NotNegative(systematicUncertainty);
        return new(Centre, Level, Slope, new[,] { { central[0, 0] + systematicUncertainty * systematicUncertainty, central[0, 1] }, { central[1, 0], central[1, 1] } },
            ChiSquared, ResidualDegreesOfFreedom, !double.IsPositiveInfinity(DegreesOfFreedom), Residuals,
            normal is { } n ? new[,] { { n[0, 0] + systematicUncertainty * systematicUncertainty, n[0, 1] }, { n[1, 0], n[1, 1] } } : null);
    }

    private double Deviation(double? given)
    {
        if (given is { } deviation)
        {
            Require.NotNegative(deviation, nameof(given));
            return deviation;
        }
        return ResidualDeviation ?? throw new InvalidOperationException("Two points leave no residuals: the standard deviation of an observation must be given.");
    }
}

/// <summary>A value read off a line.</summary>
/// <param name="Value">The value.</param>
/// <param name="StandardUncertainty">Its standard uncertainty.</param>
/// <param name="DegreesOfFreedom">Of that uncertainty.</param>
public readonly record struct LineValue(double Value, double StandardUncertainty, double DegreesOfFreedom)
{
    /// <summary>U at a coverage probability, by Student's t.</summary>
    /// <param name="coverageProbability">Two-sided, strictly between 0 and 1.</param>
    /// <returns>The half-width.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    public double Expanded(double coverageProbability = 0.95)
    {
        Require.Probability(coverageProbability);
        return StudentT.UpperQuantileOf(0.5 * (1 - coverageProbability), DegreesOfFreedom) * StandardUncertainty;
    }
}
