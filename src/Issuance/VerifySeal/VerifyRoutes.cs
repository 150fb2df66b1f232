using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Certificates;

namespace Plumbline.Issuance;

/// <summary>The scripts of the verification page.</summary>
internal static class VerifyRoutes
{
    private static readonly string script = Read();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/seal.js", (HttpResponse response) => Script(response, SealScript.Text)).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/verify.js", (HttpResponse response) => Script(response, script)).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/certificates/find", (string? code) =>
            CertificateId.TryParse(code?.Trim().Replace("-", "", StringComparison.Ordinal).ToUpperInvariant(), out var id) ? Results.LocalRedirect($"/certificates/{id}") : Results.LocalRedirect("/certificates?missing=code"))
            .AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Script(HttpResponse response, string text)
    {
        response.Headers.CacheControl = "public, max-age=300";
        return Results.Text(text, "text/javascript; charset=utf-8");
    }

    private static string Read()
    {
        using var reader = new StreamReader(typeof(VerifyRoutes).Assembly.GetManifestResourceStream("verify.js")!);
        return reader.ReadToEnd();
    }
}
