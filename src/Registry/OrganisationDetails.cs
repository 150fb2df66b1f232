using System.Text.RegularExpressions;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>What is asked of an organisation when it registers, is entered, or is changed.</summary>
public sealed partial record OrganisationDetails
{
    private static readonly string[] Reserved = ["register", "pending", "new", "all"];

    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Code { get; set; }
    public string? CreditCode { get; set; }
    public string? Kind { get; set; }
    public string? Region { get; set; }
    public string? Address { get; set; }
    public string? ContactName { get; set; }
    public string? Telephone { get; set; }
    public string? Email { get; set; }

    internal OrganisationKind? KindValue => Enum.TryParse<OrganisationKind>(Kind, out var kind) && Enum.IsDefined(kind) ? kind : null;
    internal string? CreditCodeValue => string.IsNullOrWhiteSpace(CreditCode) ? null : Registry.CreditCode.Normalise(CreditCode);

    internal static OrganisationDetails Of(Organisation organisation) => new()
    {
        Name = organisation.Name, NameEn = organisation.NameEn, Code = organisation.Code, CreditCode = organisation.CreditCode, Kind = organisation.Kind.ToString(), Region = organisation.Region,
        Address = organisation.Address, ContactName = organisation.ContactName, Telephone = organisation.Telephone, Email = organisation.Email,
    };

    /// <summary>Every reason to refuse what was entered, by itself: whether it exists already is the database's to say.</summary>
    internal IEnumerable<Refusal> Refusals(RegionTree regions)
    {
        if (string.IsNullOrWhiteSpace(Name))
            yield return new("organisation-name-missing", nameof(Name));
        else if (Name.Trim().Length is < 2 or > 200)
            yield return new("organisation-name-length", nameof(Name), 2, 200);
        if (!CodeForm().IsMatch(Code ?? ""))
            yield return new("organisation-code-form", nameof(Code), Code ?? "");
        else if (Reserved.Contains(Code, StringComparer.OrdinalIgnoreCase))
            yield return new("organisation-code-reserved", nameof(Code), Code);
        if (KindValue is null)
            yield return new("organisation-kind", nameof(Kind));
        if (Region != RegionTree.Foreign && regions.Find(Region) is null)
            yield return new("organisation-region", nameof(Region));
        if (KindValue == OrganisationKind.NationalRegulator && Region != RegionTree.Country)
            yield return new("national-regulator-region", nameof(Region));
        if (CreditCodeValue is { } code)
        {
            foreach (var refusal in Registry.CreditCode.Refusals(code))
                yield return refusal;
        }
        else if (Region != RegionTree.Foreign)
            yield return new("credit-code-missing", nameof(CreditCode));
        if (!string.IsNullOrWhiteSpace(Email) && !PersonRules.IsEmail(Email.Trim()))
            yield return new("email-form", nameof(Email), Email);
    }

    internal void ApplyTo(Organisation organisation)
    {
        (organisation.Name, organisation.NameEn, organisation.Address) = (Name!.Trim(), Clean(NameEn), Clean(Address));
        (organisation.ContactName, organisation.Telephone, organisation.Email) = (Clean(ContactName), Clean(Telephone), Clean(Email));
    }

    internal Organisation ToOrganisation(OrganisationState state, DateTimeOffset now)
    {
        var organisation = new Organisation { Id = Guid.CreateVersion7(now), Code = Code!.Trim(), Name = Name!.Trim(), Kind = KindValue!.Value, Region = Region!, CreditCode = CreditCodeValue, State = state, RegisteredAt = now };
        ApplyTo(organisation);
        return organisation;
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]{1,39}$")]
    private static partial Regex CodeForm();
}
