using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>One place where two documents say different things.</summary>
/// <param name="Path">The element, by the path that findings use; with <c>/@name</c> for an attribute.</param>
/// <param name="Original">What the original says; null where it has no such element.</param>
/// <param name="Other">What the other one says; null where it has none.</param>
public sealed record DccDifference(string Path, string? Original, string? Other)
{
    /// <summary>Compares two documents element by element, in order; blanks between elements and signatures do not count.</summary>
    /// <param name="original">The document as issued.</param>
    /// <param name="other">The document in question.</param>
    /// <param name="most">How many differences are named at most.</param>
    /// <returns>Empty where they say the same.</returns>
    public static IReadOnlyList<DccDifference> Between(XDocument original, XDocument other, int most = 20)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(other);
        return [.. Between(original.Root!, other.Root!).Take(most)];
    }

    private static IEnumerable<DccDifference> Between(XElement original, XElement other)
    {
        if (original.Name != other.Name)
        {
            yield return new(DccXml.Path(original), original.Name.LocalName, other.Name.LocalName);
            yield break;
        }
        foreach (var name in original.Attributes().Concat(other.Attributes()).Where(a => !a.IsNamespaceDeclaration).Select(a => a.Name).Distinct())
        {
            if ((string?)original.Attribute(name) != (string?)other.Attribute(name))
                yield return new($"{DccXml.Path(original)}/@{name.LocalName}", (string?)original.Attribute(name), (string?)other.Attribute(name));
        }
        if (!original.HasElements && !other.HasElements)
        {
            if (original.Value.Trim() != other.Value.Trim())
                yield return new(DccXml.Path(original), original.Value.Trim(), other.Value.Trim());
            yield break;
        }
        var (left, right) = (Parts(original), Parts(other));
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            if (i >= left.Length)
                yield return new(DccXml.Path(right[i]), null, right[i].Value.Trim());
            else if (i >= right.Length)
                yield return new(DccXml.Path(left[i]), left[i].Value.Trim(), null);
            else
                foreach (var difference in Between(left[i], right[i]))
                    yield return difference;
        }
    }

    private static XElement[] Parts(XElement element) => [.. element.Elements().Where(e => e.Name != DccNames.Signature + "Signature")];
}
