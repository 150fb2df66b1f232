using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline homogeneity FILE</c>: homogeneity between items or units, stability between two times, and the trend over many.</summary>
internal static class HomogeneityCommand
{
    private static readonly string[] item = ["item", "unit", "bottle", "样品", "样品编号", "单元", "瓶号", "items", "units"];
    private static readonly string[] time = ["time", "t", "时间", "天数", "days", "months", "月数", "times"];

    public static Command Create(CliTexts texts)
    {
        var sigma = CommonOptions.PositiveNumber("--sigma", texts["homogeneity.sigma"], texts);
        var after = new Option<string?>("--after") { Description = texts["homogeneity.after"] };
        var shelf = CommonOptions.PositiveNumber("--shelf-life", texts["homogeneity.shelf-life"], texts);
        var unit = CommonOptions.Unit(texts);
        return NumericCommand.Create("homogeneity", texts, [sigma, after, shelf, unit], ["run", "trend"], (call, table, words) =>
        {
            var reader = new TableReader(table);
            var sigmaPt = call.GetValue(sigma) ?? TypedNumber.Read(table.Settings.GetValueOrDefault("sigma_pt"));
            var made = reader.Optional(time) is { } at
                ? Trend(reader, at, call.GetValue(shelf), sigmaPt, call.GetValue(unit), table.File, words)
                : Items(reader, sigmaPt, call.GetValue(after), call.GetValue(unit), table.File, words);
            return made;
        });
    }

    private static Outcome<Findings> Items(TableReader reader, double? sigma, string? after, string? unit, string file, CliTexts texts)
    {
        var groups = Groups.Read(reader, reader.Optional(item));
        reader.AtLeast(2);
        groups.AtLeast(reader, 1);
        if (groups.Values.All(v => v.Length < 2))
            reader.Refuse("data-no-replicates");
        if (reader.Refusals.Count > 0)
            return reader.Refusals.ToList();
        var findings = new HomogeneityFindings(groups, sigma, unit ?? reader.Optional(ResultsReader.Value)?.Unit ?? "", texts).Make(file);
        return after is null ? findings : Later(findings, groups, after, sigma, unit ?? "", texts);
    }

    /// <summary>The mean of a second file against the first: ISO 13528 B.5.</summary>
    private static Outcome<Findings> Later(Findings findings, Groups before, string path, double? sigma, string unit, CliTexts texts)
    {
        if (sigma is null)
            return new Refusal("data-no-sigma", null, Path.GetFileName(path));
        var read = DataFile.Read(path, texts);
        if (read.Value is not { } table)
            return read.Refusals.ToList();
        var reader = new TableReader(table);
        var groups = Groups.Read(reader, reader.Optional(item));
        groups.AtLeast(reader, 1);
        if (reader.Refusals.Count > 0)
            return reader.Refusals.ToList();
        var ((first, u1), (second, u2)) = (Mean(before), Mean(groups));
        var check = StabilityCheck.Of(first, second, sigma.Value, u1, u2);
        string Shown(double value) => Numbers.WithUnit(Numbers.Significant(value, 4), unit);
        findings.Facts.Add(new(texts["homogeneity.change"], $"{Shown(check.Change)} (u = {Numbers.Uncertainty(check.StandardUncertainty)}; {table.File})"));
        findings.Facts.Add(new(texts["homogeneity.stable-simple"], texts[check.PassesSimple ? "homogeneity.pass" : "homogeneity.fail"]));
        findings.Facts.Add(new(texts["homogeneity.stable-expanded"], texts[check.PassesExpanded ? "homogeneity.pass" : "homogeneity.fail"]));
        findings.Json["stability"] = new JsonObject { ["file"] = table.File, ["change"] = check.Change, ["standardUncertainty"] = check.StandardUncertainty, ["allowance"] = check.Allowance, ["passesSimple"] = check.PassesSimple, ["passesExpanded"] = check.PassesExpanded, ["significant"] = check.Significant };
        return findings;
        // Items are the independent units of the mean's scatter.
        static (double Mean, double U) Mean(Groups g)
        {
            double[] means = [.. g.Values.Select(v => v.Average())];
            var mean = means.Average();
            return (mean, means.Length < 2 ? 0 : Math.Sqrt(means.Sum(m => (m - mean) * (m - mean)) / (means.Length - 1.0) / means.Length));
        }
    }

    private static Outcome<Findings> Trend(TableReader reader, DataColumn at, double? shelf, double? sigma, string? unit, string file, CliTexts texts)
    {
        var times = reader.Numbers(at);
        var rows = Groups.Wide(reader, at, reader.Optional(item));
        if (reader.Refusals.Count > 0)
            return reader.Refusals.ToList();
        double[] t = [.. times.SelectMany((v, i) => rows[i].Select(_ => v))], y = [.. rows.SelectMany(v => v)];
        if (t.Length < 3 || t.Distinct().Count() < 2)
            return new Refusal("data-few-times", null, file, t.Length, t.Distinct().Count());
        return new TrendFindings(t, y, StabilityTrend.Fit(t, y), shelf, sigma, unit ?? reader.Optional(ResultsReader.Value)?.Unit ?? "", at, texts).Make(file);
    }
}
