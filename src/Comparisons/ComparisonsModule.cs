using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>The module's door: what it registers and which routes it answers.</summary>
public static class ComparisonsModule
{
    public static IServiceCollection AddComparisons(this IServiceCollection services) => services
        .AddSingleton<IModelPart, ComparisonsModel>()
        .AddTexts<ComparisonsTexts>();

    public static void MapComparisons(this IEndpointRouteBuilder routes)
    {
    }
}
