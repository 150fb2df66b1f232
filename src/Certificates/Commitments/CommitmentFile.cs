using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Plumbline.Certificates;

/// <summary>
/// The commitments of a comparison as a file, so that anybody can check without network that no result was changed or added after the opening: every result's entry in the public log with its proof and,
/// once the results are public, what opens it. Read and written as JSON.
/// </summary>
/// <param name="Comparison">The comparison's code, which the log's entries name.</param>
/// <param name="ResultsDue">The deadline.</param>
/// <param name="Results">One for each version of each laboratory's results, in the order of the log.</param>
public sealed record CommitmentFile(string Comparison, DateTimeOffset ResultsDue, IReadOnlyList<CommittedResult> Results)
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaximumLength = 64 << 20;

    private const string Format = "plumbline-comparison-commitments";
    private const int Version = 1;
    private static readonly JsonWriterOptions written = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Reads a file.</summary>
    /// <returns>The file, or every reason why it is none.</returns>
    public static Reading<CommitmentFile> Read(ReadOnlyMemory<byte> json)
    {
        var file = new JsonFile("commitments");
        if (file.Open(json, Format, Version, MaximumLength) is not { } root)
            return new(null, file.Findings);
        var read = new CommitmentFile(root.Text("comparison", 128), Instant(root, "resultsDue"), [.. root.Objects("results").Select(CommittedResult.From)]);
        root.End();
        return file.Findings.Count == 0 ? new(read) : new(null, file.Findings);
    }

    /// <summary>The file's bytes, UTF-8.</summary>
    public byte[] Write()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, written))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("formatVersion", Version);
            json.WriteString("comparison", Comparison);
            json.WriteString("resultsDue", Instant(ResultsDue));
            json.WriteStartArray("results");
            foreach (var result in Results)
                result.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return [.. bytes.WrittenSpan, (byte)'\n'];
    }

    internal static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);

    internal static DateTimeOffset Instant(JsonFields fields, string field)
    {
        var text = fields.Text(field);
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return at;
        if (text.Length > 0)
            fields.Refuse(field, text, "2026-01-31T16:00:00Z");
        return default;
    }
}

/// <summary>One version of a laboratory's results as the log holds it.</summary>
/// <param name="Laboratory">The laboratory's code in the comparison.</param>
/// <param name="IsPilot">Whether it is the pilot laboratory.</param>
/// <param name="Version">From 1, for each laboratory.</param>
/// <param name="Entry">The commitment's entry in the log, with its proof.</param>
public sealed record CommittedResult(string Laboratory, bool IsPilot, int Version, ProvenEntry Entry)
{
    private const int MaximumContent = 8 << 20;

    /// <summary>The content that was committed to (canonical JSON); null until it is public.</summary>
    public string? Content { get; init; }

    /// <summary>The 16 bytes that open the commitment; null until they are public.</summary>
    public byte[]? Salt { get; init; }

    /// <summary>The entry by which the log opened it; null where it did not, as for a version that a later one replaced.</summary>
    public ProvenEntry? Opening { get; init; }

    internal static CommittedResult From(JsonFields fields)
    {
        var read = new CommittedResult(fields.Text("laboratory", 80), fields.Flag("isPilot"), (int)fields.Number("version", 1, int.MaxValue), ProvenEntry.From(fields, "commitment"))
        {
            Content = fields.OptionalText("content", MaximumContent), Salt = fields.OptionalHex("salt", SaltedCommitment.SaltSize), Opening = fields.OptionalObject("opening") is { } opening ? ProvenEntry.From(opening) : null,
        };
        fields.End();
        return read;
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("laboratory", Laboratory);
        json.WriteBoolean("isPilot", IsPilot);
        json.WriteNumber("version", Version);
        Entry.Write(json, "commitment");
        if (Content is not null)
            json.WriteString("content", Content);
        if (Salt is not null)
            json.WriteString("salt", Convert.ToHexStringLower(Salt));
        Opening?.Write(json, "opening");
        json.WriteEndObject();
    }
}

/// <summary>An entry of the log and the proof that it is there.</summary>
/// <param name="Leaf">The entry's bytes.</param>
/// <param name="Proof">The text of its <see cref="LogProof"/>.</param>
public sealed record ProvenEntry(byte[] Leaf, string Proof)
{
    internal static ProvenEntry From(JsonFields fields, string? field = null)
    {
        if (field is not null)
            return fields.OptionalObject(field) is { } inner ? From(inner) : Missing(fields, field);
        var read = new ProvenEntry(fields.Bytes("entry", LogEvent.MaximumLength), System.Text.Encoding.UTF8.GetString(fields.Bytes("proof", SignedNote.MaximumLength)));
        fields.End();
        return read;
    }

    internal void Write(Utf8JsonWriter json, string field)
    {
        json.WriteStartObject(field);
        json.WriteString("entry", Convert.ToBase64String(Leaf));
        json.WriteString("proof", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Proof)));
        json.WriteEndObject();
    }

    private static ProvenEntry Missing(JsonFields fields, string field)
    {
        fields.Refuse(field, null, "{ entry, proof }");
        return new([], "");
    }
}
