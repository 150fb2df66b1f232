using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;
using Plumbline.Registry;

namespace Plumbline.Web;

/// <summary>Keeps public pages for readers who are not signed in: by address, query, language and encoding, as long as <see cref="PublicPages"/> says.</summary>
internal sealed class PublicCache : IOutputCachePolicy
{
    public static IServiceCollection Add(IServiceCollection services) => services.AddOutputCache(options =>
    {
        // Only what says so is kept.
        options.AddPolicy(PublicPages.Policy, new PublicCache());
        options.SizeLimit = 64 * 1024 * 1024;
        options.MaximumBodySize = 2 * 1024 * 1024;
    });

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var kept = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && IsAnonymous(request) && !request.Query.ContainsKey("lang");
        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (kept, kept, kept, true);
        context.ResponseExpirationTimeSpan = PublicPages.Lifetime;
        context.Tags.Add(PublicPages.Policy);
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.VaryByValues["language"] = CultureInfo.CurrentUICulture.Name;
        context.CacheVaryByRules.VaryByValues["encoding"] = EncodingOf(request);
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.Headers.SetCookie.Count > 0 || response.StatusCode != StatusCodes.Status200OK)
            context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }

    // A session or a token may change what a page shows; the language cookie does not beyond the language.
    private static bool IsAnonymous(HttpRequest request) =>
        request.Headers.Authorization.Count == 0 && request.Cookies.All(cookie => cookie.Key is Interface.Texts.LanguageCookie || cookie.Key == "plumbline.antiforgery");

    private static string EncodingOf(HttpRequest request)
    {
        var accepted = request.Headers.AcceptEncoding.ToString();
        return accepted.Contains("br", StringComparison.Ordinal) ? "br" : accepted.Contains("gzip", StringComparison.Ordinal) ? "gzip" : "";
    }
}
