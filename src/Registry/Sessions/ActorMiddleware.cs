using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Says, for every request, who acts, from where and by what: the person's roles as they are now, not as they were at sign-in.</summary>
internal sealed class ActorMiddleware(RequestDelegate next, AccessRules rules, SecondFactorExemption exemption)
{
    public async Task InvokeAsync(HttpContext http, ActorContext actors, PlumblineDb db, Texts texts)
    {
        actors.Address = http.Connection.RemoteIpAddress?.ToString();
        actors.Action = $"{http.Request.Method} {http.Request.Path}";
        if (http.User.PersonId() is { } id)
        {
            var person = await FindAsync(db, id, http.RequestAborted);
            actors.Actor = person is null ? Actor.Anonymous : person.ToActor(ScopesOf(http.User));
            if (person is null)
                http.User = new ClaimsPrincipal(new ClaimsIdentity());
            else if (MustEnrol(person, http))
            {
                await SendToEnrolmentAsync(http, texts);
                return;
            }
        }
        await next(http);
    }

    private static Task<Found?> FindAsync(PlumblineDb db, Guid id, CancellationToken cancel)
    {
        var (memberships, organisations) = (db.Memberships, db.Organisations);
        return db.People.AsNoTracking().Where(p => p.Id == id && p.DisabledAt == null)
            .Select(p => new Found(p.Id, p.Name, p.Duty, p.TwoFactorEnabled, p.IsDemonstration,
                memberships.Where(m => m.PersonId == p.Id && m.Until == null)
                    .Join(organisations.Where(o => o.State == OrganisationState.Active), m => m.OrganisationId, o => o.Id, (m, o) => new ActorRole(o.Id, o.Code, o.Name, o.Kind, m.Role)).ToList()))
            .SingleOrDefaultAsync(cancel);
    }

    private static HashSet<string>? ScopesOf(ClaimsPrincipal user) =>
        user.Identities.Any(i => i.AuthenticationType == Access.TokenScheme) ? [.. user.FindAll(Access.ScopeClaim).Select(c => c.Value)] : null;

    private bool MustEnrol(Found person, HttpContext http) =>
        !person.TwoFactorEnabled && !(person.IsDemonstration && exemption.Demonstration) && (person.Duty != AdministratorDuty.None || rules.RequireSecondFactor)
        && !http.Request.Path.StartsWithSegments("/account/second-factor") && !http.Request.Path.StartsWithSegments("/sign-out") && !http.Request.Path.StartsWithSegments("/assets");

    private static Task SendToEnrolmentAsync(HttpContext http, Texts texts)
    {
        if (http.Request.IsApi())
            return ProblemResults.Problem(texts, StatusCodes.Status403Forbidden, new Refusal("second-factor-required")).ExecuteAsync(http);
        http.Response.Redirect("/account/second-factor");
        return Task.CompletedTask;
    }

    private sealed record Found(Guid Id, string Name, AdministratorDuty Duty, bool TwoFactorEnabled, bool IsDemonstration, List<ActorRole> Roles)
    {
        public Actor ToActor(IReadOnlySet<string>? scopes) => new(Id, Name, Duty, Roles) { Scopes = scopes };
    }
}

/// <summary>Whether the demonstration's administrators may go without a second factor.</summary>
internal sealed record SecondFactorExemption(bool Demonstration);
