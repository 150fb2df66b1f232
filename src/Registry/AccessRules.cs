namespace Plumbline.Registry;

/// <summary>The numbers of signing in. GB/T 22239-2019 gives none: these are common assessor practice, from memory and unverified, so each can be set (<c>Plumbline:SignIn:…</c>).</summary>
public sealed class AccessRules
{
    public int PasswordLength { get; set; } = 10;
    /// <summary>How many of the four kinds of character (lower, upper, digit, other) a password holds at least.</summary>
    public int PasswordKinds { get; set; } = 3;
    public int FailuresBeforeLock { get; set; } = 5;
    public int LockMinutes { get; set; } = 15;
    public int IdleMinutes { get; set; } = 30;
    /// <summary>A link for a forgotten password holds this long.</summary>
    public int ResetMinutes { get; set; } = 60;
    public int InvitationDays { get; set; } = 7;
    /// <summary>Whether everybody, and not only the three administrators, needs a second factor.</summary>
    public bool RequireSecondFactor { get; set; }
}
