using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>What somebody may know of the packages of a comparison.</summary>
public sealed record ReceivedResults(Comparison Comparison, bool Opened, IReadOnlyList<ReceivedPackage> Packages)
{
    public int Received => Packages.Count(p => p.Versions > 0);
}

/// <summary>One laboratory's package.</summary>
/// <param name="Name">Null where only the code may be told.</param>
/// <param name="LaboratoryCode">Null where only the name may be told: which code is whose the pilot laboratory alone knows.</param>
/// <param name="Versions">How often it was handed in; 0 when nothing was received.</param>
/// <param name="Submissions">Every version, the latest first; empty for whoever may not read them.</param>
public sealed record ReceivedPackage(Participant Participant, string? Name, string? LaboratoryCode, int Versions, DateTimeOffset? ReceivedAt, IReadOnlyList<Submission> Submissions);

/// <summary>A laboratory's own version with the proof of it.</summary>
/// <param name="LogEntry">The commitment's entry in the public log; null while it is on its way, which takes seconds.</param>
public sealed record OwnPackage(Comparison Comparison, Participant Participant, Submission Submission, string Content, bool Intact, long? LogEntry);

/// <summary>已收到的结果: before the opening who has handed in, after it what; to everybody only as much as <see cref="ComparisonAccess.MayReadResults"/> allows.</summary>
public sealed class ReadResults(PlumblineDb db)
{
    public async Task<Outcome<ReceivedResults>> RunAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        var watches = actor.IsPilot(comparison) || actor.IsOrganiser(comparison) || actor.IsRegulator(comparison);
        var readable = (await db.ReadResultsAsync(comparison, actor, cancel)).ToDictionary(p => p.Id);
        if (!watches && readable.Count == 0)
            return OutcomeKind.Forbidden;
        var shown = comparison.Confirmed.Where(p => watches || readable.ContainsKey(p.Id)).ToArray();
        var ids = shown.Select(p => p.Id).ToArray();
        var counts = await db.Submissions.Where(s => ids.Contains(EF.Property<Guid>(s, "ParticipantId"))).GroupBy(s => EF.Property<Guid>(s, "ParticipantId"))
            .Select(g => new { g.Key, Versions = g.Count(), At = g.Max(s => s.SubmittedAt) }).ToDictionaryAsync(g => g.Key, cancel);
        var organisations = shown.Select(p => p.OrganisationId).ToArray();
        var names = await db.Organisations.AsNoTracking().Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => Texts.Pick(o.Name, o.NameEn), cancel);
        return new ReceivedResults(comparison, comparison.State >= ComparisonState.Evaluating && comparison.State != ComparisonState.Cancelled,
            [.. shown.Select(p => Package(p)).OrderBy(p => p.LaboratoryCode ?? p.Name, StringComparer.Ordinal)]);

        ReceivedPackage Package(Participant participant)
        {
            var values = readable.GetValueOrDefault(participant.Id);
            var count = counts.GetValueOrDefault(participant.Id);
            var pairs = actor.MayPair(comparison, participant);
            return new(participant, pairs || values is null ? names[participant.OrganisationId] : null, pairs || values is not null ? participant.LaboratoryCode : null, count?.Versions ?? 0, count?.At,
                [.. values?.Submissions.OrderByDescending(s => s.Version) ?? Enumerable.Empty<Submission>()]);
        }
    }

    /// <summary>One version of the actor's own laboratory, or of one whose raw package the actor audits.</summary>
    public async Task<Outcome<OwnPackage>> OwnAsync(string code, Guid participantId, int version, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        var participant = comparison?.Participants.SingleOrDefault(p => p.Id == participantId);
        if (participant is null || !(actor.ParticipationsOf(comparison!).Contains(participant) || actor.Has(Role.Auditor, participant.OrganisationId)))
            return OutcomeKind.NotFound;
        var submission = (await db.ReadResultsAsync(comparison!, actor, cancel)).Where(p => p.Id == participantId).SelectMany(p => p.Submissions).SingleOrDefault(s => s.Version == version);
        if (submission is null)
            return OutcomeKind.NotFound;
        // The commitment is the first that the log is told of a submission.
        var entry = await db.LogEntries.Where(e => e.SubjectId == submission.Id).OrderBy(e => e.Sequence).Select(e => e.LeafIndex).FirstOrDefaultAsync(cancel);
        return new OwnPackage(comparison!, participant, submission, Commitment.ContentOf(comparison!, participant, submission), Commitment.Verify(comparison!, participant, submission), entry);
    }

    internal static async Task<IResult> Get(string code, ReadResults handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, actor, cancel)).ToHttp(texts, found => Results.Ok(ResultsAnswer.Of(found)));

    internal static async Task<IResult> GetOwn(string code, Guid participant, int version, ReadResults handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.OwnAsync(code, participant, version, actor, cancel)).ToHttp(texts, own => Results.Ok(ReceiptAnswer.Of(own)));
}
