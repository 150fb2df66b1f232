namespace Plumbline.Registry;

/// <summary>The numbers of signing in, from the rule table SEC. GB/T 22239-2019 gives none: they are defaults that say so, and can be changed like every rule.</summary>
internal sealed record AccessRules(int PasswordLength, int PasswordKinds, int PasswordDays, int FailuresBeforeLock, int LockMinutes, int IdleMinutes, int SessionHours, int InvitationDays)
{
    public static async ValueTask<AccessRules> ReadAsync(Rules rules, CancellationToken cancel = default)
    {
        return new(await NumberAsync("password-length"), await NumberAsync("password-kinds"), await NumberAsync("password-days"), await NumberAsync("lock-failures"),
            await NumberAsync("lock-minutes"), await NumberAsync("idle-minutes"), await NumberAsync("session-hours"), await NumberAsync("invitation-days"));

        async ValueTask<int> NumberAsync(string code) => (await rules.Get($"SEC.{code}", cancel: cancel)).WholeAmount;
    }
}

/// <summary>How the operator runs the site.</summary>
/// <param name="Demonstration">Whether the demonstration is on: its accounts may go without a second factor.</param>
/// <param name="RequireSecondFactor">Whether everybody, and not only the three administrators, needs a second factor.</param>
internal sealed record AccessSettings(bool Demonstration, bool RequireSecondFactor);
