using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Names and references within the file.</summary>
internal static class ReferenceRules
{
    /// <summary>The identifiers that an element points to: by attribute, before 3.0.0 by an element of that name.</summary>
    public static string[] Targets(XElement element) => (element.Local == "refId" ? element.Value : (string?)element.Attribute("refId") ?? "").Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    public static void Run(CheckedFile file)
    {
        var elements = file.Root.DescendantsAndSelf().Where(e => e.IsDcc).ToArray();
        var named = elements.Where(e => e.Attribute("id") is not null).GroupBy(e => ((string)e.Attribute("id")!).Trim(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        foreach (var (id, places) in named.Where(n => n.Value.Length > 1))
        {
            var first = places[0].Path;
            foreach (var again in places.Skip(1))
                file.Report("identifier-duplicate", again, id, null, first);
        }
        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (var element in elements.Where(e => e.Local == "refId" || e.Attribute("refId") is not null))
            foreach (var target in Targets(element))
            {
                wanted.Add(target);
                if (!named.ContainsKey(target))
                    file.Report("reference-unresolved", element, target);
            }
        foreach (var (id, at) in named.Where(n => !wanted.Contains(n.Key)))
            file.Report("reference-unused", at[0], id);
        Types(file, elements);
    }

    /// <summary>A reference type is a namespace and a word, <c>basic_temperature</c>; where the file lists its namespaces, each used one must be among them.</summary>
    private static void Types(CheckedFile file, XElement[] elements)
    {
        var known = file.All("refTypeDefinition").Select(d => d.Child("namespace")?.Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (known.Count == 0)
            return;
        var strange = elements.SelectMany(e => e.RefTypes.Where(t => t.Contains('_', StringComparison.Ordinal) && !known.Contains(t[..t.IndexOf('_', StringComparison.Ordinal)])).Select(t => (Element: e, Type: t)));
        foreach (var group in strange.GroupBy(s => s.Type[..s.Type.IndexOf('_', StringComparison.Ordinal)], StringComparer.Ordinal))
            file.Report("reftype-undeclared", group.First().Element, group.First().Type, string.Join(' ', known.Order(StringComparer.Ordinal)));
    }
}
