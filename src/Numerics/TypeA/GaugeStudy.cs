namespace Plumbline.Numerics;

/// <summary>Repeatability and reproducibility of a gauge (量具重复性和再现性), crossed design by analysis of variance, AIAG MSA.</summary>
public static class GaugeStudy
{
    /// <summary>Components of variance with confidence intervals.</summary>
    /// <param name="parts">Part of each value.</param>
    /// <param name="operators">Operator of each value.</param>
    /// <param name="values">Readings; every operator measures every part equally often, at least twice.</param>
    /// <param name="poolingProbability">The interaction is pooled with the repeats where its p-value exceeds this; strictly between 0 and 1.</param>
    /// <param name="toleranceWidth">Width of the tolerance, for %tolerance; none where missing.</param>
    /// <param name="coverageProbability">Of the confidence intervals, strictly between 0 and 1.</param>
    /// <returns>The study.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">The design is not crossed and balanced.</exception>
    /// <remarks>Intervals: χ² for repeatability, modified large sample for what is combined (Burdick, Borror and Montgomery 2003).</remarks>
    public static GaugeResult Of(string[] parts, string[] operators, double[] values, double poolingProbability = 0.25, double? toleranceWidth = null, double coverageProbability = 0.95)
    {
        Require.Probability(poolingProbability);
        if (toleranceWidth is { } width)
            Require.Positive(width, nameof(toleranceWidth));
        Require.Probability(coverageProbability);
        var table = CrossedAnova.Of(parts, operators, values);
        var pooled = CrossedTable.Test(table.InteractionMean, table.InteractionDegrees, table.RepeatMean, table.RepeatDegrees).P > poolingProbability;
        double p = table.FirstLevels.Length, o = table.SecondLevels.Length, r = table.Repeats;
        double nuError = table.RepeatDegrees + (pooled ? table.InteractionDegrees : 0), error = pooled ? (table.RepeatSquares + table.InteractionSquares) / nuError : table.RepeatMean;
        // What parts and operators are held against: the interaction where it stands, else the pooled repeats.
        double[] squares = pooled ? [table.FirstMean, table.SecondMean, error] : [table.FirstMean, table.SecondMean, table.InteractionMean, error];
        double[] degrees = pooled ? [table.FirstDegrees, table.SecondDegrees, nuError] : [table.FirstDegrees, table.SecondDegrees, table.InteractionDegrees, nuError];
        double[] Row(double part, double op, double interaction, double repeats) => pooled ? [part, op, interaction + repeats] : [part, op, interaction, repeats];
        GaugeComponent Make(double[] coefficients) => new(Math.Max(0, Matrix.Dot(coefficients, squares)), VarianceInterval.Of(coefficients, squares, degrees, coverageProbability));
        double ofOperator = 1 / (p * r), ofPart = 1 / (o * r);
        var repeatability = Make(Row(0, 0, 0, 1));
        var byOperator = Make(Row(0, ofOperator, -ofOperator, 0));
        var interaction = pooled ? null : Make(Row(0, 0, 1 / r, -1 / r));
        var part = Make(Row(ofPart, 0, -ofPart, 0));
        // The sums are of components none of which is below zero; their intervals are those of the combined mean squares.
        var reproduced = new GaugeComponent(byOperator.Variance + (interaction?.Variance ?? 0), VarianceInterval.Of(pooled ? Row(0, ofOperator, -ofOperator, 0) : Row(0, ofOperator, 1 / r - ofOperator, -1 / r), squares, degrees, coverageProbability));
        var gauge = new GaugeComponent(repeatability.Variance + reproduced.Variance, VarianceInterval.Of(pooled ? Row(0, ofOperator, -ofOperator, 1) : Row(0, ofOperator, 1 / r - ofOperator, 1 - 1 / r), squares, degrees, coverageProbability));
        var total = new GaugeComponent(gauge.Variance + part.Variance, VarianceInterval.Of(pooled ? Row(ofPart, ofOperator, -ofOperator - ofPart, 1) : Row(ofPart, ofOperator, 1 / r - ofOperator - ofPart, 1 - 1 / r), squares, degrees, coverageProbability));
        return new(table, pooled, repeatability, byOperator, interaction, reproduced, gauge, part, total, toleranceWidth);
    }
}

/// <summary>One component of variance.</summary>
/// <param name="Variance">Not below zero.</param>
/// <param name="Limits">Confidence interval of the variance.</param>
public sealed record GaugeComponent(double Variance, Interval Limits)
{
    /// <summary>Its square root.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);
}

/// <summary>A study of a gauge.</summary>
/// <param name="Table">The analysis of variance.</param>
/// <param name="Pooled">The interaction was pooled with the repeats.</param>
/// <param name="Repeatability">Equipment variation.</param>
/// <param name="Operator">Between operators.</param>
/// <param name="Interaction">Of operators with parts; null where pooled.</param>
/// <param name="Reproducibility">Operators and interaction.</param>
/// <param name="Gauge">Repeatability and reproducibility together.</param>
/// <param name="Part">Between parts.</param>
/// <param name="Total">All.</param>
/// <param name="ToleranceWidth">Where given.</param>
public sealed record GaugeResult(CrossedTable Table, bool Pooled, GaugeComponent Repeatability, GaugeComponent Operator, GaugeComponent? Interaction, GaugeComponent Reproducibility, GaugeComponent Gauge, GaugeComponent Part, GaugeComponent Total, double? ToleranceWidth)
{
    /// <summary>Share of the variance, in percent.</summary>
    /// <param name="component">One of the components.</param>
    /// <returns>%contribution.</returns>
    public double Contribution(GaugeComponent component)
    {
        ArgumentNullException.ThrowIfNull(component);
        return Total.Variance > 0 ? 100 * component.Variance / Total.Variance : 0;
    }

    /// <summary>Share of the study variation 6σ, in percent; these do not add up.</summary>
    /// <param name="component">One of the components.</param>
    /// <returns>%study variation.</returns>
    public double StudyVariation(GaugeComponent component)
    {
        ArgumentNullException.ThrowIfNull(component);
        return Total.Variance > 0 ? 100 * component.StandardDeviation / Total.StandardDeviation : 0;
    }

    /// <summary>6σ as a share of the tolerance, in percent; null without a tolerance.</summary>
    /// <param name="component">One of the components.</param>
    /// <returns>%tolerance.</returns>
    public double? ToleranceShare(GaugeComponent component)
    {
        ArgumentNullException.ThrowIfNull(component);
        return ToleranceWidth is { } width ? 600 * component.StandardDeviation / width : null;
    }

    /// <summary>ndc, the number of distinct categories ⌊1.41 σ<sub>P</sub>/σ<sub>GRR</sub>⌋, at least 1; null where the gauge shows no variation.</summary>
    public int? DistinctCategories => Gauge.Variance > 0 ? Math.Max(1, (int)Math.Min(1e9, Math.Floor(1.41 * Part.StandardDeviation / Gauge.StandardDeviation))) : null;
}
