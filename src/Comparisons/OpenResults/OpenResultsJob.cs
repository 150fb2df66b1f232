using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>At the deadline: ends the circulation, opens the results, has them evaluated. Each step is safe to meet again after a crash.</summary>
internal sealed class OpenResultsJob : IJob
{
    // So long after an opening a missing evaluation is tried again; after that somebody has to look.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    internal const string Blocked = "opening-blocked";

    public string Kind => "comparisons.open-results";
    public TimeSpan Every => TimeSpan.FromSeconds(20);

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var (code, state) in await DueAsync(services.GetRequiredService<PlumblineDb>(), now, cancel))
        {
            // A unit of work for each: what one leaves behind does not touch the next.
            await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<ActorContext>();
            (context.Actor, context.Action) = (Actor.System, Kind);
            await RunAsync(scope.ServiceProvider, code, state, cancel);
        }
    }

    private static async Task<List<(string, ComparisonState)>> DueAsync(PlumblineDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var (since, evaluations) = (now - Patience, db.Evaluations);
        var due = await db.Comparisons
            .Where(c => ((c.State == ComparisonState.Circulating || c.State == ComparisonState.Collecting) && c.ResultsDue < now)
                || (c.State == ComparisonState.Evaluating && c.StateSince > since && !evaluations.Any(e => e.ComparisonId == c.Id)))
            .Select(c => new { c.Code, c.State }).ToListAsync(cancel);
        return [.. due.Select(c => (c.Code, c.State))];
    }

    private static async Task RunAsync(IServiceProvider services, string code, ComparisonState state, CancellationToken cancel)
    {
        if (state == ComparisonState.Evaluating)
        {
            foreach (var next in services.GetServices<AfterOpening>())
                await next(code, cancel);
            return;
        }
        if (state == ComparisonState.Circulating)
            await services.GetRequiredService<EndCirculation>().RunAsync(code, new(), Actor.System, cancel);
        if (!(await services.GetRequiredService<OpenResults>().RunAsync(code, new(), Actor.System, cancel)).Accepted)
            await SayBlockedAsync(services, code, cancel);
    }

    /// <summary>Tells organiser and pilot laboratory, once, that the results wait for a decision.</summary>
    private static async Task SayBlockedAsync(IServiceProvider services, string code, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlumblineDb>();
        db.ChangeTracker.Clear();
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison?.State != ComparisonState.Collecting || await db.ComparisonEvents.AnyAsync(e => e.ComparisonId == comparison.Id && e.Action == Blocked, cancel))
            return;
        db.ComparisonEvents.Add(ComparisonEvent.Of(comparison, Blocked, Actor.System, services.GetRequiredService<TimeProvider>().GetUtcNow()));
        var notices = services.GetRequiredService<Notices>();
        foreach (var (organisation, role) in new[] { (comparison.OrganiserId, Role.Organiser), (comparison.PilotId, Role.PilotCoordinator) })
            await notices.AddToRoleAsync(organisation, [role], "results-blocked", $"/comparisons/{code}/results/open", [comparison.Code, new Bilingual(comparison.Title, comparison.TitleEn)], cancel);
        await db.SaveChangesAsync(cancel);
    }
}
