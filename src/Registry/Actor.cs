using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>One role of the acting person in an organisation.</summary>
public sealed record ActorRole(Guid OrganisationId, string OrganisationCode, string OrganisationName, OrganisationKind Kind, Role Role, string? OrganisationNameEn = null)
{
    public string ShownName => Texts.Pick(OrganisationName, OrganisationNameEn);
}

/// <summary>Who acts: a person with roles, a job of the system, or nobody known.</summary>
public sealed record Actor(Guid? PersonId, string Name, AdministratorDuty Duty, IReadOnlyList<ActorRole> Roles)
{
    public static readonly Actor Anonymous = new(null, "", AdministratorDuty.None, []);

    /// <summary>A scheduled job: opens results at the deadline, sends mail, marks delays.</summary>
    public static readonly Actor System = new(null, "system", AdministratorDuty.None, []);

    /// <summary>Scopes of the access token in use; null when signed in by a browser, which may do all that the roles allow.</summary>
    public IReadOnlySet<string>? Scopes { get; init; }

    public bool IsSignedIn => PersonId is not null;

    public bool Has(Role role, Guid organisationId) => Roles.Any(r => r.Role == role && r.OrganisationId == organisationId);
    public bool HasAny(Guid organisationId, params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (Has(role, organisationId))
                return true;
        }
        return false;
    }

    /// <summary>Whether the person has any role there.</summary>
    public bool BelongsTo(Guid organisationId) => Roles.Any(r => r.OrganisationId == organisationId);

    /// <summary>The organisations in which the person has one of the roles, each once.</summary>
    public IReadOnlyList<ActorRole> Organisations(params Role[] roles) =>
        [.. Roles.Where(r => roles.Length == 0 || roles.Contains(r.Role)).DistinctBy(r => r.OrganisationId)];
}

/// <summary>Holds, for the current request or job, who acts, from where and by what.</summary>
public sealed class ActorContext
{
    public Actor Actor { get; set; } = Actor.Anonymous;
    /// <summary>Network address, or the machine's name for a job.</summary>
    public string? Address { get; set; }
    /// <summary>The request (<c>POST /comparisons/…</c>) or the job's name.</summary>
    public string? Action { get; set; }
}
