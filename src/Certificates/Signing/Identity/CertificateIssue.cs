using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FrameworkKey = System.Security.Cryptography.X509Certificates.PublicKey;

namespace Plumbline.Certificates;

/// <summary>What a certificate lets its key do.</summary>
public enum CertificatePurpose
{
    /// <summary>Issue certificates of authorities and of keys: the trusted root.</summary>
    Root,
    /// <summary>Issue certificates of keys.</summary>
    Authority,
    /// <summary>Sign certificates, reports and seals.</summary>
    Signing,
    /// <summary>Make timestamps (RFC 3161).</summary>
    Timestamping,
}

/// <summary>Makes certificates (X.509 v3, RFC 5280) with any <see cref="ISigner"/>: ECDSA P-256, SM2 or Ed25519.</summary>
public static class CertificateIssue
{
    /// <summary>A root: a key that vouches for itself.</summary>
    /// <param name="signer">The key.</param>
    /// <param name="name">Distinguished name, such as <c>CN=某省计量科学研究院, C=CN</c>.</param>
    /// <param name="from">Beginning of validity; whole seconds are kept.</param>
    /// <param name="to">End of validity.</param>
    /// <exception cref="ArgumentException">The name is none, or the validity ends before it begins.</exception>
    public static KeyCertificate Root(ISigner signer, string name, DateTimeOffset from, DateTimeOffset to) => Make(signer, null, signer?.PublicKey!, name, CertificatePurpose.Root, from, to);

    /// <summary>A certificate of a key, issued by an authority.</summary>
    /// <param name="authority">The authority's key and certificate.</param>
    /// <param name="key">The key to certify.</param>
    /// <param name="name">Its holder's distinguished name.</param>
    /// <param name="purpose">What it may be used for.</param>
    /// <param name="from">Beginning of validity.</param>
    /// <param name="to">End of validity; not after the authority's own.</param>
    /// <exception cref="ArgumentException">The authority may not issue, its validity is shorter, or the name is none.</exception>
    public static KeyCertificate Issue(SigningIdentity authority, PublicKey key, string name, CertificatePurpose purpose, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(authority);
        if (!authority.Certificate.Extensions.MayIssue)
            throw new ArgumentException($"The certificate '{authority.Certificate.Subject}' may not issue certificates.", nameof(authority));
        if (from < authority.Certificate.NotBefore || to > authority.Certificate.NotAfter)
            throw new ArgumentException($"The validity {from:yyyy-MM-dd} to {to:yyyy-MM-dd} goes beyond the authority's, {authority.Certificate.NotBefore:yyyy-MM-dd} to {authority.Certificate.NotAfter:yyyy-MM-dd}.", nameof(to));
        return Make(authority.Signer, authority.Certificate, key, name, purpose, from, to);
    }

    private static KeyCertificate Make(ISigner signer, KeyCertificate? issuer, PublicKey key, string name, CertificatePurpose purpose, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(key);
        if (to <= from)
            throw new ArgumentException($"The validity ends {to:O} before it begins {from:O}.", nameof(to));
        var generator = new Generator(signer);
        var request = new CertificateRequest(NameOf(name), FrameworkKey.CreateFromSubjectPublicKeyInfo(key.Spki.Span, out _), HashAlgorithmName.SHA256);
        var isAuthority = purpose is CertificatePurpose.Root or CertificatePurpose.Authority;
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, purpose == CertificatePurpose.Authority, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(isAuthority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        if (purpose == CertificatePurpose.Timestamping)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true)); // RFC 3161, section 2.3: critical, and no other
        var subjectKey = KeyIdentifier(key.Spki);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(subjectKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuer?.Extensions.SubjectKey ?? subjectKey));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40); // positive, and always 16 bytes
        using var made = request.Create(issuer is null ? request.SubjectName : new X500DistinguishedName(issuer.RawSubject.Span), generator, from, to, serial);
        return KeyCertificate.FromDer(made.RawData);
    }

    private static X500DistinguishedName NameOf(string name)
    {
        try
        {
            return new X500DistinguishedName(name);
        }
        catch (CryptographicException fault)
        {
            throw new ArgumentException($"'{name}' is no distinguished name such as 'CN=Name, C=CN'.", nameof(name), fault);
        }
    }

    /// <summary>The first 20 bytes of SHA-256 of the key's bits (RFC 7093, method 1).</summary>
    private static byte[] KeyIdentifier(ReadOnlyMemory<byte> spki)
    {
        var reader = new AsnReader(spki, AsnEncodingRules.DER).ReadSequence();
        reader.ReadEncodedValue();
        return SHA256.HashData(reader.ReadBitString(out _))[..20];
    }

    private sealed class Generator(ISigner signer) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(X509Algorithms.Of(signer.PublicKey.Algorithm));
            return writer.Encode();
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => X509Algorithms.Encode(signer.PublicKey.Algorithm, signer.Sign(data));

        protected override FrameworkKey BuildPublicKey() => FrameworkKey.CreateFromSubjectPublicKeyInfo(signer.PublicKey.Spki.Span, out _);
    }
}
