using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline precision FILE</c>: repeatability and reproducibility, ISO 5725-2 and ASTM E691, with the tests for stragglers and outliers.</summary>
internal static class PrecisionCommand
{
    private static readonly string[] level = ["level", "material", "水平", "材料", "样品", "sample"];

    public static Command Create(CliTexts texts)
    {
        var unit = CommonOptions.Unit(texts);
        var seed = CommonOptions.Seed(texts);
        return NumericCommand.Create("precision", texts, [unit, seed], ["h", "k", "run"], (call, table, words) =>
        {
            var reader = new TableReader(table);
            var laboratory = reader.Required(ResultsReader.Laboratory);
            var of = reader.Optional(level);
            var names = reader.Texts(laboratory);
            string[] levels = of is null ? [.. names.Select(_ => "")] : reader.Texts(of);
            if (laboratory is null)
                return reader.Refusals.ToList();
            var rows = Groups.Wide(reader, laboratory, of);
            (string Level, Groups Groups)[] studies = [.. levels.Distinct().Select(l => (l, Groups.By([.. names.Where((_, i) => levels[i] == l)], [.. rows.Where((_, i) => levels[i] == l)])))];
            foreach (var (_, groups) in studies)
            {
                groups.AtLeast(reader, 2);
                if (groups.Names.Length < 3)
                    reader.Refuse("data-few-laboratories", groups.Names.Length, 3);
            }
            return reader.Refusals.Count > 0 ? reader.Refusals.ToList() : new PrecisionFindings(studies, call.GetValue(unit) ?? reader.Optional(ResultsReader.Value)?.Unit ?? "", call.GetValue(seed), words).Make(table.File);
        });
    }
}

/// <summary>A precision study level by level.</summary>
internal sealed class PrecisionFindings((string Level, Groups Groups)[] studies, string unit, int seed, CliTexts texts)
{
    private const double Straggler = 0.05, Outlier = 0.01;

    private readonly string per = Units.Text(unit) is { Length: > 0 } shown ? $" / {shown}" : "";
    private readonly string[] laboratories = [.. studies.SelectMany(s => s.Groups.Names).Distinct(StringComparer.Ordinal)];

    public Findings Make(string file)
    {
        var findings = new Findings { Title = texts["precision.title", file] };
        PrecisionResult[] results = [.. studies.Select(s => PrecisionStudy.Analyse(s.Groups.Values))];
        var most = studies.Max(s => s.Groups.Names.Length);
        findings.Facts.Add(new(texts["precision.laboratories"], $"{laboratories.Length}"));
        findings.Facts.Add(new(texts["precision.critical-h"], $"{Numbers.Fixed(PrecisionStudy.CriticalH(most, Straggler), 2)} (5 %), {Numbers.Fixed(PrecisionStudy.CriticalH(most, Outlier), 2)} (1 %)"));
        findings.Facts.Add(new(texts["precision.critical-k"], $"{Numbers.Fixed(Critical(0, Straggler), 2)} (5 %), {Numbers.Fixed(Critical(0, Outlier), 2)} (1 %)"));
        var summary = new FindingTable(texts["precision.summary-table"], [texts["head.level"], "*p*", "*n*", texts["head.mean"] + per, $"*s*_r{per}", $"*s*_L{per}", $"*s*_R{per}", $"*r*{per}", $"*R*{per}"], 0);
        var cells = new FindingTable(texts["precision.cells"], [texts["head.level"], texts["head.laboratory"], "*n*", texts["head.mean"] + per, $"*s*{per}", "*h*", "*k*"], 0, 1);
        var tests = new FindingTable(texts["precision.tests"], [texts["head.level"], texts["head.test"], texts["head.laboratory"], texts["head.statistic"], "*p*", ""], 0, 1, 2, 5);
        var levels = new JsonArray();
        for (var l = 0; l < studies.Length; l++)
            levels.Add(Level(l, results[l], summary, cells, tests));
        findings.Tables.AddRange([summary, cells, tests]);
        findings.Json["unit"] = unit;
        findings.Json["levels"] = levels;
        findings.Notes.Add(texts["precision.marks"]);
        Charts(findings, results);
        return findings;
    }

    /// <summary>Critical k of a level, with its usual number of values.</summary>
    private double Critical(int l, double significance) => PrecisionStudy.CriticalK(studies[l].Groups.Names.Length, (int)Math.Round(studies[l].Groups.Values.Average(v => v.Length)), significance);

    private JsonObject Level(int l, PrecisionResult r, FindingTable summary, FindingTable cells, FindingTable tests)
    {
        var (name, groups) = studies[l];
        var shown = name.Length > 0 ? name : "1";
        var n = groups.Balanced ? $"{groups.Values[0].Length}" : $"{groups.Values.Min(v => v.Length)}–{groups.Values.Max(v => v.Length)}";
        var decimals = Numbers.DecimalsFor(r.Reproducibility > 0 ? r.Reproducibility : 1, 3);
        summary.Rows.Add([shown, $"{groups.Names.Length}", n, Numbers.Fixed(r.Mean, decimals), Numbers.Significant(r.Repeatability, 3), r.BetweenLaboratories == 0 ? "0" : Numbers.Significant(r.BetweenLaboratories, 3), Numbers.Significant(r.Reproducibility, 3),
            Numbers.Significant(2.8 * r.Repeatability, 3), Numbers.Significant(2.8 * r.Reproducibility, 3)]);
        var items = new JsonArray();
        for (var i = 0; i < groups.Names.Length; i++)
        {
            var p = groups.Names.Length;
            cells.Rows.Add([shown, groups.Names[i], $"{r.CellSizes[i]}", Numbers.Fixed(r.CellMeans[i], decimals), Numbers.Significant(r.CellStandardDeviations[i], 3),
                Numbers.Fixed(r.MandelH[i], 2) + Mark(Math.Abs(r.MandelH[i]), PrecisionStudy.CriticalH(p, Straggler), PrecisionStudy.CriticalH(p, Outlier)), Numbers.Fixed(r.MandelK[i], 2) + Mark(r.MandelK[i], Critical(l, Straggler), Critical(l, Outlier))]);
            items.Add(new JsonObject { ["laboratory"] = groups.Names[i], ["n"] = r.CellSizes[i], ["mean"] = r.CellMeans[i], ["standardDeviation"] = r.CellStandardDeviations[i], ["h"] = r.MandelH[i], ["k"] = r.MandelK[i] });
        }
        return new JsonObject
        {
            ["level"] = shown, ["mean"] = r.Mean, ["repeatability"] = r.Repeatability, ["betweenLaboratories"] = r.BetweenLaboratories, ["reproducibility"] = r.Reproducibility, ["standardDeviationOfCellMeans"] = r.OfCellMeans,
            ["repeatabilityLimit"] = 2.8 * r.Repeatability, ["reproducibilityLimit"] = 2.8 * r.Reproducibility, ["laboratories"] = items, ["tests"] = Tests(shown, groups, r, tests),
        };
    }

    private JsonArray Tests(string level, Groups groups, PrecisionResult r, FindingTable table)
    {
        var json = new JsonArray();
        void Add(string key, string laboratory, double statistic, double p)
        {
            table.Rows.Add([level, texts[$"precision.test.{key}"], laboratory, Numbers.Significant(statistic, 4), Numbers.Significant(p, 2), texts[p < Outlier ? "precision.outlier" : p < Straggler ? "precision.straggler" : "precision.unsuspicious"]]);
            json.Add(new JsonObject { ["test"] = key, ["laboratory"] = laboratory, ["statistic"] = statistic, ["pValue"] = p });
        }
        double[] variances = [.. r.CellStandardDeviations.Select(s => s * s)];
        if (groups.Balanced && variances.Max() > 0)
        {
            var cochran = Cochran.Test(variances, r.CellSizes[0]);
            Add("cochran", groups.Names[cochran.Index], cochran.Statistic, cochran.PValue);
            var tight = TightReplicates.Test(variances, r.CellSizes[0]);
            Add("tight", groups.Names[tight.Index], tight.Statistic, tight.PValue);
        }
        if (r.OfCellMeans > 0)
        {
            var grubbs = Grubbs.Test(r.CellMeans);
            Add("grubbs", groups.Names[grubbs.Index], grubbs.Statistic, grubbs.PValue);
        }
        if (r.OfCellMeans > 0 && groups.Names.Length >= 5)
            foreach (var greatest in (bool[])[false, true])
            {
                var statistic = DoubleGrubbs.Statistic(r.CellMeans, greatest);
                var order = Enumerable.Range(0, groups.Names.Length).OrderBy(i => greatest ? -r.CellMeans[i] : r.CellMeans[i]).Take(2);
                Add(greatest ? "double-high" : "double-low", string.Join(texts["cli.list"], order.Select(i => groups.Names[i])), statistic, DoubleGrubbs.PValue(statistic, groups.Names.Length, new Random(seed), 20_000));
            }
        return json;
    }

    private static string Mark(double value, double straggler, double outlier) => value > outlier ? "**" : value > straggler ? "*" : "";

    private void Charts(Findings findings, PrecisionResult[] results)
    {
        Task<string> Statistic(string name, bool signed, Func<PrecisionResult, double[]> of, double[] limits) => SvgDocument.RenderAsync<StatisticChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts[$"chart.{name}"], ["Name"] = name, ["Laboratories"] = laboratories, ["Signed"] = signed, ["Limits"] = limits, ["ValueAxis"] = $"*{name}*", ["LaboratoryAxis"] = texts["head.laboratory"],
            ["Series"] = (StatisticSeries[])[.. studies.Select((s, l) => new StatisticSeries(s.Level.Length > 0 ? s.Level : "1", [.. laboratories.Select(lab => Array.IndexOf(s.Groups.Names, lab) is >= 0 and var at ? of(results[l])[at] : (double?)null)]))],
            ["BeyondText"] = texts["chart.beyond-one"], ["LimitText"] = texts["chart.limits-five-one"],
        });
        var most = studies.Max(s => s.Groups.Names.Length);
        findings.Charts.Add(new FindingChart("h", texts["chart.h"], () => Statistic("h", true, r => r.MandelH, [PrecisionStudy.CriticalH(most, Straggler), PrecisionStudy.CriticalH(most, Outlier)])));
        findings.Charts.Add(new FindingChart("k", texts["chart.k"], () => Statistic("k", false, r => r.MandelK, [Critical(0, Straggler), Critical(0, Outlier)])));
        findings.Charts.Add(new FindingChart("run", texts["chart.run"], () => SvgDocument.RenderAsync<RunChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.run"], ["Name"] = "run", ["Groups"] = (RunGroup[])[.. studies[0].Groups.Names.Select((n, i) => new RunGroup(n, studies[0].Groups.Values[i]))], ["Mean"] = results[0].Mean, ["Allowance"] = null,
            ["ValueAxis"] = $"*x*{per}", ["ItemAxis"] = texts["head.laboratory"], ["ValueText"] = texts["chart.value"], ["MeanText"] = texts["chart.cell-mean"], ["GeneralText"] = texts["precision.general-mean"],
        })));
    }
}
