using System.Globalization;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>What a witness answers: an HTTP status and a body.</summary>
/// <param name="Status">200, 400, 403, 404, 409 or 422.</param>
/// <param name="ContentType">Type of the body.</param>
/// <param name="Body">The cosignature's line, the size that the witness knows, or nothing.</param>
public sealed record WitnessAnswer(int Status, string ContentType, string Body)
{
    internal static WitnessAnswer Of(int status) => new(status, "text/plain; charset=utf-8", "");
}

/// <summary>A witness of logs (C2SP tlog-witness): it signs a checkpoint only if that continues the one it signed before, and thereby sees to it that a log shows everybody the same. Knows nothing of HTTP. Safe for use by several threads; one folder must have one witness.</summary>
/// <param name="signer">The witness's name and key.</param>
/// <param name="logs">The logs that it watches.</param>
/// <param name="folder">Where it keeps, for each log, the last checkpoint that it signed.</param>
/// <param name="clock">The time that it signs.</param>
public sealed class Witness(NoteSigner signer, IReadOnlyList<NoteKey> logs, string folder, TimeProvider clock)
{
    /// <summary>The longest request that is read, in bytes.</summary>
    public const int MaximumRequest = 64 * 1024;

    private const string SizeType = "text/x.tlog.size";

    private readonly Lock turn = new();

    /// <summary>The name and key.</summary>
    public NoteKey Key => signer.Key;

    /// <summary>The last checkpoint of a log that was signed.</summary>
    /// <returns>Null where none was.</returns>
    public Checkpoint? Last(string origin) => File.Exists(PathOf(origin)) ? Checkpoint.Parse(File.ReadAllText(PathOf(origin))) : null;

    /// <summary>Answers <c>add-checkpoint</c>.</summary>
    /// <param name="request">The request's body.</param>
    public WitnessAnswer AddCheckpoint(ReadOnlySpan<byte> request)
    {
        if (request.Length > MaximumRequest || WitnessRequest.Parse(request) is not { } asked)
            return WitnessAnswer.Of(400);
        var keys = logs.Where(k => k.Name == asked.Checkpoint.Origin).ToArray();
        if (keys.Length == 0)
            return WitnessAnswer.Of(404);
        if (!IsSigned(asked.Note, keys))
            return WitnessAnswer.Of(403);
        if (asked.OldSize > asked.Checkpoint.Size)
            return WitnessAnswer.Of(400);
        // What is known and what will be known change together: two requests at once must not step back.
        lock (turn)
            return Judge(asked);
    }

    private WitnessAnswer Judge(WitnessRequest asked)
    {
        var (last, next) = (Last(asked.Checkpoint.Origin), asked.Checkpoint);
        if (asked.OldSize != (last?.Size ?? 0) || (last is not null && next.Size == last.Size && next.Root != last.Root))
            return new(409, SizeType, $"{last?.Size ?? 0}\n");
        var continues = asked.OldSize == 0 || next.Size == asked.OldSize
            ? asked.Proof.Count == 0
            : MerkleProof.VerifyConsistency(asked.OldSize, next.Size, last!.Root, next.Root, [.. asked.Proof]);
        if (!continues)
            return WitnessAnswer.Of(422);
        if (last is null || !last.IsSameTree(next))
        {
            Directory.CreateDirectory(folder);
            Durable.Replace(PathOf(next.Origin), PathOf(next.Origin) + ".new", Encoding.UTF8.GetBytes(next.Text));
        }
        return new(200, "text/plain; charset=utf-8", signer.Sign(asked.Note.Text, clock.GetUtcNow()).ToString());
    }

    private static bool IsSigned(SignedNote note, NoteKey[] keys)
    {
        try
        {
            return note.SignedBy(keys).Count > 0;
        }
        catch (LogException)
        {
            return false; // a line with a known key's name whose signature is another's
        }
    }

    // An origin may hold slashes; its digest is a name for a file.
    private string PathOf(string origin) => Path.Combine(folder, Convert.ToHexStringLower(Digests.Sha256(Encoding.UTF8.GetBytes(origin))) + ".checkpoint");
}

/// <summary>The body of <c>add-checkpoint</c>.</summary>
/// <param name="OldSize">The size that the log believes the witness to know.</param>
/// <param name="Proof">That the checkpoint continues it.</param>
/// <param name="Note">The signed checkpoint.</param>
/// <param name="Checkpoint">Its content.</param>
internal sealed record WitnessRequest(long OldSize, IReadOnlyList<Hash256> Proof, SignedNote Note, Checkpoint Checkpoint)
{
    /// <returns>Null where it is none.</returns>
    public static WitnessRequest? Parse(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf("\n\n"u8);
        if (end < 0)
            return null;
        var lines = Encoding.Latin1.GetString(body[..end]).Split('\n');
        if (!lines[0].StartsWith("old ", StringComparison.Ordinal) || !Certificates.Checkpoint.TryParseSize(lines[0].AsSpan(4), out var old) || lines.Length > 1 + LogProof.MaximumPath)
            return null;
        var proof = new List<Hash256>();
        foreach (var line in lines.Skip(1))
        {
            if (!Hash256.TryParse(line, out var hash))
                return null;
            proof.Add(hash);
        }
        try
        {
            var note = SignedNote.Parse(body[(end + 2)..]);
            return new(old, proof, note, Certificates.Checkpoint.Parse(note.Text));
        }
        catch (LogException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"old {OldSize}\n{string.Concat(Proof.Select(h => h + "\n"))}\n{Note}");
}
