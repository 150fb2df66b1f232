using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>承诺登记与揭示: puts the commitment of each submission into the public log when it is handed in, and what opens it when the results are opened.</summary>
public sealed class ResultCommitments(PlumblineDb db, Ledger ledger, TimeProvider clock)
{
    /// <summary>Adds a submission's commitment to the unit of work. One that comes after the opening stands apart: the log takes no more commitments to an opened comparison.</summary>
    public void Add(Comparison comparison, Participant participant, Submission submission, Actor actor) =>
        ledger.AddOwn(LogEventType.Commitment, submission.SubmittedAt, e => e with
        {
            Reference = submission.AfterOpening ? $"{comparison.Code}/corrections" : comparison.Code, Commitment = new Hash256(Convert.FromHexString(submission.Commitment)), Reason = participant.IsPilot ? "pilot" : null,
        }, submission.Id, actor);

    /// <summary>Opens in the log the last version of each laboratory. Safe to do again: what is opened stays so, what waits for the log is opened next time.</summary>
    public async Task<IReadOnlyList<Refusal>> OpenAsync(string code, CancellationToken cancel = default)
    {
        await ledger.PublishAsync(cancel);
        var comparison = await db.FindComparisonWithResultsAsync(code, cancel);
        if (comparison is null || !comparison.IsOpened)
            return [];
        foreach (var participant in comparison.Confirmed)
        {
            if (participant.Submissions.Where(s => !s.AfterOpening).MaxBy(s => s.Version) is { } submission)
                await OpenAsync(comparison, participant, submission, cancel);
        }
        await ledger.SaveAsync(cancel);
        return [];
    }

    private async Task OpenAsync(Comparison comparison, Participant participant, Submission submission, CancellationToken cancel)
    {
        var entries = await db.LogEntries.AsNoTracking().Where(e => e.SubjectId == submission.Id).ToListAsync(cancel);
        if (entries is not [{ LeafIndex: { } index } committed])
            return; // opened already, or still on its way
        var content = Encoding.UTF8.GetBytes(Commitment.ContentOf(comparison, participant, submission));
        ledger.AddOwn(LogEventType.Opening, clock.GetUtcNow(), e => e with
        {
            Reference = comparison.Code, Target = new(null, index, MerkleTree.LeafHash(committed.Content)), Digests = FileDigests.Of(content), Salt = Commitment.OpeningSalt(submission),
        }, submission.Id, Actor.System);
    }
}
