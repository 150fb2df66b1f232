using Plumbline.Comparisons;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class FindComparisonsTests
{
    [Theory, EachDatabase]
    public async Task Drafts_are_seen_by_their_own_side_only(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var draft = await cast.DraftAsync(cast.Draft() with { Quantity = "电阻" });
        var announced = await cast.PreparingAsync();
        Assert.Equal([announced], await FindAsync(database, Actor.Anonymous, new()));
        Assert.Equal([announced], await FindAsync(database, cast.Stranger, new()));
        Assert.Equal([announced, draft], (await FindAsync(database, cast.Organiser, new())).OrderDescending());
        await using var scope = database.As(Actor.Anonymous);
        Assert.False((await scope.Get<ShowComparison>().RunAsync(draft, Actor.Anonymous, default)).Accepted);
    }

    [Theory, EachDatabase]
    public async Task Search_filters_and_pages_narrow_the_list_and_counts_ignore_the_state_filter(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var volts = await cast.PreparingAsync();
        var mass = await cast.DraftAsync(cast.Draft() with { Title = "质量", TitleEn = "Mass OF weights", Quantity = "质量", Field = nameof(MeasurementField.Mechanical), Level = nameof(ComparisonLevel.SelfOrganised) });
        await cast.MoveAsync(mass, "propose", cast.Organiser);
        await cast.MoveAsync(mass, "approve", cast.Regulator);
        Assert.Equal([mass], await FindAsync(database, Actor.Anonymous, new() { Q = "mass WEIGHTS" }));
        Assert.Equal([volts], await FindAsync(database, Actor.Anonymous, new() { Q = "电压" }));
        Assert.Equal([volts], await FindAsync(database, Actor.Anonymous, new() { State = "Preparing" }));
        Assert.Equal([mass], await FindAsync(database, Actor.Anonymous, new() { Field = "Mechanical", Level = "SelfOrganised", Year = "2026", Organiser = "ORG" }));
        Assert.Empty(await FindAsync(database, Actor.Anonymous, new() { Year = "1999" }));
        Assert.Empty(await FindAsync(database, Actor.Anonymous, new() { State = "nonsense" }));
        Assert.Empty(await FindAsync(database, Actor.Anonymous, new() { Q = "100%_" }));

        await using var scope = database.As(Actor.Anonymous);
        var list = await scope.Get<FindComparisons>().RunAsync(new() { State = "Preparing", Page = 9, Sort = "code" }, Actor.Anonymous, default, pageSize: 1);
        Assert.Equal((1, 1, 1), (list.Total, list.Page, list.Pages));
        Assert.Equal(1, list.States[ComparisonState.Approved]);
        var second = await scope.Get<FindComparisons>().RunAsync(new() { Page = 2, Sort = "code" }, Actor.Anonymous, default, pageSize: 1);
        Assert.Equal((2, 2, mass), (second.Total, second.Pages, Assert.Single(second.Items).Code));
    }

    [Theory, EachDatabase]
    public async Task Reasons_and_names_in_the_time_line_are_for_those_who_take_part(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.DraftAsync();
        await cast.MoveAsync(code, "propose", cast.Organiser);
        await cast.MoveAsync(code, "return", cast.Regulator, new() { Note = "缺少溯源性" });
        await cast.MoveAsync(code, "propose", cast.Organiser);
        await cast.MoveAsync(code, "approve", cast.Regulator);
        await using var scope = database.As(Actor.Anonymous);
        var show = scope.Get<ShowComparison>();
        var open = (await show.RunAsync(code, Actor.Anonymous, default)).Value!;
        Assert.Equal(("approve", null, null), open.View.Timeline.Select(e => (e.Action, e.PersonName, e.Note)).Single());
        Assert.Empty(open.Steps);
        var inside = (await show.RunAsync(code, cast.Pilot, default)).Value!;
        Assert.Contains(inside.View.Timeline, e => e.Note == "缺少溯源性" && e.PersonName == "监管");
        Assert.Equal("accept", Assert.Single(inside.Steps).Key);
    }

    [Theory, EachDatabase]
    public async Task Tasks_wait_for_whoever_is_next(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.DraftAsync();
        Assert.Equal("edit", Assert.Single(await TasksAsync(database, cast.Organiser)));
        Assert.Empty(await TasksAsync(database, cast.Regulator));
        await cast.MoveAsync(code, "propose", cast.Organiser);
        Assert.Empty(await TasksAsync(database, cast.Organiser));
        Assert.Equal("approve", Assert.Single(await TasksAsync(database, cast.Regulator)));
        await cast.MoveAsync(code, "approve", cast.Regulator);
        Assert.Equal("accept", Assert.Single(await TasksAsync(database, cast.Pilot)));
        await cast.MoveAsync(code, "accept", cast.Pilot, new() { DutiesConfirmed = true });
        Assert.Equal("prepare", Assert.Single(await TasksAsync(database, cast.Pilot)));
        Assert.Empty(await TasksAsync(database, cast.Stranger));
    }

    private static async Task<string[]> FindAsync(TestDatabase database, Actor actor, ComparisonQuery query)
    {
        await using var scope = database.As(actor);
        return [.. (await scope.Get<FindComparisons>().RunAsync(query, actor, default)).Items.Select(i => i.Code)];
    }

    private static async Task<string[]> TasksAsync(TestDatabase database, Actor actor)
    {
        await using var scope = database.As(actor);
        return [.. (await scope.Get<ListTasks>().RunAsync(actor, default)).Waiting.Select(t => t.Step)];
    }
}
