using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>The worked examples of <c>./run</c>: published comparisons by their real figures, and fictitious ones in every state.</summary>
public static class ComparisonsDemonstration
{
    /// <summary>Enters what is not there yet; a second call changes nothing. Needs Registry's demonstration accounts.</summary>
    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancel = default)
    {
        await using var scope = services.CreateAsyncScope();
        var present = await scope.ServiceProvider.GetRequiredService<PlumblineDb>().Comparisons.Where(c => c.IsDemonstration).Select(c => c.TitleEn).ToListAsync(cancel);
        foreach (var story in PublishedStories.All.Where(s => !present.Contains(s.TitleEn)))
            await InScopeAsync(services, (db, teller, clock) => new PublishedTale(db, teller, clock).TellAsync(story, cancel));
        foreach (var story in FictitiousStories.All.Where(s => !present.Contains(s.TitleEn)))
            await InScopeAsync(services, (db, teller, clock) => new FictitiousTale(db, teller, clock).TellAsync(story, cancel));
    }

    private static async Task InScopeAsync(IServiceProvider services, Func<PlumblineDb, Storyteller, TimeProvider, Task> tell)
    {
        await using var scope = services.CreateAsyncScope();
        var (inner, db) = (scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<PlumblineDb>());
        await using var teller = new Storyteller(inner, db, inner.GetRequiredService<ActorContext>());
        await tell(db, teller, inner.GetRequiredService<TimeProvider>());
    }
}
