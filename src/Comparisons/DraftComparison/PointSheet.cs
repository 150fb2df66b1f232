using System.Text;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Comparisons;

/// <summary>Reads measurement points from a spreadsheet, or from what was pasted out of one. The numbers stay as typed: the draft's own rules judge them.</summary>
internal static class PointSheet
{
    private static readonly SheetLimits Limits = new(MaxBytes: 2L << 20, MaxRows: DraftRules.MostPoints);

    /// <summary>The header that a template carries, in Chinese and in English.</summary>
    public static readonly IReadOnlyList<string> Header = ["测量点", "英文名称", "标称值", "下限", "上限", "目标标准不确定度"];
    public static readonly IReadOnlyList<string> HeaderEn = ["Point", "English label", "Nominal value", "Lower limit", "Upper limit", "Target standard uncertainty"];

    public static Outcome<List<DraftPoint>> Read(string pasted) => Read(new MemoryStream(Encoding.UTF8.GetBytes(pasted)), "");

    public static Outcome<List<DraftPoint>> Read(Stream content, string name)
    {
        var reading = Sheet.Read(content, name, Limits);
        if (reading.Sheet is not { } sheet)
            return Refused(reading.Problems);
        SheetColumn Of(int index, params string[] more) => sheet.Column(Header[index], [Header[index], HeaderEn[index], .. more]);
        var (label, english, nominal, lower, upper, target) = (
            Of(0, "名称", "label", "测量点名称"), Of(1, "label en", "英文"), Of(2, "nominal", "标称"), Of(3, "lower", "最小值"), Of(4, "upper", "最大值"), Of(5, "target", "target uncertainty", "目标不确定度"));
        SheetProblem[] problems = [.. nominal.Problems(), .. new[] { label, english, lower, upper, target }.SelectMany(c => c.Problems(required: false))];
        if (problems.Length > 0)
            return Refused(problems);
        return sheet.Rows.Select(row => new DraftPoint
        {
            Label = row[label], LabelEn = row[english], Nominal = row[nominal], LowerLimit = row[lower], UpperLimit = row[upper], TargetUncertainty = row[target],
        }).ToList();
    }

    private static Refusal[] Refused(IEnumerable<SheetProblem> problems) =>
        [.. problems.Select(p => new Refusal("sheet", "Upload", SheetsTexts.Describe(p, Texts.IsEnglish ? Texts.English : Texts.Chinese)))];
}
