namespace Plumbline.Certificates;

/// <summary>A number by which somebody knows an item or document.</summary>
public sealed class DccIdentification : DccPart
{
    /// <summary><c>manufacturer</c>, <c>calibrationLaboratory</c>, <c>customer</c>, <c>owner</c> or <c>other</c>.</summary>
    public string? Issuer { get; set; }

    /// <summary>The number.</summary>
    public string? Value { get; set; }

    /// <summary>What it is called.</summary>
    public DccText? Name { get; set; }

    internal override void Map(DccMap map)
    {
        Issuer = map.Text("issuer", Issuer);
        Value = map.Text("value", Value);
        Name = map.Part("name", Name);
    }
}

/// <summary>The class of an item in a scheme.</summary>
public sealed class DccEquipmentClass : DccPart
{
    /// <summary>The scheme.</summary>
    public string? Reference { get; set; }

    /// <summary>The class in it.</summary>
    public string? ClassId { get; set; }

    /// <summary>Web address.</summary>
    public string? Link { get; set; }

    internal override void Map(DccMap map)
    {
        Reference = map.Text("reference", Reference);
        ClassId = map.Text("classID", ClassId);
        Link = map.Text("link", Link);
    }
}

/// <summary>The items of a document, or the parts of an item.</summary>
public sealed class DccItems : DccPart
{
    /// <summary>What they are together.</summary>
    public DccText? Name { get; set; }

    /// <summary>Classes of the whole.</summary>
    public IList<DccEquipmentClass> EquipmentClasses { get; } = [];

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Owner.</summary>
    public DccContact? Owner { get; set; }

    /// <summary>Manufacturer of the whole.</summary>
    public DccContact? Manufacturer { get; set; }

    /// <summary>Numbers of the whole.</summary>
    public IList<DccIdentification> Identifications { get; } = [];

    /// <summary>The items.</summary>
    public IList<DccItem> Items { get; } = [];

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        map.Parts("equipmentClass", EquipmentClasses);
        Description = map.Part("description", Description);
        Owner = map.Part("owner", Owner);
        Manufacturer = map.Part("manufacturer", Manufacturer);
        map.Group("identifications", "identification", Identifications);
        map.Parts("item", Items);
    }
}

/// <summary>An instrument, artefact or material that the document is about.</summary>
public sealed class DccItem : DccPart
{
    /// <summary>What it is.</summary>
    public DccText? Name { get; set; }

    /// <summary>Its classes.</summary>
    public IList<DccEquipmentClass> EquipmentClasses { get; } = [];

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Owner.</summary>
    public DccContact? Owner { get; set; }

    /// <summary>Software in it.</summary>
    public IList<DccSoftware> InstalledSoftware { get; } = [];

    /// <summary>Manufacturer.</summary>
    public DccContact? Manufacturer { get; set; }

    /// <summary>Model.</summary>
    public string? Model { get; set; }

    /// <summary>Serial number and others.</summary>
    public IList<DccIdentification> Identifications { get; } = [];

    /// <summary>Its quantities: range, scale interval, accuracy class.</summary>
    public IList<DccQuantity> Quantities { get; } = [];

    /// <summary>Its parts.</summary>
    public DccItems? SubItems { get; set; }

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        map.Parts("equipmentClass", EquipmentClasses);
        Description = map.Part("description", Description);
        Owner = map.Part("owner", Owner);
        map.Group("installedSoftwares", "software", InstalledSoftware);
        Manufacturer = map.Part("manufacturer", Manufacturer);
        Model = map.Text("model", Model);
        map.Group("identifications", "identification", Identifications);
        map.Group("itemQuantities", "itemQuantity", Quantities);
        SubItems = map.Part("subItems", SubItems);
    }
}
