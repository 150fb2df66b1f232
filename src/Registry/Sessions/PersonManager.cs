using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plumbline.Database;

namespace Plumbline.Registry;

/// <summary>Identity's own manager, with the lock told by our clock, and with no failure lost when many guesses arrive at once.</summary>
internal sealed class PersonManager(
    IUserStore<Person> store, IOptions<IdentityOptions> options, IPasswordHasher<Person> hasher, IEnumerable<IUserValidator<Person>> userValidators, IEnumerable<IPasswordValidator<Person>> passwordValidators,
    ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<Person>> logger, TimeProvider clock, PlumblineDb db, Rules rules)
    : UserManager<Person>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    private const int Tries = 10;

    public override Task<bool> IsLockedOutAsync(Person user) => Task.FromResult(user.LockoutEnabled && user.LockoutEnd >= clock.GetUtcNow());

    public override async Task<IdentityResult> AccessFailedAsync(Person user)
    {
        var limits = await AccessRules.ReadAsync(rules);
        for (var attempt = 1; ; attempt++)
        {
            if (++user.AccessFailedCount >= limits.FailuresBeforeLock)
                (user.AccessFailedCount, user.LockoutEnd) = (0, clock.GetUtcNow().AddMinutes(limits.LockMinutes));
            var result = await UpdateAsync(user);
            if (result.Succeeded || attempt == Tries)
                return result;
            await db.Entry(user).ReloadAsync();
        }
    }
}

/// <summary>Every way of signing in asks this: a disabled account has none.</summary>
internal sealed class NotDisabled : IUserConfirmation<Person>
{
    public Task<bool> IsConfirmedAsync(UserManager<Person> manager, Person user) => Task.FromResult(user.DisabledAt is null);
}
