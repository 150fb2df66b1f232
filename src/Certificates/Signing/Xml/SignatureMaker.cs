using System.Buffers;
using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>Makes an enveloped XAdES signature. The file that comes out is in canonical form from its first byte to its last, and the signer says so under the signature: a file so signed may not be changed in a single byte.</summary>
internal static class SignatureMaker
{
    private const string Ds = XmlAlgorithms.Ds, Xades = XmlAlgorithms.Xades;
    private static readonly CanonicalForm document = new(CanonicalMethod.Inclusive11), exclusive = new(CanonicalMethod.Exclusive);

    public static byte[] Sign(ReadOnlyMemory<byte> file, SigningIdentity identity, DateTimeOffset time)
    {
        if (identity.Signer.PublicKey.Algorithm != SignatureAlgorithm.EcdsaP256)
            throw new ArgumentException($"XML is signed with ECDSA P-256; no identifier is agreed for {identity.Signer.PublicKey.Algorithm}.", nameof(identity));
        var tape = Read(file);
        for (var i = 0; i < tape.Count; i++)
            if (tape.Is(i, Ds, "Signature"))
                throw new InvalidOperationException($"The file has a signature already, at {tape.PathOf(i)}.");

        var body = new ArrayBufferWriter<byte>(file.Length);
        using var sink = CanonicalSink.Copying(body);
        var canonicalizer = new Canonicalizer(tape, document, sink);
        canonicalizer.Write(-1);
        var bytes = body.WrittenMemory.ToArray();
        var end = (int)canonicalizer.EndTag;
        var digest = Digests.Sha256(bytes);

        // Filled in from the inside: the properties' digest, then the signature over both digests.
        var id = Convert.ToHexStringLower(digest.AsSpan(0, 12));
        var parts = new Parts(id, Convert.ToBase64String(digest), "", "", Properties(identity, id, time), identity.Certificates);
        var draft = Read(Insert(bytes, end, parts.Text));
        parts = parts with { PropertiesDigest = Convert.ToBase64String(Canonicalizer.Digest(draft, Find(draft, Xades, "SignedProperties"), exclusive, HashAlgorithmName.SHA256)) };
        draft = Read(Insert(bytes, end, parts.Text));
        parts = parts with { Value = Convert.ToBase64String(identity.Signer.Sign(Canonicalizer.Bytes(draft, Find(draft, Ds, "SignedInfo"), exclusive))) };
        return Finish(Insert(bytes, end, parts.Text));
    }

    /// <summary>What a timestamp on the signature is for: the canonical SignatureValue.</summary>
    public static byte[] ToBeStamped(ReadOnlyMemory<byte> signed)
    {
        var tape = Read(signed);
        return Canonicalizer.Bytes(tape, Find(tape, Ds, "SignatureValue"), exclusive);
    }

    public static byte[] AddTimestamp(ReadOnlyMemory<byte> signed, byte[] token)
    {
        ReadOnlySpan<byte> end = "</xades:QualifyingProperties>"u8;
        var at = signed.Span.LastIndexOf(end);
        var stamp = $"""<xades:UnsignedProperties xmlns:xades="{Xades}"><xades:UnsignedSignatureProperties><xades:SignatureTimeStamp><ds:CanonicalizationMethod xmlns:ds="{Ds}" Algorithm="{exclusive.Uri}"/><xades:EncapsulatedTimeStamp>{Convert.ToBase64String(token)}</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp></xades:UnsignedSignatureProperties></xades:UnsignedProperties>""";
        return Finish(Insert(signed.ToArray(), at, stamp));
    }

    private static XmlTape Read(ReadOnlyMemory<byte> file) => XmlTape.Read(file, XmlLimits.Default);

    private static byte[] Finish(byte[] assembled) => [.. Encoding.ASCII.GetBytes(SignatureProperties.Declaration), .. Canonicalizer.Bytes(Read(assembled), -1, document)];

    private static byte[] Insert(byte[] bytes, int at, string text) => [.. bytes.AsSpan(0, at), .. Encoding.UTF8.GetBytes(text), .. bytes.AsSpan(at)];

    /// <summary>The last one, which is ours: what the document itself holds stands before.</summary>
    private static int Find(XmlTape tape, string uri, string name)
    {
        for (var i = tape.Count - 1; i >= 0; i--)
            if (tape.Is(i, uri, name))
                return i;
        throw new InvalidOperationException($"There is no {name}.");
    }

    /// <summary>All certificates that the signature carries are signed, the key's own first.</summary>
    private static string Properties(SigningIdentity identity, string id, DateTimeOffset time) =>
        $"""
        <xades:SignedProperties Id="xades-{id}"><xades:SignedSignatureProperties><xades:SigningTime>{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}</xades:SigningTime><xades:SigningCertificateV2>{string.Concat(identity.Certificates.Select(Certificate))}</xades:SigningCertificateV2></xades:SignedSignatureProperties><xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference="#ref-{id}"><xades:Description>{SignatureProperties.EveryByte}</xades:Description><xades:MimeType>text/xml</xades:MimeType></xades:DataObjectFormat></xades:SignedDataObjectProperties></xades:SignedProperties>
        """;

    private static string Certificate(KeyCertificate certificate) =>
        $"""<xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="{XmlAlgorithms.Sha512}"/><ds:DigestValue>{Convert.ToBase64String(SHA512.HashData(certificate.Der.Span))}</ds:DigestValue></xades:CertDigest><xades:IssuerSerialV2>{Convert.ToBase64String(IssuerSerial(certificate))}</xades:IssuerSerialV2></xades:Cert>""";

    private static byte[] IssuerSerial(KeyCertificate certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4, isConstructed: true)))
                writer.WriteEncodedValue(certificate.RawIssuer.Span);
            writer.WriteInteger(BigInteger.Parse("0" + certificate.SerialNumber, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
        return writer.Encode();
    }

    private sealed record Parts(string Id, string DocumentDigest, string PropertiesDigest, string Value, string Properties, IReadOnlyList<KeyCertificate> Certificates)
    {
        public string Text =>
            $"""
            <ds:Signature xmlns:ds="{Ds}" Id="sig-{Id}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{exclusive.Uri}"/><ds:SignatureMethod Algorithm="{XmlAlgorithms.EcdsaSha256}"/><ds:Reference Id="ref-{Id}" URI=""><ds:Transforms><ds:Transform Algorithm="{XmlAlgorithms.Enveloped}"/><ds:Transform Algorithm="{document.Uri}"/></ds:Transforms><ds:DigestMethod Algorithm="{XmlAlgorithms.Sha256}"/><ds:DigestValue>{DocumentDigest}</ds:DigestValue></ds:Reference><ds:Reference Type="{XmlAlgorithms.SignedProperties}" URI="#xades-{Id}"><ds:Transforms><ds:Transform Algorithm="{exclusive.Uri}"/></ds:Transforms><ds:DigestMethod Algorithm="{XmlAlgorithms.Sha256}"/><ds:DigestValue>{PropertiesDigest}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>{Value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>{string.Concat(Certificates.Select(c => $"<ds:X509Certificate>{Convert.ToBase64String(c.Der.Span)}</ds:X509Certificate>"))}</ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties xmlns:xades="{Xades}" Target="#sig-{Id}">{Properties}</xades:QualifyingProperties></ds:Object></ds:Signature>
            """;
    }
}
