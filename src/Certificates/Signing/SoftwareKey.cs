using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Plumbline.Certificates;

/// <summary>A private key held in memory, kept in a file as encrypted PKCS #8 (PEM, <c>ENCRYPTED PRIVATE KEY</c>). Safe for use by several threads.</summary>
public sealed class SoftwareKey : ISigner, IDisposable
{
    private const string Label = "ENCRYPTED PRIVATE KEY";
    private static readonly byte[] p256 = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]; // the curve's object identifier, 1.2.840.10045.3.1.7, in DER
    private static readonly PbeParameters protection = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 600_000); // OWASP 2023 for PBKDF2 with SHA-256

    private readonly Lock turn = new();
    private readonly ECDsa? ecdsa;
    private readonly LibCrypto.Key? key;

    private SoftwareKey(ECDsa ecdsa) => (this.ecdsa, PublicKey) = (ecdsa, PublicKey.FromSpki(ecdsa.ExportSubjectPublicKeyInfo()));

    private SoftwareKey(LibCrypto.Key key) => (this.key, PublicKey) = (key, PublicKey.FromSpki(LibCrypto.WritePublic(key)));

    /// <inheritdoc/>
    public PublicKey PublicKey { get; }

    /// <summary>Makes a new key from the system's source of chance.</summary>
    /// <exception cref="PlatformNotSupportedException">SM2 or Ed25519 is asked for and libcrypto 3 is not installed.</exception>
    public static SoftwareKey Create(SignatureAlgorithm algorithm) =>
        algorithm == SignatureAlgorithm.EcdsaP256 ? new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) : new(LibCrypto.Generate(algorithm));

    /// <summary>Reads a key file.</summary>
    /// <param name="pem">The file's text.</param>
    /// <param name="passphrase">What it was encrypted with.</param>
    /// <exception cref="CryptographicException">The text is no such file, or the passphrase is not the right one.</exception>
    public static SoftwareKey FromPem(ReadOnlySpan<char> pem, ReadOnlySpan<char> passphrase)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || !pem[fields.Label].SequenceEqual(Label))
            throw new CryptographicException($"The file holds no PEM block '{Label}'.");
        var encrypted = Convert.FromBase64String(pem[fields.Base64Data].ToString());
        return FromPkcs8(Pkcs8PrivateKeyInfo.DecryptAndDecode(passphrase, encrypted, out _).Encode());
    }

    /// <summary>Reads an unencrypted PKCS #8 PrivateKeyInfo in DER.</summary>
    /// <exception cref="CryptographicException">It is not a key of ECDSA P-256, SM2 or Ed25519.</exception>
    public static SoftwareKey FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        // The framework knows P-256; SM2 and Ed25519 are OpenSSL's, and what is none of the three is refused there.
        if (Pkcs8PrivateKeyInfo.Decode(pkcs8.ToArray(), out _).AlgorithmParameters is not { } curve || !curve.Span.SequenceEqual(p256))
            return new(LibCrypto.ReadPrivate(pkcs8));
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return new(ecdsa);
    }

    /// <summary>The key file.</summary>
    /// <param name="passphrase">What to encrypt it with; at least 12 characters.</param>
    /// <exception cref="ArgumentException">The passphrase is shorter.</exception>
    public string ToPem(ReadOnlySpan<char> passphrase)
    {
        if (passphrase.Length < 12)
            throw new ArgumentException("A key file needs a passphrase of at least 12 characters.", nameof(passphrase));
        var information = Pkcs8PrivateKeyInfo.Decode(ToPkcs8(), out _);
        return PemEncoding.WriteString(Label, information.Encrypt(passphrase, protection));
    }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        if (ecdsa is null)
            return PublicKey.Algorithm == SignatureAlgorithm.Sm2 ? EcSignature.FromDer(LibCrypto.Sign(key!, PublicKey.Algorithm, message)) : LibCrypto.Sign(key!, PublicKey.Algorithm, message);
        lock (turn)
            return ecdsa.SignData(message, HashAlgorithmName.SHA256);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ecdsa?.Dispose();
        key?.Dispose();
    }

    internal byte[] ToPkcs8() => ecdsa?.ExportPkcs8PrivateKey() ?? LibCrypto.WritePrivate(key!);
}
