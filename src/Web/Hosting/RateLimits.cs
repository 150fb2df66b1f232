using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Web;

/// <summary>How many requests a minute one address, one person and one address that signs in may make (<c>Plumbline:Limits:…</c>).</summary>
internal static class RateLimits
{
    // Guessing passwords, codes and links happens here.
    private static readonly string[] SignInPaths = ["/sign-in", "/forgotten-password", "/reset-password", "/organisations/register", "/invitations", "/account/password", "/account/second-factor"];

    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration settings)
    {
        var anonymous = settings.GetValue("Plumbline:Limits:AnonymousPerMinute", 600);
        var person = settings.GetValue("Plumbline:Limits:PersonPerMinute", 1200);
        var signIn = settings.GetValue("Plumbline:Limits:SignInPerMinute", 30);
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = RejectAsync;
            options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http => IsFree(http) ? Free()
                    : http.RequestServices.GetRequiredService<ActorContext>().Actor.PersonId is { } id ? PerMinute($"person {id}", person)
                    : PerMinute(AddressOf(http), anonymous)),
                PartitionedRateLimiter.Create<HttpContext, string>(http =>
                    HttpMethods.IsPost(http.Request.Method) && SignInPaths.Any(p => http.Request.Path.StartsWithSegments(p)) ? PerMinute($"sign-in {AddressOf(http)}", signIn) : Free()));
        });
    }

    // The page that says "too many" is not itself one too many.
    private static bool IsFree(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/assets") || http.Request.Path.StartsWithSegments("/health") || http.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    private static RateLimitPartition<string> Free() => RateLimitPartition.GetNoLimiter("free");

    private static RateLimitPartition<string> PerMinute(string key, int permits) => RateLimitPartition.GetSlidingWindowLimiter(key,
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 });

    // One subscriber of IPv6 has a whole /64.
    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } six => new IPAddress([.. six.GetAddressBytes().Take(8), .. new byte[8]]).ToString(),
        var four => four.MapToIPv4().ToString(),
    };

    private static async ValueTask RejectAsync(OnRejectedContext context, CancellationToken cancel)
    {
        var http = context.HttpContext;
        // A sliding window cannot say when: the next of its segments ends in ten seconds at most.
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 10;
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        if (Problems.IsApi(http.Request))
            await ProblemResults.Problem(Problems.Texts(http), StatusCodes.Status429TooManyRequests, new Refusal("too-many", null, wait)).ExecuteAsync(http);
    }
}
