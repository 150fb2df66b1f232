namespace Plumbline.Numerics;

/// <summary>A straight line through observations, its parameters as uncertain numbers.</summary>
public static class CalibrationLine
{
    /// <summary>Ordinary least squares of y on x (JCGM 100:2008, H.3).</summary>
    /// <param name="x">Known settings, at least three, not all equal.</param>
    /// <param name="y">One observation for each, with a common unknown standard deviation.</param>
    /// <returns>Intercept (unit of y) and slope (unit of y per unit of x), an ensemble with n − 2 degrees of freedom, and the standard deviation of the residuals (unit of y).</returns>
    /// <exception cref="ArgumentException">Fewer than three points, the counts differ, or the settings are all equal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static (UncertainNumber Intercept, UncertainNumber Slope, double ResidualDeviation) Fit(double[] x, double[] y)
    {
        Require.Finite(x, 3);
        Require.Finite(y);
        Require.SameLength(y, x.Length);
        var n = x.Length;
        double centre = x[0] + x.Sum(v => v - x[0]) / n, level = y[0] + y.Sum(v => v - y[0]) / n;
        var spread = x.Sum(v => (v - centre) * (v - centre));
        if (spread == 0)
            throw new ArgumentException("The settings must not all be equal.", nameof(x));
        var slope = x.Select((v, i) => (v - centre) * (y[i] - level)).Sum() / spread;
        var variance = x.Select((v, i) => Math.Pow(y[i] - level - slope * (v - centre), 2)).Sum() / (n - 2);
        var covariance = new[,] { { variance * (1.0 / n + centre * centre / spread), -variance * centre / spread }, { -variance * centre / spread, variance / spread } };
        var parts = CorrelatedInputs.Make([level - slope * centre, slope], covariance, [n - 2, n - 2], ["intercept", "slope"], true);
        return (parts[0], parts[1], Math.Sqrt(variance));
    }
}
