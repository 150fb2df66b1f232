namespace Plumbline.Issuance;

/// <summary>
/// 日志条目: an event on its way into the public log. It is saved together with what it tells, and gets its index when the log has it:
/// a server that dies between the two finds it again by its bytes.
/// </summary>
public sealed class LogEntry
{
    public required Guid Id { get; init; }
    /// <summary>The event's type, such as <c>issue</c>.</summary>
    public required string Type { get; init; }
    /// <summary>The certificate, key, comparison or software that it tells of.</summary>
    public required Guid SubjectId { get; init; }
    /// <summary>The leaf: deterministic CBOR.</summary>
    public required byte[] Content { get; init; }
    /// <summary>From 1, in the order in which entries were saved: the order in which the log gets them.</summary>
    public long Sequence { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedByName { get; init; }
    /// <summary>Why, where the event has a reason.</summary>
    public string? Reason { get; init; }
    /// <summary>Its index in the log; null until the log has it.</summary>
    public long? LeafIndex { get; set; }
    public DateTimeOffset? LoggedAt { get; set; }
    /// <summary>Why the log does not take it, by its rules of acceptance; null for all that is in order.</summary>
    public string? Refused { get; set; }
}
