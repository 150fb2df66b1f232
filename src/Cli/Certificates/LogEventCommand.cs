using System.CommandLine;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline log event</c>: makes and signs an event with the issuer's key, into a file that <c>append</c> takes.</summary>
internal static class LogEventCommand
{
    public static Command Create(CliTexts texts)
    {
        var types = Enum.GetNames<LogEventType>().Where(t => t != nameof(LogEventType.StatusRoot)).Select(t => t.ToLowerInvariant()).ToArray();
        var type = new Option<string>("--type") { Description = texts["log.event.type", string.Join(", ", types)], Required = true }.AcceptOnlyFromAmong(types);
        var issuer = new Option<string>("--issuer") { Description = texts["log.event.issuer"], Required = true };
        var key = new Option<string>("--key") { Description = texts["log.event.key"], Required = true };
        var target = new Option<string?>("--target") { Description = texts["log.event.target"] };
        var log = new Option<string?>("--log") { Description = texts["log.event.log"] };
        var id = new Option<string?>("--id") { Description = texts["log.event.id"] };
        var kind = new Option<string?>("--kind") { Description = texts["log.event.kind", string.Join(", ", Enum.GetNames<DocumentKind>())] }.AcceptOnlyFromAmong(Enum.GetNames<DocumentKind>());
        var file = new Option<string?>("--file") { Description = texts["log.event.file"] };
        var (commitment, salt) = (new Option<string?>("--commitment") { Description = texts["log.event.commitment"] }, new Option<string?>("--salt") { Description = texts["log.event.salt"] });
        var (reason, reference) = (new Option<string?>("--reason") { Description = texts["log.event.reason"] }, new Option<string?>("--reference") { Description = texts["log.event.reference"] });
        var (status, last) = (new Option<long?>("--status-index") { Description = texts["log.event.status-index"] }, new Option<long?>("--last-trusted") { Description = texts["log.event.last-trusted"] });
        var output = new Option<string>("--output") { Description = texts["log.event.output"], Required = true };
        var (passphrase, language) = (new Passphrase(texts), LogPlace.Language(texts));
        var command = new Command("event", texts["log.event.summary"]) { type, issuer, key, passphrase.Option, id, kind, file, commitment, salt, target, log, reason, reference, status, last, output, language };
        command.SetAction((call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var error = call.InvocationConfiguration.Error;
            return LogPlace.RunAsync(call, words, async () =>
            {
                var content = call.GetValue(file) is { } path ? InputFile.Read(path, words, error) : [];
                using var secret = content is null ? null : LogPlace.Key(call, words, call.GetRequiredValue(key), passphrase);
                if (secret is null)
                    return 2;
                var kindOf = Enum.Parse<LogEventType>(call.GetRequiredValue(type), ignoreCase: true);
                var e = new LogEvent(kindOf, call.GetRequiredValue(issuer), TimeProvider.System.GetUtcNow())
                {
                    Kind = call.GetValue(kind),
                    Digests = call.GetValue(file) is null ? null : FileDigests.Of(content),
                    Commitment = Commitment(kindOf, call.GetValue(commitment), call.GetValue(salt), content!),
                    Salt = kindOf == LogEventType.Opening ? call.GetValue(salt) : null,
                    Reason = call.GetValue(reason),
                    Reference = call.GetValue(reference),
                    LastTrusted = call.GetValue(last),
                    StatusIndex = call.GetValue(status),
                };
                if (kindOf == LogEventType.Commitment)
                    e = e with { Digests = null };
                if (await PlaceAsync(e, call.GetValue(id), call.GetValue(target), call.GetValue(log), words, error, cancel) is not { } placed)
                    return 2;
                return InputFile.Write(call.GetRequiredValue(output), placed.SignedBy(secret).Encode(), words, call.InvocationConfiguration.Output, error) ? 0 : 2;
            });
        });
        return command;
    }

    private static Hash256? Commitment(LogEventType type, string? given, string? salt, byte[] content)
    {
        if (given is not null)
            return Hex(given, Hash256.Size) is { } bytes ? new Hash256(bytes) : throw Bad("Commitment", given);
        if (type != LogEventType.Commitment || salt is null)
            return null;
        return Hex(salt, SaltedCommitment.SaltSize) is { } salted ? SaltedCommitment.OfFile(salted, new(Digests.Sha256(content))) : throw Bad("Salt", salt);
    }

    /// <summary>What only the log knows: the entry that the event acts on, and the next number in revocation lists.</summary>
    private static async Task<LogEvent?> PlaceAsync(LogEvent e, string? id, string? target, string? log, CliTexts words, TextWriter error, CancellationToken cancel)
    {
        if (id is not null && !CertificateId.TryParse(id, out _))
        {
            error.WriteLine(words["log.no-id", id]);
            return null;
        }
        var own = id is null ? (CertificateId?)null : CertificateId.Parse(id);
        if (e.Issues)
            e = e with { Id = own ?? CertificateId.New() };
        if (target is null && (!e.Issues || e.StatusIndex is not null))
            return e;
        if (log is null)
        {
            error.WriteLine(words["log.no-log"]);
            return null;
        }
        var reader = new LogReader(LogPlace.Source(log));
        var size = Checkpoint.Parse((await reader.ReadCheckpointAsync(cancel)).Text).Size;
        var history = await EventHistory.ReplayAsync(reader, size, cancel);
        if (e.Issues)
            e = e with { StatusIndex = e.StatusIndex ?? history.NextStatusIndex };
        if (target is null)
            return e;
        var found = e.Type == LogEventType.Opening
            ? history.Commitments(e.Reference ?? "").FirstOrDefault(c => $"{c.Index}" == target)?.AsTarget
            : CertificateId.TryParse(target, out var old) ? history.Find(old)?.AsTarget : null;
        if (found is null)
        {
            error.WriteLine(words["log.no-entry", target]);
            return null;
        }
        return e with { Target = found, Id = e.Issues ? e.Id : found.Id };
    }

    private static byte[]? Hex(string text, int bytes) =>
        text.Length == 2 * bytes && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private static LogException Bad(string field, string value) => new(new Finding(FindingLayer.Log, FindingSeverity.Error, "event-field-value", field, value));
}
