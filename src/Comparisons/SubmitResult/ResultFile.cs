using System.Globalization;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Comparisons;

/// <summary>One thing that is wrong with an uploaded file, where a person finds it: row and column as the spreadsheet shows them, what stands there, and what is expected.</summary>
public sealed record RowProblem(int? Row, string? Column, string? Value, string Code, string Message);

/// <summary>The columns of the results' file and of its template, by the names that people use.</summary>
internal static class ResultFile
{
    /// <summary>Names of the worksheets, Chinese and English.</summary>
    public static readonly string[] ResultsSheets = ["测量结果", "Results"];
    public static readonly string[] BudgetSheets = ["不确定度分量", "Budget"];
    public static readonly SheetLimits Limits = SheetLimits.Default with { MaxBytes = 10L << 20, MaxColumns = 60 };

    /// <summary>Accepted header texts, the template's own first: Chinese, then English.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Names = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Laboratory"] = ["实验室代码", "laboratory", "lab code", "lab", "实验室"],
        ["Point"] = ["测量点序号", "point", "point no.", "测量点", "点号", "序号"],
        ["Label"] = ["测量点名称", "label"],
        ["Nominal"] = ["标称值", "nominal value", "nominal"],
        ["TransferStandard"] = ["传递标准序号", "transfer standard", "传递标准", "artefact"],
        ["Unit"] = ["单位", "unit"],
        ["Value"] = ["测得值", "value", "测量结果", "result", "x"],
        ["Uncertainty"] = ["扩展不确定度 U", "expanded uncertainty U", "扩展不确定度", "expanded uncertainty", "uncertainty"],
        ["StandardUncertainty"] = ["标准不确定度 u", "standard uncertainty u", "标准不确定度", "standard uncertainty", "合成标准不确定度", "combined standard uncertainty"],
        ["CoverageFactor"] = ["包含因子 k", "coverage factor k", "包含因子", "coverage factor", "k"],
        ["CoverageProbability"] = ["包含概率 p", "coverage probability p", "包含概率", "coverage probability", "p"],
        ["DegreesOfFreedom"] = ["自由度", "degrees of freedom", "有效自由度", "dof", "ν"],
        ["MeasuredOn"] = ["测量日期", "measured on", "date", "日期"],
        ["Source"] = ["不确定度来源", "source", "来源", "分量"],
        ["Type"] = ["评定类别", "type", "类别"],
        ["Distribution"] = ["概率分布", "distribution", "分布"],
        ["Contribution"] = ["不确定度贡献", "contribution", "标准不确定度分量", "贡献", "standard uncertainty"],
    };

    public static string Header(string key) => Names[key][Texts.IsEnglish ? 1 : 0];

    public static SheetColumn Bind(this Sheet sheet, string key) => key switch
    {
        "Uncertainty" => sheet.ColumnOrSymbol(key, "U", Names[key]),
        "StandardUncertainty" => sheet.ColumnOrSymbol(key, "u", Names[key]),
        _ => sheet.Column(key, Names[key]),
    };

    public static RowProblem Describe(SheetProblem problem) => new(problem.Row, problem.Column, problem.Value, problem.Code, SheetsTexts.Describe(problem, CultureInfo.CurrentUICulture));
}

/// <summary>An uploaded file as a package, or what is wrong with it.</summary>
internal sealed class ResultFileReader(string unit, IReadOnlyCollection<string> laboratoryNames, Texts texts)
{
    private static readonly string[] Required = ["Point", "Value"];
    private static readonly string[] Optional = ["Uncertainty", "StandardUncertainty", "Laboratory", "TransferStandard", "Unit", "CoverageFactor", "CoverageProbability", "DegreesOfFreedom", "MeasuredOn"];

    private readonly List<int> rows = [];
    private readonly List<(int Point, int Line, int Row)> budgetRows = [];
    private Dictionary<string, SheetColumn> columns = [];
    private Dictionary<string, SheetColumn> budgetColumns = [];
    private List<ReportedPoint> points = [];

    public List<RowProblem> Problems { get; } = [];
    public List<RowProblem> Notices { get; } = [];
    public IReadOnlyList<ReportedPoint> Points => points;

    /// <summary>Reads the results, and the budget from its own worksheet or file where there is one.</summary>
    public void Read(byte[] file, string name, byte[]? budget, string? budgetName)
    {
        using var stream = new MemoryStream(file, writable: false);
        var reading = Sheet.Read(stream, name, ResultFile.Limits, ResultFile.ResultsSheets[0]);
        Problems.AddRange(reading.Problems.Select(ResultFile.Describe));
        if (!reading.Succeeded)
            return;
        Notices.AddRange(reading.Sheet.Notices.Where(n => n.Code != "sheet.other-worksheets").Select(ResultFile.Describe));
        ReadPoints(reading.Sheet);
        foreach (var worksheet in ResultFile.BudgetSheets)
        {
            using var second = new MemoryStream(budget ?? file, writable: false);
            var lines = Sheet.Read(second, budgetName ?? name, ResultFile.Limits, worksheet);
            if (budget is not null)
                Problems.AddRange(lines.Problems.Select(ResultFile.Describe));
            if (lines.Succeeded && (budget is not null || (lines.Sheet.Bind("Source").Found && lines.Sheet.Bind("Contribution").Found)))
                ReadBudget(lines.Sheet);
            if (budget is not null || budgetColumns.Count > 0)
                return;
        }
    }

    /// <summary>A refusal of the package in terms of the file that it came from.</summary>
    public RowProblem Locate(Refusal refusal)
    {
        var message = texts.Of(refusal);
        var parts = refusal.Field?.Split('[', ']', '.') ?? [];
        if (parts is not ["Points", var index, "", ..] || !int.TryParse(index, CultureInfo.InvariantCulture, out var i) || i >= rows.Count)
            return new(null, null, null, refusal.Code, message);
        if (parts is [_, _, _, "Budget", var line, "", var key] && int.TryParse(line, CultureInfo.InvariantCulture, out var l))
        {
            var row = budgetRows.FirstOrDefault(b => b.Point == i && b.Line == l).Row;
            return new(row == 0 ? rows[i] : row, budgetColumns.GetValueOrDefault(key)?.Header, null, refusal.Code, message);
        }
        var column = columns.GetValueOrDefault(parts[^1]);
        return new(rows[i], column?.Header, column is null ? null : ValueOf(points[i], parts[^1]), refusal.Code, message);
    }

    private void ReadPoints(Sheet sheet)
    {
        columns = Required.Concat(Optional).ToDictionary(k => k, sheet.Bind);
        // U, u or both; where neither is there, U is what is missing.
        Problems.AddRange(columns.SelectMany(c => c.Value.Problems(Required.Contains(c.Key) || (c.Key == "Uncertainty" && !columns["StandardUncertainty"].Found))).Select(ResultFile.Describe));
        if (Problems.Count > 0)
            return;
        var valueUnit = columns["Value"].Unit;
        foreach (var key in new[] { "Uncertainty", "StandardUncertainty" })
        {
            if (columns[key].Unit is { } typed && !ReportedUnit.IsSame(typed, unit))
                Problems.Add(Fault(new Refusal("results-unit-differs", null, columns[key].Header, typed, unit), null, key, typed));
        }
        foreach (var row in sheet.Rows)
        {
            string Cell(string key) => row[columns[key]];
            if (columns["Laboratory"].Found && Cell("Laboratory") is { Length: > 0 } laboratory && !laboratoryNames.Contains(laboratory, StringComparer.OrdinalIgnoreCase))
                Problems.Add(Fault(new Refusal("results-laboratory-unknown", null, laboratory, string.Join("、", laboratoryNames)), row.Number, "Laboratory", laboratory));
            if (Problems.Count >= PackageReader.MostRefusals)
                return;
            rows.Add(row.Number);
            points.Add(new ReportedPoint
            {
                Point = Cell("Point"), TransferStandard = Cell("TransferStandard"), Value = Cell("Value"), Unit = columns["Unit"].Found ? Cell("Unit") : valueUnit, Uncertainty = Cell("Uncertainty"), StandardUncertainty = Cell("StandardUncertainty"),
                CoverageFactor = Cell("CoverageFactor"), CoverageProbability = Cell("CoverageProbability"), DegreesOfFreedom = Cell("DegreesOfFreedom"), MeasuredOn = DayOf(Cell("MeasuredOn")),
            });
        }
    }

    private void ReadBudget(Sheet sheet)
    {
        string[] required = ["Point", "Source", "Type", "Contribution"];
        budgetColumns = required.Concat(["TransferStandard", "Distribution", "DegreesOfFreedom"]).ToDictionary(k => k, sheet.Bind);
        var faults = budgetColumns.SelectMany(c => c.Value.Problems(required.Contains(c.Key))).Select(ResultFile.Describe).ToArray();
        Problems.AddRange(faults);
        if (faults.Length > 0)
            return;
        var owners = points.Select((p, i) => (Key: (p.Point, p.TransferStandard ?? ""), i)).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.First().i);
        var lines = new Dictionary<int, List<ReportedContribution>>();
        foreach (var row in sheet.Rows)
        {
            string Cell(string key) => row[budgetColumns[key]];
            if (!owners.TryGetValue((Cell("Point"), Cell("TransferStandard")), out var owner))
                Problems.Add(Fault(new Refusal("results-budget-orphan", null, Cell("Point")), row.Number, null, Cell("Point")) with { Column = budgetColumns["Point"].Header });
            else
            {
                var mine = lines.TryGetValue(owner, out var known) ? known : lines[owner] = [];
                budgetRows.Add((owner, mine.Count, row.Number));
                mine.Add(new() { Source = Cell("Source"), Type = Cell("Type"), Distribution = Cell("Distribution"), Contribution = Cell("Contribution"), DegreesOfFreedom = Cell("DegreesOfFreedom") });
            }
            if (Problems.Count >= PackageReader.MostRefusals)
                return;
        }
        points = [.. points.Select((p, i) => lines.TryGetValue(i, out var mine) ? p with { Budget = mine } : p)];
    }

    private RowProblem Fault(Refusal refusal, int? row, string? key, string? value) => new(row, key is null ? null : columns[key].Header, value, refusal.Code, texts.Of(refusal));

    // A spreadsheet's date cell comes with its midnight.
    private static string DayOf(string cell) => cell.Length > 10 && cell[10] is 'T' or ' ' && cell[11..].All(c => c is '0' or ':') ? cell[..10] : cell;

    private static string? ValueOf(ReportedPoint point, string key) => key switch
    {
        "Point" => point.Point,
        "TransferStandard" => point.TransferStandard,
        "Value" => point.Value,
        "Unit" => point.Unit,
        "Uncertainty" => point.Uncertainty,
        "StandardUncertainty" => point.StandardUncertainty,
        "CoverageFactor" => point.CoverageFactor,
        "CoverageProbability" => point.CoverageProbability,
        "DegreesOfFreedom" => point.DegreesOfFreedom,
        "MeasuredOn" => point.MeasuredOn,
        _ => null,
    };
}
