namespace Plumbline.Sheets;

/// <summary>Grows a table row by row from any file format, and stops at the first limit.</summary>
internal sealed class TableBuilder(SheetLimits limits, string fileName)
{
    // Enough for a person to see the pattern; a file of 10^5 wrong rows must not become 10^5 messages.
    private const int MaxProblems = 200;

    private readonly List<SheetRow> rows = [];
    private readonly List<SheetProblem> problems = [];
    private readonly Dictionary<string, string> pool = new(StringComparer.Ordinal);
    private List<string>? columns;
    private bool[] unnamed = [];

    public List<SheetProblem> Notices { get; } = [];

    /// <summary>Reading further is pointless: a limit was passed or there are problems enough.</summary>
    public bool Stopped { get; private set; }

    public string ColumnName(int index) =>
        columns is not null && index < columns.Count && columns[index].Length > 0 ? columns[index] : CellText.Letter(index);

    public void Report(SheetProblem problem)
    {
        problems.Add(problem);
        Stopped |= problems.Count >= MaxProblems;
    }

    public void Stop(SheetProblem problem)
    {
        Report(problem);
        Stopped = true;
    }

    /// <summary>Takes one row of raw cells; blank rows are passed over, the first other one is the header.</summary>
    public void Add(int number, List<string> raw)
    {
        if (Stopped)
            return;
        var cells = raw.ConvertAll(CellText.Trim);
        var used = cells.FindLastIndex(cell => cell.Length > 0) + 1;
        if (used == 0)
            return;
        if (used > limits.MaxColumns)
        {
            Stop(new("sheet.too-many-columns", number, Arguments: limits.MaxColumns));
            return;
        }

        CheckCells(number, cells);
        cells.RemoveRange(used, cells.Count - used);
        if (columns is null)
            TakeHeader(number, cells);
        else
            TakeRow(number, cells);
    }

    public SheetReading Build()
    {
        if (columns is null && problems.Count == 0)
            Report(new("sheet.empty", Value: fileName));
        else if (rows.Count == 0 && problems.Count == 0)
            Report(new("sheet.no-rows", Value: fileName));
        return problems.Count > 0 ? new(null, problems) : new(new Sheet(columns!, rows, Notices), []);
    }

    private void TakeHeader(int number, List<string> cells)
    {
        columns = cells.ConvertAll(cell => cell.ReplaceLineEndings(" "));
        unnamed = [.. columns.Select(column => column.Length == 0)];
        var repeated = columns.Where(column => column.Length > 0)
            .GroupBy(HeaderText.Identity, StringComparer.Ordinal)
            .Where(group => group.Count() > 1);
        foreach (var group in repeated)
            Report(new("sheet.duplicate-column", number, group.First()));
    }

    private void TakeRow(int number, List<string> cells)
    {
        if (rows.Count >= limits.MaxRows)
        {
            Stop(new("sheet.too-many-rows", number, Arguments: limits.MaxRows));
            return;
        }

        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length > 0 && (i >= columns!.Count || unnamed[i]))
                Report(new("sheet.cell-without-header", number, CellText.Letter(i), cells[i]));
        }

        var whole = new string[columns!.Count];
        for (var i = 0; i < whole.Length; i++)
            whole[i] = i < cells.Count ? Pooled(cells[i]) : "";
        rows.Add(new(number, whole));
    }

    private void CheckCells(int number, List<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length > limits.MaxCellLength)
                Report(new("sheet.cell-too-long", number, ColumnName(i), cells[i], limits.MaxCellLength));
            else if (CellText.HasControlCharacter(cells[i]))
                Report(new("sheet.control-character", number, ColumnName(i)));
        }
    }

    // Codes and units repeat down a column; 10^5 rows then cost the distinct texts only.
    private string Pooled(string text)
    {
        if (text.Length is 0 or > 24 || pool.Count > 4096)
            return text;
        if (pool.TryGetValue(text, out var known))
            return known;
        pool[text] = text;
        return text;
    }
}
