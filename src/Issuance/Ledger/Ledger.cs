using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>What became of a key.</summary>
public enum KeyEvent
{
    Activated,
    Retired,
    Compromised,
}

/// <summary>
/// 登记: every event that the public log will tell is a row of the same transaction as what it tells. Handlers add events and save through here; once that is committed the entries are appended to the log.
/// </summary>
public sealed class Ledger(PlumblineDb db, TrustLists trust, RevocationLists revocations, LogHost host, Publisher publisher, Platform platform, KeyFolder keys)
{
    private readonly List<(Guid Subject, string Reason, long? LastTrusted, string By, string? Words, DateTimeOffset At)> changes = [];
    private readonly List<LogEntry> unnumbered = [];
    private bool statesChanged;

    public Task<long> SizeAsync(CancellationToken cancel = default) => host.SizeAsync(cancel);

    public void AddAuthorisation(IssuingAuthorisation authorisation, Actor actor, string? words, DateTimeOffset at) =>
        changes.Add((authorisation.Id, authorisation.WithdrawnAt is null ? "authorisation-granted" : "authorisation-withdrawn", null, actor.Name, words, at));

    public void AddKey(KeyEvent what, IssuingKey key, Actor actor, DateTimeOffset at) =>
        changes.Add((key.Id, what switch { KeyEvent.Activated => "key-activated", KeyEvent.Retired => "key-retired", _ => "key-compromised" }, key.DistrustAfterLeaf, actor.Name, key.EndReason, at));

    /// <summary>A trust list of the same content follows the last one before that is out of date.</summary>
    public void RenewTrust(DateTimeOffset at) => changes.Add((Guid.Empty, "trust-list-renewed", null, Actor.System.Name, null, at));

    /// <summary>Adds an event that an institution tells, signed with its key.</summary>
    public LogEntry Add(LogEvent e, ISigner signer, Guid subject, Actor actor, string? words = null)
    {
        var entry = new LogEntry
        {
            Id = Guid.CreateVersion7(e.Time), Type = LedgerNames.Of(e.Type), SubjectId = subject, Content = e.SignedBy(signer).Encode(), CreatedAt = e.Time, CreatedByName = actor.Name, Reason = words,
        };
        db.LogEntries.Add(entry);
        unnumbered.Add(entry);
        statesChanged |= e.Target?.Id is not null;
        return entry;
    }

    /// <summary>Adds an event that the platform tells: commitments, software, states, and what a regulator decided.</summary>
    public LogEntry AddOwn(LogEventType type, DateTimeOffset at, Func<LogEvent, LogEvent> fill, Guid subject, Actor actor, string? words = null)
    {
        ArgumentNullException.ThrowIfNull(fill);
        return Add(fill(new LogEvent(type, platform.Id, at)), trust.PlatformKey, subject, actor, words);
    }

    /// <summary>What the next event about a certificate acts on: its last entry. Null while that waits for the log.</summary>
    public async Task<EventTarget?> TargetAsync(IssuedCertificate certificate, CancellationToken cancel)
    {
        var entries = await db.LogEntries.AsNoTracking().Where(e => e.SubjectId == certificate.Id).ToListAsync(cancel);
        if (entries.Count == 0 || entries.Any(e => e.LeafIndex is null))
            return null;
        var last = entries.MaxBy(e => e.LeafIndex)!;
        return new(CertificateId.Parse(certificate.Code), last.LeafIndex!.Value, MerkleTree.LeafHash(last.Content));
    }

    /// <summary>Saves what the handler changed together with its events, and lets the log have them. In a transaction of the caller's the log follows within seconds of its end.</summary>
    public async Task<Outcome<Done>> SaveAsync(CancellationToken cancel = default)
    {
        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        try
        {
            await SerialiseAsync(cancel);
            await SaveNumberedAsync(cancel);
            // The first event of all, when nobody is authorised yet, needs a list that names the platform's key.
            if (changes.Count == 0 && !await db.TrustLists.AnyAsync(cancel) && await db.LogEntries.AnyAsync(cancel))
                await trust.AddNextAsync(cancel);
            if (changes.Count > 0)
                await AddTrustEventsAsync(cancel);
            if (statesChanged)
                await revocations.AddNextAsync(cancel);
            else
                await revocations.CoverAsync(cancel);
            await SaveNumberedAsync(cancel);
            if (own is not null)
                await own.CommitAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return OutcomeKind.Conflict;
        }
        finally
        {
            changes.Clear();
            unnumbered.Clear();
            statesChanged = false;
            if (own is not null)
                await own.DisposeAsync();
        }
        // A transaction of the caller's has not ended yet: the caller publishes after it, or the job does.
        if (own is not null)
            await PublishAsync(cancel);
        return Done.It;
    }

    /// <summary>Appends what waits to the log, in order. Where another server has the log, that one does it.</summary>
    public Task PublishAsync(CancellationToken cancel = default) => publisher.PublishAsync(db, trust, keys, cancel);

    /// <summary>Tells the log where every certificate stands.</summary>
    public Task PublishStatesAsync(CancellationToken cancel = default) => publisher.PublishStatesAsync(db, trust, keys, cancel);

    /// <summary>Numbers without gaps (of lists, of certificates in them) are given to one at a time.</summary>
    public async Task SerialiseAsync(CancellationToken cancel)
    {
        if (db.IsPostgres)
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(20200, 5)", cancel);
    }

    private async Task SaveNumberedAsync(CancellationToken cancel)
    {
        if (unnumbered.Count > 0)
        {
            var last = await db.LogEntries.MaxAsync(e => (long?)e.Sequence, cancel) ?? 0;
            foreach (var entry in unnumbered)
                entry.Sequence = ++last;
            unnumbered.Clear();
        }
        await db.SaveChangesAsync(cancel);
    }

    // A trust list of what is saved now, and an entry for each change that names it.
    private async Task AddTrustEventsAsync(CancellationToken cancel)
    {
        var list = await trust.AddNextAsync(cancel);
        var digests = FileDigests.Of(list.Content);
        foreach (var (subject, reason, last, by, words, at) in changes)
            AddOwn(LogEventType.Key, at, e => e with { Reference = $"trust-list {list.Number}", Digests = digests, Reason = reason, LastTrusted = last }, subject, new Actor(null, by, AdministratorDuty.None, []), words);
        statesChanged = false;
    }
}

/// <summary>What events are called in rows, addresses and texts (<c>log-event.…</c>).</summary>
public static class LedgerNames
{
    public static string Of(LogEventType type) => type switch
    {
        LogEventType.StatusRoot => "status-root",
        _ => type.ToString().ToLowerInvariant(),
    };
}
