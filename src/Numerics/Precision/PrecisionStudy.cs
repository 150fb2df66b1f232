namespace Plumbline.Numerics;

/// <summary>Repeatability and reproducibility of a measurement method (重复性与再现性) from an interlaboratory study, ISO 5725-2 and ASTM E691.</summary>
public static class PrecisionStudy
{
    /// <summary>Means, variances and Mandel's statistics of the laboratories.</summary>
    /// <param name="valuesByLaboratory">A row for each of at least three laboratories, each with at least two values, in one unit; equal numbers for E691, unequal ones as ISO 5725-2 clause 7.4.5.</param>
    /// <returns>s<sub>r</sub>, s<sub>L</sub>, s<sub>R</sub> and h, k of every laboratory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Too few laboratories or values, or no variation at all.</exception>
    public static PrecisionResult Analyse(double[][] valuesByLaboratory)
    {
        ArgumentNullException.ThrowIfNull(valuesByLaboratory);
        if (valuesByLaboratory.Length < 3)
            throw new ArgumentException("At least three laboratories are needed.", nameof(valuesByLaboratory));
        foreach (var row in valuesByLaboratory)
            Require.Finite(row, 2, nameof(valuesByLaboratory));
        var frame = Frame.Of([.. valuesByLaboratory.SelectMany(row => row)]);
        var p = valuesByLaboratory.Length;
        double[] means = new double[p], variances = new double[p];
        var start = 0;
        for (var i = 0; i < p; i++)
        {
            var slice = frame.Z[start..(start += valuesByLaboratory[i].Length)];
            means[i] = slice.Average();
            variances[i] = slice.Sum(z => (z - means[i]) * (z - means[i])) / (slice.Length - 1);
        }
        int[] sizes = [.. valuesByLaboratory.Select(row => row.Length)];
        int total = sizes.Sum();
        var pooled = sizes.Select((n, i) => (n - 1) * variances[i]).Sum() / (total - p);
        // The effective number of replicates; n itself when all laboratories have n.
        var effective = (total - sizes.Sum(n => (double)n * n) / total) / (p - 1);
        var overall = sizes.Select((n, i) => n * means[i]).Sum() / total;
        var ofMeans = means.Average() is var centre ? means.Sum(m => (m - centre) * (m - centre)) / (p - 1) : 0;
        var balanced = sizes.All(n => n == sizes[0]);
        var spread = balanced ? ofMeans : sizes.Select((n, i) => n * (means[i] - overall) * (means[i] - overall)).Sum() / (p - 1) / effective;
        var between = Math.Max(0, spread - pooled / effective);
        var deviation = Math.Sqrt(ofMeans);
        var scale = frame.Scale;
        return new(
            frame.Location(overall), Array.ConvertAll(means, frame.Location), Array.ConvertAll(variances, v => scale * Math.Sqrt(v)), sizes,
            scale * deviation, scale * Math.Sqrt(pooled), scale * Math.Sqrt(between), scale * Math.Sqrt(between + pooled),
            Array.ConvertAll(means, m => deviation > 0 ? (m - centre) / deviation : 0),
            Array.ConvertAll(variances, v => pooled > 0 ? Math.Sqrt(v / pooled) : 0));
    }

    /// <summary>The critical value of Mandel's h: (p−1)t/√(p(t² + p − 2)), two-sided.</summary>
    /// <param name="laboratories">p, at least 3.</param>
    /// <param name="significance">Level of the two-sided indicator, strictly between 0 and 1; 0.005 in E691.</param>
    /// <returns>The value |h| exceeds with that probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double CriticalH(int laboratories, double significance = 0.005)
    {
        Require.AtLeast(laboratories, 3);
        Require.Probability(significance);
        double p = laboratories, t = StudentT.UpperQuantileOf(significance / 2, p - 2);
        return (p - 1) * t / Math.Sqrt(p * (t * t + p - 2));
    }

    /// <summary>The critical value of Mandel's k: √(p/(1 + (p−1)/F)).</summary>
    /// <param name="laboratories">p, at least 2.</param>
    /// <param name="replicates">n, at least 2.</param>
    /// <param name="significance">Level, strictly between 0 and 1; 0.005 in E691.</param>
    /// <returns>The value k exceeds with that probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double CriticalK(int laboratories, int replicates, double significance = 0.005)
    {
        Require.AtLeast(laboratories, 2);
        Require.AtLeast(replicates, 2);
        Require.Probability(significance);
        double p = laboratories, nu = replicates - 1;
        return Math.Sqrt(p / (1 + (p - 1) / FisherF.UpperQuantile(significance, nu, (p - 1) * nu)));
    }
}

/// <summary>What an interlaboratory study shows, in the unit of the values.</summary>
/// <param name="Mean">The general mean, laboratories weighted by their number of values.</param>
/// <param name="CellMeans">x̄ of each laboratory.</param>
/// <param name="CellStandardDeviations">s of each laboratory.</param>
/// <param name="CellSizes">Values of each laboratory.</param>
/// <param name="OfCellMeans">s<sub>x̄</sub>, the standard deviation of the laboratory means.</param>
/// <param name="Repeatability">s<sub>r</sub>.</param>
/// <param name="BetweenLaboratories">s<sub>L</sub>, zero when the means scatter less than repeatability explains.</param>
/// <param name="Reproducibility">s<sub>R</sub> = √(s<sub>L</sub>² + s<sub>r</sub>²), never below s<sub>r</sub>.</param>
/// <param name="MandelH">h: deviation of each mean in units of s<sub>x̄</sub>; zero when all means are equal.</param>
/// <param name="MandelK">k: each standard deviation in units of s<sub>r</sub>.</param>
public sealed record PrecisionResult(double Mean, double[] CellMeans, double[] CellStandardDeviations, int[] CellSizes, double OfCellMeans,
    double Repeatability, double BetweenLaboratories, double Reproducibility, double[] MandelH, double[] MandelK);
