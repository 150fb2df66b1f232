using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>How a line of a signed note is signed (C2SP signed-note, "Signature types").</summary>
public enum NoteSignatureType
{
    /// <summary>Ed25519 over the text (type 01).</summary>
    Ed25519 = 0x01,
    /// <summary>ECDSA P-256 with SHA-256 over the text, in DER (type 02).</summary>
    Ecdsa = 0x02,
    /// <summary>A witness's Ed25519 over time and text (type 04, C2SP tlog-cosignature, <c>cosignature/v1</c>).</summary>
    Cosignature = 0x04,
    /// <summary>SM2 with SM3 over the text, r‖s: a type of this project (ff, followed by <c>plumbline/sm2-sm3/v1</c>), since C2SP assigns none.</summary>
    Sm2 = 0xff,
}

/// <summary>The public key of a log or witness by its name, as written in a verifier key (vkey) <c>name+id+base64</c>. Safe for use by several threads.</summary>
public sealed class NoteKey
{
    private const int TimeSize = 8;
    private static readonly byte[] ed25519Spki = Convert.FromHexString("302a300506032b6570032100"); // RFC 8410, before the 32 bytes of the key
    private static readonly byte[] sm2Type = [(byte)NoteSignatureType.Sm2, .. "plumbline/sm2-sm3/v1\n"u8];

    private NoteKey(string name, NoteSignatureType type, PublicKey key)
    {
        (Name, Type, PublicKey) = (name, type, key);
        Material = type switch
        {
            NoteSignatureType.Ecdsa => [(byte)type, .. key.Spki.Span],
            NoteSignatureType.Sm2 => [.. sm2Type, .. key.Spki.Span],
            _ => [(byte)type, .. key.Spki.Span[ed25519Spki.Length..]],
        };
        var digest = type == NoteSignatureType.Ecdsa ? SHA256.HashData(key.Spki.Span) : SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. Material]);
        Id = BinaryPrimitives.ReadUInt32BigEndian(digest);
    }

    /// <summary>The name: of a log its origin.</summary>
    public string Name { get; }

    /// <summary>The first 4 bytes of the digest that tells keys of one name apart.</summary>
    public uint Id { get; }

    /// <summary>How it signs.</summary>
    public NoteSignatureType Type { get; }

    /// <summary>The key itself.</summary>
    public PublicKey PublicKey { get; }

    private byte[] Material { get; }

    /// <summary>Names a public key.</summary>
    /// <param name="name">Not empty, without blanks and plus signs; by custom a URL without scheme.</param>
    /// <param name="key">The key.</param>
    /// <param name="cosigns">Whether it is a witness's, which signs the time too; Ed25519 only.</param>
    /// <exception cref="LogException">The name is not allowed, or a witness's key is not Ed25519.</exception>
    public static NoteKey Create(string name, PublicKey key, bool cosigns = false)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsName(name))
            throw new LogException("note-key-name", "vkey", name);
        if (cosigns && key.Algorithm != SignatureAlgorithm.Ed25519)
            throw new LogException("note-key-cosigner", "vkey", key.Algorithm.ToString());
        return new(name, TypeOf(key.Algorithm, cosigns), key);
    }

    /// <summary>Reads a verifier key <c>name+id+base64(type‖key)</c>.</summary>
    /// <exception cref="LogException">It is none, its id does not belong to it, or its type is not known here.</exception>
    public static NoteKey Parse(string vkey)
    {
        ArgumentNullException.ThrowIfNull(vkey);
        var parts = vkey.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || parts[1].Length != 8 || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, null, out var id) || StrictBase64.Decode(parts[2]) is not { Length: > 1 } material)
            throw new LogException("note-key-form", "vkey", vkey);
        var key = Key(parts[0], material) ?? throw new LogException("note-key-type", "vkey", vkey);
        return key.Id == id ? key : throw new LogException("note-key-id", "vkey", parts[1], $"{key.Id:x8}");
    }

    /// <summary>Whether the signature is this key's over the text.</summary>
    /// <param name="text">The note's text, with its last newline.</param>
    /// <param name="signature">What follows the key id in the note's line.</param>
    public bool Verify(string text, ReadOnlySpan<byte> signature)
    {
        var message = Encoding.UTF8.GetBytes(text);
        switch (Type)
        {
            case NoteSignatureType.Cosignature:
                if (signature.Length != TimeSize + 64 || BinaryPrimitives.ReadUInt64BigEndian(signature) is var time && time > long.MaxValue)
                    return false;
                return PublicKey.Verify(Cosigned(message, (long)time), signature[TimeSize..]);
            case NoteSignatureType.Ecdsa:
                try
                {
                    return PublicKey.Verify(message, EcSignature.FromDer(signature.ToArray()));
                }
                catch (CryptographicException)
                {
                    return false; // not a signature at all
                }
            default:
                return PublicKey.Verify(message, signature);
        }
    }

    /// <summary>The verifier key.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String(Material)}";

    internal static bool IsName(string name) => !string.IsNullOrEmpty(name) && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');

    internal static byte[] Cosigned(ReadOnlySpan<byte> text, long unixSeconds) => [.. Encoding.ASCII.GetBytes($"cosignature/v1\ntime {unixSeconds}\n"), .. text];

    private static NoteSignatureType TypeOf(SignatureAlgorithm algorithm, bool cosigns) => algorithm switch
    {
        SignatureAlgorithm.EcdsaP256 => NoteSignatureType.Ecdsa,
        SignatureAlgorithm.Sm2 => NoteSignatureType.Sm2,
        _ => cosigns ? NoteSignatureType.Cosignature : NoteSignatureType.Ed25519,
    };

    private static NoteKey? Key(string name, ReadOnlySpan<byte> material)
    {
        try
        {
            return material[0] switch
            {
                (byte)NoteSignatureType.Ed25519 when material.Length == 33 => new(name, NoteSignatureType.Ed25519, PublicKey.FromSpki([.. ed25519Spki, .. material[1..]])),
                (byte)NoteSignatureType.Cosignature when material.Length == 33 => new(name, NoteSignatureType.Cosignature, PublicKey.FromSpki([.. ed25519Spki, .. material[1..]])),
                (byte)NoteSignatureType.Ecdsa => new(name, NoteSignatureType.Ecdsa, Of(SignatureAlgorithm.EcdsaP256, material[1..])),
                _ when material.StartsWith(sm2Type) => new(name, NoteSignatureType.Sm2, Of(SignatureAlgorithm.Sm2, material[sm2Type.Length..])),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null; // not a key of its type, or of a curve that is not used here
        }
    }

    private static PublicKey Of(SignatureAlgorithm algorithm, ReadOnlySpan<byte> spki)
    {
        var key = PublicKey.FromSpki(spki);
        return key.Algorithm == algorithm ? key : throw new CryptographicException($"The key is of {key.Algorithm}, not {algorithm}.");
    }
}
