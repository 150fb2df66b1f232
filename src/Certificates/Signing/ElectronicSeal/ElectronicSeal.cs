using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>The picture of an electronic seal.</summary>
/// <param name="Format">Such as <c>PNG</c> or <c>SVG</c>.</param>
/// <param name="Data">The picture's file.</param>
/// <param name="Width">Printed width in mm.</param>
/// <param name="Height">Printed height in mm.</param>
public sealed record SealImage(string Format, ReadOnlyMemory<byte> Data, int Width, int Height);

/// <summary>An electronic seal 电子印章 (SESeal of GB/T 38540-2020, version 4): who may seal with it, from when to when, signed by its maker with SM2. Immutable.</summary>
public sealed class ElectronicSeal
{
    internal const int WrittenVersion = 4;
    private const int CertificateList = 1, DigestList = 2;

    private readonly byte[] der;
    private readonly ReadOnlyMemory<byte> signed;
    private readonly byte[] signature;

    internal ElectronicSeal(ReadOnlyMemory<byte> encoded)
    {
        der = encoded.ToArray();
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var seal = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        signed = seal.PeekEncodedValue();
        var info = seal.ReadSequence();
        Maker = KeyCertificate.FromDer(seal.ReadOctetString());
        Algorithm = seal.ReadObjectIdentifier();
        signature = seal.ReadBytes();
        seal.ThrowIfNotEmpty();

        var header = info.ReadSequence();
        if (header.ReadCharacterString(UniversalTagNumber.IA5String) != "ES" || !header.TryReadInt32(out var version))
            throw new AsnContentException("header");
        (Version, Vendor) = (version, header.ReadCharacterString(UniversalTagNumber.IA5String));
        Id = info.ReadCharacterString(UniversalTagNumber.IA5String);
        var property = info.ReadSequence();
        Kind = property.TryReadInt32(out var kind) ? kind : throw new AsnContentException("type");
        Name = property.ReadCharacterString(UniversalTagNumber.UTF8String);
        Holders = ReadHolders(property);
        (Created, ValidFrom, ValidTo) = (property.ReadGeneralizedTime(), property.ReadGeneralizedTime(), property.ReadGeneralizedTime());
        property.ThrowIfNotEmpty();
        Image = ReadImage(info.ReadSequence());
    }

    /// <summary>SESeal in DER.</summary>
    public ReadOnlyMemory<byte> Der => der;

    /// <summary>The seal's number.</summary>
    public string Id { get; }

    /// <summary>The seal's name, such as 某省计量科学研究院检定专用章.</summary>
    public string Name { get; }

    /// <summary>The kind of seal; 1 is that of an institution.</summary>
    public int Kind { get; }

    /// <summary>Who wrote the software that made it.</summary>
    public string Vendor { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>When it begins to be valid.</summary>
    public DateTimeOffset ValidFrom { get; }

    /// <summary>When it ceases to be valid.</summary>
    public DateTimeOffset ValidTo { get; }

    /// <summary>The picture.</summary>
    public SealImage Image { get; }

    /// <summary>The certificate of its maker 制章者.</summary>
    public KeyCertificate Maker { get; }

    internal int Version { get; }

    internal string Algorithm { get; }

    /// <summary>Certificates in DER, or their SM3 digests.</summary>
    internal IReadOnlyList<byte[]> Holders { get; }

    internal bool HoldersAreDigests { get; private set; }

    /// <summary>Makes a seal.</summary>
    /// <param name="maker">The maker's key (SM2) and certificate.</param>
    /// <param name="id">The seal's number, ASCII.</param>
    /// <param name="name">The seal's name.</param>
    /// <param name="holders">The certificates that may seal with it.</param>
    /// <param name="image">Its picture.</param>
    /// <param name="created">Time of making; whole seconds.</param>
    /// <param name="validTo">End of validity.</param>
    /// <exception cref="ArgumentException">The maker's key is not of SM2, nobody may seal, or the validity ends before it begins.</exception>
    public static ElectronicSeal Make(SigningIdentity maker, string id, string name, IReadOnlyList<KeyCertificate> holders, SealImage image, DateTimeOffset created, DateTimeOffset validTo)
    {
        ArgumentNullException.ThrowIfNull(holders);
        ArgumentNullException.ThrowIfNull(image);
        SealDer.RequireSm2(maker);
        if (holders.Count == 0)
            throw new ArgumentException("A seal needs at least one certificate that may seal with it.", nameof(holders));
        if (validTo <= created)
            throw new ArgumentException($"The seal's validity ends {validTo:O} before it begins {created:O}.", nameof(validTo));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, "ES");
                writer.WriteInteger(WrittenVersion);
                writer.WriteCharacterString(UniversalTagNumber.IA5String, "Plumbline");
            }
            writer.WriteCharacterString(UniversalTagNumber.IA5String, id);
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, name);
                writer.WriteInteger(CertificateList);
                using (writer.PushSequence())
                    foreach (var holder in holders)
                        writer.WriteOctetString(holder.Der.Span);
                foreach (var time in (DateTimeOffset[])[created, created, validTo])
                    writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
            }
            using (writer.PushSequence())
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, image.Format);
                writer.WriteOctetString(image.Data.Span);
                writer.WriteInteger(image.Width);
                writer.WriteInteger(image.Height);
            }
        }
        return new(SealDer.Signed(writer.Encode(), maker));
    }

    /// <summary>Reads a seal.</summary>
    /// <param name="der">SESeal in DER; nothing may follow.</param>
    /// <exception cref="CryptographicException">It is no seal.</exception>
    public static ElectronicSeal FromDer(ReadOnlySpan<byte> der)
    {
        try
        {
            return new(der.ToArray());
        }
        catch (AsnContentException fault)
        {
            throw new CryptographicException("The bytes are not an electronic seal (GB/T 38540).", fault);
        }
    }

    /// <summary>Whether the maker's key signed the seal; null where the algorithm is not known here.</summary>
    internal bool? IsSignedByMaker() => X509Algorithms.Verify(Algorithm, Maker, signed.Span, signature);

    /// <summary>Whether a certificate may seal with it.</summary>
    internal bool Admits(KeyCertificate certificate)
    {
        var wanted = HoldersAreDigests ? Digests.Sm3(certificate.Der.Span) : certificate.Der.ToArray();
        return Holders.Any(h => h.AsSpan().SequenceEqual(wanted));
    }

    private List<byte[]> ReadHolders(AsnReader property)
    {
        if (!property.TryReadInt32(out var type) || type is not (CertificateList or DigestList))
            throw new AsnContentException("certListType");
        HoldersAreDigests = type == DigestList;
        var holders = new List<byte[]>();
        for (var list = property.ReadSequence(); list.HasData;)
        {
            if (!HoldersAreDigests)
            {
                holders.Add(list.ReadOctetString());
                continue;
            }
            var digest = list.ReadSequence();
            digest.ReadCharacterString(UniversalTagNumber.PrintableString);
            holders.Add(digest.ReadOctetString());
        }
        return holders;
    }

    private static SealImage ReadImage(AsnReader picture)
    {
        var (format, data) = (picture.ReadCharacterString(UniversalTagNumber.IA5String), picture.ReadOctetString());
        return picture.TryReadInt32(out var width) && picture.TryReadInt32(out var height) ? new(format, data, width, height) : throw new AsnContentException("picture");
    }
}

/// <summary>What a seal and a sealing have in common: a signed value, a certificate, an algorithm, a signature.</summary>
internal static class SealDer
{
    public static void RequireSm2(SigningIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (identity.Signer.PublicKey.Algorithm != SignatureAlgorithm.Sm2)
            throw new ArgumentException($"Electronic seals are signed with SM2, not with {identity.Signer.PublicKey.Algorithm}.", nameof(identity));
    }

    public static byte[] Signed(byte[] value, SigningIdentity identity)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(value);
            writer.WriteOctetString(identity.Certificate.Der.Span);
            writer.WriteObjectIdentifier(X509Algorithms.Sm2Sm3);
            writer.WriteBitString(EcSignature.ToDer(identity.Signer.Sign(value)));
        }
        return writer.Encode();
    }
}
