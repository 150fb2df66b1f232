namespace Plumbline.Comparisons;

/// <summary>One row of readings as typed: an item's label, a date, or before/after; and the values read there.</summary>
public sealed record PreparationRow(string Key, IReadOnlyList<string> Values);

/// <summary>What was entered for a test: the <see cref="PreparationTest.Data"/>.</summary>
public sealed record PreparationData(IReadOnlyList<PreparationRow> Rows);

/// <summary>A computed figure; its text is <c>figure.{Key}</c>.</summary>
/// <param name="HasUnit">Whether it carries the comparison's unit.</param>
public sealed record PreparationFigure(string Key, double? Value, bool HasUnit = false);

/// <summary>A criterion with the figure held against it and the rule it rests on; its text is <c>criterion.{Key}</c>.</summary>
public sealed record PreparationCriterion(string Key, double Value, double Limit, bool Met, string Rule, string RuleValue);

/// <summary>A straight line in time through the means: value at the first day, slope per day.</summary>
public sealed record PreparationTrend(DateOnly From, DateOnly To, double Start, double Slope, double ResidualDeviation);

/// <summary>The <see cref="PreparationTest.Result"/>: every figure, every criterion, and what follows.</summary>
/// <param name="Scale">Target standard uncertainty against which the test was held.</param>
/// <param name="WidenedTarget">The target with which the contribution of a failed test would be covered; null when it passed.</param>
public sealed record PreparationResult(double Scale, IReadOnlyList<PreparationFigure> Figures, IReadOnlyList<PreparationCriterion> Criteria, bool Passed, double StandardUncertainty,
    PreparationTrend? Trend = null, double? WidenedTarget = null);
