using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal static class AccountRoutes
{
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/api/account").RequireAuthorization(Access.InPerson).WithTags("Registry");
        account.MapGet("/sessions", (ManageAccount manage, HttpContext http, CancellationToken cancel) => manage.SessionsAsync(http, cancel)).WithName("ListSessions");
        account.MapDelete("/sessions/{id:guid}", async (Guid id, ManageAccount manage, Texts texts, CancellationToken cancel) => (await manage.EndAsync(id, cancel)).ToHttp(texts, _ => Results.NoContent())).Produces(204).WithName("EndSession");
        account.MapPost("/sessions/end-others", async (ManageAccount manage, HttpContext http, Texts texts, CancellationToken cancel) => (await manage.EndOthersAsync(http, cancel)).ToHttp(texts, _ => Results.NoContent())).Produces(204).WithName("EndOtherSessions");
        // Also what a token's holder asks first: who am I here?
        routes.MapGet("/api/account", (Actor actor) => new
        {
            actor.PersonId, actor.Name, Duty = actor.Duty.ToString(),
            Roles = actor.Roles.Select(r => new { Organisation = r.OrganisationCode, Role = r.Role.ToString() }), actor.Scopes,
        }).RequireAuthorization(Access.SignedIn).WithName("WhoAmI").WithTags("Registry");
    }
}
