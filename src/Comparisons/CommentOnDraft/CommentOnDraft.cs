using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

public sealed record CommentRequest
{
    public string? Text { get; set; }
    /// <summary>The laboratory has no objection.</summary>
    public bool Agrees { get; set; }
}

public sealed record AnswerRequest
{
    public Guid CommentId { get; set; }
    public string? Text { get; set; }
}

public sealed record CommentReceipt(Guid Id, string Laboratory, string Text, bool Agrees, string WrittenBy, DateTimeOffset WrittenAt, Guid? AnswerTo);

/// <summary>对征求意见稿提出意见: what a participant says about the draft report, and what the pilot laboratory answers.</summary>
public sealed class CommentOnDraft(PlumblineDb db, TimeProvider clock, Notices notices)
{
    public async Task<Outcome<CommentReceipt>> RunAsync(string code, CommentRequest request, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (actor.ParticipationsOf(comparison).FirstOrDefault(p => !p.IsPilot && p.State == ParticipantState.Confirmed) is not { } participant)
            return OutcomeKind.Forbidden;
        var (report, now) = (await db.LatestReportAsync(comparison.Id, cancel), clock.GetUtcNow());
        if (CommentRules.Refusals(comparison, report, request, now).ToArray() is { Length: > 0 } refusals)
            return refusals;
        var comment = new ReportComment
        {
            Id = Guid.CreateVersion7(now), ReportId = report!.Id, ParticipantId = participant.Id, Text = request.Text?.Trim() ?? "", Agrees = request.Agrees, WrittenBy = actor.Name, WrittenAt = now,
        };
        db.ReportComments.Add(comment);
        if (!request.Agrees)
            await notices.AddToRoleAsync(comparison.PilotId, [Role.PilotCoordinator], "comparison-comment", $"/comparisons/{comparison.Code}/report/comments",
                [comparison.Code, new Bilingual(comparison.Title, comparison.TitleEn), InputOfComparison.CodeOf(comparison, participant)], cancel);
        await db.SaveChangesAsync(cancel);
        return Receipt(comparison, comment);
    }

    public async Task<Outcome<CommentReceipt>> AnswerAsync(string code, AnswerRequest request, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (!actor.HasAny(comparison.PilotId, Role.PilotCoordinator))
            return OutcomeKind.Forbidden;
        var reports = db.Reports.Where(r => r.ComparisonId == comparison.Id).Select(r => r.Id);
        var comment = await db.ReportComments.AsNoTracking().FirstOrDefaultAsync(c => c.Id == request.CommentId && c.AnswerTo == null && reports.Contains(c.ReportId), cancel);
        if (comment is null)
            return OutcomeKind.NotFound;
        var answered = await db.ReportComments.AnyAsync(c => c.AnswerTo == comment.Id, cancel);
        if (CommentRules.OfAnswer(comparison, request, answered).ToArray() is { Length: > 0 } refusals)
            return refusals;
        var now = clock.GetUtcNow();
        var answer = new ReportComment
        {
            Id = Guid.CreateVersion7(now), ReportId = comment.ReportId, ParticipantId = comment.ParticipantId, AnswerTo = comment.Id, Text = request.Text!.Trim(), WrittenBy = actor.Name, WrittenAt = now,
        };
        db.ReportComments.Add(answer);
        var organisation = comparison.Participants.First(p => p.Id == comment.ParticipantId).OrganisationId;
        await notices.AddToRoleAsync(organisation, [Role.TechnicalContact, Role.QualityContact], "comparison-answer", $"/comparisons/{comparison.Code}/report/comments",
            [comparison.Code, new Bilingual(comparison.Title, comparison.TitleEn)], cancel);
        await db.SaveChangesAsync(cancel);
        return Receipt(comparison, answer);
    }

    /// <summary>Every comment on the latest report: participants see their own and its answers, the other sides see all.</summary>
    public async Task<Outcome<IReadOnlyList<CommentReceipt>>> ReadAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.TakesPart(comparison) || await db.LatestReportAsync(comparison.Id, cancel) is null)
            return OutcomeKind.NotFound;
        var all = actor.IsPilot(comparison) || actor.IsOrganiser(comparison) || actor.IsRegulator(comparison);
        var own = comparison.Participants.Where(p => actor.BelongsTo(p.OrganisationId)).Select(p => p.Id).ToArray();
        var reports = db.Reports.Where(r => r.ComparisonId == comparison.Id).Select(r => r.Id);
        var comments = await db.ReportComments.AsNoTracking().Where(c => reports.Contains(c.ReportId) && (all || own.Contains(c.ParticipantId))).ToListAsync(cancel);
        return comments.OrderBy(c => c.WrittenAt).Select(c => Receipt(comparison, c)).ToList();
    }

    private static CommentReceipt Receipt(Comparison comparison, ReportComment comment) =>
        new(comment.Id, InputOfComparison.CodeOf(comparison, comparison.Participants.First(p => p.Id == comment.ParticipantId)), comment.Text, comment.Agrees, comment.WrittenBy, comment.WrittenAt, comment.AnswerTo);

    internal static async Task<IResult> Post(string code, CommentRequest request, CommentOnDraft handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, request, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored, statusCode: StatusCodes.Status201Created));

    internal static async Task<IResult> PostAnswer(string code, AnswerRequest request, CommentOnDraft handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.AnswerAsync(code, request, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored, statusCode: StatusCodes.Status201Created));

    internal static async Task<IResult> Get(string code, CommentOnDraft handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.ReadAsync(code, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored));
}

internal static class CommentRules
{
    public static IEnumerable<Refusal> Refusals(Comparison comparison, Report? report, CommentRequest request, DateTimeOffset now)
    {
        if (comparison.State != ComparisonState.DraftReport || report is not { IsFinal: false })
            yield return new("comment-state", null, comparison.State);
        else if (now > report.CommentsDue)
            yield return new("comment-late", null, report.CommentsDue);
        if (!request.Agrees && string.IsNullOrWhiteSpace(request.Text))
            yield return new("comment-text", "Text");
        if (request.Text?.Length > 5000)
            yield return new("text-too-long", "Text", request.Text.Length, 5000);
    }

    public static IEnumerable<Refusal> OfAnswer(Comparison comparison, AnswerRequest request, bool answered)
    {
        if (comparison.State is not (ComparisonState.DraftReport or ComparisonState.Evaluating))
            yield return new("comment-state", null, comparison.State);
        if (answered)
            yield return new("comment-answered");
        if (string.IsNullOrWhiteSpace(request.Text))
            yield return new("comment-answer-text", "Text");
        if (request.Text?.Length > 5000)
            yield return new("text-too-long", "Text", request.Text.Length, 5000);
    }
}
