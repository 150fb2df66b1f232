using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>The signature algorithms of certificates that are accepted; SHA-1, MD5, DSA and short RSA keys are not among them.</summary>
internal static class X509Algorithms
{
    public const string EcdsaSha256 = "1.2.840.10045.4.3.2", Sm2Sm3 = "1.2.156.10197.1.501", Ed25519 = "1.3.101.112", Rsa = "1.2.840.113549.1.1.1";
    public const int ShortestRsaKey = 2048;

    public static string Of(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.EcdsaP256 => EcdsaSha256,
        SignatureAlgorithm.Sm2 => Sm2Sm3,
        _ => Ed25519,
    };

    /// <summary>A signature as X.509 and CMS carry it: DER but for Ed25519.</summary>
    public static byte[] Encode(SignatureAlgorithm algorithm, byte[] signature) => algorithm == SignatureAlgorithm.Ed25519 ? signature : EcSignature.ToDer(signature);

    public static string NameOf(string oid) => oid switch
    {
        EcdsaSha256 => "ECDSA, SHA-256",
        "1.2.840.10045.4.3.3" => "ECDSA, SHA-384",
        "1.2.840.10045.4.3.4" => "ECDSA, SHA-512",
        "1.2.840.113549.1.1.11" => "RSA, SHA-256",
        "1.2.840.113549.1.1.12" => "RSA, SHA-384",
        "1.2.840.113549.1.1.13" => "RSA, SHA-512",
        Sm2Sm3 => "SM2, SM3",
        Ed25519 => "Ed25519",
        _ => oid,
    };

    /// <returns>Null where the algorithm or the key is not accepted.</returns>
    public static bool? Verify(string oid, KeyCertificate by, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => oid switch
    {
        EcdsaSha256 => Ecdsa(by, message, signature, HashAlgorithmName.SHA256),
        "1.2.840.10045.4.3.3" => Ecdsa(by, message, signature, HashAlgorithmName.SHA384),
        "1.2.840.10045.4.3.4" => Ecdsa(by, message, signature, HashAlgorithmName.SHA512),
        "1.2.840.113549.1.1.11" => WithRsa(by, message, signature, HashAlgorithmName.SHA256),
        "1.2.840.113549.1.1.12" => WithRsa(by, message, signature, HashAlgorithmName.SHA384),
        "1.2.840.113549.1.1.13" => WithRsa(by, message, signature, HashAlgorithmName.SHA512),
        Sm2Sm3 or Ed25519 => Own(oid, by, message, signature),
        _ => null,
    };

    /// <summary>The certificate's key as an ECDSA key; null where it is none of at least 256 bits.</summary>
    public static ECDsa? EcKey(KeyCertificate certificate)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(certificate.Spki.Span, out _);
            // The framework opens SM2's curve too, but knows only ECDSA on it.
            if (key.KeySize >= 256 && !IsSm2(certificate))
                return key;
        }
        catch (Exception fault) when (fault is CryptographicException or PlatformNotSupportedException)
        {
            // a curve that the framework does not know, or no key of a curve
        }
        key.Dispose();
        return null;
    }

    /// <summary>The point of a P-256 key; empty for a key of another kind.</summary>
    public static ReadOnlyMemory<byte> P256Point(KeyCertificate certificate) => certificate.Spki.Length == P256Prefix.Length + 64 && certificate.Spki.Span.StartsWith(P256Prefix) ? certificate.Spki[(P256Prefix.Length - 1)..] : default;

    public static bool VerifyP256(ReadOnlySpan<byte> point, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        try
        {
            using var key = LibCrypto.ReadP256(point);
            return LibCrypto.VerifyDigest(key, digest, signature);
        }
        catch (CryptographicException)
        {
            return false; // no point of the curve
        }
    }

    // SubjectPublicKeyInfo up to and with the mark of an uncompressed point: everything before the coordinates is fixed.
    private static ReadOnlySpan<byte> P256Prefix => [0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04];

    /// <summary>The certificate's key as an RSA key; null where it is none of at least 2048 bits.</summary>
    public static RSA? RsaKey(KeyCertificate certificate)
    {
        if (certificate.KeyOid != Rsa)
            return null;
        var key = RSA.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(certificate.Spki.Span, out _);
            if (key.KeySize is >= ShortestRsaKey and <= 16384)
                return key;
        }
        catch (CryptographicException)
        {
            // no key
        }
        key.Dispose();
        return null;
    }

    public static bool IsSm2(KeyCertificate certificate) => certificate.Spki.Span.IndexOf(Sm2Curve) >= 0;

    private static ReadOnlySpan<byte> Sm2Curve => [0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D];

    private static bool? Ecdsa(KeyCertificate by, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        if (LibCrypto.IsAvailable && P256Point(by) is { IsEmpty: false } point)
            return VerifyP256(point.Span, CryptographicOperations.HashData(hash, message), signature);
        using var key = EcKey(by);
        return key?.VerifyData(message, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static bool? WithRsa(KeyCertificate by, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        using var key = RsaKey(by);
        return key?.VerifyData(message, signature, hash, RSASignaturePadding.Pkcs1);
    }

    private static bool? Own(string oid, KeyCertificate by, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        try
        {
            var key = by.ReadKey();
            if (Of(key.Algorithm) != oid)
                return false;
            return key.Verify(message, oid == Sm2Sm3 ? EcSignature.FromDer(signature.ToArray()) : signature);
        }
        catch (CryptographicException)
        {
            return false; // neither a key nor a signature of that algorithm
        }
    }
}
