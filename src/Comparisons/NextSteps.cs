using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Something that waits for a person in a comparison.</summary>
/// <param name="Key">Its text is <c>step.{Key}</c>.</param>
/// <param name="Address">The page on which it is done.</param>
/// <param name="Due">By when; null when nothing presses.</param>
public sealed record NextStep(string Key, string Address, DateTimeOffset? Due = null);

/// <summary>What a person can do next in a comparison, the most pressing first.</summary>
public static class NextSteps
{
    private static readonly Role[] Pilots = [Role.PilotCoordinator, Role.PilotMetrologist];

    /// <param name="comparison">With its legs and participants.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="submitted">Participants whose results are in.</param>
    /// <param name="now">The present.</param>
    /// <param name="endOf">The last moment of a local day.</param>
    public static IReadOnlyList<NextStep> For(Comparison comparison, Actor actor, IReadOnlySet<Guid> submitted, DateTimeOffset now, Func<DateOnly, DateTimeOffset> endOf) =>
        [.. Decisions(comparison, actor), .. Enrolment(comparison, actor, now), .. Measurement(comparison, actor, submitted, now, endOf), .. Evaluation(comparison, actor)];

    /// <summary>Whether a step waits for this person, or merely stands open to everybody of a kind.</summary>
    public static bool IsTask(NextStep step) => step.Key != "enrol";

    private static IEnumerable<NextStep> Decisions(Comparison comparison, Actor actor)
    {
        var root = $"/comparisons/{comparison.Code}";
        switch (comparison.State)
        {
            case ComparisonState.Draft when actor.IsOrganiser(comparison):
                yield return new("edit", $"{root}/edit", comparison.IsDecided("EnrolmentDue") ? comparison.EnrolmentDue : null);
                break;
            case ComparisonState.Proposed when actor.IsRegulator(comparison):
                yield return new("approve", $"{root}/moves/approve", comparison.EnrolmentDue);
                break;
            case ComparisonState.Approved when actor.MayMove(comparison, "accept"):
                yield return new("accept", $"{root}/moves/accept", comparison.EnrolmentDue);
                break;
            case ComparisonState.Preparing when actor.IsPilot(comparison):
                yield return new("prepare", $"{root}/preparation", comparison.EnrolmentDue);
                break;
        }
    }

    private static IEnumerable<NextStep> Enrolment(Comparison comparison, Actor actor, DateTimeOffset now)
    {
        if (comparison.State != ComparisonState.Enrolling)
            yield break;
        var root = $"/comparisons/{comparison.Code}";
        if (now <= comparison.EnrolmentDue && actor.Organisations(Role.TechnicalContact, Role.QualityContact).Any(o => comparison.Participants.All(p => p.OrganisationId != o.OrganisationId)))
            yield return new("enrol", $"{root}/participants", comparison.EnrolmentDue);
        if (comparison.Participants.Any(p => p.State == ParticipantState.Applied) && (actor.IsOrganiser(comparison) || actor.HasAny(comparison.PilotId, Pilots)))
            yield return new("decide-enrolments", $"{root}/participants", comparison.EnrolmentDue);
        if (actor.MayMove(comparison, "start-circulation"))
            yield return new("plan-route", $"{root}/circulation/plan", comparison.EnrolmentDue);
    }

    private static IEnumerable<NextStep> Measurement(Comparison comparison, Actor actor, IReadOnlySet<Guid> submitted, DateTimeOffset now, Func<DateOnly, DateTimeOffset> endOf)
    {
        if (comparison.State is not (ComparisonState.Circulating or ComparisonState.Collecting))
            yield break;
        var root = $"/comparisons/{comparison.Code}";
        var mine = actor.ParticipationsOf(comparison).Where(p => p.State == ParticipantState.Confirmed).ToArray();
        // The next leg that is not over, for each transfer standard that comes to this laboratory.
        var legs = comparison.Legs.Where(l => mine.Any(p => p.Id == l.ParticipantId) && !comparison.IsOver(l)).GroupBy(l => l.TransferStandardId).Select(g => g.MinBy(l => l.Ordinal)!);
        if (comparison.State == ComparisonState.Circulating)
        {
            foreach (var leg in legs.OrderBy(l => l.PlannedArrival))
                yield return comparison.IsExpected(leg) ? new("receive", $"{root}/circulation", endOf(leg.PlannedArrival)) : new("send-on", $"{root}/circulation", endOf(leg.PlannedDeparture));
            if (comparison.AllReturned() && actor.MayMove(comparison, "end-circulation"))
                yield return new("end-circulation", $"{root}/circulation/end", comparison.ResultsDue);
        }
        if (mine.Any(p => !submitted.Contains(p.Id)))
            yield return new("submit-results", $"{root}/results", comparison.ResultsDue);
        if (actor.MayMove(comparison, "open-results") && (now > comparison.ResultsDue || comparison.Confirmed.All(p => submitted.Contains(p.Id))))
            yield return new("open-results", $"{root}/results/open", comparison.ResultsDue);
    }

    private static IEnumerable<NextStep> Evaluation(Comparison comparison, Actor actor)
    {
        var root = $"/comparisons/{comparison.Code}";
        if (comparison.State == ComparisonState.Evaluating && actor.IsPilot(comparison))
            yield return new("evaluate", $"{root}/evaluation");
        if (comparison.State != ComparisonState.DraftReport)
            yield break;
        if (actor.MayMove(comparison, "publish"))
            yield return new("publish", $"{root}/report");
        else if (actor.ParticipationsOf(comparison).Any(p => p.State == ParticipantState.Confirmed))
            yield return new("comment", $"{root}/report");
    }
}
