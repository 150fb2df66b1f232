namespace Plumbline.Numerics;

/// <summary>Homogeneity of proficiency-test items (均匀性检验), ISO 13528:2022 Annex B: g items measured m times each under repeatability conditions.</summary>
public static class HomogeneityTest
{
    /// <summary>Variances within and between items.</summary>
    /// <param name="valuesByItem">A row for each of at least two items, each with the same number m ≥ 2 of values, in one unit.</param>
    /// <returns>s<sub>x</sub>, s<sub>w</sub> and s<sub>s</sub> = √max(0, s<sub>x</sub>² − s<sub>w</sub>²/m), in the unit of the values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than two items, or rows of unequal length or of fewer than two values.</exception>
    public static HomogeneityStatistics Statistics(double[][] valuesByItem)
    {
        ArgumentNullException.ThrowIfNull(valuesByItem);
        if (valuesByItem.Length < 2)
            throw new ArgumentException("At least two items are needed.", nameof(valuesByItem));
        int g = valuesByItem.Length, m = valuesByItem[0]?.Length ?? 0;
        foreach (var row in valuesByItem)
        {
            Require.Finite(row, 2, nameof(valuesByItem));
            Require.SameLength(row, m, nameof(valuesByItem));
        }
        var frame = Frame.Of([.. valuesByItem.SelectMany(row => row)]);
        var means = new double[g];
        double within = 0;
        var variances = new double[g];
        for (var i = 0; i < g; i++)
        {
            var row = frame.Z.AsSpan(i * m, m);
            foreach (var z in row)
                means[i] += z / m;
            foreach (var z in row)
                variances[i] += (z - means[i]) * (z - means[i]) / (m - 1);
            within += variances[i] / g;
        }
        var mean = means.Average();
        var ofMeans = means.Sum(v => (v - mean) * (v - mean)) / (g - 1);
        var between = Math.Max(0, ofMeans - within / m);
        return new(g, m, frame.Location(mean), frame.Scale * Math.Sqrt(ofMeans), frame.Scale * Math.Sqrt(within), frame.Scale * Math.Sqrt(between),
            Cochran.Test(variances, m));
    }

    /// <summary>Holds the between-item standard deviation against σ<sub>pt</sub>.</summary>
    /// <param name="statistics">From <see cref="Statistics"/>.</param>
    /// <param name="standardDeviation">σ<sub>pt</sub>, same unit, greater than zero.</param>
    /// <param name="f1">F₁ of the expanded criterion; computed from χ² when null (tabulated to three figures in the standard).</param>
    /// <param name="f2">F₂ of the expanded criterion; computed from F when null.</param>
    /// <returns>Both criteria: s<sub>s</sub> ≤ 0.3σ<sub>pt</sub>, and s<sub>s</sub>² ≤ c = F₁(0.3σ<sub>pt</sub>)² + F₂s<sub>w</sub>².</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <remarks>When the items fail, s<sub>s</sub> belongs into the uncertainty of the assigned value or into σ<sub>pt</sub>.</remarks>
    public static HomogeneityCheck Check(HomogeneityStatistics statistics, double standardDeviation, double? f1 = null, double? f2 = null)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        Require.Positive(standardDeviation);
        if (f1 is { } given1)
            Require.Positive(given1, nameof(f1));
        if (f2 is { } given2)
            Require.NotNegative(given2, nameof(f2));
        int g = statistics.Items, m = statistics.Replicates;
        var factor1 = f1 ?? ChiSquare.UpperQuantile(0.05, g - 1) / (g - 1);
        var factor2 = f2 ?? (FisherF.UpperQuantile(0.05, g - 1, g * (m - 1)) - 1) / m;
        var allowance = 0.3 * standardDeviation;
        var c = factor1 * allowance * allowance + factor2 * statistics.Within * statistics.Within;
        return new(allowance, factor1, factor2, c, statistics.Between <= allowance, statistics.Between * statistics.Between <= c);
    }
}

/// <summary>Variation within and between items, in the unit of the values.</summary>
/// <param name="Items">g.</param>
/// <param name="Replicates">m.</param>
/// <param name="Mean">The mean of all values.</param>
/// <param name="OfItemMeans">s<sub>x</sub>, the standard deviation of the item means.</param>
/// <param name="Within">s<sub>w</sub>, the standard deviation within items.</param>
/// <param name="Between">s<sub>s</sub>, the standard deviation between items; zero when the means scatter less than repetition explains.</param>
/// <param name="Cochran">Cochran's test of the variances within items: an outlier there should be looked into first.</param>
public sealed record HomogeneityStatistics(int Items, int Replicates, double Mean, double OfItemMeans, double Within, double Between, CochranTest Cochran);

/// <summary>The two criteria of ISO 13528 B.2.</summary>
/// <param name="Allowance">0.3σ<sub>pt</sub>, in the unit of the values.</param>
/// <param name="F1">F₁ as used.</param>
/// <param name="F2">F₂ as used.</param>
/// <param name="ExpandedCriterion">c, in that unit squared: compare with the square of s<sub>s</sub>.</param>
/// <param name="PassesSimple">s<sub>s</sub> ≤ 0.3σ<sub>pt</sub>.</param>
/// <param name="PassesExpanded">s<sub>s</sub>² ≤ c: inhomogeneity beyond the allowance is not shown.</param>
public sealed record HomogeneityCheck(double Allowance, double F1, double F2, double ExpandedCriterion, bool PassesSimple, bool PassesExpanded);
