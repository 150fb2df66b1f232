using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>What is looked for.</summary>
/// <param name="Mine"><c>issued</c>: what my institutions issued; <c>received</c>: what was issued for them; else all I may read.</param>
public sealed record CertificateQuery(string? Text = null, DocumentKind? Kind = null, CertificateStanding? State = null, string? Mine = null, int Page = 1);

/// <summary>One line of the list.</summary>
public sealed record CertificateEntry(string Code, string Number, string Kind, string State, string Title, string? TitleEn, string Item, string? Model, string? Serial, string Issuer, string IssuerName, string? IssuerNameEn,
    DateTimeOffset IssuedAt, DateOnly? ValidUntil, bool IsPublic);

public sealed record CertificateList(IReadOnlyList<CertificateEntry> Items, int Page, int Pages, int Total);

/// <summary>查询证书: what the reader may read, newest first. The public finds what is public; anything else by its number on the page of the certificate.</summary>
public sealed class FindCertificates(PlumblineDb db)
{
    private const int PageSize = 50;

    public async Task<CertificateList> ListAsync(CertificateQuery query, Actor actor, CancellationToken cancel = default)
    {
        var own = actor.Roles.Select(r => r.OrganisationId).Distinct().ToArray();
        var found = db.IssuedCertificates.AsNoTracking();
        found = query.Mine switch
        {
            "issued" => found.Where(c => own.Contains(c.OrganisationId)),
            "received" => found.Where(c => c.CustomerId != null && own.Contains(c.CustomerId.Value)),
            _ => found.Where(c => c.IsPublic || own.Contains(c.OrganisationId) || c.CustomerId != null && own.Contains(c.CustomerId.Value)),
        };
        if (query.Kind is { } kind)
            found = found.Where(c => c.Kind == kind);
        if (query.State is { } state)
            found = found.Where(c => c.State == state);
        if (query.Text?.Trim() is { Length: > 0 } text)
        {
            var code = CertificateId.TryParse(text, out var id) ? id.ToString() : null;
            var pattern = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            found = found.Where(c => c.Code == code || EF.Functions.Like(c.Number, pattern, "\\") || EF.Functions.Like(c.Title, pattern, "\\") || EF.Functions.Like(c.Item, pattern, "\\")
                || c.Serial != null && EF.Functions.Like(c.Serial, pattern, "\\") || c.Model != null && EF.Functions.Like(c.Model, pattern, "\\"));
        }
        var total = await found.CountAsync(cancel);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        var page = Math.Clamp(query.Page, 1, pages);
        var organisations = db.Organisations;
        var items = await found.OrderByDescending(c => c.IssuedAt).ThenByDescending(c => c.StatusIndex).Skip((page - 1) * PageSize).Take(PageSize)
            .Join(organisations, c => c.OrganisationId, o => o.Id, (c, o) => new { c, o.Code, o.Name, o.NameEn }).ToListAsync(cancel);
        return new([.. items.Select(x => new CertificateEntry(x.c.Code, x.c.Number, x.c.Kind.ToString(), x.c.State.ToString(), x.c.Title, x.c.TitleEn, x.c.Item, x.c.Model, x.c.Serial, x.Code, x.Name, x.NameEn,
            x.c.IssuedAt, x.c.ValidUntil, x.c.IsPublic))], page, pages, total);
    }

    internal static async Task<IResult> Get(string? text, DocumentKind? kind, CertificateStanding? state, string? mine, int? page, FindCertificates find, Actor actor, CancellationToken cancel) =>
        Results.Ok(await find.ListAsync(new(text, kind, state, mine, page ?? 1), actor, cancel));
}
