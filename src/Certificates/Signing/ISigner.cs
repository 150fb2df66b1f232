namespace Plumbline.Certificates;

/// <summary>What signs: a key in a file, or one that never leaves its hardware. Safe for use by several threads.</summary>
public interface ISigner
{
    /// <summary>The public half of the key.</summary>
    PublicKey PublicKey { get; }

    /// <summary>Signs <paramref name="message"/> (not its digest: SM2 digests the signer's identity with it).</summary>
    /// <returns>64 bytes: r‖s for ECDSA P-256 and SM2, R‖S for Ed25519.</returns>
    byte[] Sign(ReadOnlySpan<byte> message);
}

/// <summary>The signature algorithms of certificates, seals and the log.</summary>
public enum SignatureAlgorithm
{
    /// <summary>ECDSA on P-256 with SHA-256 (FIPS 186-5).</summary>
    EcdsaP256,
    /// <summary>SM2 with SM3 (GB/T 32918.2, GB/T 32905), identity 1234567812345678.</summary>
    Sm2,
    /// <summary>Ed25519 (RFC 8032).</summary>
    Ed25519,
}
