namespace Plumbline.Registry;

/// <summary>机构类别: what an organisation is in the measurement system.</summary>
public enum OrganisationKind
{
    NationalRegulator,
    ProvincialRegulator,
    CityRegulator,
    CountyRegulator,
    Ministry,
    /// <summary>法定计量检定机构.</summary>
    LegalVerificationInstitution,
    MetrologyInstitute,
    /// <summary>国家专业计量站.</summary>
    SpecialisedStation,
    AccreditedLaboratory,
    Maker,
    ReferenceMaterialProducer,
    Society,
    University,
    AccreditationBody,
    Other,
}

public enum OrganisationState
{
    /// <summary>Registered itself and waits for its regulator.</summary>
    Pending,
    Active,
    Rejected,
    Suspended,
}

/// <summary>机构: a body that acts in the measurement system.</summary>
public sealed class Organisation
{
    public required Guid Id { get; init; }
    /// <summary>统一社会信用代码 (GB 32100); none for a foreign laboratory.</summary>
    public string? CreditCode { get; set; }
    /// <summary>Short unique code used in addresses and lists, such as NIM.</summary>
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public required OrganisationKind Kind { get; set; }
    /// <summary>Code of its region (GB/T 2260, or XJBT for the corps); <c>000000</c> is the whole country, <c>foreign</c> none of it.</summary>
    public required string Region { get; set; }
    public string? Address { get; set; }
    public string? ContactName { get; set; }
    public string? Telephone { get; set; }
    public string? Email { get; set; }
    public OrganisationState State { get; set; } = OrganisationState.Active;
    /// <summary>Why it was rejected or suspended.</summary>
    public string? StateReason { get; set; }
    public bool IsDemonstration { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public int Version { get; set; }

    public bool IsRegulator => Kind is OrganisationKind.NationalRegulator or OrganisationKind.ProvincialRegulator
        or OrganisationKind.CityRegulator or OrganisationKind.CountyRegulator;
}

/// <summary>行政区划: a node of the region tree (GB/T 2260).</summary>
public sealed class Region
{
    public required string Code { get; init; }
    /// <summary>The region above; null for the country.</summary>
    public string? Parent { get; set; }
    public required string Name { get; set; }
    public required string NameEn { get; set; }
    public required string ShortName { get; set; }
    /// <summary>国家、省、自治区、直辖市、兵团 …</summary>
    public required string Type { get; set; }
    /// <summary>Where the code comes from, or that it is our own.</summary>
    public required string Source { get; set; }
}
