using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Walks a document and shows each of its parts, the outer ones first.</summary>
internal sealed class DccWalk(Action<DccPart> visit) : DccMap
{
    /// <summary>Every part of <paramref name="part"/>, itself included.</summary>
    public static void Over(DccPart part, Action<DccPart> visit) => new DccWalk(visit).Whole(part);

    public override void Whole(DccPart part)
    {
        visit(part);
        part.Map(this);
    }

    public override string? Attribute(string name, string? value) => value;

    public override string Content(string value) => value;

    public override string? Text(string name, string? value) => value;

    public override void Texts(string name, IList<string> values)
    {
    }

    public override bool? Flag(string name, bool? value) => value;

    public override DecimalText? Number(string name, DecimalText? value) => value;

    public override IReadOnlyList<DecimalText> Numbers(string name, IReadOnlyList<DecimalText> values) => values;

    public override IReadOnlyList<string> Words(string name, IReadOnlyList<string> values) => values;

    public override T? Part<T>(string name, T? value, Func<XElement, bool>? fits = null, Func<T>? make = null)
        where T : class
    {
        if (value is not null)
            Whole(value);
        return value;
    }

    public override void Parts<T>(string name, IList<T> values)
    {
        foreach (var value in values)
            Whole(value);
    }

    public override void Group<T>(string wrapper, string name, IList<T> values) => Parts(name, values);

    public override void Mixed<T>(IList<T> values, params ReadOnlySpan<DccChoice> choices)
    {
        foreach (var value in values)
            Whole(value);
    }

    public override T? One<T>(T? value, params ReadOnlySpan<DccChoice> choices)
        where T : class
    {
        if (value is not null)
            Whole(value);
        return value;
    }

    public override XElement? Raw(string name, XElement? value) => value;

    public override void Raws(IList<XElement> values)
    {
    }

    public override int Dropped(XName name, int count) => count;
}
