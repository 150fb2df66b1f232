using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Interface;

namespace Plumbline.Modules.Tests.Charts;

/// <summary>Every chart with any number of laboratories, from the same seeded figures.</summary>
internal static class ChartSamples
{
    public static readonly string[] Names = ["equivalence", "results", "scores", "z", "pairwise", "density", "drift", "ring", "star", "schedule", "forest", "youden", "line", "quantiles", "h", "k", "run", "trend", "naji", "pom", "scatter", "mixture", "decision", "curve", "paper"];

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
        (var type, var parameters) when type == typeof(QuantileChart) => HtmlAsync<QuantileChart>(parameters),
        (var type, var parameters) when type == typeof(StatisticChart) => HtmlAsync<StatisticChart>(parameters),
        (var type, var parameters) when type == typeof(RunChart) => HtmlAsync<RunChart>(parameters),
        (var type, var parameters) when type == typeof(TrendChart) => HtmlAsync<TrendChart>(parameters),
        (var type, var parameters) when type == typeof(NajiChart) => HtmlAsync<NajiChart>(parameters),
        (var type, var parameters) when type == typeof(ScoreScatterChart) => HtmlAsync<ScoreScatterChart>(parameters),
        (var type, var parameters) when type == typeof(MixtureChart) => HtmlAsync<MixtureChart>(parameters),
        (var type, var parameters) when type == typeof(DecisionChart) => HtmlAsync<DecisionChart>(parameters),
        (var type, var parameters) when type == typeof(CurveChart) => HtmlAsync<CurveChart>(parameters),
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
            "quantiles" => (typeof(QuantileChart), With(("LaboratoryAxis", omit), ("HorizontalAxis", "*q*"), ("Points", labs.Select((lab, i) => new QuantilePoint(lab.Code, ((i + 0.5) / count * 4) - 2, lab.Value, lab.Value - (i % 5 == 1 ? -1 : 2), lab.Value + 2)).ToList()), ("PointText", "结果"), ("OutsideText", "界外"), ("BandText", "95 %"))),
            "h" => (typeof(StatisticChart), With(("Laboratories", labs.ConvertAll(lab => lab.Code)), ("Limits", new[] { 1.8, 2.2 }), ("BeyondText", "超出"), ("LimitText", "临界值"), ("Series", new[] { "A", "B", "C" }.Select(level => new StatisticSeries(level, labs.Select((lab, i) => i == 1 ? null : (double?)((random.NextDouble() - 0.5) * 5)).ToList())).ToList()))),
            "k" => (typeof(StatisticChart), With(("Laboratories", labs.ConvertAll(lab => lab.Code)), ("Limits", new[] { 1.8, 2.2 }), ("Signed", false), ("BeyondText", "超出"), ("Series", new[] { new StatisticSeries("1", labs.ConvertAll(lab => (double?)lab.U)) }))),
            "run" => (typeof(RunChart), With(("LaboratoryAxis", omit), ("ItemAxis", "样品"), ("Groups", labs.ConvertAll(lab => new RunGroup(lab.Code, [lab.Value, lab.Value + lab.U]))), ("Mean", 0.4), ("Allowance", 2.0), ("ValueText", "测量值"), ("AllowanceText", "±0.3*σ*_pt"))),
            "curve" => (typeof(CurveChart), With(("LaboratoryAxis", omit), ("HorizontalAxis", "*τ* / s"), ("Horizontal", AxisKind.Logarithmic), ("Vertical", AxisKind.Logarithmic), ("PointText", "偏差"), ("Points", labs.Select((lab, i) => new CurvePoint(Math.Pow(1.2, i), 1e-9 * Math.Exp(lab.Value / 6), 1e-9 * Math.Exp(lab.Value / 6 - 0.2), 1e-9 * Math.Exp(lab.Value / 6 + 0.2), "*α* = 0")).ToList()))),
            "paper" => (typeof(CurveChart), With(("LaboratoryAxis", omit), ("HorizontalAxis", "*t* / h"), ("Horizontal", AxisKind.Logarithmic), ("Vertical", AxisKind.Weibull), ("Points", labs.Select((lab, i) => new CurvePoint(100 + i, (i + 0.7) / (count + 0.4))).ToList()), ("Curves", (CurveLine[])[new("拟合", [.. Enumerable.Range(1, 9).Select(i => (50.0 * i, i / 10.0))])]), ("Band", ((double, double, double)[])[.. Enumerable.Range(1, 9).Select(i => (50.0 * i, i / 12.0, i / 9.5))]), ("BandText", "95 %"))),
            "trend" => (typeof(TrendChart), With(("LaboratoryAxis", omit), ("HorizontalAxis", "*t* / d"), ("Points", labs.Select((lab, i) => new TrendPoint(i * 7, lab.Value, i % 2 * lab.U)).ToList()), ("Fit", Enumerable.Range(0, 9).Select(i => new TrendPoint(count * i, i * 0.1, 1)).ToList()), ("Limits", new[] { -3.0, 3 }), ("FitText", "拟合"), ("BandText", "95 %"))),
            "naji" => (typeof(NajiChart), With(("ValueAxis", omit), ("LaboratoryAxis", omit), ("DeviationAxis", "*D*/*σ*"), ("UncertaintyAxis", "*u*^2/*σ*^2"), ("Squared", true), ("ReferenceUncertainty", 0.2), ("Points", labs.ConvertAll(lab => new DeviationPoint(lab.Code, lab.Value, lab.U / 3))), ("BeyondText", "*ζ* > 3"))),
            "pom" => (typeof(NajiChart), With(("ValueAxis", omit), ("LaboratoryAxis", omit), ("DeviationAxis", "*D*"), ("UncertaintyAxis", "*u*"), ("Points", labs.ConvertAll(lab => new DeviationPoint(lab.Code, lab.Value, lab.U / 3))), ("BeyondText", "*ζ* > 3"))),
            "scatter" => (typeof(ScoreScatterChart), With(("ValueAxis", omit), ("LaboratoryAxis", omit), ("FirstAxis", "*z*"), ("SecondAxis", "*ζ*"), ("Points", labs.ConvertAll(lab => (lab.Code, lab.Value / 2, lab.Value / lab.U))), ("BeyondText", "≥ 3"), ("LimitText", "限值"))),
            "mixture" => (typeof(MixtureChart), With(("LaboratoryAxis", omit), ("DensityAxis", "密度"), ("Curves", count == 0 ? [] : new[] { new ShadedCurve("A", [.. Enumerable.Range(-20, 41).Select(i => (i / 4.0, Math.Exp(-i * i / 80.0)))]), new ShadedCurve("B", [.. Enumerable.Range(-20, 41).Select(i => (i / 4.0, Math.Exp(-i * i / 8.0)))]) }), ("Parts", labs.ConvertAll(lab => new ChartSeries(lab.Code, [(lab.Value - lab.U, 0), (lab.Value, 1), (lab.Value + lab.U, 0)]))), ("Results", labs.ConvertAll(lab => lab.Value)), ("PartText", "各"), ("ResultText", "结果"))),
            "decision" => (typeof(DecisionChart), With(("ValueAxis", omit), ("LaboratoryAxis", omit), ("Root", new DecisionNode(["*Q*", "*p* = 0.2"], true, new DecisionBranch("是", new(["叶 1", "二行"], true)), new DecisionBranch("否", new(["*W*"], false, new DecisionBranch("是", new(["叶 2"], false)), new DecisionBranch("否", new(["叶 3"], false)))))))),
            _ => (typeof(LineChart), With(("LaboratoryAxis", omit), ("HorizontalAxis", "*n*"), ("Series", new[] { new ChartSeries("A", [.. labs.Select((lab, i) => ((double)i, lab.Value))]), new ChartSeries("B", [.. labs.Select((lab, i) => ((double)i, lab.U))]) }), ("Limits", new[] { 3.0 }))),
        };
    }

    private sealed class Omit;
}
