using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Procedures;

/// <summary>Runs the jobs that are due, each on one server at a time.</summary>
public sealed class Jobs(IEnumerable<IJob> jobs, IServiceScopeFactory scopes, TimeProvider clock, ILogger<Jobs> log)
{
    // A server that dies in the middle keeps the others waiting this long.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private readonly string server = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():N}";

    /// <summary>Runs every due job once, one after the other.</summary>
    public async Task RunDueAsync(CancellationToken cancel = default)
    {
        foreach (var job in jobs)
            await RunIfDueAsync(job, cancel);
    }

    private async Task RunIfDueAsync(IJob job, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlumblineDb>();
        if (!await ClaimAsync(db, job.Kind, cancel))
            return;
        var error = await TryAsync(job, cancel);
        var now = clock.GetUtcNow();
        var due = now + job.Every;
        // Without the caller's token: a job that ended while the server stops is still noted.
        await db.JobRuns.Where(j => j.Kind == job.Kind && j.Holder == server).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.FinishedAt, now).SetProperty(j => j.DueAt, due).SetProperty(j => j.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(j => j.Error, error).SetProperty(j => j.Failures, j => error == null ? 0 : j.Failures + 1), CancellationToken.None);
    }

    private async Task<bool> ClaimAsync(PlumblineDb db, string kind, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var until = now + Lease;
        if (!await db.JobRuns.AnyAsync(j => j.Kind == kind, cancel))
        {
            var due = now.UtcDateTime;
            await db.Database.ExecuteSqlAsync($"""INSERT INTO job ("Kind", "DueAt", "Failures") VALUES ({kind}, {due}, 0) ON CONFLICT DO NOTHING""", cancel);
        }
        return await db.JobRuns.Where(j => j.Kind == kind && j.DueAt <= now && (j.LeaseUntil == null || j.LeaseUntil < now)).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.Holder, server).SetProperty(j => j.LeaseUntil, until).SetProperty(j => j.StartedAt, now), cancel) == 1;
    }

    /// <summary>Returns what went wrong; null when all went well.</summary>
    private async Task<string?> TryAsync(IJob job, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Lease - TimeSpan.FromSeconds(30));
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ActorContext>();
        (context.Actor, context.Address, context.Action) = (Actor.System, Environment.MachineName, job.Kind);
        try
        {
            await job.RunAsync(scope.ServiceProvider, patience.Token);
            return null;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return "stopped with the server";
        }
#pragma warning disable CA1031 // Whatever a job throws is noted; the other jobs go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "Job {Kind} failed", job.Kind);
            return e.Message;
        }
    }
}
