using Microsoft.AspNetCore.Http;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

public sealed record OpenResultsRequest
{
    /// <summary>Why the results are opened without the pilot laboratory's own.</summary>
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

/// <param name="Missing">Codes of the laboratories from which nothing came.</param>
/// <param name="NotEvaluated">Why the first evaluation could not be made; empty when it was.</param>
public sealed record OpeningReceipt(string Code, ComparisonState State, int Version, IReadOnlyList<string> Missing, IReadOnlyList<Refusal> NotEvaluated);

/// <summary>How things stand before the opening.</summary>
public sealed record OpeningReview(Comparison Comparison, string Action, IReadOnlySet<Guid> Received, IReadOnlyList<Refusal> Refusals);

/// <summary>结果启封: ends the seal, once, and has the results evaluated.</summary>
public sealed class OpenResults(PlumblineDb db, TimeProvider clock, Notices notices, IEnumerable<AfterOpening> after)
{
    /// <summary>What stands against the opening, without opening.</summary>
    public async Task<Outcome<OpeningReview>> ReviewAsync(string code, string? reason, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || (actor != Actor.System && !actor.MaySee(comparison)))
            return OutcomeKind.NotFound;
        var received = await db.ReceivedFromAsync(comparison, cancel);
        var withoutPilot = OpenResultsRules.IsWithoutPilot(comparison, received);
        var action = withoutPilot ? "open-without-pilot" : "open-results";
        if (ComparisonWorkflow.Moves.Find(comparison.State, action) is null)
            return actor == Actor.System || actor.TakesPart(comparison) ? new Refusal("move-not-now", null, comparison.Code, comparison.State) : OutcomeKind.Forbidden;
        if (withoutPilot && actor.MayMove(comparison, "open-results"))
            return new Refusal("opening-pilot-missing");
        if (actor == Actor.System ? withoutPilot : !actor.MayMove(comparison, action))
            return OutcomeKind.Forbidden;
        return new OpeningReview(comparison, action, received, [.. OpenResultsRules.Refusals(comparison, received, reason, clock.GetUtcNow())]);
    }

    public async Task<Outcome<OpeningReceipt>> RunAsync(string code, OpenResultsRequest request, Actor actor, CancellationToken cancel = default)
    {
        Comparison comparison;
        string[] missing;
        await using (var transaction = await db.BeginOnComparisonAsync(code, exclusive: true, cancel))
        {
            var review = await ReviewAsync(code, request.Reason, actor, cancel);
            if (review.Value is not { } found)
                return review.Kind == OutcomeKind.Refused ? review.Refusals.ToArray() : review.Kind;
            if (request.Version is { } version && version != found.Comparison.Version)
                return OutcomeKind.Conflict;
            if (found.Refusals.Count > 0)
                return found.Refusals.ToArray();
            comparison = found.Comparison;
            missing = [.. comparison.Confirmed.Where(p => !found.Received.Contains(p.Id)).Select(p => p.LaboratoryCode ?? "?").Order(StringComparer.Ordinal)];
            db.ComparisonEvents.Add(comparison.Move(found.Action, actor, clock.GetUtcNow(), Note(request.Reason, missing)));
            await TellAsync(comparison, missing, cancel);
            if (!await db.TrySaveAsync(cancel))
                return OutcomeKind.Conflict;
            if (transaction is not null)
                await transaction.CommitAsync(cancel);
        }
        var notEvaluated = new List<Refusal>();
        foreach (var next in after)
            notEvaluated.AddRange(await next(code, cancel));
        return new OpeningReceipt(comparison.Code, comparison.State, comparison.Version, missing, notEvaluated);
    }

    private static string? Note(string? reason, string[] missing) =>
        string.Join(" · ", new[] { reason?.Trim(), missing.Length > 0 ? $"− {string.Join(", ", missing)}" : null }.Where(n => !string.IsNullOrEmpty(n))) is { Length: > 0 } note ? note : null;

    private async Task TellAsync(Comparison comparison, string[] missing, CancellationToken cancel)
    {
        (Guid, Role[])[] all =
        [
            (comparison.PilotId, [Role.PilotCoordinator, Role.PilotMetrologist]), (comparison.OrganiserId, [Role.Organiser]),
            .. comparison.Confirmed.Where(p => !p.IsPilot).Select(p => (p.OrganisationId, new[] { Role.TechnicalContact, Role.QualityContact })),
        ];
        foreach (var (organisation, roles) in all)
            await notices.AddToRoleAsync(organisation, roles, "results-opened", $"/comparisons/{comparison.Code}", [comparison.Code, new Bilingual(comparison.Title, comparison.TitleEn), comparison.Confirmed.Count() - missing.Length, comparison.Confirmed.Count()], cancel);
    }

    internal static async Task<IResult> Post(string code, OpenResultsRequest request, OpenResults handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, request, actor, cancel)).ToHttp(texts);
}
