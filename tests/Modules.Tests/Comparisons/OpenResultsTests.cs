using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class OpenResultsTests
{
    [Theory, EachDatabase]
    public async Task Before_the_deadline_results_open_only_when_every_package_is_in(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync(1, 2);
        Cast.Refuse(await OpenAsync(stage, stage.Pilot), "move-not-now");
        await stage.MoveAsync("end-circulation");
        Cast.Refuse(await OpenAsync(stage, stage.Pilot), "opening-early");
        Cast.Accept(await stage.SubmitAsync(stage.Cast.Laboratories[2]));
        var receipt = Cast.Accept(await OpenAsync(stage, stage.Pilot));
        Assert.Equal(ComparisonState.Evaluating, receipt.State);
        Assert.Empty(receipt.Missing);
        Cast.Refuse(await OpenAsync(stage, stage.Pilot), "move-not-now");
    }

    [Theory, EachDatabase]
    public async Task After_the_deadline_they_open_and_the_missing_are_named(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync(1);
        await stage.MoveAsync("end-circulation");
        database.Clock.Now = Circulating.AfterDeadline;
        foreach (var other in new[] { stage.Cast.Organiser, stage.Cast.Regulator, stage.Cast.Laboratories[0], stage.Cast.Stranger, Actor.Anonymous })
            Assert.Equal(OutcomeKind.Forbidden, (await OpenAsync(stage, other)).Kind);
        Assert.Equal(["L02", "L03"], Cast.Accept(await OpenAsync(stage, stage.Pilot)).Missing);
        await using var db = database.Open();
        Assert.Contains("L02", (await db.ComparisonEvents.SingleAsync(e => e.Action == "open-results")).Note, StringComparison.Ordinal);
        Assert.True(await db.Notices.CountAsync(n => n.Key == "results-opened") >= 3);
    }

    [Theory, EachDatabase]
    public async Task Without_the_pilot_laboratorys_package_only_the_organiser_opens_and_says_why(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.MoveAsync("end-circulation");
        database.Clock.Now = Circulating.AfterDeadline;
        Cast.Refuse(await OpenAsync(stage, stage.Pilot), "opening-pilot-missing");
        Cast.Refuse(await OpenAsync(stage, stage.Cast.Organiser), "opening-reason", "opening-too-few");
    }

    [Fact]
    public void A_pilot_value_cannot_be_had_without_the_pilot_laboratory()
    {
        var comparison = Sample(ReferenceMethod.PilotValue);
        var received = comparison.Participants.Where(p => !p.IsPilot).Select(p => p.Id).ToHashSet();
        Assert.Equal("opening-pilot-value", Assert.Single(OpenResultsRules.Refusals(comparison, received, "主导实验室设备故障", comparison.ResultsDue.AddDays(1))).Code);
        Assert.Empty(OpenResultsRules.Refusals(Sample(ReferenceMethod.WeightedMean) is var other ? other : null!, other.Participants.Where(p => !p.IsPilot).Select(p => p.Id).ToHashSet(), "主导实验室设备故障", other.ResultsDue.AddDays(1)));
    }

    [Theory, EachDatabase]
    public async Task At_the_deadline_the_job_ends_the_circulation_and_opens_once(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync(1, 3);
        await RunJobAsync(database, stage);
        Assert.Equal(ComparisonState.Circulating, (await stage.LoadAsync()).State);
        database.Clock.Now = Circulating.AfterDeadline;
        await RunJobAsync(database, stage);
        await RunJobAsync(database, stage);
        Assert.Equal(ComparisonState.Evaluating, (await stage.LoadAsync()).State);
        await using var db = database.Open();
        Assert.Equal(["end-circulation", "open-results"], await db.ComparisonEvents.Where(e => e.PersonName == Actor.System.Name && e.At > new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero) && e.Action != "evaluate").OrderBy(e => e.At).Select(e => e.Action).ToListAsync());
    }

    [Theory, EachDatabase]
    public async Task What_cannot_be_opened_at_the_deadline_waits_for_the_organiser_who_is_told_once(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        database.Clock.Now = Circulating.AfterDeadline;
        await RunJobAsync(database, stage);
        await RunJobAsync(database, stage);
        Assert.Equal(ComparisonState.Collecting, (await stage.LoadAsync()).State);
        await using var db = database.Open();
        Assert.Equal(2, await db.Notices.CountAsync(n => n.Key == "results-blocked"));
        Assert.Equal(1, await db.ComparisonEvents.CountAsync(e => e.Action == OpenResultsJob.Blocked));
    }

    [Theory, EachDatabase]
    public async Task The_circulation_ends_when_everything_is_back_or_with_a_reason(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        Cast.Refuse(await EndAsync(stage, stage.Pilot), "circulation-not-over");
        Assert.Equal(OutcomeKind.Forbidden, (await EndAsync(stage, stage.Cast.Organiser)).Kind);
        Assert.Equal(OutcomeKind.Conflict, (await EndAsync(stage, stage.Pilot, new() { Version = 0, Reason = "…" })).Kind);
        Assert.Equal(ComparisonState.Collecting, Cast.Accept(await EndAsync(stage, stage.Pilot, new() { Reason = "传递标准遗失" })).State);
    }

    [Theory, EachDatabase]
    public async Task A_package_at_the_moment_of_the_opening_is_either_in_before_it_or_refused(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync(1, 2);
        await stage.MoveAsync("end-circulation");
        var third = stage.SubmitAsync(stage.Cast.Laboratories[2]);
        var opening = OpenAsync(stage, stage.Pilot);
        await Task.WhenAll(third, opening);
        var (submitted, opened) = (await third, await opening);
        Assert.True(submitted.Accepted);
        Assert.True(opened.Accepted ? opened.Value!.Missing.Count == 0 : opened.Refusals[0].Code == "opening-early");
        await using var db = database.Open();
        Assert.False(await db.Submissions.AnyAsync(s => s.AfterOpening));
    }

    private static Comparison Sample(ReferenceMethod method)
    {
        var due = new DateTimeOffset(2026, 12, 31, 16, 0, 0, TimeSpan.Zero);
        var comparison = new Comparison
        {
            Id = Guid.NewGuid(), Code = "2026-N-001", Title = "比对", Level = ComparisonLevel.National, Field = MeasurementField.Length, OrganiserId = Guid.NewGuid(), RegulatorId = Guid.NewGuid(), PilotId = Guid.NewGuid(),
            Quantity = "长度", Unit = "mm", EnrolmentDue = due.AddDays(-90), ResultsDue = due, Options = new() { Method = method },
        };
        comparison.Participants.AddRange(Enumerable.Range(0, 4).Select(i => new Participant { Id = Guid.NewGuid(), OrganisationId = Guid.NewGuid(), IsPilot = i == 0, State = ParticipantState.Confirmed, LaboratoryCode = $"L{i}", AppliedAt = due, AppliedBy = null }));
        return comparison;
    }

    private static async Task<Outcome<OpeningReceipt>> OpenAsync(Circulating stage, Actor actor, string? reason = null)
    {
        await using var scope = stage.Database.As(actor);
        return await scope.Get<OpenResults>().RunAsync(stage.Code, new() { Reason = reason }, actor);
    }

    private static async Task<Outcome<StateReceipt>> EndAsync(Circulating stage, Actor actor, EndCirculationRequest? request = null)
    {
        await using var scope = stage.Database.As(actor);
        return await scope.Get<EndCirculation>().RunAsync(stage.Code, request ?? new(), actor);
    }

    private static async Task RunJobAsync(TestDatabase database, Circulating stage)
    {
        await using var scope = database.As(Actor.System);
        var job = scope.Get<IServiceProvider>().GetServices<IJob>().Single(j => j.Kind == "comparisons.open-results");
        await job.RunAsync(scope.Get<IServiceProvider>(), default);
    }
}
