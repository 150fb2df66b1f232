namespace Plumbline.Registry;

/// <summary>访问令牌: lets a program act for a person, within scopes and until a day. Only its hash is kept.</summary>
public sealed class AccessToken
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    /// <summary>What the person calls it.</summary>
    public required string Name { get; init; }
    /// <summary>SHA-256 of the secret, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }
    /// <summary>The first characters, to tell one from another.</summary>
    public required string Start { get; init; }
    /// <summary>Scopes, parted by spaces.</summary>
    public required string Scopes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    public bool WorksAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;
}

/// <summary>What a token may be allowed; each route names the one it needs.</summary>
public static class Scopes
{
    /// <summary>Reads what the person may read.</summary>
    public const string Read = "read";
    /// <summary>Hands in results for a participant.</summary>
    public const string Submit = "submit";
    /// <summary>Drafts, runs and publishes comparisons.</summary>
    public const string ComparisonsWrite = "comparisons:write";
    /// <summary>Issues, amends and revokes certificates.</summary>
    public const string CertificatesWrite = "certificates:write";
    /// <summary>Changes organisations, people and rules.</summary>
    public const string RegistryWrite = "registry:write";

    public static readonly IReadOnlyList<string> All = [Read, Submit, ComparisonsWrite, CertificatesWrite, RegistryWrite];
}
