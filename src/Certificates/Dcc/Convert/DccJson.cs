using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>A certificate as JSON, for programs that read no XML. A view: nothing is read back from it.</summary>
/// <remarks>Names are the schema's. Numbers are strings, digit for digit. A text is an object of languages (<c>""</c> without one); children of several kinds carry <c>kind</c>; what is not understood stands as XML text under <c>notUnderstood</c>.</remarks>
public static class DccJson
{
    /// <summary>The view.</summary>
    public static JsonObject Of(DccDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return DccJsonMap.Object(document);
    }
}

/// <summary>Writes parts as JSON.</summary>
internal sealed class DccJsonMap(JsonObject target) : DccMap
{
    public static JsonObject Object(DccPart part)
    {
        var made = new JsonObject();
        new DccJsonMap(made).Whole(part);
        if (part.Unread.Count > 0)
            made["notUnderstood"] = new JsonArray([.. part.Unread.Select(u => (JsonNode)(u.Node is XElement e ? e.ToString(SaveOptions.DisableFormatting) : u.Node.ToString()!))]);
        return made;
    }

    public override string? Attribute(string name, string? value) => Text(name, value);

    public override string Content(string value)
    {
        target["value"] = value;
        return value;
    }

    public override string? Text(string name, string? value)
    {
        if (value is not null)
            target[Key(name)] = value;
        return value;
    }

    public override void Texts(string name, IList<string> values)
    {
        if (values.Count > 0)
            target[Key(name)] = new JsonArray([.. values.Select(v => (JsonNode)v)]);
    }

    public override bool? Flag(string name, bool? value)
    {
        if (value is { } flag)
            target[Key(name)] = flag;
        return value;
    }

    public override DecimalText? Number(string name, DecimalText? value)
    {
        Text(name, value?.Text);
        return value;
    }

    public override IReadOnlyList<DecimalText> Numbers(string name, IReadOnlyList<DecimalText> values)
    {
        Texts(name, [.. values.Select(v => v.Text)]);
        return values;
    }

    public override IReadOnlyList<string> Words(string name, IReadOnlyList<string> values)
    {
        Texts(name, [.. values]);
        return values;
    }

    public override T? Part<T>(string name, T? value, Func<XElement, bool>? fits = null, Func<T>? make = null)
        where T : class
    {
        if (value is not null)
            target[Key(name)] = Node(value);
        return value;
    }

    public override void Parts<T>(string name, IList<T> values)
    {
        if (values.Count > 0)
            target[Key(name)] = new JsonArray([.. values.Select(Node)]);
    }

    public override void Group<T>(string wrapper, string name, IList<T> values) => Parts(wrapper, values);

    public override void Mixed<T>(IList<T> values, params ReadOnlySpan<DccChoice> choices)
    {
        var entries = new JsonArray();
        foreach (var value in values)
        {
            var made = Object(value);
            made.Insert(0, "kind", Key(Choice(value, choices)));
            entries.Add((JsonNode)made);
        }
        if (entries.Count > 0)
            target["entries"] = entries;
    }

    public override T? One<T>(T? value, params ReadOnlySpan<DccChoice> choices)
        where T : class
    {
        if (value is not null)
            target[Key(Choice(value, choices))] = Node(value);
        return value;
    }

    public override XElement? Raw(string name, XElement? value)
    {
        Text(name, value?.ToString(SaveOptions.DisableFormatting));
        return value;
    }

    public override void Raws(IList<XElement> values) => Texts("xml", [.. values.Select(v => v.ToString(SaveOptions.DisableFormatting))]);

    public override int Dropped(XName name, int count) => count;

    private static string Choice(DccPart value, ReadOnlySpan<DccChoice> choices)
    {
        foreach (var choice in choices)
            if (choice.Fits(value))
                return choice.Name;
        throw new InvalidOperationException($"A {value.GetType().Name} has no place here.");
    }

    private static string Key(string name) => name.StartsWith("si:", StringComparison.Ordinal) ? name[3..] : name;

    private static JsonNode Node(DccPart part)
    {
        var contents = part switch
        {
            DccText text when text.Unread.Count == 0 && text.Id is null && text.RefId is null => text.Contents,
            DccRichText rich when rich is { Unread.Count: 0, Id: null, RefId: null, RefType: null, Name: null } && rich.Entries.All(e => e is DccContent) => [.. rich.Contents],
            _ => (IList<DccContent>)[],
        };
        if (contents.Count == 0 || contents.DistinctBy(c => c.Language).Count() < contents.Count || contents.Any(c => c.Unread.Count > 0 || c.Id is not null || c.RefId is not null || c.RefType is not null))
            return Object(part);
        return new JsonObject(contents.Select(c => KeyValuePair.Create(c.Language ?? "", (JsonNode?)c.Value)));
    }
}
