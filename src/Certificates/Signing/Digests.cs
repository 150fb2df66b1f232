using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>The digests of files: SHA-256 (FIPS 180-4) and SM3 (GB/T 32905).</summary>
public static class Digests
{
    /// <summary>SHA-256.</summary>
    /// <returns>32 bytes.</returns>
    public static byte[] Sha256(ReadOnlySpan<byte> data) => SHA256.HashData(data);

    /// <summary>SM3.</summary>
    /// <returns>32 bytes.</returns>
    /// <exception cref="PlatformNotSupportedException">libcrypto 3 is not installed.</exception>
    public static byte[] Sm3(ReadOnlySpan<byte> data) => LibCrypto.Sm3(data);
}
