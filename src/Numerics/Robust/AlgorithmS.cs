namespace Plumbline.Numerics;

/// <summary>Algorithm S (算法 S), ISO 13528:2022 Annex C.4 (ISO 5725-5): a robust pooled standard deviation or range.</summary>
public static class AlgorithmS
{
    /// <summary>w* such that w* = ξ √mean(min(w, ηw*)²).</summary>
    /// <param name="standardDeviations">At least one standard deviation, in one unit, not negative.</param>
    /// <param name="degreesOfFreedom">ν behind each, greater than zero.</param>
    /// <returns>The pooled value, same unit; zero when more than half of the values are zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite, or ν is not positive.</exception>
    /// <exception cref="ArgumentException">No value.</exception>
    /// <remarks>η and ξ follow from χ² with ν degrees of freedom; the standard tabulates them to three decimals. Found at the fixed point.</remarks>
    public static double Of(double[] standardDeviations, double degreesOfFreedom)
    {
        Require.Finite(standardDeviations);
        Require.NotNegative(standardDeviations, standardDeviations.Length);
        if (!double.IsFinite(degreesOfFreedom))
            throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "Must be finite and greater than zero.");
        Require.DegreesOfFreedom(degreesOfFreedom);
        var nu = degreesOfFreedom;
        var square = ChiSquare.Quantile(0.9, nu) / nu;
        var xi = 1 / Math.Sqrt(ChiSquare.Cdf(nu * square, nu + 2) + 0.1 * square);
        var eta = Math.Sqrt(square);
        var sorted = (double[])standardDeviations.Clone();
        Array.Sort(sorted);
        var scale = sorted[^1];
        if (scale == 0)
            return 0;
        var w = RobustScale.MedianOfSorted(sorted) / scale;
        if (w == 0)
            w = Math.Sqrt(sorted.Average(v => v / scale * (v / scale)));
        for (var i = 0; i < 10_000; i++)
        {
            var limit = eta * w;
            var next = xi * Math.Sqrt(sorted.Average(v => Math.Pow(Math.Min(v / scale, limit), 2)));
            if (Math.Abs(next - w) <= 1e-15 * w)
                return scale * next;
            w = next;
        }
        return scale * w;
    }
}
