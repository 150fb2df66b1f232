using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class PlanRouteTests
{
    private static readonly Guid Pilot = Guid.NewGuid();
    private static readonly Guid[] Laboratories = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];
    private static readonly Guid[] Standards = [Guid.NewGuid(), Guid.NewGuid()];
    private static readonly RoutePlan Plan = new(new DateOnly(2026, 6, 1), Stay: 10, PilotStay: 5, Transport: 3, PerPetal: 2);

    [Theory]
    [InlineData(RouteKind.Ring, "P01234P")]
    [InlineData(RouteKind.Petal, "P01P23P4P")]
    [InlineData(RouteKind.Mixed, "P01P23P4P")]
    [InlineData(RouteKind.Star, "P0P1P2P3P4P")]
    public void A_route_follows_its_kind_and_ends_at_the_pilot_laboratory(RouteKind route, string path)
    {
        var stays = RoutePattern.Generate(route, Plan, [Standards[0]], Pilot, Laboratories);
        Assert.Equal(path, string.Concat(stays.Select(s => s.ParticipantId == Pilot ? "P" : $"{Array.IndexOf(Laboratories, s.ParticipantId)}")));
        Assert.Equal(Enumerable.Range(1, stays.Count), stays.Select(s => s.Ordinal));
        Assert.Equal((new DateOnly(2026, 6, 1), new DateOnly(2026, 6, 5)), (stays[0].Arrival, stays[0].Departure));
        // Three days on the way: gone on the 5th, there on the 9th.
        Assert.Equal((new DateOnly(2026, 6, 9), new DateOnly(2026, 6, 18)), (stays[1].Arrival, stays[1].Departure));
        Assert.All(stays.Zip(stays.Skip(1)), p => Assert.True(p.Second.Arrival > p.First.Departure));
    }

    [Fact]
    public void In_a_star_like_standards_share_the_laboratories_and_in_a_ring_each_comes_to_all()
    {
        var star = RoutePattern.Generate(RouteKind.Star, Plan, Standards, Pilot, Laboratories);
        Assert.Equal(5, star.Count(s => s.ParticipantId != Pilot));
        Assert.Equal(3, star.Count(s => s.ParticipantId != Pilot && s.TransferStandardId == Standards[0]));
        var ring = RoutePattern.Generate(RouteKind.Ring, Plan, Standards, Pilot, Laboratories);
        Assert.Equal(10, ring.Count(s => s.ParticipantId != Pilot));
        Assert.All(Laboratories, l => Assert.Empty(Overlaps([.. ring.Where(s => s.ParticipantId == l)])));
        static IEnumerable<PlannedStay> Overlaps(PlannedStay[] stays) => stays.Where(a => stays.Any(b => a != b && a.Arrival <= b.Departure && b.Arrival <= a.Departure));
    }

    [Theory, EachDatabase]
    public async Task The_circulation_starts_only_with_a_stay_for_everybody_and_gives_codes_in_random_order(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.EnrollingAsync();
        Cast.Refuse(await cast.TryMoveAsync(code, "start-circulation", cast.Pilot), "no-participants", "leg-missing");
        var ids = new List<Guid>();
        foreach (var laboratory in cast.Laboratories.Take(3))
            ids.Add(Cast.Accept(await cast.EnrolAsync(code, laboratory)).Id);
        Cast.Refuse(await cast.TryMoveAsync(code, "start-circulation", cast.Pilot), [.. Enumerable.Repeat("enrolment-undecided", 3), "no-participants", "leg-missing"]);
        foreach (var id in ids)
            Cast.Accept(await cast.DecideAsync(code, id, "confirm", cast.Pilot));
        Cast.Refuse(await cast.TryMoveAsync(code, "start-circulation", cast.Pilot), [.. Enumerable.Repeat("leg-missing", 4)]);

        var receipt = Cast.Accept(await GenerateAsync(database, code, cast.Pilot, new() { Start = "2026-06-01" }));
        Assert.Equal(5, receipt.Legs);
        await cast.MoveAsync(code, "start-circulation", cast.Pilot);
        var comparison = await cast.LoadAsync(code);
        Assert.Equal(["L01", "L02", "L03", "P"], comparison.Participants.Select(p => p.LaboratoryCode).Order());
        Assert.Equal("P", comparison.PilotParticipant!.LaboratoryCode);
        Cast.Refuse(await GenerateAsync(database, code, cast.Pilot, new() { Start = "2026-06-01" }), "route-not-now");
    }

    [Theory, EachDatabase]
    public async Task Stays_are_edited_row_by_row_and_late_or_overlapping_ones_keep_the_circulation_back(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.EnrollingAsync();
        var id = Cast.Accept(await cast.EnrolAsync(code, cast.Organiser, new() { Laboratory = "LAB1" })).Id;
        var pilot = (await cast.LoadAsync(code)).PilotParticipant!.Id;
        StayRow Row(Guid? who, string from, string to, string standard = "1") => new() { Standard = standard, Participant = who, Arrival = from, Departure = to };
        async Task<Outcome<RouteReceipt>> SaveAsync(params StayRow[] rows)
        {
            await using var scope = database.As(cast.Pilot);
            return await scope.Get<PlanRoute>().RunAsync(code, new() { Stays = [.. rows] }, cast.Pilot, default);
        }
        Cast.Refuse(await SaveAsync(Row(pilot, "2026-06-01", "2026-05-30"), Row(Guid.NewGuid(), "1.6.2026", ""), Row(id, "2026-06-01", "2026-06-02", "7")),
            "stay-backwards", "stay-nobody", "date-unreadable", "date-unreadable", "choice-unknown");
        Cast.Accept(await SaveAsync(Row(id, "2026-06-04", "2027-01-20"), Row(pilot, "2026-06-01", "2026-06-05"), new()));
        Assert.Equal([pilot, id], (await cast.LoadAsync(code)).Legs.Select(l => l.ParticipantId));
        Cast.Refuse(await cast.TryMoveAsync(code, "start-circulation", cast.Pilot), "legs-overlap", "legs-after-results");
        Cast.Accept(await SaveAsync(Row(pilot, "2026-06-01", "2026-06-05"), Row(id, "2026-06-08", "2026-06-20")));
        Cast.Accept(await cast.DecideAsync(code, id, "withdraw", cast.Pilot, "设备送修"));
        Cast.Refuse(await cast.TryMoveAsync(code, "start-circulation", cast.Pilot), "leg-unconfirmed", "no-participants");
        await using var other = database.As(cast.Organiser);
        Assert.Equal(OutcomeKind.Forbidden, (await other.Get<PlanRoute>().RunAsync(code, new(), cast.Organiser, default)).Kind);
    }

    private static async Task<Outcome<RouteReceipt>> GenerateAsync(TestDatabase database, string code, Actor actor, GenerateRequest request)
    {
        await using var scope = database.As(actor);
        return await scope.Get<PlanRoute>().GenerateAsync(code, request, actor, default);
    }
}
