using Plumbline.Comparisons;
using Plumbline.Interface;

namespace Plumbline.Modules.Tests.Comparisons;

public class RecordReturnTests
{
    [Theory, EachDatabase]
    public async Task Drift_between_the_pilots_returns_is_taken_off_the_results_when_the_protocol_says_so(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database, change: d => d with { CorrectDrift = true });
        database.Clock.Now = new(2026, 6, 30, 9, 0, 0, TimeSpan.FromHours(8));
        await using var scope = database.As(stage.Pilot);
        var handler = scope.Get<RecordReturn>();
        foreach (var (day, values) in new[] { ("2026-03-01", "1.00010 1.00012"), ("2026-04-10", "1.00020 1.00022"), ("2026-05-20", "1.00030 1.00032") })
            Cast.Accept(await handler.RunAsync(stage.Code, new() { MeasuredOn = day, Values = values }, stage.Pilot));
        var series = Assert.Single(Cast.Accept(await handler.ReadAsync(stage.Code, stage.Pilot)));
        Assert.Equal(2.5e-6, series.SlopePerDay!.Value, 12);
        Assert.True(series.PValue < 0.05);
        Assert.Equal(OutcomeKind.Forbidden, (await handler.RunAsync(stage.Code, new() { MeasuredOn = "2026-03-01", Values = "1" }, stage.Cast.Laboratories[0])).Kind);
        Cast.Refuse(await handler.RunAsync(stage.Code, new() { Standard = 9, MeasuredOn = "1.3.2026", Values = "1,5" }, stage.Pilot), "choice-unknown", "return-date", "return-number");
        Cast.Refuse(await handler.RunAsync(stage.Code, new() { MeasuredOn = "2027-01-01", Values = "" }, stage.Pilot), "return-future", "return-values");

        await stage.ReceiveAsync(1, 2, 3);
        database.Clock.Now = Circulating.AfterDeadline;
        await stage.MoveAsync("end-circulation", "open-results");
        await using var later = database.As(stage.Pilot);
        var evaluation = Cast.Accept(await later.Get<Evaluate>().RunAsync(stage.Code, new(), stage.Pilot));
        var drift = Assert.Single(evaluation.Result.Points[0].Drift);
        Assert.True(drift is { Applied: true, Significant: true, Returns: 3 });
        // Everybody measured on 1 March, forty days before the common date.
        Assert.All(evaluation.Result.Points[0].Laboratories, l => Assert.Equal(40 * 2.5e-6, l.DriftCorrection, 12));
        Assert.Contains(evaluation.Result.Warnings, w => w.Code == "no-returns" && w.Point == "2");
    }
}
