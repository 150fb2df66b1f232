using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.Procedures;

/// <summary>The module's door: what it registers.</summary>
public static class ProceduresModule
{
    public static IServiceCollection AddProcedures(this IServiceCollection services) => services;
}
