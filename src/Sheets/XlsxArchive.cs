using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Plumbline.Sheets;

/// <summary>Why an .xlsx is refused, thrown only inside this project and turned into a problem at its door.</summary>
internal sealed class RefusedFileException(SheetProblem problem) : Exception(problem.Code)
{
    public SheetProblem Problem { get; } = problem;
}

/// <summary>
/// The ZIP container of an .xlsx with its parts unpacked under limits that are counted, never believed.
/// Parts are read by a strict XML reader: no document type, no resolver, no external anything.
/// </summary>
internal sealed class XlsxArchive
{
    private const string RelationshipTail = "/relationships/";

    private static readonly XmlReaderSettings strict = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersFromEntities = 0,
    };

    private readonly Dictionary<string, byte[]> parts = new(StringComparer.OrdinalIgnoreCase);

    private XlsxArchive()
    {
    }

    public static XlsxArchive Open(byte[] bytes, string fileName, SheetLimits limits)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        if (zip.Entries.Count > limits.MaxEntries)
            throw new RefusedFileException(new("sheet.zip-bomb", Value: fileName));
        if (IsEncrypted(bytes))
            throw new RefusedFileException(new("sheet.encrypted", Value: fileName));

        var archive = new XlsxArchive();
        var budget = limits.MaxUncompressedBytes;
        foreach (var entry in zip.Entries.Where(entry => IsXml(entry.FullName)))
        {
            var part = Unpack(entry, Math.Min(budget, Allowance(entry, limits)), fileName);
            budget -= part.Length;
            if (!archive.parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), part))
                throw new RefusedFileException(new("sheet.damaged", Value: fileName));
        }

        archive.CheckKind(zip, fileName);
        return archive;
    }

    public bool Has(string path) => parts.ContainsKey(path);

    /// <summary>A reader over one part, without its document type because there must be none.</summary>
    public XmlReader Part(string path, string fileName)
    {
        if (!parts.TryGetValue(path, out var bytes))
            throw new RefusedFileException(new("sheet.damaged", Value: fileName));
        if (DeclaresDocumentType(bytes))
            throw new RefusedFileException(new("sheet.dtd", Value: fileName));
        return XmlReader.Create(new MemoryStream(bytes, writable: false), strict);
    }

    /// <summary>Relationship id and kind of a part to the parts inside the container it names; targets outside are left out.</summary>
    public List<(string Id, string Kind, string Path)> Relationships(string path, string fileName)
    {
        var folder = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";
        var rels = (folder.Length > 0 ? folder + "/" : "") + "_rels/" + path[(path.LastIndexOf('/') + 1)..] + ".rels";
        var found = new List<(string, string, string)>();
        if (!Has(rels))
            return found;
        using var xml = Part(rels, fileName);
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || xml.GetAttribute("TargetMode") == "External")
                continue;
            var kind = xml.GetAttribute("Type") ?? "";
            var tail = kind.LastIndexOf(RelationshipTail, StringComparison.Ordinal);
            found.Add((xml.GetAttribute("Id") ?? "", tail < 0 ? kind : kind[(tail + RelationshipTail.Length)..], Resolve(folder, xml.GetAttribute("Target") ?? "")));
        }

        return found;
    }

    private void CheckKind(ZipArchive zip, string fileName)
    {
        if (!parts.TryGetValue("[Content_Types].xml", out var types))
            throw new RefusedFileException(new("sheet.not-a-table", Value: fileName));
        if (DeclaresDocumentType(types))
            throw new RefusedFileException(new("sheet.dtd", Value: fileName));
        var text = Encoding.UTF8.GetString(types);
        if (text.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase)
            || zip.Entries.Any(entry => entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            throw new RefusedFileException(new("sheet.macros", Value: fileName));
        if (!text.Contains("spreadsheetml", StringComparison.OrdinalIgnoreCase))
            throw new RefusedFileException(new("sheet.not-a-table", Value: fileName));
        if (zip.Entries.Any(entry => entry.FullName.Contains("externalLinks/", StringComparison.OrdinalIgnoreCase)))
            throw new RefusedFileException(new("sheet.external-links", Value: fileName));
    }

    private static byte[] Unpack(ZipArchiveEntry entry, long allowance, string fileName)
    {
        using var packed = entry.Open();
        return Bytes.TryReadAll(packed, allowance, out var bytes)
            ? bytes
            : throw new RefusedFileException(new("sheet.zip-bomb", Value: fileName));
    }

    // Below a megabyte any ratio is harmless, and small repetitive parts do compress very well.
    private static long Allowance(ZipArchiveEntry entry, SheetLimits limits) =>
        Math.Max(1L << 20, entry.CompressedLength * limits.MaxRatio);

    private static bool IsXml(string name) =>
        name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    // Bit 0 of the general purpose flag of the first local header.
    private static bool IsEncrypted(byte[] bytes) => bytes.Length > 7 && (bytes[6] & 1) == 1;

    // Looked for before parsing, in any encoding, so that the refusal can say what it refuses; the parser would refuse it too.
    private static bool DeclaresDocumentType(byte[] bytes)
    {
        ReadOnlySpan<byte> all = bytes;
        return all.IndexOf("<!DOCTYPE"u8) >= 0
            || all.IndexOf(Encoding.Unicode.GetBytes("<!DOCTYPE")) >= 0
            || all.IndexOf(Encoding.BigEndianUnicode.GetBytes("<!DOCTYPE")) >= 0;
    }

    private static string Resolve(string folder, string target)
    {
        var path = target.StartsWith('/') ? target : folder + "/" + target;
        var kept = new List<string>();
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && kept.Count > 0)
                kept.RemoveAt(kept.Count - 1);
            else if (step is not ("." or ".."))
                kept.Add(Uri.UnescapeDataString(step));
        }

        return string.Join('/', kept);
    }
}
