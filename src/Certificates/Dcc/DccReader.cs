using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>A certificate as read: the model, and all that is to be said about the reading.</summary>
/// <param name="Document">The certificate in the form of 3.3.0.</param>
/// <param name="Version">The version the file declares; null where it declares none that is published.</param>
/// <param name="Changes">What was changed to bring an older version into that form (rules <c>upgrade-…</c>), each with its place.</param>
/// <param name="NotUnderstood">What the model does not understand and keeps as it is (rule <c>dcc-not-understood</c>).</param>
public sealed record DccFile(DccDocument Document, DccVersion? Version, IReadOnlyList<Finding> Changes, IReadOnlyList<Finding> NotUnderstood);

/// <summary>Reads certificates of versions 2.1.0 to 3.3.0.</summary>
public static class DccReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DccException">The XML is not well-formed or exceeds the limits (<see cref="DccXml.Load"/>), or it is no certificate (<c>dcc-root</c>, <c>dcc-missing</c>).</exception>
    public static DccFile Read(ReadOnlyMemory<byte> xml, DccLimits? limits = null) => Read(DccXml.Load(xml, limits));

    /// <summary>Reads a document that <see cref="DccXml.Load"/> gave; the document itself is not changed.</summary>
    /// <exception cref="DccException">It is no certificate.</exception>
    public static DccFile Read(XDocument xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        if (xml.Root is not { } root || root.Name != DccNames.Root)
            throw new DccException(new Finding(FindingLayer.Form, FindingSeverity.Error, "dcc-root", "/", xml.Root is { } other ? $"{{{other.Name.NamespaceName}}}{other.Name.LocalName}" : null, DccNames.Root.ToString()) { Line = xml.Root is null ? 0 : DccXml.Line(xml.Root) });
        Finding[] missing = [.. rings.Where(n => root.Element(DccNames.Dcc + n) is null)
            .Select(n => new Finding(FindingLayer.Form, FindingSeverity.Error, "dcc-missing", $"/{root.Name.LocalName}", null, n) { Line = DccXml.Line(root) })];
        if (missing.Length > 0)
            throw new DccException(missing);
        var version = Declared(root);
        var changes = new List<Finding>();
        if (version is not { Current: true } && IsOld(root, version))
            root = DccUpgrade.FromVersion2(root, changes);
        var unknown = new List<Finding>();
        var document = DccReading.Read(new DccDocument(), root, unknown);
        if (document.SchemaVersion != DccDocument.WrittenVersion)
            changes.Add(DccUpgrade.Change("upgrade-version", "/digitalCalibrationCertificate/@schemaVersion", document.SchemaVersion, DccDocument.WrittenVersion));
        if (document.Signatures > 0)
            changes.Add(DccUpgrade.Change("upgrade-signature-dropped", "/digitalCalibrationCertificate/Signature", $"{document.Signatures}", null));
        var comments = xml.DescendantNodes().OfType<XComment>().Count();
        if (comments > 0)
            changes.Add(DccUpgrade.Change("upgrade-comments-dropped", "/", $"{comments}", null));
        return new(document, version, changes, unknown);
    }

    private static readonly string[] rings = ["administrativeData", "measurementResults"];

    private static DccVersion? Declared(XElement root) =>
        DccVersions.Find((string?)root.Attribute("schemaVersion"))
        ?? (root.Attribute("schemaVersion") is null ? DccVersions.All.FirstOrDefault(v => v.SiNamespace != DccNames.Si.NamespaceName && root.Descendants().Any(e => e.Name.NamespaceName == v.SiNamespace)) : null);

    /// <summary>2.x: by its version, or by elements that 3.0 renamed where the version says nothing.</summary>
    private static bool IsOld(XElement root, DccVersion? version) =>
        version is { Current: false } || ((string?)root.Attribute("schemaVersion"))?.StartsWith("2.", StringComparison.Ordinal) == true
        || root.Attribute("schemaVersion") is null && root.Element(DccNames.Dcc + "measurementResults")!.Elements(DccNames.Dcc + "measurementResult").All(r => r.Element(DccNames.Dcc + "name") is null);
}
