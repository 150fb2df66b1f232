using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class ProveResultsTests
{
    [Theory, EachDatabase]
    public async Task What_was_handed_in_before_the_opening_is_in_the_log_and_opened_there(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync(1, 2, 3);
        await using (var early = database.As(stage.Pilot))
            Assert.Equal(OutcomeKind.NotFound, (await early.Get<ProveResults>().RunAsync(stage.Code, stage.Pilot)).Kind);

        database.Clock.Now = Circulating.AfterDeadline;
        await using (var job = database.As(Actor.System))
        {
            await job.Get<EndCirculation>().RunAsync(stage.Code, new(), Actor.System);
            Cast.Accept(await job.Get<OpenResults>().RunAsync(stage.Code, new(), Actor.System));
        }
        await using var scope = database.As(stage.Pilot);
        await scope.Get<Ledger>().PublishAsync();
        var proven = Cast.Accept(await scope.Get<ProveResults>().RunAsync(stage.Code, stage.Pilot));
        Assert.Equal(["commitments-pilot-first", "commitments-before-opening", "commitments-proved"], proven.Findings.Select(f => f.Rule));
        Assert.Equal(4, proven.File.Results.Count);
        Assert.All(proven.File.Results, r => Assert.True(r is { Opening: not null, Content: null, Salt: null }));
        Assert.Equal(0, await scope.Db.LogEntries.CountAsync(e => e.Refused != null));

        var own = (await stage.LoadAsync()).PilotParticipant!;
        Assert.Equal(LogProof.Parse(proven.File.Results[0].Entry.Proof).Index, Cast.Accept(await scope.Get<ReadResults>().OwnAsync(stage.Code, own.Id, 1, stage.Pilot)).LogEntry);

        // Again changes nothing, and a stranger is not told before the report is published.
        await scope.Get<ResultCommitments>().OpenAsync(stage.Code);
        Assert.Equal(8, await scope.Db.LogEntries.CountAsync(e => e.Type == "commitment" || e.Type == "opening"));
        await using (var before = database.As(Actor.Anonymous))
            Assert.Equal(OutcomeKind.NotFound, (await before.Get<ProveResults>().RunAsync(stage.Code, Actor.Anonymous)).Kind);

        // Published, with contents and salts: anybody repeats it from the file alone, and a changed digit is found.
        await stage.MoveAsync("issue-draft", "publish");
        await using var outside = database.As(Actor.Anonymous);
        var published = Cast.Accept(await outside.Get<ProveResults>().RunAsync(stage.Code, Actor.Anonymous));
        var file = CommitmentFile.Read(published.File.Write()).Value!;
        var policy = scope.Get<LogHost>().Policy;
        Assert.DoesNotContain(CommitmentCheck.Check(file, policy), f => f.Severity == FindingSeverity.Error);
        var changed = file with { Results = [.. file.Results.Select((r, i) => i == 1 ? r with { Content = r.Content!.Replace("1.0001", "1.0002", StringComparison.Ordinal) } : r)] };
        Assert.Contains(CommitmentCheck.Check(changed, policy), f => f is { Rule: "commitments-content", Path: "results[2]" });
    }
}
