using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Registry;

internal static class OrganisationRoutes
{
    public static void MapOrganisations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/organisations", (string? text, string? region, OrganisationKind? kind, int? page, FindOrganisations find, CancellationToken cancel) =>
            find.ListAsync(new(text, region, kind, page ?? 1), cancel)).AllowAnonymous().WithName("ListOrganisations").WithTags("Registry");
        routes.MapGet("/api/organisations/{code}", async (string code, FindOrganisations find, Texts texts, CancellationToken cancel) =>
            await find.OneAsync(code, cancel) is { } one ? Results.Ok(one) : ProblemResults.Problem(texts, StatusCodes.Status404NotFound, new Refusal("not-found"))).AllowAnonymous().Produces<OrganisationDetail>().WithName("GetOrganisation").WithTags("Registry");
        routes.MapGet("/api/regions", async (PlumblineDb db, CancellationToken cancel) =>
            await db.Regions.AsNoTracking().OrderBy(r => r.Code).Select(r => new { r.Code, r.Parent, r.Name, r.NameEn, r.ShortName, r.Type, r.Source }).ToListAsync(cancel)).AllowAnonymous().WithName("ListRegions").WithTags("Registry");
        routes.MapGet("/administration/regions/export.csv", async (PlumblineDb db, CancellationToken cancel) =>
            SheetAnswer.For("csv", "regions", new("regions", ["code", "name", "name_en", "parent", "short", "source"], (await db.Regions.AsNoTracking().OrderBy(r => r.Code).ToListAsync(cancel)).Where(r => r.Parent is not null)
                .Select(r => (IReadOnlyList<SheetCell>)[SheetCell.Of(r.Code), SheetCell.Of(r.Name), SheetCell.Of(r.NameEn), SheetCell.Of(r.Parent), SheetCell.Of(r.ShortName), SheetCell.Of(r.Source)])))).RequireAuthorization(Access.SystemAdministrator).ExcludeFromDescription();
    }
}
