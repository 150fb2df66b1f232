using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline youden FILE</c>: two similar samples in every laboratory, what is systematic and what is random.</summary>
internal static class YoudenCommand
{
    private static readonly string[] first = ["x", "A", "first", "样品A", "样品1", "sample A", "sample 1", "x1"];
    private static readonly string[] second = ["y", "B", "second", "样品B", "样品2", "sample B", "sample 2", "x2"];

    public static Command Create(CliTexts texts)
    {
        var unit = CommonOptions.Unit(texts);
        return NumericCommand.Create("youden", texts, [unit], ["youden"], (call, table, words) =>
        {
            var reader = new TableReader(table);
            var names = ResultsReader.Names(reader);
            DataColumn? a = reader.Required(first), b = reader.Required(second);
            var (x, y) = (reader.Numbers(a), reader.Numbers(b));
            reader.AtLeast(3);
            return reader.Refusals.Count > 0 ? reader.Refusals.ToList() : Make(names, x, y, a!, b!, call.GetValue(unit) ?? a!.Unit ?? "", table.File, words);
        });
    }

    private static Findings Make(string[] names, double[] x, double[] y, DataColumn a, DataColumn b, string unit, string file, CliTexts texts)
    {
        var r = YoudenPlot.Analyse(x, y);
        var limit = YoudenPlot.EllipseLimit(names.Length);
        var findings = new Findings { Title = texts["youden.title", file] };
        string Shown(double value) => Numbers.WithUnit(Numbers.Significant(value, 4), unit);
        findings.Facts.Add(new(texts["youden.medians"], $"{Shown(r.MedianFirst)}, {Shown(r.MedianSecond)}"));
        findings.Facts.Add(new(texts["youden.along"], Shown(r.Along)));
        findings.Facts.Add(new(texts["youden.across"], Shown(r.Across)));
        findings.Facts.Add(new(texts["youden.pearson"], $"{Numbers.Fixed(r.Pearson.Coefficient, 3)} (p = {Numbers.Significant(r.Pearson.PValue, 2)})"));
        findings.Facts.Add(new(texts["youden.spearman"], $"{Numbers.Fixed(r.Spearman.Coefficient, 3)} (p = {Numbers.Significant(r.Spearman.PValue, 2)})"));
        findings.Facts.Add(new(texts["youden.limit"], Numbers.Fixed(limit, 2)));
        var table = new FindingTable(texts["youden.table"], [texts["head.laboratory"], a.Header, b.Header, texts["youden.distance"], ""], 0, 4);
        var items = new JsonArray();
        for (var i = 0; i < names.Length; i++)
        {
            var outside = r.SquaredDistances[i] > limit;
            table.Rows.Add([names[i], Numbers.Significant(x[i], 6), Numbers.Significant(y[i], 6), Numbers.Fixed(r.SquaredDistances[i], 2), outside ? texts["youden.outside"] : ""]);
            items.Add(new JsonObject { ["laboratory"] = names[i], ["first"] = x[i], ["second"] = y[i], ["squaredDistance"] = r.SquaredDistances[i], ["outside"] = outside });
        }
        findings.Tables.Add(table);
        findings.Json["analysis"] = new JsonObject
        {
            ["medianFirst"] = r.MedianFirst, ["medianSecond"] = r.MedianSecond, ["meanFirst"] = r.MeanFirst, ["meanSecond"] = r.MeanSecond, ["along"] = r.Along, ["across"] = r.Across,
            ["pearson"] = r.Pearson.Coefficient, ["pearsonPValue"] = r.Pearson.PValue, ["spearman"] = r.Spearman.Coefficient, ["spearmanPValue"] = r.Spearman.PValue, ["limit"] = limit,
        };
        findings.Json["laboratories"] = items;
        findings.Charts.Add(new FindingChart("youden", texts["chart.youden"], () => SvgDocument.RenderAsync<YoudenChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.youden"], ["Name"] = "youden", ["Points"] = (YoudenPoint[])[.. names.Select((n, i) => new YoudenPoint(n, x[i], y[i], r.SquaredDistances[i] > limit))],
            ["FirstReference"] = r.MedianFirst, ["SecondReference"] = r.MedianSecond, ["FirstAxis"] = a.Header, ["SecondAxis"] = b.Header, ["PointText"] = texts["head.laboratory"], ["ExcludedText"] = texts["youden.outside"],
            ["ReferenceText"] = texts["youden.median"], ["DiagonalText"] = texts["youden.diagonal"], ["Ellipse"] = Ellipse(x, y, r, limit), ["EllipseText"] = texts["youden.ellipse"],
        })));
        return findings;
    }

    /// <summary>The curve of equal Mahalanobis distance about the means, from the Cholesky factor of the covariance.</summary>
    private static (double X, double Y)[] Ellipse(double[] x, double[] y, YoudenResult r, double limit)
    {
        var n = x.Length;
        double sxx = x.Sum(v => (v - r.MeanFirst) * (v - r.MeanFirst)) / (n - 1), syy = y.Sum(v => (v - r.MeanSecond) * (v - r.MeanSecond)) / (n - 1);
        var sxy = x.Zip(y, (v, w) => (v - r.MeanFirst) * (w - r.MeanSecond)).Sum() / (n - 1);
        double a = Math.Sqrt(sxx), b = sxy / a, c = Math.Sqrt(Math.Max(0, syy - b * b)), size = Math.Sqrt(limit);
        return [.. Enumerable.Range(0, 120).Select(i => Math.Tau * i / 120).Select(t => (r.MeanFirst + size * a * Math.Cos(t), r.MeanSecond + size * (b * Math.Cos(t) + c * Math.Sin(t))))];
    }
}
