namespace Plumbline.Comparisons;

/// <summary>The evaluation input that a comparison's records amount to. Laboratories are codes here: an input names nobody.</summary>
public static class InputOfComparison
{
    /// <param name="comparison">With points, participants and every version of their results.</param>
    /// <param name="tests">Every test of its transfer standards.</param>
    /// <param name="options">Null for those of the protocol.</param>
    /// <param name="reason">Why they are not.</param>
    /// <param name="draftIssued">When the first draft report went out: what was submitted later is shown, not counted.</param>
    public static EvaluationInput Make(Comparison comparison, IReadOnlyList<PreparationTest> tests, EvaluationOptions? options = null, string? reason = null, DateTimeOffset? draftIssued = null)
    {
        var laboratories = comparison.Confirmed.OrderByDescending(p => p.IsPilot).ThenBy(p => p.LaboratoryCode, StringComparer.Ordinal).ThenBy(p => p.Id).ToArray();
        var series = Series(comparison, laboratories).ToArray();
        return new()
        {
            Comparison = new()
            {
                Code = comparison.Code, Title = comparison.Title, TitleEn = comparison.TitleEn, Quantity = comparison.Quantity, QuantityEn = comparison.QuantityEn, Unit = comparison.Unit, Source = comparison.DataSource,
            },
            Options = options ?? comparison.Options,
            ReasonForOptions = reason,
            Points = [.. series.Select(s => s.Input)],
            Laboratories = [.. laboratories.Select((p, i) => new InputLaboratory { Code = CodeOf(p, i), IsPilot = p.IsPilot })],
            Results = [.. laboratories.SelectMany((p, i) => series.SelectMany(s => Results(comparison, p, CodeOf(p, i), s, tests, draftIssued)))],
            Returns = [.. series.SelectMany(s => tests.Where(t => t.Kind == PreparationKind.PilotReturn && t.PointId == s.Point.Id && (s.Standard is null || t.TransferStandardId == s.Standard))
                .GroupBy(t => t.TransferStandardId).OrderBy(g => Ordinal(comparison, g.Key)).SelectMany(g => PilotReturns.Of(g, s.Input.Id, NameOf(comparison, g.Key))))],
        };
    }

    /// <summary>The code by which an input calls a participant.</summary>
    public static string CodeOf(Comparison comparison, Participant participant)
    {
        var ordered = comparison.Confirmed.OrderByDescending(p => p.IsPilot).ThenBy(p => p.LaboratoryCode, StringComparer.Ordinal).ThenBy(p => p.Id).ToList();
        return CodeOf(participant, ordered.IndexOf(participant));
    }

    private static string CodeOf(Participant participant, int index) => participant.LaboratoryCode ?? (participant.IsPilot ? "P" : $"L{index:00}");

    /// <summary>What is compared: a point; or, where laboratories measure several transfer standards, a point of one of them.</summary>
    private sealed record CompareSeries(MeasurementPoint Point, Guid? Standard, InputPoint Input);

    private static IEnumerable<CompareSeries> Series(Comparison comparison, IReadOnlyList<Participant> laboratories)
    {
        var several = laboratories.Where(p => !p.IsPilot).Any(p => p.Latest is { } latest && latest.Results.GroupBy(r => r.PointId).Any(g => g.Count() > 1));
        foreach (var point in comparison.Points.OrderBy(p => p.Ordinal))
        {
            if (!several)
            {
                yield return new(point, null, PointOf($"{point.Ordinal}", point, null));
                continue;
            }
            foreach (var standard in comparison.TransferStandards.OrderBy(s => s.Ordinal))
                yield return new(point, standard.Id, PointOf($"{point.Ordinal}.{standard.Ordinal}", point, standard));
        }
    }

    private static InputPoint PointOf(string id, MeasurementPoint point, TransferStandard? standard) => new()
    {
        Id = id,
        Label = standard is null ? point.Label : $"{point.Label} · {standard.Name}",
        LabelEn = (point.LabelEn, standard) switch { (null, null) => null, (_, null) => point.LabelEn, _ => $"{point.LabelEn ?? point.Label} · {standard.NameEn ?? standard.Name}" },
        NominalText = point.NominalText,
        TargetUncertainty = point.TargetUncertainty,
    };

    private static IEnumerable<InputResult> Results(Comparison comparison, Participant participant, string code, CompareSeries series, IReadOnlyList<PreparationTest> tests, DateTimeOffset? draftIssued)
    {
        var counted = participant.Submissions.Where(s => draftIssued is null || s.SubmittedAt < draftIssued).OrderBy(s => s.Version).ToArray();
        if (counted.Length == 0)
            yield break;
        foreach (var result in counted[^1].Results.Where(r => Belongs(r, series)).OrderBy(r => Ordinal(comparison, r.TransferStandardId)))
        {
            var standard = result.TransferStandardId ?? (comparison.TransferStandards.Count == 1 ? comparison.TransferStandards[0].Id : null);
            yield return new()
            {
                Laboratory = code, Point = series.Input.Id, TransferStandard = NameOf(comparison, standard),
                ValueText = result.ValueText, Value = result.Value, UncertaintyText = result.UncertaintyText, ExpandedUncertainty = result.ExpandedUncertainty,
                CoverageFactor = result.CoverageFactor, CoverageProbability = result.CoverageProbability, DegreesOfFreedom = result.DegreesOfFreedom, MeasuredOn = result.MeasuredOn,
                Transfer = TermsOf(tests, series.Point.Id, standard, participant.IsPilot),
                Corrections = [.. Corrections(participant, result, series, draftIssued)],
            };
        }
    }

    private static IEnumerable<ResultCorrection> Corrections(Participant participant, PointResult result, CompareSeries series, DateTimeOffset? draftIssued)
    {
        PointResult? before = null;
        foreach (var submission in participant.Submissions.OrderBy(s => s.Version))
        {
            var now = submission.Results.FirstOrDefault(r => Belongs(r, series) && r.TransferStandardId == result.TransferStandardId);
            var taken = draftIssued is null || submission.SubmittedAt < draftIssued;
            if (before is not null && now is not null && (now.ValueText != before.ValueText || now.UncertaintyText != before.UncertaintyText))
                yield return new(taken ? before.ValueText : now.ValueText, taken ? before.UncertaintyText : now.UncertaintyText, submission.SubmittedAt, submission.ReasonForChange ?? "", submission.AfterOpening, taken);
            if (taken)
                before = now ?? before;
        }
    }

    /// <summary>The latest test of each kind; the pilot laboratory's own result needs no journey.</summary>
    private static TransferTerms TermsOf(IReadOnlyList<PreparationTest> tests, Guid point, Guid? standard, bool isPilot)
    {
        double Of(PreparationKind kind) => tests.Where(t => t.Kind == kind && t.PointId == point && (standard is null || t.TransferStandardId == standard)).MaxBy(t => t.EnteredAt)?.StandardUncertainty ?? 0;
        return isPilot ? TransferTerms.None : new(Of(PreparationKind.Homogeneity), Of(PreparationKind.Stability), Of(PreparationKind.Transport));
    }

    private static bool Belongs(PointResult result, CompareSeries series) => result.PointId == series.Point.Id && (series.Standard is null || result.TransferStandardId == series.Standard);

    private static int Ordinal(Comparison comparison, Guid? standard) => comparison.TransferStandards.FirstOrDefault(s => s.Id == standard)?.Ordinal ?? 0;

    private static string? NameOf(Comparison comparison, Guid? standard) =>
        comparison.TransferStandards.Count < 2 ? null : comparison.TransferStandards.FirstOrDefault(s => s.Id == standard) is { } found ? $"{found.Ordinal}" : null;
}
