using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline gauge FILE</c>: repeatability and reproducibility of a gauge with confidence intervals.</summary>
internal static class GaugeCommand
{
    private static readonly string[] part = ["part", "零件", "样品", "工件"], person = ["operator", "appraiser", "操作者", "测量人", "评价人"], value = ["value", "y", "x", "测得值"];

    public static Command Create(CliTexts texts)
    {
        var tolerance = CommonOptions.PositiveNumber("--tolerance", texts["gauge.option.tolerance"], texts);
        var pooling = CommonOptions.PositiveNumber("--pool", texts["gauge.option.pool"], texts);
        var unit = CommonOptions.Unit(texts);
        return NumericCommand.Create("gauge", texts, [tolerance, pooling, unit], ["components", "means"], (call, table, words) =>
        {
            var reader = new TableReader(table);
            string[] parts = reader.Texts(reader.Required(part)), people = reader.Texts(reader.Required(person));
            var column = reader.Required(value);
            var y = reader.Numbers(column);
            if (reader.Refusals.Count > 0)
                return reader.Refusals.ToList();
            var named = call.GetValue(unit) ?? column!.Unit ?? "";
            var result = GaugeStudy.Of(parts, people, y, call.GetValue(pooling) ?? 0.25, call.GetValue(tolerance));
            var findings = Make(result, named, table.File, words);
            findings.Charts.Add(new FindingChart("components", words["gauge.chart.components"], () => Components(result, named, words)));
            findings.Charts.Add(new FindingChart("means", words["gauge.chart.means"], () => Means(parts, people, y, named, words)));
            return findings;
        });
    }

    private static Findings Make(GaugeResult r, string unit, string file, CliTexts words)
    {
        var per = Per(unit);
        var findings = new Findings { Title = words["gauge.title", file] };
        findings.Facts.Add(new(words["gauge.design"], words["gauge.counts", r.Table.FirstLevels.Length, r.Table.SecondLevels.Length, r.Table.Repeats]));
        findings.Facts.Add(new Fact("ndc", $"{r.DistinctCategories?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Numbers.None}"));
        findings.Facts.Add(new(words["gauge.interaction"], words[r.Pooled ? "gauge.pooled" : "gauge.kept"]));
        var table = new FindingTable(words["gauge.components"], [words["gauge.source"], $"*s*{per}", words["gauge.limits"] + per, words["gauge.contribution"], words["gauge.study"], words["gauge.tolerance-share"]], 0);
        var json = new JsonArray();
        foreach (var (name, component) in All(r))
        {
            double low = Math.Sqrt(component.Limits.Low), high = Math.Sqrt(component.Limits.High);
            table.Rows.Add([words[$"gauge.component.{name}"], Numbers.Significant(component.StandardDeviation, 4), $"{Numbers.Significant(low, 3)} … {Numbers.Significant(high, 3)}", Numbers.Fixed(r.Contribution(component), 2), Numbers.Fixed(r.StudyVariation(component), 2), Numbers.Fixed(r.ToleranceShare(component), 2)]);
            json.Add(new JsonObject { ["component"] = name, ["variance"] = component.Variance, ["standardDeviation"] = component.StandardDeviation, ["low"] = low, ["high"] = high, ["contribution"] = r.Contribution(component), ["studyVariation"] = r.StudyVariation(component), ["toleranceShare"] = r.ToleranceShare(component) });
        }
        findings.Tables.Add(table);
        findings.Json["components"] = json;
        findings.Json["pooled"] = r.Pooled;
        findings.Json["distinctCategories"] = r.DistinctCategories;
        return findings;
    }

    private static string Per(string unit) => Units.Text(unit) is { Length: > 0 } shown ? $" / {shown}" : "";

    private static IEnumerable<(string Name, GaugeComponent Component)> All(GaugeResult r)
    {
        foreach (var (name, component) in ((string, GaugeComponent?)[])[("total-gauge", r.Gauge), ("repeatability", r.Repeatability), ("reproducibility", r.Reproducibility), ("operator", r.Operator), ("interaction", r.Interaction), ("part", r.Part), ("total", r.Total)])
            if (component is not null)
                yield return (name, component);
    }

    /// <summary>Every component with its confidence interval; an interval without an upper end is left out.</summary>
    private static Task<string> Components(GaugeResult r, string unit, CliTexts words)
    {
        var shown = All(r).ToArray();
        return SvgDocument.RenderAsync<CurveChart>(new Dictionary<string, object?>
        {
            ["Title"] = words["gauge.chart.components"], ["Name"] = "components", ["ValueAxis"] = $"*s*{Per(unit)}", ["HorizontalAxis"] = words["gauge.source"],
            ["Points"] = shown.Select((c, i) => new CurvePoint(i + 1, c.Component.StandardDeviation, Math.Sqrt(c.Component.Limits.Low), double.IsFinite(c.Component.Limits.High) ? Math.Sqrt(c.Component.Limits.High) : null, words[$"gauge.component.{c.Name}"])).ToArray(),
        });
    }

    /// <summary>Means by part, one line for each operator: parallel lines mean no interaction.</summary>
    private static Task<string> Means(string[] parts, string[] people, double[] y, string unit, CliTexts words)
    {
        string[] order = [.. parts.Distinct()];
        return SvgDocument.RenderAsync<LineChart>(new Dictionary<string, object?>
        {
            ["Title"] = words["gauge.chart.means"], ["Name"] = "means", ["ValueAxis"] = words["gauge.mean"] + Per(unit), ["HorizontalAxis"] = words["gauge.part-axis"],
            ["Series"] = people.Distinct().Select(person => new ChartSeries(person, [.. order.Select((part, i) => ((double)(i + 1), Enumerable.Range(0, y.Length).Where(k => parts[k] == part && people[k] == person).Average(k => y[k])))])).ToArray(),
        });
    }
}
