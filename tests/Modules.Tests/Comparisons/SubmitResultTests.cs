using Microsoft.EntityFrameworkCore;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class SubmitResultTests
{
    [Theory, EachDatabase]
    public async Task A_package_is_kept_with_its_digits_and_a_commitment_that_verifies(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        var package = Circulating.Package("１.0１0", "−1.000×10^1") with { ConfirmOutsideLimits = true };
        package = package with { Points = [package.Points[0] with { Budget = [new() { Source = "重复性", Type = "A", Contribution = "0.00006", DegreesOfFreedom = "9" }, new() { Source = "校准", Type = "b", Contribution = "0.00008" }] }, package.Points[1]] };
        var receipt = Cast.Accept(await stage.SubmitAsync(stage.Pilot, package));

        Assert.Equal(1, receipt.Version);
        Assert.Equal("P", receipt.Laboratory);
        var (comparison, participant, submission) = await OnlyAsync(stage);
        Assert.Equal(["１.0１0", "−1.000×10^1"], submission.Results.OrderBy(r => r.Value < 0).Select(r => r.ValueText));
        Assert.Equal([1.01, -10], submission.Results.OrderBy(r => r.Value < 0).Select(r => r.Value));
        Assert.All(submission.Results, r => Assert.Equal(0.0001, r.StandardUncertainty, 12));
        Assert.Equal(["A", "B"], submission.Budget.OrderBy(l => l.Ordinal).Select(l => l.Type));
        Assert.Equal(receipt.Commitment, submission.Commitment);
        Assert.Equal(Commitment.SaltLength, submission.Salt.Length);
        Assert.True(Commitment.Verify(comparison, participant, submission));
    }

    [Fact]
    public async Task A_changed_digit_breaks_the_commitment()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database);
        Cast.Accept(await stage.SubmitAsync(stage.Pilot));
        var (comparison, participant, submission) = await OnlyAsync(stage);
        var content = Commitment.ContentOf(comparison, participant, submission);
        Assert.Equal(submission.Commitment, Commitment.Of(submission.Salt, content));
        Assert.NotEqual(submission.Commitment, Commitment.Of(submission.Salt, content.Replace("1.0001", "1.0002", StringComparison.Ordinal)));
        using var read = System.Text.Json.JsonDocument.Parse(content);
        Assert.Equal("1.0001", read.RootElement.GetProperty("results")[0].GetProperty("value").GetString());
        // What is published proves the results without telling how they were measured, and the digest of that binds it all the same.
        var details = Commitment.DetailsOf(comparison, submission);
        Assert.Equal(Digest([.. submission.Salt[16..], .. System.Text.Encoding.UTF8.GetBytes(details)]), read.RootElement.GetProperty("details").GetString());
        Assert.Equal(submission.Commitment, Digest([.. Convert.FromHexString(Commitment.OpeningSalt(submission)), .. Convert.FromHexString(Digest(System.Text.Encoding.UTF8.GetBytes(content)))]));
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    [Theory, EachDatabase]
    public async Task The_database_itself_refuses_to_change_or_delete_what_was_handed_in(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        Cast.Accept(await stage.SubmitAsync(stage.Pilot));
        foreach (var table in new[] { "comparison_submission", "comparison_result" })
        {
            await using var db = database.Open();
#pragma warning disable EF1002 // The table's name is ours.
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync($"DELETE FROM {table}"));
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync($"UPDATE {table} SET \"Id\" = \"Id\""));
#pragma warning restore EF1002
        }
    }

    [Theory, EachDatabase]
    public async Task The_pilot_laboratorys_own_package_has_to_be_in_first(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        Cast.Refuse(await stage.SubmitAsync(stage.Cast.Laboratories[0]), "results-pilot-first");
        Cast.Accept(await stage.SubmitAsync(stage.Pilot));
        Cast.Accept(await stage.SubmitAsync(stage.Cast.Laboratories[0]));
    }

    [Theory, EachDatabase]
    public async Task A_correction_is_a_new_version_and_needs_a_reason(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync(1);
        var laboratory = stage.Cast.Laboratories[0];
        Cast.Refuse(await stage.SubmitAsync(laboratory), "results-reason-missing");
        Cast.Refuse(await stage.SubmitAsync(laboratory, Circulating.Package() with { ReasonForChange = "  " }), "results-reason-missing");
        Assert.Equal(2, Cast.Accept(await stage.SubmitAsync(laboratory, Circulating.Package("1.0009") with { ReasonForChange = "抄写错误" })).Version);

        await using var db = database.Open();
        var versions = await db.Submissions.Where(s => s.SubmittedBy == laboratory.PersonId).OrderBy(s => s.Version).ToListAsync();
        Assert.Equal([1, 2], versions.Select(s => s.Version));
        Assert.Equal([null, "抄写错误"], versions.Select(s => s.ReasonForChange));
        Assert.False(versions[1].AfterOpening);
    }

    [Theory, EachDatabase]
    public async Task After_the_opening_only_corrections_are_taken_and_after_the_draft_report_none(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync(1);
        database.Clock.Now = Circulating.AfterDeadline;
        await stage.MoveAsync("end-circulation", "open-results");
        Cast.Refuse(await stage.SubmitAsync(stage.Cast.Laboratories[1]), "results-state");
        var correction = Circulating.Package("1.0009") with { ReasonForChange = "温度修正遗漏" };
        Cast.Accept(await stage.SubmitAsync(stage.Cast.Laboratories[0], correction));
        await using (var db = database.Open())
            Assert.True((await db.Submissions.SingleAsync(s => s.Version == 2)).AfterOpening);

        await stage.MoveAsync("issue-draft");
        Cast.Refuse(await stage.SubmitAsync(stage.Cast.Laboratories[0], correction), "results-after-draft");
    }

    [Theory, EachDatabase]
    public async Task What_comes_after_the_deadline_is_refused_by_name_of_the_deadline(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync();
        database.Clock.Now = new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.FromHours(8));
        Cast.Accept(await stage.SubmitAsync(stage.Cast.Laboratories[0]));
        database.Clock.Now = Circulating.AfterDeadline;
        Cast.Refuse(await stage.SubmitAsync(stage.Cast.Laboratories[1]), "results-late");
    }

    [Theory, EachDatabase]
    public async Task Only_a_laboratorys_own_contacts_hand_in_and_only_once_it_is_confirmed(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync();
        foreach (var other in new[] { stage.Cast.Organiser, stage.Cast.Regulator, stage.Cast.Stranger, stage.Cast.Laboratories[3], Actor.Anonymous })
            Assert.Equal(OutcomeKind.Forbidden, (await stage.SubmitAsync(other)).Kind);
        await stage.ChangeAsync(c => { c.Participants.Single(p => p.LaboratoryCode == "L02").State = ParticipantState.Withdrawn; return []; });
        Cast.Refuse(await stage.SubmitAsync(stage.Cast.Laboratories[1]), "results-not-confirmed");
        await using var scope = database.As(stage.Pilot);
        Assert.Equal(OutcomeKind.NotFound, (await scope.Get<SubmitResult>().RunAsync("2026-N-999", Circulating.Package(), stage.Pilot, "api")).Kind);
    }

    [Theory, EachDatabase]
    public async Task A_form_that_was_filled_before_somebody_else_handed_in_is_a_conflict(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        Cast.Accept(await stage.SubmitAsync(stage.Pilot, Circulating.Package() with { Replaces = 0 }));
        Assert.Equal(OutcomeKind.Conflict, (await stage.SubmitAsync(stage.Pilot, Circulating.Package() with { Replaces = 0, ReasonForChange = "…" })).Kind);
    }

    [Theory, EachDatabase]
    public async Task Of_two_packages_at_the_same_moment_each_becomes_a_version_of_its_own_or_is_refused(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => stage.SubmitAsync(stage.Cast.Laboratories[i % 3], Circulating.Package() with { ReasonForChange = i > 3 ? "更正" : null })));
        Assert.All(outcomes, o => Assert.True(o.Accepted || o.Refusals[0].Code == "results-reason-missing"));
        await using var db = database.Open();
        Assert.Equal(outcomes.Count(o => o.Accepted) + 1, await db.Submissions.CountAsync());
    }

    [Theory]
    [InlineData("Value", "1,5", "number-decimal-comma")]
    [InlineData("Value", "", "number-missing")]
    [InlineData("Value", "1.5", "results-outside-limits")]
    [InlineData("Unit", "mV", "results-unit-differs")]
    [InlineData("Unit", "", "results-unit-missing")]
    [InlineData("Uncertainty", "0", "results-uncertainty-not-positive")]
    [InlineData("Uncertainty", "-0.1", "results-uncertainty-not-positive")]
    [InlineData("Uncertainty", "NaN", "number-not-finite")]
    [InlineData("CoverageFactor", "", "results-coverage-missing")]
    [InlineData("CoverageFactor", "0.9", "results-factor-range")]
    [InlineData("CoverageFactor", "11", "results-factor-range")]
    [InlineData("CoverageProbability", "0.4", "results-probability-range")]
    [InlineData("CoverageProbability", "95", "results-probability-range")]
    [InlineData("DegreesOfFreedom", "0.5", "results-freedom-range")]
    [InlineData("MeasuredOn", "2026-02-30", "results-date-unreadable")]
    [InlineData("MeasuredOn", "2026-12-01", "results-date-range")]
    [InlineData("Point", "3", "results-point-unknown")]
    public async Task A_fault_names_its_field(string field, string value, string code)
    {
        var package = Circulating.Package();
        var bad = field switch
        {
            "Value" => package.Points[0] with { Value = value },
            "Unit" => package.Points[0] with { Unit = value },
            "Uncertainty" => package.Points[0] with { Uncertainty = value },
            "CoverageFactor" => package.Points[0] with { CoverageFactor = value },
            "CoverageProbability" => package.Points[0] with { CoverageProbability = value },
            "DegreesOfFreedom" => package.Points[0] with { DegreesOfFreedom = value },
            "MeasuredOn" => package.Points[0] with { MeasuredOn = value },
            _ => package.Points[0] with { Point = value },
        };
        var reader = await ReadAsync(package with { Points = [bad, package.Points[1]] });
        Assert.Contains(reader.Refusals, r => r.Code == code && r.Field == $"Points[0].{field}");
    }

    [Fact]
    public async Task Every_fault_is_named_at_once()
    {
        var reader = await ReadAsync(new()
        {
            Points = [Circulating.Point("1", "abc") with { Unit = "mV", Uncertainty = "-1", CoverageFactor = null }, Circulating.Point("1", "1")],
        });
        Assert.Equal(["number-not-a-number", "results-coverage-missing", "results-point-missing", "results-point-twice", "results-uncertainty-not-positive", "results-unit-differs"], reader.Refusals.Select(r => r.Code).Order());
    }

    [Fact]
    public async Task A_coverage_probability_and_degrees_of_freedom_stand_for_k()
    {
        var package = Circulating.Package();
        var reader = await ReadAsync(package with
        {
            Points = [package.Points[0] with { CoverageFactor = null, CoverageProbability = "95 %", DegreesOfFreedom = "5", Uncertainty = "2.570581835636314" }, package.Points[1] with { CoverageFactor = null, CoverageProbability = "0.95", DegreesOfFreedom = "∞", Uncertainty = "1.959963984540054" }],
        });
        Assert.Empty(reader.Refusals);
        Assert.All(reader.Results, r => Assert.Equal(1, r.StandardUncertainty, 10));
        Assert.Equal([5, null], reader.Results.Select(r => r.DegreesOfFreedom));
    }

    [Fact]
    public async Task A_budget_that_does_not_add_up_has_to_be_confirmed()
    {
        var package = Circulating.Package();
        ReportedContribution[] budget = [new() { Source = "重复性", Type = "A", Contribution = "0.0002" }];
        package = package with { Points = [package.Points[0] with { Budget = budget }, package.Points[1]] };
        Assert.Equal("results-budget-disagrees", Assert.Single((await ReadAsync(package)).Refusals).Code);
        Assert.Empty((await ReadAsync(package with { ConfirmBudget = true })).Refusals);
        package = package with { Points = [package.Points[0] with { Budget = [new() { Source = "", Type = "C", Contribution = "-1", DegreesOfFreedom = "0" }] }, package.Points[1]], ConfirmBudget = true };
        Assert.Equal(["results-budget-negative", "results-budget-source", "results-budget-type", "results-freedom-range"], (await ReadAsync(package)).Refusals.Select(r => r.Code).Order());
    }

    [Fact]
    public async Task Each_transfer_standard_of_a_star_is_asked_of_the_laboratory_at_which_it_stops()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database, standards: 2);
        var comparison = await stage.LoadAsync();
        Assert.Equal(4, comparison.SlotsOf(comparison.PilotParticipant!).Count);
        Assert.Equal(2, comparison.SlotsOf(comparison.Participants.Single(p => p.LaboratoryCode == "L02")).Count);
        var pilot = Circulating.Package() with { Points = [.. from standard in new[] { "1", "2" } from point in new[] { Circulating.Point("1", "1.0"), Circulating.Point("2", "10.0") } select point with { TransferStandard = standard }] };
        Cast.Refuse(await stage.SubmitAsync(stage.Pilot), "results-standard-unknown", "results-standard-unknown", "results-point-missing", "results-point-missing", "results-point-missing", "results-point-missing");
        Cast.Accept(await stage.SubmitAsync(stage.Pilot, pilot));
        Cast.Accept(await stage.SubmitAsync(stage.Cast.Laboratories[1]));
        await using var db = database.Open();
        var results = await db.Set<PointResult>().ToListAsync();
        Assert.Equal(6, results.Count);
        Assert.All(results, r => Assert.NotNull(r.TransferStandardId));
    }

    [Fact]
    public async Task A_hundred_thousand_rows_of_nonsense_are_refused_within_limits()
    {
        var reader = await ReadAsync(new() { Points = [.. Enumerable.Range(0, 100_000).Select(i => Circulating.Point($"{i + 7}", "x"))] });
        Assert.Equal(PackageReader.MostRefusals + 1, reader.Refusals.Count);
        Assert.Equal("results-too-many-faults", reader.Refusals[^1].Code);
    }

    private static async Task<PackageReader> ReadAsync(SubmitResultRequest package)
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database);
        var comparison = await stage.LoadAsync();
        return new PackageReader(comparison, comparison.PilotParticipant!, package, new DateOnly(2026, 3, 2), () => Guid.CreateVersion7()).Read();
    }

    private static async Task<(Comparison, Participant, Submission)> OnlyAsync(Circulating stage)
    {
        await using var db = stage.Database.Open();
        var comparison = (await db.FindComparisonAsync(stage.Code))!;
        var participant = Assert.Single(await db.ReadResultsAsync(comparison, stage.Pilot), p => p.Submissions.Count > 0);
        return (comparison, participant, participant.Submissions.Single());
    }
}
