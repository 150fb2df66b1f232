using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>An X.509 certificate (RFC 5280) of a key 公钥证书, read by own code, because the framework cannot read SM2 keys. Immutable.</summary>
public sealed class KeyCertificate
{
    private readonly byte[] der;
    private readonly ReadOnlyMemory<byte> signed;
    private readonly byte[] signature;
    private readonly Lazy<string> issuer, subject;

    private KeyCertificate(byte[] der)
    {
        this.der = der;
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        signed = certificate.PeekEncodedValue();
        var body = certificate.ReadSequence();
        SignatureOid = certificate.ReadSequence().ReadObjectIdentifier();
        signature = certificate.ReadBytes();
        certificate.ThrowIfNotEmpty();

        var version = new Asn1Tag(TagClass.ContextSpecific, 0);
        Version = body.PeekTag().HasSameClassAndValue(version) ? ReadVersion(body.ReadSequence(version)) : 1;
        SerialNumber = Convert.ToHexStringLower(body.ReadIntegerBytes().Span);
        if (body.ReadSequence().ReadObjectIdentifier() != SignatureOid)
            throw new CryptographicException("The certificate names two signature algorithms.");
        RawIssuer = body.ReadEncodedValue();
        var validity = body.ReadSequence();
        (NotBefore, NotAfter) = (ReadTime(validity), ReadTime(validity));
        RawSubject = body.ReadEncodedValue();
        Spki = body.ReadEncodedValue();
        var spki = new AsnReader(Spki, AsnEncodingRules.DER).ReadSequence();
        KeyOid = spki.ReadSequence().ReadObjectIdentifier();
        Extensions = CertificateExtensions.Read(body);
        issuer = new(() => NameText(RawIssuer));
        subject = new(() => NameText(RawSubject));
    }

    /// <summary>The whole certificate in DER.</summary>
    public ReadOnlyMemory<byte> Der => der;

    /// <summary>Who holds the key, as RFC 4514 writes it.</summary>
    public string Subject => subject.Value;

    /// <summary>Who issued the certificate.</summary>
    public string Issuer => issuer.Value;

    /// <summary>Lower-case hexadecimal digits.</summary>
    public string SerialNumber { get; }

    /// <summary>Beginning of validity, UTC.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>End of validity, UTC.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>SubjectPublicKeyInfo in DER.</summary>
    public ReadOnlyMemory<byte> Spki { get; }

    /// <summary>The key's id as <see cref="PublicKey.Id"/> defines it, for a key of any algorithm.</summary>
    public string KeyId => Convert.ToHexStringLower(SHA256.HashData(Spki.Span).AsSpan(0, 8));

    /// <summary>Whether issuer and subject are the same.</summary>
    public bool IsSelfIssued => RawIssuer.Span.SequenceEqual(RawSubject.Span);

    /// <summary>Whether it may issue certificates (basicConstraints).</summary>
    public bool IsAuthority => Extensions.IsAuthority;

    internal int Version { get; }

    internal string SignatureOid { get; }

    internal string KeyOid { get; }

    internal ReadOnlyMemory<byte> RawIssuer { get; }

    internal ReadOnlyMemory<byte> RawSubject { get; }

    internal CertificateExtensions Extensions { get; }

    /// <summary>Reads a certificate.</summary>
    /// <param name="der">DER; nothing may follow.</param>
    /// <exception cref="CryptographicException">It is no certificate.</exception>
    public static KeyCertificate FromDer(ReadOnlySpan<byte> der)
    {
        try
        {
            return new(der.ToArray());
        }
        catch (Exception fault) when (fault is AsnContentException or ArgumentException or OverflowException)
        {
            throw new CryptographicException("The bytes are not an X.509 certificate.", fault);
        }
    }

    /// <summary>Reads every certificate of a PEM file, in its order; or the one of a DER file.</summary>
    /// <exception cref="CryptographicException">There is none, or one of them is not a certificate.</exception>
    public static IReadOnlyList<KeyCertificate> FromFile(ReadOnlySpan<byte> file)
    {
        if (file.Length > 0 && file[0] == 0x30)
            return [FromDer(file)];
        var found = new List<KeyCertificate>();
        var text = Encoding.UTF8.GetString(file).AsSpan();
        while (PemEncoding.TryFind(text, out var fields))
        {
            if (text[fields.Label] is "CERTIFICATE")
                found.Add(FromDer(Convert.FromBase64String(text[fields.Base64Data].ToString())));
            text = text[fields.Location.End..];
        }
        return found.Count > 0 ? found : throw new CryptographicException("The file holds no PEM block 'CERTIFICATE'.");
    }

    /// <summary>The certificate as PEM, ending with a line feed.</summary>
    public string ToPem() => PemEncoding.WriteString("CERTIFICATE", der) + "\n";

    /// <summary>The key, where it is one of ECDSA P-256, SM2 or Ed25519.</summary>
    /// <exception cref="CryptographicException">It is a key of another kind.</exception>
    /// <exception cref="PlatformNotSupportedException">The key is for SM2 or Ed25519 and libcrypto 3 is not installed.</exception>
    public PublicKey ReadKey() => PublicKey.FromSpki(Spki.Span);

    /// <summary>Whether this certificate was signed by the key of <paramref name="issuer"/>; null where the algorithm is not known here.</summary>
    internal bool? IsSignedBy(KeyCertificate issuer) => X509Algorithms.Verify(SignatureOid, issuer, signed.Span, signature);

    /// <inheritdoc/>
    public override string ToString() => Subject;

    private static int ReadVersion(AsnReader reader) => reader.TryReadInt32(out var version) ? version + 1 : throw new AsnContentException("Version.");

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static string NameText(ReadOnlyMemory<byte> name)
    {
        try
        {
            return new X500DistinguishedName(name.Span).Name;
        }
        catch (CryptographicException)
        {
            return Convert.ToHexStringLower(name.Span); // a name in a character set that the framework does not read is still told apart
        }
    }
}
