using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Plumbline.Procedures;

/// <summary>Looks every few seconds, as long as the server lives, whether a job is due.</summary>
internal sealed class JobLoop(Jobs jobs, TimeProvider clock, ILogger<JobLoop> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pace, clock, stoppingToken);
                await jobs.RunDueAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The database may be away for a while; the loop waits for it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "Jobs could not be looked up");
            }
        }
    }
}
