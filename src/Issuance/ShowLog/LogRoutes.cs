using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Certificates;

namespace Plumbline.Issuance;

/// <summary>The log as files (C2SP tlog-tiles), for witnesses, monitors and verifiers.</summary>
internal static class LogRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/log/checkpoint", CheckpointAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/log/tile/{**path}", TileAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> CheckpointAsync(LogHost log, HttpResponse response, CancellationToken cancel)
    {
        if (await log.CheckpointAsync(cancel) is not { } note)
            return Results.NotFound();
        response.Headers.CacheControl = "no-cache";
        response.Headers.AccessControlAllowOrigin = "*";
        return Results.Text(note.ToString(), "text/plain; charset=utf-8");
    }

    // Only what is spelt as a tile's path reaches the disk.
    private static async Task<IResult> TileAsync(string path, LogHost log, HttpResponse response, CancellationToken cancel)
    {
        if (TileId.Parse($"tile/{path}") is not { } tile || await new FolderSource(log.PublicFolder).ReadAsync(tile.Path, EntryBundle.MaximumLength, cancel) is not { } bytes)
            return Results.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.AccessControlAllowOrigin = "*";
        return Results.Bytes(bytes, "application/octet-stream");
    }
}
