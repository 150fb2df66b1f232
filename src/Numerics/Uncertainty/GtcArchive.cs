using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plumbline.Numerics;

/// <summary>Reads the archives of GTC, the GUM Tree Calculator: JSON of the releases 1.3 (identities as pairs of numbers, Infinity, reals and complex numbers under one heading) and 1.4 to 1.5 (schemas measurement.govt.nz/gtc/json_1.4 and json_1.5.0), and XML (measurement.govt.nz/gtc/xml).</summary>
/// <remarks>A leaf is an input; components are sensitivities times standard uncertainties. Ensembles, and the two parts of a complex input, count as observed together. A leaf whose value no tag gives has the value 0: only its uncertainty matters then.</remarks>
internal static class GtcArchive
{
    internal static UncertaintyArchive Read(JsonElement root)
    {
        var values = Sections(root, "tagged_real", "untagged_real", "tagged_reals", "tagged").Where(p => Class(p.Value) == "ElementaryReal")
            .GroupBy(p => Uid(p.Value.GetProperty("uid"))).ToDictionary(g => g.Key, g => g.First().Value.GetProperty("x").GetDouble());
        var nodes = root.GetProperty("leaf_nodes").EnumerateObject().ToDictionary(p => Plain(p.Name), p => p.Value);
        var elementaries = nodes.ToDictionary(p => p.Key, p => UncertaintyArchive.Restored(IdOf(p.Key), values.GetValueOrDefault(p.Key), p.Value.GetProperty("u").GetDouble(),
            p.Value.TryGetProperty("df", out var df) && df.ValueKind == JsonValueKind.Number ? df.GetDouble() : double.PositiveInfinity,
            Label(p.Value)));
        Group(nodes, elementaries);
        var leaves = elementaries.ToDictionary(p => p.Key, p => UncertainNumber.Of(p.Value));
        var archive = new UncertaintyArchive();
        // Release 1.3 had every tag under one heading, and the parts of complex numbers under another.
        foreach (var item in Sections(root, "tagged_real", "tagged").Where(p => Class(p.Value) != "Complex"))
            archive.Add(item.Name, Number(item.Value, leaves));
        var parts = Sections(root, "tagged_real", "untagged_real", "tagged_reals").ToDictionary(p => p.Name, p => p.Value);
        foreach (var item in Sections(root, "tagged_complex", "tagged").Where(p => Class(p.Value) == "Complex"))
            archive.Add(item.Name, new UncertainComplex(Number(parts[item.Value.GetProperty("n_re").GetString()!], leaves), Number(parts[item.Value.GetProperty("n_im").GetString()!], leaves)));
        return archive;
    }

    private static UncertainNumber Number(JsonElement item, Dictionary<string, UncertainNumber> leaves)
    {
        if (Class(item) == "ElementaryReal")
            return leaves[Uid(item.GetProperty("uid"))];
        var parents = new List<UncertainNumber>();
        var partials = new List<double>();
        foreach (var part in new[] { "u_components", "d_components" })
        {
            var vector = item.GetProperty(part);
            foreach (var (uid, component) in vector.GetProperty("index").EnumerateArray().Zip(vector.GetProperty("value").EnumerateArray()))
            {
                var leaf = leaves[Uid(uid)];
                if (leaf.StandardUncertainty == 0)
                    continue;
                parents.Add(leaf);
                partials.Add(component.GetDouble() / leaf.StandardUncertainty);
            }
        }
        return UncertainNumber.Of(item.GetProperty("value").GetDouble(), [.. parents], [.. partials], Label(item));
    }

    /// <summary>Correlations are given leaf by leaf; what hangs together is a group.</summary>
    private static void Group(Dictionary<string, JsonElement> nodes, Dictionary<string, Elementary> elementaries)
    {
        var seen = new HashSet<string>();
        foreach (var start in nodes.Keys)
        {
            if (!seen.Add(start))
                continue;
            List<string> members = [start];
            for (var k = 0; k < members.Count; k++)
                members.AddRange(Neighbours(nodes[members[k]]).Where(n => nodes.ContainsKey(n) && seen.Add(n)));
            if (members.Count == 1)
                continue;
            var covariance = new double[members.Count, members.Count];
            for (var i = 0; i < members.Count; i++)
                for (var j = 0; j < members.Count; j++)
                    covariance[i, j] = Correlation(nodes[members[i]], members[j], i == j) * elementaries[members[i]].StandardUncertainty * elementaries[members[j]].StandardUncertainty;
            var together = members.TrueForAll(m => members.Count == Uids(nodes[m], "ensemble").Count()) || members.Count == 2 && Uids(nodes[members[0]], "complex").Contains(members[1]);
            UncertaintyArchive.Join([.. members.Select(m => elementaries[m])], covariance, together);
        }
    }

    private static IEnumerable<string> Neighbours(JsonElement node) => Uids(node, "ensemble").Concat(Uids(node, "complex"))
        .Concat(node.TryGetProperty("correlation", out var c) ? c.EnumerateObject().Where(p => p.Value.GetDouble() != 0).Select(p => Plain(p.Name)) : []);

    private static IEnumerable<string> Uids(JsonElement node, string name) =>
        node.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(Uid) : [];

    private static double Correlation(JsonElement node, string other, bool self) =>
        self ? 1 : node.TryGetProperty("correlation", out var c) ? c.EnumerateObject().Where(p => Plain(p.Name) == other).Select(p => p.Value.GetDouble()).FirstOrDefault() : 0;

    private static IEnumerable<JsonProperty> Sections(JsonElement root, params string[] names) =>
        names.Where(n => root.TryGetProperty(n, out _)).SelectMany(n => root.GetProperty(n).EnumerateObject());

    private static string? Class(JsonElement item) => item.GetProperty("CLASS").GetString();

    /// <summary>"(18, 3)", or [18, 3] in release 1.3; the first number is longer than any of this machine.</summary>
    private static string Uid(JsonElement uid) => Plain(uid.ValueKind == JsonValueKind.Array ? $"({string.Join(',', uid.EnumerateArray().Select(e => e.GetRawText()))})" : uid.GetString()!);

    private static string Plain(string uid) => uid.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Release 1.3 wrote Python's None as a word.</summary>
    private static string? Label(JsonElement item) => item.TryGetProperty("label", out var label) && label.GetString() is { Length: > 0 } text && text != "None" ? text : null;

    /// <summary>The same identity whenever the same archive is read.</summary>
    private static Guid IdOf(string uid) => new(SHA256.HashData(Encoding.UTF8.GetBytes("gtc:" + Plain(uid)))[..16]);
}
