namespace Plumbline.Certificates;

/// <summary>What became of an event that was handed in: taken in, or refused for every reason at once.</summary>
/// <param name="Appended">Where it is; null where it was refused.</param>
/// <param name="Refusals">Why it was refused; empty where it was taken in.</param>
public sealed record EventReceipt(Appended? Appended, IReadOnlyList<Finding> Refusals);

/// <summary>The log of certificates' events: a <see cref="LogWriter"/> that lets in only what <see cref="EventRules"/> allow. Safe for use by several threads.</summary>
public sealed class EventLog : IAsyncDisposable
{
    private const int Remembered = 1 << 18;

    private readonly LogWriter writer;
    private readonly IEventTrust trust;
    private readonly TimeProvider clock;
    private readonly Lock order = new();
    private readonly EventHistory history = new();
    private Dictionary<Hash256, (long Index, Task<Appended> Done)> recent = [];
    private Dictionary<Hash256, (long Index, Task<Appended> Done)> earlier = [];
    private StatusTree status = StatusTree.Empty;
    private long reserved;

    private EventLog(LogWriter writer, IEventTrust trust, TimeProvider clock) => (this.writer, this.trust, this.clock) = (writer, trust, clock);

    /// <summary>The writer: its public folder, its checkpoint and its reader.</summary>
    public LogWriter Writer => writer;

    /// <summary>Number of entries, those on their way to the disk included.</summary>
    public long Size
    {
        get
        {
            lock (order)
                return history.Size;
        }
    }

    /// <summary>The status tree of the last status root that was logged since the log was opened.</summary>
    public StatusTree Status
    {
        get
        {
            lock (order)
                return status;
        }
    }

    /// <summary>Opens the log and replays it: every entry is read, and all together must give the checkpoint's root.</summary>
    /// <param name="path">Its folder, made by <see cref="LogWriter.Create"/>.</param>
    /// <param name="signer">The log's name and key.</param>
    /// <param name="trust">Who may sign what.</param>
    /// <param name="clock">The time.</param>
    /// <param name="options">How to write.</param>
    /// <param name="cancel">Ends the replay.</param>
    /// <exception cref="LogException">There is no log, another writer has it, its files are damaged, or an entry is not an event.</exception>
    public static async Task<EventLog> OpenAsync(string path, NoteSigner signer, IEventTrust trust, TimeProvider clock, LogWriterOptions? options = null, CancellationToken cancel = default)
    {
        var writer = LogWriter.Open(path, signer, clock, options);
        try
        {
            var log = new EventLog(writer, trust, clock);
            await log.ReplayAsync(cancel);
            return log;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    /// <summary>A number for a new certificate in revocation lists, which no other call gets.</summary>
    public long ReserveStatusIndex()
    {
        lock (order)
            return reserved++;
    }

    /// <summary>Appends an event. The very bytes handed in again, as after a crash of the caller, get the receipt of the first time.</summary>
    /// <param name="e">The signed event.</param>
    /// <returns>After it is durable and a published checkpoint covers it, or at once where it is refused.</returns>
    /// <exception cref="LogException">It lacks a field, has one too many, or is not signed.</exception>
    /// <exception cref="IOException">The writer has stopped after an error of the disk.</exception>
    public async Task<EventReceipt> AppendAsync(LogEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var entry = e.Encode();
        var leaf = MerkleTree.LeafHash(entry);
        if (Known(leaf) is { } known)
            return new(await known, []);
        // Signatures take most of the time: they are judged before it is this event's turn.
        Finding[] faults = [.. EventRules.CheckSigner(e, trust, Size, clock.GetUtcNow())];
        Task<Appended> done;
        lock (order)
        {
            if (Known(leaf) is { } meanwhile)
                done = meanwhile;
            else if (faults.Concat(EventRules.CheckPlace(e, history, trust)).ToArray() is { Length: > 0 } refusals)
                return new(null, refusals);
            else
                done = Take(e, entry, leaf);
        }
        return new(await done, []);
    }

    /// <summary>Logs the root of the status tree as of now; to be called each hour.</summary>
    /// <param name="issuer">Id of the institution that runs the log.</param>
    /// <param name="signer">Its key.</param>
    public async Task<EventReceipt> AppendStatusRootAsync(string issuer, ISigner signer)
    {
        Task<Appended> done;
        lock (order)
        {
            var tree = status.Next(history);
            var e = new LogEvent(LogEventType.StatusRoot, issuer, clock.GetUtcNow()) { Status = tree.Summary }.SignedBy(signer);
            if (EventRules.Check(e, history, trust, clock.GetUtcNow()) is { Count: > 0 } refusals)
            {
                status = StatusTree.Empty; // what had changed is taken out of the history: the next one is made from everything
                return new(null, refusals);
            }
            var entry = e.Encode();
            done = Take(e, entry, MerkleTree.LeafHash(entry));
            status = tree;
        }
        return new(await done, []);
    }

    /// <summary>Where a certificate stands, events on their way to the disk included.</summary>
    /// <returns>Null where the log has none of that id.</returns>
    public CertificateState? Find(CertificateId id)
    {
        lock (order)
            return history.Find(id);
    }

    /// <summary>The commitments to a comparison's results in the order in which they came in.</summary>
    public IReadOnlyList<ComparisonCommitment> Commitments(string reference)
    {
        lock (order)
            return [.. history.Commitments(reference)];
    }

    /// <summary>All certificates that fulfil a condition, such as those revoked, for revocation lists.</summary>
    public IReadOnlyList<CertificateState> Where(Func<CertificateState, bool> condition)
    {
        lock (order)
            return [.. history.Certificates.Where(condition)];
    }

    /// <summary>The proof file of an entry under the published checkpoint, with the event in it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No published checkpoint covers such an entry.</exception>
    public ValueTask<LogProof> ProveAsync(long index, CancellationToken cancel = default) => writer.Reader.ProveEventAsync(index, writer.Checkpoint, cancel);

    /// <summary>The events about a certificate from its issue on, each with its place; the last one may belong to the certificate that follows it.</summary>
    /// <returns>Empty where the log has none of that id.</returns>
    public Task<IReadOnlyList<(long Index, LogEvent Event)>> ReadChainAsync(CertificateId id, CancellationToken cancel = default) =>
        Find(id) is { } state ? EventChain.ReadAsync(writer.Reader, writer.Size, id, state.LatestIndex, cancel) : Task.FromResult<IReadOnlyList<(long, LogEvent)>>([]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async Task ReplayAsync(CancellationToken cancel)
    {
        var (edge, published) = (new TreeEdge(), Checkpoint.Parse(writer.Checkpoint.Text));
        await foreach (var entry in writer.Reader.ReadEntriesAsync(0, published.Size, cancel))
        {
            var leaf = MerkleTree.LeafHash(entry.Span);
            edge.Append(entry.Span, leaf, static (_, _) => { });
            Remember(leaf, history.Size, Task.FromResult(new Appended(history.Size, leaf, writer.Checkpoint)));
            history.Apply(LogEvent.Decode(entry), leaf);
        }
        if (edge.Root != published.Root)
            throw new LogException("log-entries", writer.PublicFolder, edge.Root.ToString(), published.Root.ToString());
        reserved = history.NextStatusIndex;
    }

    private Task<Appended> Take(LogEvent e, byte[] entry, Hash256 leaf)
    {
        var (index, done) = writer.Append(entry);
        history.Apply(e, leaf);
        Remember(leaf, index, done);
        return done;
    }

    private Task<Appended>? Known(Hash256 leaf)
    {
        lock (order)
            return recent.TryGetValue(leaf, out var found) || earlier.TryGetValue(leaf, out found) ? found.Done : null;
    }

    private void Remember(Hash256 leaf, long index, Task<Appended> done)
    {
        if (recent.Count >= Remembered)
            (earlier, recent) = (recent, []);
        recent[leaf] = (index, done);
    }
}
