using Microsoft.AspNetCore.Authorization;

namespace Plumbline.Registry;

internal sealed record AccessRequirement(string Policy) : IAuthorizationRequirement;

/// <summary>Decides by the acting person, whichever scheme told who that is.</summary>
internal sealed class AccessHandler(ActorContext actors) : AuthorizationHandler<AccessRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (Access.Policies[requirement.Policy](actors.Actor))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
