using Plumbline.Certificates;

namespace Plumbline.Issuance;

/// <summary>What is to be issued: the document and what lists, seal and log say of it. Other modules make one of these too.</summary>
public sealed record IssueRequest
{
    public required DocumentKind Kind { get; init; }
    /// <summary>Who issues it.</summary>
    public required Guid OrganisationId { get; init; }
    /// <summary>The DCC, not signed yet.</summary>
    public required byte[] Xml { get; init; }
    /// <summary>证书编号: unique at the issuer; the DCC's <c>uniqueIdentifier</c>.</summary>
    public required string Number { get; init; }
    public required string Title { get; init; }
    public string? TitleEn { get; init; }
    /// <summary>What it is about: the instrument or the comparison.</summary>
    public required string Item { get; init; }
    public string? Model { get; init; }
    public string? Serial { get; init; }
    /// <summary>The conclusion as its seal says it.</summary>
    public SealConclusion Conclusion { get; init; }
    /// <summary>Accuracy grade or class, one of <see cref="SealGrades.All"/>.</summary>
    public string? Grade { get; init; }
    public required DateOnly PerformedOn { get; init; }
    public DateOnly? ValidUntil { get; init; }
    /// <summary>Whose instrument or result it is.</summary>
    public Guid? CustomerId { get; init; }
    /// <summary>Whether everybody may read it.</summary>
    public bool IsPublic { get; init; }
    /// <summary>The record of another module that it belongs to.</summary>
    public Guid? SubjectId { get; init; }
    /// <summary>Code of the certificate that it takes the place of.</summary>
    public string? ReplacesCode { get; init; }
    /// <summary>Whether it amends the replaced one (ISO/IEC 17025 7.8.8) or substitutes it as a whole.</summary>
    public bool Amends { get; init; }
    /// <summary>Why it replaces another.</summary>
    public string? Reason { get; init; }
    /// <summary>Whether the person has seen the warnings of the check and issues all the same.</summary>
    public bool WarningsSeen { get; init; }
}

/// <summary>What came of an issue.</summary>
/// <param name="LeafIndex">Its place in the log; null while it waits for the log, which takes seconds.</param>
/// <param name="Seal">The text of the QR code; null as long.</param>
public sealed record IssueReceipt(string Code, string Number, DocumentKind Kind, DateTimeOffset IssuedAt, string Sha256, string Sm3, long? LeafIndex, string? Seal, string Address);
