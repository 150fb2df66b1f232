using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>How much XML a stranger may hand in before it is refused.</summary>
/// <param name="MaxBytes">Size of the file.</param>
/// <param name="MaxDepth">Elements inside one another.</param>
/// <param name="MaxNodes">Elements and attributes together.</param>
public sealed record DccLimits(int MaxBytes = 32 << 20, int MaxDepth = 64, int MaxNodes = 1_000_000)
{
    /// <summary>32 MB, 64 levels, a million elements and attributes: a certificate with its PDF inside has room.</summary>
    public static DccLimits Default { get; } = new();
}

/// <summary>XML in, hostile until parsed: no document type, no entities, no network, bounded size and depth.</summary>
public static class DccXml
{
    /// <summary>The document with line numbers.</summary>
    /// <param name="xml">The file's bytes.</param>
    /// <param name="limits">Null for <see cref="DccLimits.Default"/>.</param>
    /// <param name="preserveWhitespace">Whether blanks between elements are kept, as a signature needs them.</param>
    /// <exception cref="DccException">Rules <c>xml-size</c>, <c>xml-depth</c>, <c>xml-nodes</c>, <c>xml-dtd</c>, <c>xml-form</c>; the last with the line.</exception>
    public static XDocument Load(ReadOnlyMemory<byte> xml, DccLimits? limits = null, bool preserveWhitespace = false)
    {
        limits ??= DccLimits.Default;
        if (xml.Length > limits.MaxBytes)
            throw Refused("xml-size", xml.Length, limits.MaxBytes, 0);
        try
        {
            Measure(xml, limits);
            using var reader = Reader(xml);
            return XDocument.Load(reader, LoadOptions.SetLineInfo | (preserveWhitespace ? LoadOptions.PreserveWhitespace : LoadOptions.None));
        }
        catch (XmlException fault)
        {
            throw new DccException(new Finding(FindingLayer.Form, FindingSeverity.Error, DeclaresType(xml) ? "xml-dtd" : "xml-form", "/", fault.Message) { Line = fault.LineNumber });
        }
        catch (Exception fault) when (fault is DecoderFallbackException or ArgumentException)
        {
            // A declared encoding that does not exist, or bytes that are none of it.
            throw new DccException(new Finding(FindingLayer.Form, FindingSeverity.Error, "xml-form", "/", fault.Message));
        }
    }

    /// <summary>Where an element stands: local names from the root, <c>[n]</c> (from 1) among namesakes.</summary>
    public static string Path(XElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        var path = new StringBuilder();
        foreach (var step in element.AncestorsAndSelf())
        {
            var alike = step.Parent?.Elements(step.Name).Take(2).Count() > 1;
            path.Insert(0, alike ? $"/{step.Name.LocalName}[{step.ElementsBeforeSelf(step.Name).Count() + 1}]" : $"/{step.Name.LocalName}");
        }
        return path.ToString();
    }

    /// <summary>The line an element or attribute was read from; 0 where it was made.</summary>
    public static int Line(XObject node) => ((IXmlLineInfo)node).LineNumber;

    /// <summary>The document as UTF-8 with line feeds and two blanks a level: the same document, the same bytes.</summary>
    public static byte[] Save(XDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var memory = new MemoryStream();
        using (var writer = XmlWriter.Create(memory, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize }))
            document.Save(writer);
        memory.WriteByte((byte)'\n');
        return memory.ToArray();
    }

    /// <summary>One pass that counts, before anything is kept.</summary>
    private static void Measure(ReadOnlyMemory<byte> xml, DccLimits limits)
    {
        using var reader = Reader(xml);
        var nodes = 0;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            var line = ((IXmlLineInfo)reader).LineNumber;
            if (reader.Depth >= limits.MaxDepth)
                throw Refused("xml-depth", reader.Depth + 1, limits.MaxDepth, line);
            nodes += 1 + reader.AttributeCount;
            if (nodes > limits.MaxNodes)
                throw Refused("xml-nodes", nodes, limits.MaxNodes, line);
        }
    }

    private static XmlReader Reader(ReadOnlyMemory<byte> xml) => XmlReader.Create(
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(xml, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(xml.ToArray(), writable: false),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersFromEntities = 1024, CloseInput = true });

    private static bool DeclaresType(ReadOnlyMemory<byte> xml) => xml.Span.IndexOf("<!DOCTYPE"u8) >= 0;

    private static DccException Refused(string rule, int value, int expected, int line) =>
        new(new Finding(FindingLayer.Form, FindingSeverity.Error, rule, "/", value.ToString(CultureInfo.InvariantCulture), expected.ToString(CultureInfo.InvariantCulture)) { Line = line });
}
