namespace Plumbline.Numerics;

/// <summary>Confidence intervals of linear combinations of mean squares: modified large sample limits (Graybill and Wang 1980; Ting, Burdick, Graybill, Jeyaratnam and Lu 1990).</summary>
internal static class VarianceInterval
{
    /// <param name="coefficients">Of each mean square, of either sign.</param>
    /// <param name="meanSquares">Independent mean squares.</param>
    /// <param name="degreesOfFreedom">Of each.</param>
    /// <param name="coverage">Two-sided.</param>
    /// <returns>Limits of the variance, not below zero.</returns>
    internal static Interval Of(double[] coefficients, double[] meanSquares, double[] degreesOfFreedom, double coverage)
    {
        var tail = 0.5 * (1 - coverage);
        var n = coefficients.Length;
        double[] terms = [.. coefficients.Select((c, i) => c * meanSquares[i])];
        double[] g = [.. degreesOfFreedom.Select(nu => 1 - nu / ChiSquare.UpperQuantile(tail, nu))], h = [.. degreesOfFreedom.Select(nu => nu / ChiSquare.Quantile(tail, nu) - 1)];
        double low = 0, high = 0, estimate = terms.Sum();
        for (var i = 0; i < n; i++)
        {
            low += Square((terms[i] > 0 ? g[i] : h[i]) * terms[i]);
            high += Square((terms[i] > 0 ? h[i] : g[i]) * terms[i]);
            for (var j = 0; j < n; j++)
                if (terms[i] > 0 && terms[j] < 0)
                {
                    double upper = FisherF.UpperQuantile(tail, degreesOfFreedom[i], degreesOfFreedom[j]), lower = FisherF.Quantile(tail, degreesOfFreedom[i], degreesOfFreedom[j]);
                    low += (Square(upper - 1) - Square(g[i] * upper) - Square(h[j])) / upper * terms[i] * -terms[j];
                    high += (Square(1 - lower) - Square(h[i] * lower) - Square(g[j])) / lower * terms[i] * -terms[j];
                }
        }
        return new(Math.Max(0, estimate - Math.Sqrt(Math.Max(0, low))), Math.Max(0, estimate + Math.Sqrt(Math.Max(0, high))));
    }

    private static double Square(double x) => x * x;
}
