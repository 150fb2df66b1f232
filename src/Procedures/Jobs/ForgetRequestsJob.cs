using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Procedures;

/// <summary>Deletes the answers kept for requests with an <c>Idempotency-Key</c> once nobody sends those again: after <c>Plumbline:IdempotencyDays</c>, 30 unless set.</summary>
internal sealed class ForgetRequestsJob(IConfiguration settings, TimeProvider clock) : IJob
{
    private readonly int days = settings.GetValue("Plumbline:IdempotencyDays", 30) is > 0 and <= 3650 and var given
        ? given : throw new InvalidOperationException($"Plumbline:IdempotencyDays is \"{settings["Plumbline:IdempotencyDays"]}\"; a whole number of days from 1 to 3650 is expected.");

    public string Kind => "registry.forget-requests";
    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var before = clock.GetUtcNow().AddDays(-days);
        return services.GetRequiredService<PlumblineDb>().Set<RequestKey>().Where(k => k.StartedAt < before).ExecuteDeleteAsync(cancel);
    }
}
