using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>First layer: bounded, well-formed XML without a DTD, with the root of a certificate.</summary>
internal static class FormCheck
{
    public static string Newest => DccVersions.All[^1].Version;

    /// <summary>Reads the file.</summary>
    /// <returns>The root element where later layers can go on; the version it declares; findings of form.</returns>
    public static (XElement? Root, string? Version, IReadOnlyList<Finding> Findings) Read(ReadOnlyMemory<byte> file, ValidationOptions options)
    {
        if (file.Length > options.LargestFile)
            return (null, null, [Of("form-size", "/", 0, file.Length.ToString(CultureInfo.InvariantCulture), options.LargestFile.ToString(CultureInfo.InvariantCulture))]);
        List<Finding> findings = [];
        if (Doctype(file.Span) is { } line)
            return (null, null, [Of("form-dtd", "/", line, "<!DOCTYPE")]);
        XDocument document;
        try
        {
            if (TooDeep(file, options) is { } deep)
                return (null, null, [deep]);
            using var reader = Reader(file, options);
            document = XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (XmlException broken)
        {
            return (null, null, [Of("form-malformed", "/", broken.LineNumber, broken.Message)]);
        }
        if (document.Declaration?.Encoding is { Length: > 0 } encoding && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            findings.Add(Of("form-encoding", "/", 1, encoding, "UTF-8"));
        var root = document.Root!;
        if (root.Name != DccNames.Root)
        {
            findings.Add(Of("form-root", root.Path, root.Line, root.Name.ToString(), DccNames.Root.ToString()));
            return (null, null, findings);
        }
        var version = ((string?)root.Attribute("schemaVersion"))?.Trim();
        if (string.IsNullOrEmpty(version))
            findings.Add(Of("form-version-missing", root.Path, root.Line, null, Newest));
        else if (!Knows(version))
            findings.Add(Of("form-version-unknown", root.Path, root.Line, version, $"{DccVersions.All[0].Version} – {Newest}"));
        return (root, version, findings);
    }

    public static bool Knows(string? version) => DccVersions.Find(version) is not null;

    private static Finding Of(string rule, string path, int line, string? value = null, string? expected = null)
    {
        var of = ValidationRules.Of(rule);
        return new(of.Layer, of.Severity, rule, path, value, expected) { Line = line };
    }

    private static XmlReader Reader(ReadOnlyMemory<byte> file, ValidationOptions options) =>
        XmlReader.Create(new MemoryStream(file.ToArray(), false), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = options.LargestFile, CloseInput = true });

    private static Finding? TooDeep(ReadOnlyMemory<byte> file, ValidationOptions options)
    {
        using var reader = Reader(file, options);
        while (reader.Read())
            if (reader.Depth >= options.Deepest)
                return Of("form-depth", "/", ((IXmlLineInfo)reader).LineNumber, (reader.Depth + 1).ToString(CultureInfo.InvariantCulture), options.Deepest.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    /// <summary>The line of a document type declaration, which may stand only before the root: after declarations, comments and blanks.</summary>
    private static int? Doctype(ReadOnlySpan<byte> file)
    {
        var text = Beginning(file);
        var at = 0;
        while (true)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF'))
                at++;
            var rest = text.AsSpan(at);
            var end = rest.StartsWith("<?") ? rest.IndexOf("?>") + 1 : rest.StartsWith("<!--") ? rest.IndexOf("-->") + 2 : -1;
            if (rest.StartsWith("<!DOCTYPE"))
                return 1 + text.AsSpan(0, at).Count('\n');
            if (end <= 2)
                return null;
            at += end + 1;
        }
    }

    /// <summary>The text up to the root's tag, in the encoding that the first bytes show.</summary>
    private static string Beginning(ReadOnlySpan<byte> file)
    {
        Encoding encoding = file switch
        {
            [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => Encoding.BigEndianUnicode,
            [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => Encoding.Unicode,
            _ => Encoding.Latin1,
        };
        if (file is [0xEF, 0xBB, 0xBF, ..])
            file = file[3..];
        return encoding.GetString(file[..Math.Min(file.Length, 1 << 20)]);
    }
}
