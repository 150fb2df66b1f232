namespace Plumbline.Registry;

/// <summary>站内通知: something a person should know, said again by mail.</summary>
public sealed class Notice
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    /// <summary>Names the texts <c>mail.{Key}.subject</c> and <c>mail.{Key}.body</c>.</summary>
    public required string Key { get; init; }
    /// <summary>What the texts name, as JSON, so that each reader gets them in their own language.</summary>
    public required string Arguments { get; init; }
    /// <summary>Where to act, as a path of this site.</summary>
    public string? Link { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ReadAt { get; set; }
}

/// <summary>待发邮件: a letter in the outbox, written in the transaction of what it tells of.</summary>
public sealed class Mail
{
    /// <summary>Also its Message-ID, so that a letter sent twice after a crash is seen to be the same.</summary>
    public required Guid Id { get; init; }
    /// <summary>The addressee; null when only the address is known.</summary>
    public Guid? PersonId { get; init; }
    public string? To { get; init; }
    /// <summary>Language of the letter; the person's own when null.</summary>
    public string? Language { get; init; }
    public required string Key { get; init; }
    public required string Arguments { get; init; }
    /// <summary>Cleared once sent: a link for a new password must not lie about.</summary>
    public string? Link { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Attempts { get; set; }
    /// <summary>When to try (again).</summary>
    public required DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    /// <summary>Set when it will not be tried again.</summary>
    public DateTimeOffset? GivenUpAt { get; set; }
    public string? Error { get; set; }
}

/// <summary>A name in both languages, for notices whose reader's language is not known yet.</summary>
public sealed record Bilingual(string Chinese, string? English);
