using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline log</c>: the public log of certificates. <c>init</c> and <c>append</c> write it, <c>show</c>, <c>prove</c> and <c>verify</c> read it, <c>commitments</c> proves a comparison's results by it, <c>monitor</c> and <c>witness</c> watch it.</summary>
internal static class LogCommand
{
    public static Command Create(CliTexts texts) => new("log", texts["log.summary"])
    {
        LogWriteCommand.Init(texts), LogEventCommand.Create(texts), LogWriteCommand.Append(texts),
        Show(texts), LogProofCommand.Prove(texts), LogProofCommand.Verify(texts),
        LogCommitmentsCommand.Create(texts), LogWatchCommand.Monitor(texts), LogWatchCommand.Witness(texts),
    };

    private static Command Show(CliTexts texts)
    {
        var address = LogPlace.Address(texts);
        var entry = new Argument<string?>("ENTRY") { Description = texts["log.show.entry"], Arity = ArgumentArity.ZeroOrOne };
        var (json, language) = (LogPlace.Json(texts), LogPlace.Language(texts));
        var command = new Command("show", texts["log.show.summary"]) { address, entry, json, language };
        command.SetAction((call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var output = call.InvocationConfiguration.Output;
            return LogPlace.RunAsync(call, words, async () =>
            {
                var reader = new LogReader(LogPlace.Source(call.GetRequiredValue(address)));
                var note = await reader.ReadCheckpointAsync(cancel);
                if (call.GetValue(entry) is not { } asked)
                {
                    output.Write(note.ToString());
                    return 0;
                }
                if (await ReadAsync(reader, Checkpoint.Parse(note.Text).Size, asked, cancel) is not { Count: > 0 } chain)
                {
                    call.InvocationConfiguration.Error.WriteLine(words["log.no-entry", asked]);
                    return 1;
                }
                if (call.GetValue(json))
                    output.WriteLine(new JsonArray([.. chain.Select(c => (JsonNode)Tell(c.Index, c.Event))]).ToJsonString(SignatureOutput.Indented));
                else
                    foreach (var (index, e) in chain)
                        output.WriteLine(Line(index, e, words));
                return 0;
            });
        });
        return command;
    }

    /// <summary>One entry by its place, or the chain of a certificate by its id.</summary>
    public static async Task<IReadOnlyList<(long Index, LogEvent Event)>?> ReadAsync(LogReader reader, long size, string asked, CancellationToken cancel)
    {
        if (CertificateId.TryParse(asked, out var id))
            return (await EventHistory.ReplayAsync(reader, size, cancel)).Find(id) is { } state ? await EventChain.ReadAsync(reader, size, id, state.LatestIndex, cancel) : null;
        return long.TryParse(asked, out var index) && index >= 0 && index < size ? [(index, LogEvent.Decode(await reader.ReadEntryAsync(index, size, cancel)))] : null;
    }

    public static string Line(long index, LogEvent e, CliTexts words) =>
        words["log.event", index, $"{e.Time:yyyy-MM-dd HH:mm:ss}Z", words[$"log.type.{e.Type}"], e.Id?.ToString() ?? e.Reference ?? "-", e.Issuer, e.Target is { } t ? $"→ {t.Id?.ToString() ?? "#"} #{t.Index}" : "", e.Reason ?? ""].TrimEnd();

    public static JsonObject Tell(long index, LogEvent e)
    {
        var told = new JsonObject { ["index"] = index, ["type"] = $"{e.Type}", ["issuer"] = e.Issuer, ["time"] = SignatureOutput.Time(e.Time) };
        void Add(string name, JsonNode? value)
        {
            if (value is not null)
                told[name] = value;
        }
        Add("id", e.Id?.ToString());
        Add("kind", e.Kind);
        Add("sha256", e.Digests is { } d ? Convert.ToHexStringLower(d.Sha256.Span) : null);
        Add("sm3", e.Digests is { } s ? Convert.ToHexStringLower(s.Sm3.Span) : null);
        Add("commitment", e.Commitment is { } c ? Convert.ToHexStringLower(c.Span) : null);
        Add("target", e.Target is { } t ? new JsonObject { ["id"] = t.Id?.ToString(), ["index"] = t.Index, ["leaf"] = t.Leaf.ToString() } : null);
        Add("reason", e.Reason);
        Add("statusIndex", e.StatusIndex);
        Add("reference", e.Reference);
        Add("status", e.Status is { } r ? new JsonObject { ["root"] = r.Root.ToString(), ["count"] = r.Count, ["size"] = r.Size } : null);
        Add("lastTrusted", e.LastTrusted);
        Add("salt", e.Salt);
        Add("keyId", e.KeyId);
        return told;
    }
}
