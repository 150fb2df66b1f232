using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Procedures;

public class JobsTests
{
    [Theory, EachDatabase]
    public async Task A_job_runs_when_it_is_due_as_the_system_and_not_before(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var job = new CountingJob();
        await using var scope = database.As(Actor.Anonymous);
        var jobs = On(scope, database, job);
        await jobs.RunDueAsync();
        await jobs.RunDueAsync();
        Assert.Equal(1, job.Runs);
        database.Clock.Now = database.Clock.Now.AddMinutes(5);
        await jobs.RunDueAsync();
        Assert.Equal(2, job.Runs);
        Assert.Equal(("system", "test.count"), (job.ActorName, job.Action));
    }

    [Theory, EachDatabase]
    public async Task A_failure_is_noted_and_the_next_jobs_run(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (broken, job) = (new BrokenJob(), new CountingJob());
        await using var scope = database.As(Actor.Anonymous);
        var jobs = On(scope, database, broken, job);
        await jobs.RunDueAsync();
        database.Clock.Now = database.Clock.Now.AddMinutes(5);
        await jobs.RunDueAsync();
        Assert.Equal(2, job.Runs);
        var row = await scope.Db.JobRuns.AsNoTracking().SingleAsync(j => j.Kind == broken.Kind);
        Assert.Equal((2, "broken on purpose"), (row.Failures, row.Error));
        broken.Works = true;
        database.Clock.Now = database.Clock.Now.AddMinutes(5);
        await jobs.RunDueAsync();
        row = await scope.Db.JobRuns.AsNoTracking().SingleAsync(j => j.Kind == broken.Kind);
        Assert.Equal((0, null), (row.Failures, row.Error));
    }

    [Theory, EachDatabase]
    public async Task Two_servers_never_run_the_same_job_at_once_and_a_dead_one_is_replaced(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var scope = database.As(Actor.Anonymous);
        var (one, two) = (new SlowJob(), new SlowJob());
        var running = On(scope, database, one).RunDueAsync();
        await one.Started.Task;
        await On(scope, database, two).RunDueAsync();
        Assert.False(two.Started.Task.IsCompleted);
        database.Clock.Now = database.Clock.Now.AddMinutes(11);
        two.Finish.SetResult();
        await On(scope, database, two).RunDueAsync();
        Assert.True(two.Started.Task.IsCompleted);
        one.Finish.SetResult();
        await running;
    }

    private static Jobs On(TestScope scope, TestDatabase database, params IJob[] jobs) =>
        new(jobs, scope.Get<IServiceScopeFactory>(), database.Clock, NullLogger<Jobs>.Instance);

    private sealed class CountingJob : IJob
    {
        public string Kind => "test.count";
        public TimeSpan Every => TimeSpan.FromMinutes(5);
        public int Runs { get; private set; }
        public string? ActorName { get; private set; }
        public string? Action { get; private set; }

        public Task RunAsync(IServiceProvider services, CancellationToken cancel)
        {
            Runs++;
            (ActorName, Action) = (services.GetRequiredService<Actor>().Name, services.GetRequiredService<ActorContext>().Action);
            return Task.CompletedTask;
        }
    }

    private sealed class BrokenJob : IJob
    {
        public bool Works { get; set; }
        public string Kind => "test.broken";
        public TimeSpan Every => TimeSpan.FromMinutes(5);
        public Task RunAsync(IServiceProvider services, CancellationToken cancel) => Works ? Task.CompletedTask : throw new InvalidOperationException("broken on purpose");
    }

    private sealed class SlowJob : IJob
    {
        public TaskCompletionSource Started { get; } = new();
        public TaskCompletionSource Finish { get; } = new();
        public string Kind => "test.slow";
        public TimeSpan Every => TimeSpan.FromMinutes(5);

        public Task RunAsync(IServiceProvider services, CancellationToken cancel)
        {
            Started.TrySetResult();
            return Finish.Task;
        }
    }
}
