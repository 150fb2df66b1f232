using System.Globalization;
using System.Xml;

namespace Plumbline.Sheets;

/// <summary>One worksheet in one forward pass: rows, cells, their values as text.</summary>
internal sealed class XlsxWorksheet(XmlReader xml, List<string> strings, XlsxStyles styles, SheetLimits limits)
{
    private const int LastRow = 1_048_576;
    private const int LastStyle = 65_536;

    private readonly Dictionary<int, (int Row, int Count)> formulas = [];

    public void ReadInto(TableBuilder table)
    {
        var number = 0;
        while (!table.Stopped && xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "row" })
                continue;
            var next = xml.GetAttribute("r") is { } r ? int.Parse(r, NumberStyles.None, CultureInfo.InvariantCulture) : number + 1;
            if (next <= number || next > LastRow)
                throw new InvalidDataException("Rows are out of order.");
            number = next;
            table.Add(number, Row(number, table));
        }

        foreach (var (column, (row, count)) in formulas.OrderBy(entry => entry.Key))
            table.Notices.Add(new("sheet.formula-cells", row, table.ColumnName(column), Arguments: count));
    }

    private List<string> Row(int number, TableBuilder table)
    {
        var cells = new List<string>();
        if (xml.IsEmptyElement)
            return cells;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" })
                continue;
            var column = xml.GetAttribute("r") is { } address ? ColumnOf(address) : cells.Count;
            if (column < cells.Count)
                throw new InvalidDataException("Cells are out of order.");
            // Far cells are often only formatted; the builder refuses them when they hold something.
            var text = Cell(number, column, table);
            if (text.Length == 0)
                continue;
            if (column > limits.MaxColumns)
                column = limits.MaxColumns;
            while (cells.Count < column)
                cells.Add("");
            if (cells.Count <= limits.MaxColumns)
                cells.Add(text);
        }

        return cells;
    }

    private string Cell(int row, int column, TableBuilder table)
    {
        var type = xml.GetAttribute("t");
        var style = xml.GetAttribute("s");
        var (value, inline, formula) = Content();
        if (formula)
            Count(row, column);
        if (formula && value is null && inline is null)
            table.Report(new("sheet.formula-without-value", row, table.ColumnName(column)));
        if (type == "e")
            table.Report(new("sheet.error-value", row, table.ColumnName(column), value));
        return type switch
        {
            "inlineStr" => inline ?? "",
            _ when value is null => inline ?? "",
            "s" => strings[Index(value, strings.Count)],
            "str" => XlsxText.Unescape(value),
            "b" => value.Trim() == "1" ? "TRUE" : "FALSE",
            "d" or "e" => value,
            _ => styles.Text(value, style is null ? 0 : Index(style, LastStyle)),
        };
    }

    private (string? Value, string? Inline, bool Formula) Content()
    {
        if (xml.IsEmptyElement)
            return default;
        string? value = null;
        string? inline = null;
        var formula = false;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "v")
                value = XlsxScalar.Read(xml);
            else if (xml.LocalName == "is")
                inline = XlsxText.Read(xml);
            else if (xml.LocalName == "f")
                formula = true;
        }

        return (value, inline, formula);
    }

    private void Count(int row, int column) =>
        formulas[column] = formulas.TryGetValue(column, out var seen) ? (seen.Row, seen.Count + 1) : (row, 1);

    private static int Index(string text, int count) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count
            ? index
            : throw new InvalidDataException("A cell points outside a shared table.");

    private static int ColumnOf(string address)
    {
        var column = 0;
        foreach (var c in address.TakeWhile(char.IsAsciiLetterUpper))
        {
            column = (column * 26) + (c - 'A' + 1);
            if (column > 16_384)
                throw new InvalidDataException("A cell lies beyond the last column.");
        }

        return column > 0 ? column - 1 : throw new InvalidDataException("A cell has no column.");
    }
}

/// <summary>The text directly inside an element; anything nested is passed over without recursion.</summary>
internal static class XlsxScalar
{
    public static string Read(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        var text = "";
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && xml.Depth == depth + 1)
                text += xml.Value;
        }

        return text;
    }
}
