using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Plumbline.Sheets;

/// <summary>The worksheets of a workbook, streamed row by row.</summary>
internal static class XlsxOutput
{
    private const int MaxText = 32_767;

    public static void Write(Stream stream, IReadOnlyList<SheetTable> tables)
    {
        using var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        var formats = new XlsxFormats();
        var sheets = new DocumentFormat.OpenXml.Spreadsheet.Sheets();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < tables.Count; i++)
        {
            var part = workbook.AddNewPart<WorksheetPart>();
            WriteSheet(part, tables[i], formats, first: i == 0);
            sheets.Append(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)i + 1, Name = UniqueName(tables[i].Name, names) });
        }

        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = formats.Build();
        workbook.Workbook = new Workbook(sheets);
    }

    private static void WriteSheet(WorksheetPart part, SheetTable table, XlsxFormats formats, bool first)
    {
        using var rows = table.Rows.GetEnumerator();
        var sample = new List<IReadOnlyList<SheetCell>>();
        while (sample.Count < 200 && rows.MoveNext())
            sample.Add(rows.Current);

        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen })
        { WorkbookViewId = 0, TabSelected = first ? true : null }));
        writer.WriteElement(new Columns(table.Columns.Select((header, i) => Width(header, i, sample))));
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, 1, [.. table.Columns.Select(SheetCell.Of)], _ => XlsxFormats.Header);
        var number = 1;
        foreach (var row in sample)
            WriteRow(writer, ++number, row, formats.Style);
        while (rows.MoveNext())
            WriteRow(writer, ++number, rows.Current, formats.Style);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, int number, IReadOnlyList<SheetCell> cells, Func<SheetCell, uint> styleOf)
    {
        writer.WriteStartElement(new Row(), [new("r", null!, number.ToString(CultureInfo.InvariantCulture))]);
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Kind != SheetCellKind.Blank)
                WriteCell(writer, CellText.Letter(i) + number.ToString(CultureInfo.InvariantCulture), cells[i], styleOf(cells[i]));
        }

        writer.WriteEndElement();
    }

    private static void WriteCell(OpenXmlWriter writer, string address, SheetCell cell, uint style)
    {
        List<OpenXmlAttribute> attributes = [new("r", null!, address)];
        if (style != 0)
            attributes.Add(new("s", null!, style.ToString(CultureInfo.InvariantCulture)));
        if (cell.Kind is SheetCellKind.Text or SheetCellKind.Boolean)
            attributes.Add(new("t", null!, cell.Kind == SheetCellKind.Text ? "inlineStr" : "b"));
        writer.WriteStartElement(new Cell(), attributes);
        if (cell.Kind == SheetCellKind.Text)
            writer.WriteElement(new InlineString(new Text(Storable(cell.Value)) { Space = SpaceProcessingModeValues.Preserve }));
        else
            writer.WriteElement(new CellValue(Stored(cell)));
        writer.WriteEndElement();
    }

    private static string Stored(SheetCell cell) => cell.Kind switch
    {
        SheetCellKind.Boolean => cell.Value == "TRUE" ? "1" : "0",
        SheetCellKind.Date => DateTime.Parse(cell.Value, CultureInfo.InvariantCulture).ToOADate().ToString("R", CultureInfo.InvariantCulture),
        _ => cell.Value.TrimStart('+'),
    };

    /// <summary>Text that XML and Excel can hold: control characters leave, a text beyond Excel's own limit ends in an ellipsis.</summary>
    private static string Storable(string text)
    {
        var clean = string.Concat(text.EnumerateRunes().Where(rune => rune.Value is >= 32 and not 0xFFFE and not 0xFFFF or '\t' or '\n' or '\r').Select(rune => rune.ToString()));
        return XlsxText.Escape(clean.Length <= MaxText ? clean : clean[..(MaxText - 1)] + "…");
    }

    private static Column Width(string header, int index, List<IReadOnlyList<SheetCell>> sample)
    {
        var widest = sample.Select(row => index < row.Count ? Extent(row[index].Value) : 0).Append(Extent(header) + 1).Max();
        return new Column { Min = (uint)index + 1, Max = (uint)index + 1, Width = Math.Clamp(widest + 2, 8, 60), CustomWidth = true };
    }

    // A Chinese character is two digits wide.
    private static int Extent(string text) => text.Sum(c => c >= '\u2E80' ? 2 : 1);

    private static string UniqueName(string name, HashSet<string> taken)
    {
        var clean = string.Concat(name.Select(c => c < ' ' || @"[]:*?/\".Contains(c, StringComparison.Ordinal) ? ' ' : c)).Trim().Trim('\'');
        if (clean.Length == 0)
            clean = "Sheet";
        for (var n = 1; ; n++)
        {
            var tail = n == 1 ? "" : $" ({n})";
            var candidate = clean[..Math.Min(clean.Length, 31 - tail.Length)] + tail;
            if (taken.Add(candidate))
                return candidate;
        }
    }
}

/// <summary>The number formats a workbook used, each once.</summary>
internal sealed class XlsxFormats
{
    /// <summary>The bold header's index; 0 is the plain cell.</summary>
    public const uint Header = 1;

    // Ids below 164 are Excel's own; a workbook holds some thousands of formats at most.
    private const uint FirstCustom = 164;
    private const int MaxFormats = 3_000;

    private readonly Dictionary<string, uint> styles = new(StringComparer.Ordinal);

    public uint Style(SheetCell cell)
    {
        if (cell.Format.Length == 0)
            return 0;
        if (styles.TryGetValue(cell.Format, out var style))
            return style;
        if (styles.Count >= MaxFormats)
            return 0;
        return styles[cell.Format] = (uint)styles.Count + 2;
    }

    public Stylesheet Build()
    {
        var formats = styles.Keys.Select((code, i) => new NumberingFormat { NumberFormatId = FirstCustom + (uint)i, FormatCode = code }).ToList();
        var cells = formats.Select(format => new CellFormat { NumberFormatId = format.NumberFormatId, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, ApplyNumberFormat = true });
        var sheet = new Stylesheet();
        if (formats.Count > 0)
            sheet.Append(new NumberingFormats(formats) { Count = (uint)formats.Count });
        sheet.Append(
            new Fonts(PlainFont(), BoldFont()) { Count = 2 },
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })) { Count = 2 },
            new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())) { Count = 1 },
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
            new CellFormats((CellFormat[])[new() { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0 }, HeaderFormat(), .. cells]) { Count = (uint)formats.Count + 2 });
        return sheet;
    }

    private static Font PlainFont() => new(new FontSize { Val = 11 }, new FontName { Val = "Calibri" });

    private static Font BoldFont() => new(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" });

    private static CellFormat HeaderFormat() =>
        new(new Alignment { Vertical = VerticalAlignmentValues.Center, WrapText = true }) { NumberFormatId = 49, FontId = 1, FillId = 0, BorderId = 0, FormatId = 0, ApplyFont = true, ApplyAlignment = true };
}
