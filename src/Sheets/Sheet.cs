namespace Plumbline.Sheets;

/// <summary>
/// A table as a person handed it in: header texts and rows of text, nothing interpreted but the file format.
/// Hidden and merged cells are read like any other, so that nothing is dropped behind the person's back.
/// </summary>
public sealed class Sheet
{
    internal Sheet(IReadOnlyList<string> columns, IReadOnlyList<SheetRow> rows, IReadOnlyList<SheetProblem> notices)
    {
        Columns = columns;
        Rows = rows;
        Notices = notices;
    }

    /// <summary>The header texts, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows that hold anything, each as long as <see cref="Columns"/>.</summary>
    public IReadOnlyList<SheetRow> Rows { get; }

    /// <summary>What the person should know though nothing is refused: formulas whose last result was taken, worksheets not read.</summary>
    public IReadOnlyList<SheetProblem> Notices { get; }

    /// <summary>Reads a table; what kind of file it is follows from its content, never from its name.</summary>
    /// <param name="stream">Read once from its position to its end; not closed.</param>
    /// <param name="fileName">Only named in problems.</param>
    /// <param name="limits">Above these the file is refused.</param>
    /// <param name="worksheet">The worksheet to read when there are several; without it, or when no worksheet has that name, the first visible one.</param>
    public static SheetReading Read(Stream stream, string fileName, SheetLimits limits, string? worksheet = null)
    {
        var name = Path.GetFileName(fileName);
        if (!Bytes.TryReadAll(stream, limits.MaxBytes, out var bytes))
            return Refused(new("sheet.too-large", Value: name, Arguments: Megabytes(limits.MaxBytes)));
        if (bytes.Length == 0)
            return Refused(new("sheet.empty", Value: name));
        if (Bytes.IsCompoundFile(bytes))
            return Refused(new(Bytes.HoldsEncryptedPackage(bytes) ? "sheet.encrypted" : "sheet.old-excel", Value: name));

        return Bytes.IsZip(bytes)
            ? XlsxFile.Read(bytes, name, limits, worksheet)
            : CsvFile.Read(bytes, name, limits);
    }

    /// <summary>Finds a column by any of its accepted names, whatever their case, spacing or width; a unit may follow in brackets or after a slash.</summary>
    /// <param name="key">How the caller calls the column; carried into problems.</param>
    /// <param name="names">Accepted header texts, the preferred one first.</param>
    public SheetColumn Column(string key, params IReadOnlyList<string> names) => Find(key, null, names);

    /// <summary>As <see cref="Column"/>, or by a symbol whose case counts: <c>U</c> is another quantity than <c>u</c>.</summary>
    /// <param name="symbol">As it is written in the header, with or without a unit after it.</param>
    public SheetColumn ColumnOrSymbol(string key, string symbol, params IReadOnlyList<string> names) => Find(key, symbol, names);

    private SheetColumn Find(string key, string? symbol, IReadOnlyList<string> names)
    {
        var accepted = names.Select(HeaderText.Normalise).ToHashSet(StringComparer.Ordinal);
        var found = Enumerable.Range(0, Columns.Count).Where(i => Accepts(Columns[i])).ToList();
        return new(key, names, found.Count > 0 ? found[0] : -1, [.. found.Select(i => Columns[i])]);

        bool Accepts(string header) =>
            HeaderText.Split(header).Name == symbol || accepted.Contains(HeaderText.Normalise(header)) || accepted.Contains(HeaderText.Normalise(HeaderText.Split(header).Name));
    }

    internal static SheetReading Refused(SheetProblem problem) => new(null, [problem]);

    internal static string Megabytes(long bytes) => $"{bytes / 1048576.0:0.#} MB";
}

/// <summary>A row of text cells.</summary>
/// <param name="Number">The row as a spreadsheet shows it, from 1, header included.</param>
/// <param name="Cells">One text a column, trimmed; blank is the empty string.</param>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>The text in a bound column; empty when the table has no such column.</summary>
    public string this[SheetColumn column] => column.Found ? Cells[column.Index] : "";
}
