using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.Registry;

/// <summary>The kept copies of public pages: <c>@attribute [OutputCache(PolicyName = PublicPages.Policy)]</c> on a page that everybody sees alike while nobody is signed in.</summary>
public sealed class PublicPages(IServiceProvider services)
{
    public const string Policy = "public";

    /// <summary>Drops every kept copy; called after something public has changed. Other servers let theirs expire within the minute.</summary>
    public ValueTask ForgetAsync(CancellationToken cancel = default) =>
        services.GetService<IOutputCacheStore>() is { } store ? store.EvictByTagAsync(Policy, cancel) : ValueTask.CompletedTask;
}
