namespace Plumbline.Registry;

/// <summary>Who may open a page or call a route: the names for <c>[Authorize(Policy = Access.…)]</c> and <c>RequireAuthorization(Access.…)</c>.</summary>
public static class Access
{
    /// <summary>Anybody who is signed in.</summary>
    public const string SignedIn = nameof(SignedIn);
    /// <summary>Signed in and none of the three administrators: they do not read business content.</summary>
    public const string Business = nameof(Business);
    /// <summary>Signed in by a browser: what no access token may do, such as inviting people or ending sessions.</summary>
    public const string InPerson = nameof(InPerson);
    /// <summary>系统管理员.</summary>
    public const string SystemAdministrator = nameof(SystemAdministrator);
    /// <summary>安全管理员.</summary>
    public const string SecurityAdministrator = nameof(SecurityAdministrator);
    /// <summary>审计管理员.</summary>
    public const string AuditAdministrator = nameof(AuditAdministrator);

    /// <summary>The scheme that chooses: an access token where the request carries one, else the session cookie.</summary>
    public const string Scheme = "Plumbline";
    /// <summary>The scheme of access tokens (<c>Authorization: Bearer …</c>). Its principal carries the person's id as name identifier and one <see cref="ScopeClaim"/> a scope.</summary>
    public const string TokenScheme = "Token";
    public const string ScopeClaim = "scope";

    internal static readonly IReadOnlyDictionary<string, Func<Actor, bool>> Policies = new Dictionary<string, Func<Actor, bool>>
    {
        [SignedIn] = actor => actor.IsSignedIn,
        [Business] = actor => actor.IsSignedIn && actor.Duty == AdministratorDuty.None,
        [InPerson] = actor => actor.IsSignedIn && actor.Scopes is null,
        [SystemAdministrator] = actor => actor.Duty == AdministratorDuty.System && actor.Scopes is null,
        [SecurityAdministrator] = actor => actor.Duty == AdministratorDuty.Security && actor.Scopes is null,
        [AuditAdministrator] = actor => actor.Duty == AdministratorDuty.Audit && actor.Scopes is null,
    };
}
