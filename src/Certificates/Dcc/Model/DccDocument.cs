using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>A digital calibration certificate in the form of version 3.3.0; older files are brought into that form when they are read.</summary>
public sealed class DccDocument : DccPart
{
    /// <summary>The version the model writes.</summary>
    public const string WrittenVersion = "3.3.0";

    /// <summary>Version of the file.</summary>
    public string SchemaVersion { get; set; } = WrittenVersion;

    /// <summary>Who, what, when, for whom.</summary>
    public DccAdministrativeData Administrative { get; set; } = new();

    /// <summary>The results.</summary>
    public DccMeasurementResults Measurements { get; set; } = new();

    /// <summary>Free XML of the issuer.</summary>
    public XElement? Comment { get; set; }

    /// <summary>The document as people read it, as a file.</summary>
    public DccByteData? HumanReadable { get; set; }

    /// <summary>How many XML signatures the file carried. The model does not keep them: a signature holds for the file's own bytes only.</summary>
    public int Signatures { get; private set; }

    /// <summary>The languages the document uses, as declared.</summary>
    public IEnumerable<string> Languages => Administrative.Core.UsedLanguages;

    internal override void Map(DccMap map)
    {
        SchemaVersion = map.Attribute("schemaVersion", SchemaVersion) ?? "";
        Administrative = map.Part("administrativeData", Administrative) ?? new();
        Measurements = map.Part("measurementResults", Measurements) ?? new();
        Comment = map.Raw("comment", Comment);
        HumanReadable = map.Part("document", HumanReadable);
        Signatures = map.Dropped(DccNames.Signature + "Signature", Signatures);
    }
}

/// <summary>Administrative data.</summary>
public sealed class DccAdministrativeData : DccPart
{
    /// <summary>Software that made the document.</summary>
    public IList<DccSoftware> Software { get; } = [];

    /// <summary>Vocabularies of its terms.</summary>
    public IList<DccVocabulary> Vocabularies { get; } = [];

    /// <summary>Numbers, dates, languages.</summary>
    public DccCoreData Core { get; set; } = new();

    /// <summary>What the document is about.</summary>
    public DccItems Items { get; set; } = new();

    /// <summary>Who issued it.</summary>
    public DccLaboratory Laboratory { get; set; } = new();

    /// <summary>Who answers for it.</summary>
    public IList<DccResponsiblePerson> Persons { get; } = [];

    /// <summary>For whom it was made.</summary>
    public DccContact? Customer { get; set; }

    /// <summary>Statements about the whole.</summary>
    public IList<DccStatement> Statements { get; } = [];

    internal override void Map(DccMap map)
    {
        map.Group("dccSoftware", "software", Software);
        map.Group("refTypeDefinitions", "refTypeDefinition", Vocabularies);
        Core = map.Part("coreData", Core) ?? new();
        Items = map.Part("items", Items) ?? new();
        Laboratory = map.Part("calibrationLaboratory", Laboratory) ?? new();
        map.Group("respPersons", "respPerson", Persons);
        Customer = map.Part("customer", Customer);
        map.Group("statements", "statement", Statements);
    }
}

/// <summary>Numbers, dates, languages. Dates are kept as <c>xs:date</c> texts.</summary>
public sealed class DccCoreData : DccPart
{
    /// <summary>ISO 3166-1 code of the issuing country.</summary>
    public string? CountryCode { get; set; }

    /// <summary>ISO 639-1 codes of the languages used.</summary>
    public IList<string> UsedLanguages { get; } = [];

    /// <summary>Those whose text decides.</summary>
    public IList<string> MandatoryLanguages { get; } = [];

    /// <summary>Number of the document.</summary>
    public string? UniqueIdentifier { get; set; }

    /// <summary>Order number and others.</summary>
    public IList<DccIdentification> Identifications { get; } = [];

    /// <summary>When the item was received.</summary>
    public string? ReceiptDate { get; set; }

    /// <summary>First day of measurement.</summary>
    public string? BeginPerformanceDate { get; set; }

    /// <summary>Last day of measurement.</summary>
    public string? EndPerformanceDate { get; set; }

    /// <summary>Where it was measured.</summary>
    public DccPlace? PerformanceLocation { get; set; }

    /// <summary>When the document was issued.</summary>
    public string? IssueDate { get; set; }

    /// <summary>That it amends or replaces another.</summary>
    public DccReplacement? Replacement { get; set; }

    /// <summary>The other, with the digest of its file.</summary>
    public DccHash? PreviousReport { get; set; }

    internal override void Map(DccMap map)
    {
        CountryCode = map.Text("countryCodeISO3166_1", CountryCode);
        map.Texts("usedLangCodeISO639_1", UsedLanguages);
        map.Texts("mandatoryLangCodeISO639_1", MandatoryLanguages);
        UniqueIdentifier = map.Text("uniqueIdentifier", UniqueIdentifier);
        map.Group("identifications", "identification", Identifications);
        ReceiptDate = map.Text("receiptDate", ReceiptDate);
        BeginPerformanceDate = map.Text("beginPerformanceDate", BeginPerformanceDate);
        EndPerformanceDate = map.Text("endPerformanceDate", EndPerformanceDate);
        PerformanceLocation = map.Part("performanceLocation", PerformanceLocation);
        IssueDate = map.Text("issueDate", IssueDate);
        Replacement = map.Part("reportAmendedSubstituted", Replacement);
        PreviousReport = map.Part("previousReport", PreviousReport);
    }
}

/// <summary>Where measurements were made: <c>laboratory</c>, <c>customer</c>, <c>laboratoryBranch</c>, <c>customerBranch</c> or <c>other</c>.</summary>
public sealed class DccPlace : DccPart
{
    /// <summary>The word.</summary>
    public string Value { get; set; } = "";

    internal override void Map(DccMap map) => Value = map.Content(Value);
}
