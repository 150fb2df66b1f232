using Plumbline.Certificates;

namespace Plumbline.Issuance;

/// <summary>Where a key stands: proposed by one person, taken into use by another.</summary>
public enum KeyState
{
    Proposed,
    Active,
    /// <summary>Signs no more; what it signed stays good.</summary>
    Retired,
    /// <summary>Known to somebody else: what was logged after a named entry is not trusted.</summary>
    Compromised,
    Rejected,
}

/// <summary>签发密钥: an institution's key that signs certificates. The private half lies in the key folder or in a hardware module, never here.</summary>
public sealed class IssuingKey
{
    /// <summary>A key should be followed by another before anybody has had time to break it or to forget who holds it.</summary>
    public const int MostYears = 5;

    public required Guid Id { get; init; }
    public required Guid OrganisationId { get; init; }
    /// <summary>First 8 bytes of SHA-256 of the public key, hexadecimal: what two people compare.</summary>
    public required string Fingerprint { get; init; }
    public required SignatureAlgorithm Algorithm { get; init; }
    /// <summary>SubjectPublicKeyInfo in DER.</summary>
    public required byte[] PublicKey { get; init; }
    /// <summary>X.509 certificate that the platform's authority gave the key, in DER; null until it is taken into use.</summary>
    public byte[]? Certificate { get; set; }
    /// <summary>Whether this server holds the private half; otherwise the institution signs with its own module and uploads.</summary>
    public required bool HeldHere { get; init; }
    /// <summary>The key whose place it takes: retired when this one is taken into use.</summary>
    public Guid? ReplacesId { get; init; }
    public required KeyState State { get; set; }
    public required Guid ProposedBy { get; init; }
    public required string ProposedByName { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
    public Guid? ConfirmedBy { get; set; }
    public string? ConfirmedByName { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }
    public DateOnly? ValidTo { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedByName { get; set; }
    public string? EndReason { get; set; }
    /// <summary>For a compromised key: signatures logged at this index or before stay valid.</summary>
    public long? DistrustAfterLeaf { get; set; }
    public int Version { get; set; }

    /// <summary>Ends its use; what it signed before is judged by the state it ends in.</summary>
    public void End(KeyState state, string by, string? reason, DateTimeOffset at)
    {
        (State, EndedByName, EndReason, EndedAt) = (state, by, reason, at);
        Version++;
    }

    /// <summary>Whether it may sign on that day.</summary>
    public bool Signs(DateOnly day) => State == KeyState.Active && (ValidTo is not { } end || day <= end);
}
