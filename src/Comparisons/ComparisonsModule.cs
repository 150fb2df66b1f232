using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>The module's door: what it registers and which routes it answers.</summary>
public static class ComparisonsModule
{
    public static IServiceCollection AddComparisons(this IServiceCollection services) => services
        .AddSingleton<IModelPart, ComparisonsModel>()
        .AddScoped<DraftComparison>()
        .AddScoped<MoveComparison>()
        .AddScoped<MoveNotices>()
        .AddTexts<ComparisonsTexts>();

    public static void MapComparisons(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/comparisons").RequireAuthorization(Access.Business);
        api.MapPost("", DraftComparison.Post);
        api.MapPut("{code}", DraftComparison.Put);
        api.MapPost("{code}/moves/{action}", MoveComparison.Post);
    }
}
