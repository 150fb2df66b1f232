using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Which role fits which kind of organisation, and 三员分立: an administrator has no other power.</summary>
public static class RoleRules
{
    private static readonly OrganisationKind[] Regulators = [OrganisationKind.NationalRegulator, OrganisationKind.ProvincialRegulator, OrganisationKind.CityRegulator, OrganisationKind.CountyRegulator];
    private static readonly OrganisationKind[] Laboratories =
    [
        OrganisationKind.LegalVerificationInstitution, OrganisationKind.MetrologyInstitute, OrganisationKind.SpecialisedStation,
        OrganisationKind.AccreditedLaboratory, OrganisationKind.ReferenceMaterialProducer, OrganisationKind.University,
    ];
    private static readonly OrganisationKind[] Organisers =
    [
        .. Regulators, OrganisationKind.Ministry, OrganisationKind.Society, OrganisationKind.MetrologyInstitute,
        OrganisationKind.LegalVerificationInstitution, OrganisationKind.SpecialisedStation, OrganisationKind.AccreditationBody,
    ];

    public static bool Fits(Role role, OrganisationKind kind) => role switch
    {
        Role.RegulatorOfficer => Regulators.Contains(kind),
        Role.Organiser => Organisers.Contains(kind),
        Role.PilotCoordinator or Role.PilotMetrologist => Laboratories.Contains(kind),
        Role.TechnicalContact or Role.QualityContact => Laboratories.Contains(kind) || kind is OrganisationKind.Maker or OrganisationKind.Other,
        Role.Signatory => Laboratories.Contains(kind) || Organisers.Contains(kind),
        Role.MakerApplicant => kind is OrganisationKind.Maker or OrganisationKind.ReferenceMaterialProducer,
        _ => true,
    };

    public static IReadOnlyList<Role> For(OrganisationKind kind) => [.. Enum.GetValues<Role>().Where(role => Fits(role, kind))];

    /// <summary>Reasons why a person may not have these roles in such an organisation.</summary>
    public static IEnumerable<Refusal> Refusals(IReadOnlyCollection<Role> roles, OrganisationKind kind, AdministratorDuty duty, string field = "Roles")
    {
        if (roles.Count == 0)
            yield return new("role-missing", field);
        foreach (var role in roles.Where(role => !Fits(role, kind)))
            yield return new("role-unfit", field, role, kind);
        if (duty != AdministratorDuty.None)
            yield return new("duty-excludes-roles", field, duty);
    }

    /// <summary>Reasons why a person may not be given an administrator's duty.</summary>
    public static IEnumerable<Refusal> DutyRefusals(AdministratorDuty wanted, AdministratorDuty held, bool hasRoles, string field = "Duty")
    {
        if (held != AdministratorDuty.None && wanted != held)
            yield return new("duty-second", field, held, wanted);
        if (hasRoles)
            yield return new("roles-exclude-duty", field, wanted);
    }
}
