using System.Runtime.InteropServices;
using System.Xml;

namespace Plumbline.Certificates;

/// <summary>What an XML file may ask of this program before it is refused.</summary>
/// <param name="MaxBytes">Length of the file; the embedded documents of a certificate count.</param>
/// <param name="MaxDepth">Elements within elements.</param>
/// <param name="MaxNodes">Elements, attributes, texts, comments and instructions together.</param>
public sealed record XmlLimits(int MaxBytes = 64 << 20, int MaxDepth = 256, int MaxNodes = 4_000_000)
{
    /// <summary>64 MiB, 256 levels, four million nodes.</summary>
    public static XmlLimits Default { get; } = new();
}

/// <summary>A file that is no bounded, well-formed XML without a DTD.</summary>
internal sealed class XmlFormException(string message, int line, Exception? inner = null) : Exception(message, inner)
{
    public int Line { get; } = line;
}

internal enum XmlNodeKind : byte
{
    Element,
    Text,
    Comment,
    Instruction,
}

/// <summary>A node in document order. An element's subtree is [its index, <see cref="End"/>); a text holds the characters after references are resolved and lines ends normalised.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct XmlTapeNode
{
    public XmlNodeKind Kind;
    public int Parent, End, Line;
    public int FirstAttribute, AttributeCount, FirstDeclaration, DeclarationCount;
    public string Prefix, LocalName, Namespace, Value;
}

internal readonly record struct XmlTapeAttribute(string Prefix, string LocalName, string Namespace, string Value);

/// <summary>A document read once, into flat arrays: no DTD, no resolver, bounded. Canonicalisation and the checks of a signature read the same arrays, so that what is checked is what was read.</summary>
internal sealed class XmlTape
{
    private static readonly XmlReaderSettings safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true };
    private const string XmlnsNamespace = "http://www.w3.org/2000/xmlns/";

    // Pages of 32 kB: growth copies nothing, and no array is large enough to be collected late.
    private const int PageBits = 9, PageSize = 1 << PageBits;
    private readonly List<XmlTapeNode[]> pages = [];
    private XmlTapeAttribute[] attributes;
    private (string Prefix, string Uri)[] declarations = new (string, string)[16];
    private int attributeCount, declarationCount;

    private XmlTape(int bytes) => attributes = new XmlTapeAttribute[Math.Clamp(bytes / 256, 16, 1024)];

    public int Count { get; private set; }

    /// <summary>Index of the document element.</summary>
    public int Root { get; private set; } = -1;

    public ref readonly XmlTapeNode this[int index] => ref Node(index);

    public ReadOnlySpan<XmlTapeAttribute> Attributes(int index) => attributes.AsSpan(Node(index).FirstAttribute, Node(index).AttributeCount);

    /// <summary>The namespace declarations on the element itself; an empty prefix for the default one.</summary>
    public ReadOnlySpan<(string Prefix, string Uri)> Declarations(int index) => declarations.AsSpan(Node(index).FirstDeclaration, Node(index).DeclarationCount);

    /// <exception cref="XmlFormException">The bytes are not bounded, well-formed XML without a DTD.</exception>
    public static XmlTape Read(ReadOnlyMemory<byte> file, XmlLimits limits)
    {
        if (file.Length > limits.MaxBytes)
            throw new XmlFormException($"{file.Length} bytes; at most {limits.MaxBytes} are read.", 0);
        var tape = new XmlTape(file.Length);
        using var stream = MemoryMarshal.TryGetArray(file, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(file.ToArray(), writable: false);
        try
        {
            using var reader = XmlReader.Create(stream, safe);
            tape.Fill(reader, limits);
        }
        catch (XmlException fault)
        {
            throw new XmlFormException(fault.Message, fault.LineNumber, fault);
        }
        return tape;
    }

    /// <summary>The element's attribute without a namespace; null where there is none.</summary>
    /// <param name="index">The element; −1 has none.</param>
    /// <param name="name">Its local name.</param>
    public string? Attribute(int index, string name)
    {
        if (index < 0)
            return null;
        foreach (ref readonly var attribute in Attributes(index))
            if (attribute.Namespace.Length == 0 && attribute.LocalName == name)
                return attribute.Value;
        return null;
    }

    public bool Is(int index, string uri, string name) => Node(index).Kind == XmlNodeKind.Element && Node(index).LocalName == name && Node(index).Namespace == uri;

    /// <summary>The child elements.</summary>
    public IEnumerable<int> Children(int index)
    {
        for (var i = index + 1; i < Node(index).End; i = Node(i).End)
            if (Node(i).Kind == XmlNodeKind.Element)
                yield return i;
    }

    /// <summary>The first child element of that name; −1 where there is none.</summary>
    public int Child(int index, string uri, string name)
    {
        if (index < 0)
            return -1;
        for (var i = index + 1; i < Node(index).End; i = Node(i).End)
            if (Is(i, uri, name))
                return i;
        return -1;
    }

    /// <summary>The characters of an element that has no child element; null where it has one.</summary>
    public string? Text(int index)
    {
        var text = "";
        for (var i = index + 1; i < Node(index).End; i++)
            switch (Node(i).Kind)
            {
                case XmlNodeKind.Element:
                    return null;
                case XmlNodeKind.Text:
                    text = text.Length == 0 ? Node(i).Value : text + Node(i).Value;
                    break;
            }
        return text;
    }

    /// <summary>Such as <c>/digitalCalibrationCertificate/Signature[2]</c>.</summary>
    public string PathOf(int index)
    {
        var path = "";
        for (var i = index; i >= 0; i = Node(i).Parent)
        {
            int before = 0, all = 0;
            if (Node(i).Parent >= 0)
                foreach (var sibling in Children(Node(i).Parent))
                    if (Is(sibling, Node(i).Namespace, Node(i).LocalName))
                        (all, before) = (all + 1, before + (sibling <= i ? 1 : 0));
            path = $"/{Node(i).LocalName}{(all > 1 ? $"[{before}]" : "")}{path}";
        }
        return path;
    }

    private ref XmlTapeNode Node(int index) => ref pages[index >> PageBits][index & (PageSize - 1)];

    private void Fill(XmlReader reader, XmlLimits limits)
    {
        var lines = (IXmlLineInfo)reader;
        var open = -1;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var element = Add(XmlNodeKind.Element, open, lines.LineNumber, "");
                    if (open < 0)
                        Root = element;
                    if (reader.Depth >= limits.MaxDepth)
                        throw new XmlFormException($"Elements are nested deeper than {limits.MaxDepth}.", lines.LineNumber);
                    Name(element, reader);
                    if (!reader.IsEmptyElement)
                        open = element;
                    break;
                case XmlNodeType.EndElement:
                    Node(open).End = Count;
                    open = Node(open).Parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when open >= 0:
                    Add(XmlNodeKind.Text, open, lines.LineNumber, reader.Value);
                    break;
                case XmlNodeType.Comment:
                    Add(XmlNodeKind.Comment, open, lines.LineNumber, reader.Value);
                    break;
                case XmlNodeType.ProcessingInstruction:
                    Node(Add(XmlNodeKind.Instruction, open, lines.LineNumber, reader.Value)).LocalName = reader.LocalName;
                    break;
            }
            if (Count + attributeCount + declarationCount > limits.MaxNodes)
                throw new XmlFormException($"More than {limits.MaxNodes} nodes.", lines.LineNumber);
        }
    }

    private int Add(XmlNodeKind kind, int parent, int line, string value)
    {
        if (Count == pages.Count * PageSize)
            pages.Add(new XmlTapeNode[PageSize]);
        ref var node = ref Node(Count);
        (node.Kind, node.Parent, node.Line, node.Value, node.Prefix, node.LocalName, node.Namespace) = (kind, parent, line, value, "", "", "");
        (node.FirstAttribute, node.FirstDeclaration) = (attributeCount, declarationCount);
        node.End = ++Count;
        return Count - 1;
    }

    private void Name(int element, XmlReader reader)
    {
        ref var node = ref Node(element);
        (node.Prefix, node.LocalName, node.Namespace) = (reader.Prefix, reader.LocalName, reader.NamespaceURI);
        if (!reader.MoveToFirstAttribute())
            return;
        do
        {
            if (reader.NamespaceURI == XmlnsNamespace)
                Append(ref declarations, ref declarationCount, (reader.Prefix.Length == 0 ? "" : reader.LocalName, reader.Value));
            else
                Append(ref attributes, ref attributeCount, new(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value));
        }
        while (reader.MoveToNextAttribute());
        reader.MoveToElement();
        (node.AttributeCount, node.DeclarationCount) = (attributeCount - node.FirstAttribute, declarationCount - node.FirstDeclaration);
    }

    private static void Append<T>(ref T[] items, ref int count, T item)
    {
        if (count == items.Length)
            Array.Resize(ref items, 2 * count);
        items[count++] = item;
    }
}
