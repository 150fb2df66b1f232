using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>The state of a log at one moment (C2SP tlog-checkpoint): the text of the note that the log signs.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">Root of the tree over them.</param>
public sealed record Checkpoint(string Origin, long Size, Hash256 Root)
{
    /// <summary>Further lines of the text, which another log may write; this one does not.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The text, with its last newline.</summary>
    public string Text => $"{Origin}\n{Size}\n{Root}\n{string.Concat(Extensions.Select(e => e + "\n"))}";

    /// <summary>Reads the text of a checkpoint's note, whose signatures are judged elsewhere.</summary>
    /// <exception cref="LogException">It is not a checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[..^1].Any(l => l.Length == 0))
            throw new LogException("checkpoint-form", "checkpoint");
        if (!TryParseSize(lines[1], out var size))
            throw new LogException("checkpoint-size", "checkpoint", lines[1]);
        if (!Hash256.TryParse(lines[2], out var root))
            throw new LogException("checkpoint-root", "checkpoint", lines[2]);
        if (size == 0 && root != MerkleTree.EmptyRoot)
            throw new LogException("checkpoint-root", "checkpoint", lines[2], MerkleTree.EmptyRoot.ToString());
        return new(lines[0], size, root) { Extensions = lines[3..^1] };
    }

    /// <summary>Reads a decimal number without sign and leading zeros, below 2^63.</summary>
    internal static bool TryParseSize(ReadOnlySpan<char> text, out long size) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && (text.Length == 1 || text[0] != '0');

    /// <summary>The same state, extensions aside.</summary>
    public bool IsSameTree(Checkpoint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Origin, Size, Root) == (other.Origin, other.Size, other.Root);
    }
}
