using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>Appends what no request could append itself: entries of a transaction that ended later, of another server, and of one that died in between.</summary>
internal sealed class PublishJob : IJob
{
    public string Kind => "issuance.publish-log";
    public TimeSpan Every => TimeSpan.FromSeconds(3);

    public Task RunAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<Ledger>().PublishAsync(cancel);
}

/// <summary>Every hour: the revocation list anew, the root of all states into the log, and a trust list before the last one is out of date.</summary>
internal sealed class StateJob(TimeProvider clock) : IJob
{
    public string Kind => "issuance.states";
    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlumblineDb>();
        var trust = services.GetRequiredService<TrustLists>();
        if (await trust.CurrentAsync(cancel) is not { } list)
            return;
        var ledger = services.GetRequiredService<Ledger>();
        if (list.NextUpdate <= EventRules.DayOf(clock.GetUtcNow()).AddDays(7))
            ledger.RenewTrust(clock.GetUtcNow());
        await services.GetRequiredService<RevocationLists>().AddNextAsync(cancel);
        await ledger.SaveAsync(cancel);
        await ledger.PublishStatesAsync(cancel);
    }
}
