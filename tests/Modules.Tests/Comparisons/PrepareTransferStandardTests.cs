using System.Text;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class PrepareTransferStandardTests
{
    private static readonly PreparationLimits Limits = new(0.3, 0.3, 1.0 / 3, 0.05,
        new Dictionary<string, string> { ["CMP.homogeneity-ratio"] = "0.3", ["CMP.stability-ratio"] = "0.3", ["CMP.stability-target-ratio"] = "1/3", ["CMP.stability-level"] = "0.05" });
    private static readonly DateOnly Until = new(2026, 12, 31);

    [Theory, EachDatabase]
    public async Task Enrolment_opens_when_the_last_missing_test_has_passed_and_a_failed_one_keeps_it_shut(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.PreparingAsync();
        foreach (var point in new[] { 1, 2 })
        {
            var value = point == 1 ? "1.0000" : "10.0000";
            Assert.True(Cast.Accept(await RecordAsync(database, code, cast.Pilot, Stable(point, value))).Result.Passed);
            Assert.True(Cast.Accept(await RecordAsync(database, code, cast.Pilot, Transport(point, value, value))).Result.Passed);
        }
        // σ is 0.001 V at the first point: a jump of 0.0005 V is too much.
        var failed = Cast.Accept(await RecordAsync(database, code, cast.Pilot, Transport(1, "1.0000", "1.0005")));
        Assert.False(failed.Result.Passed);
        var outcome = await cast.TryMoveAsync(code, "open-enrolment", cast.Pilot);
        Cast.Refuse(outcome, "test-failed");
        Assert.Equal(["固态电压标准", "1.000 V", PreparationKind.Transport], outcome.Refusals[0].Arguments);
        Cast.Accept(await RecordAsync(database, code, cast.Pilot, Transport(1, "1.0000", "1.0001")));
        await cast.MoveAsync(code, "open-enrolment", cast.Pilot);
        await using var scope = database.As(cast.Pilot);
        // Superseded, never erased.
        Assert.Equal(6, Cast.Accept(await scope.Get<PrepareTransferStandard>().ListAsync(code, cast.Pilot, default)).Count);
    }

    [Theory, EachDatabase]
    public async Task One_file_brings_the_tests_of_all_points_or_says_row_by_row_why_none(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.PreparingAsync();
        async Task<Outcome<IReadOnlyList<TestReceipt>>> ImportAsync(string rows, Actor actor)
        {
            await using var scope = database.As(actor);
            return await scope.Get<ImportTests>().RunAsync(code, new MemoryStream(Encoding.UTF8.GetBytes("Point,Test,\"Item, date or stage\",Value 1,Value 2\n" + rows)), "tests.csv", actor, default);
        }
        var outcome = await ImportAsync("1.000 V,Transport,before,1.0000,1.0001\n1.000 V,Transport,during,1.0000,x\n3,Stability,2026-01-05,1.0000,\n", cast.Pilot);
        Assert.All(outcome.Refusals, r => Assert.Equal(("tests-row", "Tests"), (r.Code, r.Field)));
        Assert.Equal([3, 3, 4, 4], outcome.Refusals.Select(r => (int)r.Arguments[0]!));
        Assert.Equal(OutcomeKind.Forbidden, (await ImportAsync("1,Transport,before,1,1\n", cast.Organiser)).Kind);
        string Rows(int point, string value) =>
            $"{point},运输,before,{value},{value}\n{point},运输,after,{value},{value}\n{point},稳定性,2026-01-05,{value},\n{point},稳定性,2026-01-20,{value},\n{point},稳定性,2026-02-10,{value},\n";
        Assert.Equal(4, Cast.Accept(await ImportAsync(Rows(1, "1.0000") + Rows(2, "10.0000"), cast.Pilot)).Count);
        await cast.MoveAsync(code, "open-enrolment", cast.Pilot);
    }

    [Theory, EachDatabase]
    public async Task A_failed_test_passes_against_a_target_widened_with_a_reason(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.PreparingAsync();
        var failed = Cast.Accept(await RecordAsync(database, code, cast.Pilot, Transport(1, "1.0000", "1.0005")));
        Assert.Equal(0.0005 / Math.Sqrt(3), failed.Result.StandardUncertainty, 1e-9);
        async Task<Outcome<Done>> WidenAsync(string target, string? reason, Actor actor)
        {
            await using var scope = database.As(actor);
            return await scope.Get<PrepareTransferStandard>().WidenAsync(code, new() { Point = 1, Target = target, Reason = reason }, actor, default);
        }
        Cast.Refuse(await WidenAsync("0.001", "", cast.Pilot), "target-not-wider", "reason-missing");
        Assert.Equal(OutcomeKind.Forbidden, (await WidenAsync("0.002", "r", cast.Organiser)).Kind);
        Cast.Accept(await WidenAsync("0.002", "运输影响计入", cast.Pilot));
        Assert.Equal(0.002, (await cast.LoadAsync(code)).Points[0].TargetUncertainty);
        await using var scope = database.As(cast.Pilot);
        var tests = Cast.Accept(await scope.Get<PrepareTransferStandard>().ListAsync(code, cast.Pilot, default));
        Assert.Equal([false, true], tests.Select(t => t.Result.Passed).Order());
    }

    [Theory, EachDatabase]
    public async Task Only_the_pilot_laboratory_enters_tests_and_only_while_it_prepares(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.PreparingAsync();
        Assert.Equal(OutcomeKind.Forbidden, (await RecordAsync(database, code, cast.Organiser, Stable(1, "1"))).Kind);
        Cast.Refuse(await RecordAsync(database, code, cast.Pilot, new() { Standard = 9, Point = 9, Kind = "Shock" }), "choice-unknown", "choice-unknown", "choice-unknown");
        await cast.PassTestsAsync(code);
        await cast.MoveAsync(code, "open-enrolment", cast.Pilot);
        Cast.Refuse(await RecordAsync(database, code, cast.Pilot, Stable(1, "1.0")), "not-preparing");
    }

    [Fact]
    public void Homogeneity_of_alike_items_passes_and_of_different_ones_fails_with_its_contribution()
    {
        string[][] alike = [["10.01", "10.02"], ["10.02", "10.01"], ["10.00", "10.02"], ["10.01", "10.01"], ["10.02", "10.00"], ["10.01", "10.02"], ["10.00", "10.01"], ["10.02", "10.02"], ["10.01", "10.00"], ["10.01", "10.01"]];
        var passed = PreparationAnalysis.Of(PreparationKind.Homogeneity, Rows(alike), 0.1, Until, Limits);
        Assert.True(passed.Passed);
        Assert.Null(passed.WidenedTarget);
        string[][] different = [["10.0", "10.0"], ["11.0", "11.0"], ["12.0", "12.1"]];
        var failed = PreparationAnalysis.Of(PreparationKind.Homogeneity, Rows(different), 0.1, Until, Limits);
        Assert.False(failed.Passed);
        // Means 10, 11, 12.05: s of the means 1.02509; s_w² = 0.005/3.
        Assert.Equal(Math.Sqrt(1.0508333333 - 0.005 / 3 / 2), failed.Figures.Single(f => f.Key == "s-s").Value!.Value, 1e-6);
        Assert.Equal(double.Hypot(0.1, failed.StandardUncertainty), failed.WidenedTarget!.Value, 1e-12);
    }

    [Fact]
    public void A_drifting_standard_fails_and_one_whose_drift_does_not_matter_passes()
    {
        PreparationData Drift(double perMonth) => new([.. Enumerable.Range(0, 6).Select(i => new PreparationRow($"2026-0{i + 1}-01", [TypedNumber.Show(10 + perMonth * i + (i % 2 == 0 ? 1e-4 : -1e-4))]))]);
        var drifting = PreparationAnalysis.Of(PreparationKind.Stability, Drift(0.05), 0.1, Until, Limits);
        Assert.False(drifting.Passed);
        Assert.False(drifting.Criteria.Single(c => c.Key == "trend").Met);
        var slight = PreparationAnalysis.Of(PreparationKind.Stability, Drift(0.001), 0.1, Until, Limits);
        Assert.False(slight.Criteria.Single(c => c.Key == "trend").Met);
        Assert.True(slight.Criteria.Single(c => c.Key == "trend-negligible").Met);
        Assert.True(slight.Passed);
        Assert.True(slight.StandardUncertainty >= slight.Figures.Single(f => f.Key == "drift").Value / Math.Sqrt(3) - 1e-12);
    }

    public static TheoryData<string, string[], string> BadReadings => new()
    {
        { "Stability", ["2026-01-01=1", "2026-02-01=1"], "days-too-few(Rows)" },
        { "Stability", ["2026-01-01=1", "2026-02-01=1", "2027-02-01=1"], "date-future(Rows[2].Key)" },
        { "Stability", ["1.1.2026=1"], "date-unreadable(Rows[0].Key)" },
        { "Stability", ["2026-01-01=", "2026-02-01=1", "2026-02-02=1"], "values-count(Rows[0].Values)" },
        { "Stability", ["2026-01-01=1,0", "2026-02-01=1", "2026-02-02=1"], "number-unreadable(Rows[0].Values)" },
        { "Stability", ["2026-01-01=9", "2026-02-01=1", "2026-02-02=1"], "value-beyond-limits(Rows[0].Values)" },
        { "Homogeneity", ["1=1 1"], "items-too-few(Rows)" },
        { "Homogeneity", ["1=1 1", "1=1 1"], "items-twice(Rows)" },
        { "Homogeneity", ["1=1 1", "2=1 1 1"], "replicates-unequal(Rows)" },
        { "Transport", ["before=1 1", "during=1 1"], "stage-unknown(Rows[1].Key)" },
        { "Transport", ["before=1 1", "运输后=1"], "after-too-few(Rows)" },
        { "Transport", ["after=1 1"], "before-too-few(Rows)" },
    };

    [Theory, MemberData(nameof(BadReadings))]
    public void Readings_are_refused_for(string kind, string[] rows, string refusal)
    {
        var point = new MeasurementPoint { Id = default, Ordinal = 1, Label = "1", NominalText = "1", Nominal = 1, LowerLimit = 0.5, UpperLimit = 2, TargetUncertainty = 0.1 };
        var standard = new TransferStandard { Id = default, Ordinal = 1, Name = "s" };
        var comparison = new Comparison { Id = default, Code = "c", Title = "t", Level = default, Field = default, OrganiserId = default, RegulatorId = default, PilotId = default, Quantity = "q", Unit = "V", EnrolmentDue = default, ResultsDue = default, Options = new() };
        var request = new RecordTestRequest { Standard = 1, Point = 1, Kind = kind, Rows = [.. rows.Select(r => r.Split('=')).Select(r => new ReadingRow { Key = r[0], Values = r[1] })] };
        var found = PreparationRules.Refusals(comparison, standard, point, Enum.Parse<PreparationKind>(kind), request, new DateOnly(2026, 3, 2)).Where(r => r.Code != "not-preparing");
        Assert.Equal(refusal, Assert.Single(found.Select(r => $"{r.Code}({r.Field})")));
    }

    [Fact]
    public void Readings_come_from_a_pasted_table() =>
        Assert.Equal([("2026-01-01", "1.0 1.1"), ("2026-02-01", "1.2")], ReadingSheet.Read("date\tv1\tv2\n2026-01-01\t1.0\t1.1\n2026-02-01\t1.2\t\n").Value!.Select(r => (r.Key, r.Values)));

    private static RecordTestRequest Stable(int point, string value) => new()
    {
        Standard = 1, Point = point, Kind = "Stability", Rows = [new() { Key = "2025-12-01", Values = $"{value}1 {value}2" }, new() { Key = "2026-01-15", Values = $"{value}2 {value}1" }, new() { Key = "2026-03-01", Values = $"{value}1 {value}3" }],
    };

    private static RecordTestRequest Transport(int point, string before, string after) => new()
    {
        Standard = 1, Point = point, Kind = "Transport", Rows = [new() { Key = "before", Values = $"{before}0 {before}1 {before}0" }, new() { Key = "after", Values = $"{after}0 {after}1 {after}0" }],
    };

    private static async Task<Outcome<TestReceipt>> RecordAsync(TestDatabase database, string code, Actor actor, RecordTestRequest request)
    {
        database.Clock.Now = database.Clock.Now.AddMinutes(1);
        await using var scope = database.As(actor);
        return await scope.Get<PrepareTransferStandard>().RunAsync(code, request, actor, default);
    }

    private static PreparationData Rows(string[][] items) => new([.. items.Select((values, i) => new PreparationRow($"{i + 1}", values))]);
}
