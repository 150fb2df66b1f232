namespace Plumbline.Registry;

public enum SignInResultKind
{
    Accepted,
    UnknownAccount,
    WrongPassword,
    WrongCode,
    WrongPasskey,
    LockedOut,
    Disabled,
    /// <summary>The provider vouched for somebody who has no account here.</summary>
    UnknownAtProvider,
}

/// <summary>One attempt to sign in, successful or not; the security administrator reads them. Never changed.</summary>
public sealed class SignInAttempt
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>The account's address as typed, cut to 256 characters; empty for a passkey that names nobody.</summary>
    public required string Email { get; init; }
    public Guid? PersonId { get; init; }
    public required SignInResultKind Result { get; init; }
    public string? Address { get; init; }
    public string? UserAgent { get; init; }

    internal static SignInAttempt Of(string email, Person? person, SignInResultKind result, string? address, string? agent, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), At = now, Email = Cut(email, 256)!, PersonId = person?.Id, Result = result, Address = address, UserAgent = Cut(agent, 300),
    };

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;
}
