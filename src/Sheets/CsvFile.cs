using System.Text;

namespace Plumbline.Sheets;

/// <summary>Delimited text of any of the encodings and delimiters that Chinese and European spreadsheets save.</summary>
internal static class CsvFile
{
    private static readonly char[] delimiters = [',', '\t', ';'];

    public static SheetReading Read(byte[] bytes, string fileName, SheetLimits limits)
    {
        var (text, problem) = TextDecoding.Decode(bytes, fileName);
        if (text is null)
            return Sheet.Refused(problem!);

        var reader = new StringReader(text);
        var declared = DeclaredDelimiter(text);
        if (declared is not null)
            reader.ReadLine();
        var records = new CsvRecords(reader, declared ?? DetectDelimiter(text), limits.MaxCellLength);
        var table = new TableBuilder(limits, fileName);
        var number = declared is null ? 0 : 1;
        while (!table.Stopped && records.Next() is { } cells)
        {
            number++;
            if (records.BrokenQuote)
                table.Stop(new("sheet.broken-quote", number, Value: cells.FirstOrDefault()));
            else
                table.Add(number, cells.ConvertAll(cell => CellText.Restore(CellText.Trim(cell))));
        }

        return table.Build();
    }

    // Excel's own first line "sep=;" names the delimiter and is shown as row 1.
    private static char? DeclaredDelimiter(string text) =>
        text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && (text.Length == 5 || text[5] is '\r' or '\n')
            ? text[4]
            : null;

    /// <summary>The delimiter that cuts the first records into the same number of cells, more than one; commas inside decimal numbers lose this way.</summary>
    private static char DetectDelimiter(string text) =>
        delimiters.MaxBy(delimiter =>
        {
            var records = new CsvRecords(new StringReader(text), delimiter, int.MaxValue);
            var counts = new List<int>();
            while (counts.Count < 20 && records.Next() is { } cells && !records.BrokenQuote)
            {
                if (cells.Exists(cell => !string.IsNullOrWhiteSpace(cell)))
                    counts.Add(cells.Count);
            }

            return counts.Count == 0 || counts[0] == 1 ? 0.0 : counts.Count(count => count == counts[0]) / (double)counts.Count + Math.Min(counts[0], 100) * 1e-3;
        });
}

/// <summary>Cuts delimited text into records after RFC 4180, forgiving bare quotes inside unquoted cells.</summary>
internal sealed class CsvRecords(TextReader reader, char delimiter, int maxCellLength)
{
    private readonly StringBuilder cell = new();

    /// <summary>The last record opened a quote that the file never closes, or wrote text after a closing one.</summary>
    public bool BrokenQuote { get; private set; }

    public List<string>? Next()
    {
        if (reader.Peek() < 0)
            return null;
        var cells = new List<string>();
        while (true)
        {
            var ended = reader.Peek() == '"' ? Quoted() : Unquoted();
            cells.Add(cell.ToString());
            cell.Clear();
            if (ended)
                return cells;
        }
    }

    private bool Unquoted()
    {
        while (true)
        {
            var c = reader.Read();
            if (c == delimiter)
                return false;
            if (c < 0 || EndsLine(c))
                return true;
            Append((char)c);
        }
    }

    private bool Quoted()
    {
        reader.Read();
        while (true)
        {
            var c = reader.Read();
            if (c < 0)
            {
                BrokenQuote = true;
                return true;
            }

            if (c != '"')
                Append((char)c);
            else if (reader.Peek() == '"')
                Append((char)reader.Read());
            else
                return AfterQuote();
        }
    }

    private bool AfterQuote()
    {
        while (true)
        {
            var c = reader.Read();
            if (c == delimiter)
                return false;
            if (c < 0 || EndsLine(c))
                return true;
            BrokenQuote |= c is not ' ';
        }
    }

    private bool EndsLine(int c)
    {
        if (c == '\r' && reader.Peek() == '\n')
            reader.Read();
        return c is '\r' or '\n';
    }

    // One character beyond the limit is enough to know that it is passed.
    private void Append(char c)
    {
        if (cell.Length <= maxCellLength)
            cell.Append(c);
    }
}
