using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline log init</c> and <c>append</c>.</summary>
internal static class LogWriteCommand
{
    public static Command Init(CliTexts texts)
    {
        var folder = new Argument<string>("FOLDER") { Description = texts["log.folder"] };
        var origin = new Option<string>("--origin") { Description = texts["log.origin"], Required = true };
        var key = new Option<string>("--key") { Description = texts["log.key"], Required = true };
        var (passphrase, language) = (new Passphrase(texts), LogPlace.Language(texts));
        var command = new Command("init", texts["log.init.summary"]) { folder, origin, key, passphrase.Option, language };
        command.SetAction((call, _) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            return LogPlace.RunAsync(call, words, () =>
            {
                using var secret = LogPlace.Key(call, words, call.GetRequiredValue(key), passphrase);
                if (secret is null)
                    return Task.FromResult(2);
                var signer = NoteSigner.OfLog(call.GetRequiredValue(origin), secret);
                LogWriter.Create(Path.GetFullPath(call.GetRequiredValue(folder)), signer, TimeProvider.System);
                call.InvocationConfiguration.Output.WriteLine(signer.Key);
                return Task.FromResult(0);
            });
        });
        return command;
    }

    public static Command Append(CliTexts texts)
    {
        var folder = new Argument<string>("FOLDER") { Description = texts["log.folder"] };
        var files = new Argument<string[]>("EVENT") { Description = texts["log.append.events"], Arity = ArgumentArity.OneOrMore };
        var origin = new Option<string>("--origin") { Description = texts["log.origin"], Required = true };
        var key = new Option<string>("--key") { Description = texts["log.key"], Required = true };
        var (place, passphrase) = (new LogPlace(texts), new Passphrase(texts));
        var (json, language) = (LogPlace.Json(texts), LogPlace.Language(texts));
        var command = new Command("append", texts["log.append.summary"]) { folder, files, origin, key, passphrase.Option, json, language };
        foreach (var option in place.TrustOptions.Concat(place.PolicyOptions))
            command.Options.Add(option);
        command.SetAction((call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            return LogPlace.RunAsync(call, words, async () =>
            {
                if (place.Trust(call, words) is not { } trust)
                    return 2;
                var entries = call.GetRequiredValue(files).Select(f => InputFile.Read(f, words, error)).ToArray();
                if (entries.Contains(null))
                    return 2;
                var events = entries.Select(e => LogEvent.Decode(e)).ToArray();
                using var secret = LogPlace.Key(call, words, call.GetRequiredValue(key), passphrase);
                if (secret is null)
                    return 2;
                var path = Path.GetFullPath(call.GetRequiredValue(folder));
                var options = place.HasPolicy(call) && place.Policy(call, words) is { } policy ? new LogWriterOptions { Cosign = Cosign(policy, path) } : new();
                await using var log = await EventLog.OpenAsync(path, NoteSigner.OfLog(call.GetRequiredValue(origin), secret), trust, TimeProvider.System, options, cancel);
                var receipts = await AppendAsync(log, events);
                var told = new JsonArray();
                foreach (var (e, receipt) in events.Zip(receipts))
                {
                    told.Add(receipt.Appended is { } at ? LogCommand.Tell(at.Index, e) : new JsonObject { ["refusals"] = new JsonArray([.. receipt.Refusals.Select(r => (JsonNode)r.Rule)]) });
                    if (!call.GetValue(json) && receipt.Appended is { } taken)
                        output.WriteLine(LogCommand.Line(taken.Index, e, words));
                    foreach (var refusal in receipt.Refusals)
                        error.WriteLine(LogPlace.Say(refusal, words));
                }
                if (call.GetValue(json))
                    output.WriteLine(told.ToJsonString(SignatureOutput.Indented));
                return receipts.All(r => r.Appended is not null) ? 0 : 1;
            });
        });
        return command;
    }

    /// <summary>Those that only the order decides about go one after the other; the disk waits for them together.</summary>
    private static async Task<EventReceipt[]> AppendAsync(EventLog log, IEnumerable<LogEvent> events)
    {
        var running = new List<Task<EventReceipt>>();
        foreach (var e in events)
            running.Add(log.AppendAsync(e));
        return await Task.WhenAll(running);
    }

    private static Func<SignedNote, Task<SignedNote>> Cosign(LogPolicy policy, string path)
    {
        var client = new WitnessClient(new HttpClient(), policy, new(new FolderSource(Path.Combine(path, "public"))), TimeSpan.FromSeconds(10));
        return client.CosignAsync;
    }
}
