using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

public sealed record PublishRequest
{
    public string? Note { get; set; }
    public int? Version { get; set; }
}

/// <param name="Against">What still stands against the publication; empty when nothing does.</param>
public sealed record PublishReview(IReadOnlyList<Refusal> Against);

public sealed record PublishReceipt(string Comparison, int Number, DateTimeOffset PublishedAt, IReadOnlyDictionary<string, string> Sha256);

/// <summary>发布: the organiser makes the draft, its comments answered, the final report and opens it to everybody.</summary>
public sealed class PublishReport(PlumblineDb db, TimeProvider clock, ReportMaking making, Notices notices, PublicPages pages)
{
    /// <summary>What still stands against it.</summary>
    public async Task<Outcome<PublishReview>> ReviewAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        return actor.IsOrganiser(comparison) ? new PublishReview(await RefusalsAsync(comparison, cancel)) : OutcomeKind.Forbidden;
    }

    public async Task<Outcome<PublishReceipt>> RunAsync(string code, PublishRequest request, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonWithResultsAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (!actor.IsOrganiser(comparison))
            return OutcomeKind.Forbidden;
        if (request.Version is { } version && version != comparison.Version)
            return OutcomeKind.Conflict;
        if (await RefusalsAsync(comparison, cancel) is { Count: > 0 } refusals)
            return refusals.ToArray();

        var now = clock.GetUtcNow();
        var draft = (await db.LatestReportAsync(comparison.Id, cancel))!;
        var evaluation = await db.Evaluations.AsNoTracking().SingleAsync(e => e.Id == draft.EvaluationId, cancel);
        var report = new Report
        {
            Id = Guid.CreateVersion7(now), ComparisonId = comparison.Id, EvaluationId = draft.EvaluationId, Number = draft.Number + 1, IsFinal = true, Conclusion = draft.Conclusion,
            ConclusionEn = draft.ConclusionEn, Advice = draft.Advice, AdviceEn = draft.AdviceEn, CreatedBy = actor.Name, CreatedAt = now,
        };
        var files = await making.IssueAsync(await making.ModelAsync(comparison, evaluation, ReportKind.Final, report, cancel), now, cancel);
        if (!files.Accepted)
            return files.Refusals.ToArray();
        report.Files.AddRange(files.Value!);
        db.Reports.Add(report);
        db.ComparisonEvents.Add(comparison.Move("publish", actor, now, string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim()));
        foreach (var participant in comparison.Confirmed)
            await notices.AddToRoleAsync(participant.OrganisationId, [Role.TechnicalContact, Role.QualityContact, Role.PilotCoordinator], "comparison-published", $"/comparisons/{comparison.Code}/report",
                [comparison.Code, new Bilingual(comparison.Title, comparison.TitleEn)], cancel);
        if (!await db.TrySaveAsync(cancel))
            return OutcomeKind.Conflict;
        await pages.ForgetAsync(cancel);
        return new PublishReceipt(comparison.Code, report.Number, now, report.Files.ToDictionary(f => $"{f.Language}.{f.Format}", f => f.Sha256));
    }

    private async Task<List<Refusal>> RefusalsAsync(Comparison comparison, CancellationToken cancel)
    {
        var draft = await db.LatestReportAsync(comparison.Id, cancel);
        var reports = db.Reports.Where(r => r.ComparisonId == comparison.Id).Select(r => r.Id);
        var comments = await db.ReportComments.AsNoTracking().Where(c => reports.Contains(c.ReportId)).ToListAsync(cancel);
        return [.. PublishRules.Refusals(comparison, draft, comments, clock.GetUtcNow())];
    }

    internal static async Task<IResult> Post(string code, PublishRequest? request, PublishReport handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, request ?? new(), actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored, statusCode: StatusCodes.Status201Created));
}

internal static class PublishRules
{
    public static IEnumerable<Refusal> Refusals(Comparison comparison, Report? draft, IReadOnlyList<ReportComment> comments, DateTimeOffset now)
    {
        if (comparison.State != ComparisonState.DraftReport || draft is null)
        {
            yield return new("publish-state", null, comparison.State);
            yield break;
        }
        var agreed = comments.Where(c => c.ReportId == draft.Id && c.Agrees).Select(c => c.ParticipantId).ToHashSet();
        var waiting = comparison.Confirmed.Count(p => !p.IsPilot && !agreed.Contains(p.Id));
        if (now <= draft.CommentsDue && waiting > 0)
            yield return new("publish-comments-open", null, draft.CommentsDue, waiting);
        var answered = comments.Select(c => c.AnswerTo).ToHashSet();
        if (comments.Count(c => c.AnswerTo is null && !c.Agrees && !answered.Contains(c.Id)) is > 0 and var open)
            yield return new("publish-unanswered", null, open);
    }
}
