using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline conformity</c>: measured values against limits by every decision rule, with specific and global risks.</summary>
internal static class ConformityCommand
{
    private static readonly string[] label = ["name", "item", "lab", "名称", "编号", "项目", "样品"], value = ["value", "y", "x", "测得值", "结果"], uncertainty = ["u", "standard uncertainty", "标准不确定度"], freedom = ["nu", "dof", "自由度"];

    public static Command Create(CliTexts texts)
    {
        Option<double?> Number(string name) => new($"--{name}") { Description = texts[$"conformity.option.{name}"] };
        Option<double?> measured = Number("value"), lower = Number("lower"), upper = Number("upper"), nominal = Number("nominal"), mean = Number("process-mean");
        Option<double?> Positive(string name) => CommonOptions.PositiveNumber($"--{name}", texts[$"conformity.option.{name}"], texts);
        Option<double?> u = Positive("u"), permitted = Positive("max-error"), deviation = Positive("process-sd"), share = Positive("in-tolerance"), guard = Positive("guard"), target = Positive("target");
        var factor = CommonOptions.Factor(texts);
        var unit = CommonOptions.Unit(texts);
        return NumericCommand.Create("conformity", texts, [measured, u, lower, upper, permitted, nominal, mean, deviation, share, target, guard, factor, unit], ["probability", "risk"], (call, table, words) =>
        {
            ToleranceLimits limits;
            if (call.GetValue(permitted) is { } mpe)
                limits = ToleranceLimits.Permitted(mpe, call.GetValue(nominal) ?? 0);
            else if ((call.GetValue(lower), call.GetValue(upper)) is var (low, high) && (low, high) is not (null, null))
                limits = low is null ? ToleranceLimits.AtMost(high!.Value) : high is null ? ToleranceLimits.AtLeast(low.Value) : ToleranceLimits.Between(low.Value, high.Value);
            else
                return new Refusal("call-limits");
            var reader = new TableReader(table);
            string[] names;
            double[] y, us;
            double[] nus;
            if (table.Columns.Count > 0)
            {
                var column = reader.Required(value);
                y = reader.Numbers(column);
                us = call.GetValue(u) is { } common ? [.. y.Select(_ => common)] : reader.Numbers(reader.Required(uncertainty), Domain.Positive);
                nus = reader.Optional(freedom) is { } of ? reader.Numbers(of, Domain.Freedom) : [.. y.Select(_ => double.PositiveInfinity)];
                names = reader.Optional(label) is { } given ? reader.Texts(given) : [.. Enumerable.Range(1, y.Length).Select(i => $"{i}")];
                if (reader.Refusals.Count > 0)
                    return reader.Refusals.ToList();
            }
            else if (call.GetValue(measured) is { } one && call.GetValue(u) is { } alone)
                (names, y, us, nus) = (["1"], [one], [alone], [double.PositiveInfinity]);
            else if (call.GetValue(u) is { } risksOnly && (call.GetValue(deviation) ?? call.GetValue(share)) is not null)
                (names, y, us, nus) = ([], [], [risksOnly], []);
            else
                return new Refusal("call-measured");
            var process = call.GetValue(deviation) is { } sd ? ProcessDistribution.Normal(call.GetValue(mean) ?? Middle(limits), sd) : call.GetValue(share) is { } itp ? ProcessDistribution.InTolerance(limits, itp) : null;
            return new ConformityFindings(limits, names, y, us, nus, process, call.GetValue(factor), call.GetValue(guard) ?? 1, call.GetValue(target), call.GetValue(unit) ?? "", words).Make();
        }, use: FileUse.Optional);
    }

    private static double Middle(ToleranceLimits limits) => limits is { Lower: { } low, Upper: { } high } ? 0.5 * (low + high) : limits.Lower ?? limits.Upper!.Value;
}

/// <summary>Verdicts of every rule, and the risks over a process.</summary>
internal sealed class ConformityFindings(ToleranceLimits limits, string[] names, double[] y, double[] u, double[] nu, ProcessDistribution? process, double factor, double guard, double? target, string unit, CliTexts texts)
{
    private readonly string per = Units.Text(unit) is { Length: > 0 } shown ? $" / {shown}" : "";

    public Findings Make()
    {
        var findings = new Findings { Title = texts["conformity.title"] };
        findings.Facts.Add(new(texts["conformity.limits"], $"{Numbers.Of(limits.Lower)} … {Numbers.Of(limits.Upper)}{(unit.Length > 0 ? " " + Units.Text(unit) : "")}"));
        findings.Json["lower"] = limits.Lower;
        findings.Json["upper"] = limits.Upper;
        if (y.Length > 0)
            Decide(findings);
        if (process is not null)
            Risks(findings, process);
        return findings;
    }

    private void Decide(Findings findings)
    {
        var table = new FindingTable(texts["conformity.table"], [texts["head.name"], $"*y*{per}", $"*U*{per}", "*p*_c", .. Enum.GetValues<DecisionRule>().Select(r => texts[$"conformity.rule.{r}"])], [0, .. Enumerable.Range(4, 6)]);
        var json = new JsonArray();
        for (var i = 0; i < y.Length; i++)
        {
            var d = DecisionRules.Decide(y[i], u[i], limits, factor, guard, degreesOfFreedom: nu[i]);
            table.Rows.Add([names[i], Numbers.Of(y[i]), Numbers.Significant(d.ExpandedUncertainty, 2), Numbers.Fixed(d.Conformance.Within, 4), .. d.Decisions.Select(v => texts[$"conformity.verdict.{v.Verdict}"])]);
            json.Add(new JsonObject
            {
                ["name"] = names[i], ["value"] = y[i], ["standardUncertainty"] = u[i], ["expandedUncertainty"] = d.ExpandedUncertainty, ["conformanceProbability"] = d.Conformance.Within, ["below"] = d.Conformance.Below, ["above"] = d.Conformance.Above,
                ["decisions"] = new JsonArray([.. d.Decisions.Select(v => (JsonNode)new JsonObject { ["rule"] = v.Rule.ToString(), ["verdict"] = v.Verdict.ToString(), ["guardBand"] = v.GuardBand })]),
            });
        }
        findings.Tables.Add(table);
        findings.Json["results"] = json;
        findings.Notes.Add(texts["conformity.specific-note", Numbers.Of(factor), Numbers.Of(guard)]);
        findings.Charts.Add(new FindingChart("probability", texts["conformity.chart.probability"], () =>
        {
            double centre = limits.Upper ?? limits.Lower!.Value, reach = 5 * u[0], low = Math.Min(y.Min(), (limits.Lower ?? centre) - reach), high = Math.Max(y.Max(), (limits.Upper ?? centre) + reach);
            (double, double)[] curve = [.. Enumerable.Range(0, 301).Select(k => low + (high - low) * k / 300).Select(x => (x, ConformanceProbability.Of(x, u[0], limits, nu[0]).Within))];
            return Line("conformity.chart.probability", "probability", [new(texts["conformity.curve"], curve), new(texts["conformity.measured"], [.. y.Select((v, i) => (v, ConformanceProbability.Of(v, u[i], limits, nu[i]).Within)).OrderBy(p => p.v)])], $"*y*{per}", "*p*_c", [0.95]);
        }));
    }

    private void Risks(Findings findings, ProcessDistribution of)
    {
        var w = GuardBand.Of(factor * u[0], guard);
        var table = new FindingTable(texts["conformity.risks"], [texts["conformity.acceptance"], $"*w*{per}", "PFA / %", "PFR / %", texts["conformity.accepted"], texts["conformity.among"]], 0);
        var json = new JsonArray();
        void Add(string rule, double band, ToleranceLimits? accept)
        {
            if (accept is null)
            {
                table.Rows.Add([rule, Numbers.Significant(band, 4), texts["conformity.nothing-left"], "", "", ""]);
                return;
            }
            var r = GlobalRisk.Of(of, u[0], limits, accept);
            table.Rows.Add([rule, Numbers.Significant(band, 4), Numbers.Significant(100 * r.FalseAcceptance, 4), Numbers.Significant(100 * r.FalseRejection, 4), Numbers.Significant(100 * r.Accepted, 4), Numbers.Significant(100 * r.NonconformingAmongAccepted, 4)]);
            json.Add(new JsonObject { ["rule"] = rule, ["guardBand"] = band, ["lower"] = accept.Lower, ["upper"] = accept.Upper, ["falseAcceptance"] = r.FalseAcceptance, ["falseRejection"] = r.FalseRejection, ["accepted"] = r.Accepted, ["nonconforming"] = r.Nonconforming });
        }
        Add(texts["conformity.rule.SimpleAcceptance"], 0, limits);
        Add(texts["conformity.rule.GuardedAcceptance"], w, limits.Guarded(w));
        if (target is { } wanted)
        {
            var solved = GuardBand.ForGlobalRisk(of, u[0], limits, wanted);
            if (solved.Feasible)
                Add(texts["conformity.solved", Numbers.Of(wanted)], solved.GuardBand!.Value, solved.Acceptance);
            else
                findings.Notes.Add(texts["conformity.infeasible", Numbers.Of(wanted), Numbers.Significant(solved.Reached, 3)]);
            findings.Json["target"] = new JsonObject { ["risk"] = wanted, ["feasible"] = solved.Feasible, ["guardBand"] = solved.GuardBand, ["reached"] = solved.Reached };
        }
        findings.Tables.Add(table);
        findings.Json["global"] = json;
        findings.Charts.Add(new FindingChart("risk", texts["conformity.chart.risk"], () =>
        {
            double most = limits is { Lower: { } l, Upper: { } h } ? 0.45 * (h - l) : 6 * u[0], least = -2 * u[0];
            var points = Enumerable.Range(0, 61).Select(k => least + (Math.Min(most, 6 * u[0]) - least) * k / 60).Select(b => (b, GlobalRisk.Of(of, u[0], limits, limits.Guarded(b)))).ToArray();
            return Line("conformity.chart.risk", "risk", [new("PFA", [.. points.Select(p => (p.b, 100 * p.Item2.FalseAcceptance))]), new("PFR", [.. points.Select(p => (p.b, 100 * p.Item2.FalseRejection))])], $"*w*{per}", texts["conformity.risk-axis"], []);
        }));
    }

    private Task<string> Line(string title, string name, ChartSeries[] series, string horizontal, string vertical, double[] across) => SvgDocument.RenderAsync<LineChart>(new Dictionary<string, object?>
    {
        ["Title"] = texts[title], ["Name"] = name, ["Series"] = series, ["ValueAxis"] = vertical, ["HorizontalAxis"] = horizontal, ["Limits"] = across,
    });
}
