using Plumbline.Numerics;

namespace Plumbline.Comparisons;

/// <summary>离群值检验: Grubbs' test repeated until it finds nothing.</summary>
internal static class Outliers
{
    public static IReadOnlyList<OutlierTest> Find(IReadOnlyList<Reading> readings, EvaluationOptions options, InputPoint point, List<EvaluationWarning> warnings)
    {
        if (readings.Count < 3)
            return [];
        double[] values = [.. readings.Select(r => r.Value)];
        var found = Grubbs.Iterate(values, options.OutlierLevel);
        var tests = found.Select((t, pass) => new OutlierTest(readings.Count - pass, readings[t.Index].Laboratory.Code, t.Statistic, t.CriticalValue, t.PValue, t.IsOutlier)).ToArray();
        foreach (var outlier in tests.Where(t => t.IsOutlier))
            warnings.Add(new(options.ExcludeOutliers && options.Method != ReferenceMethod.PilotValue ? "outlier-excluded" : "outlier-kept", point.Id, outlier.Laboratory));
        if (Masked(values, found) is { Length: > 0 } masked)
            warnings.Add(new("masking", point.Id, null, string.Join(", ", masked.Select(i => readings[i].Laboratory.Code))));
        return tests;
    }

    /// <summary>Two or more far values enlarge the standard deviation and hide each other from Grubbs' test; the median and its deviation are not fooled.</summary>
    private static int[] Masked(double[] values, GrubbsTest[] tests)
    {
        var taken = tests.Where(t => t.IsOutlier).Select(t => t.Index).ToHashSet();
        var left = Enumerable.Range(0, values.Length).Where(i => !taken.Contains(i)).ToArray();
        if (left.Length < 5)
            return [];
        double[] rest = [.. left.Select(i => values[i])];
        var (median, scale) = (RobustScale.Median(rest), RobustScale.ScaledMad(rest));
        var far = left.Where(i => scale > 0 && Math.Abs(values[i] - median) > 3 * scale).ToArray();
        return far.Length >= 2 ? far : [];
    }
}
