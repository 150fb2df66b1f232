using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Ties the cookie to a row of the session table: made at sign-in, checked on every request, ended at sign-out or from anywhere else.</summary>
internal sealed class SessionCookie(PlumblineDb db, ActorContext actors, Rules rules, Texts texts, TimeProvider clock, IOptions<IdentityOptions> identity) : CookieAuthenticationEvents
{
    // Writing the time last seen on every request would make each page a write.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    public override async Task SigningIn(CookieSigningInContext context)
    {
        var (http, principal) = (context.HttpContext, context.Principal!);
        var person = await db.People.SingleAsync(p => p.Id == principal.PersonId());
        if (!actors.Actor.IsSignedIn)
            actors.Actor = new Actor(person.Id, person.Name, person.Duty, []);
        // A renewed cookie (after a change of password) stays the same session.
        var session = http.User.PersonId() == person.Id ? http.User.SessionId() : null;
        if (session is null)
        {
            var now = clock.GetUtcNow();
            session = Guid.CreateVersion7(now);
            var agent = http.Request.Headers.UserAgent.ToString();
            db.Sessions.Add(new Session { Id = session.Value, PersonId = person.Id, StartedAt = now, SeenAt = now, Address = http.Connection.RemoteIpAddress?.ToString(), UserAgent = agent[..Math.Min(agent.Length, 300)] });
            await db.SaveChangesAsync();
        }
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Principals.SessionClaim, session.Value.ToString()));
        http.Response.Cookies.Append(Texts.LanguageCookie, person.Language, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var (session, person) = (context.Principal!.SessionId(), context.Principal!.PersonId());
        var now = clock.GetUtcNow();
        var people = db.People;
        var found = await db.Sessions.AsNoTracking()
            .Where(s => s.Id == session && s.PersonId == person && s.EndedAt == null)
            .Select(s => new { s.StartedAt, s.SeenAt, Stamp = people.Where(p => p.Id == s.PersonId).Select(p => p.SecurityStamp).Single() })
            .SingleOrDefaultAsync(context.HttpContext.RequestAborted);
        var limits = await AccessRules.ReadAsync(rules, context.HttpContext.RequestAborted);
        if (found is null || now - found.SeenAt > TimeSpan.FromMinutes(limits.IdleMinutes) || now - found.StartedAt > TimeSpan.FromHours(limits.SessionHours) || found.Stamp != context.Principal!.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }
        if (now - found.SeenAt >= SeenEvery)
            await db.Sessions.Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), context.HttpContext.RequestAborted);
    }

    public override async Task SigningOut(CookieSigningOutContext context)
    {
        if (context.HttpContext.User.SessionId() is not { } id || await db.Sessions.SingleOrDefaultAsync(s => s.Id == id && s.EndedAt == null) is not { } session)
            return;
        session.EndedAt = clock.GetUtcNow();
        await db.SaveChangesAsync();
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.IsApi())
            return ProblemResults.Problem(texts, StatusCodes.Status401Unauthorized).ExecuteAsync(context.HttpContext);
        context.Response.Redirect("/sign-in?returnUrl=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
        return Task.CompletedTask;
    }

    /// <summary>A page that says so, at the same address, instead of a redirection that would hide the status.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.IsApi())
            return ProblemResults.Problem(texts, StatusCodes.Status403Forbidden, new Refusal("forbidden")).ExecuteAsync(context.HttpContext);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
