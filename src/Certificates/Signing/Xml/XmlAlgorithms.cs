using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>What the identifiers in a signature name: the white list, what is known to be too weak, and names for people.</summary>
internal static class XmlAlgorithms
{
    public const string Ds = "http://www.w3.org/2000/09/xmldsig#", Xades = "http://uri.etsi.org/01903/v1.3.2#";
    public const string Enveloped = Ds + "enveloped-signature", SignedProperties = "http://uri.etsi.org/01903#SignedProperties";
    public const string EcdsaSha256 = More + "ecdsa-sha256", Sha256 = Enc + "sha256", Sha512 = Enc + "sha512";
    private const string More = "http://www.w3.org/2001/04/xmldsig-more#", Enc = "http://www.w3.org/2001/04/xmlenc#", Later = "http://www.w3.org/2007/05/xmldsig-more#";

    private static readonly Dictionary<string, HashAlgorithmName> digests = new()
    {
        [Sha256] = HashAlgorithmName.SHA256, [More + "sha384"] = HashAlgorithmName.SHA384, [Sha512] = HashAlgorithmName.SHA512,
    };

    private static readonly Dictionary<string, SignatureMethod> signatures = new()
    {
        [EcdsaSha256] = new("ECDSA", HashAlgorithmName.SHA256), [More + "ecdsa-sha384"] = new("ECDSA", HashAlgorithmName.SHA384), [More + "ecdsa-sha512"] = new("ECDSA", HashAlgorithmName.SHA512),
        [More + "rsa-sha256"] = new("RSA", HashAlgorithmName.SHA256), [More + "rsa-sha384"] = new("RSA", HashAlgorithmName.SHA384), [More + "rsa-sha512"] = new("RSA", HashAlgorithmName.SHA512),
        [Later + "sha256-rsa-MGF1"] = new("RSASSA-PSS", HashAlgorithmName.SHA256), [Later + "sha384-rsa-MGF1"] = new("RSASSA-PSS", HashAlgorithmName.SHA384), [Later + "sha512-rsa-MGF1"] = new("RSASSA-PSS", HashAlgorithmName.SHA512),
    };

    // Broken or short digests, and keys that both sides share: no proof of who signed.
    private static readonly HashSet<string> weak =
    [
        Ds + "sha1", More + "md5", More + "sha224", Ds + "rsa-sha1", Ds + "dsa-sha1", Ds + "hmac-sha1", More + "rsa-md5", More + "ecdsa-sha1", More + "ecdsa-sha224", More + "rsa-sha224",
        More + "hmac-md5", More + "hmac-sha224", More + "hmac-sha256", More + "hmac-sha384", More + "hmac-sha512", Enc + "ripemd160", More + "rsa-ripemd160", More + "hmac-ripemd160",
        Later + "ecdsa-ripemd160", Later + "sha1-rsa-MGF1", Later + "sha224-rsa-MGF1", Later + "md5-rsa-MGF1", Later + "ripemd160-rsa-MGF1",
    ];

    public static bool IsWeak(string uri) => weak.Contains(uri);

    public static HashAlgorithmName? Digest(string uri) => digests.TryGetValue(uri, out var name) ? name : null;

    public static SignatureMethod? Signature(string uri) => signatures.GetValueOrDefault(uri);
}

/// <summary>A signature algorithm of XMLDSig.</summary>
internal sealed record SignatureMethod(string Family, HashAlgorithmName Hash)
{
    public string Name => $"{Family}, {Hash.Name![..3]}-{Hash.Name[3..]}";

    /// <returns>Null where the certificate holds no key of this algorithm, or too short a one.</returns>
    public bool? Verify(KeyCertificate certificate, byte[] message, byte[] signature)
    {
        if (Family == "ECDSA" && LibCrypto.IsAvailable && X509Algorithms.P256Point(certificate) is { IsEmpty: false } point)
            return signature.Length == 64 && X509Algorithms.VerifyP256(point.Span, CryptographicOperations.HashData(Hash, message), EcSignature.ToDer(signature));
        if (Family == "ECDSA")
        {
            using var key = X509Algorithms.EcKey(certificate);
            return key is null ? null : signature.Length == 2 * ((key.KeySize + 7) / 8) && key.VerifyData(message, signature, Hash);
        }
        using var rsa = X509Algorithms.RsaKey(certificate);
        return rsa?.VerifyData(message, signature, Hash, Family == "RSA" ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss);
    }
}
