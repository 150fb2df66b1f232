namespace Plumbline.Certificates;

/// <summary>A piece of software.</summary>
public sealed class DccSoftware : DccPart
{
    /// <summary>Name.</summary>
    public DccText? Name { get; set; }

    /// <summary>Version.</summary>
    public string? Release { get; set; }

    /// <summary><c>application</c>, <c>bios</c>, <c>driver</c>, <c>editor</c>, <c>firmware</c>, <c>library</c>, <c>os</c> or <c>other</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Remarks, such as a fingerprint.</summary>
    public DccRichText? Description { get; set; }

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Release = map.Text("release", Release);
        Type = map.Text("type", Type);
        Description = map.Part("description", Description);
    }
}

/// <summary>Where the terms of <c>refType</c> are defined.</summary>
public sealed class DccVocabulary : DccPart
{
    /// <summary>Name of the vocabulary.</summary>
    public DccText? Name { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Prefix of its terms before the underscore: <c>basic</c>, <c>cnm</c>.</summary>
    public string? Namespace { get; set; }

    /// <summary>Its address.</summary>
    public string? Link { get; set; }

    /// <summary>Its version.</summary>
    public string? Release { get; set; }

    /// <summary>Its digest.</summary>
    public string? Value { get; set; }

    /// <summary>How the digest was made.</summary>
    public string? Procedure { get; set; }

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Description = map.Part("description", Description);
        Namespace = map.Text("namespace", Namespace);
        Link = map.Text("link", Link);
        Release = map.Text("release", Release);
        Value = map.Text("value", Value);
        Procedure = map.Text("procedure", Procedure);
    }
}

/// <summary>A method by which the results were obtained.</summary>
public sealed class DccMethod : DccPart
{
    /// <summary>Name.</summary>
    public DccText? Name { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Regulations and standards: <c>JJG 52-2013</c>.</summary>
    public IList<string> Norms { get; } = [];

    /// <summary>Clauses and literature.</summary>
    public IList<string> References { get; } = [];

    /// <summary>Web addresses.</summary>
    public IList<string> Links { get; } = [];

    /// <summary>Its quantities.</summary>
    public IList<DccQuantity> Quantities { get; } = [];

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Description = map.Part("description", Description);
        map.Texts("norm", Norms);
        map.Texts("reference", References);
        map.Texts("link", Links);
        map.Group("usedMethodQuantities", "usedMethodQuantity", Quantities);
    }
}

/// <summary>The standards and instruments that were used.</summary>
public sealed class DccEquipments : DccPart
{
    /// <summary>What they are together.</summary>
    public DccText? Name { get; set; }

    /// <summary>Classes of the whole.</summary>
    public IList<DccEquipmentClass> EquipmentClasses { get; } = [];

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Owner.</summary>
    public DccContact? Owner { get; set; }

    /// <summary>Numbers of the whole.</summary>
    public IList<DccIdentification> Identifications { get; } = [];

    /// <summary>The instruments.</summary>
    public IList<DccEquipment> Equipments { get; } = [];

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        map.Parts("equipmentClass", EquipmentClasses);
        Description = map.Part("description", Description);
        Owner = map.Part("owner", Owner);
        map.Group("identifications", "identification", Identifications);
        map.Parts("measuringEquipment", Equipments);
    }
}

/// <summary>A standard or instrument that was used.</summary>
public sealed class DccEquipment : DccPart
{
    /// <summary>What it is.</summary>
    public DccText? Name { get; set; }

    /// <summary>Its classes.</summary>
    public IList<DccEquipmentClass> EquipmentClasses { get; } = [];

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Its certificate, with the digest of the file: a link of the traceability chain.</summary>
    public DccHash? Certificate { get; set; }

    /// <summary>Manufacturer.</summary>
    public DccContact? Manufacturer { get; set; }

    /// <summary>Model.</summary>
    public string? Model { get; set; }

    /// <summary>Serial number and others.</summary>
    public IList<DccIdentification> Identifications { get; } = [];

    /// <summary>Its quantities.</summary>
    public IList<DccQuantity> Quantities { get; } = [];

    /// <summary>Software in it.</summary>
    public IList<DccSoftware> InstalledSoftware { get; } = [];

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        map.Parts("equipmentClass", EquipmentClasses);
        Description = map.Part("description", Description);
        Certificate = map.Part("certificate", Certificate);
        Manufacturer = map.Part("manufacturer", Manufacturer);
        Model = map.Text("model", Model);
        map.Group("identifications", "identification", Identifications);
        map.Group("measuringEquipmentQuantities", "measuringEquipmentQuantity", Quantities);
        map.Group("installedSoftware", "software", InstalledSoftware);
    }
}

/// <summary>A condition that has influence on the results.</summary>
public sealed class DccCondition : DccPart
{
    /// <summary>What it is.</summary>
    public DccText? Name { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary><c>beforeAdjustment</c>, <c>afterAdjustment</c>, <c>beforeRepair</c> or <c>afterRepair</c>.</summary>
    public string? Status { get; set; }

    /// <summary>Certificate of what measured it.</summary>
    public DccHash? Certificate { get; set; }

    /// <summary>Its values.</summary>
    public DccData? Data { get; set; }

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Description = map.Part("description", Description);
        Status = map.Text("status", Status);
        Certificate = map.Part("certificate", Certificate);
        Data = map.Part("data", Data);
    }
}
