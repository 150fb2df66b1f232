using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Issuance;

/// <summary>The module's door: what it registers and which routes it answers.</summary>
public static class IssuanceModule
{
    public static IServiceCollection AddIssuance(this IServiceCollection services) => services
        .AddSingleton<IModelPart, IssuanceModel>()
        .AddTexts<CertificatesTexts>();

    public static void MapIssuance(this IEndpointRouteBuilder routes)
    {
    }
}
