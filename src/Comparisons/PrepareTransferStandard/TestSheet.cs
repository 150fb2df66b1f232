using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Comparisons;

/// <summary>One test as a file tells it; <c>Rows</c> of the request came from the file's rows of these numbers.</summary>
internal sealed record TestOfSheet(RecordTestRequest Request, IReadOnlyList<int> Numbers);

/// <summary>Reads the tests of all transfer standards and points from one spreadsheet: standard, point, test, key and the values, one row of readings a row.</summary>
internal static class TestSheet
{
    private static readonly SheetLimits Limits = new(MaxBytes: 8L << 20, MaxRows: 20_000, MaxColumns: PreparationRules.MostValues + 4);

    /// <summary>The heads of a template, in Chinese and in English; every further column holds a value.</summary>
    public static readonly IReadOnlyList<string> Header = ["传递标准", "测量点", "试验", "件号、日期或阶段", "测得值 1", "测得值 2", "测得值 3"];
    public static readonly IReadOnlyList<string> HeaderEn = ["Transfer standard", "Point", "Test", "Item, date or stage", "Value 1", "Value 2", "Value 3"];

    public static Outcome<IReadOnlyList<TestOfSheet>> Read(Stream content, string name, Comparison comparison)
    {
        var reading = Sheet.Read(content, name, Limits);
        if (reading.Sheet is not { } sheet)
            return Refused(reading.Problems);
        SheetColumn Of(int index, params string[] more) => sheet.Column(Header[index], [Header[index], HeaderEn[index], .. more]);
        var (standard, point, kind, key) = (Of(0, "standard"), Of(1, "测点"), Of(2, "kind", "试验项目"), Of(3, "key", "件号", "日期", "阶段", "item", "date", "stage"));
        // One transfer standard or one point goes without saying.
        SheetProblem[] problems = [.. standard.Problems(comparison.TransferStandards.Count > 1), .. point.Problems(comparison.Points.Count > 1), .. kind.Problems(), .. key.Problems()];
        if (problems.Length > 0)
            return Refused(problems);
        int[] named = [standard.Index, point.Index, kind.Index, key.Index];
        return sheet.Rows
            .Select(row => (Row: row, Standard: standard.Found ? StandardOf(comparison, row[standard]) : 1, Point: point.Found ? PointOf(comparison, row[point]) : 1, Kind: KindOf(row[kind])))
            .GroupBy(r => (r.Standard, r.Point, r.Kind))
            .Select(g => new TestOfSheet(
                new()
                {
                    Standard = g.Key.Standard, Point = g.Key.Point, Kind = g.Key.Kind,
                    Rows = [.. g.Select(r => new ReadingRow { Key = r.Row[key], Values = string.Join(' ', r.Row.Cells.Where((c, i) => !named.Contains(i) && c.Length > 0).Select(TypedNumber.Plain)) })],
                },
                [.. g.Select(r => r.Row.Number)])).ToList();
    }

    // By number, or by what it is called; 0 is no standard and no point.
    private static int StandardOf(Comparison comparison, string text) =>
        int.TryParse(text, out var number) ? number : comparison.TransferStandards.FirstOrDefault(s => Is(text, s.Name, s.NameEn, s.Serial))?.Ordinal ?? 0;

    private static int PointOf(Comparison comparison, string text) =>
        comparison.Points.FirstOrDefault(p => Is(text, p.Label, p.LabelEn))?.Ordinal ?? (int.TryParse(text, out var number) ? number : 0);

    private static string KindOf(string text) => text.Trim().ToLowerInvariant() switch
    {
        "均匀性" or "homogeneity" => nameof(PreparationKind.Homogeneity),
        "稳定性" or "stability" => nameof(PreparationKind.Stability),
        "运输" or "运输特性" or "transport" => nameof(PreparationKind.Transport),
        _ => text.Trim(),
    };

    private static bool Is(string text, params string?[] names) => names.Any(n => !string.IsNullOrEmpty(n) && n.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));

    private static Refusal[] Refused(IEnumerable<SheetProblem> problems) =>
        [.. problems.Select(p => new Refusal("sheet", "Tests", SheetsTexts.Describe(p, Texts.IsEnglish ? Texts.English : Texts.Chinese)))];
}
