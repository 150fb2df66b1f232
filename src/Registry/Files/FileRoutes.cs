using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Plumbline.Registry;

/// <summary>Files out: always as a download that runs nowhere. Only pictures that are pictures have an address for an <c>img</c> element.</summary>
internal static class FileRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/files/{id:guid}", DownloadAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/files/{id:guid}/image", ImageAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> DownloadAsync(Guid id, Files files, HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(id, files, cancel) is not { } file)
            return Results.NotFound();
        Seal(http.Response, "sandbox; default-src 'none'");
        return Results.Bytes(await files.ReadAsync(file, cancel), file.ContentType, file.Name, entityTag: TagOf(file));
    }

    private static async Task<IResult> ImageAsync(Guid id, Files files, HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(id, files, cancel) is not { IsImage: true } file)
            return Results.NotFound();
        var content = await files.ReadAsync(file, cancel);
        var type = FileCheck.IsPng(content) ? "image/png" : FileCheck.IsJpeg(content) ? "image/jpeg" : null;
        if (type != file.ContentType)
            return Results.NotFound();
        Seal(http.Response, "sandbox; default-src 'none'");
        return Results.Bytes(content, type, entityTag: TagOf(file));
    }

    // Not yours and not there look the same from outside.
    private static async Task<StoredFile?> FindAsync(Guid id, Files files, CancellationToken cancel) =>
        await files.FindAsync(id, cancel) is { } file && await files.MayReadAsync(file, cancel) ? file : null;

    private static void Seal(HttpResponse response, string policy)
    {
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, no-cache";
    }

    private static EntityTagHeaderValue TagOf(StoredFile file) => new($"\"{file.Sha256}\"");
}
