using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record SignInRequest
{
    public string? Email { get; set; }
    public string? Password { get; set; }
}

internal enum SignInStep
{
    SignedIn,
    SecondStep,
}

/// <summary>Signs a person in by e-mail and password. An unknown, a locked and a disabled account are answered alike, in words and in time.</summary>
internal sealed class SignIn(SignInManager<Person> manager, PlumblineDb db, ActorContext actors, Rules rules, TimeProvider clock)
{
    private static readonly Person Nobody = new() { Name = "", CreatedAt = DateTimeOffset.UnixEpoch };
    private static string? nobodysHash;

    public async Task<Outcome<SignInStep>> RunAsync(SignInRequest request, HttpContext http)
    {
        var refusals = Missing(request).ToList();
        if (refusals.Count > 0)
            return refusals;
        var (email, password) = (request.Email!.Trim(), request.Password!);
        var person = await manager.UserManager.FindByNameAsync(email);
        if (person?.PasswordHash is null || person.DisabledAt is not null)
        {
            SpendTheSameTime(password);
            return await FailAsync(email, person, person is null ? SignInResultKind.UnknownAccount : person.DisabledAt is null ? SignInResultKind.WrongPassword : SignInResultKind.Disabled, http);
        }
        if (actors.Actor.IsSignedIn)
            await manager.SignOutAsync();
        http.User = new(new System.Security.Claims.ClaimsIdentity());
        actors.Actor = Actor.Anonymous;
        var result = await manager.PasswordSignInAsync(person, password, isPersistent: false, lockoutOnFailure: true);
        if (result.RequiresTwoFactor)
            return SignInStep.SecondStep;
        if (!result.Succeeded)
        {
            if (result.IsLockedOut)
                SpendTheSameTime(password);
            return await FailAsync(email, person, result.IsLockedOut ? SignInResultKind.LockedOut : SignInResultKind.WrongPassword, http);
        }
        await RecordAsync(email, person, SignInResultKind.Accepted, http);
        return SignInStep.SignedIn;
    }

    /// <summary>The second step: a code of the authenticator application, or one of the recovery codes.</summary>
    public async Task<Outcome<Done>> RunAsync(string? code, bool recovery, HttpContext http)
    {
        if (await manager.GetTwoFactorAuthenticationUserAsync() is not { } person)
            return new Refusal("second-step-expired");
        if (string.IsNullOrWhiteSpace(code))
            return new Refusal("code-missing", "Code");
        var bare = code.Replace(" ", "", StringComparison.Ordinal).Trim();
        var result = person.DisabledAt is not null ? SignInResult.NotAllowed
            : recovery ? await UseRecoveryCodeAsync(person, bare)
            : await manager.TwoFactorAuthenticatorSignInAsync(bare, isPersistent: false, rememberClient: false);
        await RecordAsync(person.Email!, person, result.Succeeded ? SignInResultKind.Accepted : result.IsLockedOut ? SignInResultKind.LockedOut : SignInResultKind.WrongCode, http);
        if (result.Succeeded)
            return Done.It;
        return result.IsLockedOut ? new Refusal("locked", null, (await AccessRules.ReadAsync(rules)).LockMinutes) : new Refusal(recovery ? "recovery-code-wrong" : "code-wrong", "Code");
    }

    // The framework's own method counts no failure against a recovery code, so guessing would be free.
    private async Task<SignInResult> UseRecoveryCodeAsync(Person person, string code)
    {
        if (await manager.UserManager.IsLockedOutAsync(person))
            return SignInResult.LockedOut;
        var result = await manager.TwoFactorRecoveryCodeSignInAsync(code);
        if (!result.Succeeded)
            await manager.UserManager.AccessFailedAsync(person);
        return result;
    }

    private static IEnumerable<Refusal> Missing(SignInRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Email))
            yield return new("email-missing", "Email");
        if (string.IsNullOrEmpty(request.Password))
            yield return new("password-missing", "Password");
    }

    private async Task<Outcome<SignInStep>> FailAsync(string email, Person? person, SignInResultKind result, HttpContext http)
    {
        await RecordAsync(email, person, result, http);
        var limits = await AccessRules.ReadAsync(rules);
        return new Refusal("sign-in-failed", null, limits.FailuresBeforeLock, limits.LockMinutes);
    }

    private async Task RecordAsync(string email, Person? person, SignInResultKind result, HttpContext http)
    {
        db.SignInAttempts.Add(SignInAttempt.Of(email, person, result, actors.Address, http.Request.Headers.UserAgent, clock.GetUtcNow()));
        await db.SaveChangesAsync();
    }

    // A hash is checked in every case, or the time of the answer would tell which accounts exist.
    private void SpendTheSameTime(string password)
    {
        var hasher = manager.UserManager.PasswordHasher;
        nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        hasher.VerifyHashedPassword(Nobody, nobodysHash, password);
    }
}
