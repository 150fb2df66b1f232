using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>One stay with what happened there.</summary>
/// <param name="DaysLate">Days behind the plan: so far where the stay goes on, in the end where it is over.</param>
/// <param name="IsCurrent">The transfer standard is here or on its way here.</param>
/// <param name="MayRecord">The reader may record what happens here.</param>
public sealed record LegRow(Leg Leg, string Laboratory, int DaysLate, bool IsCurrent, bool IsOver, bool MayRecord);

/// <summary>The way of one transfer standard.</summary>
public sealed record StandardRoute(TransferStandard Standard, IReadOnlyList<LegRow> Legs, LegEvent? StoppedBy);

public sealed record CirculationView(Comparison Comparison, IReadOnlyList<StandardRoute> Routes);

/// <summary>Shows to those who take part where the transfer standards are, leg by leg.</summary>
public sealed class ShowCirculation(PlumblineDb db, LocalTime time)
{
    public async Task<Outcome<CirculationView>> RunAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.TakesPart(comparison))
            return OutcomeKind.NotFound;
        var ids = comparison.Participants.Select(p => p.OrganisationId).ToArray();
        var names = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => Texts.Pick(o.Name, o.NameEn), cancel);
        var laboratories = comparison.Participants.ToDictionary(p => p.Id, p => names[p.OrganisationId]);
        var own = actor.ParticipationsOf(comparison).Select(p => p.Id).ToHashSet();
        return new CirculationView(comparison, [.. comparison.TransferStandards.OrderBy(s => s.Ordinal).Select(Route)]);

        StandardRoute Route(TransferStandard standard)
        {
            var current = comparison.CurrentLeg(standard.Id);
            return new(standard, [.. comparison.LegsOf(standard.Id).Select(l => new LegRow(l, laboratories[l.ParticipantId], DaysLate(l), l.Id == current?.Id, comparison.IsOver(l),
                actor.IsPilot(comparison) || own.Contains(l.ParticipantId)))], comparison.StoppedBy(standard.Id));
        }

        // A stay that is over keeps the days by which it was late.
        int DaysLate(Leg leg) => leg.Sent is { } sent ? Math.Max(0, sent.On.DayNumber - leg.PlannedDeparture.DayNumber)
            : comparison.IsOver(leg) ? Math.Max(0, leg.Received!.On.DayNumber - leg.PlannedArrival.DayNumber)
            : comparison.DaysLate(leg, time.Today);
    }

    internal static async Task<IResult> Get(string code, ShowCirculation handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, actor, cancel)).ToHttp(texts, view => Results.Ok(CirculationAnswer.Of(view)));
}
