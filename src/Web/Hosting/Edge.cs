using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;

namespace Plumbline.Web;

/// <summary>Where the server meets the network: sizes, proxies, HTTPS, compression, how JSON is read and how it stops.</summary>
internal static class Edge
{
    public static void AddEdge(this WebApplicationBuilder builder)
    {
        var (services, settings) = (builder.Services, builder.Configuration);
        var largest = settings.GetValue("Plumbline:Limits:RequestBytes", 32L * 1024 * 1024);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = largest;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        services.Configure<FormOptions>(options => (options.MultipartBodyLengthLimit, options.ValueCountLimit, options.ValueLengthLimit) = (largest, 8192, 4 * 1024 * 1024));
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
        services.AddResponseCompression(options => (options.EnableForHttps, options.MimeTypes) = (true, ["text/html", "application/json", "application/problem+json", "text/csv", "image/svg+xml"]));
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.Configure<ForwardedHeadersOptions>(options => TrustProxies(options, settings["Plumbline:Proxies"]));
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
    }

    public static void UseEdge(this WebApplication app)
    {
        if (!string.IsNullOrWhiteSpace(app.Configuration["Plumbline:Proxies"]))
            app.UseForwardedHeaders();
        if (!app.Environment.IsProduction() || !HasHttps(app.Configuration))
            return;
        app.UseHsts();
        app.UseHttpsRedirection();
    }

    /// <summary>A page's form that is larger than the limits is refused for what it is, not as one that bears no antiforgery token.</summary>
    public static void UseFormLimits(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType && !Problems.IsApi(http.Request) && await RefusalOfAsync(http.Request) is { } status)
        {
            // The page that says so is read, not posted to.
            (http.Response.StatusCode, http.Request.Method) = (status, HttpMethods.Get);
            return;
        }
        await next(http);
    });

    // Read once: everybody after this finds the form where it is kept.
    private static async Task<int?> RefusalOfAsync(HttpRequest request)
    {
        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return null;
        }
        catch (InvalidDataException)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode;
        }
    }

    // An unknown member is a misspelt one; a value is never dropped in silence.
    private static void Configure(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter());
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
    }

    // Addresses and networks parted by commas, such as "10.0.0.5, 172.16.0.0/12".
    private static void TrustProxies(ForwardedHeadersOptions options, string? proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in (proxies ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (proxy.Contains('/', StringComparison.Ordinal))
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            else
                options.KnownProxies.Add(IPAddress.Parse(proxy));
        }
    }

    private static bool HasHttps(IConfiguration settings) =>
        settings.GetValue<bool?>("Plumbline:Https") ?? (settings["urls"]?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true
            || !string.IsNullOrEmpty(settings["https_ports"])
            || settings.GetSection("Kestrel:Endpoints").GetChildren().Any(e => e["Url"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true));
}
