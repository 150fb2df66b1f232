using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Plumbline.Certificates;
using Plumbline.Database;

namespace Plumbline.Issuance;

/// <summary>Brings saved entries into the log, in the order in which they were saved, each once: one that a crash cut off between log and database is known again by its bytes.</summary>
public sealed partial class Publisher(LogHost host, Platform platform, TimeProvider clock, ILogger<Publisher> log)
{
    private const int Batch = 256;

    internal async Task PublishAsync(PlumblineDb db, TrustLists trust, KeyFolder keys, CancellationToken cancel)
    {
        if (!await db.LogEntries.AnyAsync(e => e.LeafIndex == null && e.Refused == null, cancel))
            return;
        await host.WriteAsync(async (writer, history) =>
        {
            while (await PublishBatchAsync(db, trust, keys, writer, history, cancel) == Batch)
                continue;
        }, cancel);
    }

    /// <summary>Logs the root of where every certificate stands now, unless nothing has happened since the last one.</summary>
    internal Task<bool> PublishStatesAsync(PlumblineDb db, TrustLists trust, KeyFolder keys, CancellationToken cancel) => host.WriteAsync(async (writer, history) =>
    {
        while (await PublishBatchAsync(db, trust, keys, writer, history, cancel) == Batch)
            continue;
        var status = LedgerNames.Of(LogEventType.StatusRoot);
        if (await db.LogEntries.Where(e => e.LeafIndex == history.Size - 1).Select(e => e.Type).FirstOrDefaultAsync(cancel) is not { } last || last == status)
            return;
        var now = clock.GetUtcNow();
        var root = new LogEvent(LogEventType.StatusRoot, platform.Id, now) { Status = StatusTree.Of(history).Summary }.SignedBy(trust.PlatformKey);
        db.LogEntries.Add(new LogEntry { Id = Guid.CreateVersion7(now), Type = status, SubjectId = Guid.Empty, Content = root.Encode(), CreatedAt = now, CreatedByName = Registry.Actor.System.Name });
        await db.SaveChangesAsync(cancel);
        await PublishBatchAsync(db, trust, keys, writer, history, cancel);
    }, cancel);

    private async Task<int> PublishBatchAsync(PlumblineDb db, TrustLists trust, KeyFolder keys, LogWriter writer, EventHistory history, CancellationToken cancel)
    {
        var pending = await db.LogEntries.Where(e => e.LeafIndex == null && e.Refused == null).OrderBy(e => e.Sequence).Take(Batch).ToListAsync(cancel);
        if (pending.Count == 0)
            return 0;
        await RecogniseAsync(db, pending, writer, cancel);
        var rules = new ListTrust((await trust.CurrentAsync(cancel))!, new HashSet<string> { platform.Id });
        var appending = new List<(LogEntry Entry, Task<Appended> Done)>();
        foreach (var entry in pending.Where(e => e.LeafIndex is null))
        {
            var e = LogEvent.Decode(entry.Content);
            // The time is that of this server's own database, however long the log was away.
            if (EventRules.Check(e, history, rules, null) is { Count: > 0 } findings)
            {
                entry.Refused = string.Join("; ", findings.Select(f => CertificatesTexts.Describe(f, Interface.Texts.English)));
                NotTaken(entry.Id, entry.Type, entry.Refused);
                continue;
            }
            var (_, done) = writer.Append(entry.Content);
            history.Apply(e, MerkleTree.LeafHash(entry.Content));
            appending.Add((entry, done));
        }
        foreach (var (entry, done) in appending)
            entry.LeafIndex = (await done).Index;
        var now = clock.GetUtcNow();
        foreach (var entry in pending.Where(e => e.LeafIndex is not null))
            entry.LoggedAt = now;
        await SealAsync(db, keys, pending, cancel);
        await db.SaveChangesAsync(cancel);
        return pending.Count;
    }

    /// <summary>What the log holds beyond what the database knows of was appended by a server that then died.</summary>
    private async Task RecogniseAsync(PlumblineDb db, List<LogEntry> pending, LogWriter writer, CancellationToken cancel)
    {
        var known = await db.LogEntries.MaxAsync(e => e.LeafIndex, cancel) ?? -1;
        if (known >= writer.Size)
            throw new InvalidDataException($"The database knows entry {known} of the log, but the log in its folder has {writer.Size}: the folder was lost or is an old copy. Nothing is appended until it is brought back.");
        var index = known + 1;
        await foreach (var entry in writer.Reader.ReadEntriesAsync(known + 1, writer.Size, cancel))
        {
            if (pending.FirstOrDefault(p => p.LeafIndex is null && entry.Span.SequenceEqual(p.Content)) is { } found)
                found.LeafIndex = index;
            else
                Unknown(index);
            index++;
        }
    }

    // A seal names the place in the log, so it is made when the log has the certificate.
    private async Task SealAsync(PlumblineDb db, KeyFolder keys, List<LogEntry> logged, CancellationToken cancel)
    {
        var ids = logged.Where(e => e.LeafIndex is not null).Select(e => e.SubjectId).ToList();
        foreach (var certificate in await db.IssuedCertificates.Where(c => ids.Contains(c.Id) && c.Seal == null).ToListAsync(cancel))
        {
            var key = await db.IssuingKeys.AsNoTracking().SingleAsync(k => k.Id == certificate.KeyId, cancel);
            var leaf = logged.Where(e => e.SubjectId == certificate.Id && e.LeafIndex is not null).Min(e => e.LeafIndex);
            certificate.Seal = keys.Find(key.Fingerprint) is { } signer ? SealMaking.Make(certificate, leaf, signer, platform.SealHost) : null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The log does not take the entry {Id} ({Type}): {Why}")]
    private partial void NotTaken(Guid id, string type, string why);

    [LoggerMessage(2, LogLevel.Warning, "Entry {Index} of the log is not in the database: it was restored to an earlier state, or somebody else wrote the log")]
    private partial void Unknown(long index);
}
