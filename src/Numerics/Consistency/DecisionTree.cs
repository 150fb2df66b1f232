namespace Plumbline.Numerics;

/// <summary>What the decision tree recommends.</summary>
public enum DecisionTreeRecommendation
{
    /// <summary>Adaptive weighted average: DerSimonian–Laird with its bootstrap.</summary>
    AdaptiveWeightedAverage,

    /// <summary>Weighted median.</summary>
    WeightedMedian,

    /// <summary>Hierarchical model with normal laboratory effects.</summary>
    HierarchicalGauss,

    /// <summary>Hierarchical model with Laplace laboratory effects.</summary>
    HierarchicalLaplace,

    /// <summary>Hierarchical model with skew Student effects.</summary>
    HierarchicalSkew,
}

/// <summary>The decision tree of NIST (Possolo, Koepke, Newton, Winchester: Metrologia 58 (2021)): three tests choose how a reference value is made.</summary>
public static class DecisionTree
{
    /// <summary>Cochran's Q for homogeneity, Shapiro–Wilk for normality of (x − median)/u, MGG for symmetry.</summary>
    /// <param name="values">At least three results, in one unit, not all equal.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="random">The stream of chance for the symmetry test, which needs it beyond sixteen results only.</param>
    /// <param name="homogeneitySignificance">Level of Q; 0.10 by custom.</param>
    /// <param name="normalitySignificance">Level of Shapiro–Wilk; 0.05.</param>
    /// <param name="symmetrySignificance">Level of MGG; 0.01 in the manual (0.05 in the program's code).</param>
    /// <returns>Test figures and the recommendation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Fewer than three results, all equal, or the lengths differ.</exception>
    /// <remarks>With few laboratories the tests seldom reject: a recommendation is a starting point, to be weighed against what is known of the measurements.</remarks>
    public static DecisionTreeResult Of(double[] values, double[] standardUncertainties, Random random,
        double homogeneitySignificance = 0.10, double normalitySignificance = 0.05, double symmetrySignificance = 0.01)
    {
        Require.Finite(values, 3);
        Require.Positive(standardUncertainties, values.Length);
        ArgumentNullException.ThrowIfNull(random);
        Require.Probability(homogeneitySignificance);
        Require.Probability(normalitySignificance);
        Require.Probability(symmetrySignificance);
        var fit = DerSimonianLaird.Of(values, standardUncertainties);
        var (w, normality) = ConsistencyTests.ShapiroWilk(Standardised(values, standardUncertainties));
        var (statistic, symmetry) = ConsistencyTests.Symmetry(values, random);
        bool homogeneous = fit.PValue >= homogeneitySignificance, normal = normality >= normalitySignificance, symmetric = symmetry >= symmetrySignificance;
        var recommendation = homogeneous
            ? normal ? DecisionTreeRecommendation.AdaptiveWeightedAverage : DecisionTreeRecommendation.WeightedMedian
            : !symmetric ? DecisionTreeRecommendation.HierarchicalSkew
            : normal ? DecisionTreeRecommendation.HierarchicalGauss : DecisionTreeRecommendation.HierarchicalLaplace;
        return new(fit.ChiSquared!.Value, fit.DegreesOfFreedom!.Value, fit.PValue!.Value, w, normality, statistic, symmetry, homogeneous, normal, symmetric, recommendation);
    }

    internal static double[] Standardised(double[] values, double[] standardUncertainties)
    {
        var frame = Frame.Of(values, standardUncertainties);
        var median = RobustScale.MedianOf(frame.Z);
        return [.. frame.Z.Select((z, i) => (z - median) / frame.S[i])];
    }
}

/// <summary>The tree's tests and their outcome.</summary>
/// <param name="Q">Cochran's Q.</param>
/// <param name="DegreesOfFreedom">n − 1.</param>
/// <param name="HomogeneityPValue">Pr{χ² ≥ Q}.</param>
/// <param name="ShapiroW">W of the standardised results.</param>
/// <param name="NormalityPValue">Its p-value.</param>
/// <param name="SymmetryStatistic">MGG.</param>
/// <param name="SymmetryPValue">Its randomisation p-value.</param>
/// <param name="Homogeneous">Homogeneity was not rejected.</param>
/// <param name="Normal">Normality was not rejected.</param>
/// <param name="Symmetric">Symmetry was not rejected.</param>
/// <param name="Recommendation">The leaf reached.</param>
public sealed record DecisionTreeResult(double Q, int DegreesOfFreedom, double HomogeneityPValue, double ShapiroW, double NormalityPValue,
    double SymmetryStatistic, double SymmetryPValue, bool Homogeneous, bool Normal, bool Symmetric, DecisionTreeRecommendation Recommendation);
