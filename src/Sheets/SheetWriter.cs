using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Sheets;

/// <summary>Tables out: CSV that Excel opens in Chinese and nothing can run in, or an .xlsx with real cell types and no formulas.</summary>
public static partial class SheetWriter
{
    public const string CsvContentType = "text/csv; charset=utf-8";

    public const string XlsxContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>UTF-8 with its mark, RFC 4180. Texts a spreadsheet would run as a formula get a leading quote; numbers do not.</summary>
    public static async Task WriteCsvAsync(Stream output, SheetTable table, CancellationToken cancel = default)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 16384, leaveOpen: true);
        await writer.WriteAsync(Line(table.Columns.Select(CellText.Neutralise)).AsMemory(), cancel);
        foreach (var row in table.Rows)
            await writer.WriteAsync(Line(row.Select(cell => cell.Kind == SheetCellKind.Text ? CellText.Neutralise(cell.Value) : cell.Value)).AsMemory(), cancel);
    }

    /// <summary>A workbook with one worksheet a table: bold frozen header, fitted columns.</summary>
    public static async Task WriteXlsxAsync(Stream output, IReadOnlyList<SheetTable> tables, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(tables.Count);
        // The container needs to seek back; a response body cannot.
        using var memory = new MemoryStream();
        XlsxOutput.Write(memory, tables);
        memory.Position = 0;
        await memory.CopyToAsync(output, cancel);
    }

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quote)) + "\r\n";

    private static string Quote(string text) =>
        NeedsQuotes().IsMatch(text) ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;

    // Leading and trailing blanks too, which some readers drop otherwise.
    [GeneratedRegex("[\",;\t\r\n]|^\\s|\\s\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NeedsQuotes();
}
