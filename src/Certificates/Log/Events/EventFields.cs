namespace Plumbline.Certificates;

/// <summary>The fields that an event may have beside type, issuer, time and signature.</summary>
[Flags]
internal enum EventFields
{
    None = 0,
    Id = 1,
    Kind = 1 << 1,
    Digests = 1 << 2,
    Commitment = 1 << 3,
    Target = 1 << 4,
    Reason = 1 << 5,
    StatusIndex = 1 << 6,
    Reference = 1 << 7,
    Status = 1 << 8,
    LastTrusted = 1 << 9,
    Salt = 1 << 10,
}

/// <summary>Which fields each type of event has, and how long they may be.</summary>
internal static class EventForm
{
    private const int MaximumName = 64;
    private const int MaximumReference = 128;

    /// <exception cref="LogException">A field is missing, too long, of another form, or not one of the type's.</exception>
    public static void Check(LogEvent e)
    {
        var (needed, allowed) = Of(e.Type);
        var there = Fields(e);
        if ((needed & ~there) is var missing and not EventFields.None)
            throw new LogException("event-field-missing", "event", missing.ToString(), e.Type.ToString());
        if ((there & ~(needed | allowed)) is var extra and not EventFields.None)
            throw new LogException("event-field-extra", "event", extra.ToString(), e.Type.ToString());
        CheckText(nameof(e.Issuer), e.Issuer, MaximumName);
        CheckText(nameof(e.Kind), e.Kind, MaximumName);
        CheckText(nameof(e.Reference), e.Reference, MaximumReference);
        CheckText(nameof(e.Reason), e.Reason, MaximumName);
        if (e.Reason?.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') == false)
            throw new LogException("event-field-value", nameof(e.Reason), e.Reason);
        if (e.Time.ToUnixTimeSeconds() < 0)
            throw new LogException("event-field-value", nameof(e.Time), $"{e.Time:u}");
        CheckNumbers(e);
        CheckHex(nameof(e.Salt), e.Salt, SaltedCommitment.SaltSize);
        CheckHex(nameof(e.KeyId), e.KeyId, 8);
        var names = e.Type == LogEventType.Opening ? e.Target!.Id is null : e.Target?.Id is not null || e.Type is LogEventType.Software or LogEventType.Issue;
        if (e.Target is not null && !names)
            throw new LogException("event-field-value", nameof(e.Target), e.Target.Id?.ToString() ?? "-");
        // An amendment is a new certificate; what befalls a certificate names it twice.
        if (e.Target is { Id: { } target } && e.Id is { } own && own == target == e.Issues)
            throw new LogException("event-field-value", nameof(e.Id), own.ToString());
    }

    private static (EventFields Needed, EventFields Allowed) Of(LogEventType type)
    {
        const EventFields certificate = EventFields.Id | EventFields.Kind | EventFields.Digests | EventFields.StatusIndex;
        return type switch
        {
            LogEventType.Issue => (certificate, EventFields.Commitment),
            LogEventType.Amend or LogEventType.Substitute => (certificate | EventFields.Target | EventFields.Reason, EventFields.Commitment),
            LogEventType.Revoke or LogEventType.Suspend or LogEventType.Reinstate => (EventFields.Id | EventFields.Target | EventFields.Reason, EventFields.None),
            LogEventType.Software => (EventFields.Reference | EventFields.Digests, EventFields.Reason),
            LogEventType.Key => (EventFields.Reference | EventFields.Digests | EventFields.Reason, EventFields.LastTrusted),
            LogEventType.StatusRoot => (EventFields.Status, EventFields.None),
            LogEventType.Commitment => (EventFields.Reference | EventFields.Commitment, EventFields.Reason),
            LogEventType.Opening => (EventFields.Reference | EventFields.Target | EventFields.Digests | EventFields.Salt, EventFields.None),
            _ => throw new LogException("event-type", "event", $"{(int)type}"),
        };
    }

    private static EventFields Fields(LogEvent e) =>
        If(e.Id is not null, EventFields.Id) | If(e.Kind is not null, EventFields.Kind) | If(e.Digests is not null, EventFields.Digests)
        | If(e.Commitment is not null, EventFields.Commitment) | If(e.Target is not null, EventFields.Target) | If(e.Reason is not null, EventFields.Reason)
        | If(e.StatusIndex is not null, EventFields.StatusIndex) | If(e.Reference is not null, EventFields.Reference) | If(e.Status is not null, EventFields.Status)
        | If(e.LastTrusted is not null, EventFields.LastTrusted) | If(e.Salt is not null, EventFields.Salt);

    private static EventFields If(bool there, EventFields field) => there ? field : EventFields.None;

    private static void CheckText(string field, string? text, int longest)
    {
        if (text is null)
            return;
        if (text.Length == 0 || text.Length > longest || text.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
            throw new LogException("event-field-value", field, text.Length > longest ? text[..longest] + "…" : text);
    }

    private static void CheckHex(string field, string? text, int bytes)
    {
        if (text is not null && (text.Length != 2 * bytes || !text.All(char.IsAsciiHexDigitLower)))
            throw new LogException("event-field-value", field, text);
    }

    private static void CheckNumbers(LogEvent e)
    {
        foreach (var (field, number) in new[] { (nameof(e.StatusIndex), e.StatusIndex), (nameof(e.Target), e.Target?.Index), (nameof(e.Status), e.Status?.Count), (nameof(e.Status), e.Status?.Size) })
            if (number < 0)
                throw new LogException("event-field-value", field, $"{number}");
        if (e.LastTrusted < -1)
            throw new LogException("event-field-value", nameof(e.LastTrusted), $"{e.LastTrusted}");
    }
}
