namespace Plumbline.Numerics;

/// <summary>One-way analysis of variance (单因素方差分析) of groups of any size: JCGM 100, H.5; repeatability and reproducibility as in ISO 5725-2.</summary>
public static class OneWayAnova
{
    /// <summary>From the values themselves.</summary>
    /// <param name="groups">A row for each of at least two groups; at least one with two values or more.</param>
    /// <returns>Sums of squares, F test, standard deviations and uncertainties of the mean.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Too few groups or values.</exception>
    public static AnovaResult Of(double[][] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var group in groups)
            Require.Finite(group, 1, nameof(groups));
        if (groups.Length < 2 || groups.Sum(g => g.Length) <= groups.Length)
            throw new ArgumentException("At least two groups are needed, and repeated values in at least one.", nameof(groups));
        var frame = Frame.Of([.. groups.SelectMany(g => g)]);
        var start = 0;
        double[] means = new double[groups.Length], sizes = new double[groups.Length];
        var within = 0.0;
        for (var i = 0; i < groups.Length; i++)
        {
            var slice = frame.Z[start..(start += groups[i].Length)];
            (means[i], sizes[i]) = (slice.Average(), slice.Length);
            within += slice.Sum(z => (z - means[i]) * (z - means[i]));
        }
        return Make(frame, means, sizes, within);
    }

    /// <summary>From mean, standard deviation and size of each group.</summary>
    /// <param name="means">Of at least two groups, in one unit.</param>
    /// <param name="standardDeviations">Of each group, not negative.</param>
    /// <param name="sizes">Values in each, at least 1; at least one with two or more.</param>
    /// <returns>As from the values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Sizes do not agree, or too few groups or values.</exception>
    public static AnovaResult OfSummary(double[] means, double[] standardDeviations, int[] sizes)
    {
        Require.Finite(means, 2);
        Require.NotNegative(standardDeviations, means.Length);
        Require.SameLength(sizes, means.Length);
        for (var i = 0; i < sizes.Length; i++)
            if (sizes[i] < 1)
                throw new ArgumentOutOfRangeException(nameof(sizes), sizes[i], $"Value {i + 1} must be at least 1.");
        if (sizes.Sum() <= means.Length)
            throw new ArgumentException("Repeated values are needed in at least one group.", nameof(sizes));
        var frame = Frame.Of(means);
        return Make(frame, frame.Z, Array.ConvertAll(sizes, n => (double)n), standardDeviations.Select((s, i) => (sizes[i] - 1) * (s / frame.Scale) * (s / frame.Scale)).Sum());
    }

    private static AnovaResult Make(Frame frame, double[] means, double[] sizes, double within)
    {
        double total = sizes.Sum(), groups = means.Length, mean = means.Select((m, i) => m * sizes[i]).Sum() / total, plain = means.Average();
        var between = means.Select((m, i) => sizes[i] * (m - mean) * (m - mean)).Sum();
        double nuBetween = groups - 1, nuWithin = total - groups, square = frame.Scale * frame.Scale;
        return new(frame.Location(mean), square * between, square * within, (int)nuBetween, (int)nuWithin, (total - sizes.Sum(n => n * n) / total) / nuBetween,
            frame.Scale * Math.Sqrt(means.Sum(m => (m - plain) * (m - plain)) / nuBetween), (int)total);
    }
}

/// <summary>One-way analysis of variance.</summary>
/// <param name="Mean">The mean of all values.</param>
/// <param name="SquaresBetween">Sum of squares between groups.</param>
/// <param name="SquaresWithin">Sum of squares within groups.</param>
/// <param name="DegreesBetween">Groups less one.</param>
/// <param name="DegreesWithin">Values less groups.</param>
/// <param name="EffectiveSize">n₀, the effective number of values in a group.</param>
/// <param name="DeviationOfMeans">Standard deviation of the group means.</param>
/// <param name="Count">Values in all.</param>
public sealed record AnovaResult(double Mean, double SquaresBetween, double SquaresWithin, int DegreesBetween, int DegreesWithin, double EffectiveSize, double DeviationOfMeans, int Count)
{
    /// <summary>MS between.</summary>
    public double MeanSquareBetween => SquaresBetween / DegreesBetween;

    /// <summary>MS within.</summary>
    public double MeanSquareWithin => SquaresWithin / DegreesWithin;

    /// <summary>Their ratio; null without variation within groups.</summary>
    public double? F => MeanSquareWithin > 0 ? MeanSquareBetween / MeanSquareWithin : null;

    /// <summary>Pr{F ≥ observed} if all groups are alike.</summary>
    public double PValue => F is { } f ? FisherF.UpperTail(f, DegreesBetween, DegreesWithin) : SquaresBetween > 0 ? 0 : 1;

    /// <summary>s<sub>r</sub>: repeatability.</summary>
    public double Repeatability => Math.Sqrt(MeanSquareWithin);

    /// <summary>s<sub>L</sub>: between groups, zero where the mean squares give less.</summary>
    public double Between => Math.Sqrt(Math.Max(0, (MeanSquareBetween - MeanSquareWithin) / EffectiveSize));

    /// <summary>s<sub>R</sub> = √(s<sub>r</sub>² + s<sub>L</sub>²): reproducibility.</summary>
    public double Reproducibility => double.Hypot(Repeatability, Between);

    /// <summary>u of the mean where groups differ: s of the group means over √groups, with groups − 1 degrees of freedom (JCGM 100, H.5.2.2).</summary>
    public double MeanUncertaintyWithBetween => DeviationOfMeans / Math.Sqrt(DegreesBetween + 1);

    /// <summary>u of the mean where they do not: all deviations pooled, with n − 1 degrees of freedom (H.5.2.3).</summary>
    public double MeanUncertaintyPooled => Math.Sqrt((SquaresBetween + SquaresWithin) / (DegreesBetween + DegreesWithin) / Count);

    /// <summary>The critical ratio.</summary>
    /// <param name="significance">Level of the test, strictly between 0 and 1.</param>
    /// <returns>F exceeded by chance with that probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range.</exception>
    public double CriticalF(double significance = 0.05)
    {
        Require.Probability(significance);
        return FisherF.UpperQuantile(significance, DegreesBetween, DegreesWithin);
    }

    /// <summary>Confidence intervals of s<sub>r</sub> (χ², exact), s<sub>L</sub> and s<sub>R</sub> (modified large sample; approximate where groups differ in size).</summary>
    /// <param name="coverageProbability">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Intervals of the standard deviations.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    public (Interval Repeatability, Interval Between, Interval Reproducibility) Intervals(double coverageProbability = 0.95)
    {
        Require.Probability(coverageProbability);
        double[] squares = [MeanSquareBetween, MeanSquareWithin], degrees = [DegreesBetween, DegreesWithin];
        Interval Root(double between, double within)
        {
            var v = VarianceInterval.Of([between, within], squares, degrees, coverageProbability);
            return new(Math.Sqrt(v.Low), Math.Sqrt(v.High));
        }
        var k = 1 / EffectiveSize;
        return (Root(0, 1), Root(k, -k), Root(k, 1 - k));
    }
}
