using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>A part of a certificate that corresponds to one XML element. Everything in the element that the model does not understand stays with it and is written back where it stood.</summary>
public abstract class DccPart
{
    /// <summary>The element's <c>id</c> (an XML name, unique in the file); null without one.</summary>
    public string? Id { get; set; }

    /// <summary>Blank-separated ids that the element refers to.</summary>
    public string? RefId { get; set; }

    /// <summary>Blank-separated vocabulary terms such as <c>basic_measuredValue</c>: what machines go by.</summary>
    public string? RefType { get; set; }

    /// <summary>What stood in the element and is not part of the model: elements, attributes, loose text.</summary>
    public IEnumerable<XObject> NotUnderstood => Unread.Select(u => u.Node);

    internal List<DccUnread> Unread { get; } = [];

    /// <summary>The namespace of the element's children.</summary>
    internal virtual XNamespace Names => DccNames.Dcc;

    /// <summary>Whether <c>refType</c> carries the term.</summary>
    public bool Is(string term) => RefType is { } types && types.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Contains(term, StringComparer.Ordinal);

    /// <summary>The element's children in the order of the schema: one description that reads, writes and shows.</summary>
    internal abstract void Map(DccMap map);
}

/// <summary>Something a part keeps without understanding it.</summary>
/// <param name="Wrapper">The list element around it where it stood in one (<c>usedMethods</c>), else null.</param>
/// <param name="Index">Its place among the element's children.</param>
/// <param name="Node">Element, attribute or text.</param>
internal sealed record DccUnread(string? Wrapper, int Index, XObject Node);
