using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Plumbline.Registry;

internal static class Principals
{
    public const string SessionClaim = "plumbline:session";

    extension(ClaimsPrincipal principal)
    {
        public Guid? PersonId() => Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
        public Guid? SessionId() => Guid.TryParse(principal.FindFirstValue(SessionClaim), out var id) ? id : null;
    }

    public static bool IsApi(this HttpRequest request) => request.Path.StartsWithSegments("/api");
}
