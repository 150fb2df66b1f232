using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline sampling plan|curve|design|declared|switching</c>.</summary>
internal static class SamplingCommand
{
    private static readonly double[] risks = [0.95, 0.1];
    private static readonly string[] curve = ["characteristic", "outgoing", "inspected"];

    public static Command Create(CliTexts texts)
    {
        var command = new Command("sampling", texts["command.sampling.summary"]);
        foreach (var part in (Command[])[Plan(texts), Curve(texts), Design(texts), LotSeriesCommands.Declared(texts), LotSeriesCommands.Switching(texts)])
            command.Add(part);
        return command;
    }

    private static Option<string> Level(CliTexts texts) => new Option<string>("--level") { Description = texts["sampling.option.level"], DefaultValueFactory = _ => "II" }.AcceptOnlyFromAmong([.. AqlTables.Levels]);

    internal static Option<double?> Positive(CliTexts texts, string name) => CommonOptions.PositiveNumber($"--{name}", texts[$"sampling.option.{name}"], texts);

    private static Option<CountModel> Model(CliTexts texts) => new("--model") { Description = texts["sampling.option.model"], DefaultValueFactory = _ => CountModel.Binomial };

    private static Option<int[]> Whole(CliTexts texts, string name) => new($"--{name}")
    {
        Description = texts[$"sampling.option.{name}"],
        CustomParser = result =>
        {
            var parts = result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
            foreach (var part in parts.Where(p => !int.TryParse(p, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
                result.AddError(texts.Of(new Refusal("call-number", null, $"--{name}", part)));
            return [.. parts.Select(p => int.TryParse(p, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : 0)];
        },
    };

    internal static Refusal Missing(string option) => new("call-option", null, option);

    private static int? Lot(double? given) => given is { } lot && lot < int.MaxValue ? (int)lot : null;

    private static Command Plan(CliTexts texts)
    {
        Option<double?> lot = Positive(texts, "lot"), aql = Positive(texts, "aql");
        var level = Level(texts);
        var twice = new Option<bool>("--double") { Description = texts["sampling.option.double"] };
        return NumericCommand.Create("plan", texts, [lot, level, aql, twice], curve, (call, _, words) =>
        {
            if (call.GetValue(lot) is not { } size)
                return Missing("--lot");
            if (call.GetValue(aql) is not { } limit)
                return Missing("--aql");
            var table = new FindingTable(words["sampling.plans"], [words["sampling.severity"], words["sampling.letter"], "*n*", "Ac", "Re", words["sampling.at-aql"]], 0, 1);
            var json = new JsonArray();
            var findings = new Findings { Title = words["sampling.plan-title", Numbers.Of(size), call.GetValue(level), Numbers.Of(limit)] };
            foreach (var severity in Enum.GetValues<InspectionSeverity>())
            {
                var plan = AqlTables.Find((long)size, call.GetValue(level)!, limit, severity);
                var accepted = plan.HundredPercent ? (double?)null : SamplingPlan.OneSample(plan.SampleSize, plan.AcceptanceNumber).At(limit / 100, limit > 10 ? CountModel.Poisson : CountModel.Binomial).Acceptance;
                table.Rows.Add([words[$"sampling.severity.{severity}"], plan.Letter, plan.HundredPercent ? words["sampling.all", plan.SampleSize] : $"{plan.SampleSize}", $"{plan.AcceptanceNumber}", $"{plan.RejectionNumber}", Numbers.Fixed(accepted, 4)]);
                json.Add(new JsonObject { ["severity"] = severity.ToString(), ["letter"] = plan.Letter, ["sampleSize"] = plan.SampleSize, ["acceptanceNumber"] = plan.AcceptanceNumber, ["rejectionNumber"] = plan.RejectionNumber, ["hundredPercent"] = plan.HundredPercent });
            }
            findings.Tables.Add(table);
            findings.Json["plans"] = json;
            findings.Notes.Add(words["sampling.reduced-note"]);
            if (call.GetValue(twice))
                Doubles(findings, (long)size, call.GetValue(level)!, limit, words);
            var normal = AqlTables.Find((long)size, call.GetValue(level)!, limit);
            if (!normal.HundredPercent)
                Characteristic(findings, SamplingPlan.OneSample(normal.SampleSize, normal.AcceptanceNumber), limit > 10 ? CountModel.Poisson : CountModel.Binomial, Lot(size), words);
            return findings;
        }, key: "sampling-plan", use: FileUse.None);
    }

    /// <summary>Plans of two samples as safe as the single ones of the tables.</summary>
    private static void Doubles(Findings findings, long lot, string level, double limit, CliTexts words)
    {
        var model = limit > 10 ? CountModel.Poisson : CountModel.Binomial;
        var table = new FindingTable(words["sampling.doubles"], [words["sampling.severity"], "*n*_1", "Ac_1", "Re_1", "*n*_2", "Ac_2", "Re_2", words["sampling.at-aql"], words["sampling.asn-at-aql"]], 0);
        var json = new JsonArray();
        foreach (var severity in (InspectionSeverity[])[InspectionSeverity.Normal, InspectionSeverity.Tightened])
        {
            var plan = AqlTables.Find(lot, level, limit, severity);
            if (plan.HundredPercent || plan.AcceptanceNumber == 0)
            {
                table.Rows.Add([words[$"sampling.severity.{severity}"], words["sampling.no-double"], "", "", "", "", "", "", ""]);
                continue;
            }
            var twice = DoublePlanDesign.LikeSingle(SamplingPlan.OneSample(plan.SampleSize, plan.AcceptanceNumber), model);
            var at = twice.At(limit / 100, model);
            table.Rows.Add([words[$"sampling.severity.{severity}"], $"{twice.SampleSizes[0]}", $"{twice.AcceptanceNumbers[0]}", $"{twice.RejectionNumbers[0]}", $"{twice.SampleSizes[1]}", $"{twice.AcceptanceNumbers[1]}", $"{twice.RejectionNumbers[1]}", Numbers.Fixed(at.Acceptance, 4), Numbers.Significant(at.AverageSampleNumber, 4)]);
            json.Add(Staged(twice, new JsonObject { ["severity"] = severity.ToString() }));
        }
        findings.Tables.Add(table);
        findings.Json["doublePlans"] = json;
        findings.Notes.Add(words["sampling.double-note"]);
    }

    private static JsonObject Staged(SamplingPlan plan, JsonObject json)
    {
        json["n"] = new JsonArray([.. plan.SampleSizes.Select(v => (JsonNode)v)]);
        json["Ac"] = new JsonArray([.. plan.AcceptanceNumbers.Select(v => (JsonNode)v)]);
        json["Re"] = new JsonArray([.. plan.RejectionNumbers.Select(v => (JsonNode)v)]);
        return json;
    }

    private static Command Curve(CliTexts texts)
    {
        Option<int[]> n = Whole(texts, "n"), ac = Whole(texts, "ac"), re = Whole(texts, "re");
        var lot = Positive(texts, "lot");
        var model = Model(texts);
        return NumericCommand.Create("curve", texts, [n, ac, re, lot, model], curve, (call, _, words) =>
        {
            if (call.GetValue(n) is not { Length: > 0 } sizes)
                return Missing("--n");
            if (call.GetValue(ac) is not { Length: > 0 } accept)
                return Missing("--ac");
            int[] reject = call.GetValue(re) is { Length: > 0 } given ? given : sizes.Length == 1 ? [accept[0] + 1] : [];
            if (reject.Length == 0)
                return Missing("--re");
            var findings = new Findings { Title = words["sampling.curve-title"] };
            Characteristic(findings, SamplingPlan.Staged(sizes, accept, reject), call.GetValue(model), Lot(call.GetValue(lot)), words);
            return findings;
        }, key: "sampling-curve", use: FileUse.None);
    }

    private static Command Design(CliTexts texts)
    {
        Option<double?> good = Positive(texts, "good"), bad = Positive(texts, "bad"), lot = Positive(texts, "lot"), producer = Positive(texts, "producer-risk"), consumer = Positive(texts, "consumer-risk");
        var model = Model(texts);
        return NumericCommand.Create("design", texts, [good, bad, producer, consumer, lot, model], curve, (call, _, words) =>
        {
            if (call.GetValue(good) is not { } acceptable)
                return Missing("--good");
            if (call.GetValue(bad) is not { } limiting)
                return Missing("--bad");
            QualityPoint first = new(acceptable, 1 - (call.GetValue(producer) ?? 0.05)), second = new(limiting, call.GetValue(consumer) ?? 0.10);
            var findings = new Findings { Title = words["sampling.design-title", Numbers.Of(100 * acceptable), Numbers.Of(100 * limiting)] };
            var plan = PlanDesign.TwoPoint(first, second, call.GetValue(model), Lot(call.GetValue(lot)));
            VariablesPlan known = VariablesPlan.Design(first, second, true), estimated = VariablesPlan.Design(first, second, false);
            var table = new FindingTable(words["sampling.plans"], [words["sampling.method"], "*n*", "Ac", "*k*", words["sampling.at-good"], words["sampling.at-bad"]], 0);
            int? size = call.GetValue(model) == CountModel.Hypergeometric ? Lot(call.GetValue(lot)) : null;
            double At(double p) => plan.At(p, call.GetValue(model), size).Acceptance;
            table.Rows.Add([words["sampling.attributes"], $"{plan.SampleSizes[0]}", $"{plan.AcceptanceNumbers[0]}", "", Numbers.Fixed(At(acceptable), 4), Numbers.Fixed(At(limiting), 4)]);
            var twice = TryDouble(first, second, call.GetValue(model), size, findings, words);
            if (twice is not null)
            {
                table.Rows.Add([words["sampling.attributes-double"], string.Join(" + ", twice.SampleSizes), $"{twice.AcceptanceNumbers[0]}/{twice.RejectionNumbers[0]}, {twice.AcceptanceNumbers[1]}/{twice.RejectionNumbers[1]}", "", Numbers.Fixed(twice.At(acceptable, call.GetValue(model), size).Acceptance, 4), Numbers.Fixed(twice.At(limiting, call.GetValue(model), size).Acceptance, 4)]);
                findings.Facts.Add(new(words["sampling.double-saves"], $"{Numbers.Significant(twice.At(acceptable, call.GetValue(model), size).AverageSampleNumber, 4)} ({plan.SampleSizes[0]})"));
                findings.Json["attributesDouble"] = Staged(twice, []);
            }
            table.Rows.Add([words["sampling.variables-known"], $"{known.SampleSize}", "", Numbers.Fixed(known.AcceptabilityConstant, 4), Numbers.Fixed(known.Acceptance(acceptable), 4), Numbers.Fixed(known.Acceptance(limiting), 4)]);
            table.Rows.Add([words["sampling.variables-unknown"], $"{estimated.SampleSize}", "", Numbers.Fixed(estimated.AcceptabilityConstant, 4), Numbers.Fixed(estimated.Acceptance(acceptable), 4), Numbers.Fixed(estimated.Acceptance(limiting), 4)]);
            findings.Tables.Add(table);
            findings.Json["attributes"] = new JsonObject { ["n"] = plan.SampleSizes[0], ["Ac"] = plan.AcceptanceNumbers[0] };
            findings.Json["variablesKnown"] = new JsonObject { ["n"] = known.SampleSize, ["k"] = known.AcceptabilityConstant };
            findings.Json["variablesUnknown"] = new JsonObject { ["n"] = estimated.SampleSize, ["k"] = estimated.AcceptabilityConstant };
            Characteristic(findings, plan, call.GetValue(model), Lot(call.GetValue(lot)), words);
            return findings;
        }, key: "sampling-design", use: FileUse.None);
    }

    private static SamplingPlan? TryDouble(QualityPoint good, QualityPoint bad, CountModel model, int? lot, Findings findings, CliTexts words)
    {
        try
        {
            return DoublePlanDesign.TwoPoint(good, bad, model, lot);
        }
        catch (ArgumentException fault)
        {
            // The single plan stands: that there is none of two samples is worth a note, no refusal.
            findings.Notes.Add(words["sampling.double-none", fault.Message]);
            return null;
        }
    }

    /// <summary>The operating characteristic as a table and as pictures.</summary>
    private static void Characteristic(Findings findings, SamplingPlan plan, CountModel model, int? lot, CliTexts words)
    {
        var total = plan.SampleSizes.Sum();
        int? size = lot >= total ? lot : null;
        PlanPerformance At(double p) => plan.At(p, model, size);
        // As far as the quality that is hardly ever accepted.
        var end = 1.0 / total;
        while (end < 1 && At(Math.Min(1, end)).Acceptance > 0.002)
            end *= 1.1;
        end = Math.Min(1, end);
        double Quality(double acceptance)
        {
            double low = 0, high = model == CountModel.Poisson ? 100 : 1;
            for (var i = 0; i < 60; i++)
                if (At(0.5 * (low + high)).Acceptance > acceptance)
                    low = 0.5 * (low + high);
                else
                    high = 0.5 * (low + high);
            return 0.5 * (low + high);
        }
        var table = new FindingTable(words["sampling.characteristic"], ["*p* / %", "*P*_a", "ASN", "AOQ / %"]);
        var json = new JsonArray();
        foreach (var acceptance in (double[])[0.99, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.01])
        {
            var r = At(Quality(acceptance));
            table.Rows.Add([Numbers.Significant(100 * r.FractionNonconforming, 3), Numbers.Fixed(r.Acceptance, 4), Numbers.Significant(r.AverageSampleNumber, 4), Numbers.Significant(100 * r.AverageOutgoingQuality, 3)]);
            json.Add(new JsonObject { ["p"] = r.FractionNonconforming, ["acceptance"] = r.Acceptance, ["averageSampleNumber"] = r.AverageSampleNumber, ["averageOutgoingQuality"] = r.AverageOutgoingQuality, ["averageTotalInspection"] = r.AverageTotalInspection });
        }
        findings.Tables.Add(table);
        findings.Json["characteristic"] = json;
        void Add(string name, string axis, Func<PlanPerformance, double> figure) => findings.Charts.Add(new(name, words[$"sampling.chart.{name}"], () =>
            SvgDocument.RenderAsync<LineChart>(new Dictionary<string, object?>
            {
                ["Title"] = words[$"sampling.chart.{name}"], ["Name"] = name, ["ValueAxis"] = axis, ["HorizontalAxis"] = "*p* / %", ["Limits"] = name == "characteristic" ? risks : Array.Empty<double>(),
                ["Series"] = new ChartSeries[] { new(axis, [.. Enumerable.Range(0, 201).Select(i => end * i / 200).Select(p => (100 * p, figure(At(p))))]) },
            })));
        Add("characteristic", "*P*_a", r => r.Acceptance);
        Add("outgoing", "AOQ / %", r => 100 * r.AverageOutgoingQuality);
        Add("inspected", "ASN", r => r.AverageSampleNumber);
    }
}
