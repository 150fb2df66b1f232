using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>The official schemas that this release knows, by their place in an installation and their SHA-256. They belong to PTB and W3C and are not part of this project: the operator installs them from a folder.</summary>
public static class SchemaFiles
{
    /// <summary>Path with forward slashes → SHA-256 in hexadecimal.</summary>
    public static IReadOnlyDictionary<string, string> Pinned { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["v2.1.0/dcc.xsd"] = "2d9ea11e8407fbdb1d3bf81ebb2adf32ca35c93c0995726bfbe58fcd8da52dfc",
        ["v2.1.1/dcc.xsd"] = "e4e8ad065abcf039b1d56b8d9ddef6c61e41d7e7d39034914c1ef8746c127e96",
        ["v2.2.0/dcc.xsd"] = "c02750fdcb1d8396479ed27f1aee53500448e66c191858b685639e6fcaf4b48a",
        ["v2.3.0/dcc.xsd"] = "352c336753f2d7e251b4000320d463365147c9500deceec3a0f3b04ae1d9c92e",
        ["v2.4.0/dcc.xsd"] = "fee9c0f1fd15dc1713244f0856e05a754087a78470f51c7d1bb03867a6865b85",
        ["v3.0.0/dcc.xsd"] = "4d4f6cae4991bc75c0011504dc15a324d5f2836e38c06f2af355118ee3585bc4",
        ["v3.1.0/dcc.xsd"] = "c9222058bcddb989b1a24e0ebfba1dde083d62bf7c473acf390266475d47d678",
        ["v3.1.1/dcc.xsd"] = "3744819ea178ccc644c8572a1a0409278b0682196295c78dc1e63ef5588c964d",
        ["v3.1.2/dcc.xsd"] = "25a8393a6031bd7dbe23abba8033586c2c64c331efa835fbec93c09ea4b5f618",
        ["v3.2.0/dcc.xsd"] = "517d4d4f444fc3fd07caec0a8b12e8b136b64678a6aa859b5acf452d55c241cc",
        ["v3.2.1/dcc.xsd"] = "272b129c250dd8ee17844a43cedc71c89b8416362f82f3f0bb694719e9d928aa",
        ["v3.3.0/dcc.xsd"] = "31970e2fcb9f8cf38dfd3b2c9d874bbc12db7f548cb142ac342b1fc7ec305e62",
        ["dsi/v1.0.1.xsd"] = "0339688efc78164e9ee11f55de0d7996fb5fff52a13ba0e34971379540e2f115",
        ["dsi/v1.3.0.xsd"] = "ab66397840da12b8c1f6d557369f8cdb3f9bc708cac45ecf934bb3a75976b479",
        ["dsi/v1.3.1.xsd"] = "f0d6aac1b5b43e8e7f11ad724eb008589b8b64213484e3d666598bdef03d09b3",
        ["dsi/v2.0.0.xsd"] = "a264f1d292595b3dfc242fe963507eb027bef12260fd9b2d3df707e87a768da3",
        ["dsi/v2.1.0.xsd"] = "962a9669ee219b94cc8f05c7ec7e74f93d7f38fc04133780bc3c52ff7e2c7091",
        ["dsi/v2.2.1.xsd"] = "9b8f730c50e4e321a0eea6571d5c3fcf1a51fa04b502e10aa2c3ca8af66b08e9",
        ["qudt/v2.2.1.xsd"] = "7fe0038a3c423ca26c07618667e11266473df777315a8d560f72869520dcf199",
        ["xmldsig-core-schema.xsd"] = "b44ee18f3cbf818c09b07f9e1fecd2009d1a580b9fc62776dc5ad6ce7eccedcf",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Copies every known schema found below a folder, whatever its name there, into an installation; what is not known is left alone.</summary>
    /// <param name="source">Folder with the schemas.</param>
    /// <param name="target">Folder of the installation; made where it is not there.</param>
    /// <returns>One entry for each schema known, and one for each file that looks like a schema and is none of them.</returns>
    /// <exception cref="DirectoryNotFoundException">The source is not there.</exception>
    public static IReadOnlyList<SchemaState> Install(string source, string target)
    {
        if (!Directory.Exists(source))
            throw new DirectoryNotFoundException(source);
        var byHash = Pinned.ToLookup(p => p.Value, p => p.Key, StringComparer.Ordinal);
        List<SchemaState> strangers = [];
        foreach (var file in Directory.EnumerateFiles(source, "*.xsd", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            var names = byHash[Convert.ToHexStringLower(SHA256.HashData(bytes))];
            if (!names.Any())
                strangers.Add(new(Path.GetRelativePath(source, file), SchemaPresence.Unknown));
            foreach (var name in names)
            {
                var place = Path.Combine(target, name);
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.WriteAllBytes(place, bytes);
            }
        }
        return [.. List(target), .. strangers];
    }

    /// <summary>What an installation has.</summary>
    /// <param name="folder">Folder of the installation.</param>
    /// <returns>One entry for each schema known.</returns>
    public static IReadOnlyList<SchemaState> List(string folder) => [.. Pinned.Keys.Order(StringComparer.Ordinal).Select(name => new SchemaState(name, Presence(folder, name)))];

    /// <summary>The bytes of a schema whose digest is right; null where it is absent or changed.</summary>
    internal static byte[]? Read(string folder, string name)
    {
        var place = Path.Combine(folder, name);
        return File.Exists(place) && File.ReadAllBytes(place) is var bytes && Convert.ToHexStringLower(SHA256.HashData(bytes)) == Pinned[name] ? bytes : null;
    }

    private static SchemaPresence Presence(string folder, string name) => !File.Exists(Path.Combine(folder, name)) ? SchemaPresence.Absent : Read(folder, name) is null ? SchemaPresence.Changed : SchemaPresence.Installed;
}

/// <summary>A schema of an installation.</summary>
/// <param name="Name">Its path in the installation.</param>
/// <param name="Presence">Whether it is there.</param>
public sealed record SchemaState(string Name, SchemaPresence Presence);

/// <summary>Whether a schema is there.</summary>
public enum SchemaPresence
{
    /// <summary>There, with the digest expected.</summary>
    Installed,
    /// <summary>Not there.</summary>
    Absent,
    /// <summary>There, with another digest.</summary>
    Changed,
    /// <summary>A file that is none of the known schemas; it was not copied.</summary>
    Unknown,
}
