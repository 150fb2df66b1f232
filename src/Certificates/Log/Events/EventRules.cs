using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>The rules by which an event is let into the log. They are pure, say all that is wrong at once, and hold again for whoever replays the log.</summary>
public static class EventRules
{
    /// <summary>How far ahead of the log's clock an event's time may be.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>How far behind the log's clock an event's time may be: who dates back further is found out at once.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromHours(24);

    /// <summary>How far the numbers in revocation lists may run ahead of the certificates: numbers are reserved before they are logged, but lists stay short only if few are lost.</summary>
    public const long StatusSlack = 65_536;

    private static readonly TimeSpan beijing = TimeSpan.FromHours(8);

    /// <summary>Everything that speaks against taking the event in as the next entry.</summary>
    /// <param name="e">The event.</param>
    /// <param name="history">The log before it.</param>
    /// <param name="trust">Who may sign what.</param>
    /// <param name="now">The log's clock; null when an old log is replayed.</param>
    /// <returns>Empty where it is to be taken in.</returns>
    public static IReadOnlyList<Finding> Check(LogEvent e, EventHistory history, IEventTrust trust, DateTimeOffset? now)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(history);
        return [.. CheckSigner(e, trust, history.Size, now), .. CheckPlace(e, history, trust)];
    }

    /// <summary>The day of an event, by which authorisations are judged: Beijing time.</summary>
    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(beijing).DateTime);

    /// <summary>What can be said of the event alone: signer, signature, authorisation and clock.</summary>
    internal static IEnumerable<Finding> CheckSigner(LogEvent e, IEventTrust trust, long index, DateTimeOffset? now)
    {
        ArgumentNullException.ThrowIfNull(trust);
        var day = DayOf(e.Time);
        if (now is { } clock && e.Time > clock + Ahead)
            yield return Fault("event-time-ahead", $"{e.Time:u}", $"{clock:u}");
        if (now is { } late && e.Time < late - Behind)
            yield return Fault("event-time-behind", $"{e.Time:u}", $"{late:u}");
        if (trust.FindSigner(e.KeyId, day, index) is not { } signer)
        {
            yield return Fault("event-key", e.KeyId, $"{day:yyyy-MM-dd}");
            yield break;
        }
        if (!e.IsSignedBy(signer.Key))
            yield return Fault("event-signature", e.KeyId);
        if (signer.Institution != e.Issuer)
            yield return Fault("event-issuer", e.Issuer, signer.Institution);
        if (e.Issues && !trust.MayIssue(e.KeyId, e.Kind!, day, index))
            yield return Fault("event-kind", e.Kind, $"{day:yyyy-MM-dd}");
        if (e.Type >= LogEventType.Software && !trust.MayRecord(e.Issuer, e.Type, day))
            yield return Fault("event-type-denied", e.Issuer, e.Type.ToString());
    }

    /// <summary>What can be said only where everything before it is known.</summary>
    internal static IEnumerable<Finding> CheckPlace(LogEvent e, EventHistory history, IEventTrust trust) => e.Type switch
    {
        LogEventType.Issue => CheckNew(e, history),
        LogEventType.Amend or LogEventType.Substitute => CheckNew(e, history).Concat(CheckTarget(e, history, trust)),
        LogEventType.Revoke or LogEventType.Suspend or LogEventType.Reinstate => CheckTarget(e, history, trust),
        LogEventType.StatusRoot when e.Status!.Size != history.Size || e.Status.Count != history.Count => [Fault("event-status-size", $"{e.Status.Size}, {e.Status.Count}", $"{history.Size}, {history.Count}")],
        LogEventType.Commitment when history.Commitments(e.Reference!).Any(c => c.OpenedAt is not null) => [Fault("event-comparison-open", e.Reference)],
        LogEventType.Opening => CheckOpening(e, history, trust),
        _ => [],
    };

    private static IEnumerable<Finding> CheckNew(LogEvent e, EventHistory history)
    {
        if (history.Find(e.Id!.Value) is { } known)
            yield return Fault("event-id-taken", e.Id.ToString(), $"{known.IssueIndex}");
        if (history.IsTaken(e.StatusIndex!.Value))
            yield return Fault("event-status-taken", $"{e.StatusIndex}", $"{history.NextStatusIndex}");
        if (e.StatusIndex >= history.Count + StatusSlack)
            yield return Fault("event-status-sparse", $"{e.StatusIndex}", $"{history.NextStatusIndex}");
    }

    private static IEnumerable<Finding> CheckTarget(LogEvent e, EventHistory history, IEventTrust trust)
    {
        if (history.Find(e.Target!.Id!.Value) is not { } target)
        {
            yield return Fault("event-target", e.Target.Id.ToString());
            yield break;
        }
        if (target.Issuer != e.Issuer && !trust.Supervises(e.Issuer, target.Issuer))
            yield return Fault("event-foreign", e.Issuer, target.Issuer);
        if (target.Status is CertificateStatus.Amended or CertificateStatus.Substituted or CertificateStatus.Revoked)
            yield return Fault("event-target-ended", target.Id.ToString(), $"{target.Status}");
        else if (e.Type == LogEventType.Reinstate && target.Status != CertificateStatus.Suspended)
            yield return Fault("event-target-not-suspended", target.Id.ToString());
        else if (e.Type == LogEventType.Suspend && target.Status == CertificateStatus.Suspended)
            yield return Fault("event-target-suspended", target.Id.ToString());
        else if (e.Target.Index != target.LatestIndex || e.Target.Leaf != target.LatestLeaf)
            yield return Fault("event-target-moved", $"{e.Target.Index}", $"{target.LatestIndex}");
    }

    private static IEnumerable<Finding> CheckOpening(LogEvent e, EventHistory history, IEventTrust trust)
    {
        if (history.Commitments(e.Reference!).FirstOrDefault(c => c.AsTarget == e.Target) is not { } commitment)
        {
            yield return Fault("event-commitment", $"{e.Target!.Index}", e.Reference);
            yield break;
        }
        if (commitment.Issuer != e.Issuer && !trust.Supervises(e.Issuer, commitment.Issuer))
            yield return Fault("event-foreign", e.Issuer, commitment.Issuer);
        if (commitment.OpenedAt is { } opened)
            yield return Fault("event-opened", $"{commitment.Index}", $"{opened}");
        if (!CryptographicOperations.FixedTimeEquals(SaltedCommitment.OfFile(Convert.FromHexString(e.Salt!), e.Digests!.Sha256).Span, commitment.Commitment.Span))
            yield return Fault("event-opening", $"{commitment.Index}");
    }

    private static Finding Fault(string rule, string? value, string? expected = null) => new(FindingLayer.Log, FindingSeverity.Error, rule, "event", value, expected);
}
