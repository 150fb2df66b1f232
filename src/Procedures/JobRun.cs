namespace Plumbline.Procedures;

/// <summary>作业: what a repeated job last did, when it is due, and which server runs it now.</summary>
public sealed class JobRun
{
    public required string Kind { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    /// <summary>The server that runs it; only believed until <see cref="LeaseUntil"/>.</summary>
    public string? Holder { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>Failures since the last success.</summary>
    public int Failures { get; set; }
    public string? Error { get; set; }
}
