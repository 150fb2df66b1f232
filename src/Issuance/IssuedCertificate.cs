using Plumbline.Certificates;

namespace Plumbline.Issuance;

/// <summary>What a certificate is worth today, by its last event.</summary>
public enum CertificateStanding
{
    Current,
    Suspended,
    /// <summary>作废.</summary>
    Revoked,
    /// <summary>Another one stands in its place.</summary>
    Replaced,
}

/// <summary>已签发的证书: one signed document and its seal. What was signed never changes; its state follows its events.</summary>
public sealed class IssuedCertificate
{
    /// <summary>Under which its files are stored.</summary>
    public const string FilePurpose = "certificate";

    public required Guid Id { get; init; }
    /// <summary>The number by which the public asks: 60 random bits, 12 symbols.</summary>
    public required string Code { get; init; }
    /// <summary>证书编号 of the issuer.</summary>
    public required string Number { get; init; }
    public required DocumentKind Kind { get; init; }
    public required Guid OrganisationId { get; init; }
    public required Guid KeyId { get; init; }
    public required string Title { get; init; }
    public string? TitleEn { get; init; }
    /// <summary>What it is about: the instrument or the comparison.</summary>
    public required string Item { get; init; }
    public string? Model { get; init; }
    public string? Serial { get; init; }
    /// <summary>The conclusion as its seal says it.</summary>
    public required SealConclusion Conclusion { get; init; }
    /// <summary>Accuracy grade or class.</summary>
    public string? Grade { get; init; }
    public required DateOnly PerformedOn { get; init; }
    public DateOnly? ValidUntil { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required Guid IssuedBy { get; init; }
    public required string IssuedByName { get; init; }
    /// <summary>SHA-256 of the signed file, hexadecimal.</summary>
    public required string Sha256 { get; init; }
    /// <summary>SM3 of the signed file, hexadecimal.</summary>
    public required string Sm3 { get; init; }
    /// <summary>What keeps the public log from telling whose it is.</summary>
    public required byte[] Salt { get; init; }
    /// <summary>Its place in the revocation list: dense, from 0.</summary>
    public required int StatusIndex { get; init; }
    /// <summary>The text of the QR code; null until the log has the certificate, because the seal names its place there.</summary>
    public string? Seal { get; set; }
    /// <summary>The signed XML.</summary>
    public required Guid FileId { get; init; }
    /// <summary>The detached SM2 seal of the XML (GB/T 38540, DER); null when the institution has no SM2 key.</summary>
    public byte[]? Sm2Seal { get; init; }
    /// <summary>The XML printed for people, once somebody asked for it: printed once and never again.</summary>
    public Guid? PrintFileId { get; set; }
    public required CertificateStanding State { get; set; }
    public Guid? ReplacesId { get; init; }
    /// <summary>Whose instrument or result it is: its people may read it.</summary>
    public Guid? CustomerId { get; init; }
    /// <summary>Whether everybody may read it, as a published report.</summary>
    public required bool IsPublic { get; init; }
    /// <summary>The record of another module that it belongs to, such as a comparison's id.</summary>
    public Guid? SubjectId { get; init; }
    public int Version { get; set; }

    /// <summary>What the log holds instead of what the certificate says: nobody without the salt can tell whose it is, whoever has it can check that nothing was changed.</summary>
    public Hash256 Commitment() => SaltedCommitment.OfCertificate(Salt, Number, Item, Model ?? "", Serial ?? "", Conclusion.ToString(), $"{PerformedOn:yyyy-MM-dd}", ValidUntil is { } until ? $"{until:yyyy-MM-dd}" : "");
}
