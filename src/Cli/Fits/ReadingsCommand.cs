using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline readings FILE</c>: Type A evaluation of repeated readings, with autocorrelation and, where they come in groups, analysis of variance.</summary>
internal static class ReadingsCommand
{
    private static readonly string[] value = ["value", "x", "y", "reading", "测得值", "读数"], group = ["group", "day", "operator", "组", "日", "组别"];

    public static Command Create(CliTexts texts)
    {
        var unit = CommonOptions.Unit(texts);
        return NumericCommand.Create("readings", texts, [unit], ["readings", "autocorrelation"], (call, table, words) =>
        {
            var reader = new TableReader(table);
            var column = reader.Required(value);
            var x = reader.Numbers(column);
            var of = reader.Optional(group);
            string[] names = of is null ? [] : reader.Texts(of);
            reader.AtLeast(2);
            return reader.Refusals.Count > 0 ? reader.Refusals.ToList() : new ReadingsFindings(x, names, call.GetValue(unit) ?? column!.Unit ?? "", words).Make(table.File);
        });
    }
}

/// <summary>Mean and uncertainty of readings.</summary>
internal sealed class ReadingsFindings(double[] x, string[] names, string unit, CliTexts texts)
{
    private readonly string per = Units.Text(unit) is { Length: > 0 } shown ? $" / {shown}" : "";

    public Findings Make(string file)
    {
        var findings = new Findings { Title = texts["readings.title", file] };
        var mean = MeanOfReadings.Bessel(x);
        var decimals = Numbers.DecimalsFor(mean.StandardUncertainty > 0 ? mean.StandardUncertainty : 1, 2);
        findings.Facts.Add(new Fact("*n*", $"{x.Length}"));
        findings.Facts.Add(new Fact(texts["head.mean"] + per, Numbers.Fixed(mean.Value, decimals)));
        findings.Facts.Add(new Fact(texts["readings.deviation"] + per, Numbers.Significant(mean.StandardUncertainty * Math.Sqrt(x.Length), 3)));
        findings.Facts.Add(new Fact(texts["readings.u"] + per, Numbers.Significant(mean.StandardUncertainty, 3)));
        findings.Json["n"] = x.Length;
        findings.Json["mean"] = mean.Value;
        findings.Json["standardUncertainty"] = mean.StandardUncertainty;
        if (x.Length >= 8 && x.Distinct().Count() > 1)
            Correlation(findings);
        if (names.Length > 0)
            Groups(findings);
        Chart(findings, "readings", "#", $"*x*{per}", [.. x.Select((v, i) => (i + 1.0, v))], [mean.Value]);
        return findings;
    }

    private void Correlation(Findings findings)
    {
        var r = AutocorrelatedMean.Of(x);
        findings.Facts.Add(new Fact(texts["readings.lag"], $"{r.CutoffLag}"));
        findings.Facts.Add(new Fact(texts["readings.u-correlated"] + per, Numbers.Significant(r.StandardUncertainty, 3)));
        findings.Json["autocorrelation"] = new JsonObject { ["cutoffLag"] = r.CutoffLag, ["inflation"] = r.Inflation, ["standardUncertainty"] = r.StandardUncertainty, ["effectiveCount"] = r.EffectiveCount };
        if (r.CutoffLag > 0)
            findings.Notes.Add(texts["readings.correlated-note"]);
        var rho = AutocorrelatedMean.Coefficients(x, Math.Max(2, x.Length / 4));
        var limit = 1.96 / Math.Sqrt(x.Length);
        Chart(findings, "autocorrelation", texts["readings.lag-axis"], "*ρ*", [.. rho.Select((v, i) => ((double)i, v))], [limit, -limit]);
    }

    private void Groups(Findings findings)
    {
        double[][] groups = [.. names.Distinct(StringComparer.Ordinal).Select(name => x.Where((_, i) => names[i] == name).ToArray())];
        var r = OneWayAnova.Of(groups);
        var (repeatability, between, reproducibility) = r.Intervals();
        var table = new FindingTable(texts["readings.components"], [texts["gauge.source"], $"*s*{per}", texts["gauge.limits"] + per], 0);
        void Add(string key, double s, Interval limits) => table.Rows.Add([texts[key], Numbers.Significant(s, 3), $"{Numbers.Significant(limits.Low, 3)} … {Numbers.Significant(limits.High, 3)}"]);
        Add("readings.within", r.Repeatability, repeatability);
        Add("readings.between", r.Between, between);
        Add("readings.together", r.Reproducibility, reproducibility);
        findings.Tables.Add(table);
        findings.Facts.Add(new Fact(texts["readings.test"], $"F = {Numbers.Significant(r.F, 3)}, p = {Numbers.Significant(r.PValue, 2)}"));
        findings.Facts.Add(new Fact(texts["readings.u-between"] + per, Numbers.Significant(r.MeanUncertaintyWithBetween, 3)));
        findings.Facts.Add(new Fact(texts["readings.u-pooled"] + per, Numbers.Significant(r.MeanUncertaintyPooled, 3)));
        findings.Json["anova"] = new JsonObject
        {
            ["F"] = r.F, ["p"] = r.PValue, ["repeatability"] = r.Repeatability, ["between"] = r.Between, ["reproducibility"] = r.Reproducibility, ["uncertaintyWithBetween"] = r.MeanUncertaintyWithBetween, ["uncertaintyPooled"] = r.MeanUncertaintyPooled,
        };
    }

    private void Chart(Findings findings, string name, string horizontal, string vertical, (double, double)[] points, double[] across) => findings.Charts.Add(new(name, texts[$"readings.chart.{name}"], () => SvgDocument.RenderAsync<LineChart>(new Dictionary<string, object?>
    {
        ["Title"] = texts[$"readings.chart.{name}"], ["Name"] = name, ["Series"] = new ChartSeries[] { new(vertical, points) }, ["ValueAxis"] = vertical, ["HorizontalAxis"] = horizontal, ["Limits"] = across,
    })));
}
