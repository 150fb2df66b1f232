using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>One account of the demonstration.</summary>
public sealed record DemonstrationAccount(string Email, string Name, string NameEn, string? Organisation, IReadOnlyList<Role> Roles, AdministratorDuty Duty = AdministratorDuty.None)
{
    public string ShownName => Texts.Pick(Name, NameEn);
}

/// <summary>The fictitious organisations of the demonstration and one account for each role.</summary>
public static class DemonstrationAccounts
{
    /// <summary>The password of every demonstration account.</summary>
    public const string Password = "Plumbline-2026-demo";
    public const int Laboratories = 8;

    internal sealed record Body(string Code, string Name, string NameEn, OrganisationKind Kind, string Region);

    // Division 99 does not exist in GB/T 2260, so neither the regions nor the credit codes can be anybody's.
    internal const string Province = "990000";
    internal const string City = "990100";

    internal static readonly Body[] Bodies =
    [
        new("DEMO-NR", "示例国家市场监督管理部门", "Example National Market Regulator", OrganisationKind.NationalRegulator, RegionTree.Country),
        new("DEMO-PR", "示例省市场监督管理局", "Example Provincial Market Regulator", OrganisationKind.ProvincialRegulator, Province),
        new("DEMO-SOCIETY", "示例计量测试学会", "Example Society for Measurement", OrganisationKind.Society, RegionTree.Country),
        new("DEMO-NMI", "示例国家计量院", "Example National Metrology Institute", OrganisationKind.MetrologyInstitute, RegionTree.Country),
        new("DEMO-LAB-1", "示例省计量科学研究院", "Example Provincial Metrology Institute", OrganisationKind.LegalVerificationInstitution, Province),
        new("DEMO-LAB-2", "示例市计量检测院", "Example City Metrology and Testing Institute", OrganisationKind.LegalVerificationInstitution, City),
        new("DEMO-LAB-3", "示例质量流量专业计量站", "Example Mass and Flow Station", OrganisationKind.SpecialisedStation, Province),
        new("DEMO-LAB-4", "示例东部校准实验室", "Example Eastern Calibration Laboratory", OrganisationKind.AccreditedLaboratory, Province),
        new("DEMO-LAB-5", "示例西部校准实验室", "Example Western Calibration Laboratory", OrganisationKind.AccreditedLaboratory, Province),
        new("DEMO-LAB-6", "示例航天计量测试所", "Example Aerospace Measurement Laboratory", OrganisationKind.AccreditedLaboratory, RegionTree.Country),
        new("DEMO-LAB-7", "示例电力计量中心", "Example Electric Power Metrology Centre", OrganisationKind.AccreditedLaboratory, City),
        new("DEMO-LAB-8", "示例标准物质研究中心", "Example Reference Material Centre", OrganisationKind.ReferenceMaterialProducer, Province),
        new("DEMO-MAKER", "示例仪表有限公司", "Example Instruments Ltd", OrganisationKind.Maker, City),
        new("DEMO-UNI", "示例大学", "Example University", OrganisationKind.University, Province),
    ];

    public static IReadOnlyList<DemonstrationAccount> All { get; } =
    [
        new("officer@demo.example", "示例经办人甲", "Example Officer A", "DEMO-NR", [Role.RegulatorOfficer, Role.Manager]),
        new("officer2@demo.example", "示例经办人乙", "Example Officer B", "DEMO-NR", [Role.RegulatorOfficer]),
        new("province@demo.example", "示例省局经办人", "Example Provincial Officer", "DEMO-PR", [Role.RegulatorOfficer, Role.Manager]),
        new("auditor@demo.example", "示例审查员", "Example Auditor", "DEMO-NR", [Role.Auditor]),
        new("organiser@demo.example", "示例组织者", "Example Organiser", "DEMO-SOCIETY", [Role.Organiser, Role.Manager]),
        new("coordinator@demo.example", "示例项目负责人", "Example Coordinator", "DEMO-NMI", [Role.PilotCoordinator, Role.Manager]),
        new("metrologist@demo.example", "示例计量人员", "Example Metrologist", "DEMO-NMI", [Role.PilotMetrologist]),
        .. Enumerable.Range(1, Laboratories).SelectMany(n => new DemonstrationAccount[]
        {
            new($"lab{n}@demo.example", $"示例{n}号实验室技术联系人", $"Example Technical Contact {n}", $"DEMO-LAB-{n}", [Role.TechnicalContact]),
            new($"quality{n}@demo.example", $"示例{n}号实验室质量联系人", $"Example Quality Contact {n}", $"DEMO-LAB-{n}", [Role.QualityContact, Role.Manager]),
        }),
        new("signatory@demo.example", "示例省院授权签字人", "Example Provincial Signatory", "DEMO-LAB-1", [Role.Signatory]),
        new("signatory2@demo.example", "示例国家院授权签字人", "Example National Signatory", "DEMO-NMI", [Role.Signatory]),
        new("signatory3@demo.example", "示例学会授权签字人", "Example Society Signatory", "DEMO-SOCIETY", [Role.Signatory]),
        new("maker@demo.example", "示例企业申请人", "Example Applicant", "DEMO-MAKER", [Role.MakerApplicant, Role.Manager]),
        new("expert@demo.example", "示例专家", "Example Expert", "DEMO-UNI", [Role.Expert]),
        new("system@demo.example", "示例系统管理员", "Example System Administrator", null, [], AdministratorDuty.System),
        new("security@demo.example", "示例安全管理员", "Example Security Administrator", null, [], AdministratorDuty.Security),
        new("audit@demo.example", "示例审计管理员", "Example Audit Administrator", null, [], AdministratorDuty.Audit),
    ];
}
