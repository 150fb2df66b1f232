using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>Canonical XML 1.0 and 1.1 and Exclusive XML Canonicalization, of a document or of one element with all it holds, less one subtree (the enveloped signature).</summary>
/// <remarks>Both ends of a subtree's omitted context are handled: namespaces and xml: attributes of omitted ancestors at its apex. Node sets with holes other than the one subtree do not occur in signatures that are accepted.</remarks>
internal sealed class Canonicalizer(XmlTape tape, CanonicalForm form, CanonicalSink sink, int without = -1)
{
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    private readonly List<(string Prefix, string Uri)> rendered = []; // what the output's ancestors declare, the innermost last
    private readonly List<(string Prefix, string Uri)> pending = [];
    private readonly List<XmlTapeAttribute> attributes = [];
    private readonly Stack<(int Element, int Rendered)> open = new();

    /// <summary>Where in the output the end tag of the apex begins.</summary>
    public long EndTag { get; private set; }

    public static byte[] Digest(XmlTape tape, int apex, CanonicalForm form, HashAlgorithmName algorithm, int without = -1)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        using var sink = CanonicalSink.Digesting(hash);
        new Canonicalizer(tape, form, sink, without).Write(apex);
        return hash.GetHashAndReset();
    }

    public static byte[] Bytes(XmlTape tape, int apex, CanonicalForm form, int without = -1)
    {
        var copy = new System.Buffers.ArrayBufferWriter<byte>(4096);
        using var sink = CanonicalSink.Copying(copy);
        new Canonicalizer(tape, form, sink, without).Write(apex);
        return copy.WrittenSpan.ToArray();
    }

    /// <param name="apex">The element; −1 for the document.</param>
    public void Write(int apex)
    {
        if (apex >= 0)
        {
            Subtree(apex);
        }
        else
        {
            for (var i = 0; i < tape.Count; i = tape[i].End)
                DocumentChild(i);
        }
        sink.Flush();
    }

    private void DocumentChild(int index)
    {
        if (tape[index].Kind == XmlNodeKind.Comment && !form.WithComments)
            return;
        if (index > tape.Root)
            sink.Raw("\n"u8);
        if (index == tape.Root)
            Subtree(index);
        else
            Leaf(index);
        if (index < tape.Root)
            sink.Raw("\n"u8);
    }

    private void Subtree(int apex)
    {
        for (var i = apex; i < tape[apex].End;)
        {
            while (open.Count > 0 && tape[open.Peek().Element].End <= i)
                Close();
            if (i == without)
            {
                i = tape[i].End;
                continue;
            }
            if (tape[i].Kind == XmlNodeKind.Element)
                Open(i, i == apex);
            else
                Leaf(i);
            i++;
        }
        while (open.Count > 1)
            Close();
        sink.Flush();
        EndTag = sink.Length;
        Close();
    }

    private void Leaf(int index)
    {
        ref readonly var node = ref tape[index];
        switch (node.Kind)
        {
            case XmlNodeKind.Text:
                sink.Text(node.Value);
                break;
            case XmlNodeKind.Comment when form.WithComments:
                sink.Raw("<!--"u8);
                sink.InstructionValue(node.Value);
                sink.Raw("-->"u8);
                break;
            case XmlNodeKind.Instruction:
                sink.Raw("<?"u8);
                sink.Raw(node.LocalName);
                if (node.Value.Length > 0)
                {
                    sink.Raw(" "u8);
                    sink.InstructionValue(node.Value);
                }
                sink.Raw("?>"u8);
                break;
        }
    }

    private void Open(int index, bool apex)
    {
        var before = rendered.Count;
        sink.Raw("<"u8);
        TagName(index);
        pending.Clear();
        if (form.Method == CanonicalMethod.Exclusive)
            Used(index);
        else
            Declared(index, apex);
        if (pending.Count > 1)
            pending.Sort((a, b) => CompareCodePoints(a.Prefix, b.Prefix));
        foreach (var (prefix, uri) in pending)
        {
            sink.Raw(prefix.Length == 0 ? " xmlns"u8 : " xmlns:"u8);
            sink.Raw(prefix);
            sink.Raw("=\""u8);
            sink.AttributeValue(uri);
            sink.Raw("\""u8);
            rendered.Add((prefix, uri));
        }
        Attributes(index, apex);
        sink.Raw(">"u8);
        open.Push((index, before));
    }

    private void Close()
    {
        var (element, before) = open.Pop();
        sink.Raw("</"u8);
        TagName(element);
        sink.Raw(">"u8);
        rendered.RemoveRange(before, rendered.Count - before);
    }

    private void TagName(int index)
    {
        if (tape[index].Prefix.Length > 0)
        {
            sink.Raw(tape[index].Prefix);
            sink.Raw(":"u8);
        }
        sink.Raw(tape[index].LocalName);
    }

    /// <summary>At the apex all that is in scope (the innermost of a prefix first), below it what the element itself declares anew.</summary>
    private void Declared(int index, bool apex)
    {
        for (var i = index; i >= 0; i = apex ? tape[i].Parent : -1)
            foreach (var (prefix, uri) in tape.Declarations(i))
                Declare(prefix, uri, always: apex);
        if (apex)
            pending.RemoveAll(d => d.Uri.Length == 0);
    }

    private void Used(int index)
    {
        Declare(tape[index].Prefix, tape[index].Namespace);
        foreach (ref readonly var attribute in tape.Attributes(index))
            if (attribute.Prefix.Length > 0)
                Declare(attribute.Prefix, attribute.Namespace);
        foreach (var name in form.InclusivePrefixes)
            if (InScope(index, name == "#default" ? "" : name) is { } uri)
                Declare(name == "#default" ? "" : name, uri);
    }

    /// <summary>Declares what the output's ancestors do not say already.</summary>
    private void Declare(string prefix, string uri, bool always = false)
    {
        if (prefix == "xml")
            return;
        foreach (var one in pending)
            if (one.Prefix == prefix)
                return;
        if (always || Rendered(prefix) != uri)
            pending.Add((prefix, uri));
    }

    private string Rendered(string prefix)
    {
        for (var i = rendered.Count - 1; i >= 0; i--)
            if (rendered[i].Prefix == prefix)
                return rendered[i].Uri;
        return "";
    }

    private string? InScope(int index, string prefix)
    {
        for (var i = index; i >= 0; i = tape[i].Parent)
            foreach (var (declared, uri) in tape.Declarations(i))
                if (declared == prefix)
                    return uri;
        return prefix.Length == 0 ? "" : null;
    }

    private void Attributes(int index, bool apex)
    {
        if (tape[index].AttributeCount == 0 && !(apex && tape[index].Parent >= 0))
            return;
        attributes.Clear();
        attributes.AddRange(tape.Attributes(index));
        if (apex && form.Method != CanonicalMethod.Exclusive)
            Inherit(index);
        if (attributes.Count > 1)
            attributes.Sort(static (a, b) => CompareCodePoints(a.Namespace, b.Namespace) is var order and not 0 ? order : CompareCodePoints(a.LocalName, b.LocalName));
        foreach (var attribute in attributes)
        {
            sink.Raw(" "u8);
            if (attribute.Prefix.Length > 0)
            {
                sink.Raw(attribute.Prefix);
                sink.Raw(":"u8);
            }
            sink.Raw(attribute.LocalName);
            sink.Raw("=\""u8);
            sink.AttributeValue(attribute.Value);
            sink.Raw("\""u8);
        }
    }

    /// <summary>xml: attributes of omitted ancestors: all of them in 1.0; in 1.1 xml:lang and xml:space, and xml:base joined.</summary>
    private void Inherit(int index)
    {
        var bases = new List<string>();
        for (var i = tape[index].Parent; i >= 0; i = tape[i].Parent)
            foreach (ref readonly var attribute in tape.Attributes(i))
            {
                if (attribute.Namespace != XmlNamespace)
                    continue;
                if (form.Method == CanonicalMethod.Inclusive11 && attribute.LocalName == "base")
                    bases.Add(attribute.Value);
                else if ((form.Method == CanonicalMethod.Inclusive10 || attribute.LocalName is "lang" or "space") && !Has(attribute.LocalName))
                    attributes.Add(attribute);
            }
        if (bases.Count == 0)
            return;
        var own = attributes.FindIndex(a => a.Namespace == XmlNamespace && a.LocalName == "base");
        if (own >= 0)
        {
            bases.Insert(0, attributes[own].Value);
            attributes.RemoveAt(own);
        }
        var joined = bases.Aggregate((inner, outer) => XmlBase.Join(outer, inner));
        if (joined.Length > 0)
            attributes.Add(new("xml", "base", XmlNamespace, joined));
    }

    private bool Has(string name) => attributes.Exists(a => a.Namespace == XmlNamespace && a.LocalName == name);

    /// <summary>The order of the characters' code points, which UTF-16 keeps but for characters beyond U+FFFF.</summary>
    private static int CompareCodePoints(string a, string b)
    {
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
            if (a[i] != b[i])
                return char.IsSurrogate(a[i]) == char.IsSurrogate(b[i]) ? a[i] - b[i] : char.IsSurrogate(a[i]) ? 1 : -1;
        return a.Length - b.Length;
    }
}
