using Microsoft.AspNetCore.Identity;

namespace Plumbline.Registry;

/// <summary>Checks the code of an authenticator application, each code once.</summary>
internal sealed class TotpProvider(TimeProvider clock) : IUserTwoFactorTokenProvider<Person>
{
    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Person> manager, Person user) => !string.IsNullOrEmpty(await manager.GetAuthenticatorKeyAsync(user));

    public Task<string> GenerateAsync(string purpose, UserManager<Person> manager, Person user) => throw new NotSupportedException("The authenticator application makes the code.");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Person> manager, Person user)
    {
        var key = await manager.GetAuthenticatorKeyAsync(user);
        if (string.IsNullOrEmpty(key) || Totp.Accept(Totp.FromBase32(key), token, clock.GetUtcNow(), user.LastCodeStep) is not { } step)
            return false;
        user.LastCodeStep = step;
        // Saved at once: of two requests with the same code the second meets another concurrency stamp and is refused.
        return (await manager.UpdateAsync(user)).Succeeded;
    }
}
