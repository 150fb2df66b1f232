using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Procedures;

namespace Plumbline.Comparisons;

/// <summary>Opens in the log what could not be opened with the results, because an entry was still on its way.</summary>
internal sealed class OpenCommitmentsJob : IJob
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    public string Kind => "comparisons.open-commitments";
    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var since = services.GetRequiredService<TimeProvider>().GetUtcNow() - Patience;
        var db = services.GetRequiredService<PlumblineDb>();
        foreach (var code in await db.Comparisons.Where(c => c.State == ComparisonState.Evaluating && c.StateSince > since).Select(c => c.Code).ToListAsync(cancel))
            await services.GetRequiredService<ResultCommitments>().OpenAsync(code, cancel);
    }
}
