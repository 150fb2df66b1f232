using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>A move as it stands: what it would be, whether this person may make it, and what stands against it.</summary>
internal sealed record MoveReview(Comparison Comparison, IReadOnlyList<Refusal> Refusals, IReadOnlyList<Refusal> Warnings, IReadOnlyList<Rule> Rules);

/// <summary>Holds a move against its rules without making it: the page shows what is missing, the move itself asks again.</summary>
internal sealed class ReviewMove(PlumblineDb db, Rules rules, LocalTime time)
{
    /// <summary>The moves made here; the later ones belong to results and report.</summary>
    public static readonly IReadOnlyList<string> Actions = ["propose", "approve", "return", "cancel", "accept", "open-enrolment", "start-circulation"];

    /// <summary>What stands against the move, without making it.</summary>
    public async Task<Outcome<MoveReview>> RunAsync(string code, string action, Actor actor, CancellationToken cancel)
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
                return new MoveReview(comparison, [.. refusals], [.. MoveRules.BeforeCirculation(comparison, minimum, time.Now)], [months, minimum]);
            default:
                return new MoveReview(comparison, [], [], []);
        }
    }

    private async Task<ProposalContext> ContextAsync(Comparison comparison, Rule months, CancellationToken cancel)
    {
        var earlier = await db.Comparisons.AsNoTracking()
            .Where(c => c.Id != comparison.Id && c.Level == ComparisonLevel.National && c.Field == comparison.Field && c.State != ComparisonState.Draft && c.State != ComparisonState.Cancelled)
            .Select(c => new EarlierComparison(c.Code, c.Title, c.Quantity, c.PublishedAt ?? c.StateSince)).ToListAsync(cancel);
        return new(time.Now, months, await rules.Get("CMP.repeat-years", cancel: cancel), earlier);
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(Comparison comparison, CancellationToken cancel)
    {
        var ids = comparison.Participants.Select(p => p.OrganisationId).ToArray();
        var names = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancel);
        return comparison.Participants.ToDictionary(p => p.Id, p => names[p.OrganisationId]);
    }
}
