using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Plumbline.Interface;

namespace Plumbline.Web;

/// <summary>Every failure in the reader's language: problem details in the API, a page elsewhere, never a stack trace.</summary>
internal static class Problems
{
    public static IServiceCollection AddProblems(this IServiceCollection services) => services
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
        .AddExceptionHandler<ProblemWriter>();

    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/problem/500", CreateScopeForErrors = true, AllowStatusCode404Response = true,
            StatusCodeSelector = StatusOf, SuppressDiagnosticsCallback = context => StatusOf(context.Exception) < 500,
        });
        app.UseWhen(http => IsApi(http.Request), api => api.UseStatusCodePages(context =>
        {
            var (http, status) = (context.HttpContext, context.HttpContext.Response.StatusCode);
            return ProblemResults.Problem(Texts(http), status, Reason(status)).ExecuteAsync(http);
        }));
        app.UseWhen(http => !IsApi(http.Request), pages =>
            // The page that failed may have used its scope up.
            pages.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true));
    }

    /// <summary>What does not exist is not asked to sign in for.</summary>
    public static void UseNotFound(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is not null)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api");

    public static Texts Texts(HttpContext http) => http.RequestServices.GetRequiredService<Texts>();

    internal static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        DbUpdateConcurrencyException => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Refusal[] Reason(int status) => status switch
    {
        StatusCodes.Status403Forbidden => [new("forbidden")],
        StatusCodes.Status404NotFound => [new("not-found")],
        StatusCodes.Status405MethodNotAllowed => [new("method")],
        StatusCodes.Status415UnsupportedMediaType => [new("media-type")],
        _ => [],
    };

    private sealed class ProblemWriter : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            // The request already bears the address of the error page.
            var asked = httpContext.Features.GetRequiredFeature<IExceptionHandlerPathFeature>().Path;
            if (!asked.StartsWith("/api/", StringComparison.OrdinalIgnoreCase))
                return false;
            var status = StatusOf(exception);
            httpContext.Response.Clear();
            await ProblemResults.Problem(Texts(httpContext), status, Explain(exception, status)).ExecuteAsync(httpContext);
            return true;
        }

        private static Refusal[] Explain(Exception exception, int status) => exception switch
        {
            BadHttpRequestException { InnerException: JsonException json } =>
                [new("json", json.Path is { Length: > 0 } path ? path.TrimStart('$', '.') : null, json.Path ?? "$", (json.LineNumber ?? 0) + 1, (json.BytePositionInLine ?? 0) + 1)],
            DbUpdateConcurrencyException => [new("conflict")],
            BadHttpRequestException when status == StatusCodes.Status400BadRequest => [new("request")],
            _ => Reason(status),
        };
    }
}
