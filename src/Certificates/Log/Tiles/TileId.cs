using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>A file of the log that never changes (C2SP tlog-tiles): up to 256 hashes of one level, or up to 256 entries.</summary>
/// <param name="Level">0 for the hashes of entries, 1 for the hashes over full tiles of level 0, and so on; <see cref="Entries"/> for a bundle of entries.</param>
/// <param name="Index">Place among the tiles of its level, from 0.</param>
/// <param name="Width">Number of hashes or entries, 1 to 256.</param>
public readonly record struct TileId(int Level, long Index, int Width = TileId.FullWidth)
{
    /// <summary>Number of hashes of a full tile, and of entries of a full bundle.</summary>
    public const int FullWidth = 256;

    /// <summary>The level that stands for bundles of entries.</summary>
    public const int Entries = -1;

    /// <summary>The height of a full tile: 2^8 = 256.</summary>
    internal const int Height = 8;

    private const int HighestLevel = 7; // 2^63 entries need no higher one

    /// <summary>Whether it is full.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>The full tile in its place.</summary>
    public TileId Full => this with { Width = FullWidth };

    /// <summary>Below the log's prefix, such as <c>tile/0/x001/067.p/12</c> or <c>tile/entries/000</c>.</summary>
    public string Path => $"tile/{(Level == Entries ? "entries" : Level)}/{Number(Index)}{(IsFull ? "" : $".p/{Width}")}";

    /// <summary>The tile that holds a node's or, at level <see cref="Entries"/>, an entry's place in a log of <paramref name="size"/> entries.</summary>
    /// <param name="level">Level of the tile.</param>
    /// <param name="index">Place among the hashes of that level.</param>
    /// <param name="size">Number of the log's entries.</param>
    public static TileId Holding(int level, long index, long size)
    {
        var count = size >> (Height * Math.Max(level, 0));
        var tile = index >> Height;
        return new(level, tile, (int)Math.Min(count - (tile << Height), FullWidth));
    }

    /// <summary>All tiles and bundles of a log of <paramref name="size"/> entries, bundles first, then levels from 0 up.</summary>
    public static IEnumerable<TileId> Of(long size)
    {
        for (var level = Entries; level <= HighestLevel; level++)
        {
            var count = size >> (Height * Math.Max(level, 0));
            for (var first = 0L; first < count; first += FullWidth)
                yield return Holding(level, first, size);
        }
    }

    /// <summary>Reads a path below the log's prefix.</summary>
    /// <returns>Null where it is none, so that a server can refuse it.</returns>
    public static TileId? Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('/');
        if (parts is not ["tile", var level, .. { Length: > 0 } rest])
            return null;
        var width = FullWidth;
        if (rest.Length > 1 && rest[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(rest[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width))
                return null;
            rest = [.. rest[..^2], rest[^2][..^2]];
        }
        var number = string.Concat(rest.Select(g => g.TrimStart('x')));
        var tier = level == "entries" ? Entries : int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var l) ? l : int.MaxValue;
        if (tier > HighestLevel || width is < 1 or > FullWidth || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return null;
        var tile = new TileId(tier, index, width);
        return tile.Path == path ? tile : null;
    }

    private static string Number(long index)
    {
        var text = $"{index % 1000:000}";
        for (var rest = index / 1000; rest > 0; rest /= 1000)
            text = $"x{rest % 1000:000}/{text}";
        return text;
    }

    /// <summary>The level of the tile in which a node of the tree is found, and how far above the tile's hashes it lies.</summary>
    internal static (int Level, int Above) Of(TreeNode node) => (node.Level / Height, node.Level % Height);

}
