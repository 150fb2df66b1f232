using Microsoft.EntityFrameworkCore;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class MoveComparisonTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Theory, EachDatabase]
    public async Task A_comparison_goes_from_draft_to_its_pilot_laboratory_and_the_next_party_is_told(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.PreparingAsync();
        var comparison = await cast.LoadAsync(code);
        Assert.Equal(ComparisonState.Preparing, comparison.State);
        var pilot = Assert.Single(comparison.Participants);
        Assert.True(pilot.IsPilot);
        Assert.Equal((ParticipantState.Confirmed, cast["PILOT"]), (pilot.State, pilot.OrganisationId));
        await using var db = database.Open();
        Assert.Equal(["accept", "approve", "draft", "propose"], (await db.ComparisonEvents.ToListAsync()).Select(e => e.Action).Order());
        var told = await db.Notices.Select(n => new { n.PersonId, n.Key }).ToListAsync();
        Assert.Contains(told, n => n.PersonId == cast.Regulator.PersonId && n.Key == "comparison-propose");
        Assert.Contains(told, n => n.PersonId == cast.Pilot.PersonId && n.Key == "comparison-approve");
        Assert.Contains(told, n => n.PersonId == cast.Organiser.PersonId && n.Key == "comparison-accept");
    }

    [Theory, EachDatabase]
    public async Task Each_move_belongs_to_one_party(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.DraftAsync();
        Assert.Equal(OutcomeKind.Forbidden, (await cast.TryMoveAsync(code, "propose", cast.Regulator)).Kind);
        Assert.Equal(OutcomeKind.NotFound, (await cast.TryMoveAsync(code, "propose", cast.Stranger)).Kind);
        Assert.Equal(OutcomeKind.NotFound, (await cast.TryMoveAsync(code, "publish", cast.Organiser)).Kind);
        Cast.Refuse(await cast.TryMoveAsync(code, "approve", cast.Regulator), "move-not-now");
        Assert.Equal(OutcomeKind.Conflict, (await cast.TryMoveAsync(code, "propose", cast.Organiser, new() { Version = 9 })).Kind);
        await cast.MoveAsync(code, "propose", cast.Organiser);
        await cast.MoveAsync(code, "approve", cast.Regulator);
        Cast.Refuse(await cast.TryMoveAsync(code, "accept", cast.Pilot), "duties-unconfirmed");
    }

    [Theory, EachDatabase]
    public async Task A_return_and_a_cancellation_need_a_reason(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.DraftAsync();
        await cast.MoveAsync(code, "propose", cast.Organiser);
        Cast.Refuse(await cast.TryMoveAsync(code, "return", cast.Regulator), "reason-missing");
        await cast.MoveAsync(code, "return", cast.Regulator, new() { Note = "请补充溯源性" });
        Assert.Equal(ComparisonState.Draft, (await cast.LoadAsync(code)).State);
        Cast.Refuse(await cast.TryMoveAsync(code, "cancel", cast.Organiser, new() { Note = " " }), "reason-missing");
        Assert.Equal(ComparisonState.Cancelled, (await cast.MoveAsync(code, "cancel", cast.Organiser, new() { Note = "经费取消" })).State);
    }

    [Theory, EachDatabase]
    public async Task Who_drafted_cannot_approve(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.DraftAsync();
        await cast.MoveAsync(code, "propose", cast.Organiser);
        var both = cast.Organiser with { Roles = [.. cast.Organiser.Roles, .. cast.Regulator.Roles] };
        Cast.Refuse(await cast.TryMoveAsync(code, "approve", both), "four-eyes");
    }

    [Theory, EachDatabase]
    public async Task An_incomplete_draft_is_not_proposed_and_all_that_is_missing_is_named(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.DraftAsync(cast.Draft() with { Purpose = "", Quantity = "", Unit = "", Points = [new() { Nominal = "1" }], TransferStandards = [new() { Name = "s" }] });
        Cast.Refuse(await cast.TryMoveAsync(code, "propose", cast.Organiser), "purpose-missing", "quantity-missing", "unit-missing", "target-missing", "traceability-missing");
    }

    [Theory, EachDatabase]
    public async Task The_same_subject_is_not_compared_nationally_twice_in_five_years(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var first = await cast.DraftAsync();
        await cast.MoveAsync(first, "propose", cast.Organiser);
        var second = await cast.DraftAsync(cast.Draft() with { Quantity = "直流 电压" });
        Cast.Refuse(await cast.TryMoveAsync(second, "propose", cast.Organiser), "subject-repeated");
        await cast.MoveAsync(first, "cancel", cast.Organiser, new() { Note = "让位" });
        await cast.MoveAsync(second, "propose", cast.Organiser);
    }

    [Theory, EachDatabase]
    public async Task Enrolment_does_not_open_before_the_transfer_standard_is_tested(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.PreparingAsync();
        var outcome = await cast.TryMoveAsync(code, "open-enrolment", cast.Pilot);
        Cast.Refuse(outcome, "test-missing", "test-missing", "test-missing", "test-missing");
        Assert.Contains(outcome.Refusals, r => r.Arguments is ["固态电压标准", "10.000 V", PreparationKind.Transport]);
    }

    [Fact]
    public void A_period_beyond_eighteen_months_is_refused_nationally_and_warned_of_elsewhere()
    {
        var context = new ProposalContext(Now, Rule("CMP.project-months", 18, RuleKind.Maximum), Rule("CMP.repeat-years", 5, RuleKind.Minimum), []);
        var national = Complete(ComparisonLevel.National, Now.AddMonths(18).AddDays(1));
        Assert.Equal("project-too-long", Assert.Single(ProposalRules.Refusals(national, context)).Code);
        Assert.Empty(ProposalRules.Refusals(Complete(ComparisonLevel.National, Now.AddMonths(18)), context));
        var local = Complete(ComparisonLevel.Local, Now.AddMonths(19));
        Assert.Empty(ProposalRules.Refusals(local, context));
        Assert.Equal("project-too-long", Assert.Single(ProposalRules.Warnings(local, context)).Code);
    }

    [Theory]
    [InlineData(RuleStatus.Found, RuleKind.Minimum, true)]
    [InlineData(RuleStatus.Unverified, RuleKind.Minimum, false)]
    [InlineData(RuleStatus.Found, RuleKind.Statement, false)]
    public void A_rule_refuses_only_when_it_binds_and_is_verified(RuleStatus status, RuleKind kind, bool binds) =>
        Assert.Equal(binds, ProposalRules.Binds(Rule("x", 5, kind, status)));

    [Fact]
    public void A_subject_is_free_again_after_five_years()
    {
        var comparison = Complete(ComparisonLevel.National, Now.AddMonths(12));
        ProposalContext Context(DateTimeOffset since) => new(Now, Rule("m", 18, RuleKind.Maximum), Rule("y", 5, RuleKind.Minimum), [new("2021-N-001", "t", "Ｑ", since)]);
        Assert.Equal("subject-repeated", Assert.Single(ProposalRules.Refusals(comparison, Context(Now.AddYears(-5).AddDays(1)))).Code);
        Assert.Empty(ProposalRules.Refusals(comparison, Context(Now.AddYears(-5))));
    }

    private static Comparison Complete(ComparisonLevel level, DateTimeOffset resultsDue) => new()
    {
        Id = Guid.NewGuid(), Code = "2026-N-001", Title = "t", Level = level, Field = MeasurementField.Thermal, OrganiserId = default, RegulatorId = default, PilotId = default,
        Purpose = "p", Quantity = "q", Unit = "V", EnrolmentDue = Now.AddMonths(1), ResultsDue = resultsDue, Options = new(),
        Points = { new() { Id = Guid.NewGuid(), Ordinal = 1, Label = "1", NominalText = "1", Nominal = 1, TargetUncertainty = 0.1 } },
        TransferStandards = { new() { Id = Guid.NewGuid(), Ordinal = 1, Name = "s", Traceability = "t" } },
    };

    private static Rule Rule(string code, double number, RuleKind kind, RuleStatus status = RuleStatus.Found) =>
        new() { Id = Guid.NewGuid(), Code = code, Table = "CMP", Item = code, ItemEn = code, Value = $"{number}", Number = number, Kind = kind, Source = "s", Status = status, ProposedAt = default };
}
