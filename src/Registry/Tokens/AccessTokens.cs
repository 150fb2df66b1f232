using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <param name="Name">What the person calls it.</param>
/// <param name="Scopes">Some of <see cref="Registry.Scopes.All"/>.</param>
/// <param name="ExpiresOn">Last day on which it works.</param>
internal sealed record NewTokenRequest(string? Name, string[]? Scopes, DateOnly? ExpiresOn);

/// <param name="Secret">Shown once and never again.</param>
internal sealed record NewToken(Guid Id, string Name, string Secret, string[] Scopes, DateTimeOffset ExpiresAt);

internal sealed record TokenSummary(Guid Id, string Name, string Start, string[] Scopes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <summary>A person's own access tokens: made, listed, revoked. A token cannot make tokens.</summary>
internal sealed class AccessTokens(PlumblineDb db, Actor actor, Rules rules, LocalTime time)
{
    public async Task<Outcome<NewToken>> CreateAsync(NewTokenRequest request, CancellationToken cancel = default)
    {
        if (actor.PersonId is not { } person || actor.Scopes is not null)
            return OutcomeKind.Forbidden;
        var longest = await rules.Get("SEC.token-days", cancel: cancel);
        var refusals = Check(request, time.Today, longest.WholeAmount).ToArray();
        if (refusals.Length > 0)
            return refusals;
        var secret = "pl_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var token = new AccessToken
        {
            Id = Guid.CreateVersion7(time.Now), PersonId = person, Name = request.Name!.Trim(), Hash = HashOf(secret), Start = secret[..9],
            Scopes = string.Join(' ', Scopes.All.Intersect(request.Scopes!)), CreatedAt = time.Now, ExpiresAt = time.EndOf(request.ExpiresOn!.Value),
        };
        db.AccessTokens.Add(token);
        await db.SaveChangesAsync(cancel);
        return new NewToken(token.Id, token.Name, secret, token.Scopes.Split(' '), token.ExpiresAt);
    }

    internal static IEnumerable<Refusal> Check(NewTokenRequest request, DateOnly today, int longestDays)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Trim().Length > 80)
            yield return new("token-name", "name", 80);
        var unknown = (request.Scopes ?? []).Except(Scopes.All).ToArray();
        if (request.Scopes is not { Length: > 0 } || unknown.Length > 0)
            yield return new("token-scopes", "scopes", string.Join(", ", unknown), string.Join(", ", Scopes.All));
        if (request.ExpiresOn is not { } day || day < today || day > today.AddDays(longestDays))
            yield return new("token-expiry", "expiresOn", today, today.AddDays(longestDays));
    }

    public async Task<IReadOnlyList<TokenSummary>> ListAsync(CancellationToken cancel = default) =>
        [.. (await db.AccessTokens.AsNoTracking().Where(t => t.PersonId == actor.PersonId).OrderByDescending(t => t.CreatedAt).ToListAsync(cancel))
            .Select(t => new TokenSummary(t.Id, t.Name, t.Start, t.Scopes.Split(' '), t.CreatedAt, t.ExpiresAt, t.LastUsedAt, t.RevokedAt))];

    public async Task<Outcome<Done>> RevokeAsync(Guid id, CancellationToken cancel = default)
    {
        if (await db.AccessTokens.FirstOrDefaultAsync(t => t.Id == id && t.PersonId == actor.PersonId, cancel) is not { } token)
            return OutcomeKind.NotFound;
        token.RevokedAt ??= time.Now;
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    internal static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static void Map(IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/api/tokens").RequireAuthorization(Access.SignedIn).WithTags("Tokens");
        tokens.MapGet("/", (AccessTokens access, CancellationToken cancel) => access.ListAsync(cancel)).WithSummary("Your access tokens");
        tokens.MapPost("/", async (NewTokenRequest request, AccessTokens access, Texts texts, CancellationToken cancel) =>
            (await access.CreateAsync(request, cancel)).ToHttp(texts, made => Results.Created($"/api/tokens/{made.Id}", made)))
            .Produces<NewToken>(StatusCodes.Status201Created).WithSummary("Makes an access token; the secret is in this answer only");
        tokens.MapDelete("/{id:guid}", async (Guid id, AccessTokens access, Texts texts, CancellationToken cancel) =>
            (await access.RevokeAsync(id, cancel)).ToHttp(texts, _ => Results.NoContent()))
            .Produces(StatusCodes.Status204NoContent).WithSummary("Revokes an access token");
    }
}
