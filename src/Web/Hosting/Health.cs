using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Web;

/// <summary>For whoever watches the server: does it live, and can it reach its database.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("ok")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(PlumblineDb db, Texts texts, ILogger<PlumblineDb> log, HttpContext http)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            if (await db.Database.CanConnectAsync(patience.Token))
                return Results.Json(new { status = "ready", database = db.IsPostgres ? "PostgreSQL" : "SQLite" });
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            log.LogWarning("The database did not answer within {Patience}", Patience);
        }
        return ProblemResults.Problem(texts, StatusCodes.Status503ServiceUnavailable, new Refusal("database-unavailable"));
    }
}
