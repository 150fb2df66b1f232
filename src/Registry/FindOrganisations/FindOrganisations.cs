using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record OrganisationFilter(string? Text = null, string? Region = null, OrganisationKind? Kind = null, int Page = 1);

/// <summary>What everybody may know of an organisation.</summary>
internal sealed record OrganisationSummary(string Code, string Name, string? NameEn, string? CreditCode, string Kind, string State, string Region, string RegionName, bool IsDemonstration)
{
    public string ShownName => Texts.Pick(Name, NameEn);
}

internal sealed record OrganisationList(IReadOnlyList<OrganisationSummary> Items, int Total, int Page, int Pages);

/// <summary>An organisation's page. Contacts are shown to people who are signed in for business.</summary>
internal sealed record OrganisationDetail(OrganisationSummary Organisation, string? Address, DateTimeOffset RegisteredAt, string? ContactName, string? Telephone, string? Email);

/// <summary>The public register of organisations.</summary>
internal sealed class FindOrganisations(PlumblineDb db, Actor actor, Texts texts)
{
    private const int PageSize = 30;
    private static readonly OrganisationState[] Public = [OrganisationState.Active, OrganisationState.Suspended];

    public async Task<RegionTree> RegionsAsync(CancellationToken cancel = default) => new(await db.Regions.AsNoTracking().ToListAsync(cancel));

    public async Task<OrganisationList> ListAsync(OrganisationFilter filter, CancellationToken cancel = default)
    {
        var regions = await RegionsAsync(cancel);
        var found = db.Organisations.AsNoTracking().Where(o => Public.Contains(o.State));
        if (filter.Kind is { } kind)
            found = found.Where(o => o.Kind == kind);
        if (!string.IsNullOrEmpty(filter.Region))
        {
            var within = regions.Downward(filter.Region);
            found = found.Where(o => within.Contains(o.Region));
        }
        if (filter.Text?.Trim() is { Length: > 0 } text)
        {
            var small = text.ToLowerInvariant();
            found = found.Where(o => o.Name.ToLower().Contains(small) || o.Code.ToLower().Contains(small) || o.NameEn!.ToLower().Contains(small) || o.CreditCode == text.ToUpperInvariant());
        }
        var total = await found.CountAsync(cancel);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        var page = Math.Clamp(filter.Page, 1, pages);
        var rows = await found.OrderBy(o => o.Code).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new([.. rows.Select(o => Summarise(o, regions))], total, page, pages);
    }

    public async Task<OrganisationDetail?> OneAsync(string code, CancellationToken cancel = default)
    {
        if (await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Code == code && Public.Contains(o.State), cancel) is not { } o)
            return null;
        var contacts = Access.Policies[Access.Business](actor);
        return new(Summarise(o, await RegionsAsync(cancel)), o.Address, o.RegisteredAt, contacts ? o.ContactName : null, contacts ? o.Telephone : null, contacts ? o.Email : null);
    }

    private OrganisationSummary Summarise(Organisation o, RegionTree regions) =>
        new(o.Code, o.Name, o.NameEn, o.CreditCode, o.Kind.ToString(), o.State.ToString(), o.Region, regions.Find(o.Region) is { } region ? Texts.Pick(region.Name, region.NameEn) : o.Region == RegionTree.Foreign ? texts["region.foreign"] : o.Region, o.IsDemonstration);
}
