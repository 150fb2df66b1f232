using System.Text;

namespace Plumbline.Certificates;

/// <summary>The proof that an entry is in a log, to be handed out beside the certificate (C2SP tlog-proof@v1, file extension <c>.tlog-proof</c>): verified without network.</summary>
/// <param name="Index">The entry's place.</param>
/// <param name="Path">Hashes from the leaf up.</param>
/// <param name="SignedCheckpoint">The signed checkpoint whose tree holds the entry.</param>
public sealed record LogProof(long Index, IReadOnlyList<Hash256> Path, SignedNote SignedCheckpoint)
{
    /// <summary>The longest path of a tree of fewer than 2^63 entries.</summary>
    public const int MaximumPath = 63;

    private const string Header = "c2sp.org/tlog-proof@v1";

    /// <summary>Data beside the proof that nothing vouches for; null where there are none.</summary>
    public ReadOnlyMemory<byte>? Extra { get; init; }

    /// <summary>Reads a proof file.</summary>
    /// <exception cref="LogException">It is none.</exception>
    public static LogProof Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > SignedNote.MaximumLength)
            throw new LogException("proof-size", "proof", $"{utf8.Length}", $"{SignedNote.MaximumLength}");
        var end = utf8.IndexOf("\n\n"u8);
        if (end < 0)
            throw new LogException("proof-form", "proof");
        var lines = new Queue<string>(Encoding.Latin1.GetString(utf8[..end]).Split('\n'));
        if (lines.Dequeue() is var header && header != Header)
            throw new LogException("proof-header", "proof", header, Header);
        var extra = Prefixed(lines, "extra ");
        var data = extra is null ? null : StrictBase64.Decode(extra) ?? throw new LogException("proof-extra", "proof", extra);
        var number = Prefixed(lines, "index ");
        if (!Checkpoint.TryParseSize(number, out var index))
            throw new LogException("proof-index", "proof", number);
        if (lines.Count > MaximumPath)
            throw new LogException("proof-path", "proof", $"{lines.Count}", $"{MaximumPath}");
        var path = lines.Select(l => Hash256.TryParse(l, out var hash) ? hash : throw new LogException("proof-hash", "proof", l)).ToArray();
        return new(index, path, SignedNote.Parse(utf8[(end + 2)..])) { Extra = data is null ? default(ReadOnlyMemory<byte>?) : data };
    }

    /// <summary>Reads a proof file.</summary>
    /// <exception cref="LogException">It is none.</exception>
    public static LogProof Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>Believes the proof for an entry, or says why not.</summary>
    /// <param name="leaf">The entry's hash, <see cref="MerkleTree.LeafHash"/>.</param>
    /// <param name="policy">Which log and witnesses are believed.</param>
    /// <returns>The checkpoint that holds the entry.</returns>
    /// <exception cref="LogException">It is not to be believed.</exception>
    public Checkpoint Verify(Hash256 leaf, LogPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var checkpoint = policy.Accept(SignedCheckpoint);
        return MerkleProof.VerifyInclusion(Index, checkpoint.Size, leaf, [.. Path], checkpoint.Root)
            ? checkpoint
            : throw new LogException("proof-inclusion", "proof", $"{Index}", $"{checkpoint.Size}");
    }

    /// <summary>The proof as it is written to a file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is { } extra)
            text.Append("extra ").Append(Convert.ToBase64String(extra.Span)).Append('\n');
        text.Append("index ").Append(Index).Append('\n');
        foreach (var hash in Path)
            text.Append(hash).Append('\n');
        return text.Append('\n').Append(SignedCheckpoint).ToString();
    }

    private static string? Prefixed(Queue<string> lines, string prefix) =>
        lines.TryPeek(out var line) && line.StartsWith(prefix, StringComparison.Ordinal) ? lines.Dequeue()[prefix.Length..] : null;
}
