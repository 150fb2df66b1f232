using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(Plumbline.Journeys.Sites))]
[assembly: AssemblyFixture(typeof(Plumbline.Journeys.Browsers))]

namespace Plumbline.Journeys;

/// <summary>The real site with the demonstration's people and its worked examples, one for each database, started when the first journey needs it.</summary>
public sealed class Sites : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<TestSite>>> running = new();

    internal Task<TestSite> OnAsync(string database) =>
        running.GetOrAdd(database, kind => new(() => TestSite.StartAsync(kind, "--Plumbline:Demonstration=true", "--Plumbline:Examples=true"))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var site in running.Values)
            await (await site.Value).DisposeAsync();
    }
}
