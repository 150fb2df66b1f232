namespace Plumbline.Issuance;

/// <summary>登记的计量软件: the fingerprints of the legally relevant software of one type approval, as one version of the record. A change is a new version.</summary>
public sealed class RegisteredSoftware
{
    public required Guid Id { get; init; }
    /// <summary>型式批准证书编号.</summary>
    public required string Approval { get; init; }
    /// <summary>From 1, for each approval.</summary>
    public required int Revision { get; init; }
    public required Guid RegulatorId { get; init; }
    public required string Applicant { get; init; }
    public required string Instrument { get; init; }
    public required string Models { get; init; }
    /// <summary>The record as registered (JSON).</summary>
    public required string Record { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public required string RegisteredByName { get; init; }
    public string? Reason { get; init; }
}

/// <summary>One check of an instrument's software in the field.</summary>
public sealed class SoftwareCheck
{
    public required Guid Id { get; init; }
    public required Guid SoftwareId { get; init; }
    public required Guid OrganisationId { get; init; }
    public required string Way { get; init; }
    public required string Model { get; init; }
    public string? Serial { get; init; }
    public required string Verdict { get; init; }
    /// <summary>What was shown and what was found (JSON).</summary>
    public required string Details { get; init; }
    public required DateTimeOffset CheckedAt { get; init; }
    public required string CheckedByName { get; init; }
}
