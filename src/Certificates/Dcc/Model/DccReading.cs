using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Reads parts from XML; what no member takes stays with the part and is reported.</summary>
internal sealed class DccReading(XElement element, List<Finding> findings) : DccMap
{
    private static readonly char[] blanks = [' ', '\t', '\n', '\r'];
    private readonly List<XElement?> children = [.. element.Elements()];
    private readonly HashSet<XAttribute> taken = [];
    private XNamespace names = DccNames.Dcc;
    private bool content;

    /// <summary>Fills <paramref name="part"/> from <paramref name="element"/>.</summary>
    public static T Read<T>(T part, XElement element, List<Finding> findings)
        where T : DccPart
    {
        var reading = new DccReading(element, findings) { names = part.Names };
        reading.Whole(part);
        reading.Keep(part);
        return part;
    }

    public override string? Attribute(string name, string? value)
    {
        if (element.Attribute(name) is not { } attribute)
            return null;
        taken.Add(attribute);
        return attribute.Value;
    }

    public override string Content(string value)
    {
        content = !element.HasElements;
        return content ? element.Value : "";
    }

    public override string? Text(string name, string? value) => Take(name, IsLeaf)?.Value;

    public override void Texts(string name, IList<string> values)
    {
        while (Take(name, IsLeaf) is { } child)
            values.Add(child.Value);
    }

    public override bool? Flag(string name, bool? value) =>
        Take(name, c => IsLeaf(c) && Word(c) is "true" or "false" or "1" or "0") is { } child ? Word(child) is "true" or "1" : null;

    public override DecimalText? Number(string name, DecimalText? value) =>
        Take(name, c => IsLeaf(c) && DecimalText.TryParse(c.Value, out _)) is { } child ? DecimalText.Parse(child.Value) : null;

    public override IReadOnlyList<DecimalText> Numbers(string name, IReadOnlyList<DecimalText> values) =>
        Take(name, c => IsLeaf(c) && Split(c) is { Length: > 0 } tokens && tokens.All(t => DecimalText.TryParse(t, out _))) is { } child ? [.. Split(child).Select(DecimalText.Parse)] : [];

    public override IReadOnlyList<string> Words(string name, IReadOnlyList<string> values) =>
        Take(name, c => IsLeaf(c) && Split(c).Length > 0) is { } child ? Split(child) : [];

    public override T? Part<T>(string name, T? value, Func<XElement, bool>? fits = null, Func<T>? make = null)
        where T : class => Take(name, fits) is { } child ? Read(make is null ? new T() : make(), child, findings) : null;

    public override void Parts<T>(string name, IList<T> values)
    {
        var wanted = Name(name);
        for (var i = 0; i < children.Count; i++)
        {
            if (children[i] is not { } child || child.Name != wanted)
                continue;
            values.Add(Read(new T(), child, findings));
            children[i] = null;
        }
    }

    public override void Group<T>(string wrapper, string name, IList<T> values)
    {
        var wanted = Name(name);
        if (Take(wrapper, c => c.Elements(wanted).Any() && !OwnAttributes(c).Any()) is not { } group)
            return;
        var index = 0;
        foreach (var child in group.Elements())
        {
            if (child.Name == wanted)
                values.Add(Read(new T(), child, findings));
            else
                strangers.Add(new(wrapper, index, child));
            index++;
        }
        strangers.AddRange(Loose(group).Select(t => new DccUnread(wrapper, 0, t)));
    }

    public override void Mixed<T>(IList<T> values, params ReadOnlySpan<DccChoice> choices)
    {
        for (var i = 0; i < children.Count; i++)
        {
            if (children[i] is not { } child)
                continue;
            foreach (var choice in choices)
            {
                if (child.Name != Name(choice.Name))
                    continue;
                values.Add((T)Read(choice.Make(), child, findings));
                children[i] = null;
                break;
            }
        }
    }

    public override T? One<T>(T? value, params ReadOnlySpan<DccChoice> choices)
        where T : class
    {
        foreach (var choice in choices)
            if (Take(choice.Name) is { } child)
                return (T)Read(choice.Make(), child, findings);
        return null;
    }

    public override XElement? Raw(string name, XElement? value) => Take(name) is { } child ? new XElement(child) : null;

    public override void Raws(IList<XElement> values)
    {
        for (var i = 0; i < children.Count; i++)
            if (children[i] is { } child)
            {
                values.Add(new XElement(child));
                children[i] = null;
            }
    }

    public override int Dropped(XName name, int count)
    {
        var dropped = 0;
        for (var i = 0; i < children.Count; i++)
            if (children[i]?.Name == name)
            {
                dropped++;
                children[i] = null;
            }
        return dropped;
    }

    private readonly List<DccUnread> strangers = [];

    private void Keep(DccPart part)
    {
        part.Unread.AddRange(strangers);
        for (var i = 0; i < children.Count; i++)
            if (children[i] is { } child)
                part.Unread.Add(new(null, i, child));
        part.Unread.AddRange(OwnAttributes(element).Where(a => !taken.Contains(a)).Select(a => new DccUnread(null, 0, a)));
        if (!content)
            part.Unread.AddRange(Loose(element).Select(t => new DccUnread(null, 0, t)));
        for (var i = 0; i < part.Unread.Count; i++)
        {
            var unread = part.Unread[i];
            findings.Add(Report(unread.Node));
            part.Unread[i] = unread with { Node = Copy(unread.Node) };
        }
    }

    private static Finding Report(XObject node)
    {
        var (at, value) = node switch
        {
            XElement e => (DccXml.Path(e), e.HasElements ? $"<{e.Name.LocalName}>" : e.Value),
            XAttribute a => ($"{DccXml.Path(a.Parent!)}/@{a.Name.LocalName}", a.Value),
            _ => (DccXml.Path(node.Parent!), ((XText)node).Value),
        };
        return new(FindingLayer.CrossField, FindingSeverity.Warning, "dcc-not-understood", at, value.Length > 80 ? string.Concat(value.AsSpan(0, 79), "…") : value) { Line = DccXml.Line(node is XText ? node.Parent! : node) };
    }

    private static XObject Copy(XObject node) => node switch
    {
        XElement e => new XElement(e),
        XAttribute a => new XAttribute(a),
        _ => new XText(((XText)node).Value),
    };

    private XElement? Take(string name, Func<XElement, bool>? fits = null)
    {
        var wanted = Name(name);
        for (var i = 0; i < children.Count; i++)
        {
            if (children[i] is not { } child || child.Name != wanted || fits?.Invoke(child) == false)
                continue;
            children[i] = null;
            return child;
        }
        return null;
    }

    private XName Name(string name) => DccWriting.Name(name, names);

    private static bool IsLeaf(XElement child) => !child.HasElements && !OwnAttributes(child).Any();

    private static IEnumerable<XAttribute> OwnAttributes(XElement e) => e.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace != DccNames.Instance);

    private static IEnumerable<XText> Loose(XElement e) => e.Nodes().OfType<XText>().Where(t => t.Value.AsSpan().ContainsAnyExcept(blanks));

    private static string Word(XElement e) => e.Value.Trim(blanks);

    private static string[] Split(XElement e) => e.Value.Split(blanks, StringSplitOptions.RemoveEmptyEntries);
}
