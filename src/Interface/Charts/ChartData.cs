namespace Plumbline.Interface;

/// <summary>A degree of equivalence: difference from the reference value and its expanded uncertainty, same unit.</summary>
/// <param name="Laboratory">Code or name as it stands on the axis.</param>
/// <param name="Significant">The difference exceeds its uncertainty.</param>
/// <param name="Excluded">The result did not take part in the reference value.</param>
public sealed record EquivalencePoint(string Laboratory, double Difference, double ExpandedUncertainty, bool Significant = false, bool Excluded = false);

/// <summary>A result and its expanded uncertainty; <paramref name="ExtendedUncertainty"/> includes the between-laboratory spread.</summary>
public sealed record ResultPoint(string Laboratory, double Value, double ExpandedUncertainty, double? ExtendedUncertainty = null, bool Excluded = false);

/// <summary>A score, or null where it could not be evaluated.</summary>
public sealed record ScorePoint(string Laboratory, double? Score);

/// <summary>A reading of the transfer standard: when, value, half-width of its bar.</summary>
public sealed record DriftReading(DateOnly Day, double Value, double ExpandedUncertainty);

/// <summary>One point of the fitted course and the half-width of its confidence band.</summary>
public sealed record DriftFit(DateOnly Day, double Value, double HalfWidth);

/// <summary>When a laboratory measured.</summary>
public sealed record DriftVisit(string Laboratory, DateOnly Day);

/// <summary>How far one leg of a circulation is.</summary>
public enum LegProgress
{
    Planned,
    Sent,
    Received,
    Late,
}

/// <summary>The transfer standard on its way from one laboratory to the next.</summary>
public sealed record RouteLeg(string From, string To, LegProgress Progress);

/// <summary>One stay or leg in the timetable; without an actual end it is still running.</summary>
public sealed record ScheduleRow(string Label, DateOnly PlannedFrom, DateOnly PlannedTo, DateOnly? ActualFrom = null, DateOnly? ActualTo = null, bool Late = false);

/// <summary>One line of a forest plot. Weight is between zero and one; null where the result had none.</summary>
public sealed record ForestRow(string Laboratory, double Value, double ExpandedUncertainty, double? Weight);

/// <summary>One laboratory's results for two similar samples.</summary>
public sealed record YoudenPoint(string Laboratory, double First, double Second, bool Excluded = false);

/// <summary>A line through points, in order.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>One result against the quantile it would have if all were normal; low and high bound where it may lie by chance.</summary>
public sealed record QuantilePoint(string Laboratory, double Theoretical, double Observed, double Low, double High);

/// <summary>One level's statistic, laboratory by laboratory; null where a laboratory did not measure it.</summary>
public sealed record StatisticSeries(string Name, IReadOnlyList<double?> Values);

/// <summary>One item or unit with its repeated values.</summary>
public sealed record RunGroup(string Item, IReadOnlyList<double> Values);

/// <summary>A value at a place on a numeric axis; <paramref name="HalfWidth"/> is its bar, zero for none.</summary>
public sealed record TrendPoint(double X, double Y, double HalfWidth = 0);

/// <summary>A deviation and the uncertainty that goes with it, both in units of one scale.</summary>
public sealed record DeviationPoint(string Laboratory, double Deviation, double Uncertainty);

/// <summary>A curve with the area under it shaded.</summary>
public sealed record ShadedCurve(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A question or an outcome in a decision tree; the answers lead on.</summary>
/// <param name="Lines">What stands in the box, line by line, with the marks of <see cref="MathText"/>.</param>
/// <param name="OnPath">Whether these data come by here.</param>
public sealed record DecisionNode(IReadOnlyList<string> Lines, bool OnPath, params IReadOnlyList<DecisionBranch> Branches);

/// <summary>An answer and where it leads.</summary>
public sealed record DecisionBranch(string Answer, DecisionNode Node);

/// <summary>A point with the ends of its confidence interval and a word beside it.</summary>
public sealed record CurvePoint(double X, double Y, double? Low = null, double? High = null, string? Label = null);

/// <summary>A curve, smooth or in steps.</summary>
public sealed record CurveLine(string? Text, IReadOnlyList<(double X, double Y)> Points, bool Stepped = false);
