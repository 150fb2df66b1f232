using System.Xml.Linq;
using System.Xml.Schema;

namespace Plumbline.Certificates;

/// <summary>Second layer: the official schema of the declared version, where it is installed.</summary>
internal static class SchemaCheck
{
    private static readonly XNamespace mathml = "http://www.w3.org/1998/Math/MathML";

    public static IReadOnlyList<Finding> Run(XElement root, string version, ValidationOptions options)
    {
        var main = $"v{version}/dcc.xsd";
        if (options.Schemas is not { } installed || !installed.Has(main))
            return [Of("schema-not-installed", root, main)];
        var (schemas, fault) = installed.Load(main);
        return schemas is null ? [Of("schema-changed", root, fault)] : Validate(root, version, schemas);
    }

    private static List<Finding> Validate(XElement root, string version, XmlSchemaSet schemas)
    {
        var signatures = DccVersions.Find(version) is { Signature: false } ? root.Elements(DccNames.Signature + "Signature").ToArray() : [];
        List<Finding> findings = [.. signatures.Select(s => Of("schema-signature-set-aside", s, version, "3.2.0"))];
        foreach (var signature in signatures)
            signature.Remove();
        root.Document!.Validate(schemas, (sender, e) =>
        {
            var at = sender as XElement ?? (sender as XObject)?.Parent ?? root;
            // What the schema leaves open (XAdES objects in a signature) comes as a warning: no finding.
            if (e.Severity == XmlSeverityType.Warning)
                return;
            if (at.Name.Namespace is var space && (space == mathml || !schemas.Contains(space.NamespaceName)) && at.Ancestors().Any(a => a.IsDcc && a.Local is "xml" or "mathml" or "comment"))
                findings.Add(Of("schema-foreign", at, space.NamespaceName));
            else if (findings.Count < 500)
                findings.Add(Of("schema-violation", at, Spoken(e.Message), null));
        });
        root.Add(signatures);
        return findings;
    }

    private static string Spoken(string message) => message.Length > 400 ? message[..400] + "…" : message;

    private static Finding Of(string rule, XElement at, string? value = null, string? expected = null)
    {
        var of = ValidationRules.Of(rule);
        return new(of.Layer, of.Severity, rule, at.Path, value, expected) { Line = at.Line };
    }
}
