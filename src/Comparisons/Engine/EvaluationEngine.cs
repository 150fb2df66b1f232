using Plumbline.Numerics;

namespace Plumbline.Comparisons;

/// <summary>数据评价: from results to reference values, degrees of equivalence and scores (JJF 1117; Cox, Metrologia 39 (2002) 589). Pure: no clock, no chance, no I/O.</summary>
public static class EvaluationEngine
{
    /// <summary>Changes whenever a digit could change. Stored with every evaluation.</summary>
    public const string Version = "1.0";

    /// <summary>Above so many laboratories the pairwise matrix is left out: n² figures serve nobody.</summary>
    public const int MostPairs = 60;

    /// <summary>The methods whose values stand beside the chosen one's in every report.</summary>
    private static readonly ReferenceMethod[] Compared =
    [
        ReferenceMethod.PilotValue, ReferenceMethod.WeightedMean, ReferenceMethod.LargestConsistentSubset, ReferenceMethod.ArithmeticMean, ReferenceMethod.Median,
        ReferenceMethod.AlgorithmA, ReferenceMethod.DerSimonianLaird, ReferenceMethod.MandelPaule,
    ];

    /// <param name="input">Free of refusals by <see cref="EvaluationInputRules"/>.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static EvaluationResult Run(EvaluationInput input)
    {
        if (EvaluationInputRules.Refusals(input).FirstOrDefault() is { } refusal)
            throw new ArgumentException($"The input is refused: {refusal.Code} ({refusal.Field}).", nameof(input));
        var warnings = new List<EvaluationWarning>();
        var points = input.Points.Select(point => EvaluatePoint(input, point, warnings)).ToArray();
        var verdicts = input.Laboratories.Select(l => OverPoints(input.Options, l, points)).ToArray();
        if (points.Length > 1)
            warnings.Add(new EvaluationWarning("multiplicity", null, null, $"{points.Length}", $"{100 * ChanceOfFalseAlarm(points.Length):0}"));
        return new() { EngineVersion = Version, InputSha256 = input.Hash(), Points = points, Laboratories = verdicts, Warnings = warnings };
    }

    private static PointEvaluation EvaluatePoint(EvaluationInput input, InputPoint point, List<EvaluationWarning> warnings)
    {
        var options = input.Options;
        var (readings, drift) = Readings.Of(input, point, warnings);
        var outliers = Outliers.Find(readings, options, point, warnings);
        var excluded = options.ExcludeOutliers ? outliers.Where(t => t.IsOutlier).Select(t => t.Laboratory).ToHashSet() : [];
        var reference = ReferenceValue.Of(input, point, readings, excluded, options.Method, warnings);
        var flagged = outliers.Where(t => t.IsOutlier).Select(t => t.Laboratory).ToHashSet();
        return new()
        {
            Point = point.Id,
            Laboratories = Deviations.Of(readings, reference, point, options, flagged, warnings),
            OutlierTests = outliers,
            Reference = reference?.Figures,
            Consistency = reference?.Consistency,
            Pairs = Pairs(readings, options),
            Drift = drift,
            OtherMethods = [.. Compared.Where(m => m != options.Method && (m != ReferenceMethod.LargestConsistentSubset || readings.Count <= MostPairs))
                .Select(m => ReferenceValue.Of(input, point, readings, excluded, m, [])?.Figures)
                .OfType<ReferenceFigures>().Select(f => new MethodFigures(f.Method, f.Value, f.StandardUncertainty, f.Tau))],
        };
    }

    private static PairwiseFigures? Pairs(IReadOnlyList<Reading> readings, EvaluationOptions options)
    {
        if (readings.Count is < 2 or > MostPairs)
            return null;
        var pairs = DegreesOfEquivalence.Pairwise([.. readings.Select(r => r.Value)], [.. readings.Select(r => r.Combined)], options.CoverageFactor);
        return new([.. readings.Select(r => r.Laboratory.Code)], Rows(pairs.Differences), Rows(pairs.ExpandedUncertainties));
    }

    private static double[][] Rows(double[,] matrix) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(i => Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j]).ToArray())];

    private static LaboratoryVerdict OverPoints(EvaluationOptions options, InputLaboratory laboratory, IReadOnlyList<PointEvaluation> points)
    {
        var figures = points.Select(p => p.Laboratories.FirstOrDefault(l => l.Laboratory == laboratory.Code)).ToArray();
        var scored = figures.Where(f => f?.En is not null).Select(f => f!).ToArray();
        var good = scored.Count(f => f.Verdict == Verdict.Satisfactory);
        return new()
        {
            Laboratory = laboratory.Code,
            Verdict = scored.Length == 0 ? Verdict.NotEvaluable : good >= options.RequiredShare * scored.Length - 1e-9 ? Verdict.Satisfactory : Verdict.Unsatisfactory,
            Scored = scored.Length,
            Satisfactory = good,
            Missing = figures.Count(f => f is null),
            LargestEn = scored.Length == 0 ? null : scored.MaxBy(f => Math.Abs(f.En!.Value))!.En,
            ChanceOfFalseAlarm = scored.Length > 1 ? ChanceOfFalseAlarm(scored.Length) : null,
        };
    }

    private static double ChanceOfFalseAlarm(int scores) => 1 - Math.Pow(0.95, scores);
}
