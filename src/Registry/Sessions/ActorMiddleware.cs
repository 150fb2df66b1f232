using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Says, for every request, who acts, from where and by what: the person's roles as they are now, not as they were at sign-in.</summary>
internal sealed class ActorMiddleware(RequestDelegate next, AccessSettings settings, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http, ActorContext actors, PlumblineDb db, Rules rules, Texts texts)
    {
        actors.Address = http.Connection.RemoteIpAddress?.ToString();
        actors.Action = $"{http.Request.Method} {http.Request.Path}";
        if (http.User.PersonId() is { } id)
        {
            var person = await FindAsync(db, id, http.RequestAborted);
            actors.Actor = person is null ? Actor.Anonymous : person.ToActor(ScopesOf(http.User));
            if (person is null)
                http.User = new ClaimsPrincipal(new ClaimsIdentity());
            else if (await OwesAsync(person, rules, http.RequestAborted) is var (duty, refusal) && !IsFree(http.Request.Path, duty))
            {
                await SendToDutyAsync(http, texts, duty, refusal);
                return;
            }
        }
        await next(http);
    }

    private static Task<Found?> FindAsync(PlumblineDb db, Guid id, CancellationToken cancel)
    {
        var (memberships, organisations) = (db.Memberships, db.Organisations);
        return db.People.AsNoTracking().Where(p => p.Id == id && p.DisabledAt == null)
            .Select(p => new Found(p.Id, p.Name, p.Duty, p.TwoFactorEnabled, p.IsDemonstration, p.PasswordChangedAt,
                memberships.Where(m => m.PersonId == p.Id && m.Until == null)
                    .Join(organisations.Where(o => o.State == OrganisationState.Active), m => m.OrganisationId, o => o.Id, (m, o) => new ActorRole(o.Id, o.Code, o.Name, o.Kind, m.Role, o.NameEn)).ToList()))
            .SingleOrDefaultAsync(cancel);
    }

    private static HashSet<string>? ScopesOf(ClaimsPrincipal user) =>
        user.Identities.Any(i => i.AuthenticationType == Access.TokenScheme) ? [.. user.FindAll(Access.ScopeClaim).Select(c => c.Value)] : null;

    /// <summary>What the person has to do before anything else: where, and how the API says it.</summary>
    private async ValueTask<(string Where, string Refusal)?> OwesAsync(Found person, Rules rules, CancellationToken cancel) =>
        MustEnrol(person) ? ("/account/second-factor", "second-factor-required")
        : MustChangePassword(person, await AccessRules.ReadAsync(rules, cancel)) ? ("/account/password", "password-old")
        : null;

    private bool MustChangePassword(Found person, AccessRules limits) =>
        limits.PasswordDays > 0 && !person.IsDemonstration && person.PasswordChangedAt is { } changed && clock.GetUtcNow() - changed > TimeSpan.FromDays(limits.PasswordDays);

    private bool MustEnrol(Found person) =>
        !person.TwoFactorEnabled && !(person.IsDemonstration && settings.Demonstration) && (person.Duty != AdministratorDuty.None || settings.RequireSecondFactor);

    private static bool IsFree(PathString path, string duty) => path.StartsWithSegments(duty) || path.StartsWithSegments("/sign-out") || path.StartsWithSegments("/assets") || path.StartsWithSegments("/health");

    private static Task SendToDutyAsync(HttpContext http, Texts texts, string duty, string refusal)
    {
        if (http.Request.IsApi())
            return ProblemResults.Problem(texts, StatusCodes.Status403Forbidden, new Refusal(refusal)).ExecuteAsync(http);
        http.Response.Redirect(duty);
        return Task.CompletedTask;
    }

    private sealed record Found(Guid Id, string Name, AdministratorDuty Duty, bool TwoFactorEnabled, bool IsDemonstration, DateTimeOffset? PasswordChangedAt, List<ActorRole> Roles)
    {
        public Actor ToActor(IReadOnlySet<string>? scopes) => new(Id, Name, Duty, Roles) { Scopes = scopes };
    }
}
