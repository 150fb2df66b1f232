using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>Digests that say nothing to whoever does not hold the salt: SHA-256(salt‖content). The salt stands in the certificate, its QR code or the participant's receipt only.</summary>
public static class SaltedCommitment
{
    /// <summary>Number of bytes of a salt.</summary>
    public const int SaltSize = 16;

    /// <summary>A new salt from the system's source of chance.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltSize);

    /// <summary>The commitment to what a certificate says.</summary>
    /// <param name="salt">16 bytes.</param>
    /// <param name="parts">Identity of the item, verdict and dates, in an order that the issuer keeps. They are joined as a CBOR array, so that no two lists give the same bytes.</param>
    /// <exception cref="ArgumentException">The salt has another length.</exception>
    public static Hash256 OfCertificate(ReadOnlySpan<byte> salt, params IReadOnlyList<string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartArray(parts.Count);
        foreach (var part in parts)
            cbor.WriteTextString(part);
        cbor.WriteEndArray();
        return Of(salt, cbor.Encode());
    }

    /// <summary>The commitment to a file, such as a participant's result: SHA-256(salt‖SHA-256(file)), which an opening in the log shows without the file.</summary>
    /// <param name="salt">16 bytes.</param>
    /// <param name="sha256">SHA-256 of the file.</param>
    /// <exception cref="ArgumentException">The salt has another length.</exception>
    public static Hash256 OfFile(ReadOnlySpan<byte> salt, Hash256 sha256) => Of(salt, sha256.Span);

    private static Hash256 Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        if (salt.Length != SaltSize)
            throw new ArgumentException($"A salt has {SaltSize} bytes, not {salt.Length}.", nameof(salt));
        return new(SHA256.HashData([.. salt, .. content]));
    }
}
