using Plumbline.Certificates;

namespace Plumbline.Issuance;

/// <summary>颁发授权: that an institution may issue one kind of document, granted by its regulator, for a time.</summary>
public sealed class IssuingAuthorisation
{
    public required Guid Id { get; init; }
    public required Guid OrganisationId { get; init; }
    public required DocumentKind Kind { get; init; }
    /// <summary>计量授权证书号 or accreditation number on which it rests.</summary>
    public required string Number { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public DateOnly? ValidTo { get; set; }
    public required Guid GrantedBy { get; init; }
    public required string GrantedByName { get; init; }
    public required DateTimeOffset GrantedAt { get; init; }
    public string? WithdrawnByName { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public int Version { get; set; }

    public bool Covers(DateOnly day) => ValidFrom <= day && (ValidTo is not { } end || day <= end) && (WithdrawnAt is not { } withdrawn || day < DateOnly.FromDateTime(withdrawn.UtcDateTime));
}
