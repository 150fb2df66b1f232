using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Something that is late.</summary>
/// <param name="Kind">arrival, departure or results.</param>
/// <param name="TransferStandard">Null for results.</param>
public sealed record OverdueRow(string Code, string Title, string? TitleEn, string Kind, string Laboratory, string? TransferStandard, DateOnly Planned, int DaysLate, string Address);

/// <summary>What is late in every comparison that the reader runs, organises or supervises, the latest first.</summary>
public sealed class ListOverdue(PlumblineDb db, LocalTime time)
{
    public async Task<IReadOnlyList<OverdueRow>> RunAsync(Actor actor, CancellationToken cancel = default)
    {
        Guid[] Of(params Role[] roles) => [.. actor.Organisations(roles).Select(o => o.OrganisationId)];
        var (pilots, organisers, regulators) = (Of(Role.PilotCoordinator, Role.PilotMetrologist), Of(Role.Organiser), Of(Role.RegulatorOfficer));
        var comparisons = await db.Comparisons.AsNoTracking()
            .Include(c => c.TransferStandards).Include(c => c.Participants).Include(c => c.Legs).ThenInclude(l => l.Events).AsSplitQuery()
            .Where(c => (c.State == ComparisonState.Circulating || c.State == ComparisonState.Collecting) && (pilots.Contains(c.PilotId) || organisers.Contains(c.OrganiserId) || regulators.Contains(c.RegulatorId)))
            .ToListAsync(cancel);
        var ids = comparisons.SelectMany(c => c.Participants).Select(p => p.OrganisationId).Distinct().ToArray();
        var names = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => Texts.Pick(o.Name, o.NameEn), cancel);
        var rows = new List<OverdueRow>();
        foreach (var comparison in comparisons)
        {
            rows.AddRange(LateLegs(comparison, names, time.Today));
            if (time.Now > comparison.ResultsDue)
                rows.AddRange(LateResults(comparison, names, await db.ReceivedFromAsync(comparison, cancel)));
        }
        return [.. rows.OrderByDescending(r => r.DaysLate).ThenBy(r => r.Code, StringComparer.Ordinal)];
    }

    private static IEnumerable<OverdueRow> LateLegs(Comparison comparison, Dictionary<Guid, string> names, DateOnly today) =>
        from standard in comparison.TransferStandards
        let leg = comparison.CurrentLeg(standard.Id)
        where leg is not null && comparison.DaysLate(leg, today) > 0
        let laboratory = comparison.Participants.Single(p => p.Id == leg.ParticipantId)
        let arrival = comparison.IsExpected(leg)
        select new OverdueRow(comparison.Code, comparison.Title, comparison.TitleEn, arrival ? "arrival" : "departure", names[laboratory.OrganisationId], Texts.Pick(standard.Name, standard.NameEn),
            arrival ? leg.PlannedArrival : leg.PlannedDeparture, comparison.DaysLate(leg, today), $"/comparisons/{comparison.Code}/circulation#leg-{leg.Id}");

    private IEnumerable<OverdueRow> LateResults(Comparison comparison, Dictionary<Guid, string> names, HashSet<Guid> received) =>
        comparison.Confirmed.Where(p => !received.Contains(p.Id)).Select(p => new OverdueRow(comparison.Code, comparison.Title, comparison.TitleEn, "results", names[p.OrganisationId], null,
            time.Day(comparison.ResultsDue), time.Today.DayNumber - time.Day(comparison.ResultsDue).DayNumber, $"/comparisons/{comparison.Code}/results/received"));

    internal static async Task<IResult> Get(ListOverdue handler, Actor actor, HttpContext http, Texts texts, CancellationToken cancel) => (await handler.RunAsync(actor, cancel)).ToPage(http, texts);
}
