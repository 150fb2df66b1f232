using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>Every reason why an evaluation input cannot be evaluated.</summary>
public static class EvaluationInputRules
{
    /// <summary>The covariances of the deviations are n² figures; no comparison comes near this.</summary>
    public const int MostResults = 2000;

    public static IEnumerable<Refusal> Refusals(EvaluationInput input)
    {
        if (input.Points.Count == 0)
            yield return new("evaluation-no-points", "Points");
        if (input.Results.Count == 0)
            yield return new("evaluation-no-results", "Results");
        foreach (var code in Repeated(input.Laboratories.Select(l => l.Code)))
            yield return new("evaluation-laboratory-twice", "Laboratories", code);
        foreach (var id in Repeated(input.Points.Select(p => p.Id)))
            yield return new("evaluation-point-twice", "Points", id);
        foreach (var point in input.Results.GroupBy(r => r.Point).Where(g => g.Count() > MostResults))
            yield return new("evaluation-too-many", "Results", point.Key, point.Count(), MostResults);
        if (input.Laboratories.Count(l => l.IsPilot) > 1)
            yield return new("evaluation-one-pilot", "Laboratories", string.Join(", ", input.Laboratories.Where(l => l.IsPilot).Select(l => l.Code)));
        foreach (var refusal in OfOptions(input.Options).Concat(OfResults(input)))
            yield return refusal;
    }

    private static IEnumerable<Refusal> OfOptions(EvaluationOptions options)
    {
        if (!(double.IsFinite(options.CoverageFactor) && options.CoverageFactor > 0))
            yield return new("evaluation-factor", "Options.CoverageFactor", options.CoverageFactor);
        if (options.ConsistencyLevel is not (> 0 and < 1))
            yield return new("evaluation-level", "Options.ConsistencyLevel", options.ConsistencyLevel);
        if (options.OutlierLevel is not (> 0 and < 1))
            yield return new("evaluation-level", "Options.OutlierLevel", options.OutlierLevel);
        if (options.RequiredShare is not (> 0 and <= 1))
            yield return new("evaluation-share", "Options.RequiredShare", options.RequiredShare);
        if (options.PowerAlpha is { } alpha && alpha is not (>= 0 and <= 2))
            yield return new("evaluation-alpha", "Options.PowerAlpha", alpha);
        foreach (var (field, value) in new[] { ("PowerOutlierFactor", options.PowerOutlierFactor), ("HuberTuning", options.HuberTuning), ("TauPriorScale", options.TauPriorScale) })
        {
            if (value is { } given && !(double.IsFinite(given) && given > 0))
                yield return new("evaluation-positive", $"Options.{field}", given);
        }
    }

    private static IEnumerable<Refusal> OfResults(EvaluationInput input)
    {
        var laboratories = input.Laboratories.Select(l => l.Code).ToHashSet();
        var pilots = input.Laboratories.Where(l => l.IsPilot).Select(l => l.Code).ToHashSet();
        var points = input.Points.Select(p => p.Id).ToHashSet();
        var seen = new HashSet<(string, string, string?)>();
        for (var i = 0; i < input.Results.Count; i++)
        {
            var result = input.Results[i];
            string Field(string name) => $"Results[{i}].{name}";
            if (!laboratories.Contains(result.Laboratory))
                yield return new("evaluation-laboratory-unknown", Field("Laboratory"), result.Laboratory);
            if (!points.Contains(result.Point))
                yield return new("evaluation-point-unknown", Field("Point"), result.Point, string.Join(", ", points));
            if (!seen.Add((result.Laboratory, result.Point, pilots.Contains(result.Laboratory) ? result.TransferStandard : null)))
                yield return new("evaluation-result-twice", Field("Laboratory"), result.Laboratory, result.Point);
            if (!double.IsFinite(result.Value))
                yield return new("evaluation-value", Field("Value"), result.ValueText);
            if (!(double.IsFinite(result.ExpandedUncertainty) && result.ExpandedUncertainty > 0))
                yield return new("evaluation-uncertainty", Field("ExpandedUncertainty"), result.UncertaintyText);
            if (result.CoverageFactor is null && result.CoverageProbability is null)
                yield return new("evaluation-coverage-missing", Field("CoverageFactor"), result.Laboratory, result.Point);
            if (result.CoverageFactor is { } k && !(double.IsFinite(k) && k > 0))
                yield return new("evaluation-factor", Field("CoverageFactor"), k);
            if (result.CoverageProbability is { } p && p is not (> 0 and < 1))
                yield return new("evaluation-probability", Field("CoverageProbability"), p);
            if (result.DegreesOfFreedom is { } nu && !(nu > 0))
                yield return new("evaluation-freedom", Field("DegreesOfFreedom"), nu);
            if (new[] { result.Transfer.Homogeneity, result.Transfer.Stability, result.Transfer.Transport }.Any(u => !(double.IsFinite(u) && u >= 0)))
                yield return new("evaluation-transfer", Field("Transfer"), result.Laboratory);
        }
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) => names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key);
}
