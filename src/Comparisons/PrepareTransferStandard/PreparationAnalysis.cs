using Plumbline.Numerics;

namespace Plumbline.Comparisons;

/// <summary>The rules a test is held against.</summary>
internal sealed record PreparationLimits(double HomogeneityShare, double StabilityShare, double TransportShare, double Significance, IReadOnlyDictionary<string, string> Texts)
{
    public string Of(string code) => Texts[code];
}

/// <summary>
/// Computes the tests of a transfer standard. Homogeneity: ISO 13528 Annex B, with the analysis of variance of ISO 33405 for the contribution.
/// Stability: straight line in time and the difference of first and last. Transport: difference before and after.
/// </summary>
internal static class PreparationAnalysis
{
    /// <param name="kind">Which test.</param>
    /// <param name="data">Readings that <see cref="PreparationRules"/> has accepted.</param>
    /// <param name="scale">Target standard uncertainty.</param>
    /// <param name="until">The day until which the standard has to hold.</param>
    /// <param name="limits">The criteria.</param>
    public static PreparationResult Of(PreparationKind kind, PreparationData data, double scale, DateOnly until, PreparationLimits limits) => kind switch
    {
        PreparationKind.Homogeneity => Homogeneity(data, scale, limits),
        PreparationKind.Stability => Stability(data, scale, until, limits),
        _ => Transport(data, scale, limits),
    };

    private static PreparationResult Homogeneity(PreparationData data, double scale, PreparationLimits limits)
    {
        var values = data.Rows.Select(Numbers).ToArray();
        var statistics = HomogeneityTest.Statistics(values);
        // The library's allowance is 0.3 σ; another share is the same test at another scale.
        var check = HomogeneityTest.Check(statistics, scale * limits.HomogeneityShare / 0.3);
        var units = BetweenUnits.Analyse(values);
        PreparationCriterion[] criteria =
        [
            new("homogeneity", statistics.Between, check.Allowance, check.PassesSimple, "CMP.homogeneity-ratio", limits.Of("CMP.homogeneity-ratio")),
            new("homogeneity-expanded", statistics.Between * statistics.Between, check.ExpandedCriterion, check.PassesExpanded, "CMP.homogeneity-ratio", limits.Of("CMP.homogeneity-ratio")),
        ];
        return Result(scale, check.PassesSimple || check.PassesExpanded, units.StandardUncertainty, criteria,
            [
                new("items", statistics.Items), new("replicates", statistics.Replicates), new("mean", statistics.Mean, true), new("s-x", statistics.OfItemMeans, true), new("s-w", statistics.Within, true),
                new("s-s", statistics.Between, true), new("f1", check.F1), new("f2", check.F2), new("cochran", statistics.Cochran.Statistic), new("cochran-critical", statistics.Cochran.CriticalValue),
                new("f", units.F), new("p", units.PValue), new("s-bb", units.BetweenUnit, true), new("u-bb-hidden", units.HiddenByRepeatability, true),
            ]);
    }

    private static PreparationResult Stability(PreparationData data, double scale, DateOnly until, PreparationLimits limits)
    {
        var days = data.Rows.Select(r => (Day: PreparationRules.Day(r.Key)!.Value, Values: Numbers(r))).GroupBy(r => r.Day, r => r.Values).OrderBy(g => g.Key)
            .Select(g => (Day: g.Key, Values: g.SelectMany(v => v).ToArray())).ToArray();
        var (first, last) = (days[0], days[^1]);
        var times = days.Select(d => (double)(d.Day.DayNumber - first.Day.DayNumber)).ToArray();
        var means = days.Select(d => d.Values.Average()).ToArray();
        var trend = StabilityTrend.Fit(times, means, limits.Significance);
        var (repeatability, freedom) = Pooled(days.Select(d => d.Values));
        // Single readings a day show their repeatability only in the scatter about the line.
        var s = freedom > 0 ? repeatability : trend.ResidualStandardDeviation;
        var difference = StabilityCheck.Of(means[0], means[^1], scale, s / Math.Sqrt(first.Values.Length), s / Math.Sqrt(last.Values.Length), limits.StabilityShare);
        var horizon = Math.Max(until.DayNumber, last.Day.DayNumber) - first.Day.DayNumber;
        var drift = Math.Abs(trend.Slope) * horizon;
        PreparationCriterion[] criteria =
        [
            new("trend", Math.Abs(trend.Slope), trend.TCritical * trend.SlopeStandardError, !trend.Significant, "CMP.stability-level", limits.Of("CMP.stability-level")),
            new("trend-negligible", drift, difference.Allowance, drift <= difference.Allowance, "CMP.stability-ratio", limits.Of("CMP.stability-ratio")),
            new("difference", Math.Abs(difference.Change), difference.Allowance, difference.PassesSimple, "CMP.stability-ratio", limits.Of("CMP.stability-ratio")),
            new("difference-expanded", Math.Abs(difference.Change), difference.Allowance + 2 * difference.StandardUncertainty, difference.PassesExpanded, "CMP.stability-ratio", limits.Of("CMP.stability-ratio")),
        ];
        // A trend is allowed when it is not shown, or too small to matter until the last result.
        var passed = (!trend.Significant || criteria[1].Met) && (difference.PassesSimple || (difference.PassesExpanded && !difference.Significant));
        var unseen = trend.StandardUncertaintyOver(times[^1]);
        var contribution = trend.Significant ? Math.Max(unseen, drift / Math.Sqrt(3)) : unseen;
        return Result(scale, passed, contribution, criteria,
            [
                new("days", days.Length), new("span", times[^1]), new("horizon", horizon), new("slope", trend.Slope, true), new("s-slope", trend.SlopeStandardError, true), new("t", trend.TStatistic),
                new("t-critical", trend.TCritical), new("p", trend.PValue), new("repeatability", s, true), new("change", difference.Change, true), new("u-change", difference.StandardUncertainty, true), new("drift", drift, true),
            ], new(first.Day, last.Day, trend.Intercept, trend.Slope, trend.ResidualStandardDeviation));
    }

    private static PreparationResult Transport(PreparationData data, double scale, PreparationLimits limits)
    {
        double[] Stage(bool after) => [.. data.Rows.Where(r => PreparationRules.IsAfter(r.Key) == after).SelectMany(Numbers)];
        var (before, after) = (Stage(false), Stage(true));
        var (s1, s2) = (Deviation(before), Deviation(after));
        var difference = StabilityCheck.Of(before.Average(), after.Average(), scale, s1 / Math.Sqrt(before.Length), s2 / Math.Sqrt(after.Length), limits.TransportShare);
        PreparationCriterion[] criteria =
        [
            new("transport", Math.Abs(difference.Change), difference.Allowance, difference.PassesSimple, "CMP.stability-target-ratio", limits.Of("CMP.stability-target-ratio")),
            new("transport-repeatability", Math.Abs(difference.Change), 2 * difference.StandardUncertainty, !difference.Significant, "CMP.stability-target-ratio", limits.Of("CMP.stability-target-ratio")),
        ];
        return Result(scale, difference.PassesSimple || (difference.PassesExpanded && !difference.Significant), Math.Abs(difference.Change) / Math.Sqrt(3), criteria,
            [
                new("n-before", before.Length), new("mean-before", before.Average(), true), new("s-before", s1, true), new("n-after", after.Length), new("mean-after", after.Average(), true),
                new("s-after", s2, true), new("change", difference.Change, true), new("u-change", difference.StandardUncertainty, true),
            ]);
    }

    private static PreparationResult Result(double scale, bool passed, double contribution, PreparationCriterion[] criteria, PreparationFigure[] figures, PreparationTrend? trend = null) =>
        new(scale, figures, criteria, passed, contribution, trend, passed ? null : double.Hypot(scale, contribution));

    public static double[] Numbers(PreparationRow row) => [.. row.Values.Select(v => TypedNumber.Read(v)!.Value)];

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    private static (double Deviation, int Freedom) Pooled(IEnumerable<double[]> groups)
    {
        var repeated = groups.Where(g => g.Length > 1).ToArray();
        var freedom = repeated.Sum(g => g.Length - 1);
        return freedom == 0 ? (0, 0) : (Math.Sqrt(repeated.Sum(g => (g.Length - 1) * Math.Pow(Deviation(g), 2)) / freedom), freedom);
    }
}
