namespace Plumbline.Registry;

/// <summary>The first answer to a request that carried an <c>Idempotency-Key</c>, kept for when the request comes again.</summary>
public sealed class RequestKey
{
    public required Guid PersonId { get; init; }
    public required string Key { get; init; }
    /// <summary>SHA-256 of method, address and body.</summary>
    public required string RequestHash { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public int? Status { get; init; }
    public string? Location { get; init; }
    public string? ContentType { get; init; }
    public byte[]? Body { get; init; }
}
