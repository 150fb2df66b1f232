using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal static class PeopleRoutes
{
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/api/organisations/{code}").RequireAuthorization(Access.Business, Access.InPerson).WithTags("Registry");
        people.MapGet("/people", async (string code, ManagePeople manage, Texts texts, CancellationToken cancel) =>
            await manage.PeopleAsync(code, cancel) is { } found ? Results.Ok(found) : ProblemResults.Problem(texts, StatusCodes.Status404NotFound, new Refusal("not-found"))).Produces<OrganisationPeople>().WithName("ListPeople");
        people.MapPost("/invitations", async (string code, InviteRequest request, ManagePeople manage, Texts texts, CancellationToken cancel) =>
            (await manage.InviteAsync(code, request, cancel)).ToHttp(texts, link => Results.Created(link.Path, link))).Produces<InvitationLink>(201).WithName("InviteColleague");
        people.MapDelete("/invitations/{id:guid}", async (string code, Guid id, ManagePeople manage, Texts texts, CancellationToken cancel) =>
            (await manage.WithdrawAsync(code, id, cancel)).ToHttp(texts, _ => Results.NoContent())).Produces(204).WithName("WithdrawInvitation");
        people.MapPut("/people/{person:guid}/roles", async (string code, Guid person, List<Role> roles, ManagePeople manage, Texts texts, CancellationToken cancel) =>
            (await manage.SetRolesAsync(code, new() { PersonId = person, Roles = roles }, cancel)).ToHttp(texts, _ => Results.NoContent())).Produces(204).WithName("SetRoles");
    }
}
