using System.Globalization;
using System.Text.Json;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Cli;

/// <summary>Reads results to be evaluated out of a file that somebody has at hand: our own JSON, bare lists, a CSV or a worksheet.</summary>
internal static class EvaluationFile
{
    /// <param name="problems">What is wrong with a sheet, already in words.</param>
    public static Outcome<EvaluationInput> Read(string path, Func<SheetProblem, Refusal> problems)
    {
        if (!File.Exists(path))
            return new Refusal("file-missing", null, path);
        using var stream = File.OpenRead(path);
        if (!Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
            return new SheetOfResults(path).Read(stream, problems);
        try
        {
            using var json = JsonDocument.Parse(stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return FromJson(json.RootElement, path);
        }
        catch (JsonException fault)
        {
            return new Refusal("file-json", null, fault.Message);
        }
    }

    private static Outcome<EvaluationInput> FromJson(JsonElement root, string path)
    {
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 1)
            root = root[0];
        if (root.ValueKind != JsonValueKind.Object)
            return new Refusal("file-form", null, Path.GetFileName(path));
        // A report holds its input; an input holds results; a reference case holds lists under "inputs".
        if (root.TryGetProperty("input", out var input))
            return input.Deserialize<EvaluationInput>(ComparisonsJson.Stored)!;
        if (root.TryGetProperty("results", out _) && root.TryGetProperty("laboratories", out _))
            return root.Deserialize<EvaluationInput>(ComparisonsJson.Stored)!;
        var lists = root.TryGetProperty("inputs", out var inputs) ? inputs : root;
        return lists.ValueKind == JsonValueKind.Object ? FromLists(root, lists, path) : new Refusal("file-form", null, Path.GetFileName(path));
    }

    private static Outcome<EvaluationInput> FromLists(JsonElement root, JsonElement lists, string path)
    {
        if (Items(lists, "x") is not { Length: > 0 } x)
            return new Refusal("file-form", null, Path.GetFileName(path));
        var standard = Items(lists, "u");
        var expanded = Items(lists, "U");
        if (standard is null && expanded is null)
            return new Refusal("file-uncertainty", null, Path.GetFileName(path));
        var uncertainty = expanded ?? standard!;
        var names = Items(lists, "labs") ?? [.. Enumerable.Range(1, x.Length).Select(i => $"{i}")];
        foreach (var (name, list) in new[] { ("labs", names), (expanded is null ? "u" : "U", uncertainty) })
            if (list.Length != x.Length)
                return new Refusal("file-lengths", null, name, list.Length, x.Length);
        var k = expanded is null ? 1 : Number(lists, "k") ?? 2;
        var refusals = new List<Refusal>();
        var results = new List<InputResult>();
        for (var i = 0; i < x.Length; i++)
        {
            if (TypedNumber.Read(x[i]) is not { } value)
                refusals.Add(new("file-number", null, i + 1, "x", x[i]));
            else if (TypedNumber.Read(uncertainty[i]) is not { } u)
                refusals.Add(new("file-number", null, i + 1, "u", uncertainty[i]));
            else
                results.Add(new() { Laboratory = names[i], Point = "1", ValueText = x[i], Value = value, UncertaintyText = uncertainty[i], ExpandedUncertainty = u, CoverageFactor = k });
        }
        var method = Text(root, "method");
        if (method is not null && !Enum.TryParse<ReferenceMethod>(method, out _))
            refusals.Add(new("file-method", null, method, string.Join(", ", Enum.GetNames<ReferenceMethod>())));
        if (refusals.Count > 0)
            return refusals;
        var pilot = Text(lists, "pilot") ?? Text(root, "pilot");
        return new EvaluationInput
        {
            Comparison = new()
            {
                Code = Text(root, "id") ?? Path.GetFileNameWithoutExtension(path), Title = Text(root, "title") ?? Text(root, "id") ?? Path.GetFileNameWithoutExtension(path), TitleEn = Text(root, "titleEn"),
                Quantity = Text(root, "quantity") ?? "x", QuantityEn = Text(root, "quantityEn"), Unit = Text(root, "unit") ?? "1", Source = Text(root, "source"),
            },
            Options = method is null ? new() : new() { Method = Enum.Parse<ReferenceMethod>(method) },
            Points = [new() { Id = "1", Label = Text(root, "point") ?? Text(root, "quantity") ?? "x", LabelEn = Text(root, "quantityEn"), TargetUncertainty = Number(lists, "sigma_pt") }],
            Laboratories = [.. names.Select(n => new InputLaboratory { Code = n, IsPilot = n == pilot })],
            Results = results,
        };
    }

    /// <summary>The elements of a list as they were typed.</summary>
    private static string[]? Items(JsonElement from, string name) =>
        from.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? e.GetString()! : e.GetRawText())] : null;

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static double? Number(JsonElement from, string name) => from.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;
}

/// <summary>A table with one result a row, under Chinese or English heads.</summary>
internal sealed class SheetOfResults(string path)
{
    private readonly List<Refusal> refusals = [];

    public Outcome<EvaluationInput> Read(Stream stream, Func<SheetProblem, Refusal> problems)
    {
        var reading = Sheet.Read(stream, path, SheetLimits.Default);
        if (!reading.Succeeded)
            return reading.Problems.Select(problems).ToList();
        var sheet = reading.Sheet;
        var laboratory = sheet.Column("laboratory", "实验室", "laboratory", "lab", "实验室代码", "实验室编号", "labcode", "code");
        var point = sheet.Column("point", "测量点", "point", "measurement point", "level");
        var value = sheet.Column("value", "测得值", "value", "x", "measured value", "测得值 x", "value x", "测量结果", "示值", "result", "MeasuredValues");
        var k = sheet.Column("k", "包含因子", "k", "coverage factor");
        var probability = sheet.Column("p", "包含概率", "p", "coverage probability", "置信概率");
        var freedom = sheet.Column("dof", "自由度", "dof", "nu", "ν", "有效自由度", "degrees of freedom", "DegreesOfFreedom");
        var pilot = sheet.Column("pilot", "主导", "pilot", "主导实验室");
        var date = sheet.Column("date", "测量日期", "date", "measured on", "日期");
        // Only the case of the letter tells U from u.
        var expanded = Find(sheet, "U", "扩展不确定度", "expanded uncertainty", "U (k=2)");
        var standard = Find(sheet, "u", "标准不确定度", "standard uncertainty", "StdUnc", "uncertainty");
        SheetColumn[] optional = [point, k, probability, freedom, pilot, date];
        foreach (var problem in new[] { laboratory, value }.SelectMany(c => c.Problems()).Concat(optional.SelectMany(c => c.Problems(required: false))))
            refusals.Add(problems(problem));
        if (expanded < 0 && standard < 0)
            refusals.Add(new("file-uncertainty", null, Path.GetFileName(path)));
        if (refusals.Count > 0)
            return refusals;

        var results = new List<InputResult>();
        var laboratories = new Dictionary<string, bool>();
        foreach (var row in sheet.Rows)
        {
            var name = row[laboratory];
            if (name.Length == 0)
                refusals.Add(new("file-blank", null, row.Number, laboratory.Header));
            var isStandard = expanded < 0 || (row.Cells[expanded].Length == 0 && standard >= 0);
            var index = isStandard ? standard : expanded;
            var x = Number(row, value.Header, row[value]);
            var u = Number(row, sheet.Columns[index], row.Cells[index]);
            var factor = Optional(row, k);
            var p = Optional(row, probability) is { } percent && percent > 1 ? percent / 100 : Optional(row, probability);
            if (!isStandard && factor is null && p is null && (!k.Found || row[k].Length == 0))
                refusals.Add(new("file-coverage", null, row.Number));
            var day = row[date].Length == 0 ? (DateOnly?)null : DateOnly.TryParseExact(row[date], ["yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? on : Wrong(row, date);
            if (x is null || u is null)
                continue;
            laboratories[name] = laboratories.GetValueOrDefault(name) || IsYes(row[pilot]);
            results.Add(new()
            {
                Laboratory = name, Point = row[point].Length > 0 ? row[point] : "1", ValueText = TypedNumber.Plain(row[value]), Value = x.Value, UncertaintyText = TypedNumber.Plain(row.Cells[index]), ExpandedUncertainty = u.Value,
                CoverageFactor = isStandard ? 1 : factor, CoverageProbability = isStandard || factor is not null ? null : p, DegreesOfFreedom = Optional(row, freedom), MeasuredOn = day,
            });
        }
        if (refusals.Count > 0)
            return refusals;
        var title = Path.GetFileNameWithoutExtension(path);
        return new EvaluationInput
        {
            Comparison = new() { Code = title, Title = title, Quantity = "x", Unit = value.Unit ?? "1" },
            Points = [.. results.Select(r => r.Point).Distinct().Select(p => new InputPoint { Id = p, Label = p })],
            Laboratories = [.. laboratories.Select(l => new InputLaboratory { Code = l.Key, IsPilot = l.Value })],
            Results = results,
        };
    }

    /// <summary>A column by the exact case of a single letter, or by a longer name.</summary>
    private static int Find(Sheet sheet, string letter, params string[] names)
    {
        for (var i = 0; i < sheet.Columns.Count; i++)
        {
            var bare = sheet.Columns[i].Split('(', '（', '[', '/')[0].Trim();
            if (bare == letter || names.Contains(bare, StringComparer.OrdinalIgnoreCase) || names.Contains($"{bare} {letter}", StringComparer.Ordinal) || (bare.EndsWith(" " + letter, StringComparison.Ordinal) && names.Contains(bare[..^2].Trim())))
                return i;
        }
        return -1;
    }

    private double? Number(SheetRow row, string header, string text)
    {
        if (TypedNumber.Read(text) is { } number)
            return number;
        refusals.Add(text.Length == 0 ? new("file-blank", null, row.Number, header) : new("file-number", null, row.Number, header, text));
        return null;
    }

    private double? Optional(SheetRow row, SheetColumn column) => row[column] is { Length: > 0 } text && text is not ("∞" or "inf") ? Number(row, column.Header, text.TrimEnd('%')) : null;

    private DateOnly? Wrong(SheetRow row, SheetColumn column)
    {
        refusals.Add(new("file-date", null, row.Number, column.Header, row[column]));
        return null;
    }

    private static bool IsYes(string text) => text.Trim().ToUpperInvariant() is "1" or "Y" or "YES" or "TRUE" or "是" or "√" or "主导" or "X";
}
