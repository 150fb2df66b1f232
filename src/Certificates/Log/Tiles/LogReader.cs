using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline.Certificates;

/// <summary>Reads a log from its public files and makes proofs from a few tiles, however large the log is. What it reads is not believed: compare roots with a checkpoint that a <see cref="LogPolicy"/> accepted. Safe for use by several threads.</summary>
/// <param name="source">Where the files are.</param>
public sealed class LogReader(ILogSource source)
{
    private const string CheckpointPath = "checkpoint";
    private const int KeptTiles = 512; // 4 MiB

    private readonly ConcurrentDictionary<TileId, Hash256[]> kept = new();
    private long tileReads;

    /// <summary>Number of tiles that were read from the source.</summary>
    public long TileReads => Interlocked.Read(ref tileReads);

    /// <summary>The published checkpoint, whose signatures are still to be judged.</summary>
    /// <exception cref="LogException">There is none, or it is not a note.</exception>
    public async ValueTask<SignedNote> ReadCheckpointAsync(CancellationToken cancel = default) =>
        SignedNote.Parse(await source.ReadAsync(CheckpointPath, SignedNote.MaximumLength, cancel) ?? throw new LogException("file-missing", CheckpointPath));

    /// <summary>The hashes of a tile.</summary>
    /// <exception cref="LogException">It is absent, its full tile too, or has another length.</exception>
    public async ValueTask<Hash256[]> ReadTileAsync(TileId tile, CancellationToken cancel = default)
    {
        if (kept.TryGetValue(tile, out var known) || (!tile.IsFull && kept.TryGetValue(tile.Full, out known)))
            return known;
        var (bytes, width) = await ReadFileAsync(tile, TileId.FullWidth * Hash256.Size, cancel);
        if (bytes.Length != width * Hash256.Size)
            throw new LogException("tile-length", tile.Path, $"{bytes.Length}", $"{width * Hash256.Size}");
        var hashes = MemoryMarshal.Cast<byte, Hash256>(bytes).ToArray();
        if (kept.Count >= KeptTiles)
            kept.Clear();
        kept[tile with { Width = width }] = hashes;
        return hashes;
    }

    /// <summary>The entries of a bundle.</summary>
    /// <exception cref="LogException">It is absent, or not a bundle of that width.</exception>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadBundleAsync(TileId bundle, CancellationToken cancel = default)
    {
        var (bytes, width) = await ReadFileAsync(bundle, EntryBundle.MaximumLength, cancel);
        return EntryBundle.Parse(bytes, width);
    }

    /// <summary>One entry of a log of <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such entry.</exception>
    /// <exception cref="LogException">Its bundle is absent or damaged.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadEntryAsync(long index, long size, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return (await ReadBundleAsync(TileId.Holding(TileId.Entries, index, size), cancel))[(int)(index % TileId.FullWidth)];
    }

    /// <summary>The entries from <paramref name="start"/> to before <paramref name="size"/>, bundle by bundle.</summary>
    /// <exception cref="LogException">A bundle is absent or damaged.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadEntriesAsync(long start, long size, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var at = start; at < size;)
        {
            var bundle = await ReadBundleAsync(TileId.Holding(TileId.Entries, at, size), cancel);
            var end = Math.Min(size, (at / TileId.FullWidth * TileId.FullWidth) + TileId.FullWidth);
            for (; at < end; at++)
                yield return bundle[(int)(at % TileId.FullWidth)];
        }
    }

    /// <summary>The hash of an entry, as its tile has it.</summary>
    public async ValueTask<Hash256> ReadLeafAsync(long index, long size, CancellationToken cancel = default) =>
        await ReadNodeAsync(new(0, index), size, cancel);

    /// <summary>The root of the tree over the first <paramref name="size"/> entries.</summary>
    public ValueTask<Hash256> RootAsync(long size, CancellationToken cancel = default) => ReadRangeAsync(new(0, size), size, cancel);

    /// <summary>The path that proves entry <paramref name="index"/> in the tree of <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such entry.</exception>
    /// <exception cref="LogException">A tile is absent or damaged.</exception>
    public ValueTask<Hash256[]> ProveInclusionAsync(long index, long size, CancellationToken cancel = default) =>
        ReadRangesAsync(MerkleProof.Inclusion(index, size), size, cancel);

    /// <summary>The path that proves that the tree of <paramref name="newSize"/> entries begins with that of <paramref name="oldSize"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The old size is not at least 1 and at most the new one.</exception>
    /// <exception cref="LogException">A tile is absent or damaged.</exception>
    public ValueTask<Hash256[]> ProveConsistencyAsync(long oldSize, long newSize, CancellationToken cancel = default) =>
        ReadRangesAsync(MerkleProof.Consistency(oldSize, newSize), newSize, cancel);

    /// <summary>The proof file of an entry under a signed checkpoint.</summary>
    /// <param name="index">The entry.</param>
    /// <param name="checkpoint">The checkpoint's note; its size counts.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async ValueTask<LogProof> ProveAsync(long index, SignedNote checkpoint, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return new(index, await ProveInclusionAsync(index, Checkpoint.Parse(checkpoint.Text).Size, cancel), checkpoint);
    }

    /// <summary>The proof file of an event with the event in it, so that a certificate is verified from its file and this alone (<see cref="LoggedFile.Verify"/>).</summary>
    public async ValueTask<LogProof> ProveEventAsync(long index, SignedNote checkpoint, CancellationToken cancel = default)
    {
        var proof = await ProveAsync(index, checkpoint, cancel);
        return proof with { Extra = await ReadEntryAsync(index, Checkpoint.Parse(checkpoint.Text).Size, cancel) };
    }

    private async ValueTask<Hash256[]> ReadRangesAsync(IReadOnlyList<TreeRange> ranges, long size, CancellationToken cancel)
    {
        var hashes = new Hash256[ranges.Count];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = await ReadRangeAsync(ranges[i], size, cancel);
        return hashes;
    }

    private async ValueTask<Hash256> ReadRangeAsync(TreeRange range, long size, CancellationToken cancel)
    {
        var nodes = new List<Hash256>();
        foreach (var node in range.Nodes())
            nodes.Add(await ReadNodeAsync(node, size, cancel));
        return TreeRange.Fold(CollectionsMarshal.AsSpan(nodes));
    }

    private async ValueTask<Hash256> ReadNodeAsync(TreeNode node, long size, CancellationToken cancel)
    {
        var (level, above) = TileId.Of(node);
        var first = node.Index << above;
        var hashes = await ReadTileAsync(TileId.Holding(level, first, size), cancel);
        return MerkleTree.Root(hashes.AsSpan((int)(first % TileId.FullWidth), 1 << above));
    }

    /// <summary>A partial file may be gone once the full one is there, which begins with the same bytes.</summary>
    private async ValueTask<(byte[] Bytes, int Width)> ReadFileAsync(TileId tile, int maximum, CancellationToken cancel)
    {
        Interlocked.Increment(ref tileReads);
        if (await source.ReadAsync(tile.Path, maximum, cancel) is { } bytes)
            return (bytes, tile.Width);
        if (!tile.IsFull && await source.ReadAsync(tile.Full.Path, maximum, cancel) is { } full)
            return (full, TileId.FullWidth);
        throw new LogException("file-missing", tile.Path);
    }
}
