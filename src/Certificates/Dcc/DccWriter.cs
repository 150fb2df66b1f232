using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Writes certificates of version 3.3.0 with D-SI 2.2.1: UTF-8 without a mark, line feeds, two blanks a level. The same document gives the same bytes.</summary>
public static class DccWriter
{
    /// <summary>The file.</summary>
    /// <remarks>Signatures of a document that was read are not written: they hold for the bytes they were made over.</remarks>
    public static byte[] Write(DccDocument document) => DccXml.Save(ToXml(document));

    /// <summary>The file as XML tree.</summary>
    public static XDocument ToXml(DccDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var written = DccWriting.Write(DccNames.Root, document);
        var root = new XElement(DccNames.Root,
            new XAttribute(XNamespace.Xmlns + "dcc", DccNames.Dcc.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "si", DccNames.Si.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "xsi", DccNames.Instance.NamespaceName),
            new XAttribute(DccNames.Instance + "schemaLocation", $"{DccNames.Dcc.NamespaceName} https://ptb.de/dcc/v{DccDocument.WrittenVersion}/dcc.xsd"),
            written.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.LocalName != "schemaVersion"),
            new XAttribute("schemaVersion", DccDocument.WrittenVersion),
            written.Nodes());
        return new XDocument(new XDeclaration("1.0", "utf-8", null), root);
    }
}
