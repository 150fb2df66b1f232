namespace Plumbline.Certificates;

/// <summary>A statement about the document, or about a result (<c>statement</c>, <c>metaData</c>): conformity, validity, traceability.</summary>
public sealed class DccStatement : DccPart
{
    /// <summary>What it is about.</summary>
    public DccText? Name { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>ISO 3166-1 codes of countries where it holds.</summary>
    public IList<string> CountryCodes { get; } = [];

    /// <summary>Convention, such as CIPM MRA.</summary>
    public string? Convention { get; set; }

    /// <summary>Whether it is traceable.</summary>
    public bool? Traceable { get; set; }

    /// <summary>Regulations and standards.</summary>
    public IList<string> Norms { get; } = [];

    /// <summary>Clauses and literature.</summary>
    public IList<string> References { get; } = [];

    /// <summary>Web addresses.</summary>
    public IList<string> Links { get; } = [];

    /// <summary>What is stated.</summary>
    public DccRichText? Declaration { get; set; }

    /// <summary>Whether it holds.</summary>
    public bool? Valid { get; set; }

    /// <summary>Whether it holds, for each value of the quantity it is about.</summary>
    public IReadOnlyList<string> ValidList { get; set; } = [];

    /// <summary>Date (<c>xs:date</c>).</summary>
    public string? Date { get; set; }

    /// <summary>Period (<c>xs:duration</c>): <c>P1Y</c>.</summary>
    public string? Period { get; set; }

    /// <summary>Authority that answers for it.</summary>
    public DccContact? Authority { get; set; }

    /// <summary><c>pass</c>, <c>fail</c>, <c>conditionalPass</c>, <c>conditionalFail</c>, <c>noPass</c> or <c>noFail</c>.</summary>
    public string? Conformity { get; set; }

    /// <summary>Verdicts, for each value of the quantity it is about.</summary>
    public IReadOnlyList<string> ConformityList { get; set; } = [];

    /// <summary>Its values, such as acceptance limits.</summary>
    public DccData? Data { get; set; }

    /// <summary>What a non-SI unit is.</summary>
    public string? NonSiDefinition { get; set; }

    /// <summary>The non-SI unit.</summary>
    public string? NonSiUnit { get; set; }

    /// <summary>Place.</summary>
    public DccLocation? Location { get; set; }

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Description = map.Part("description", Description);
        map.Texts("countryCodeISO3166_1", CountryCodes);
        Convention = map.Text("convention", Convention);
        Traceable = map.Flag("traceable", Traceable);
        map.Texts("norm", Norms);
        map.Texts("reference", References);
        map.Texts("link", Links);
        Declaration = map.Part("declaration", Declaration);
        Valid = map.Flag("valid", Valid);
        ValidList = map.Words("validXMLList", ValidList);
        Date = map.Text("date", Date);
        Period = map.Text("period", Period);
        Authority = map.Part("respAuthority", Authority);
        Conformity = map.Text("conformity", Conformity);
        ConformityList = map.Words("conformityXMLList", ConformityList);
        Data = map.Part("data", Data);
        NonSiDefinition = map.Text("nonSIDefinition", NonSiDefinition);
        NonSiUnit = map.Text("nonSIUnit", NonSiUnit);
        Location = map.Part("location", Location);
    }
}

/// <summary>Another document, named with the digest of its file (<c>hashType</c>).</summary>
public sealed class DccHash : DccPart
{
    /// <summary>What the document is.</summary>
    public DccText? Referral { get; set; }

    /// <summary>Its number.</summary>
    public string? ReferralId { get; set; }

    /// <summary>How the digest was made: <c>SHA-256</c>.</summary>
    public string? Procedure { get; set; }

    /// <summary>The digest.</summary>
    public string? Value { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Whether it was valid when it was used.</summary>
    public bool? InValidityRange { get; set; }

    /// <summary>Whether it is traceable.</summary>
    public bool? Traceable { get; set; }

    /// <summary>The document it refers to in turn.</summary>
    public DccHash? LinkedReport { get; set; }

    internal override void Map(DccMap map)
    {
        Referral = map.Part("referral", Referral);
        ReferralId = map.Text("referralID", ReferralId);
        Procedure = map.Text("procedure", Procedure);
        Value = map.Text("value", Value);
        Description = map.Part("description", Description);
        InValidityRange = map.Flag("inValidityRange", InValidityRange);
        Traceable = map.Flag("traceable", Traceable);
        LinkedReport = map.Part("linkedReport", LinkedReport);
    }
}

/// <summary>That the document amends or replaces another.</summary>
public sealed class DccReplacement : DccPart
{
    /// <summary><c>amended</c> or <c>substituted</c>.</summary>
    public string? TypeOfChange { get; set; }

    /// <summary>Number of the document replaced.</summary>
    public string? ReplacedIdentifier { get; set; }

    internal override void Map(DccMap map)
    {
        TypeOfChange = map.Text("typeOfChange", TypeOfChange);
        ReplacedIdentifier = map.Text("replacedUniqueIdentifier", ReplacedIdentifier);
    }
}
