using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class RulesTests
{
    [Theory, EachDatabase]
    public async Task The_rules_that_ship_are_there_with_number_source_and_status(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var scope = database.As(Actor.Anonymous);
        var rules = scope.Get<Rules>();
        var months = await rules.Get("CMP.project-months");
        Assert.Equal((18, "month", RuleStatus.Found), (months.WholeAmount, months.Unit, months.Status));
        Assert.Contains("2026", months.Source, StringComparison.Ordinal);
        var ratio = await rules.Get("CMP.reference-uncertainty-ratio");
        Assert.Equal(1.0 / 3, ratio.Amount);
        Assert.False(ratio.IsVerified);
        Assert.Equal(1, (await rules.Get("CMP.en-limit")).Amount);
        Assert.Null((await rules.Get("CMP.class-a-participation")).Number);
    }

    [Theory, EachDatabase]
    public async Task A_code_that_no_rule_has_is_our_fault_not_the_readers(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var scope = database.As(Actor.Anonymous);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await scope.Get<Rules>().Get("CMP.no-such-rule"));
    }

    [Theory, EachDatabase]
    public async Task A_rule_holds_from_its_first_day(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var scope = database.As(Actor.Anonymous);
        Assert.Null(await scope.Get<Rules>().Find("CMP.order-69", new DateOnly(2023, 5, 31)));
        Assert.NotNull(await scope.Get<Rules>().Find("CMP.order-69", new DateOnly(2023, 6, 1)));
    }
}
