using System.Text;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Comparisons;

/// <summary>Reads rows of readings from a spreadsheet or a paste: the first column names the row, every further column holds a value.</summary>
internal static class ReadingSheet
{
    private static readonly SheetLimits Limits = new(MaxBytes: 2L << 20, MaxRows: PreparationRules.MostRows, MaxColumns: PreparationRules.MostValues + 1);

    public static Outcome<List<ReadingRow>> Read(string pasted) => Read(new MemoryStream(Encoding.UTF8.GetBytes(pasted)), "");

    public static Outcome<List<ReadingRow>> Read(Stream content, string name)
    {
        var reading = Sheet.Read(content, name, Limits);
        return reading.Sheet is { } sheet
            ? sheet.Rows.Select(row => new ReadingRow { Key = row.Cells[0], Values = string.Join(' ', row.Cells.Skip(1).Where(c => c.Length > 0).Select(TypedNumber.Plain)) }).ToList()
            : (Outcome<List<ReadingRow>>)reading.Problems.Select(p => new Refusal("sheet", "Upload", SheetsTexts.Describe(p, Texts.IsEnglish ? Texts.English : Texts.Chinese))).ToArray();
    }
}
