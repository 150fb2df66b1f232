using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>A public key that verifies, of any of the algorithms. Safe for use by several threads.</summary>
public sealed class PublicKey
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string P256 = "1.2.840.10045.3.1.7";
    private const string Sm2Curve = "1.2.156.10197.1.301";
    private const string Ed25519 = "1.3.101.112";

    // ECDsa promises nothing for two threads at once: each verification takes one and puts it back.
    private readonly ConcurrentBag<ECDsa>? idle;
    private readonly LibCrypto.Key? key;

    private PublicKey(SignatureAlgorithm algorithm, byte[] spki)
    {
        (Algorithm, Spki) = (algorithm, spki);
        if (algorithm == SignatureAlgorithm.EcdsaP256)
        {
            idle = [Import(spki)];
        }
        else
        {
            key = LibCrypto.ReadPublic(spki);
        }
        Id = Convert.ToHexStringLower(SHA256.HashData(spki).AsSpan(0, 8));
    }

    /// <summary>The algorithm that the key is for.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>SubjectPublicKeyInfo (RFC 5280) in DER.</summary>
    public ReadOnlyMemory<byte> Spki { get; }

    /// <summary>The first 8 bytes of SHA-256 of <see cref="Spki"/>, as 16 lower-case hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Reads a key.</summary>
    /// <param name="spki">SubjectPublicKeyInfo in DER.</param>
    /// <exception cref="CryptographicException">It is not a key of ECDSA P-256, SM2 or Ed25519.</exception>
    /// <exception cref="PlatformNotSupportedException">The key is for SM2 or Ed25519 and libcrypto 3 is not installed.</exception>
    public static PublicKey FromSpki(ReadOnlySpan<byte> spki) => new(AlgorithmOf(spki), spki.ToArray());

    /// <summary>Whether <paramref name="signature"/> is this key's over <paramref name="message"/>.</summary>
    /// <param name="message">The message itself.</param>
    /// <param name="signature">64 bytes as <see cref="ISigner.Sign"/> makes them; anything else is not valid.</param>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 64)
            return false;
        return Algorithm switch
        {
            SignatureAlgorithm.EcdsaP256 => VerifyEcdsa(message, signature),
            SignatureAlgorithm.Sm2 => LibCrypto.Verify(key!, Algorithm, message, EcSignature.ToDer(signature)),
            _ => LibCrypto.Verify(key!, Algorithm, message, signature),
        };
    }

    private bool VerifyEcdsa(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var ecdsa = idle!.TryTake(out var rested) ? rested : Import(Spki.Span);
        var valid = ecdsa.VerifyData(message, signature, HashAlgorithmName.SHA256);
        idle.Add(ecdsa);
        return valid;
    }

    private static ECDsa Import(ReadOnlySpan<byte> spki)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(spki, out _);
        return ecdsa;
    }

    private static SignatureAlgorithm AlgorithmOf(ReadOnlySpan<byte> spki)
    {
        try
        {
            var identifier = new AsnReader(spki.ToArray(), AsnEncodingRules.DER).ReadSequence().ReadSequence();
            return (identifier.ReadObjectIdentifier(), identifier.HasData ? identifier.ReadObjectIdentifier() : "") switch
            {
                (EcPublicKey, P256) => SignatureAlgorithm.EcdsaP256,
                (EcPublicKey, Sm2Curve) => SignatureAlgorithm.Sm2,
                (Ed25519, "") => SignatureAlgorithm.Ed25519,
                var (algorithm, curve) => throw new CryptographicException($"A key of ECDSA P-256, SM2 or Ed25519 is expected, not of {algorithm} {curve}."),
            };
        }
        catch (AsnContentException fault)
        {
            throw new CryptographicException("The bytes are not a SubjectPublicKeyInfo.", fault);
        }
    }
}
