using Microsoft.AspNetCore.Identity;

namespace Plumbline.Registry;

/// <summary>三员分立: the three administrators' duties. A person has at most one, and with it no role in any organisation.</summary>
public enum AdministratorDuty
{
    None,
    /// <summary>系统管理员: organisations' and people's accounts, settings.</summary>
    System,
    /// <summary>安全管理员: rights, second factors, sessions, tokens.</summary>
    Security,
    /// <summary>审计管理员: reads and exports the audit trail.</summary>
    Audit,
}

/// <summary>What a person may do for one organisation.</summary>
public enum Role
{
    /// <summary>机构管理员: invites colleagues and gives them roles.</summary>
    Manager,
    /// <summary>监管部门经办人.</summary>
    RegulatorOfficer,
    /// <summary>比对组织者.</summary>
    Organiser,
    /// <summary>主导实验室项目负责人.</summary>
    PilotCoordinator,
    /// <summary>主导实验室计量人员.</summary>
    PilotMetrologist,
    /// <summary>参比实验室技术联系人.</summary>
    TechnicalContact,
    /// <summary>参比实验室质量联系人.</summary>
    QualityContact,
    Expert,
    MakerApplicant,
    /// <summary>授权签字人: signs what the organisation issues, and proposes its keys.</summary>
    Signatory,
    /// <summary>Reads everything of its organisation, changes nothing.</summary>
    Auditor,
}

/// <summary>人员: somebody with an account. Signs in by <see cref="IdentityUser{TKey}.UserName"/>, which is the e-mail address.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public required string Name { get; set; }
    /// <summary><c>zh</c> or <c>en</c>: the language of mail and of pages after sign-in.</summary>
    public string Language { get; set; } = "zh";
    public AdministratorDuty Duty { get; set; }
    public bool IsDemonstration { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DisabledAt { get; set; }
    public DateTimeOffset? PasswordChangedAt { get; set; }
    /// <summary>The 30-second step of the last accepted one-time code: neither it nor an earlier one is accepted again.</summary>
    public long? LastCodeStep { get; set; }
    public List<Membership> Memberships { get; } = [];
}

/// <summary>One role of a person in one organisation.</summary>
public sealed class Membership
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Guid OrganisationId { get; init; }
    public required Role Role { get; init; }
    public required DateTimeOffset Since { get; init; }
    /// <summary>When it ended; null while it holds.</summary>
    public DateTimeOffset? Until { get; set; }
}

/// <summary>A signed-in browser. Each request of it is checked against this row, so that it can be ended from anywhere.</summary>
public sealed class Session
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset SeenAt { get; set; }
    public string? Address { get; init; }
    public string? UserAgent { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}
