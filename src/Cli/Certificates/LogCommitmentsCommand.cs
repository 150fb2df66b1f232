using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline log commitments FILE</c>: that no result of a comparison was changed or added after the opening. Exit code 0 proved, 1 not, 2 wrong call.</summary>
internal static class LogCommitmentsCommand
{
    public static Command Create(CliTexts texts)
    {
        var file = new Argument<string>("FILE") { Description = texts["log.commitments.file"] };
        var whole = new Option<string?>("--whole-log") { Description = texts["log.commitments.log"] };
        var place = new LogPlace(texts);
        var (json, language) = (LogPlace.Json(texts), LogPlace.Language(texts));
        var command = new Command("commitments", texts["log.commitments.summary"]) { file, whole, json, language };
        foreach (var option in place.PolicyOptions)
            command.Options.Add(option);
        command.SetAction((call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            return LogPlace.RunAsync(call, words, async () =>
            {
                if (place.Policy(call, words) is not { } policy || InputFile.Read(call.GetRequiredValue(file), words, error) is not { } bytes)
                    return 2;
                var read = CommitmentFile.Read(bytes);
                var history = read.Value is not null && call.GetValue(whole) is { } log ? await ReplayAsync(log, policy, cancel) : null;
                var findings = read.Value is { } commitments ? CommitmentCheck.Check(commitments, policy, history) : read.Findings;
                if (call.GetValue(json))
                    output.WriteLine(new JsonObject { ["comparison"] = read.Value?.Comparison, ["findings"] = SignatureOutput.Json(findings, words) }.ToJsonString(SignatureOutput.Indented));
                else
                    foreach (var finding in findings)
                        output.WriteLine(LogPlace.Say(finding, words));
                return findings.Any(f => f.Severity == FindingSeverity.Error) ? 1 : 0;
            });
        });
        return command;
    }

    /// <summary>Every entry up to the checkpoint, whose root they must give: otherwise something was left out there too.</summary>
    private static async Task<EventHistory> ReplayAsync(string log, LogPolicy policy, CancellationToken cancel)
    {
        var reader = new LogReader(LogPlace.Source(log));
        var checkpoint = policy.Accept(await reader.ReadCheckpointAsync(cancel));
        var (history, leaves) = (new EventHistory(), new List<Hash256>());
        await foreach (var entry in reader.ReadEntriesAsync(0, checkpoint.Size, cancel))
        {
            leaves.Add(MerkleTree.LeafHash(entry.Span));
            history.Apply(LogEvent.Decode(entry), leaves[^1]);
        }
        return MerkleTree.Root([.. leaves]) == checkpoint.Root ? history
            : throw new LogException(new Finding(FindingLayer.Log, FindingSeverity.Error, "checkpoint-root", "checkpoint", MerkleTree.Root([.. leaves]).ToString(), checkpoint.Root.ToString()));
    }
}
