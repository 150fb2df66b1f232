using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Comparisons;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Numerics;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

/// <summary>The national case EXAM-1V through the whole module: submitted, opened, evaluated, corrected in writing, drafted, commented on, published.</summary>
public class ReportingTests
{
    private static readonly string[] Submitted = ["1.000002", "1.000010", "0.999990", "0.999999", "1.000000", "1.000004"];

    [Theory, EachDatabase]
    public async Task A_written_correction_before_the_draft_counts_and_one_after_it_does_not(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await StageAsync(database);
        await stage.OpenAsync();

        // Lab 2's typing error hides lab 3 from Grubbs' test: nobody is excluded.
        var first = Cast.Accept(await stage.EvaluateAsync());
        Assert.DoesNotContain(first.Result.Points[0].OutlierTests, t => t.IsOutlier);
        Assert.Contains(first.Result.Warnings, w => w.Code == "masking");

        Cast.Accept(await stage.SubmitAsync(2, "1.000001", "录入错误：小数点后第五位"));
        Assert.True(Cast.Accept(await stage.ReadAsync()).Outdated);
        Cast.Refuse(await stage.DraftAsync(), "draft-outdated");
        var second = Cast.Accept(await stage.EvaluateAsync());
        Assert.Equal((2, true, false), (second.Number, second.Repeated, second.Outdated));
        Assert.Equal([("L03", true), ("L06", false)], second.Result.Points[0].OutlierTests.Select(t => (t.Laboratory, t.IsOutlier)));
        var exam = Inputs.NationalCase("EXAM-1V");
        Assert.Equal(exam.GetProperty("weighted_mean_without_3").GetDouble(), second.Result.Points[0].Reference!.Value, 12);
        var three = second.Result.Points[0].Laboratories.Single(l => l.Laboratory == "L03");
        Assert.Equal(exam.GetProperty("lab3_En_independent").GetDouble(), three.En!.Value, 6);
        Assert.Equal((EnForm.Independent, Verdict.Unsatisfactory), (three.Form, three.Verdict));
        Assert.Equal(exam.GetProperty("lab6").GetProperty("En_participating").GetDouble(), second.Result.Points[0].Laboratories.Single(l => l.Laboratory == "L06").En!.Value, 6);
        var correction = Assert.Single(second.Input.Results.Single(r => r.Laboratory == "L02").Corrections);
        Assert.Equal(("1.000010", "录入错误：小数点后第五位", true, true), (correction.ValueText, correction.Reason, correction.AfterOpening, correction.Taken));

        var draft = Cast.Accept(await stage.DraftAsync());
        Assert.Equal(1, draft.Number);
        Assert.Equal(OutcomeKind.Refused, (await stage.SubmitAsync(3, "1.000000", "重新测量")).Kind);
        await using var db = database.Open();
        Assert.Equal(2, await db.Evaluations.CountAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync("UPDATE comparison_evaluation SET \"EngineVersion\" = '0'"));
    }

    [Theory, EachDatabase]
    public async Task A_draft_is_published_when_its_comments_are_answered_and_the_period_has_ended(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await StageAsync(database);
        Cast.Refuse(await stage.EvaluateAsync(), "evaluate-state");
        await stage.OpenAsync();
        Cast.Refuse(await stage.DraftAsync(), "draft-not-evaluated");
        Cast.Accept(await stage.EvaluateAsync());
        Assert.Equal(OutcomeKind.Forbidden, (await stage.EvaluateAsync(stage.Organiser)).Kind);
        Cast.Refuse(await stage.DraftAsync(new() { Conclusion = " " }), "draft-conclusion");
        var draft = Cast.Accept(await stage.DraftAsync());

        Cast.Refuse(await stage.CommentAsync(1, new()), "comment-text");
        var comment = Cast.Accept(await stage.CommentAsync(1, new() { Text = "表 3 的日期有误。" }));
        Cast.Accept(await stage.CommentAsync(2, new() { Agrees = true }));
        Cast.Refuse(await stage.PublishAsync(), "publish-comments-open", "publish-unanswered");
        Assert.Equal(OutcomeKind.Forbidden, (await stage.AnswerAsync(comment.Id, "已改。", stage.Laboratories[1])).Kind);
        Cast.Accept(await stage.AnswerAsync(comment.Id, "已改。", stage.Pilot));
        Cast.Refuse(await stage.AnswerAsync(comment.Id, "又改。", stage.Pilot), "comment-answered");
        Cast.Refuse(await stage.PublishAsync(), "publish-comments-open");
        database.Clock.Now = draft.CommentsDue.AddMinutes(1);
        Cast.Refuse(await stage.CommentAsync(1, new() { Text = "迟到的意见" }), "comment-late");
        Assert.Equal(OutcomeKind.Forbidden, (await stage.PublishAsync(stage.Pilot)).Kind);
        var published = Cast.Accept(await stage.PublishAsync());
        Assert.Equal(2, published.Number);

        await using var db = database.Open();
        Assert.Equal(ComparisonState.Published, (await db.Comparisons.SingleAsync()).State);
        var files = await db.Set<ReportFile>().ToListAsync();
        Assert.All(files, f => Assert.Equal(f.Sha256, Convert.ToHexStringLower(SHA256.HashData(f.Content))));
        var page = Encoding.UTF8.GetString(files.Last(f => f is { Format: "html", Language: "zh" }).Content);
        Assert.Contains("直流电压比对", page, StringComparison.Ordinal);
        Assert.DoesNotContain("示例实验室", page, StringComparison.Ordinal);
        Assert.Contains("L03", page, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Everybody_reads_the_published_report_and_only_those_who_take_part_its_draft(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await StageAsync(database);
        await stage.OpenAsync();
        Cast.Accept(await stage.EvaluateAsync());
        Cast.Accept(await stage.DraftAsync());
        Assert.Equal(OutcomeKind.NotFound, (await stage.FileAsync("1.zh.html", Actor.Anonymous)).Kind);
        Assert.Equal(OutcomeKind.NotFound, (await stage.FileAsync("1.zh.own.html", stage.Pilot)).Kind);
        var common = Cast.Accept(await stage.FileAsync("1.zh.html", stage.Laboratories[0]));
        var own = Cast.Accept(await stage.FileAsync("1.zh.own.html", stage.Laboratories[0]));
        Assert.DoesNotContain("示例实验室1", Encoding.UTF8.GetString(common.File.Content), StringComparison.Ordinal);
        Assert.Contains("示例实验室1", Encoding.UTF8.GetString(own.File.Content), StringComparison.Ordinal);
        Assert.DoesNotContain("示例实验室2", Encoding.UTF8.GetString(own.File.Content), StringComparison.Ordinal);
        Assert.Equal(own.File.Sha256, Cast.Accept(await stage.FileAsync("1.zh.own.html", stage.Laboratories[0])).File.Sha256);

        foreach (var number in Enumerable.Range(1, 6))
            Cast.Accept(await stage.CommentAsync(number, new() { Agrees = true }));
        Cast.Accept(await stage.PublishAsync());
        foreach (var format in new[] { "html", "xlsx", "csv", "json" })
            Assert.NotEmpty(Cast.Accept(await stage.FileAsync($"2.en.{format}", Actor.Anonymous)).File.Content);
        Assert.Equal(OutcomeKind.NotFound, (await stage.FileAsync("1.zh.html", Actor.Anonymous)).Kind);
        Assert.Equal(OutcomeKind.NotFound, (await stage.FileAsync("2.zh.exe", Actor.Anonymous)).Kind);
        await using var scope = database.As(Actor.Anonymous);
        // A coded report does not tell whose line is whose, the laboratory's own public page included.
        var history = Cast.Accept(await scope.Get<LaboratoryHistory>().ReadAsync("LAB1"));
        Assert.True(Assert.Single(history.Comparisons) is { Coded: true, Points.Count: 0 });
    }

    [Theory, EachDatabase]
    public async Task Departing_from_the_protocol_needs_a_reason_that_the_evaluation_keeps(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await StageAsync(database);
        await stage.OpenAsync();
        var options = new EvaluationOptions { Method = ReferenceMethod.Median };
        Cast.Refuse(await stage.EvaluateAsync(request: new() { Options = options }), "evaluate-reason");
        var evaluation = Cast.Accept(await stage.EvaluateAsync(request: new() { Options = options, Reason = "结果不一致" }));
        Assert.Equal(("结果不一致", ReferenceMethod.Median), (evaluation.Input.ReasonForOptions, evaluation.Result.Points[0].Reference!.Method));
        await using var scope = database.As(stage.Pilot);
        var tried = Cast.Accept(await scope.Get<Evaluate>().WhatIfAsync(stage.Code, new() { Method = ReferenceMethod.PilotValue }, ["L03"], stage.Pilot));
        Assert.DoesNotContain(tried.Points[0].Laboratories, l => l.Laboratory == "L03");
        Assert.Equal(1, Cast.Accept(await stage.ReadAsync()).Number);
        Cast.Accept(await stage.DraftAsync());
        await using var later = database.As(stage.Pilot);
        Cast.Refuse(await later.Get<Evaluate>().ReopenAsync(stage.Code, "", stage.Pilot), "reopen-reason");
        Cast.Accept(await later.Get<Evaluate>().ReopenAsync(stage.Code, "计算有误", stage.Pilot));
        Assert.Equal(ComparisonState.Evaluating, (await stage.LoadAsync()).State);

        // Once a draft has gone out no correction is taken, reopened or not.
        Cast.Refuse(await stage.SubmitAsync(3, "1.000000", "重新测量"), "results-after-draft");
    }

    private static async Task<Stage> StageAsync(TestDatabase database)
    {
        var circulating = await Circulating.StartAsync(database, change: d => d with
        {
            Points = [new() { Nominal = "1.000000", TargetUncertainty = "0.000005" }],
        });
        return await Stage.CreateAsync(circulating, Submitted);
    }

    /// <summary>LEAD and laboratories 1 … 6 of the case, their results handed in.</summary>
    private sealed class Stage(Circulating circulating)
    {
        public string Code => circulating.Code;
        public Actor Pilot => circulating.Pilot;
        public Actor Organiser => circulating.Cast.Organiser;
        public List<Actor> Laboratories { get; } = [.. circulating.Cast.Laboratories.Take(3)];

        public static async Task<Stage> CreateAsync(Circulating circulating, string[] values)
        {
            var stage = new Stage(circulating);
            await circulating.ChangeAsync(comparison => [.. stage.AddLaboratories(comparison)]);
            Cast.Accept(await circulating.SubmitAsync(stage.Pilot, Package("1.000001", "0.000004")));
            for (var i = 1; i <= values.Length; i++)
                Cast.Accept(await stage.SubmitAsync(i, values[i - 1]));
            return stage;
        }

        private IEnumerable<ComparisonEvent> AddLaboratories(Comparison comparison)
        {
            using var db = circulating.Database.Open();
            for (var i = 4; i <= 6; i++)
            {
                var organisation = new Organisation { Id = Guid.CreateVersion7(), Code = $"EXTRA{i}", Name = $"示例实验室{i}", Kind = OrganisationKind.Other, Region = "000000", RegisteredAt = circulating.Database.Clock.Now };
                db.Organisations.Add(organisation);
                Laboratories.Add(new(Guid.CreateVersion7(), $"实验员{i}", AdministratorDuty.None, [new(organisation.Id, organisation.Code, organisation.Name, organisation.Kind, Role.TechnicalContact)]));
                comparison.Participants.Add(new() { Id = Guid.CreateVersion7(), OrganisationId = organisation.Id, State = ParticipantState.Confirmed, LaboratoryCode = $"L0{i}", AppliedAt = circulating.Database.Clock.Now.AddMinutes(i), AppliedBy = null });
            }
            db.SaveChangesAsync().GetAwaiter().GetResult();
            return [];
        }

        public async Task OpenAsync()
        {
            circulating.Database.Clock.Now = Circulating.AfterDeadline;
            await circulating.MoveAsync("end-circulation", "open-results");
        }

        public Task<Comparison> LoadAsync() => circulating.LoadAsync();

        public Task<Outcome<SubmissionReceipt>> SubmitAsync(int laboratory, string value, string? reason = null) =>
            circulating.SubmitAsync(Laboratories[laboratory - 1], Package(value, "0.000005") with { ReasonForChange = reason });

        private static SubmitResultRequest Package(string value, string uncertainty) => new()
        {
            Points = [new() { Point = "1", Value = value, Unit = "V", Uncertainty = uncertainty, CoverageFactor = "2", MeasuredOn = "2026-03-01" }],
            Method = "直接比较", Conditions = "(20.0 ± 0.2) °C", Instrument = "3458A", InstrumentTraceability = "证书 2025-0007",
        };

        public async Task<Outcome<EvaluationReceipt>> EvaluateAsync(Actor? actor = null, EvaluateRequest? request = null)
        {
            await using var scope = circulating.Database.As(actor ?? Pilot);
            return await scope.Get<Evaluate>().RunAsync(Code, request ?? new(), actor ?? Pilot);
        }

        public async Task<Outcome<EvaluationReceipt>> ReadAsync()
        {
            await using var scope = circulating.Database.As(Pilot);
            return await scope.Get<Evaluate>().ReadAsync(Code, Pilot);
        }

        public async Task<Outcome<DraftReportReceipt>> DraftAsync(DraftReportRequest? request = null)
        {
            await using var scope = circulating.Database.As(Pilot);
            return await scope.Get<IssueDraft>().RunAsync(Code, request ?? new() { Conclusion = "比对达到了预期目的。", Advice = "请实验室 3 查找原因。" }, Pilot);
        }

        public async Task<Outcome<CommentReceipt>> CommentAsync(int laboratory, CommentRequest request)
        {
            await using var scope = circulating.Database.As(Laboratories[laboratory - 1]);
            return await scope.Get<CommentOnDraft>().RunAsync(Code, request, Laboratories[laboratory - 1]);
        }

        public async Task<Outcome<CommentReceipt>> AnswerAsync(Guid comment, string text, Actor actor)
        {
            await using var scope = circulating.Database.As(actor);
            return await scope.Get<CommentOnDraft>().AnswerAsync(Code, new() { CommentId = comment, Text = text }, actor);
        }

        public async Task<Outcome<PublishReceipt>> PublishAsync(Actor? actor = null)
        {
            await using var scope = circulating.Database.As(actor ?? Organiser);
            return await scope.Get<PublishReport>().RunAsync(Code, new(), actor ?? Organiser);
        }

        public async Task<Outcome<(string Name, string Type, ReportFile File)>> FileAsync(string name, Actor actor)
        {
            await using var scope = circulating.Database.As(actor);
            return await scope.Get<ReadReport>().FileAsync(Code, name, actor);
        }
    }
}
