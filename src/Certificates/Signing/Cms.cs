using System.Formats.Asn1;
using System.Numerics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Plumbline.Certificates;

/// <summary>Writes signed data of the Cryptographic Message Syntax (RFC 5652) with one signer, whose key may be in hardware: the framework's writer wants the key itself.</summary>
internal static class Cms
{
    public const string Data = "1.2.840.113549.1.7.1", TimestampInfo = "1.2.840.113549.1.9.16.1.4";
    private const string SignedData = "1.2.840.113549.1.7.2", ContentType = "1.2.840.113549.1.9.3", MessageDigest = "1.2.840.113549.1.9.4", SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47", Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string TimestampAttribute = "1.2.840.113549.1.9.16.2.14";
    private static readonly Asn1Tag first = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <param name="content">The content itself; its SHA-256 is signed.</param>
    /// <param name="contentType">The content's type.</param>
    /// <param name="detached">Whether the content is left out of the message.</param>
    /// <param name="identity">A key of ECDSA P-256 and its certificates, which all go into the message.</param>
    public static byte[] Sign(ReadOnlySpan<byte> content, string contentType, bool detached, SigningIdentity identity)
    {
        if (identity.Signer.PublicKey.Algorithm != SignatureAlgorithm.EcdsaP256)
            throw new ArgumentException($"CMS is signed with ECDSA P-256, not with {identity.Signer.PublicKey.Algorithm}.", nameof(identity));
        var attributes = Attributes(contentType, Digests.Sha256(content), identity.Certificate);
        var signature = X509Algorithms.Encode(identity.Signer.PublicKey.Algorithm, identity.Signer.Sign(attributes));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(SignedData);
            using (writer.PushSequence(first))
            using (writer.PushSequence())
            {
                writer.WriteInteger(contentType == Data ? 1 : 3);
                using (writer.PushSetOf())
                    Algorithm(writer, Sha256);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(contentType);
                    if (!detached)
                        using (writer.PushSequence(first))
                            writer.WriteOctetString(content);
                }
                using (writer.PushSetOf(first))
                    foreach (var certificate in identity.Certificates)
                        writer.WriteEncodedValue(certificate.Der.Span);
                using (writer.PushSetOf())
                    Signer(writer, identity, attributes, signature);
            }
        }
        return writer.Encode();
    }

    /// <summary>Adds a timestamp on the signature (id-aa-timeStampToken, RFC 3161 appendix A) as an unsigned attribute.</summary>
    public static async Task<byte[]> AddTimestampAsync(byte[] message, TimestampClient authority, CancellationToken cancel)
    {
        var cms = new SignedCms();
        cms.Decode(message);
        var token = await authority.StampAsync(cms.SignerInfos[0].GetSignature(), cancel).ConfigureAwait(false);
        cms.SignerInfos[0].AddUnsignedAttribute(new AsnEncodedData(new Oid(TimestampAttribute), token));
        return cms.Encode();
    }

    /// <summary>The timestamp on a signature; null where there is none.</summary>
    public static byte[]? Timestamp(SignerInfo signer) => Value(signer.UnsignedAttributes, TimestampAttribute);

    /// <summary>The SHA-256 digest of the certificate that the signer signed for (RFC 5035); null where none is, or by another digest.</summary>
    public static byte[]? SignedCertificate(SignerInfo signer)
    {
        if (Value(signer.SignedAttributes, SigningCertificateV2) is not { } value)
            return null;
        var certificate = new AsnReader(value, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadSequence();
        return certificate.PeekTag().HasSameClassAndValue(Asn1Tag.PrimitiveOctetString) ? certificate.ReadOctetString() : null;
    }

    private static byte[]? Value(CryptographicAttributeObjectCollection attributes, string oid) =>
        attributes.Cast<CryptographicAttributeObject>().FirstOrDefault(a => a.Oid.Value == oid) is { Values: [var value] } ? value.RawData : null;

    private static void Signer(AsnWriter writer, SigningIdentity identity, byte[] attributes, byte[] signature)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(identity.Certificate.RawIssuer.Span);
                writer.WriteInteger(BigInteger.Parse("0" + identity.Certificate.SerialNumber, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
            Algorithm(writer, Sha256);
            var inside = (byte[])attributes.Clone();
            inside[0] = 0xA0; // signed as a SET OF, written as [0] (RFC 5652, section 5.4)
            writer.WriteEncodedValue(inside);
            Algorithm(writer, X509Algorithms.Of(identity.Signer.PublicKey.Algorithm));
            writer.WriteOctetString(signature);
        }
    }

    private static byte[] Attributes(string contentType, byte[] digest, KeyCertificate certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            Attribute(writer, ContentType, w => w.WriteObjectIdentifier(contentType));
            Attribute(writer, MessageDigest, w => w.WriteOctetString(digest));
            Attribute(writer, SigningCertificateV2, w =>
            {
                using (w.PushSequence())
                using (w.PushSequence())
                using (w.PushSequence())
                    w.WriteOctetString(Digests.Sha256(certificate.Der.Span)); // SHA-256 is the default of RFC 5035
            });
        }
        return writer.Encode();
    }

    private static void Attribute(AsnWriter writer, string oid, Action<AsnWriter> value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSetOf())
                value(writer);
        }
    }

    private static void Algorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(oid);
    }
}
