namespace Plumbline.Certificates;

/// <summary>A person or organisation with its address (<c>contactType</c>; the location may be missing where the schema allows).</summary>
public sealed class DccContact : DccPart
{
    /// <summary>Name.</summary>
    public DccText? Name { get; set; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>Telephone.</summary>
    public string? Phone { get; set; }

    /// <summary>Fax.</summary>
    public string? Fax { get; set; }

    /// <summary>Web address.</summary>
    public string? Link { get; set; }

    /// <summary>Postal address and coordinates.</summary>
    public DccLocation? Location { get; set; }

    /// <summary>A file about the contact.</summary>
    public DccByteData? DescriptionData { get; set; }

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Email = map.Text("eMail", Email);
        Phone = map.Text("phone", Phone);
        Fax = map.Text("fax", Fax);
        Link = map.Text("link", Link);
        Location = map.Part("location", Location);
        DescriptionData = map.Part("descriptionData", DescriptionData);
    }
}

/// <summary>One line of an address.</summary>
public abstract class DccAddressPart : DccPart
{
    /// <summary>Its text.</summary>
    public string Value { get; set; } = "";

    internal override void Map(DccMap map) => Value = map.Content(Value);
}

/// <summary>City.</summary>
public sealed class DccCity : DccAddressPart;

/// <summary>ISO 3166-1 code of the country.</summary>
public sealed class DccCountryCode : DccAddressPart;

/// <summary>Post code.</summary>
public sealed class DccPostCode : DccAddressPart;

/// <summary>Post-office box.</summary>
public sealed class DccPostOfficeBox : DccAddressPart;

/// <summary>State or province.</summary>
public sealed class DccState : DccAddressPart;

/// <summary>Street.</summary>
public sealed class DccStreet : DccAddressPart;

/// <summary>House number.</summary>
public sealed class DccStreetNumber : DccAddressPart;

/// <summary>An address: its lines in any order, free text, coordinates.</summary>
public sealed class DccLocation : DccPart
{
    /// <summary><see cref="DccAddressPart"/>s, <see cref="DccRichText"/> (further) and <see cref="DccPosition"/> in order.</summary>
    public IList<DccPart> Lines { get; } = [];

    /// <summary>The first line of a kind.</summary>
    public string? First<T>()
        where T : DccAddressPart => Lines.OfType<T>().FirstOrDefault()?.Value;

    internal override void Map(DccMap map) => map.Mixed(Lines,
        DccChoice.Of<DccCity>("city"), DccChoice.Of<DccCountryCode>("countryCode"), DccChoice.Of<DccPostCode>("postCode"), DccChoice.Of<DccPostOfficeBox>("postOfficeBox"), DccChoice.Of<DccState>("state"),
        DccChoice.Of<DccStreet>("street"), DccChoice.Of<DccStreetNumber>("streetNo"), DccChoice.Of<DccRichText>("further"), DccChoice.Of<DccPosition>("positionCoordinates"));
}

/// <summary>Coordinates of a place.</summary>
public sealed class DccPosition : DccPart
{
    /// <summary>Coordinate system.</summary>
    public string? System { get; set; }

    /// <summary>Its reference.</summary>
    public string? Reference { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Declaration { get; set; }

    /// <summary>First coordinate.</summary>
    public SiReal? First { get; set; }

    /// <summary>Second coordinate.</summary>
    public SiReal? Second { get; set; }

    /// <summary>Third coordinate.</summary>
    public SiReal? Third { get; set; }

    /// <summary>Web address.</summary>
    public string? Link { get; set; }

    internal override void Map(DccMap map)
    {
        System = map.Text("positionCoordinateSystem", System);
        Reference = map.Text("reference", Reference);
        Declaration = map.Part("declaration", Declaration);
        First = map.Part("positionCoordinate1", First);
        Second = map.Part("positionCoordinate2", Second);
        Third = map.Part("positionCoordinate3", Third);
        Link = map.Text("link", Link);
    }
}

/// <summary>The issuing laboratory.</summary>
public sealed class DccLaboratory : DccPart
{
    /// <summary>Its code with the accreditation or authorisation body.</summary>
    public string? Code { get; set; }

    /// <summary>Name and address.</summary>
    public DccContact? Contact { get; set; }

    /// <summary>Whether it seals the document electronically.</summary>
    public bool? Seal { get; set; }

    /// <summary>Whether it signs the document electronically.</summary>
    public bool? Signature { get; set; }

    /// <summary>Whether it timestamps the document.</summary>
    public bool? TimeStamp { get; set; }

    internal override void Map(DccMap map)
    {
        Code = map.Text("calibrationLaboratoryCode", Code);
        Contact = map.Part("contact", Contact);
        Seal = map.Flag("cryptElectronicSeal", Seal);
        Signature = map.Flag("cryptElectronicSignature", Signature);
        TimeStamp = map.Flag("cryptElectronicTimeStamp", TimeStamp);
    }
}

/// <summary>A person who answers for the document.</summary>
public sealed class DccResponsiblePerson : DccPart
{
    /// <summary>Name and, where given, address.</summary>
    public DccContact? Person { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Role as text (检定员, approver).</summary>
    public string? Role { get; set; }

    /// <summary>Whether this person's signature makes the document valid.</summary>
    public bool? MainSigner { get; set; }

    /// <summary>Whether the person seals electronically.</summary>
    public bool? Seal { get; set; }

    /// <summary>Whether the person signs electronically.</summary>
    public bool? Signature { get; set; }

    /// <summary>Whether the person timestamps.</summary>
    public bool? TimeStamp { get; set; }

    internal override void Map(DccMap map)
    {
        Person = map.Part("person", Person);
        Description = map.Part("description", Description);
        Role = map.Text("role", Role);
        MainSigner = map.Flag("mainSigner", MainSigner);
        Seal = map.Flag("cryptElectronicSeal", Seal);
        Signature = map.Flag("cryptElectronicSignature", Signature);
        TimeStamp = map.Flag("cryptElectronicTimeStamp", TimeStamp);
    }
}
