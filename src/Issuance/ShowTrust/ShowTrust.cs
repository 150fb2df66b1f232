using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>A key as the public sees it.</summary>
public sealed record ShownKey(Guid Id, string Fingerprint, SignatureAlgorithm Algorithm, KeyState State, bool HeldHere, DateTimeOffset? Since, DateOnly? ValidTo, DateTimeOffset? EndedAt, string? EndReason, long? DistrustAfterLeaf,
    string ProposedByName, DateTimeOffset ProposedAt, Guid ProposedBy, int Version);

/// <summary>An authorisation as the public sees it.</summary>
public sealed record ShownAuthorisation(Guid Id, DocumentKind Kind, string Number, DateOnly ValidFrom, DateOnly? ValidTo, DateTimeOffset? WithdrawnAt, bool Holds, int Version);

/// <summary>An institution that issues or issued.</summary>
public sealed record ShownInstitution(Organisation Organisation, IReadOnlyList<ShownAuthorisation> Authorisations, IReadOnlyList<ShownKey> Keys)
{
    public string ShownName => Texts.Pick(Organisation.Name, Organisation.NameEn);
}

/// <summary>信任: who may issue what, with which keys, since when; for people as a page, for programs as signed lists.</summary>
public sealed class ShowTrust(PlumblineDb db, TimeProvider clock)
{
    /// <summary>Every institution with authorisations or keys; proposed keys only where <paramref name="actor"/> has to do with them.</summary>
    public async Task<IReadOnlyList<ShownInstitution>> ListAsync(Actor actor, CancellationToken cancel = default)
    {
        var authorisations = await db.IssuingAuthorisations.AsNoTracking().ToListAsync(cancel);
        var keys = await db.IssuingKeys.AsNoTracking().ToListAsync(cancel);
        var ids = authorisations.Select(a => a.OrganisationId).Concat(keys.Select(k => k.OrganisationId)).ToHashSet();
        var list = new List<ShownInstitution>();
        foreach (var organisation in await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).OrderBy(o => o.Code).ToListAsync(cancel))
        {
            var inside = actor.MayKeepKeysOf(organisation.Id) || await db.MaySuperviseAsync(actor, organisation, cancel);
            var shown = new ShownInstitution(organisation, [.. authorisations.Where(a => a.OrganisationId == organisation.Id).OrderBy(a => a.Kind).ThenBy(a => a.ValidFrom).Select(Show)],
                [.. keys.Where(k => k.OrganisationId == organisation.Id && (inside || k.ConfirmedAt is not null)).OrderBy(k => k.ProposedAt).Select(Show)]);
            if (shown.Authorisations.Count + shown.Keys.Count > 0)
                list.Add(shown);
        }
        return list;
    }

    private ShownAuthorisation Show(IssuingAuthorisation a) => new(a.Id, a.Kind, a.Number, a.ValidFrom, a.ValidTo, a.WithdrawnAt, a.Covers(EventRules.DayOf(clock.GetUtcNow())), a.Version);

    private static ShownKey Show(IssuingKey k) => new(k.Id, k.Fingerprint, k.Algorithm, k.State, k.HeldHere, k.ConfirmedAt, k.ValidTo, k.EndedAt, k.EndReason, k.DistrustAfterLeaf, k.ProposedByName, k.ProposedAt, k.ProposedBy, k.Version);
}

/// <summary>The signed lists, as files.</summary>
internal static class TrustRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/trust/list.json", ListAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/trust/list.sig.json", SignaturesAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/trust/revoked", RevokedAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/trust/root.crt", (KeyAuthority authority) => Results.Bytes(authority.Root.Der.ToArray(), "application/pkix-cert", "root.crt")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/trust/policy", (LogHost log) => Results.Text(log.PolicyText)).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(TrustLists lists, HttpResponse response, CancellationToken cancel) =>
        Answer(response, (await lists.NewestAsync(cancel))?.Content, "application/json");

    private static async Task<IResult> SignaturesAsync(TrustLists lists, HttpResponse response, CancellationToken cancel) =>
        Answer(response, (await lists.NewestAsync(cancel))?.Signatures, "application/json");

    private static async Task<IResult> RevokedAsync(RevocationLists lists, HttpResponse response, CancellationToken cancel) =>
        Answer(response, (await lists.NewestAsync(cancel))?.Content, "application/octet-stream");

    // A page of another host may read them: they are signed, and meant for everybody.
    private static IResult Answer(HttpResponse response, byte[]? content, string type)
    {
        if (content is null)
            return Results.NotFound();
        response.Headers.CacheControl = "public, max-age=60";
        response.Headers.AccessControlAllowOrigin = "*";
        return Results.Bytes(content, type);
    }
}
