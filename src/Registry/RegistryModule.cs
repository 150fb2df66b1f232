using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>The module's door: what it registers and which routes it answers.</summary>
public static class RegistryModule
{
    /// <summary>What the module needs without a web server: tables, the audit trail, texts.</summary>
    public static IServiceCollection AddRegistry(this IServiceCollection services) => services
        .AddSingleton<IModelPart, RegistryModel>()
        .AddScoped<ActorContext>()
        .AddScoped(provider => provider.GetRequiredService<ActorContext>().Actor)
        .AddScoped<IChangeRecorder, AuditTrail>()
        .AddTexts<RegistryTexts>();

    public static void MapRegistry(this IEndpointRouteBuilder routes)
    {
    }
}
