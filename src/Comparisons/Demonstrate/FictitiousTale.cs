using System.Globalization;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Runs a fictitious comparison through every step as its people would, and stops in the state that the story asks for.</summary>
internal sealed partial class FictitiousTale(PlumblineDb db, Storyteller teller, TimeProvider machine)
{
    private const string Organiser = "DEMO-SOCIETY", Pilot = "DEMO-NMI";

    public async Task TellAsync(Story story, CancellationToken cancel)
    {
        var plan = StoryPlan.Of(story, DateOnly.FromDateTime(machine.GetUtcNow().UtcDateTime));
        At(plan.Start);
        var organiser = await teller.AsAsync(Organiser, Role.Organiser, cancel);
        var code = Storyteller.Done(await teller.Handler<DraftComparison>().RunAsync(null, Draft(story, plan), organiser, cancel), "draft").Code;
        foreach (var (state, step) in Steps(story, plan, code))
        {
            if (story.Until < state)
                return;
            await step(cancel);
        }
    }

    // Each step with the state that it leads to.
    private IEnumerable<(ComparisonState, Func<CancellationToken, Task>)> Steps(Story story, StoryPlan plan, string code)
    {
        yield return (ComparisonState.Proposed, cancel => MoveAsync(code, "propose", Organiser, Role.Organiser, plan.Start.AddDays(1), cancel));
        yield return (ComparisonState.Approved, cancel => MoveAsync(code, "approve", RegulatorOf(story), Role.RegulatorOfficer, plan.Start.AddDays(3), cancel));
        yield return (ComparisonState.Preparing, cancel => PrepareAsync(story, plan, code, cancel));
        yield return (ComparisonState.Enrolling, cancel => EnrolAsync(story, plan, code, cancel));
        yield return (ComparisonState.Circulating, cancel => CirculateAsync(story, plan, code, cancel));
        yield return (ComparisonState.Collecting, cancel => CollectAsync(plan, code, cancel));
        yield return (ComparisonState.Evaluating, cancel => EvaluateAsync(plan, code, cancel));
        yield return (ComparisonState.DraftReport, cancel => DraftReportAsync(story, plan, code, cancel));
        yield return (ComparisonState.Published, cancel => PublishAsync(story, plan, code, cancel));
    }

    private async Task MoveAsync(string code, string action, string organisation, Role role, DateOnly on, CancellationToken cancel)
    {
        At(on);
        var actor = await teller.AsAsync(organisation, role, cancel);
        Storyteller.Done(await teller.Handler<MoveComparison>().RunAsync(code, action, new() { DutiesConfirmed = action == "accept" }, actor, cancel), action);
    }

    private async Task EvaluateAsync(StoryPlan plan, string code, CancellationToken cancel)
    {
        At(plan.ResultsDue.AddDays(1));
        var coordinator = await teller.AsAsync(Pilot, Role.PilotCoordinator, cancel);
        Storyteller.Done(await teller.Handler<OpenResults>().RunAsync(code, new(), coordinator, cancel), "open");
        coordinator = await teller.AsAsync(Pilot, Role.PilotCoordinator, cancel);
        Storyteller.Done(await teller.Handler<Evaluate>().RunAsync(code, new(), coordinator, cancel), "evaluate");
    }

    private async Task DraftReportAsync(Story story, StoryPlan plan, string code, CancellationToken cancel)
    {
        At(plan.ResultsDue.AddDays(6));
        var coordinator = await teller.AsAsync(Pilot, Role.PilotCoordinator, cancel);
        Storyteller.Done(await teller.Handler<IssueDraft>().RunAsync(code, new() { Conclusion = story.Conclusion, ConclusionEn = story.ConclusionEn }, coordinator, cancel), "issue the draft");
        At(plan.ResultsDue.AddDays(9));
        var laboratory = await teller.AsAsync(story.Results[1].Laboratory, Role.QualityContact, cancel);
        var comment = Storyteller.Done(await teller.Handler<CommentOnDraft>().RunAsync(code, new() { Text = "请在报告中注明本实验室测量时的环境温度。" }, laboratory, cancel), "comment");
        if (story.Until == ComparisonState.DraftReport)
            return;
        At(plan.ResultsDue.AddDays(12));
        coordinator = await teller.AsAsync(Pilot, Role.PilotCoordinator, cancel);
        Storyteller.Done(await teller.Handler<CommentOnDraft>().AnswerAsync(code, new() { CommentId = comment.Id, Text = "已在各实验室测量条件一节中列出。" }, coordinator, cancel), "answer");
    }

    private async Task PublishAsync(Story story, StoryPlan plan, string code, CancellationToken cancel)
    {
        At(plan.ResultsDue.AddDays(30));
        var organiser = await teller.AsAsync(Organiser, Role.Organiser, cancel);
        Storyteller.Done(await teller.Handler<PublishReport>().RunAsync(code, new(), organiser, cancel), "publish");
    }

    private void At(DateOnly day, int hour = 2) => teller.Now = new DateTimeOffset(day, new TimeOnly(hour, 0), TimeSpan.Zero);

    private static ComparisonDraft Draft(Story story, StoryPlan plan) => new()
    {
        Title = story.Title, TitleEn = story.TitleEn, Level = story.Level.ToString(), Field = story.Field.ToString(), Purpose = story.Purpose, PurposeEn = story.PurposeEn, Pilot = Pilot, Regulator = RegulatorOf(story),
        Quantity = story.Quantity, QuantityEn = story.QuantityEn, Unit = story.Unit, Route = story.Route.ToString(), NamesLaboratories = story.Names, Method = story.Method.ToString(),
        EnrolmentDue = Day(plan.EnrolmentDue), ResultsDue = Day(plan.ResultsDue), CoverageFactor = "2", ConsistencyLevel = "0.05", OutlierLevel = "0.05", ExcludeOutliers = true, PilotContributes = true,
        Points = [new() { Label = story.Point, Nominal = story.Nominal, LowerLimit = story.LowerLimit, UpperLimit = story.UpperLimit, TargetUncertainty = story.TargetUncertainty }],
        TransferStandards = story.Until == ComparisonState.Draft ? [] :
        [
            new()
            {
                Name = story.Standard, NameEn = story.StandardEn, Model = story.Model, Serial = "示例-001", Traceability = story.Traceability ?? "示例国家计量院相应计量基准", Items = story.Route == RouteKind.Star ? "10" : "1",
            },
        ],
    };

    private static string RegulatorOf(Story story) => story.Level == ComparisonLevel.Local ? "DEMO-PR" : "DEMO-NR";

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
