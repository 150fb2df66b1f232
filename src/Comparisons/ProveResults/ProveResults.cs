using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>The commitments of a comparison as the reader may have them, and what they prove.</summary>
/// <param name="File">What is downloaded; without contents until the report is published.</param>
/// <param name="Findings">What the check of the file says, as anybody may repeat it.</param>
/// <param name="Waiting">Submissions that the log does not have yet.</param>
internal sealed record ProvenResults(Comparison Comparison, CommitmentFile File, IReadOnlyList<Finding> Findings, int Waiting);

/// <summary>结果核验: shows from the public log that no result was changed or added after the opening. Before publication to those who take part, then to everybody.</summary>
internal sealed class ProveResults(PlumblineDb db, LogHost log)
{
    public async Task<Outcome<ProvenResults>> RunAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonWithResultsAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        var published = comparison.State == ComparisonState.Published;
        if (!published && (!actor.TakesPart(comparison) || !comparison.IsOpened))
            return OutcomeKind.NotFound;
        var (results, waiting) = (new List<(long Index, CommittedResult Result)>(), 0);
        foreach (var participant in comparison.Confirmed)
        {
            foreach (var submission in participant.Submissions.Where(s => !s.AfterOpening))
            {
                if (await FindAsync(comparison, participant, submission, published, cancel) is { } found)
                    results.Add(found);
                else
                    waiting++;
            }
        }
        var file = new CommitmentFile(comparison.Code, comparison.ResultsDue, [.. results.OrderBy(r => r.Index).Select(r => r.Result)]);
        return new ProvenResults(comparison, file, results.Count == 0 ? [] : CommitmentCheck.Check(file, log.Policy), waiting);
    }

    internal static async Task<IResult> Download(string code, ProveResults handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, actor, cancel)).ToHttp(texts, found => Results.File(found.File.Write(), "application/json", $"{found.Comparison.Code}-commitments.json"));

    private async Task<(long, CommittedResult)?> FindAsync(Comparison comparison, Participant participant, Submission submission, bool published, CancellationToken cancel)
    {
        var entries = await db.LogEntries.AsNoTracking().Where(e => e.SubjectId == submission.Id && e.LeafIndex != null).OrderBy(e => e.LeafIndex).ToListAsync(cancel);
        if (entries.Count == 0)
            return null;
        var result = new CommittedResult(InputOfComparison.CodeOf(comparison, participant), participant.IsPilot, submission.Version, await ProveAsync(entries[0], cancel))
        {
            Content = published ? Commitment.ContentOf(comparison, participant, submission) : null, Salt = published ? Convert.FromHexString(Commitment.OpeningSalt(submission)) : null,
            Opening = entries.Count > 1 ? await ProveAsync(entries[1], cancel) : null,
        };
        return (entries[0].LeafIndex!.Value, result);
    }

    private async Task<ProvenEntry> ProveAsync(LogEntry entry, CancellationToken cancel) =>
        new(entry.Content, (await log.Reader.ProveAsync(entry.LeafIndex!.Value, (await log.CheckpointAsync(cancel))!, cancel)).ToString());
}
