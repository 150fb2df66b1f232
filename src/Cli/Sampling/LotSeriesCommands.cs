using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline sampling declared|switching</c>: what is decided from lot to lot rather than for one plan.</summary>
internal static class LotSeriesCommands
{
    private static readonly string[] levels = ["0", "I", "II", "III"], found = ["nonconforming", "d", "found", "不合格品数", "不合格数"];

    public static Command Declared(CliTexts texts)
    {
        var quality = SamplingCommand.Positive(texts, "dql");
        return NumericCommand.Create("declared", texts, [quality], ["contradiction"], (call, _, words) =>
        {
            if (call.GetValue(quality) is not { } declared)
                return SamplingCommand.Missing("--dql");
            var findings = new Findings { Title = words["sampling.declared-title", Numbers.Of(declared)] };
            var table = new FindingTable(words["sampling.plans"], [words["sampling.discrimination"], "*n*", "*L*", words["sampling.contradiction"], "LQR"], 0);
            var json = new JsonArray();
            DeclaredQualityPlan?[] plans = [.. Enumerable.Range(0, 4).Select(level => PlanDesign.DeclaredQuality(declared / 100, level))];
            for (var level = 0; level < 4; level++)
            {
                var plan = plans[level];
                table.Rows.Add(plan is null ? [levels[level], words["sampling.no-plan"], "", "", ""] : [levels[level], $"{plan.SampleSize}", $"{plan.Limit}", Numbers.Significant(100 * plan.Contradiction, 3), Numbers.Significant(plan.LimitingQualityRatio, 3)]);
                json.Add(plan is null ? null : new JsonObject { ["level"] = levels[level], ["n"] = plan.SampleSize, ["L"] = plan.Limit, ["contradiction"] = plan.Contradiction, ["limitingQualityRatio"] = plan.LimitingQualityRatio });
            }
            findings.Tables.Add(table);
            findings.Json["plans"] = json;
            findings.Notes.Add(words["sampling.declared-note"]);
            if (plans.Any(p => p is not null))
                findings.Charts.Add(new FindingChart("contradiction", words["sampling.chart.contradiction"], () => Contradictions(plans, declared, words)));
            return findings;
        }, key: "sampling-declared", use: FileUse.None);
    }

    /// <summary>How often a quality that many times worse than declared is contradicted, for each level of discrimination.</summary>
    private static Task<string> Contradictions(DeclaredQualityPlan?[] plans, double declared, CliTexts words)
    {
        var worst = Math.Min(100 / declared, 2 * plans.Max(p => p?.LimitingQualityRatio ?? 1));
        return SvgDocument.RenderAsync<LineChart>(new Dictionary<string, object?>
        {
            ["Title"] = words["sampling.chart.contradiction"], ["Name"] = "contradiction", ["ValueAxis"] = words["sampling.contradicted"], ["HorizontalAxis"] = "*p* / %", ["Limits"] = new double[] { 5, 90 },
            ["Series"] = plans.Select((plan, level) => (plan, level)).Where(p => p.plan is not null).Select(p => new ChartSeries($"{levels[p.level]}: {p.plan!.SampleSize}, {p.plan.Limit}",
                [.. Enumerable.Range(0, 201).Select(i => declared * worst * i / 200).Select(q => (q, 100 - 100 * SamplingPlan.OneSample(p.plan.SampleSize, p.plan.Limit).At(Math.Min(1, q / 100)).Acceptance))])).ToArray(),
        });
    }

    public static Command Switching(CliTexts texts)
    {
        var letter = new Option<string?>("--letter") { Description = texts["sampling.option.letter"] }.AcceptOnlyFromAmong([.. AqlTables.Letters]);
        var aql = SamplingCommand.Positive(texts, "aql");
        return NumericCommand.Create("switching", texts, [letter, aql], ["lots"], (call, table, words) =>
        {
            if (call.GetValue(letter) is not { } code)
                return SamplingCommand.Missing("--letter");
            if (call.GetValue(aql) is not { } limit)
                return SamplingCommand.Missing("--aql");
            var reader = new TableReader(table);
            var counts = reader.Numbers(reader.Required(found), Domain.Count);
            if (reader.Refusals.Count > 0)
                return reader.Refusals.ToList();
            var findings = new Findings { Title = words["sampling.switching-title", code, Numbers.Of(limit)] };
            var lots = new FindingTable(words["sampling.lots"], ["#", "*n*", "Ac", "*d*", words["sampling.accepted"], words["sampling.next"], words["sampling.score"]], 4, 5);
            var json = new JsonArray();
            List<(double Lot, double Value)> limits = [], scores = [], results = [];
            var state = SwitchingRules.Begin(code, limit);
            for (var i = 0; i < counts.Length; i++)
            {
                var plan = state.Plan;
                state = state.After((int)counts[i]);
                results.Add((i + 1, counts[i]));
                if (plan is { } on)
                    limits.Add((i + 1, on.AcceptanceNumber));
                scores.Add((i + 1, state.Score));
                lots.Rows.Add([$"{i + 1}", plan is { } p ? $"{p.SampleSize}" : "", plan is { } q ? $"{q.AcceptanceNumber}" : "", Numbers.Of(counts[i]), state.LastAccepted is { } passed ? words[passed ? "sampling.yes" : "sampling.no"] : "", words[$"sampling.state.{state.State}"], $"{state.Score}"]);
                json.Add(new JsonObject { ["lot"] = i + 1, ["nonconforming"] = counts[i], ["accepted"] = state.LastAccepted, ["state"] = state.State.ToString(), ["score"] = state.Score });
            }
            findings.Tables.Add(lots);
            findings.Json["lots"] = json;
            findings.Charts.Add(new FindingChart("lots", words["sampling.chart.lots"], () => SvgDocument.RenderAsync<LineChart>(new Dictionary<string, object?>
            {
                ["Title"] = words["sampling.chart.lots"], ["Name"] = "lots", ["ValueAxis"] = words["sampling.count-axis"], ["HorizontalAxis"] = words["sampling.lot-axis"],
                ["Series"] = new ChartSeries[] { new("*d*", results), new("Ac", limits), new(words["sampling.score"], scores) },
            })));
            findings.Notes.Add(words["sampling.reduced-note"]);
            return findings;
        }, key: "sampling-switching");
    }
}
