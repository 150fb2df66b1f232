using System.Buffers.Binary;

namespace Plumbline.Certificates;

/// <summary>A certificate's line in the status tree.</summary>
/// <param name="Id">The certificate.</param>
/// <param name="LatestIndex">The latest entry of the log about it.</param>
/// <param name="Status">Where it stands.</param>
public readonly record struct StatusLeaf(CertificateId Id, long LatestIndex, CertificateStatus Status)
{
    /// <summary>The line's hash in the tree: over id, index (8 bytes each, big-endian) and one byte of status.</summary>
    public Hash256 Hash
    {
        get
        {
            Span<byte> line = stackalloc byte[17];
            BinaryPrimitives.WriteUInt64BigEndian(line, Id.Value);
            BinaryPrimitives.WriteInt64BigEndian(line[8..], LatestIndex);
            line[16] = (byte)Status;
            return MerkleTree.LeafHash(line);
        }
    }
}

/// <summary>One line of the status tree with its path.</summary>
/// <param name="Place">Its place among the sorted lines.</param>
/// <param name="Leaf">The line.</param>
/// <param name="Path">Hashes from the line up.</param>
public sealed record StatusPath(long Place, StatusLeaf Leaf, IReadOnlyList<Hash256> Path);

/// <summary>The proof of where a certificate stands, or that the log has none of that id: its line, or the two lines between which it would stand.</summary>
/// <param name="Summary">What the logged status root says.</param>
/// <param name="Lines">One line, or the neighbours, of which one is missing at either end.</param>
public sealed record StatusProof(StatusSummary Summary, IReadOnlyList<StatusPath> Lines)
{
    /// <summary>The certificate's line.</summary>
    /// <param name="id">The certificate.</param>
    /// <returns>Null where the proof shows that there is none.</returns>
    /// <exception cref="LogException">The proof shows neither.</exception>
    public StatusLeaf? Verify(CertificateId id)
    {
        if (!Lines.All(l => MerkleProof.VerifyInclusion(l.Place, Summary.Count, l.Leaf.Hash, [.. l.Path], Summary.Root)))
            throw new LogException("status-proof", "status", id.ToString());
        if (Lines is [var own] && own.Leaf.Id == id)
            return own.Leaf;
        var absent = Lines switch
        {
            [] => Summary.Count == 0,
            [var one] => (one.Place == 0 && id < one.Leaf.Id) || (one.Place == Summary.Count - 1 && id > one.Leaf.Id),
            [var before, var after] => after.Place == before.Place + 1 && before.Leaf.Id < id && id < after.Leaf.Id,
            _ => false,
        };
        return absent ? null : throw new LogException("status-proof", "status", id.ToString());
    }
}

/// <summary>The map from every certificate to its latest event as a Merkle tree over lines sorted by id, whose root the log holds. Immutable, safe for use by several threads.</summary>
public sealed class StatusTree
{
    private readonly StatusLeaf[] lines;
    private readonly List<Hash256[]> tiles = []; // of each level the roots of full tiles of the level below

    private StatusTree(StatusLeaf[] lines, long size)
    {
        this.lines = lines;
        for (var count = lines.Length / TileId.FullWidth; count > 0; count /= TileId.FullWidth)
        {
            var level = tiles.Count;
            var roots = new Hash256[count];
            for (var i = 0; i < count; i++)
                roots[i] = Node(new((level + 1) * TileId.Height, i));
            tiles.Add(roots);
        }
        Summary = new(Hash(new(0, lines.Length)), lines.Length, size);
    }

    /// <summary>The tree of a log without certificates.</summary>
    public static StatusTree Empty { get; } = new([], 0);

    /// <summary>What its root covers.</summary>
    public StatusSummary Summary { get; }

    /// <summary>The tree of everything that was replayed.</summary>
    public static StatusTree Of(EventHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return new([.. history.Certificates.Select(LineOf).OrderBy(l => l.Id)], history.Size);
    }

    /// <summary>The proof of where a certificate stands.</summary>
    public StatusProof Prove(CertificateId id)
    {
        var place = Array.BinarySearch(lines, new(id, 0, default), Comparer<StatusLeaf>.Create((a, b) => a.Id.CompareTo(b.Id)));
        int[] places = place >= 0 ? [place] : [~place - 1, ~place];
        return new(Summary, [.. places.Where(p => p >= 0 && p < lines.Length).Select(p => new StatusPath(p, lines[p], [.. MerkleProof.Inclusion(p, lines.Length).Select(Hash)]))]);
    }

    /// <summary>The tree after what changed since this one: only the new lines are sorted.</summary>
    internal StatusTree Next(EventHistory history)
    {
        if (Summary.Size == 0)
        {
            history.TakeChanged();
            return Of(history);
        }
        var changed = history.TakeChanged().Select(i => LineOf(history.Find(i)!.Value)).OrderBy(l => l.Id).ToArray();
        var merged = new List<StatusLeaf>(lines.Length + changed.Length);
        var at = 0;
        foreach (var line in lines)
        {
            while (at < changed.Length && changed[at].Id < line.Id)
                merged.Add(changed[at++]);
            merged.Add(at < changed.Length && changed[at].Id == line.Id ? changed[at++] : line);
        }
        merged.AddRange(changed[at..]);
        return new([.. merged], history.Size);
    }

    private static StatusLeaf LineOf(CertificateState state) => new(state.Id, state.LatestIndex, state.Status);

    private Hash256 Hash(TreeRange range) => TreeRange.Fold([.. range.Nodes().Select(Node)]);

    private Hash256 Node(TreeNode node)
    {
        var (level, above) = node.Level / TileId.Height > tiles.Count ? (tiles.Count, node.Level - (TileId.Height * tiles.Count)) : TileId.Of(node);
        var first = (int)(node.Index << above);
        if (level > 0)
            return MerkleTree.Root(tiles[level - 1].AsSpan(first, 1 << above));
        var hashes = new Hash256[1 << above];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = lines[first + i].Hash;
        return MerkleTree.Root(hashes);
    }
}
