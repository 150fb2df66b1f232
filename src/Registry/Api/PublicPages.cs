using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.Registry;

/// <summary>
/// What everybody sees alike while nobody is signed in, kept for a minute or until something public changes: whole pages
/// (<c>@attribute [OutputCache(PolicyName = PublicPages.Policy)]</c>), and the facts behind them, which page, JSON, CSV and both languages share.
/// </summary>
public sealed class PublicPages(IServiceProvider services) : IDisposable
{
    public const string Policy = "public";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private const int MostFacts = 2000;

    private MemoryCache facts = New();

    /// <summary>The facts under <paramref name="key"/>, made by <paramref name="make"/> when they are not at hand. They are shared: nobody may change them, and nothing in them may depend on the reader.</summary>
    public async Task<T> KeepAsync<T>(object key, Func<Task<T>> make)
    {
        // What is being made while something changes goes into the cache that is thrown away.
        var kept = facts;
        if (kept.TryGetValue(key, out T? value))
            return value!;
        value = await make();
        return kept.Set(key, value, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Lifetime, Size = 1 });
    }

    /// <summary>Drops everything kept; called after something public has changed. Other servers let theirs expire within the minute.</summary>
    public ValueTask ForgetAsync(CancellationToken cancel = default)
    {
        _ = Interlocked.Exchange(ref facts, New());
        return services.GetService<IOutputCacheStore>() is { } store ? store.EvictByTagAsync(Policy, cancel) : ValueTask.CompletedTask;
    }

    public void Dispose() => facts.Dispose();

    private static MemoryCache New() => new(new MemoryCacheOptions { SizeLimit = MostFacts });
}
