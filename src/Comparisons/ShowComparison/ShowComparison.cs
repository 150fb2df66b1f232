using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

internal sealed record BodyView(string Code, string Name, string? NameEn);

internal sealed record PointView(int Ordinal, string Label, string? LabelEn, string Nominal, double? LowerLimit, double? UpperLimit, double? TargetUncertainty);

internal sealed record StandardView(int Ordinal, string Name, string? NameEn, string? Model, string? Serial, string? Description, string? Traceability, int Items);

/// <summary>A participant as this reader may know it: by name, by code, or by neither.</summary>
internal sealed record ParticipantView(BodyView? Laboratory, string? LaboratoryCode, bool IsPilot, ParticipantState State, bool IsMine);

internal sealed record EventView(DateTimeOffset At, string Action, ComparisonState? From, ComparisonState? To, string? PersonName, string? Note);

internal sealed record LegView(int TransferStandard, int Ordinal, int Loop, BodyView Laboratory, DateOnly PlannedArrival, DateOnly PlannedDeparture, DateOnly? Arrived, DateOnly? Left, LegState State, bool IsPilot);

/// <summary>Everything about a comparison that the reader may know.</summary>
internal sealed record ComparisonView(string Code, string Title, string? TitleEn, ComparisonLevel Level, MeasurementField Field, ComparisonState State, DateTimeOffset StateSince,
    string Quantity, string? QuantityEn, string Unit, string? Purpose, string? PurposeEn, BodyView Organiser, BodyView Regulator, BodyView Pilot, bool Mandatory, bool NamesLaboratories,
    RouteKind Route, DateTimeOffset EnrolmentDue, DateTimeOffset ResultsDue, DateTimeOffset? PublishedAt, string? DataSource, bool IsDemonstration, EvaluationOptions Options,
    IReadOnlyList<PointView> Points, IReadOnlyList<StandardView> TransferStandards, int ConfirmedParticipants, IReadOnlyList<ParticipantView> Participants, IReadOnlyList<LegView> Legs,
    IReadOnlyList<EventView> Timeline);

/// <summary>A comparison, its view, and what the reader can do next in it.</summary>
internal sealed record ShownComparison(Comparison Comparison, ComparisonView View, IReadOnlyList<NextStep> Steps);

/// <summary>Shows one comparison to whoever asks, as far as they may know it.</summary>
internal sealed class ShowComparison(PlumblineDb db, PublicPages pages, LocalTime time)
{
    public Task<Outcome<ShownComparison>> RunAsync(string code, Actor actor, CancellationToken cancel) => actor.IsSignedIn
        ? ShowAsync(code, actor, cancel)
        : pages.KeepAsync((nameof(ShowComparison), code), () => ShowAsync(code, actor, cancel));

    private async Task<Outcome<ShownComparison>> ShowAsync(string code, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        Guid[] ids = [comparison.OrganiserId, comparison.RegulatorId, comparison.PilotId, .. comparison.Participants.Select(p => p.OrganisationId)];
        var bodies = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, View = new BodyView(o.Code, o.Name, o.NameEn) }).ToDictionaryAsync(o => o.Id, o => o.View, cancel);
        var events = await db.ComparisonEvents.AsNoTracking().Where(e => e.ComparisonId == comparison.Id).OrderBy(e => e.At).ToListAsync(cancel);
        var steps = actor.IsSignedIn ? NextSteps.For(comparison, actor, await SubmittedAsync(comparison, cancel), time.Now, time.EndOf) : [];
        return new ShownComparison(comparison, View(comparison, actor, bodies, events), steps);
    }

    private async Task<HashSet<Guid>> SubmittedAsync(Comparison comparison, CancellationToken cancel)
    {
        var ids = comparison.Participants.Select(p => p.Id).ToArray();
        return await db.Participants.Where(p => ids.Contains(p.Id) && p.Submissions.Any()).Select(p => p.Id).ToHashSetAsync(cancel);
    }

    internal static ComparisonView View(Comparison c, Actor actor, IReadOnlyDictionary<Guid, BodyView> bodies, IEnumerable<ComparisonEvent> events)
    {
        // Reasons and names are for those who run it; a participant sees its own and the moves, the public that they happened.
        var (runs, takesPart) = (actor.IsOrganiser(c) || actor.IsRegulator(c) || actor.IsPilot(c), actor.TakesPart(c));
        return new(c.Code, c.Title, c.TitleEn, c.Level, c.Field, c.State, c.StateSince, c.Quantity, c.QuantityEn, c.Unit, c.Purpose, c.PurposeEn,
            bodies[c.OrganiserId], bodies[c.RegulatorId], bodies[c.PilotId], c.Mandatory, c.NamesLaboratories, c.Route, c.EnrolmentDue, c.ResultsDue, c.PublishedAt, c.DataSource, c.IsDemonstration, c.Options,
            [.. c.Points.OrderBy(p => p.Ordinal).Select(p => new PointView(p.Ordinal, p.Label, p.LabelEn, p.NominalText, p.LowerLimit, p.UpperLimit, p.TargetUncertainty))],
            [.. c.TransferStandards.OrderBy(s => s.Ordinal).Select(s => new StandardView(s.Ordinal, s.Name, s.NameEn, s.Model, s.Serial, s.Description, s.Traceability, s.Items))],
            c.Confirmed.Count(), [.. Participants(c, actor, bodies)], [.. Legs(c, actor, bodies)],
            [.. events.Where(e => runs || IsOwn(e) || (takesPart && e.To is not null) || e.To is { } to && to.IsPublic())
                .Select(e => new EventView(e.At, e.Action, e.From, e.To, runs || IsOwn(e) ? e.PersonName : null, runs || takesPart ? e.Note : null))]);

        bool IsOwn(ComparisonEvent entry) => entry.PersonId is { } person && person == actor.PersonId;
    }

    // Ordered by what is shown, never by when a laboratory enrolled.
    private static IEnumerable<ParticipantView> Participants(Comparison comparison, Actor actor, IReadOnlyDictionary<Guid, BodyView> bodies) =>
        from p in comparison.Participants
        let mine = actor.BelongsTo(p.OrganisationId)
        let named = actor.MayName(comparison, p)
        where p.State == ParticipantState.Confirmed || mine || actor.IsPilot(comparison) || actor.IsOrganiser(comparison)
        where named || p.LaboratoryCode is not null
        let view = new ParticipantView(named ? bodies[p.OrganisationId] : null, named && !actor.MayPair(comparison, p) ? null : p.LaboratoryCode, p.IsPilot, p.State, mine)
        orderby view.IsPilot descending, view.LaboratoryCode, view.Laboratory?.Name
        select view;

    private static IEnumerable<LegView> Legs(Comparison comparison, Actor actor, IReadOnlyDictionary<Guid, BodyView> bodies)
    {
        if (!actor.MaySeeRoute(comparison) || comparison.State < ComparisonState.Circulating)
            return [];
        var (laboratories, standards) = (comparison.Participants.ToDictionary(p => p.Id), comparison.TransferStandards.ToDictionary(s => s.Id));
        return from leg in comparison.Legs
               orderby standards[leg.TransferStandardId].Ordinal, leg.Ordinal
               select new LegView(standards[leg.TransferStandardId].Ordinal, leg.Ordinal, leg.Loop, bodies[laboratories[leg.ParticipantId].OrganisationId], leg.PlannedArrival, leg.PlannedDeparture,
                   leg.Received?.On, leg.Sent?.On, leg.State, laboratories[leg.ParticipantId].IsPilot);
    }

    internal static async Task<IResult> Get(string code, ShowComparison show, Actor actor, Texts texts, CancellationToken cancel) =>
        (await show.RunAsync(code, actor, cancel)).ToHttp(texts, shown => Results.Json(shown.View, ComparisonsJson.Stored));
}
