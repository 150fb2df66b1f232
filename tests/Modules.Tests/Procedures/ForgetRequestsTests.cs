using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Procedures;

public class ForgetRequestsTests
{
    [Theory, EachDatabase]
    public async Task A_kept_answer_is_deleted_after_the_period_that_is_set(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var scope = database.As(Actor.System);
        var now = database.Clock.GetUtcNow();
        foreach (var age in new[] { 0, 6, 8, 40 })
            scope.Db.Set<RequestKey>().Add(new() { PersonId = Guid.NewGuid(), Key = $"age-{age}", RequestHash = "x", StartedAt = now.AddDays(-age), Status = 201 });
        await scope.Db.SaveChangesAsync();
        await Job(database, []).RunAsync(scope.Get<IServiceProvider>(), default);
        Assert.Equal(["age-0", "age-6", "age-8"], await Keys(scope));
        await Job(database, new() { ["Plumbline:IdempotencyDays"] = "7" }).RunAsync(scope.Get<IServiceProvider>(), default);
        Assert.Equal(["age-0", "age-6"], await Keys(scope));
    }

    [Fact]
    public async Task A_period_that_is_none_stops_the_server_with_its_value()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var fault = Assert.Throws<InvalidOperationException>(() => Job(database, new() { ["Plumbline:IdempotencyDays"] = "0" }));
        Assert.Contains("\"0\"", fault.Message, StringComparison.Ordinal);
    }

    private static Task<List<string>> Keys(TestScope scope) => scope.Db.Set<RequestKey>().AsNoTracking().Select(k => k.Key).OrderBy(k => k).ToListAsync();

    private static ForgetRequestsJob Job(TestDatabase database, Dictionary<string, string?> settings) => new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), database.Clock);
}
