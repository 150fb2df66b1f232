namespace Plumbline.Certificates.Tests;

/// <summary>A clock that stands where it is set.</summary>
internal sealed class LogClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plumbline-log-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>An institute, its supervisor and a stranger, each with a key.</summary>
internal sealed class Institutes : IEventTrust, IDisposable
{
    public const string Institute = "91330000000000001A";
    public const string Supervisor = "91330000000000002B";
    public const string Stranger = "91330000000000003C";

    private readonly Dictionary<string, SoftwareKey> keys = new()
    {
        [Institute] = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256),
        [Supervisor] = SoftwareKey.Create(SignatureAlgorithm.Sm2),
        [Stranger] = SoftwareKey.Create(SignatureAlgorithm.Ed25519),
    };

    public SoftwareKey this[string institution] => keys[institution];

    public EventSigner? FindSigner(string keyId, DateOnly day, long index) =>
        keys.FirstOrDefault(k => k.Value.PublicKey.Id == keyId) is { Value: { } key } found ? new(found.Key, key.PublicKey) : null;

    public bool MayIssue(string keyId, string kind, DateOnly day, long index) => kind != nameof(DocumentKind.ReferenceMaterialCertificate) && day.Year == 2026;

    public bool MayRecord(string institution, LogEventType type, DateOnly day) => institution != Stranger;

    public bool Supervises(string authority, string institution) => (authority, institution) == (Supervisor, Institute);

    public LogEvent Issue(CertificateId id, long statusIndex, DateTimeOffset time, LogEventType type = LogEventType.Issue, EventTarget? target = null) =>
        new LogEvent(type, Institute, time)
        {
            Id = id,
            Kind = nameof(DocumentKind.CalibrationCertificate),
            Digests = FileDigests.Of(BitConverter.GetBytes(id.Value)),
            Commitment = SaltedCommitment.OfCertificate(new byte[16], "No. 1234", "pass", "2026-03-01"),
            StatusIndex = statusIndex,
            Target = target,
            Reason = target is null ? null : "typing-error",
        }.SignedBy(keys[Institute]);

    public LogEvent Change(LogEventType type, CertificateState state, DateTimeOffset time, string by = Institute) =>
        new LogEvent(type, by, time) { Id = state.Id, Target = state.AsTarget, Reason = "key-lost" }.SignedBy(keys[by]);

    public void Dispose()
    {
        foreach (var key in keys.Values)
            key.Dispose();
    }
}
