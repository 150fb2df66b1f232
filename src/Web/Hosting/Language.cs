using System.Globalization;
using Plumbline.Interface;

namespace Plumbline.Web;

/// <summary>Chooses Chinese or English: <c>?lang=</c> first (and remembers it), then the cookie, then the browser; Chinese when in doubt.</summary>
internal static class Language
{
    public static IApplicationBuilder UseLanguage(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var asked = context.Request.Query["lang"].ToString();
        if (asked is "zh" or "en")
            context.Response.Cookies.Append(Texts.LanguageCookie, asked, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        var language = asked is "zh" or "en" ? asked : Remembered(context.Request);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = language == "en" ? Texts.English : Texts.Chinese;
        context.Response.Headers.ContentLanguage = language == "en" ? "en" : "zh-CN";
        return next(context);
    });

    private static string Remembered(HttpRequest request)
    {
        if (request.Cookies.TryGetValue(Texts.LanguageCookie, out var kept) && kept is "zh" or "en")
            return kept!;
        var first = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault();
        return first?.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? "en" : "zh";
    }
}
