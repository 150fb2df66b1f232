using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class TrackCirculationTests
{
    [Theory, EachDatabase]
    public async Task A_ring_is_walked_leg_by_leg_until_the_standard_is_back(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        var (pilot, labs) = (stage.Pilot, stage.Cast.Laboratories);
        Cast.Accept(await RecordAsync(stage, 1, pilot, LegEventKind.Sent, "2026-03-02", carrier: "顺丰"));
        for (var leg = 2; leg <= 4; leg++)
        {
            database.Clock.Now = database.Clock.Now.AddDays(14);
            var day = database.Clock.Now.ToString("yyyy-MM-dd");
            Assert.Equal(LegState.AtLaboratory, Cast.Accept(await RecordAsync(stage, leg, labs[leg - 2], LegEventKind.Received, day)).State);
            Assert.Equal(LegState.SentOn, Cast.Accept(await RecordAsync(stage, leg, labs[leg - 2], LegEventKind.Sent, day)).State);
        }
        Assert.False((await stage.LoadAsync()).AllReturned());
        Cast.Accept(await RecordAsync(stage, 5, pilot, LegEventKind.Received, database.Clock.Now.ToString("yyyy-MM-dd")));
        Assert.True((await stage.LoadAsync()).AllReturned());
        Cast.Refuse(await RecordAsync(stage, 5, pilot, LegEventKind.Sent, database.Clock.Now.ToString("yyyy-MM-dd")), "leg-end-of-route");
        await using var db = database.Open();
        Assert.Equal(4, await db.Notices.CountAsync(n => n.Key == "leg-sent"));
    }

    [Theory, EachDatabase]
    public async Task Nothing_happens_before_what_it_follows(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        var lab = stage.Cast.Laboratories[0];
        Cast.Refuse(await RecordAsync(stage, 2, lab, LegEventKind.Received, "2026-03-02"), "leg-not-sent-yet");
        Cast.Refuse(await RecordAsync(stage, 2, lab, LegEventKind.Sent, "2026-03-02"), "leg-not-received");
        Cast.Accept(await RecordAsync(stage, 1, stage.Pilot, LegEventKind.Sent, "2026-03-02"));
        Cast.Refuse(await RecordAsync(stage, 1, stage.Pilot, LegEventKind.Sent, "2026-03-02"), "leg-sent-already");
        Cast.Refuse(await RecordAsync(stage, 2, lab, LegEventKind.Received, "2026-03-01"), "leg-date-before");
        Cast.Refuse(await RecordAsync(stage, 2, lab, LegEventKind.Received, "2026-03-03"), "leg-date-future");
        Cast.Refuse(await RecordAsync(stage, 2, lab, LegEventKind.Received, "3 March"), "leg-date");
        Cast.Accept(await RecordAsync(stage, 2, lab, LegEventKind.Received, "2026-03-02"));
        Cast.Refuse(await RecordAsync(stage, 2, lab, LegEventKind.Received, "2026-03-02", note: "更正"), "leg-received-already");
        Cast.Accept(await RecordAsync(stage, 2, stage.Pilot, LegEventKind.Received, "2026-03-02", note: "实验室来电更正"));
    }

    [Theory, EachDatabase]
    public async Task Each_laboratory_records_its_own_legs_and_the_pilot_laboratory_all(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        Assert.Equal(OutcomeKind.Forbidden, (await RecordAsync(stage, 1, stage.Cast.Laboratories[0], LegEventKind.Sent, "2026-03-02")).Kind);
        foreach (var watcher in new[] { stage.Cast.Organiser, stage.Cast.Regulator })
            Assert.Equal(OutcomeKind.Forbidden, (await RecordAsync(stage, 1, watcher, LegEventKind.Sent, "2026-03-02")).Kind);
        foreach (var outsider in new[] { stage.Cast.Laboratories[3], stage.Cast.Stranger, Actor.Anonymous })
            Assert.Equal(OutcomeKind.NotFound, (await RecordAsync(stage, 1, outsider, LegEventKind.Sent, "2026-03-02")).Kind);
        Cast.Accept(await RecordAsync(stage, 1, stage.Pilot, LegEventKind.Sent, "2026-03-02"));
        Cast.Accept(await RecordAsync(stage, 2, stage.Pilot, LegEventKind.Received, "2026-03-02"));
    }

    [Theory, EachDatabase]
    public async Task Damage_stops_the_circulation_until_the_pilot_laboratory_releases_it(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        var lab = stage.Cast.Laboratories[0];
        Cast.Accept(await RecordAsync(stage, 1, stage.Pilot, LegEventKind.Sent, "2026-03-02"));
        Cast.Accept(await RecordAsync(stage, 2, lab, LegEventKind.Received, "2026-03-02"));
        Cast.Refuse(await RecordAsync(stage, 2, lab, LegEventKind.Damaged, "2026-03-02"), "leg-note-missing");
        Assert.True(Cast.Accept(await RecordAsync(stage, 2, lab, LegEventKind.Damaged, "2026-03-02", note: "接线端松动")).Stopped);
        Cast.Refuse(await RecordAsync(stage, 2, lab, LegEventKind.Sent, "2026-03-02"), "leg-stopped");
        Cast.Refuse(await RecordAsync(stage, 2, lab, LegEventKind.Released, "2026-03-02", note: "无碍"), "leg-release-by-pilot");
        await using (var db = database.Open())
            Assert.Equal(2, await db.Notices.CountAsync(n => n.Key == "leg-damaged"));
        Assert.False(Cast.Accept(await RecordAsync(stage, 2, stage.Pilot, LegEventKind.Released, "2026-03-02", note: "复测正常")).Stopped);
        Cast.Refuse(await RecordAsync(stage, 2, stage.Pilot, LegEventKind.Released, "2026-03-02", note: "复测正常"), "leg-not-stopped");
        Cast.Accept(await RecordAsync(stage, 2, lab, LegEventKind.Sent, "2026-03-02"));
    }

    [Theory, EachDatabase]
    public async Task What_is_late_is_listed_for_those_who_run_it_and_reminded_once_a_week(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        Assert.Empty(await OverdueAsync(stage, stage.Pilot));
        database.Clock.Now = new DateTimeOffset(2026, 3, 15, 9, 0, 0, TimeSpan.FromHours(8));
        var row = Assert.Single(await OverdueAsync(stage, stage.Pilot));
        Assert.Equal(("departure", 5), (row.Kind, row.DaysLate));
        Assert.Single(await OverdueAsync(stage, stage.Cast.Organiser));
        Assert.Single(await OverdueAsync(stage, stage.Cast.Regulator));
        Assert.Empty(await OverdueAsync(stage, stage.Cast.Laboratories[0]));

        Cast.Accept(await RecordAsync(stage, 1, stage.Pilot, LegEventKind.Sent, "2026-03-15"));
        database.Clock.Now = database.Clock.Now.AddDays(10);
        Assert.Equal("arrival", Assert.Single(await OverdueAsync(stage, stage.Pilot)).Kind);
        for (var i = 0; i < 3; i++)
            await RemindAsync(database);
        await using (var db = database.Open())
            Assert.Equal(2, await db.Notices.CountAsync(n => n.Key == "leg-late"));
        database.Clock.Now = database.Clock.Now.AddDays(8);
        await RemindAsync(database);
        await using (var db = database.Open())
            Assert.Equal(4, await db.Notices.CountAsync(n => n.Key == "leg-late"));
        database.Clock.Now = Circulating.AfterDeadline;
        Assert.Equal(4, (await OverdueAsync(stage, stage.Pilot)).Count(r => r.Kind == "results"));
    }

    [Theory, EachDatabase]
    public async Task Those_who_take_part_see_the_route_and_how_late_each_stay_was(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        database.Clock.Now = new DateTimeOffset(2026, 3, 12, 9, 0, 0, TimeSpan.FromHours(8));
        Cast.Accept(await RecordAsync(stage, 1, stage.Pilot, LegEventKind.Sent, "2026-03-12"));
        foreach (var member in new[] { stage.Pilot, stage.Cast.Organiser, stage.Cast.Regulator, stage.Cast.Laboratories[0] })
        {
            await using var scope = database.As(member);
            var route = Assert.Single(Cast.Accept(await scope.Get<ShowCirculation>().RunAsync(stage.Code, member)).Routes);
            Assert.Equal([2, 0, 0, 0, 0], route.Legs.Select(l => l.DaysLate));
            Assert.Equal(2, route.Legs.Single(l => l.IsCurrent).Leg.Ordinal);
        }
        await using var outside = database.As(stage.Cast.Laboratories[3]);
        Assert.Equal(OutcomeKind.NotFound, (await outside.Get<ShowCirculation>().RunAsync(stage.Code, stage.Cast.Laboratories[3])).Kind);
    }

    private static async Task<Outcome<LegReceipt>> RecordAsync(Circulating stage, int ordinal, Actor actor, LegEventKind kind, string on, string? note = null, string? carrier = null)
    {
        var leg = (await stage.LoadAsync()).Legs.Single(l => l.Ordinal == ordinal);
        await using var scope = stage.Database.As(actor);
        return await scope.Get<RecordLeg>().RunAsync(stage.Code, new() { Leg = leg.Id.ToString(), Kind = kind.ToString(), On = on, Condition = kind == LegEventKind.Damaged ? null : "Good", Note = note, Carrier = carrier }, actor);
    }

    private static async Task<IReadOnlyList<OverdueRow>> OverdueAsync(Circulating stage, Actor actor)
    {
        await using var scope = stage.Database.As(actor);
        return await scope.Get<ListOverdue>().RunAsync(actor);
    }

    private static async Task RemindAsync(TestDatabase database)
    {
        await using var scope = database.As(Actor.System);
        var job = scope.Get<IServiceProvider>().GetServices<IJob>().Single(j => j.Kind == "comparisons.late-legs");
        await job.RunAsync(scope.Get<IServiceProvider>(), default);
    }
}
