using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
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

/// <summary>Takes a comparison from one state to the next where organisation, not measurement, decides: proposed, approved, returned, cancelled, accepted, opened for enrolment, sent on its way.</summary>
internal sealed class MoveComparison(PlumblineDb db, TimeProvider clock, ReviewMove reviewMove, MoveNotices notices, PublicPages pages)
{
    public async Task<Outcome<MoveReceipt>> RunAsync(string code, string action, MoveRequest request, Actor actor, CancellationToken cancel)
    {
        var review = await reviewMove.RunAsync(code, action, actor, cancel);
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
        if (!await db.TrySaveAsync(cancel))
            return OutcomeKind.Conflict;
        await pages.ForgetAsync(cancel);
        return new MoveReceipt(comparison.Code, comparison.State, comparison.Version);
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

    internal static async Task<IResult> Post(string code, string action, MoveRequest request, MoveComparison handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, action, request, actor, cancel)).ToHttp(texts, receipt => Results.Json(receipt, ComparisonsJson.Stored));
}
