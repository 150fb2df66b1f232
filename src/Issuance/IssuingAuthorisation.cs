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

    /// <summary>Whether documents may be issued by it now.</summary>
    public bool Covers(DateOnly today) => WithdrawnAt is null && CoveredOn(today);

    /// <summary>Whether it held on that day; a withdrawal ends it for what comes after.</summary>
    public bool CoveredOn(DateOnly day) => ValidFrom <= day && (ValidTo is not { } end || day <= end) && (WithdrawnAt is not { } withdrawn || day <= EventRules.DayOf(withdrawn));
}
