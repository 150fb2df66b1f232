using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>The right edge of a growing tree: all that is needed to append entries, to write tiles and to know the root. One hash an entry.</summary>
internal sealed class TreeEdge
{
    private const int Levels = 8;

    // Full nodes from large to small, as the binary digits of the size say.
    private readonly List<Hash256> nodes = [];
    private readonly List<Hash256>[] tiles = [.. Enumerable.Range(0, Levels).Select(_ => new List<Hash256>(TileId.FullWidth))];
    private readonly ArrayBufferWriter<byte> bundle = new();
    private int entries;

    public long Size { get; private set; }

    public Hash256 Root => TreeRange.Fold(CollectionsMarshal.AsSpan(nodes));

    /// <summary>Takes in the next entry.</summary>
    /// <param name="entry">Its bytes.</param>
    /// <param name="leaf">Its hash.</param>
    /// <param name="full">Takes the files that became full.</param>
    public void Append(ReadOnlySpan<byte> entry, Hash256 leaf, Action<TileId, byte[]> full)
    {
        EntryBundle.Write(bundle, entry);
        if (++entries == TileId.FullWidth)
        {
            full(new(TileId.Entries, Size / TileId.FullWidth), bundle.WrittenSpan.ToArray());
            bundle.ResetWrittenCount();
            entries = 0;
        }
        Put(0, leaf, full);
        var (node, level) = (leaf, 0);
        for (; (Size >> level & 1) == 1; level++)
        {
            node = MerkleTree.NodeHash(nodes[^1], node);
            nodes.RemoveAt(nodes.Count - 1);
            if ((level + 1) % TileId.Height == 0)
                Put((level + 1) / TileId.Height, node, full);
        }
        nodes.Add(node);
        Size++;
    }

    /// <summary>The files that are not full, as of now.</summary>
    public IEnumerable<(TileId Tile, byte[] Content)> Partial()
    {
        if (entries > 0)
            yield return (new(TileId.Entries, Size / TileId.FullWidth, entries), bundle.WrittenSpan.ToArray());
        for (var level = 0; level < Levels; level++)
            if (tiles[level].Count > 0)
                yield return (new(level, (Size >> (TileId.Height * level)) / TileId.FullWidth, tiles[level].Count), Bytes(tiles[level]));
    }

    /// <summary>Writes the edge, so that it is known again without any tile.</summary>
    public void Save(MemoryStream target)
    {
        using var writer = new BinaryWriter(target, Encoding.UTF8, leaveOpen: true);
        writer.Write(Size);
        Save(writer, nodes);
        foreach (var tile in tiles)
            Save(writer, tile);
        writer.Write(entries);
        writer.Write(bundle.WrittenCount);
        writer.Write(bundle.WrittenSpan);
    }

    /// <summary>Reads what <see cref="Save(MemoryStream)"/> wrote.</summary>
    public static TreeEdge Load(BinaryReader reader)
    {
        var edge = new TreeEdge { Size = reader.ReadInt64() };
        Load(reader, edge.nodes);
        foreach (var tile in edge.tiles)
            Load(reader, tile);
        edge.entries = reader.ReadInt32();
        edge.bundle.Write(reader.ReadBytes(reader.ReadInt32()));
        return edge;
    }

    private void Put(int level, Hash256 hash, Action<TileId, byte[]> full)
    {
        var tile = tiles[level];
        tile.Add(hash);
        if (tile.Count < TileId.FullWidth)
            return;
        full(new(level, Size >> (TileId.Height * (level + 1))), Bytes(tile));
        tile.Clear();
    }

    private static byte[] Bytes(List<Hash256> hashes) => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(hashes)).ToArray();

    private static void Save(BinaryWriter writer, List<Hash256> hashes)
    {
        writer.Write(hashes.Count);
        writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(hashes)));
    }

    private static void Load(BinaryReader reader, List<Hash256> hashes) =>
        hashes.AddRange(MemoryMarshal.Cast<byte, Hash256>(reader.ReadBytes(reader.ReadInt32() * Hash256.Size)));
}
