using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Registry;

internal sealed record RuleView(Guid Id, string Code, string Table, string Item, string ItemEn, string Value, double? Number, string? Unit, RuleKind Kind, string Source, string? Clause,
    DateOnly? ValidFrom, DateOnly? ValidTo, RuleStatus Status, RuleState State, string? Note, string? Reason, string? ProposedBy, string? DecidedBy, DateTimeOffset? DecidedAt)
{
    public static RuleView Of(Rule r) => new(r.Id, r.Code, r.Table, r.Item, r.ItemEn, r.Value, r.Number, r.Unit, r.Kind, r.Source, r.Clause, r.ValidFrom, r.ValidTo, r.Status, r.State, r.Note, r.Reason,
        r.ProposedByName, r.DecidedByName, r.DecidedAt);
}

internal static class RuleRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var rules = routes.MapGroup("/api/rules").WithTags("Rules");
        rules.MapGet("/", ListAsync).AllowAnonymous().Produces<RuleView[]>().WithSummary("Rules in force on a day (today unless ?on=), by table and words");
        rules.MapGet("/{code}", HistoryAsync).AllowAnonymous().Produces<RuleView[]>().WithSummary("Every value that a rule had, has or will have, newest first");
        rules.MapPost("/proposals", async (ProposeRuleRequest request, ProposeRule propose, Texts texts, CancellationToken cancel) =>
            (await propose.RunAsync(request, cancel)).ToHttp(texts, rule => Results.Created($"/api/rules/{rule.Code}", RuleView.Of(rule))))
            .RequireAuthorization(Access.Business).RequireScope(Scopes.RegistryWrite).WithIdempotency().Produces<RuleView>(StatusCodes.Status201Created).WithSummary("Proposes a new value; another officer approves it");
        rules.MapPost("/proposals/{id:guid}/decision", async (Guid id, DecideRuleRequest request, DecideRule decide, Texts texts, CancellationToken cancel) =>
            (await decide.RunAsync(id, request, cancel)).ToHttp(texts, rule => Results.Ok(RuleView.Of(rule))))
            .RequireAuthorization(Access.Business).RequireScope(Scopes.RegistryWrite).WithIdempotency().Produces<RuleView>().WithSummary("Approves or turns down a proposal of somebody else");
        routes.MapGet("/rules/export.{format}", ExportAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(Rules rules, HttpContext http, Texts texts, string? table, string? q, DateOnly? on, CancellationToken cancel) =>
        (await rules.InForce(table, on, cancel)).Where(r => RuleSearch.Matches(r, q)).Select(RuleView.Of).ToArray().ToPage(http, texts);

    private static async Task<IResult> HistoryAsync(string code, PlumblineDb db, Texts texts, CancellationToken cancel)
    {
        var rows = await db.Rules.AsNoTracking().Where(r => r.Code == code && (r.State == RuleState.InForce || r.State == RuleState.Superseded)).ToListAsync(cancel);
        return rows.Count == 0
            ? ProblemResults.Problem(texts, StatusCodes.Status404NotFound, new Refusal("not-found"))
            : Results.Ok(rows.OrderByDescending(r => r.ValidFrom ?? DateOnly.MinValue).Select(RuleView.Of));
    }

    /// <summary>The rules in force as a table that the import takes back.</summary>
    private static async Task<IResult> ExportAsync(string format, Rules rules, string? table, string? q, CancellationToken cancel)
    {
        string[] columns = ["code", "table", "item_zh", "item_en", "value", "number", "unit", "kind", "source", "clause", "valid_from", "status", "note", "reason"];
        var rows = (await rules.InForce(table, cancel: cancel)).Where(r => RuleSearch.Matches(r, q)).Select(r => (IReadOnlyList<SheetCell>)
            [r.Code, r.Table, r.Item, r.ItemEn, r.Value, SheetCell.Of(r.Number), r.Unit, r.Kind.ToString(), r.Source, r.Clause, r.ValidFrom is { } from ? SheetCell.Of(from) : SheetCell.Blank, r.Status.ToString(), r.Note, SheetCell.Blank]);
        return SheetAnswer.For(format, "rules", new SheetTable("rules", columns, rows));
    }
}

internal static class RuleSearch
{
    /// <summary>Whether every word stands somewhere in the rule, in either language.</summary>
    public static bool Matches(Rule rule, string? words) =>
        (words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(word =>
            $"{rule.Code} {rule.Item} {rule.ItemEn} {rule.Value} {rule.Source} {rule.Clause} {rule.Note}".Contains(word, StringComparison.OrdinalIgnoreCase));
}
