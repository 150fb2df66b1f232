namespace Plumbline.Certificates;

/// <summary>A text in Chinese, English or both.</summary>
public sealed record BilingualText(string? Chinese, string? English = null)
{
    /// <summary>Whether neither language says anything.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Chinese) && string.IsNullOrWhiteSpace(English);

    /// <summary>A text in Chinese only.</summary>
    public static implicit operator BilingualText(string chinese) => new(chinese);

    /// <summary>A text in Chinese only.</summary>
    public static BilingualText FromString(string chinese) => new(chinese);
}

/// <summary>All that a certificate, notice, statement or report says; <see cref="DccBuilder"/> makes the file of it.</summary>
/// <remarks>Numbers are texts, taken digit for digit. Units are D-SI texts such as <c>\milli\pascal</c>. Texts are trimmed.</remarks>
public sealed record CertificateInput
{
    /// <summary>What the document is.</summary>
    public required DocumentKind Kind { get; init; }
    /// <summary>Its number.</summary>
    public required string Number { get; init; }
    /// <summary>The identifier under which log and seal know it; null without one.</summary>
    public string? CertificateId { get; init; }
    /// <summary>Its title where that is not the kind's name.</summary>
    public BilingualText? Title { get; init; }
    /// <summary>ISO 3166-1 code of the issuing country.</summary>
    public string CountryCode { get; init; } = "CN";
    /// <summary>Languages of the document, the deciding one first.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["zh", "en"];
    /// <summary>Software that makes it.</summary>
    public SoftwareInput Maker { get; init; } = new(new("准绳", "Plumbline"), typeof(CertificateInput).Assembly.GetName().Version!.ToString(3));
    /// <summary>Who issues it.</summary>
    public required PartyInput Laboratory { get; init; }
    /// <summary>The institution's code: social credit code, accreditation number.</summary>
    public string? LaboratoryCode { get; init; }
    /// <summary>By what right it issues it: authorisation, accreditation.</summary>
    public IReadOnlyList<AuthorisationInput> Authorisations { get; init; } = [];
    /// <summary>For whom.</summary>
    public required PartyInput Customer { get; init; }
    /// <summary>What it is about; for comparisons the transfer standards.</summary>
    public required IReadOnlyList<ItemInput> Items { get; init; }
    /// <summary>Who answers for it, in the order of signing.</summary>
    public required IReadOnlyList<PersonInput> Persons { get; init; }
    /// <summary>Order number and others, by name.</summary>
    public IReadOnlyList<NamedNumber> Numbers { get; init; } = [];
    /// <summary>Day of receipt.</summary>
    public DateOnly? Received { get; init; }
    /// <summary>First day of measurement.</summary>
    public required DateOnly Begin { get; init; }
    /// <summary>Last day of measurement.</summary>
    public required DateOnly End { get; init; }
    /// <summary>Day of issue.</summary>
    public DateOnly? Issued { get; init; }
    /// <summary>Last day of validity.</summary>
    public DateOnly? ValidUntil { get; init; }
    /// <summary>Interval of verification or recommended calibration in months.</summary>
    public int? PeriodMonths { get; init; }
    /// <summary>Where it was measured.</summary>
    public PerformancePlace Place { get; init; }
    /// <summary>The place in words.</summary>
    public BilingualText? PlaceName { get; init; }
    /// <summary>Regulations and methods; at least one.</summary>
    public IReadOnlyList<MethodInput> Methods { get; init; } = [];
    /// <summary>Software used for measuring and reckoning.</summary>
    public IReadOnlyList<SoftwareInput> Software { get; init; } = [];
    /// <summary>Measurement standards used.</summary>
    public IReadOnlyList<StandardInput> Standards { get; init; } = [];
    /// <summary>Environment.</summary>
    public IReadOnlyList<ConditionInput> Conditions { get; init; } = [];
    /// <summary>The verdict; verification needs one.</summary>
    public ConclusionInput? Conclusion { get; init; }
    /// <summary>Tables of results.</summary>
    public IReadOnlyList<ResultInput> Results { get; init; } = [];
    /// <summary>Further statements, in order.</summary>
    public IReadOnlyList<StatementInput> Statements { get; init; } = [];
    /// <summary>For comparison reports and statements.</summary>
    public ComparisonInput? Comparison { get; init; }
    /// <summary>For reference materials.</summary>
    public MaterialInput? Material { get; init; }
    /// <summary>The document that this one amends or replaces.</summary>
    public ReplacementInput? Replaces { get; init; }
    /// <summary>The document as people read it.</summary>
    public FileInput? HumanReadable { get; init; }
    /// <summary>Whether the institution will seal it electronically.</summary>
    public bool Sealed { get; init; } = true;
    /// <summary>Whether it will carry a timestamp.</summary>
    public bool TimeStamped { get; init; }
}

/// <summary>An organisation or person.</summary>
public sealed record PartyInput(BilingualText Name)
{
    /// <summary>Country.</summary>
    public string? CountryCode { get; init; }
    /// <summary>Province.</summary>
    public string? State { get; init; }
    /// <summary>City.</summary>
    public string? City { get; init; }
    /// <summary>Post code.</summary>
    public string? PostCode { get; init; }
    /// <summary>Street with number.</summary>
    public string? Street { get; init; }
    /// <summary>The whole address in words.</summary>
    public BilingualText? Address { get; init; }
    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }
    /// <summary>Telephone.</summary>
    public string? Phone { get; init; }
    /// <summary>Web address.</summary>
    public string? Link { get; init; }
}

/// <summary>An authorisation or accreditation.</summary>
public sealed record AuthorisationInput(BilingualText Name, string Number)
{
    /// <summary>Who granted it.</summary>
    public PartyInput? Authority { get; init; }
    /// <summary>Until when.</summary>
    public DateOnly? ValidUntil { get; init; }
}

/// <summary>A number by name: order number, inventory number.</summary>
/// <param name="Issuer"><c>manufacturer</c>, <c>calibrationLaboratory</c>, <c>customer</c>, <c>owner</c> or <c>other</c>.</param>
public sealed record NamedNumber(BilingualText Name, string Value, string Issuer = "other", string? RefType = null);

/// <summary>An instrument, artefact or material.</summary>
public sealed record ItemInput(BilingualText Name)
{
    /// <summary>Model.</summary>
    public string? Model { get; init; }
    /// <summary>Serial number; batch number of a reference material.</summary>
    public string? SerialNumber { get; init; }
    /// <summary>Further numbers.</summary>
    public IReadOnlyList<NamedNumber> Numbers { get; init; } = [];
    /// <summary>Manufacturer.</summary>
    public BilingualText? Manufacturer { get; init; }
    /// <summary>准确度等级.</summary>
    public BilingualText? AccuracyClass { get; init; }
    /// <summary>测量范围.</summary>
    public BilingualText? Range { get; init; }
    /// <summary>最大允许误差.</summary>
    public BilingualText? MaximumPermissibleError { get; init; }
    /// <summary>Condition on receipt, remarks.</summary>
    public BilingualText? Description { get; init; }
    /// <summary>封印位置, one each.</summary>
    public IReadOnlyList<BilingualText> SealPositions { get; init; } = [];
    /// <summary>Legally relevant software with fingerprints.</summary>
    public IReadOnlyList<SoftwareInput> Software { get; init; } = [];
    /// <summary>Further quantities.</summary>
    public IReadOnlyList<ItemQuantityInput> Quantities { get; init; } = [];
}

/// <summary>A quantity of an item: a number with unit, or words.</summary>
public sealed record ItemQuantityInput(BilingualText Name, string? Value = null, string? Unit = null, BilingualText? Text = null, string? RefType = null);

/// <summary>A piece of software.</summary>
/// <param name="Fingerprint">Digest with its algorithm: <c>SM3:1ab2…</c>.</param>
/// <param name="Type">As DCC has it: <c>application</c>, <c>firmware</c> …</param>
public sealed record SoftwareInput(BilingualText Name, string Release, string? Fingerprint = null, string? Type = null);

/// <summary>A person who answers for the document.</summary>
public sealed record PersonInput(string Name, PersonRole Role, bool MainSigner = false);

/// <summary>What a person does.</summary>
public enum PersonRole
{
    /// <summary>检定员、校准员、编制人: measures and writes.</summary>
    Operator,
    /// <summary>核验员、审核人: checks.</summary>
    Checker,
    /// <summary>批准人: approves.</summary>
    Approver,
}

/// <summary>Where measurements are made.</summary>
public enum PerformancePlace
{
    /// <summary>In the laboratory.</summary>
    Laboratory,
    /// <summary>At the customer's.</summary>
    Customer,
    /// <summary>In a branch of the laboratory.</summary>
    LaboratoryBranch,
    /// <summary>In a branch of the customer.</summary>
    CustomerBranch,
    /// <summary>Elsewhere.</summary>
    Other,
}

/// <summary>A regulation or method.</summary>
/// <param name="Norm">Its number: <c>JJG 52-2013</c>.</param>
public sealed record MethodInput(BilingualText Name, string? Norm = null, string? RefType = "basic_calibrationMethod");

/// <summary>A measurement standard that was used.</summary>
public sealed record StandardInput(BilingualText Name)
{
    /// <summary>Model.</summary>
    public string? Model { get; init; }
    /// <summary>Serial number.</summary>
    public string? SerialNumber { get; init; }
    /// <summary>Number of its certificate.</summary>
    public string? CertificateNumber { get; init; }
    /// <summary>SHA-256 of the certificate's file in hexadecimal: the link of the traceability chain.</summary>
    public string? CertificateSha256 { get; init; }
    /// <summary>Last day of its certificate's validity.</summary>
    public DateOnly? ValidUntil { get; init; }
    /// <summary>Uncertainty, accuracy class or maximum permissible error in words.</summary>
    public BilingualText? Accuracy { get; init; }
    /// <summary>Range in words.</summary>
    public BilingualText? Range { get; init; }
    /// <summary>Manufacturer.</summary>
    public BilingualText? Manufacturer { get; init; }
}

/// <summary>A condition: temperature, humidity, pressure.</summary>
/// <param name="Value">Its number; null where <paramref name="Text"/> says it in words.</param>
/// <param name="RefType"><c>basic_temperature</c>, <c>basic_humidityRelative</c>, <c>basic_pressure</c> …</param>
public sealed record ConditionInput(BilingualText Name, string? Value, string? Unit, string? RefType = null, UncertaintyInput? Uncertainty = null, BilingualText? Text = null);
