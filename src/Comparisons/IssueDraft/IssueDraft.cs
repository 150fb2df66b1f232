using Microsoft.AspNetCore.Http;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>The pilot laboratory's words for a draft report.</summary>
public sealed record DraftReportRequest
{
    public string? Conclusion { get; set; }
    public string? ConclusionEn { get; set; }
    public string? Advice { get; set; }
    public string? AdviceEn { get; set; }
    public int? Version { get; set; }
}

public sealed record DraftReportReceipt(string Comparison, int Number, DateTimeOffset CommentsDue);

/// <summary>发出征求意见稿: makes the draft report from the latest evaluation and sends it to the participants for comment.</summary>
public sealed class IssueDraft(PlumblineDb db, TimeProvider clock, Rules rules, ReportMaking making, Notices notices, LocalTime time)
{
    public async Task<Outcome<DraftReportReceipt>> RunAsync(string code, DraftReportRequest request, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonWithResultsAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (!actor.HasAny(comparison.PilotId, Role.PilotCoordinator))
            return OutcomeKind.Forbidden;
        if (request.Version is { } version && version != comparison.Version)
            return OutcomeKind.Conflict;
        var evaluation = await db.LatestEvaluationAsync(comparison.Id, cancel);
        var present = evaluation is null ? null : await PresentAsync(comparison, evaluation, cancel);
        if (IssueDraftRules.Refusals(comparison, request, evaluation, present).ToArray() is { Length: > 0 } refusals)
            return refusals;

        var now = clock.GetUtcNow();
        var days = await rules.Get("CMP.comment-days", cancel: cancel);
        var latest = await db.LatestReportAsync(comparison.Id, cancel);
        var report = new Report
        {
            Id = Guid.CreateVersion7(now), ComparisonId = comparison.Id, EvaluationId = evaluation!.Id, Number = (latest?.Number ?? 0) + 1, IsFinal = false,
            CommentsDue = time.EndOf(time.Day(now).AddDays(days.WholeAmount)), Conclusion = request.Conclusion!.Trim(), ConclusionEn = Blank(request.ConclusionEn),
            Advice = Blank(request.Advice), AdviceEn = Blank(request.AdviceEn), CreatedBy = actor.Name, CreatedAt = now,
        };
        var files = await making.IssueAsync(await making.ModelAsync(comparison, evaluation, ReportKind.Draft, report, cancel), now, cancel);
        if (!files.Accepted)
            return files.Refusals.ToArray();
        report.Files.AddRange(files.Value!);
        db.Reports.Add(report);
        db.ComparisonEvents.Add(comparison.Move("issue-draft", actor, now, $"{report.Number}"));
        foreach (var participant in comparison.Confirmed.Where(p => !p.IsPilot))
            await notices.AddToRoleAsync(participant.OrganisationId, [Role.TechnicalContact, Role.QualityContact], "comparison-draft-report", $"/comparisons/{comparison.Code}/report",
                [comparison.Code, new Bilingual(comparison.Title, comparison.TitleEn), report.CommentsDue], cancel);
        return await db.TrySaveAsync(cancel) ? new DraftReportReceipt(comparison.Code, report.Number, report.CommentsDue.Value) : OutcomeKind.Conflict;
    }

    private async Task<EvaluationInput> PresentAsync(Comparison comparison, Evaluation evaluation, CancellationToken cancel)
    {
        var stored = EvaluationInput.FromJson(evaluation.Input);
        return await db.EvaluationInputAsync(comparison, stored.ReasonForOptions is null ? null : stored.Options, stored.ReasonForOptions, cancel);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static async Task<IResult> Post(string code, DraftReportRequest request, IssueDraft handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, request, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored, statusCode: StatusCodes.Status201Created));
}

internal static class IssueDraftRules
{
    public static IEnumerable<Refusal> Refusals(Comparison comparison, DraftReportRequest request, Evaluation? evaluation, EvaluationInput? present)
    {
        if (comparison.State != ComparisonState.Evaluating)
            yield return new("draft-state", null, comparison.State);
        if (evaluation is null)
            yield return new("draft-not-evaluated");
        else if (present!.Hash() != evaluation.InputSha256)
            yield return new("draft-outdated", null, evaluation.Number);
        if (string.IsNullOrWhiteSpace(request.Conclusion))
            yield return new("draft-conclusion", "Conclusion");
        foreach (var (field, text) in new[] { ("Conclusion", request.Conclusion), ("ConclusionEn", request.ConclusionEn), ("Advice", request.Advice), ("AdviceEn", request.AdviceEn) })
            if (text?.Length > 20_000)
                yield return new("text-too-long", field, text.Length, 20_000);
    }
}
