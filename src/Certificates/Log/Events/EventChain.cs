namespace Plumbline.Certificates;

/// <summary>The events about one certificate: each names the one before it, so that a handful of entries is read, however large the log is.</summary>
public static class EventChain
{
    /// <summary>Reads the chain backwards from its latest entry.</summary>
    /// <param name="reader">Reads the log.</param>
    /// <param name="size">Number of the log's entries.</param>
    /// <param name="id">The certificate.</param>
    /// <param name="latest">The latest entry about it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The events from the issue on, each with its place.</returns>
    /// <exception cref="LogException">An entry is not an event about the certificate, or not the one that the next names.</exception>
    public static async Task<IReadOnlyList<(long Index, LogEvent Event)>> ReadAsync(LogReader reader, long size, CertificateId id, long latest, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var chain = new List<(long, LogEvent)>();
        Hash256? named = null;
        for (var index = latest; ;)
        {
            var entry = await reader.ReadEntryAsync(index, size, cancel);
            var e = LogEvent.Decode(entry);
            if ((named is { } leaf && MerkleTree.LeafHash(entry.Span) != leaf) || (e.Id != id && e.Target?.Id != id))
                throw new LogException("chain-broken", $"{index}", id.ToString());
            chain.Insert(0, (index, e));
            if (e.Issues && e.Id == id)
                return chain;
            // Entries name earlier ones only, so the walk comes to an end.
            if (e.Target is not { } target || target.Index >= index)
                throw new LogException("chain-broken", $"{index}", id.ToString());
            (index, named) = (target.Index, target.Leaf);
        }
    }
}
