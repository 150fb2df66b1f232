using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline screen FILE</c>: signs that results were not made independently. Evidence with its false-alarm rate, never a verdict.</summary>
internal static class ScreenCommand
{
    private static readonly string[] measurand = ["measurand", "parameter", "round", "测量项目", "参数", "轮次", "analyte"];

    public static Command Create(CliTexts texts)
    {
        var seed = CommonOptions.Seed(texts);
        return NumericCommand.Create("screen", texts, [seed], ["agreement"], (call, table, words) =>
        {
            var reader = new TableReader(table);
            var laboratory = reader.Required(ResultsReader.Laboratory);
            var outcome = laboratory is null ? reader.Refusals.ToList() : Read(reader, table, laboratory);
            return outcome.Value is { } panel ? new ScreenFindings(panel, call.GetValue(seed), words).Make(table.File) : outcome.Refusals.ToList();
        });
    }

    private static Outcome<Panel> Read(TableReader reader, DataTable table, DataColumn laboratory)
    {
        string[] names, columns;
        string[][] cells;
        if (reader.Optional(measurand) is { } of)
        {
            // Long: one row for each laboratory and measurand.
            var (labs, what, value) = (reader.Texts(laboratory), reader.Texts(of), reader.Required(ResultsReader.Value));
            (names, columns) = ([.. labs.Distinct()], [.. what.Distinct()]);
            cells = [.. names.Select(n => (string[])[.. columns.Select(c => Enumerable.Range(0, labs.Length).Where(i => labs[i] == n && what[i] == c).Select(i => value is null ? "" : table.Rows[i].Cells[value.Index]).FirstOrDefault(""))])];
            reader.Numbers(value);
        }
        else
        {
            names = reader.Names(laboratory);
            var wide = reader.Others(laboratory);
            if (wide.Length == 0)
                reader.Refuse("data-no-values");
            foreach (var column in wide)
                reader.Numbers(column);
            columns = [.. wide.Select(c => c.Header)];
            cells = [.. table.Rows.Select(r => (string[])[.. wide.Select(c => r.Cells[c.Index])])];
        }
        if (names.Length < 3)
            reader.Refuse("data-few-laboratories", names.Length, 3);
        for (var i = 0; i < names.Length; i++)
            for (var j = 0; j < columns.Length; j++)
                if (cells[i][j].Length == 0 && reader.Refusals.Count == 0)
                    reader.Refuse("data-panel-gap", names[i], columns[j]);
        if (reader.Refusals.Count > 0)
            return reader.Refusals.ToList();
        return new Panel(names, columns, [.. cells.Select(row => Array.ConvertAll(row, c => TypedNumber.Read(c)!.Value))], [.. cells.SelectMany(row => row).Select(Last).OfType<int>()]);
    }

    /// <summary>The last digit as typed.</summary>
    private static int? Last(string text)
    {
        var mantissa = TypedNumber.Plain(text).Split('e', 'E')[0];
        return mantissa.Length > 0 && char.IsAsciiDigit(mantissa[^1]) ? mantissa[^1] - '0' : null;
    }
}

/// <summary>Laboratories by measurands, without gaps.</summary>
/// <param name="Digits">Last digits of all results as they were typed.</param>
internal sealed record Panel(string[] Laboratories, string[] Measurands, double[][] Values, int[] Digits);

/// <summary>Screens in words and tables.</summary>
internal sealed class ScreenFindings(Panel panel, int seed, CliTexts texts)
{
    private const double Level = 0.05;
    private const int Shown = 10;

    /// <summary>Enough that one pair among all could fall below the level after Holm's correction.</summary>
    private int Permutations => (int)Math.Clamp(panel.Laboratories.Length * (panel.Laboratories.Length - 1) / Level, 2000, 20_000);

    public Findings Make(string file)
    {
        var findings = new Findings { Title = texts["screen.title", file] };
        findings.Facts.Add(new(texts["screen.panel"], texts["screen.size", panel.Laboratories.Length, panel.Measurands.Length]));
        double[] centres = new double[panel.Measurands.Length], scales = new double[panel.Measurands.Length];
        for (var k = 0; k < scales.Length; k++)
        {
            var fit = AlgorithmA.Fit([.. panel.Values.Select(v => v[k])]);
            (centres[k], scales[k]) = (fit.Mean, fit.StandardDeviation);
        }
        var usable = Enumerable.Range(0, scales.Length).Where(k => scales[k] > 0).ToArray();
        foreach (var k in Enumerable.Range(0, scales.Length).Except(usable))
            findings.Notes.Add(texts["screen.no-spread", panel.Measurands[k]]);
        if (usable.Length > 0)
            Agreement(findings, usable, scales);
        Pairs(findings, "matches", ExactMatches.Pairs(panel.Values), f => Numbers.Of(f.Statistic));
        if (usable.Length >= 4)
            Pairs(findings, "profiles", ErrorProfiles.Pairs([.. panel.Values.Select(v => (double[])[.. usable.Select(k => (v[k] - centres[k]) / scales[k])])], new Random(seed), Permutations), f => Numbers.Fixed(f.Statistic, 3));
        else
            findings.Notes.Add(texts["screen.few-measurands", usable.Length]);
        Digits(findings);
        findings.Notes.Add(texts["screen.evidence", Numbers.Of(Level)]);
        return findings;
    }

    private void Agreement(Findings findings, int[] usable, double[] scales)
    {
        var pairs = ExcessAgreement.Pairs([.. panel.Values.Select(v => (double[])[.. usable.Select(k => v[k])])], [.. usable.Select(k => scales[k])]);
        Pairs(findings, "agreement", pairs, f => Numbers.Significant(f.Statistic, 3));
        var byPair = pairs.ToDictionary(p => (Math.Min(p.First, p.Second), Math.Max(p.First, p.Second)), p => p.PValue);
        var limit = -Math.Log10(Level / pairs.Length);
        findings.Charts.Add(new FindingChart("agreement", texts["chart.agreement"], () => SvgDocument.RenderAsync<PairwiseChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.agreement"], ["Name"] = "agreement", ["Laboratories"] = panel.Laboratories, ["RatioText"] = "lg *p* / lg *p*_lim", ["LaboratoryAxis"] = texts["head.laboratory"], ["SignificantText"] = texts["screen.stands-out"],
            ["Ratio"] = (Func<int, int, double?>)((i, j) => i == j ? null : -Math.Log10(Math.Max(byPair[(Math.Min(i, j), Math.Max(i, j))], 1e-300)) / limit),
        })));
    }

    private void Pairs(Findings findings, string kind, PairFinding[] pairs, Func<PairFinding, string> statistic)
    {
        var found = pairs.Count(p => p.CorrectedPValue < Level);
        findings.Facts.Add(new(texts[$"screen.{kind}"], texts["screen.found", found, pairs.Length]));
        var table = new FindingTable(texts["screen.table", texts[$"screen.{kind}"]], [texts["head.laboratory"], texts["head.laboratory"], texts["head.statistic"], "*p*", texts["head.holm"], ""], 0, 1, 5);
        foreach (var pair in pairs.OrderBy(p => p.PValue).Take(Math.Max(Shown, found)))
            table.Rows.Add([panel.Laboratories[pair.First], panel.Laboratories[pair.Second], statistic(pair), P(pair.PValue), P(pair.CorrectedPValue), pair.CorrectedPValue < Level ? texts["screen.stands-out"] : ""]);
        if (table.Rows.Count > 0)
            findings.Tables.Add(table);
        findings.Json[kind] = new JsonArray([.. pairs.Select(p => (JsonNode)new JsonObject { ["first"] = panel.Laboratories[p.First], ["second"] = panel.Laboratories[p.Second], ["statistic"] = p.Statistic, ["pValue"] = p.PValue, ["correctedPValue"] = p.CorrectedPValue })]);
    }

    private void Digits(Findings findings)
    {
        if (panel.Digits.Length < 10)
            return;
        var (counts, chi, p) = DigitPreference.Test(panel.Digits, new Random(seed));
        findings.Facts.Add(new(texts["screen.digits"], $"χ² = {Numbers.Fixed(chi, 2)}, p = {P(p)} (n = {panel.Digits.Length})"));
        findings.Json["digits"] = new JsonObject { ["counts"] = new JsonArray([.. counts.Select(c => (JsonNode)c)]), ["chiSquared"] = chi, ["pValue"] = p };
    }

    private static string P(double p) => p is > 0 and < 1e-4 ? Numbers.Significant(p, 2) : Numbers.Fixed(p, 4);
}
