namespace Plumbline.Certificates;

/// <summary>Where a certificate stands, derived from the log.</summary>
public enum CertificateStatus
{
    /// <summary>In force 有效.</summary>
    Current,
    /// <summary>Amended by a later one 已修改.</summary>
    Amended,
    /// <summary>Replaced by a later one 已替换.</summary>
    Substituted,
    /// <summary>Revoked 已作废.</summary>
    Revoked,
    /// <summary>Suspended 已暂停.</summary>
    Suspended,
}

/// <summary>A certificate as the log tells.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Issuer">Id of the institution that issued it.</param>
/// <param name="Kind">Name of its kind.</param>
/// <param name="IssueIndex">The entry that issued it.</param>
/// <param name="LatestIndex">The latest entry about it.</param>
/// <param name="LatestLeaf">That entry's hash.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Successor">The certificate that amends or replaces it.</param>
/// <param name="StatusIndex">Its number in revocation lists.</param>
public readonly record struct CertificateState(CertificateId Id, string Issuer, string Kind, long IssueIndex, long LatestIndex, Hash256 LatestLeaf, CertificateStatus Status, CertificateId? Successor, long StatusIndex)
{
    /// <summary>What the next event about it acts on.</summary>
    public EventTarget AsTarget => new(Id, LatestIndex, LatestLeaf);
}

/// <summary>A result of a comparison that was fixed before it was shown.</summary>
/// <param name="Index">The commitment's entry.</param>
/// <param name="Leaf">That entry's hash.</param>
/// <param name="Issuer">Who put it into the log.</param>
/// <param name="Commitment">The salted digest.</param>
/// <param name="Reason">What the commitment says of its role, such as <c>pilot</c>.</param>
/// <param name="OpenedAt">The entry that opened it; null while it is closed.</param>
/// <param name="Content">SHA-256 of the result that was shown.</param>
public sealed record ComparisonCommitment(long Index, Hash256 Leaf, string Issuer, Hash256 Commitment, string? Reason, long? OpenedAt, Hash256? Content)
{
    /// <summary>What its opening acts on.</summary>
    public EventTarget AsTarget => new(null, Index, Leaf);
}

/// <summary>What the entries of the log add up to, by replay from the first. Not safe for use by several threads.</summary>
public sealed class EventHistory
{
    private readonly Dictionary<CertificateId, CertificateState> certificates = [];
    private readonly Dictionary<string, List<ComparisonCommitment>> comparisons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly HashSet<CertificateId> changed = [];
    private ulong[] statusIndexes = new ulong[16];

    /// <summary>Number of entries that were replayed.</summary>
    public long Size { get; private set; }

    /// <summary>Number of certificates.</summary>
    public long Count => certificates.Count;

    /// <summary>The certificates, in no order.</summary>
    public IReadOnlyCollection<CertificateState> Certificates => certificates.Values;

    /// <summary>The smallest number above all that certificates have in revocation lists.</summary>
    public long NextStatusIndex { get; private set; }

    /// <summary>The certificate of that id.</summary>
    /// <returns>Null where the log has none.</returns>
    public CertificateState? Find(CertificateId id) => certificates.TryGetValue(id, out var state) ? state : null;

    /// <summary>The commitments to a comparison's results in the order in which they came in.</summary>
    /// <param name="reference">The comparison's code.</param>
    public IReadOnlyList<ComparisonCommitment> Commitments(string reference) => comparisons.GetValueOrDefault(reference) ?? [];

    /// <summary>Whether a certificate has this number in revocation lists.</summary>
    public bool IsTaken(long statusIndex) => statusIndex >> 6 < statusIndexes.Length && (statusIndexes[statusIndex >> 6] & (1UL << (int)(statusIndex & 63))) != 0;

    /// <summary>Takes in the next entry, which <see cref="EventRules"/> let through.</summary>
    /// <param name="e">The event.</param>
    /// <param name="leaf">The entry's hash.</param>
    public void Apply(LogEvent e, Hash256 leaf)
    {
        ArgumentNullException.ThrowIfNull(e);
        var index = Size++;
        if (e.Issues)
        {
            Put(new(e.Id!.Value, Shared(e.Issuer), Shared(e.Kind!), index, index, leaf, CertificateStatus.Current, null, e.StatusIndex!.Value));
            Take(e.StatusIndex.Value);
        }
        if (e.Target is { Id: { } target } && certificates.TryGetValue(target, out var state))
            Put(state with { LatestIndex = index, LatestLeaf = leaf, Status = After(e.Type), Successor = e.Issues ? e.Id : state.Successor });
        if (e.Type == LogEventType.Commitment)
            (comparisons.TryGetValue(e.Reference!, out var list) ? list : comparisons[e.Reference!] = []).Add(new(index, leaf, e.Issuer, e.Commitment!.Value, e.Reason, null, null));
        if (e.Type == LogEventType.Opening && comparisons.TryGetValue(e.Reference!, out var opened) && opened.FindIndex(c => c.Index == e.Target!.Index) is >= 0 and var at)
            opened[at] = opened[at] with { OpenedAt = index, Content = e.Digests!.Sha256 };
    }

    /// <summary>Replays a log from its public files, believing them; a <see cref="LogMonitor"/> does not.</summary>
    /// <exception cref="LogException">A file is missing or damaged, or an entry is not an event.</exception>
    public static async Task<EventHistory> ReplayAsync(LogReader reader, long size, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var history = new EventHistory();
        await foreach (var entry in reader.ReadEntriesAsync(0, size, cancel))
            history.Apply(LogEvent.Decode(entry), MerkleTree.LeafHash(entry.Span));
        return history;
    }

    /// <summary>Takes in an entry that is not an event.</summary>
    internal void Skip() => Size++;

    /// <summary>The certificates that changed since this was last asked.</summary>
    internal IReadOnlyCollection<CertificateId> TakeChanged()
    {
        CertificateId[] taken = [.. changed];
        changed.Clear();
        return taken;
    }

    private void Put(CertificateState state)
    {
        certificates[state.Id] = state;
        changed.Add(state.Id);
    }

    private static CertificateStatus After(LogEventType type) => type switch
    {
        LogEventType.Amend => CertificateStatus.Amended,
        LogEventType.Substitute => CertificateStatus.Substituted,
        LogEventType.Revoke => CertificateStatus.Revoked,
        LogEventType.Suspend => CertificateStatus.Suspended,
        _ => CertificateStatus.Current,
    };

    // A nation has millions of certificates and few issuers: each name is kept once.
    private string Shared(string name) => names.TryGetValue(name, out var known) ? known : names[name] = name;

    private void Take(long statusIndex)
    {
        if (statusIndex >> 6 >= statusIndexes.Length)
            Array.Resize(ref statusIndexes, checked((int)Math.Max((statusIndex >> 6) + 1, 2L * statusIndexes.Length)));
        statusIndexes[statusIndex >> 6] |= 1UL << (int)(statusIndex & 63);
        NextStatusIndex = Math.Max(NextStatusIndex, statusIndex + 1);
    }
}
