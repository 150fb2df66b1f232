using System.Xml.Linq;
using Plumbline.Certificates;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>A signed document.</summary>
/// <param name="Sm2Seal">The detached SM2 seal over the signed file; null without an SM2 key.</param>
public sealed record SignedDocument(byte[] Xml, byte[]? Sm2Seal);

/// <summary>Signs documents with the keys that this server holds, in the order of the signature policy: public number into the document, XAdES over all of it, then the SM2 seal over the signed file.</summary>
public sealed class DocumentSigning(KeyFolder keys, KeyAuthority authority)
{
    private static readonly XNamespace Dcc = "https://ptb.de/dcc";

    public ISigner SignerOf(IssuingKey key) => keys.Find(key.Fingerprint) ?? throw new InvalidOperationException($"The key {key.Fingerprint} is in use, but its file is not in the key folder.");

    public SignedDocument Sign(byte[] xml, CertificateId id, DocumentKind kind, Organisation institution, IssuingKey key, IssuingKey? sm2, DateTimeOffset time)
    {
        var identity = authority.IdentityOf(key) ?? throw new InvalidOperationException($"The key {key.Fingerprint} is in use, but its file or its certificate is missing.");
        var signed = XmlSignature.Sign(Completed(xml, id, kind), identity, time);
        return new(signed, sm2 is null || authority.IdentityOf(sm2) is not { } sealing ? null : SealedFile.Sign(signed, authority.SealOf(sm2, institution), sealing, time));
    }

    /// <summary>The document with its public number among its identifications, so that whoever holds the file alone can ask the log for it, and with its kind where it did not say.</summary>
    internal static byte[] Completed(byte[] xml, CertificateId id, DocumentKind kind)
    {
        var document = DccXml.Load(xml, preserveWhitespace: true);
        var administrative = document.Root!.Element(Dcc + "administrativeData")!;
        var core = administrative.Element(Dcc + "coreData")!;
        var list = core.Element(Dcc + "identifications");
        if (list is null)
            core.Element(Dcc + "uniqueIdentifier")!.AddAfterSelf(list = new XElement(Dcc + "identifications"));
        list.Elements(Dcc + "identification").Where(e => ((string?)e.Attribute("refType"))?.Split(' ').Contains(CnmTerms.CertificateId) == true).Remove();
        list.Add(new XElement(Dcc + "identification", new XAttribute("refType", CnmTerms.CertificateId), new XElement(Dcc + "issuer", "calibrationLaboratory"), new XElement(Dcc + "value", id.ToString())));
        if (DccBuilder.KindOf(DccReader.Read(xml).Document) is null)
            State(administrative, kind);
        return DccXml.Save(document);
    }

    private static void State(XElement administrative, DocumentKind kind)
    {
        var statements = administrative.Element(Dcc + "statements");
        if (statements is null)
            administrative.Add(statements = new XElement(Dcc + "statements"));
        statements.Add(new XElement(Dcc + "statement", new XAttribute("refType", CnmTerms.DocumentKind), new XElement(Dcc + "reference", kind.ToString())));
    }
}
