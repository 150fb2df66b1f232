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
        .AddScoped<FindComparisons>()
        .AddScoped<ShowComparison>()
        .AddScoped<ListTasks>()
        .AddScoped<SubmitResult>()
        .AddScoped<ImportResults>()
        .AddScoped<AttachRecord>()
        .AddScoped<IFileAccess, SubmissionFileAccess>()
        .AddScoped<ReadResults>()
        .AddTexts<ComparisonsTexts>();

    public static void MapComparisons(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/comparisons").RequireAuthorization(Access.Business);
        routes.MapGet("/comparisons.csv", FindComparisons.Csv).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/comparisons.xlsx", FindComparisons.Xlsx).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/api/comparisons", FindComparisons.Get).AllowAnonymous();
        routes.MapGet("/api/comparisons/{code}", ShowComparison.Get).AllowAnonymous();
        routes.MapGet("/api/tasks", ListTasks.Get).RequireAuthorization(Access.Business);
        api.MapPost("", DraftComparison.Post);
        api.MapPut("{code}", DraftComparison.Put);
        api.MapPost("{code}/moves/{action}", MoveComparison.Post);
        api.MapPost("{code}/results", SubmitResult.Post);
        api.MapPost("{code}/results/file", ImportResults.Post);
        api.MapPost("{code}/results/attachments", AttachRecord.Post);
        api.MapGet("{code}/results/template.{format}", ImportResults.GetTemplate);
        api.MapGet("{code}/results", ReadResults.Get);
        api.MapGet("{code}/results/receipt/{participant:guid}/{version:int}", ReadResults.GetOwn);
    }
}
