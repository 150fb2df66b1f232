using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;

namespace Plumbline.Procedures;

/// <summary>The module's door: what it registers.</summary>
public static class ProceduresModule
{
    public static IServiceCollection AddProcedures(this IServiceCollection services) => services
        .AddSingleton<IModelPart, ProceduresModel>()
        .AddSingleton<IJob, SendMailJob>()
        .AddSingleton<IJob, ForgetRequestsJob>()
        .AddSingleton<Jobs>();

    /// <summary>Lets this server run the jobs; <c>Plumbline:Jobs=false</c> leaves them to another.</summary>
    public static IServiceCollection AddJobLoop(this IServiceCollection services, IConfiguration settings) =>
        settings.GetValue("Plumbline:Jobs", true) ? services.AddHostedService<JobLoop>() : services;
}
