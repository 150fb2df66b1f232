using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>What goes with a move: the reason of a return or cancellation, the pilot laboratory's word that it takes its duties on.</summary>
internal sealed record MoveRequest
{
    public string? Note { get; set; }
    public bool DutiesConfirmed { get; set; }
    public int? Version { get; set; }
}

internal sealed record MoveReceipt(string Code, ComparisonState State, int Version);

/// <summary>A move as it stands: what it would be, whether this person may make it, and what stands against it.</summary>
internal sealed record MoveReview(Comparison Comparison, IReadOnlyList<Refusal> Refusals, IReadOnlyList<Refusal> Warnings, IReadOnlyList<Rule> Rules);

/// <summary>Takes a comparison from one state to the next where organisation, not measurement, decides: proposed, approved, returned, cancelled, accepted, opened for enrolment, sent on its way.</summary>
internal sealed class MoveComparison(PlumblineDb db, TimeProvider clock, Rules rules, MoveNotices notices, LocalTime time)
{
    /// <summary>The moves made here; the later ones belong to results and report.</summary>
    public static readonly IReadOnlyList<string> Actions = ["propose", "approve", "return", "cancel", "accept", "open-enrolment", "start-circulation"];

    /// <summary>What stands against the move, without making it.</summary>
    public async Task<Outcome<MoveReview>> ReviewAsync(string code, string action, Actor actor, CancellationToken cancel)
    {
        var comparison = Actions.Contains(action) ? await db.FindComparisonAsync(code, cancel) : null;
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (ComparisonWorkflow.Moves.Find(comparison.State, action) is null)
            return new Refusal("move-not-now", null, comparison.Code, comparison.State);
        if (!actor.MayMove(comparison, action))
            return OutcomeKind.Forbidden;
        var history = await db.ComparisonEvents.AsNoTracking().Where(e => e.ComparisonId == comparison.Id).ToListAsync(cancel);
        var months = await rules.Get("CMP.project-months", cancel: cancel);
        switch (action)
        {
            case "propose" or "approve":
                var context = await ContextAsync(comparison, months, cancel);
                var proposal = ProposalRules.Refusals(comparison, context);
                return new MoveReview(comparison, [.. action == "approve" ? MoveRules.FourEyes(comparison, history, actor) : [], .. proposal], [.. ProposalRules.Warnings(comparison, context)], [months, context.RepeatYears]);
            case "open-enrolment":
                var tests = await db.PreparationTests.AsNoTracking().Where(t => t.ComparisonId == comparison.Id).ToListAsync(cancel);
                return new MoveReview(comparison, [.. EnrolmentGate.Refusals(comparison, tests)], [], []);
            case "start-circulation":
                var minimum = await rules.Get("CMP.class-b-minimum", cancel: cancel);
                var approved = history.Where(e => e.Action == "approve").Select(e => (DateTimeOffset?)e.At).Max();
                var refusals = CirculationGate.Refusals(comparison, await NamesAsync(comparison, cancel), approved, months, time.Day);
                return new MoveReview(comparison, [.. refusals], [.. MoveRules.BeforeCirculation(comparison, minimum, clock.GetUtcNow())], [months, minimum]);
            default:
                return new MoveReview(comparison, [], [], []);
        }
    }

    public async Task<Outcome<MoveReceipt>> RunAsync(string code, string action, MoveRequest request, Actor actor, CancellationToken cancel)
    {
        var review = await ReviewAsync(code, action, actor, cancel);
        if (review.Value is not { } found)
            return review.Kind == OutcomeKind.Refused ? review.Refusals.ToArray() : review.Kind;
        var comparison = found.Comparison;
        if (request.Version is { } version && version != comparison.Version)
            return OutcomeKind.Conflict;
        Refusal[] refusals = [.. found.Refusals, .. MoveRules.Asked(action, request)];
        if (refusals.Length > 0)
            return refusals;

        var now = clock.GetUtcNow();
        if (action == "accept")
            db.Participants.Add(Take(comparison, actor, now));
        if (action == "start-circulation")
            GiveCodes(comparison);
        db.ComparisonEvents.Add(comparison.Move(action, actor, now, string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim()));
        await notices.TellAsync(comparison, action, request.Note, cancel);
        return await db.TrySaveAsync(cancel) ? new MoveReceipt(comparison.Code, comparison.State, comparison.Version) : OutcomeKind.Conflict;
    }

    // Whoever pilots a comparison takes part in it.
    private static Participant Take(Comparison comparison, Actor actor, DateTimeOffset now)
    {
        var pilot = new Participant
        {
            Id = Guid.CreateVersion7(now), OrganisationId = comparison.PilotId, IsPilot = true, State = ParticipantState.Confirmed, AppliedAt = now, AppliedBy = actor.PersonId, DecidedAt = now,
            ContactName = actor.Name,
        };
        comparison.Participants.Add(pilot);
        return pilot;
    }

    // A random order: the code must not tell who enrolled first, nor who stands where on the route.
    private static void GiveCodes(Comparison comparison)
    {
        var laboratories = comparison.Confirmed.Where(p => !p.IsPilot).ToArray();
        var numbers = Enumerable.Range(1, laboratories.Length).ToArray();
        RandomNumberGenerator.Shuffle(numbers.AsSpan());
        foreach (var (laboratory, number) in laboratories.Zip(numbers))
            laboratory.LaboratoryCode = $"L{number:00}";
        if (comparison.PilotParticipant is { } pilot)
            pilot.LaboratoryCode = "P";
    }

    private async Task<ProposalContext> ContextAsync(Comparison comparison, Rule months, CancellationToken cancel)
    {
        var earlier = await db.Comparisons.AsNoTracking()
            .Where(c => c.Id != comparison.Id && c.Level == ComparisonLevel.National && c.Field == comparison.Field && c.State != ComparisonState.Draft && c.State != ComparisonState.Cancelled)
            .Select(c => new EarlierComparison(c.Code, c.Title, c.Quantity, c.PublishedAt ?? c.StateSince)).ToListAsync(cancel);
        return new(clock.GetUtcNow(), months, await rules.Get("CMP.repeat-years", cancel: cancel), earlier);
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(Comparison comparison, CancellationToken cancel)
    {
        var ids = comparison.Participants.Select(p => p.OrganisationId).ToArray();
        var names = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancel);
        return comparison.Participants.ToDictionary(p => p.Id, p => names[p.OrganisationId]);
    }

    internal static async Task<IResult> Post(string code, string action, MoveRequest request, MoveComparison handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, action, request, actor, cancel)).ToHttp(texts);
}
