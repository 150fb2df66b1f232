using System.Globalization;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>What goes into a PDF signature besides the signature.</summary>
/// <param name="Time">The time of signing, which the signer claims; whole seconds.</param>
public sealed record PdfSignatureOptions(DateTimeOffset Time)
{
    /// <summary>Why it was signed; shown by readers.</summary>
    public string? Reason { get; init; }

    /// <summary>A file to embed, such as the certificate's XML, and its name; associated with the document (/AF, relationship Source).</summary>
    public (string Name, ReadOnlyMemory<byte> Content)? Attachment { get; init; }

    /// <summary>Whom to ask for a timestamp on the signature (PAdES B-T); nobody where null.</summary>
    public TimestampClient? Timestamp { get; init; }
}

/// <summary>Signatures in PDF files: PAdES baseline (ETSI EN 319 142-1), sub-filter ETSI.CAdES.detached, SHA-256 with ECDSA P-256, added by an incremental update.</summary>
public static partial class PdfSignature
{
    private const int Reserved = 12 * 1024;

    /// <summary>Signs a PDF file: what is there stays byte for byte, the signature is added after it.</summary>
    /// <param name="file">A PDF with a cross-reference table, not encrypted, without a form (and so without a signature), such as Chromium prints.</param>
    /// <param name="identity">Key (ECDSA P-256) and certificates.</param>
    /// <param name="options">Time, reason, attachment, timestamp.</param>
    /// <param name="cancel">Stops the asking for a timestamp.</param>
    /// <exception cref="InvalidDataException">The file is no such PDF.</exception>
    /// <exception cref="ArgumentException">The key is not of ECDSA P-256.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The timestamp authority refused.</exception>
    /// <exception cref="HttpRequestException">The timestamp authority could not be reached.</exception>
    public static async Task<byte[]> SignAsync(ReadOnlyMemory<byte> file, SigningIdentity identity, PdfSignatureOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(options);
        var update = new PdfUpdate(file, identity.Certificate, options, Reserved);
        var (bytes, gap) = update.Write();
        byte[] covered = [.. bytes.AsSpan(0, gap.Start.Value), .. bytes.AsSpan(gap.End.Value)];
        var message = Cms.Sign(covered, Cms.Data, detached: true, identity);
        if (options.Timestamp is { } authority)
            message = await Cms.AddTimestampAsync(message, authority, cancel).ConfigureAwait(false);
        if (message.Length > Reserved)
            throw new InvalidDataException($"The signature with its certificates takes {message.Length} bytes; {Reserved} are reserved.");
        Encoding.ASCII.GetBytes(Convert.ToHexString(message), bytes.AsSpan(gap.Start.Value + 1));
        return bytes;
    }
}

/// <summary>The incremental update that holds a signature: signature, field, first page, catalogue, and the attachment.</summary>
internal sealed class PdfUpdate
{
    private readonly byte[] file;
    private readonly PdfFile pdf;
    private readonly SortedDictionary<int, string> objects = [];
    private readonly Dictionary<int, ReadOnlyMemory<byte>> streams = [];
    private readonly int reserved;
    private int next;

    public PdfUpdate(ReadOnlyMemory<byte> file, KeyCertificate certificate, PdfSignatureOptions options, int reserved)
    {
        (this.file, this.reserved) = (file.ToArray(), reserved);
        pdf = new(file.Span);
        next = pdf.Size;
        var root = PdfFile.Reference(pdf.Trailer.GetValueOrDefault("Root")) ?? throw new InvalidDataException("The PDF has no catalogue.");
        var catalogue = pdf.Dictionary(pdf.Object(root).Value);
        if (catalogue.ContainsKey("AcroForm"))
            throw new InvalidDataException("The PDF has a form or signatures already.");
        var (page, entries) = FirstPage(catalogue);
        Signature = next++;
        var field = next++;
        objects[Signature] = SignatureDictionary(certificate, options);
        objects[field] = $"<</Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /V {Signature} 0 R /F 132 /Rect [0 0 0 0] /P {page} 0 R>>";
        entries["Annots"] = $"[{string.Join(' ', [.. pdf.Array(entries.GetValueOrDefault("Annots")), $"{field} 0 R"])}]";
        objects[page] = Write(entries);
        catalogue["AcroForm"] = $"<</Fields [{field} 0 R] /SigFlags 3>>";
        if (options.Attachment is { } attachment)
            Attach(catalogue, attachment.Name, attachment.Content, options.Time);
        objects[root] = Write(catalogue);
    }

    private int Signature { get; }

    /// <returns>The file with room for the signature, and where that room is, with its angle brackets.</returns>
    public (byte[] Bytes, Range Gap) Write()
    {
        using var output = new MemoryStream();
        output.Write(file);
        void Say(string text) => output.Write(Encoding.Latin1.GetBytes(text));
        Say("\n");
        var offsets = new SortedDictionary<int, long>();
        foreach (var (number, value) in objects)
        {
            offsets[number] = output.Position;
            Say($"{number} 0 obj\n{value}\n");
            if (streams.TryGetValue(number, out var content))
            {
                Say("stream\n");
                output.Write(content.Span);
                Say("\nendstream\n");
            }
            Say("endobj\n");
        }
        var table = output.Position;
        Say("xref\n");
        foreach (var (number, offset) in offsets)
            Say(string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{offset:D10} 00000 n \n"));
        var trailer = pdf.Trailer.Where(e => e.Key is "Root" or "Info" or "ID").ToDictionary();
        (trailer["Size"], trailer["Prev"]) = ($"{next}", $"{pdf.LastTable}");
        Say($"trailer\n{Write(trailer)}\nstartxref\n{table}\n%%EOF\n");
        var bytes = output.ToArray();
        var start = bytes.AsSpan((int)offsets[Signature]).IndexOf("/Contents <"u8) + (int)offsets[Signature] + "/Contents ".Length;
        var gap = start..(start + 2 * reserved + 2);
        var range = bytes.AsSpan((int)offsets[Signature]).IndexOf(Encoding.ASCII.GetBytes(Placeholder)) + (int)offsets[Signature];
        Encoding.ASCII.GetBytes($"[0 {gap.Start.Value} {gap.End.Value} {bytes.Length - gap.End.Value}]".PadRight(Placeholder.Length), bytes.AsSpan(range));
        return (bytes, gap);
    }

    private const string Placeholder = "[0 0000000000 0000000000 0000000000]";

    private string SignatureDictionary(KeyCertificate certificate, PdfSignatureOptions options) =>
        $"<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange {Placeholder} /Contents <{new string('0', 2 * reserved)}> /M {Date(options.Time)} /Name {Text(certificate.Subject)}{(options.Reason is { } reason ? $" /Reason {Text(reason)}" : "")}>>";

    private (int Number, Dictionary<string, string> Entries) FirstPage(Dictionary<string, string> catalogue)
    {
        var node = catalogue.GetValueOrDefault("Pages");
        for (var depth = 0; depth < 32 && PdfFile.Reference(node) is { } number; depth++)
        {
            var entries = pdf.Dictionary(pdf.Object(number).Value);
            if (entries.GetValueOrDefault("Type") == "/Page")
                return (number, entries);
            node = pdf.Array(entries.GetValueOrDefault("Kids")).FirstOrDefault();
        }
        throw new InvalidDataException("The PDF has no page.");
    }

    private void Attach(Dictionary<string, string> catalogue, string name, ReadOnlyMemory<byte> content, DateTimeOffset time)
    {
        var names = catalogue.TryGetValue("Names", out var there) ? pdf.Dictionary(there) : [];
        if (names.ContainsKey("EmbeddedFiles") || catalogue.ContainsKey("AF"))
            throw new InvalidDataException("The PDF has embedded files already.");
        int stream = next++, description = next++;
        objects[stream] = $"<</Type /EmbeddedFile /Subtype /text#2Fxml /Length {content.Length} /Params <</Size {content.Length} /ModDate {Date(time)}>>>>";
        streams[stream] = content;
        objects[description] = $"<</Type /Filespec /F {Text(name)} /UF {Text(name)} /EF <</F {stream} 0 R /UF {stream} 0 R>> /AFRelationship /Source>>";
        names["EmbeddedFiles"] = $"<</Names [{Text(name)} {description} 0 R]>>";
        catalogue["Names"] = Write(names);
        catalogue["AF"] = $"[{description} 0 R]";
    }

    private static string Write(Dictionary<string, string> entries) => $"<<{string.Join('\n', entries.Select(e => $"/{e.Key} {e.Value}"))}>>";

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("'(D:'yyyyMMddHHmmss'Z)'", CultureInfo.InvariantCulture);

    /// <summary>Any text as UTF-16 in hexadecimal digits (ISO 32000-1, section 7.9.2.2).</summary>
    private static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}
