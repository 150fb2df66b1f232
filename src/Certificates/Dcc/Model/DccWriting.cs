using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Writes parts as XML in the order of the schema, and what they kept without understanding where it stood.</summary>
internal sealed class DccWriting(XElement element, XNamespace names) : DccMap
{
    /// <summary>The element of <paramref name="part"/>.</summary>
    public static XElement Write(XName name, DccPart part)
    {
        var element = new XElement(name);
        new DccWriting(element, part.Names).Whole(part);
        foreach (var unread in part.Unread.Where(u => u.Wrapper is null))
            Insert(element, unread);
        foreach (var group in part.Unread.Where(u => u.Wrapper is not null).GroupBy(u => u.Wrapper))
        {
            var wrapper = element.Element(Name(group.Key!, part.Names));
            if (wrapper is null)
                element.Add(wrapper = new XElement(Name(group.Key!, part.Names)));
            foreach (var unread in group)
                Insert(wrapper, unread);
        }
        return element;
    }

    /// <summary>A name in the part's namespace, or in D-SI's where it says <c>si:</c>.</summary>
    public static XName Name(string name, XNamespace names) => name.StartsWith("si:", StringComparison.Ordinal) ? DccNames.Si + name[3..] : names + name;

    public override string? Attribute(string name, string? value)
    {
        if (value is not null)
            element.SetAttributeValue(name, value);
        return value;
    }

    public override string Content(string value)
    {
        element.Value = value;
        return value;
    }

    public override string? Text(string name, string? value)
    {
        if (value is not null)
            element.Add(new XElement(Name(name, names), value));
        return value;
    }

    public override void Texts(string name, IList<string> values)
    {
        foreach (var value in values)
            Text(name, value);
    }

    public override bool? Flag(string name, bool? value)
    {
        Text(name, value is { } flag ? flag ? "true" : "false" : null);
        return value;
    }

    public override DecimalText? Number(string name, DecimalText? value)
    {
        Text(name, value?.Text);
        return value;
    }

    public override IReadOnlyList<DecimalText> Numbers(string name, IReadOnlyList<DecimalText> values)
    {
        Text(name, values.Count > 0 ? string.Join(' ', values.Select(v => v.Text)) : null);
        return values;
    }

    public override IReadOnlyList<string> Words(string name, IReadOnlyList<string> values)
    {
        Text(name, values.Count > 0 ? string.Join(' ', values) : null);
        return values;
    }

    public override T? Part<T>(string name, T? value, Func<XElement, bool>? fits = null, Func<T>? make = null)
        where T : class
    {
        if (value is not null)
            element.Add(Write(Name(name, names), value));
        return value;
    }

    public override void Parts<T>(string name, IList<T> values)
    {
        foreach (var value in values)
            Part(name, value);
    }

    public override void Group<T>(string wrapper, string name, IList<T> values)
    {
        if (values.Count > 0)
            element.Add(new XElement(Name(wrapper, names), values.Select(v => Write(Name(name, names), v))));
    }

    public override void Mixed<T>(IList<T> values, params ReadOnlySpan<DccChoice> choices)
    {
        foreach (var value in values)
            One(value, choices);
    }

    public override T? One<T>(T? value, params ReadOnlySpan<DccChoice> choices)
        where T : class
    {
        if (value is null)
            return null;
        foreach (var choice in choices)
        {
            if (!choice.Fits(value))
                continue;
            element.Add(Write(Name(choice.Name, names), value));
            return value;
        }
        throw new InvalidOperationException($"A {value.GetType().Name} has no place in <{element.Name.LocalName}>.");
    }

    public override XElement? Raw(string name, XElement? value)
    {
        if (value is not null)
            element.Add(new XElement(value));
        return value;
    }

    public override void Raws(IList<XElement> values)
    {
        foreach (var value in values)
            element.Add(new XElement(value));
    }

    public override int Dropped(XName name, int count) => count;

    private static void Insert(XElement parent, DccUnread unread)
    {
        switch (unread.Node)
        {
            case XAttribute attribute:
                parent.SetAttributeValue(attribute.Name, attribute.Value);
                break;
            case XElement child when parent.Elements().ElementAtOrDefault(unread.Index) is { } next:
                next.AddBeforeSelf(new XElement(child));
                break;
            case XElement child:
                parent.Add(new XElement(child));
                break;
            default:
                parent.Add(new XText(((XText)unread.Node).Value));
                break;
        }
    }
}
