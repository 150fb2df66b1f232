using System.Buffers.Binary;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="KeyId">The key's id.</param>
/// <param name="Bytes">The signature, which of a witness begins with the time.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>When a witness signed; the meaning is only there where the key is a witness's.</summary>
    public DateTimeOffset? Time => Bytes.Length > 8 && BinaryPrimitives.ReadInt64BigEndian(Bytes.Span) is >= 0 and <= 253402300799 and var time ? DateTimeOffset.FromUnixTimeSeconds(time) : null;

    /// <summary>The line, with its newline.</summary>
    public override string ToString()
    {
        var blob = new byte[4 + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(blob, KeyId);
        Bytes.Span.CopyTo(blob.AsSpan(4));
        return $"— {Name} {Convert.ToBase64String(blob)}\n";
    }
}

/// <summary>A text signed by one or more keys (C2SP signed-note). Until <see cref="SignedBy"/> has named a key that is trusted, the text is anybody's.</summary>
public sealed class SignedNote
{
    /// <summary>The longest note that is read, in bytes.</summary>
    public const int MaximumLength = 1_000_000;

    /// <summary>The most signature lines that are read.</summary>
    public const int MaximumSignatures = 100;

    private const string Dash = "— ";
    private static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A note of a text and its signatures.</summary>
    /// <exception cref="LogException">The text does not end with a newline, or holds another control character.</exception>
    public SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('\n') || text.Any(c => c < ' ' && c != '\n'))
            throw new LogException("note-text", "note");
        (Text, Signatures) = (text, signatures);
    }

    /// <summary>The text that is signed, with its last newline.</summary>
    public string Text { get; }

    /// <summary>The signatures in the order of their lines.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Reads a note.</summary>
    /// <exception cref="LogException">It is none, or larger than the limits.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaximumLength)
            throw new LogException("note-size", "note", $"{utf8.Length}", $"{MaximumLength}");
        try
        {
            return Read(strict.GetString(utf8));
        }
        catch (DecoderFallbackException)
        {
            throw new LogException("note-utf8", "note");
        }
    }

    /// <summary>Reads a note.</summary>
    /// <exception cref="LogException">It is none, or larger than the limits.</exception>
    public static SignedNote Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        try
        {
            return Parse(strict.GetBytes(note));
        }
        catch (EncoderFallbackException)
        {
            throw new LogException("note-utf8", "note");
        }
    }

    /// <summary>The trusted keys that signed, each once, in the order of their lines; other keys' lines are passed over.</summary>
    /// <param name="keys">The keys that are trusted.</param>
    /// <returns>Empty where no such key signed: then the text must not be used.</returns>
    /// <exception cref="LogException">A line names one of the keys and its signature is not that key's.</exception>
    public IReadOnlyList<NoteKey> SignedBy(IEnumerable<NoteKey> keys)
    {
        var known = keys.DistinctBy(k => (k.Name, k.Id)).ToDictionary(k => (k.Name, k.Id));
        var signers = new List<NoteKey>();
        foreach (var signature in Signatures)
        {
            if (!known.TryGetValue((signature.Name, signature.KeyId), out var key))
                continue;
            if (!key.Verify(Text, signature.Bytes.Span))
                throw new LogException("note-signature", "note", key.Name);
            if (!signers.Contains(key))
                signers.Add(key);
        }
        return signers;
    }

    /// <summary>The note with further signatures.</summary>
    public SignedNote With(params IEnumerable<NoteSignature> more) => new(Text, [.. Signatures, .. more]);

    /// <summary>The note as it is written to a file.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures)}";

    /// <summary>Reads the line of one signature, with its newline.</summary>
    /// <exception cref="LogException">It is none.</exception>
    public static NoteSignature ParseSignature(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var parts = line.EndsWith('\n') && line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..^1].Split(' ') : [];
        if (parts.Length != 2 || !NoteKey.IsName(parts[0]) || StrictBase64.Decode(parts[1]) is not { Length: > 4 } blob)
            throw new LogException("note-line", "note", line.TrimEnd('\n'));
        return new(parts[0], BinaryPrimitives.ReadUInt32BigEndian(blob), blob.AsMemory(4));
    }

    private static SignedNote Read(string note)
    {
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == note.Length || !note.EndsWith('\n'))
            throw new LogException("note-form", "note");
        var lines = note[(split + 2)..^1].Split('\n');
        if (lines.Length > MaximumSignatures)
            throw new LogException("note-signatures", "note", $"{lines.Length}", $"{MaximumSignatures}");
        return new(note[..(split + 1)], [.. lines.Select(l => ParseSignature(l + "\n"))]);
    }
}
