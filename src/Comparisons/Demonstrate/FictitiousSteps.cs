using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>The steps between approval and evaluation: tests of the transfer standard, enrolment, circulation, results.</summary>
internal sealed partial class FictitiousTale
{
    // Scatter in shares of the target uncertainty: small enough to pass, large enough to look like measurements.
    private static readonly decimal[] Scatter = [0.04m, -0.07m, 0.02m, 0.06m, -0.03m, -0.05m, 0.01m, 0.03m, -0.02m, 0.05m, -0.06m, 0.00m, 0.02m, -0.01m, 0.04m];

    private static readonly int[] StabilityDays = [7, 13, 19, 25, 31];
    private static readonly string[] TransportStages = ["before", "after"];

    private async Task PrepareAsync(Story story, StoryPlan plan, string code, CancellationToken cancel)
    {
        await MoveAsync(code, "accept", Pilot, Role.PilotCoordinator, plan.Start.AddDays(5), cancel);
        At(plan.Start.AddDays(34));
        var days = StabilityDays.Select(d => Day(plan.Start.AddDays(d))).ToArray();
        await TestAsync(story, code, PreparationKind.Stability, days, cancel);
        // Where the story stops in preparation the transport test is still to come, so that the gate can be seen shut.
        if (story.Until == ComparisonState.Preparing)
            return;
        await TestAsync(story, code, PreparationKind.Transport, TransportStages, cancel);
        if (story.Route == RouteKind.Star)
            await TestAsync(story, code, PreparationKind.Homogeneity, [.. Enumerable.Range(1, 10).Select(i => $"{i:00}")], cancel);
    }

    private async Task TestAsync(Story story, string code, PreparationKind kind, string[] keys, CancellationToken cancel)
    {
        var metrologist = await teller.AsAsync(Pilot, Role.PilotMetrologist, cancel);
        var request = new RecordTestRequest
        {
            Standard = 1, Point = 1, Kind = kind.ToString(),
            Rows = [.. keys.Select((key, row) => new ReadingRow { Key = key, Values = string.Join(' ', Enumerable.Range(0, 3).Select(i => Reading(story, 3 * row + i))) })],
        };
        Storyteller.Done(await teller.Handler<PrepareTransferStandard>().RunAsync(code, request, metrologist, cancel), $"{kind}");
    }

    private static string Reading(Story story, int index)
    {
        var (value, target) = (decimal.Parse(story.Results[0].Value, CultureInfo.InvariantCulture), decimal.Parse(story.TargetUncertainty, CultureInfo.InvariantCulture));
        var decimals = Math.Min(15, target.Scale + 2);
        return Math.Round(value + Scatter[index % Scatter.Length] * target, decimals).ToString(CultureInfo.InvariantCulture);
    }

    private async Task EnrolAsync(Story story, StoryPlan plan, string code, CancellationToken cancel)
    {
        await MoveAsync(code, "open-enrolment", Pilot, Role.PilotCoordinator, plan.Start.AddDays(36), cancel);
        var day = plan.Start.AddDays(38);
        foreach (var result in story.Results.Skip(1))
        {
            At(day = day.AddDays(2));
            var contact = await teller.AsAsync(result.Laboratory, Role.TechnicalContact, cancel);
            var request = new EnrolRequest { Standard = $"{story.Quantity}标准装置", Certificate = $"[示例] 量标证字 {result.Laboratory}", ContactName = contact.Name, ContactEmail = "contact@demo.example" };
            var receipt = Storyteller.Done(await teller.Handler<Enrol>().RunAsync(code, request, contact, cancel), "enrol");
            if (story.Until == ComparisonState.Enrolling && result == story.Results[^1])
                continue;
            At(day.AddDays(1));
            var coordinator = await teller.AsAsync(Pilot, Role.PilotCoordinator, cancel);
            Storyteller.Done(await teller.Handler<Enrol>().DecideAsync(code, receipt.Id, new() { Decision = "confirm" }, coordinator, cancel), "confirm");
        }
    }

    private async Task CirculateAsync(Story story, StoryPlan plan, string code, CancellationToken cancel)
    {
        await PlanRouteAsync(story, plan, code, cancel);
        await MoveAsync(code, "start-circulation", Pilot, Role.PilotCoordinator, plan.Circulation.AddDays(-2), cancel);
        var today = DateOnly.FromDateTime(machine.GetUtcNow().UtcDateTime);
        db.ChangeTracker.Clear();
        var comparison = (await db.FindComparisonAsync(code, cancel))!;
        var codes = await db.Organisations.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.Code, cancel);
        var legs = comparison.Legs.OrderBy(l => l.Ordinal).Select(l => (l.Id, l.PlannedArrival, l.PlannedDeparture, Laboratory: codes[comparison.Participants.First(p => p.Id == l.ParticipantId).OrganisationId])).ToArray();
        var submitted = new HashSet<string>();
        foreach (var (index, leg) in legs.Index())
        {
            // The running example is late at this leg: nobody has confirmed its arrival.
            if (leg.PlannedArrival >= today || (story.Until == ComparisonState.Circulating && leg.PlannedArrival.AddDays(StoryPlan.StayDays + StoryPlan.TransportDays) > today))
                return;
            if (index > 0)
                await RecordAsync(code, leg.Id, leg.Laboratory, LegEventKind.Received, leg.PlannedArrival.AddDays(index % 3 == 2 ? 1 : 0), cancel);
            if (submitted.Add(leg.Laboratory) && !(story.Until == ComparisonState.Collecting && leg.Laboratory == story.Results[^1].Laboratory))
                await SubmitAsync(story.Results.First(r => r.Laboratory == leg.Laboratory), story.Unit, leg.PlannedDeparture.AddDays(-1), code, cancel);
            if (index < legs.Length - 1)
                await RecordAsync(code, leg.Id, leg.Laboratory, LegEventKind.Sent, leg.PlannedDeparture, cancel);
        }
    }

    private async Task PlanRouteAsync(Story story, StoryPlan plan, string code, CancellationToken cancel)
    {
        At(plan.Circulation.AddDays(-4));
        var coordinator = await teller.AsAsync(Pilot, Role.PilotCoordinator, cancel);
        var (stay, transport) = ($"{StoryPlan.StayDays}", $"{StoryPlan.TransportDays}");
        var request = new GenerateRequest { Start = Day(plan.Circulation), Stay = stay, PilotStay = stay, Transport = transport, PerPetal = $"{(story.Results.Count - 1) / 2}" };
        Storyteller.Done(await teller.Handler<PlanRoute>().GenerateAsync(code, request, coordinator, cancel), "plan the route");
    }

    private async Task RecordAsync(string code, Guid leg, string laboratory, LegEventKind kind, DateOnly on, CancellationToken cancel)
    {
        At(on, 6);
        var actor = await teller.AsAsync(laboratory, laboratory == Pilot ? Role.PilotCoordinator : Role.TechnicalContact, cancel);
        var request = new RecordLegRequest
        {
            Leg = leg.ToString(), Kind = kind.ToString(), On = Day(on), Condition = nameof(ArtefactCondition.Good), Carrier = kind == LegEventKind.Sent ? "示例物流" : null,
        };
        Storyteller.Done(await teller.Handler<RecordLeg>().RunAsync(code, request, actor, cancel), $"{kind}");
    }

    private async Task SubmitAsync(StoryResult result, string unit, DateOnly on, string code, CancellationToken cancel)
    {
        At(on, 8);
        var actor = await teller.AsAsync(result.Laboratory, result.Laboratory == Pilot ? Role.PilotMetrologist : Role.TechnicalContact, cancel);
        var request = new SubmitResultRequest
        {
            Conditions = "温度 (20.0 ± 0.3) ℃，相对湿度 (50 ± 10) %", Instrument = "示例标准装置", InstrumentTraceability = "示例国家计量院校准证书", Method = "按比对实施方案",
            Points =
            [
                new()
                {
                    Point = "1", Unit = unit, Value = result.Value, Uncertainty = result.Uncertainty, CoverageFactor = result.CoverageFactor, DegreesOfFreedom = result.DegreesOfFreedom, MeasuredOn = Day(on.AddDays(-2)),
                },
            ],
        };
        Storyteller.Done(await teller.Handler<SubmitResult>().RunAsync(code, request, actor, "page", cancel), "submit");
    }

    private async Task CollectAsync(StoryPlan plan, string code, CancellationToken cancel)
    {
        At(plan.CirculationEnds.AddDays(2));
        var coordinator = await teller.AsAsync(Pilot, Role.PilotCoordinator, cancel);
        Storyteller.Done(await teller.Handler<EndCirculation>().RunAsync(code, new(), coordinator, cancel), "end the circulation");
    }
}
