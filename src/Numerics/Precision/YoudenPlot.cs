namespace Plumbline.Numerics;

/// <summary>Youden's two-sample analysis (尤登图): every laboratory measures two similar items; what moves both together is systematic, what moves them apart is random.</summary>
public static class YoudenPlot
{
    /// <summary>Centre, components and distances of the laboratories.</summary>
    /// <param name="first">At least three results for the first item, in one unit.</param>
    /// <param name="second">The same laboratories' results for the second item, same unit.</param>
    /// <returns>Medians, means, standard deviations along and across the diagonal, correlations and squared Mahalanobis distances.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than three laboratories, the lengths differ, or the results of an item are all equal.</exception>
    public static YoudenResult Analyse(double[] first, double[] second)
    {
        Require.Finite(first, 3);
        Require.Finite(second, 3);
        Require.SameLength(second, first.Length);
        Frame x = Frame.Of(first), y = Frame.Of(second);
        // One scale for both: sums and differences of the two items are formed.
        var ratio = y.Scale / x.Scale;
        var b = Array.ConvertAll(y.Z, v => v * ratio);
        var (a, n) = (x.Z, first.Length);
        double meanA = a.Average(), meanB = b.Average(), aa = 0, bb = 0, ab = 0;
        for (var i = 0; i < n; i++)
        {
            aa += (a[i] - meanA) * (a[i] - meanA) / (n - 1);
            bb += (b[i] - meanB) * (b[i] - meanB) / (n - 1);
            ab += (a[i] - meanA) * (b[i] - meanB) / (n - 1);
        }
        if (aa == 0 || bb == 0)
            throw new ArgumentException("The results of each item must not all be equal.", aa == 0 ? nameof(first) : nameof(second));
        var determinant = aa * bb - ab * ab;
        double?[] distances = [.. a.Select((v, i) =>
        {
            double dx = v - meanA, dy = b[i] - meanB;
            return determinant > 1e-14 * aa * bb ? (bb * dx * dx - 2 * ab * dx * dy + aa * dy * dy) / determinant : (double?)null;
        })];
        return new(x.Location(RobustScale.MedianOf(a)), y.Location(RobustScale.MedianOf(y.Z)), x.Location(meanA), y.Location(y.Z.Average()),
            x.Scale * Math.Sqrt(Math.Max(0, (aa + bb + 2 * ab) / 2)), x.Scale * Math.Sqrt(Math.Max(0, (aa + bb - 2 * ab) / 2)),
            Correlation.Pearson(first, second), Correlation.Spearman(first, second), distances);
    }

    /// <summary>The limit for the squared distances: 2(n−1)/(n−2)·F, the ellipse that holds a share of bivariate normal laboratories.</summary>
    /// <param name="laboratories">n, at least 3.</param>
    /// <param name="significance">Share expected outside, strictly between 0 and 1.</param>
    /// <returns>A squared Mahalanobis distance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double EllipseLimit(int laboratories, double significance = 0.05)
    {
        Require.AtLeast(laboratories, 3);
        Require.Probability(significance);
        return 2 * (laboratories - 1.0) / (laboratories - 2) * FisherF.UpperQuantile(significance, 2, laboratories - 2);
    }
}

/// <summary>A Youden analysis, in the unit of the results.</summary>
/// <param name="MedianFirst">Median of the first item.</param>
/// <param name="MedianSecond">Median of the second item.</param>
/// <param name="MeanFirst">Mean of the first item.</param>
/// <param name="MeanSecond">Mean of the second item.</param>
/// <param name="Along">Standard deviation of (x + y)/√2: laboratories' systematic errors and twice over their random ones.</param>
/// <param name="Across">Standard deviation of (x − y)/√2: random errors.</param>
/// <param name="Pearson">Correlation of the two items.</param>
/// <param name="Spearman">Rank correlation.</param>
/// <param name="SquaredDistances">Squared Mahalanobis distance of each laboratory from the means; null when all lie on one line.</param>
public sealed record YoudenResult(double MedianFirst, double MedianSecond, double MeanFirst, double MeanSecond, double Along, double Across,
    CorrelationTest Pearson, CorrelationTest Spearman, double?[] SquaredDistances);
