using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Interface;

namespace Plumbline.Modules.Tests.Charts;

/// <summary>Every chart with any number of laboratories, from the same seeded figures.</summary>
internal static class ChartSamples
{
    public static readonly string[] Names = ["equivalence", "results", "scores", "z", "pairwise", "density", "drift", "ring", "star", "schedule", "forest", "youden", "line"];

    public static Task<string> HtmlAsync(string name, int count) => Of(name, count) switch
    {
        (var type, var parameters) when type == typeof(EquivalenceChart) => HtmlAsync<EquivalenceChart>(parameters),
        (var type, var parameters) when type == typeof(ResultsChart) => HtmlAsync<ResultsChart>(parameters),
        (var type, var parameters) when type == typeof(ScoreChart) => HtmlAsync<ScoreChart>(parameters),
        (var type, var parameters) when type == typeof(PairwiseChart) => HtmlAsync<PairwiseChart>(parameters),
        (var type, var parameters) when type == typeof(DensityChart) => HtmlAsync<DensityChart>(parameters),
        (var type, var parameters) when type == typeof(DriftChart) => HtmlAsync<DriftChart>(parameters),
        (var type, var parameters) when type == typeof(RouteChart) => HtmlAsync<RouteChart>(parameters),
        (var type, var parameters) when type == typeof(ScheduleChart) => HtmlAsync<ScheduleChart>(parameters),
        (var type, var parameters) when type == typeof(ForestChart) => HtmlAsync<ForestChart>(parameters),
        (var type, var parameters) when type == typeof(YoudenChart) => HtmlAsync<YoudenChart>(parameters),
        (_, var parameters) => HtmlAsync<LineChart>(parameters),
    };

    public static async Task<string> HtmlAsync<T>(Dictionary<string, object?> parameters) where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    public static (Type Type, Dictionary<string, object?> Parameters) Of(string name, int count)
    {
        var random = new Random(20260301);
        List<(string Code, double Value, double U)> labs = [.. Enumerable.Range(1, count).Select(i => ($"L<{i}>", (random.NextDouble() - 0.5) * 12, 1 + (4 * random.NextDouble())))];
        var day = new DateOnly(2026, 3, 2);
        Dictionary<string, object?> common = new() { ["Title"] = $"图 {name}", ["Description"] = "*U* & <说明>", ["ValueAxis"] = "*D*_{*i*} / µg", ["LaboratoryAxis"] = "实验室代码" };
        Dictionary<string, object?> With(params (string Key, object? Value)[] more) => more.Concat(common.Where(pair => !more.Any(item => item.Key == pair.Key)).Select(pair => (pair.Key, pair.Value))).Where(item => item.Value is not Omit).ToDictionary(item => item.Item1, item => item.Item2);
        var omit = new Omit();
        return name switch
        {
            "equivalence" => (typeof(EquivalenceChart), With(("Points", labs.ConvertAll(lab => new EquivalencePoint(lab.Code, lab.Value, lab.U, Math.Abs(lab.Value) > lab.U))), ("ReferenceUncertainty", 1.8), ("SignificantText", "显著"), ("InsignificantText", "不显著"), ("BandText", "±*U*_{ref}"), ("Own", "L<2>"))),
            "results" => (typeof(ResultsChart), With(("Points", labs.ConvertAll(lab => new ResultPoint(lab.Code, 10 + (lab.Value * 1e-6), lab.U * 1e-6, lab.U * 1.5e-6, lab.Value > 5))), ("ReferenceValue", 10.0), ("ReferenceUncertainty", 1e-6), ("ResultText", "结果"), ("ExtendedText", "*τ*"), ("ExcludedText", "剔除"))),
            "scores" => (typeof(ScoreChart), With(("Points", labs.Select((lab, i) => new ScorePoint(lab.Code, i == 1 ? null : lab.Value / lab.U)).ToList()), ("NotEvaluableText", "不予评价"), ("BeyondText", "不满意"), ("LimitText", "|*E*_n| = 1"))),
            "z" => (typeof(ScoreChart), With(("Points", labs.ConvertAll(lab => new ScorePoint(lab.Code, lab.Value))), ("Limits", new double[] { 2, 3 }), ("WarningText", "可疑"))),
            "pairwise" => (typeof(PairwiseChart), With(("ValueAxis", omit), ("Laboratories", labs.ConvertAll(lab => lab.Code)), ("Ratio", (Func<int, int, double?>)((i, j) => Math.Abs(labs[i].Value - labs[j].Value) / (labs[i].U + labs[j].U))), ("RatioText", "|*D*_{*ij*}|/*U*"), ("SignificantText", "显著"))),
            "density" => (typeof(DensityChart), With(("LaboratoryAxis", omit), ("Points", labs.ConvertAll(lab => new ResultPoint(lab.Code, lab.Value, lab.U))), ("DensityAxis", "密度"), ("ReferenceValue", 0.1), ("ReferenceUncertainty", 0.5))),
            "drift" => (typeof(DriftChart), With(("LaboratoryAxis", omit), ("Readings", labs.Select((lab, i) => new DriftReading(day.AddDays(7 * i), lab.Value, lab.U)).ToList()), ("Fit", Enumerable.Range(0, 9).Select(i => new DriftFit(day.AddDays(count * i), i * 0.1, 1)).ToList()), ("Visits", labs.Select((lab, i) => new DriftVisit(lab.Code, day.AddDays(7 * i))).ToList()), ("DateAxis", "日期"), ("ReadingText", "读数"))),
            "ring" => (typeof(RouteChart), With(("ValueAxis", omit), ("LaboratoryAxis", omit), ("Pilot", "P"), ("Legs", labs.Select((lab, i) => new RouteLeg(i == 0 ? "P" : labs[i - 1].Code, lab.Code, (LegProgress)(i % 4))).Append(new(count == 0 ? "P" : labs[^1].Code, "P", LegProgress.Planned)).Where(leg => leg.From != leg.To).ToList()), ("PlannedText", "计划"), ("LateText", "逾期"))),
            "star" => (typeof(RouteChart), With(("ValueAxis", omit), ("LaboratoryAxis", omit), ("Pilot", "P"), ("Legs", labs.SelectMany(lab => (RouteLeg[])[new("P", lab.Code, LegProgress.Received), new(lab.Code, "P", LegProgress.Sent)]).ToList()))),
            "schedule" => (typeof(ScheduleChart), With(("ValueAxis", omit), ("LaboratoryAxis", omit), ("Today", day.AddDays(20)), ("Rows", labs.Select((lab, i) => new ScheduleRow(lab.Code, day.AddDays(7 * i), day.AddDays((7 * i) + 5), i < 3 ? day.AddDays(7 * i) : null, i < 2 ? day.AddDays((7 * i) + 6) : null, i == 1)).ToList()), ("LateText", "逾期"))),
            "forest" => (typeof(ForestChart), With(("LaboratoryAxis", omit), ("Rows", labs.Select((lab, i) => new ForestRow(lab.Code, lab.Value, lab.U, i == 1 ? null : 1.0 / count)).ToList()), ("ReferenceValue", 0.1), ("ReferenceUncertainty", 0.5), ("ReferenceText", "参考值"))),
            "youden" => (typeof(YoudenChart), With(("ValueAxis", omit), ("LaboratoryAxis", omit), ("FirstAxis", "A"), ("SecondAxis", "B"), ("Points", labs.ConvertAll(lab => new YoudenPoint(lab.Code, lab.Value, lab.Value + lab.U, lab.Value > 5))))),
            _ => (typeof(LineChart), With(("LaboratoryAxis", omit), ("HorizontalAxis", "*n*"), ("Series", new[] { new ChartSeries("A", [.. labs.Select((lab, i) => ((double)i, lab.Value))]), new ChartSeries("B", [.. labs.Select((lab, i) => ((double)i, lab.U))]) }), ("Limits", new[] { 3.0 }))),
        };
    }

    private sealed class Omit;
}
