using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Signs a program in by <c>Authorization: Bearer pl_…</c>.</summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, PlumblineDb db, TimeProvider clock, Texts texts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var hash = AccessTokens.HashOf(header["Bearer ".Length..].Trim());
        var token = await db.AccessTokens.AsNoTracking().FirstOrDefaultAsync(t => t.Hash == hash, Context.RequestAborted);
        var now = clock.GetUtcNow();
        if (token is null || !token.WorksAt(now))
            return AuthenticateResult.Fail("The token is unknown, expired or revoked.");
        if (token.LastUsedAt is not { } used || now - used > UsedEvery)
            await db.AccessTokens.Where(t => t.Id == token.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), Context.RequestAborted);
        var claims = token.Scopes.Split(' ').Select(scope => new Claim(Access.ScopeClaim, scope)).Append(new Claim(ClaimTypes.NameIdentifier, token.PersonId.ToString()));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Access.TokenScheme)), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemResults.Problem(texts, StatusCodes.Status401Unauthorized, new Refusal("token-invalid")).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemResults.Problem(texts, StatusCodes.Status403Forbidden, new Refusal("forbidden")).ExecuteAsync(Context);
}
