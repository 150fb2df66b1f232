using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline log prove</c> and <c>verify</c>.</summary>
internal static class LogProofCommand
{
    public static Command Prove(CliTexts texts)
    {
        var address = LogPlace.Address(texts);
        var entry = new Argument<string>("ENTRY") { Description = texts["log.prove.entry"] };
        var output = new Option<string?>("--output") { Description = texts["log.prove.output"] };
        var language = LogPlace.Language(texts);
        var command = new Command("prove", texts["log.prove.summary"]) { address, entry, output, language };
        command.SetAction((call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (standard, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            return LogPlace.RunAsync(call, words, async () =>
            {
                var reader = new LogReader(LogPlace.Source(call.GetRequiredValue(address)));
                var note = await reader.ReadCheckpointAsync(cancel);
                var (size, asked) = (Checkpoint.Parse(note.Text).Size, call.GetRequiredValue(entry));
                if (await LogCommand.ReadAsync(reader, size, asked, cancel) is not { Count: > 0 } chain)
                {
                    error.WriteLine(words["log.no-entry", asked]);
                    return 1;
                }
                // Of a certificate it is the issue that is proved; what became of it since is another question.
                var text = (await reader.ProveEventAsync(chain[0].Index, note, cancel)).ToString();
                if (call.GetValue(output) is { } path)
                    return InputFile.Write(path, Encoding.UTF8.GetBytes(text), words, standard, error) ? 0 : 2;
                standard.Write(text);
                return 0;
            });
        });
        return command;
    }

    public static Command Verify(CliTexts texts)
    {
        var file = new Argument<string>("FILE") { Description = texts["log.verify.file"] };
        var proofFile = new Option<string?>("--proof") { Description = texts["log.verify.proof"] };
        var place = new LogPlace(texts);
        var (json, language) = (LogPlace.Json(texts), LogPlace.Language(texts));
        var command = new Command("verify", texts["log.verify.summary"]) { file, proofFile, json, language };
        foreach (var option in place.PolicyOptions.Concat(place.TrustOptions))
            command.Options.Add(option);
        command.SetAction((call, _) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            return LogPlace.RunAsync(call, words, () =>
            {
                var path = call.GetRequiredValue(file);
                if (place.Policy(call, words) is not { } policy
                    || InputFile.Read(path, words, error) is not { } content
                    || InputFile.Read(call.GetValue(proofFile) ?? path + ".tlog-proof", words, error) is not { } proof)
                    return Task.FromResult(2);
                var trust = place.HasTrust(call) ? place.Trust(call, words) : null;
                if (place.HasTrust(call) && trust is null)
                    return Task.FromResult(2);
                var logged = LoggedFile.Verify(content, LogProof.Parse(proof), policy, trust);
                if (call.GetValue(json))
                {
                    var told = LogCommand.Tell(logged.Index, logged.Event);
                    told["origin"] = logged.Checkpoint.Origin;
                    told["size"] = logged.Checkpoint.Size;
                    told["witnessedAt"] = logged.WitnessedAt is { } at ? SignatureOutput.Time(at) : null;
                    output.WriteLine(told.ToJsonString(SignatureOutput.Indented));
                }
                else
                {
                    output.WriteLine(words["log.verify.good", logged.Checkpoint.Origin, logged.Index, logged.Checkpoint.Size]);
                    output.WriteLine(LogCommand.Line(logged.Index, logged.Event, words));
                    output.WriteLine(logged.WitnessedAt is { } seen ? words["log.verify.witnessed", $"{seen:yyyy-MM-dd HH:mm:ss}Z"] : words["log.verify.unwitnessed"]);
                    output.WriteLine(trust is null ? words["log.verify.untrusted"] : words["log.verify.trusted", logged.Event.Issuer]);
                }
                return Task.FromResult(0);
            });
        });
        return command;
    }
}
