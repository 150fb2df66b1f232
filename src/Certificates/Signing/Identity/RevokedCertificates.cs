using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>A list of revoked certificates (CRL, RFC 5280 section 5) that a signature brings along: it is its issuer's word, whoever carries it.</summary>
internal sealed class RevokedCertificates
{
    private readonly Dictionary<string, DateTimeOffset> revoked = [];
    private readonly ReadOnlyMemory<byte> signed, issuer;
    private readonly string algorithm;
    private readonly byte[] signature;

    /// <exception cref="CryptographicException">It is no list, or one that is not complete in itself.</exception>
    public RevokedCertificates(byte[] der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var list = outer.ReadSequence();
            signed = list.PeekEncodedValue();
            var body = list.ReadSequence();
            algorithm = list.ReadSequence().ReadObjectIdentifier();
            signature = list.ReadBytes();
            if (body.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
                body.ReadInteger();
            body.ReadSequence();
            issuer = body.ReadEncodedValue();
            for (ReadTime(body); body.HasData && IsTime(body);)
                ReadTime(body);
            if (body.HasData && body.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
                for (var entries = body.ReadSequence(); entries.HasData;)
                {
                    var entry = entries.ReadSequence();
                    revoked[Convert.ToHexStringLower(entry.ReadIntegerBytes().Span)] = ReadTime(entry);
                }
            if (body.HasData && HasCritical(body.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence()))
                throw new CryptographicException("The list is a part of another (a critical extension).");
        }
        catch (AsnContentException fault)
        {
            throw new CryptographicException("The bytes are no list of revoked certificates.", fault);
        }
    }

    /// <summary>When a certificate was revoked by the issuer that both share; null where it was not, or the list is not that issuer's.</summary>
    public DateTimeOffset? Of(KeyCertificate certificate, IEnumerable<KeyCertificate> issuers) =>
        revoked.TryGetValue(certificate.SerialNumber, out var time) && certificate.RawIssuer.Span.SequenceEqual(issuer.Span)
        && issuers.Any(i => i.RawSubject.Span.SequenceEqual(issuer.Span) && certificate.IsSignedBy(i) == true && X509Algorithms.Verify(algorithm, i, signed.Span, signature) == true) ? time : null;

    private static bool IsTime(AsnReader reader) => reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) || reader.PeekTag().HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static DateTimeOffset ReadTime(AsnReader reader) => reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static bool HasCritical(AsnReader extensions)
    {
        var found = false;
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            extension.ReadObjectIdentifier();
            found |= extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
        }
        return found;
    }
}
