using Microsoft.AspNetCore.Http;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

public sealed record EndCirculationRequest
{
    /// <summary>Why it ends although a transfer standard is not back.</summary>
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

public sealed record StateReceipt(string Code, ComparisonState State, int Version);

/// <summary>流转结束: the transfer standards are back, from here on results are only collected.</summary>
public sealed class EndCirculation(PlumblineDb db, TimeProvider clock)
{
    public const string Action = "end-circulation";

    public async Task<Outcome<StateReceipt>> RunAsync(string code, EndCirculationRequest request, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || (actor != Actor.System && !actor.MaySee(comparison)))
            return OutcomeKind.NotFound;
        if (ComparisonWorkflow.Moves.Find(comparison.State, Action) is null)
            return new Refusal("move-not-now", null, comparison.Code, comparison.State);
        if (actor != Actor.System && !actor.MayMove(comparison, Action))
            return OutcomeKind.Forbidden;
        if (request.Version is { } version && version != comparison.Version)
            return OutcomeKind.Conflict;
        var refusals = Refusals(comparison, request, actor == Actor.System).ToArray();
        if (refusals.Length > 0)
            return refusals;
        db.ComparisonEvents.Add(comparison.Move(Action, actor, clock.GetUtcNow(), string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim()));
        return await db.TrySaveAsync(cancel) ? new StateReceipt(comparison.Code, comparison.State, comparison.Version) : OutcomeKind.Conflict;
    }

    /// <summary>What is still away, unless a reason is given; at the deadline the results are collected whatever travels.</summary>
    internal static IEnumerable<Refusal> Refusals(Comparison comparison, EndCirculationRequest request, bool atDeadline)
    {
        if (atDeadline || !string.IsNullOrWhiteSpace(request.Reason))
            yield break;
        foreach (var standard in comparison.TransferStandards.OrderBy(s => s.Ordinal))
        {
            if (comparison.CurrentLeg(standard.Id) is { } leg)
                yield return new("circulation-not-over", "Reason", Texts.Pick(standard.Name, standard.NameEn), leg.Ordinal, leg.State);
        }
    }

    internal static async Task<IResult> Post(string code, EndCirculationRequest request, EndCirculation handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, request, actor, cancel)).ToHttp(texts);
}
