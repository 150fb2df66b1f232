using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <param name="Approve">Puts the proposal into force on its first day; else it is turned down.</param>
/// <param name="Note">Why; needed when it is turned down.</param>
internal sealed record DecideRuleRequest(bool Approve, string? Note);

/// <summary>The second pair of the four eyes: another officer approves or turns down.</summary>
internal sealed class DecideRule(PlumblineDb db, Actor actor, Notices notices, RuleCache cache, PublicPages pages, LocalTime time)
{
    public async Task<Outcome<Rule>> RunAsync(Guid id, DecideRuleRequest request, CancellationToken cancel = default)
    {
        if (!RulePowers.MayChange(actor))
            return OutcomeKind.Forbidden;
        if (await db.Rules.FirstOrDefaultAsync(r => r.Id == id && r.State == RuleState.Proposed, cancel) is not { } rule)
            return OutcomeKind.NotFound;
        var refusals = Check(rule, request, actor, time.Today).ToArray();
        if (refusals.Length > 0)
            return refusals;

        (rule.DecidedBy, rule.DecidedByName, rule.DecidedAt, rule.DecisionNote) = (actor.PersonId, actor.Name, time.Now, request.Note?.Trim());
        rule.State = request.Approve ? RuleState.InForce : RuleState.Rejected;
        rule.Version++;
        if (request.Approve)
            await EndPredecessorsAsync(rule, cancel);
        if (rule.ProposedBy is { } proposer)
            notices.Add(proposer, "rule-decided", $"/rules/{rule.Table}#{rule.Code}", rule.Code, rule.State, actor.Name);
        await db.SaveChangesAsync(cancel);
        cache.Forget();
        await pages.ForgetAsync(cancel);
        return rule;
    }

    internal static IEnumerable<Refusal> Check(Rule rule, DecideRuleRequest request, Actor actor, DateOnly today)
    {
        if (rule.ProposedBy == actor.PersonId)
            yield return new("rule-four-eyes");
        if (!request.Approve && string.IsNullOrWhiteSpace(request.Note))
            yield return new("rule-rejection-note", "note");
        if (request.Approve && rule.ValidFrom < today)
            yield return new("rule-from", "validFrom", rule.ValidFrom, today);
    }

    private async Task EndPredecessorsAsync(Rule rule, CancellationToken cancel)
    {
        var from = rule.ValidFrom!.Value;
        var before = await db.Rules.Where(r => r.Code == rule.Code && r.State == RuleState.InForce && r.Id != rule.Id && (r.ValidTo == null || r.ValidTo >= from)).ToListAsync(cancel);
        foreach (var old in before)
        {
            if (old.ValidFrom is { } since && since >= from)
                old.State = RuleState.Superseded;
            else
                old.ValidTo = from.AddDays(-1);
            old.Version++;
        }
    }
}
