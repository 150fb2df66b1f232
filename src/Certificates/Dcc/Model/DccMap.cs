using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Walks the children of a part in order. Each call takes the member's value and gives back what it is afterwards: read from XML, or the same while writing.</summary>
internal abstract class DccMap
{
    /// <summary>An attribute.</summary>
    public abstract string? Attribute(string name, string? value);

    /// <summary>The element's own text.</summary>
    public abstract string Content(string value);

    /// <summary>A child that holds text only.</summary>
    public abstract string? Text(string name, string? value);

    /// <summary>Children that hold text only.</summary>
    public abstract void Texts(string name, IList<string> values);

    /// <summary>A child that holds true or false.</summary>
    public abstract bool? Flag(string name, bool? value);

    /// <summary>A child that holds a decimal number.</summary>
    public abstract DecimalText? Number(string name, DecimalText? value);

    /// <summary>A child that holds decimal numbers between blanks.</summary>
    public abstract IReadOnlyList<DecimalText> Numbers(string name, IReadOnlyList<DecimalText> values);

    /// <summary>A child that holds words between blanks.</summary>
    public abstract IReadOnlyList<string> Words(string name, IReadOnlyList<string> values);

    /// <summary>A child that is a part; left alone where it does not fit.</summary>
    public abstract T? Part<T>(string name, T? value, Func<XElement, bool>? fits = null, Func<T>? make = null)
        where T : DccPart, new();

    /// <summary>Children that are parts of one kind.</summary>
    public abstract void Parts<T>(string name, IList<T> values)
        where T : DccPart, new();

    /// <summary>A list element (<c>usedMethods</c>) around parts of one kind.</summary>
    public abstract void Group<T>(string wrapper, string name, IList<T> values)
        where T : DccPart, new();

    /// <summary>Children of several kinds in any order.</summary>
    public abstract void Mixed<T>(IList<T> values, params ReadOnlySpan<DccChoice> choices)
        where T : DccPart;

    /// <summary>At most one child of several kinds.</summary>
    public abstract T? One<T>(T? value, params ReadOnlySpan<DccChoice> choices)
        where T : DccPart;

    /// <summary>A child of free XML, kept as it is.</summary>
    public abstract XElement? Raw(string name, XElement? value);

    /// <summary>The element's children of free XML, kept as they are.</summary>
    public abstract void Raws(IList<XElement> values);

    /// <summary>Children that are left out on purpose, counted.</summary>
    public abstract int Dropped(XName name, int count);

    /// <summary>Attributes that every part may have, then its own children.</summary>
    public virtual void Whole(DccPart part)
    {
        part.Id = Attribute("id", part.Id);
        part.RefId = Attribute("refId", part.RefId);
        part.RefType = Attribute("refType", part.RefType);
        part.Map(this);
    }
}

/// <summary>An element name and the kind of part that it holds.</summary>
internal sealed record DccChoice(string Name, Func<DccPart, bool> Fits, Func<DccPart> Make)
{
    public static DccChoice Of<T>(string name)
        where T : DccPart, new() => new(name, part => part is T, () => new T());
}
