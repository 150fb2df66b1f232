using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Plumbline.Certificates;

/// <summary>A timestamp token (RFC 3161).</summary>
public static class TimestampToken
{
    // SignedCms verifies these; what else a token is signed with is not judged here.
    private static readonly HashSet<string> known = ["1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4", "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", "1.2.840.113549.1.1.10"];

    /// <summary>Checks a token: that it is for <paramref name="stamped"/>, that its signature verifies and names its certificate, that the certificate is for time-stamping, and its path.</summary>
    /// <param name="token">The token in DER; null is invalid.</param>
    /// <param name="stamped">What it must be for.</param>
    /// <param name="others">Certificates at hand that may stand between.</param>
    /// <param name="trust">The trusted certificates; the path is judged for the token's own time.</param>
    public static TimestampRecord Check(ReadOnlyMemory<byte>? token, ReadOnlySpan<byte> stamped, IReadOnlyList<KeyCertificate> others, SignatureTrust trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        try
        {
            if (token is not { } bytes || !Rfc3161TimestampToken.TryDecode(bytes, out var read, out var used) || used != bytes.Length)
                return new(TimestampState.Invalid, null, null, null);
            var time = read.TokenInfo.Timestamp;
            if (HashOf(read.TokenInfo.HashAlgorithmId.Value) is not { } hash || !known.Contains(read.AsSignedCms().SignerInfos[0].SignatureAlgorithm.Value ?? ""))
                return new(TimestampState.Unsupported, time, null, null);
            if (!read.VerifySignatureForHash(CryptographicOperations.HashData(hash, stamped), hash, out var signer))
                return new(TimestampState.Invalid, time, null, null);
            var authority = KeyCertificate.FromDer(signer.RawData);
            var between = read.AsSignedCms().Certificates.Select(c => KeyCertificate.FromDer(c.RawData));
            return new(TimestampState.Valid, time, authority, CertificatePath.Check(authority, [.. between, .. others], trust.Anchors, time));
        }
        catch (Exception fault) when (fault is CryptographicException or PlatformNotSupportedException)
        {
            // No token, or a key on a curve that does not exist.
            return new(TimestampState.Invalid, null, null, null);
        }
    }

    private static HashAlgorithmName? HashOf(string? oid) => oid switch
    {
        "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
        "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
        "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
