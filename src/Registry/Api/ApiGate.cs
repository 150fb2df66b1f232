using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record ScopeMetadata(string Scope);

internal sealed record IdempotencyMetadata;

public static class ApiRoutes
{
    /// <summary>Names the scope that an access token needs here. A changing route that names none takes no token at all; a reading one asks for <c>read</c>.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder route, string scope) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new ScopeMetadata(scope));

    /// <summary>
    /// Honours the header <c>Idempotency-Key</c>: the same request sent again gets the first answer and changes nothing. The route runs inside one transaction that
    /// also keeps the answer, so its handler saves through <c>SaveChangesAsync</c> and begins no transaction of its own.
    /// </summary>
    public static TBuilder WithIdempotency<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new IdempotencyMetadata());

    public static string? ScopeOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ScopeMetadata>()?.Scope;

    public static bool IsIdempotent(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IdempotencyMetadata>() is not null;
}

/// <summary>Stands before every route: a token may do what its scopes say and only in the API; a browser's session changes nothing there without the antiforgery header.</summary>
internal sealed class ApiGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, ActorContext actors, Texts texts, IAntiforgery antiforgery)
    {
        if (await RefuseAsync(http, actors.Actor, antiforgery) is { } refused)
            await ProblemResults.Problem(texts, refused.Status, refused.Refusal).ExecuteAsync(http);
        else
            await next(http);
    }

    private static async ValueTask<(int Status, Refusal Refusal)?> RefuseAsync(HttpContext http, Actor actor, IAntiforgery antiforgery)
    {
        if (http.GetEndpoint() is not { } endpoint)
            return null;
        var isApi = http.Request.IsApi();
        if (actor.Scopes is { } scopes)
        {
            if (!isApi && !http.Request.Path.StartsWithSegments("/files"))
                return (StatusCodes.Status403Forbidden, new("token-not-here"));
            return NeededScope(endpoint, http.Request) switch
            {
                { Known: false } => (StatusCodes.Status403Forbidden, new("token-not-here")),
                { Scope: { } scope } when !scopes.Contains(scope) => (StatusCodes.Status403Forbidden, new("token-scope", null, scope)),
                _ => null,
            };
        }
        if (isApi && !actor.IsSignedIn && http.Request.Headers.Authorization.Count > 0)
            return (StatusCodes.Status401Unauthorized, new("token-invalid"));
        if (isApi && actor.IsSignedIn && !IsSafe(http.Request) && !await antiforgery.IsRequestValidAsync(http))
            return (StatusCodes.Status403Forbidden, new("csrf"));
        return null;
    }

    private static (bool Known, string? Scope) NeededScope(Endpoint endpoint, HttpRequest request)
    {
        if (ApiRoutes.ScopeOf(endpoint) is { } scope)
            return (true, scope);
        if (!IsSafe(request))
            return (false, null);
        return (true, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? Scopes.Read : null);
    }

    private static bool IsSafe(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
}
