using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Registry;

/// <summary>邀请: a link that lets one person join an organisation, once and for a limited time. Only the hash of its secret is kept.</summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }
    public required Guid OrganisationId { get; init; }
    public required string Email { get; init; }
    /// <summary>The roles' names, separated by commas.</summary>
    public required string RoleNames { get; init; }
    public required string SecretHash { get; init; }
    public required Guid InvitedById { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public Guid? AcceptedById { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public int Version { get; set; }

    public IReadOnlyList<Role> Roles => [.. RoleNames.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>)];

    public bool IsOpen(DateTimeOffset now) => AcceptedAt is null && WithdrawnAt is null && now < ExpiresAt;

    internal static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    internal static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
