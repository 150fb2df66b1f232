using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>How to lay the route out anew.</summary>
internal sealed record GenerateRequest
{
    public string? Start { get; set; }
    public string? Stay { get; set; } = "14";
    public string? PilotStay { get; set; } = "14";
    public string? Transport { get; set; } = "5";
    public string? PerPetal { get; set; } = "3";
}

/// <summary>One stay as typed.</summary>
internal sealed record StayRow
{
    /// <summary>Number of the transfer standard, from 1.</summary>
    public string? Standard { get; set; }
    public Guid? Participant { get; set; }
    public string? Loop { get; set; }
    public string? Arrival { get; set; }
    public string? Departure { get; set; }

    internal bool IsBlank => Participant is null && string.IsNullOrWhiteSpace(string.Concat(Arrival, Departure));
}

internal sealed record RouteRequest
{
    public List<StayRow> Stays { get; set; } = [];
    public int? Version { get; set; }
}

internal sealed record RouteReceipt(int Legs, DateOnly? Ends, int Version);

/// <summary>Plans where each transfer standard stays and when: laid out by the kind of route, or row by row.</summary>
internal sealed class PlanRoute(PlumblineDb db, LocalTime time)
{
    public async Task<Outcome<RouteReceipt>> GenerateAsync(string code, GenerateRequest request, Actor actor, CancellationToken cancel)
    {
        var (comparison, problem) = await FindAsync(code, actor, null, cancel);
        if (comparison is null)
            return problem;
        var refusals = RouteRules.Refusals(comparison, request).ToArray();
        if (refusals.Length > 0)
            return refusals;
        var laboratories = comparison.Confirmed.Where(p => !p.IsPilot).OrderBy(p => p.DecidedAt).ThenBy(p => p.Id).Select(p => p.Id).ToArray();
        var stays = RoutePattern.Generate(comparison.Route, RouteRules.Plan(request), [.. comparison.TransferStandards.Select(s => s.Id)], comparison.PilotParticipant!.Id, laboratories);
        return await SaveAsync(comparison, stays, actor, cancel);
    }

    public async Task<Outcome<RouteReceipt>> RunAsync(string code, RouteRequest request, Actor actor, CancellationToken cancel)
    {
        var (comparison, problem) = await FindAsync(code, actor, request.Version, cancel);
        if (comparison is null)
            return problem;
        var refusals = RouteRules.Refusals(comparison, request).ToArray();
        if (refusals.Length > 0)
            return refusals;
        var ordinals = new Dictionary<int, int>();
        var rows = from row in request.Stays
                   where !row.IsBlank
                   let standard = int.Parse(row.Standard!, CultureInfo.InvariantCulture)
                   let arrival = RouteRules.Day(row.Arrival)!.Value
                   orderby standard, arrival
                   select new PlannedStay(comparison.TransferStandards.Single(s => s.Ordinal == standard).Id, row.Participant!.Value, ordinals[standard] = ordinals.GetValueOrDefault(standard) + 1,
                       string.IsNullOrWhiteSpace(row.Loop) ? 1 : int.Parse(row.Loop, CultureInfo.InvariantCulture), arrival, RouteRules.Day(row.Departure)!.Value);
        return await SaveAsync(comparison, [.. rows], actor, cancel);
    }

    private async Task<(Comparison?, OutcomeKind)> FindAsync(string code, Actor actor, int? version, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return (null, OutcomeKind.NotFound);
        if (!actor.IsPilot(comparison))
            return (null, OutcomeKind.Forbidden);
        return version is { } v && v != comparison.Version ? (null, OutcomeKind.Conflict) : (comparison, default);
    }

    private async Task<Outcome<RouteReceipt>> SaveAsync(Comparison comparison, IReadOnlyList<PlannedStay> stays, Actor actor, CancellationToken cancel)
    {
        var now = time.Now;
        comparison.Legs.Clear();
        comparison.Legs.AddRange(stays.Select(s => new Leg
        {
            Id = Guid.CreateVersion7(now), TransferStandardId = s.TransferStandardId, ParticipantId = s.ParticipantId, Ordinal = s.Ordinal, Loop = s.Loop, PlannedArrival = s.Arrival, PlannedDeparture = s.Departure,
        }));
        comparison.Version++;
        db.ComparisonEvents.Add(ComparisonEvent.Of(comparison, "plan-route", actor, now));
        return await db.TrySaveAsync(cancel) ? new RouteReceipt(stays.Count, stays.Count == 0 ? null : stays.Max(s => s.Departure), comparison.Version) : OutcomeKind.Conflict;
    }

    internal static async Task<IResult> Put(string code, RouteRequest request, PlanRoute plan, Actor actor, Texts texts, CancellationToken cancel) =>
        (await plan.RunAsync(code, request, actor, cancel)).ToHttp(texts);

    internal static async Task<IResult> PostGenerate(string code, GenerateRequest request, PlanRoute plan, Actor actor, Texts texts, CancellationToken cancel) =>
        (await plan.GenerateAsync(code, request, actor, cancel)).ToHttp(texts);
}
