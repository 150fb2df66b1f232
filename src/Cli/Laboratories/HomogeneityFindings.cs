using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>Homogeneity by ISO 13528 Annex B (equal numbers of values) and ISO 33405.</summary>
internal sealed class HomogeneityFindings(Groups groups, double? sigma, string unit, CliTexts texts)
{
    private string Shown(double value) => Numbers.WithUnit(value == 0 ? "0" : Numbers.Significant(value, 3), unit);

    public Findings Make(string file)
    {
        var findings = new Findings { Title = texts["homogeneity.title", file] };
        var facts = findings.Facts;
        var units = BetweenUnits.Analyse(groups.Values);
        facts.Add(new(texts["homogeneity.items"], $"{groups.Names.Length} × {(groups.Balanced ? groups.Values[0].Length : $"{groups.Values.Min(v => v.Length)}–{groups.Values.Max(v => v.Length)}")}"));
        facts.Add(new(texts["homogeneity.mean"], Numbers.WithUnit(Numbers.Significant(units.Mean, 6), unit)));
        HomogeneityCheck? check = null;
        if (groups.Balanced && groups.Values[0].Length >= 2)
            check = Iso13528(findings);
        else
            findings.Notes.Add(texts["homogeneity.unbalanced"]);
        facts.Add(new(texts["homogeneity.f"], $"F = {Numbers.Significant(units.F, 4)}, p = {Numbers.Significant(units.PValue, 2)}: {texts[units.PValue < 0.05 ? "homogeneity.differ" : "homogeneity.alike"]}"));
        facts.Add(new("*s*_bb", Shown(units.BetweenUnit)));
        if (units.HiddenByRepeatability is { } hidden)
            facts.Add(new(texts["homogeneity.hidden"], Shown(hidden)));
        facts.Add(new(texts["homogeneity.ubb"], Shown(units.StandardUncertainty)));
        findings.Json["iso33405"] = new JsonObject
        {
            ["units"] = units.Units, ["effectiveReplicates"] = units.EffectiveReplicates, ["mean"] = units.Mean, ["meanSquareBetween"] = units.MeanSquareBetween, ["meanSquareWithin"] = units.MeanSquareWithin,
            ["f"] = units.F, ["pValue"] = units.PValue, ["sBetweenUnits"] = units.BetweenUnit, ["uHiddenByRepeatability"] = units.HiddenByRepeatability, ["uBetweenUnits"] = units.StandardUncertainty,
        };
        Table(findings);
        findings.Charts.Add(new FindingChart("run", texts["chart.run"], () => SvgDocument.RenderAsync<RunChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.run"], ["Name"] = "run", ["Groups"] = (RunGroup[])[.. groups.Names.Select((n, i) => new RunGroup(n, groups.Values[i]))], ["Mean"] = units.Mean, ["Allowance"] = check?.Allowance,
            ["ValueAxis"] = Units.Text(unit) is { Length: > 0 } u ? $"*x* / {u}" : "*x*", ["ItemAxis"] = texts["head.item"], ["ValueText"] = texts["chart.value"], ["MeanText"] = texts["chart.item-mean"], ["GeneralText"] = texts["homogeneity.mean"], ["AllowanceText"] = "±0.3*σ*_pt",
        })));
        return findings;
    }

    private HomogeneityCheck? Iso13528(Findings findings)
    {
        var (s, facts) = (HomogeneityTest.Statistics(groups.Values), findings.Facts);
        facts.Add(new(texts["homogeneity.sx"], Shown(s.OfItemMeans)));
        facts.Add(new(texts["homogeneity.sw"], Shown(s.Within)));
        facts.Add(new(texts["homogeneity.ss"], Shown(s.Between)));
        facts.Add(new(texts["homogeneity.cochran"], $"C = {Numbers.Significant(s.Cochran.Statistic, 3)} ({Numbers.Significant(s.Cochran.CriticalValue, 3)}){(s.Cochran.IsOutlier ? $": {texts["homogeneity.cochran-outlier", groups.Names[s.Cochran.Index]]}" : "")}"));
        var json = new JsonObject { ["items"] = s.Items, ["replicates"] = s.Replicates, ["mean"] = s.Mean, ["sItemMeans"] = s.OfItemMeans, ["sWithin"] = s.Within, ["sBetween"] = s.Between, ["cochran"] = s.Cochran.Statistic, ["cochranCritical"] = s.Cochran.CriticalValue, ["cochranOutlier"] = s.Cochran.IsOutlier ? groups.Names[s.Cochran.Index] : null };
        findings.Json["iso13528"] = json;
        if (sigma is not { } sigmaPt)
        {
            findings.Notes.Add(texts["homogeneity.no-sigma"]);
            return null;
        }
        var check = HomogeneityTest.Check(s, sigmaPt);
        facts.Add(new(texts["homogeneity.simple"], $"{Shown(s.Between)} {(check.PassesSimple ? "≤" : ">")} {Shown(check.Allowance)}: {texts[check.PassesSimple ? "homogeneity.pass" : "homogeneity.fail"]}"));
        facts.Add(new(texts["homogeneity.expanded"], $"{Shown(s.Between)} {(check.PassesExpanded ? "≤" : ">")} {Shown(Math.Sqrt(check.ExpandedCriterion))}: {texts[check.PassesExpanded ? "homogeneity.pass" : "homogeneity.fail"]}"));
        foreach (var (name, value) in (List<(string, JsonNode)>)[("sigma", sigmaPt), ("allowance", check.Allowance), ("f1", check.F1), ("f2", check.F2), ("expandedCriterion", check.ExpandedCriterion), ("passesSimple", check.PassesSimple), ("passesExpanded", check.PassesExpanded)])
            json[name] = value;
        return check;
    }

    private void Table(Findings findings)
    {
        var table = new FindingTable(texts["homogeneity.table"], [texts["head.item"], "*n*", texts["head.mean"], "*s*"], 0);
        var scatter = groups.Values.SelectMany(v => v).ToArray() is var all && all.Max() > all.Min() ? all.Max() - all.Min() : 1;
        var items = new JsonArray();
        for (var i = 0; i < groups.Names.Length; i++)
        {
            var (v, mean) = (groups.Values[i], groups.Values[i].Average());
            double? s = v.Length > 1 ? Math.Sqrt(v.Sum(x => (x - mean) * (x - mean)) / (v.Length - 1)) : null;
            table.Rows.Add([groups.Names[i], $"{v.Length}", Numbers.Fixed(mean, Numbers.DecimalsFor(scatter / 20)), s is 0 ? "0" : Numbers.Significant(s, 3)]);
            items.Add(new JsonObject { ["item"] = groups.Names[i], ["values"] = new JsonArray([.. v.Select(x => (JsonNode)x)]), ["mean"] = mean, ["standardDeviation"] = s });
        }
        findings.Tables.Add(table);
        findings.Json["items"] = items;
    }
}

/// <summary>Stability by a straight line over time, ISO 33405.</summary>
internal sealed class TrendFindings(double[] times, double[] values, TrendResult fit, double? shelf, double? sigma, string unit, DataColumn at, CliTexts texts)
{
    public Findings Make(string file)
    {
        var findings = new Findings { Title = texts["homogeneity.trend-title", file] };
        var facts = findings.Facts;
        facts.Add(new(texts["homogeneity.readings"], $"{values.Length} ({times.Distinct().Count()} {texts["homogeneity.times"]})"));
        facts.Add(new(texts["homogeneity.slope"], $"{Numbers.PlusMinus(fit.Slope, fit.SlopeStandardError)} ({texts["homogeneity.one-u"]})"));
        facts.Add(new(texts["homogeneity.intercept"], Numbers.WithUnit(Numbers.Significant(fit.Intercept, 6), unit)));
        facts.Add(new(texts["homogeneity.residual"], Numbers.WithUnit(Numbers.Significant(fit.ResidualStandardDeviation, 3), unit)));
        facts.Add(new("*t*", $"{Numbers.Fixed(fit.TStatistic, 2)} ({texts["homogeneity.critical"]} {Numbers.Fixed(fit.TCritical, 2)}), p = {Numbers.Significant(fit.PValue, 2)}: {texts[fit.Significant ? "homogeneity.trend" : "homogeneity.no-trend"]}"));
        if (shelf is { } life)
            facts.Add(new(texts["homogeneity.ustab", Numbers.Of(life)], Numbers.WithUnit(Numbers.Uncertainty(fit.StandardUncertaintyOver(life)), unit)));
        findings.Json["trend"] = new JsonObject
        {
            ["slope"] = fit.Slope, ["slopeStandardError"] = fit.SlopeStandardError, ["intercept"] = fit.Intercept, ["residualStandardDeviation"] = fit.ResidualStandardDeviation, ["degreesOfFreedom"] = fit.DegreesOfFreedom,
            ["t"] = fit.TStatistic, ["pValue"] = fit.PValue, ["tCritical"] = fit.TCritical, ["significant"] = fit.Significant, ["shelfLife"] = shelf, ["uStability"] = shelf is { } s ? fit.StandardUncertaintyOver(s) : null,
        };
        findings.Charts.Add(new FindingChart("trend", texts["chart.trend"], Draw));
        return findings;
    }

    private Task<string> Draw()
    {
        var (middle, sxx, n) = (times.Average(), times.Sum(t => (t - times.Average()) * (t - times.Average())), times.Length);
        var (from, to) = (times.Min(), Math.Max(times.Max(), shelf ?? times.Max()));
        var line = Enumerable.Range(0, 61).Select(i => from + (to - from) * i / 60).Select(t => new TrendPoint(t, fit.Intercept + fit.Slope * t, fit.TCritical * fit.ResidualStandardDeviation * Math.Sqrt((1.0 / n) + ((t - middle) * (t - middle) / sxx)))).ToArray();
        var start = fit.Intercept + fit.Slope * times.Min();
        return SvgDocument.RenderAsync<TrendChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.trend"], ["Name"] = "trend", ["Points"] = (TrendPoint[])[.. times.Zip(values, (t, y) => new TrendPoint(t, y))], ["Fit"] = line,
            ["Limits"] = sigma is { } s ? (double[])[start - 0.3 * s, start + 0.3 * s] : [], ["ValueAxis"] = Units.Text(unit) is { Length: > 0 } u ? $"*x* / {u}" : "*x*", ["HorizontalAxis"] = at.Header,
            ["PointText"] = texts["chart.value"], ["FitText"] = texts["chart.fit"], ["BandText"] = texts["chart.fit-band"], ["LimitText"] = "±0.3*σ*_pt",
        });
    }
}
