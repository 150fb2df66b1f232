using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Plumbline.Numerics;

/// <summary>GTC's XML archives in the layout of its JSON.</summary>
internal static class GtcXml
{
    /// <exception cref="FormatException">The text is no XML, or no archive of GTC.</exception>
    internal static string ToJson(string xml)
    {
        XElement root;
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            root = XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw new FormatException($"The archive cannot be read: {e.Message}", e);
        }
        if (root.Name.LocalName != "gtcArchive")
            throw new FormatException($"An XML archive of GTC begins with gtcArchive, not {root.Name.LocalName}.");
        var complex = Items(root, "taggedComplexes").Select(z => Attribute(z, "tag"));
        return new JsonObject
        {
            ["CLASS"] = "Archive",
            ["leaf_nodes"] = new JsonObject([.. Items(root, "leafNodes").Select(e => KeyValuePair.Create(Attribute(e, "uid"), (JsonNode?)Leaf(e)))]),
            ["tagged_real"] = new JsonObject([.. Items(root, "taggedReals").Select(Real)]),
            ["untagged_real"] = new JsonObject([.. Items(root, "untaggedReals").Select(Real)]),
            ["tagged_complex"] = new JsonObject([.. complex.Select(tag => KeyValuePair.Create(tag, (JsonNode?)new JsonObject { ["CLASS"] = "Complex", ["n_re"] = $"{tag}_re", ["n_im"] = $"{tag}_im" }))]),
        }.ToJsonString();
    }

    private static JsonObject Leaf(XElement e) => new()
    {
        ["u"] = Number(e, "u"), ["df"] = Child(e, "df")?.Value is "INF" or null ? null : Number(e, "df"), ["label"] = Child(e, "label")?.Value,
        ["correlation"] = new JsonObject([.. Items(e, "correlations").Select(c => KeyValuePair.Create(Attribute(c, "uid"), (JsonNode?)Parse(c)))]),
        ["ensemble"] = Uids(e, "ensemble"), ["complex"] = Uids(e, "complex"),
    };

    private static KeyValuePair<string, JsonNode?> Real(XElement e) => KeyValuePair.Create(Attribute(e, "tag"), (JsonNode?)(e.Name.LocalName == "elementaryReal"
        ? new JsonObject { ["CLASS"] = "ElementaryReal", ["x"] = Number(e, "value"), ["uid"] = Attribute(e, "uid") }
        : new JsonObject { ["CLASS"] = "IntermediateReal", ["value"] = Number(e, "value"), ["label"] = Child(e, "label")?.Value, ["u_components"] = Vector(e, "uComponents"), ["d_components"] = Vector(e, "dComponents") }));

    private static JsonObject Vector(XElement e, string name) => new()
    {
        ["index"] = Uids(e, name), ["value"] = new JsonArray([.. Items(e, name).Select(c => (JsonNode?)Parse(c))]),
    };

    private static JsonArray Uids(XElement e, string name) => [.. Items(e, name).Select(c => (JsonNode?)Attribute(c, "uid"))];

    private static IEnumerable<XElement> Items(XElement of, string name) => Child(of, name)?.Elements() ?? [];

    private static XElement? Child(XElement of, string name) => of.Elements().FirstOrDefault(c => c.Name.LocalName == name);

    private static string Attribute(XElement e, string name) => e.Attribute(name)?.Value ?? throw new FormatException($"An element {e.Name.LocalName} of the archive has no {name}.");

    private static double Number(XElement e, string name) => Parse(Child(e, name) ?? throw new FormatException($"An element {e.Name.LocalName} of the archive has no {name}."));

    private static double Parse(XElement e) => double.TryParse(e.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value : throw new FormatException($"'{e.Value}' in {e.Name.LocalName} of the archive is no number.");
}
