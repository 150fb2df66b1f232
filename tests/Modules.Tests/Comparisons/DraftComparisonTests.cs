using Microsoft.EntityFrameworkCore;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class DraftComparisonTests
{
    private static readonly Organisation Laboratory = Body("PILOT", OrganisationKind.MetrologyInstitute);
    private static readonly Organisation Regulator = Body("SAMR", OrganisationKind.NationalRegulator);
    private static readonly DraftParties Parties = new(Body("ORG", OrganisationKind.Society), Laboratory, Regulator);

    [Theory, EachDatabase]
    public async Task A_draft_keeps_the_digits_as_typed_and_gets_the_next_code(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        Assert.Equal("2026-N-001", await cast.DraftAsync());
        Assert.Equal("2026-N-002", await cast.DraftAsync());
        var comparison = await cast.LoadAsync("2026-N-001");
        Assert.Equal(["1.000", "10.000"], comparison.Points.Select(p => p.NominalText));
        Assert.Equal("1.000 V", comparison.Points[0].Label);
        Assert.Equal(new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.FromHours(8)), comparison.ResultsDue);
        Assert.Equal(ComparisonState.Draft, comparison.State);
    }

    [Theory, EachDatabase]
    public async Task Drafts_made_at_the_same_moment_get_codes_of_their_own(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var codes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => cast.DraftAsync())));
        Assert.Equal(5, codes.Distinct().Count());
    }

    [Theory, EachDatabase]
    public async Task A_draft_may_be_incomplete_and_is_changed_row_by_row(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.DraftAsync(cast.Draft() with { Quantity = "", Purpose = null, Points = [new()], TransferStandards = [] });
        await using var scope = database.As(cast.Organiser);
        var handler = scope.Get<DraftComparison>();
        var changed = Cast.Accept(await handler.RunAsync(code, cast.Draft() with { Version = 0 }, cast.Organiser, default));
        Assert.Equal(1, changed.Version);
        Assert.Equal(2, (await cast.LoadAsync(code)).Points.Count);

        await using var second = database.As(cast.Organiser);
        Cast.Accept(await second.Get<DraftComparison>().RunAsync(code, cast.Draft() with { Points = [new() { Nominal = "5" }] }, cast.Organiser, default));
        Assert.Equal("5", Assert.Single((await cast.LoadAsync(code)).Points).NominalText);

        await using var third = database.As(cast.Organiser);
        Assert.Equal(OutcomeKind.Conflict, (await third.Get<DraftComparison>().RunAsync(code, cast.Draft() with { Version = 1 }, cast.Organiser, default)).Kind);
    }

    [Theory, EachDatabase]
    public async Task A_title_is_enough_to_save_and_the_proposal_names_everything_that_is_missing(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.DraftAsync(new() { Title = "只有名称", Points = [new() { Label = "A" }], TransferStandards = [new() { Model = "732" }] });
        Assert.Equal("2026-D-001", code);
        var refused = await cast.TryMoveAsync(code, "propose", cast.Organiser);
        Assert.Equal(
            ["Level", "Field", "Pilot", "Regulator", "EnrolmentDue", "ResultsDue", "Purpose", "Quantity", "Unit", "Points[0].Nominal", "Points[0].TargetUncertainty", "TransferStandards[0].Name", "TransferStandards[0].Traceability"],
            refused.Refusals.Select(r => r.Field));
        await using var scope = database.As(cast.Organiser);
        var shown = Cast.Accept(await scope.Get<ShowComparison>().RunAsync(code, cast.Organiser, default)).Comparison;
        Assert.False(shown.IsDecided("Pilot"));
        var again = ComparisonDraft.Of(shown, "ORG", "ORG", "ORG", d => $"{d:yyyy-MM-dd}");
        Assert.Equal((null, null, null, null, null), (again.Level, again.Field, again.Pilot, again.Regulator, again.ResultsDue));

        await using var empty = database.As(cast.Organiser);
        Cast.Accept(await empty.Get<DraftComparison>().RunAsync(code, new() { Title = "没有行", Points = null!, TransferStandards = null! }, cast.Organiser, default));

        // Level, pilot and regulator are chosen, and chosen otherwise, while it is a draft; the code follows the level.
        await using var second = database.As(cast.Organiser);
        var changed = Cast.Accept(await second.Get<DraftComparison>().RunAsync(code, cast.Draft() with { Pilot = "LAB1", RequiredShare = "80" }, cast.Organiser, default));
        Assert.Equal("2026-N-001", changed.Code);
        await using var third = database.As(cast.Organiser);
        changed = Cast.Accept(await third.Get<DraftComparison>().RunAsync(changed.Code, cast.Draft() with { Level = "SelfOrganised", RequiredShare = "80", TauPriorScale = "0.5" }, cast.Organiser, default));
        Assert.Equal("2026-O-001", changed.Code);
        var complete = await cast.LoadAsync(changed.Code);
        Assert.Equal((cast["PILOT"], 0.8, 0.5, ""), (complete.PilotId, complete.Options.RequiredShare, complete.Options.TauPriorScale, complete.Undecided));
        await cast.MoveAsync(changed.Code, "propose", cast.Organiser);
    }

    [Theory, EachDatabase]
    public async Task Only_its_organiser_edits_a_draft_and_only_a_draft(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.DraftAsync();
        async Task<Outcome<DraftReceipt>> EditAsync(Actor actor, string? which)
        {
            await using var scope = database.As(actor);
            return await scope.Get<DraftComparison>().RunAsync(which, cast.Draft(), actor, default);
        }
        Assert.Equal(OutcomeKind.Forbidden, (await EditAsync(cast.Pilot, code)).Kind);
        Assert.Equal(OutcomeKind.NotFound, (await EditAsync(cast.Stranger, code)).Kind);
        Assert.Equal(OutcomeKind.NotFound, (await EditAsync(cast.Organiser, "2026-N-999")).Kind);
        Assert.Equal(OutcomeKind.Forbidden, (await EditAsync(cast.Stranger, null)).Kind);
        await cast.MoveAsync(code, "propose", cast.Organiser);
        Cast.Refuse(await EditAsync(cast.Organiser, code), "not-a-draft");
    }

    public static TheoryData<string, string, string> BrokenRules => new()
    {
        { "Title", " ", "title-missing(Title)" },
        { "Level", "2", "choice-unknown(Level)" },
        { "Field", "Alchemy", "choice-unknown(Field)" },
        { "EnrolmentDue", "31.5.2026", "date-unreadable(EnrolmentDue)" },
        { "ResultsDue", "2026-05-31", "results-before-enrolment(ResultsDue)" },
        { "Unit", "12", "unit-implausible(Unit)" },
        { "Unit", "=HYPERLINK(1)", "unit-implausible(Unit)" },
        { "Unit", "Kg", "unit-slip(Unit)" },
        { "CoverageFactor", "0", "coverage-factor-range(CoverageFactor)" },
        { "OutlierLevel", "5 %", "level-range(OutlierLevel)" },
        { "RequiredShare", "101", "required-share-range(RequiredShare)" },
        { "Coverage", "95", "coverage-range(Coverage)" },
        { "PowerAlpha", "3", "alpha-range(PowerAlpha)" },
        { "TauPriorScale", "0", "setting-not-positive(TauPriorScale)" },
        { "Method", "Mode", "choice-unknown(Method)" },
    };

    [Theory, MemberData(nameof(BrokenRules))]
    public void A_draft_is_refused_for(string property, string value, string refusal)
    {
        var draft = Complete();
        typeof(ComparisonDraft).GetProperty(property)!.SetValue(draft, value);
        Assert.Equal(refusal, Assert.Single(DraftRules.Refusals(draft, Parties).Select(r => $"{r.Code}({r.Field})")));
    }

    [Theory]
    [InlineData("abc", "", "", "", "number-unreadable(Points[0].Nominal)")]
    [InlineData("1,5", "", "", "", "number-unreadable(Points[0].Nominal)")]
    [InlineData("10", "11", "", "", "limits-not-around(Points[0].LowerLimit)")]
    [InlineData("10", "", "9", "", "limits-not-around(Points[0].UpperLimit)")]
    [InlineData("10", "x", "", "", "number-unreadable(Points[0].LowerLimit)")]
    [InlineData("10", "", "", "0", "target-not-positive(Points[0].TargetUncertainty)")]
    [InlineData("10", "9", "11", "5", "target-beyond-limits(Points[0].TargetUncertainty)")]
    public void A_point_is_refused_for(string nominal, string lower, string upper, string target, string refusal)
    {
        var draft = Complete() with { Points = [new() { Nominal = nominal, LowerLimit = lower, UpperLimit = upper, TargetUncertainty = target }] };
        Assert.Equal(refusal, Assert.Single(DraftRules.Refusals(draft, Parties).Select(r => $"{r.Code}({r.Field})")));
    }

    [Fact]
    public void Every_reason_is_given_at_once()
    {
        var draft = new ComparisonDraft { Pilot = "?", EnrolmentDue = "soon", Points = [new() { Label = "x", Nominal = "y" }], TransferStandards = [new() { Model = "m", Items = "0" }] };
        var codes = DraftRules.Refusals(draft, new(null, null, null)).Select(r => r.Code).ToArray();
        Assert.Superset(new HashSet<string> { "title-missing", "organiser-not-yours", "organisation-unknown", "date-unreadable", "number-unreadable", "items-out-of-range" }, codes.ToHashSet());
    }

    [Fact]
    public void A_pilot_is_a_laboratory_and_a_regulator_is_competent_for_the_level()
    {
        Assert.Equal("pilot-no-laboratory", Assert.Single(DraftRules.Refusals(Complete(), Parties with { Pilot = Regulator })).Code);
        Assert.Equal("regulator-not-competent", Assert.Single(DraftRules.Refusals(Complete() with { Level = "Local" }, Parties)).Code);
        Assert.Equal("organisation-inactive", Assert.Single(DraftRules.Refusals(Complete(), Parties with { Pilot = Body("P", OrganisationKind.University, OrganisationState.Suspended) })).Code);
    }

    [Theory]
    [InlineData("1 000.5", 1000.5)]
    [InlineData("\u22121.5e-6", -1.5e-6)]
    [InlineData("0.350", 0.35)]
    [InlineData("1,5", null)]
    [InlineData("NaN", null)]
    [InlineData("1e999", null)]
    [InlineData("", null)]
    public void A_number_is_read_as_typed(string text, double? number) => Assert.Equal(number, TypedNumber.Read(text));

    [Fact]
    public void Points_come_from_a_pasted_table_in_either_language()
    {
        var read = PointSheet.Read("标称值\t目标标准不确定度\t测量点\n1.000\t0.001\tA\n10.000\t\tB\n");
        Assert.Equal([("A", "1.000", "0.001"), ("B", "10.000", "")], read.Value!.Select(p => (p.Label, p.Nominal, p.TargetUncertainty)));
        Assert.Equal("3", Assert.Single(PointSheet.Read("Label,Nominal value,Upper limit\nC,3,4\n").Value!).Nominal);
        Assert.Equal("sheet", Assert.Single(PointSheet.Read("a,b\n1,2\n").Refusals).Code);
    }

    private static ComparisonDraft Complete() => ComparisonDraft.Blank(new(new DateOnly(2026, 3, 2))) with
    {
        Title = "t", Field = "Thermal", Unit = "°C", EnrolmentDue = "2026-05-31", ResultsDue = "2026-12-31", Points = [], TransferStandards = [],
    };

    private static Organisation Body(string code, OrganisationKind kind, OrganisationState state = OrganisationState.Active) =>
        new() { Id = Guid.NewGuid(), Code = code, Name = code, Kind = kind, Region = "000000", RegisteredAt = default, State = state };
}
