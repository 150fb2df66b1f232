using Microsoft.EntityFrameworkCore;
using Plumbline.Comparisons;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class KeepDraftTests
{
    private static SubmitResultRequest Begun => new()
    {
        Points = [new() { Point = "1", Value = "1.0731953", Uncertainty = "1,5", Budget = [new() { Source = "重复性", Type = "A" }] }, new() { Point = "2" }], Method = "尚未写完",
    };

    [Theory, EachDatabase]
    public async Task What_is_begun_is_kept_as_typed_before_the_pilot_laboratory_has_handed_in_and_is_gone_once_handed_in(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        var laboratory = stage.Cast.Laboratories[0];
        var kept = Cast.Accept(await SaveAsync(stage, laboratory, Begun, Guid.Empty));
        Assert.Equal(("L01", 0), (kept.Laboratory, kept.Package.Replaces));
        var read = Cast.Accept(await FindAsync(stage, laboratory));
        Assert.Equal(("1.0731953", "1,5", "尚未写完"), (read.Package.Points.Single().Value, read.Package.Points[0].Uncertainty, read.Package.Method));
        Assert.Equal("重复性", read.Package.Points[0].Budget.Single().Source);
        var again = Cast.Accept(await SaveAsync(stage, laboratory, Begun with { Method = "直接比较" }, read.Revision));
        Assert.NotEqual(read.Revision, again.Revision);
        await stage.ReceiveAsync(1);
        await using var db = database.Open();
        Assert.False(await db.PackageDrafts.AnyAsync());
        Assert.Equal(2, await db.Submissions.CountAsync());
    }

    [Theory, EachDatabase]
    public async Task Nobody_but_the_laboratorys_own_people_reads_or_discards_it_and_the_trail_never_says_what_it_is(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        var laboratory = stage.Cast.Laboratories[0];
        Cast.Accept(await SaveAsync(stage, laboratory, Begun));
        Actor[] others = [stage.Pilot, stage.Cast.Organiser, stage.Cast.Regulator, stage.Cast.Laboratories[1], stage.Cast.Stranger, Actor.Anonymous, Actor.System];
        foreach (var state in new[] { "", "end-circulation", "open-results" })
        {
            if (state.Length > 0)
                await stage.MoveAsync(state);
            foreach (var other in others)
            {
                Assert.False((await FindAsync(stage, other)).Accepted);
                await using var scope = database.As(other);
                Assert.False((await scope.Get<KeepDraft>().DiscardAsync(stage.Code, null, other)).Accepted);
                Assert.False((await scope.Get<KeepDraft>().DiscardAsync(stage.Code, "L01", other)).Accepted);
            }
            Assert.Equal("1.0731953", Cast.Accept(await FindAsync(stage, laboratory)).Package.Points[0].Value);
        }
        await using var db = database.Open();
        var trail = await db.Audit.Where(e => e.Subject == "comparison_package_draft").Select(e => e.Changes).ToListAsync();
        Assert.NotEmpty(trail);
        Assert.All(trail, t => Assert.DoesNotContain("1.0731953", t, StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task What_a_colleague_saved_or_handed_in_meanwhile_is_not_overwritten(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        var kept = Cast.Accept(await SaveAsync(stage, stage.Pilot, Begun, Guid.Empty));
        Assert.Equal(OutcomeKind.Conflict, (await SaveAsync(stage, stage.Pilot, Begun, Guid.Empty)).Kind);
        Cast.Accept(await SaveAsync(stage, stage.Pilot, Begun, kept.Revision));
        Assert.Equal(OutcomeKind.Conflict, (await SaveAsync(stage, stage.Pilot, Begun, kept.Revision)).Kind);
        await stage.ReceiveAsync();
        Assert.Equal(OutcomeKind.Conflict, (await SaveAsync(stage, stage.Pilot, Begun with { Replaces = 0 })).Kind);
        Assert.Equal(1, Cast.Accept(await SaveAsync(stage, stage.Pilot, Begun, Guid.Empty)).Package.Replaces);
        await using var scope = database.As(stage.Pilot);
        Cast.Accept(await scope.Get<KeepDraft>().DiscardAsync(stage.Code, null, stage.Pilot));
        Assert.Equal(OutcomeKind.NotFound, (await FindAsync(stage, stage.Pilot)).Kind);
    }

    [Fact]
    public async Task What_would_have_no_place_in_the_form_is_refused_and_so_is_what_can_no_longer_be_handed_in()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database);
        Cast.Refuse(await SaveAsync(stage, stage.Pilot, new() { Points = [new() { Point = "7", Value = "1" }, new() { Point = "1", Value = "1", Unit = "mV" }, new() { Point = "1", Value = "1" }] }),
            "results-point-unknown", "results-unit-differs", "results-point-twice");
        Cast.Refuse(await SaveAsync(stage, stage.Pilot, Begun with { Conditions = new('x', 2_200_000) }), "results-draft-too-large");
        await stage.MoveAsync("end-circulation", "open-results");
        Cast.Refuse(await SaveAsync(stage, stage.Cast.Laboratories[0], Begun), "results-state");
    }

    private static async Task<Outcome<KeptDraft>> SaveAsync(Circulating stage, Actor actor, SubmitResultRequest package, Guid? over = null)
    {
        await using var scope = stage.Database.As(actor);
        return await scope.Get<KeepDraft>().SaveAsync(stage.Code, new() { Package = package, Over = over }, actor);
    }

    private static async Task<Outcome<KeptDraft>> FindAsync(Circulating stage, Actor actor)
    {
        await using var scope = stage.Database.As(actor);
        return await scope.Get<KeepDraft>().FindAsync(stage.Code, null, actor);
    }
}
