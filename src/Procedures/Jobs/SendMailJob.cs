using Microsoft.Extensions.DependencyInjection;
using Plumbline.Registry;

namespace Plumbline.Procedures;

internal sealed class SendMailJob : IJob
{
    public string Kind => "registry.send-mail";
    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public Task RunAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<Outbox>().SendDueAsync(cancel);
}
