using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>What the extensions of a certificate say (RFC 5280, section 4.2), as far as a path is judged by it.</summary>
internal sealed class CertificateExtensions
{
    private const string SubjectKeyId = "2.5.29.14", KeyUsageOid = "2.5.29.15", BasicConstraints = "2.5.29.19", AuthorityKeyId = "2.5.29.35", ExtendedKeyUsage = "2.5.29.37";

    // Judged or without effect on a path: policies and alternative names do not widen what a key may do.
    private static readonly HashSet<string> harmless = ["2.5.29.17", "2.5.29.18", "2.5.29.31", "2.5.29.32", "1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.1.3"];

    public bool IsAuthority { get; private set; }

    public int? PathLength { get; private set; }

    /// <summary>The bits of keyUsage, bit 0 (digitalSignature) first; null where the extension is absent.</summary>
    public bool[]? Usage { get; private set; }

    public IReadOnlyList<string> Purposes { get; private set; } = [];

    public bool PurposesAreCritical { get; private set; }

    public byte[]? SubjectKey { get; private set; }

    public byte[]? AuthorityKey { get; private set; }

    /// <summary>A critical extension that is not judged here; the path must then be refused (RFC 5280, section 4.2).</summary>
    public string? UnknownCritical { get; private set; }

    /// <summary>A key for timestamps alone signs nothing else (RFC 3161, section 2.3).</summary>
    public bool MaySign => (Usage is null || Usage[0] || Usage[1]) && Purposes is not ["1.3.6.1.5.5.7.3.8"];

    public bool MayIssue => IsAuthority && (Usage is null || Usage[5]);

    public static CertificateExtensions Read(AsnReader body)
    {
        var read = new CertificateExtensions();
        var tag = new Asn1Tag(TagClass.ContextSpecific, 3);
        while (body.HasData && !body.PeekTag().HasSameClassAndValue(tag))
            body.ReadEncodedValue();
        if (!body.HasData)
            return read;
        var list = body.ReadSequence(tag).ReadSequence();
        var seen = new HashSet<string>();
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            if (!seen.Add(oid))
                throw new CryptographicException($"The certificate has the extension {oid} twice.");
            read.Take(oid, critical, new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER));
        }
        return read;
    }

    private void Take(string oid, bool critical, AsnReader value)
    {
        switch (oid)
        {
            case BasicConstraints:
                var constraints = value.ReadSequence();
                IsAuthority = constraints.HasData && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && constraints.ReadBoolean();
                if (constraints.HasData)
                    PathLength = constraints.TryReadInt32(out var length) ? length : throw new AsnContentException("pathLenConstraint.");
                break;
            case KeyUsageOid:
                var bits = value.ReadBitString(out _);
                Usage = [.. Enumerable.Range(0, 9).Select(i => i / 8 < bits.Length && (bits[i / 8] & (0x80 >> (i % 8))) != 0)];
                break;
            case ExtendedKeyUsage:
                var purposes = new List<string>();
                for (var list = value.ReadSequence(); list.HasData;)
                    purposes.Add(list.ReadObjectIdentifier());
                (Purposes, PurposesAreCritical) = (purposes, critical);
                break;
            case SubjectKeyId:
                SubjectKey = value.ReadOctetString();
                break;
            case AuthorityKeyId:
                var authority = value.ReadSequence();
                var tag = new Asn1Tag(TagClass.ContextSpecific, 0);
                if (authority.HasData && authority.PeekTag().HasSameClassAndValue(tag))
                    AuthorityKey = authority.ReadOctetString(tag);
                break;
            default:
                if (critical && !harmless.Contains(oid))
                    UnknownCritical = oid;
                break;
        }
    }
}
