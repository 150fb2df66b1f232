using System.Security.Cryptography;
using Plumbline.Comparisons;
using Plumbline.Interface;

namespace Plumbline.Cli;

/// <summary>A file of results before anything in it is understood: heads, rows of text, and what a JSON object says besides.</summary>
/// <param name="File">The file's name, for messages.</param>
/// <param name="Columns">Heads, in order.</param>
/// <param name="Rows">Every row as long as <paramref name="Columns"/>.</param>
/// <param name="Settings">Single figures and texts that stand beside the lists of a JSON object, by name.</param>
internal sealed record DataTable(string File, IReadOnlyList<string> Columns, IReadOnlyList<DataRow> Rows, IReadOnlyDictionary<string, string> Settings)
{
    public byte[] Bytes { get; init; } = [];

    /// <summary>SHA-256 of the file's bytes, computed when asked for: the library behind it costs more than a table.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes));
}

/// <param name="Number">The row as a spreadsheet shows it, head included; in JSON the element's number from 1.</param>
/// <param name="Cells">Trimmed texts; blank is the empty string.</param>
internal sealed record DataRow(int Number, string[] Cells);

/// <summary>A column that a command asked for.</summary>
internal sealed record DataColumn(int Index, string Header, string? Unit);

/// <summary>Takes columns out of a table and remembers everything that is wrong with them.</summary>
internal sealed class TableReader(DataTable table)
{
    private readonly List<Refusal> refusals = [];

    public IReadOnlyList<Refusal> Refusals => refusals;

    public int Count => table.Rows.Count;

    public void Refuse(string code, params object?[] arguments) => refusals.Add(new Refusal(code, null, [table.File, .. arguments]));

    /// <param name="names">Accepted heads, the preferred one first. Single letters must be written as they are: U is not u.</param>
    public DataColumn? Optional(params string[] names)
    {
        var found = Enumerable.Range(0, table.Columns.Count).Where(i => Accepts(table.Columns[i], names)).ToArray();
        if (found.Length > 1)
            Refuse("data-column-twice", names[0], string.Join(", ", found.Select(i => table.Columns[i])));
        return found.Length == 0 ? null : new(found[0], table.Columns[found[0]], UnitOf(table.Columns[found[0]]));
    }

    public DataColumn? Required(params string[] names)
    {
        var column = Optional(names);
        if (column is null)
            Refuse("data-column", names[0], string.Join(", ", names), string.Join(", ", table.Columns));
        return column;
    }

    /// <summary>Columns that no name was asked for, such as one for each replicate or measurand.</summary>
    public DataColumn[] Others(params DataColumn?[] taken) =>
        [.. Enumerable.Range(0, table.Columns.Count).Where(i => table.Columns[i].Length > 0 && !taken.Any(t => t?.Index == i)).Select(i => new DataColumn(i, table.Columns[i], UnitOf(table.Columns[i])))];

    public string[] Texts(DataColumn? column)
    {
        if (column is null)
            return [];
        foreach (var row in table.Rows.Where(r => r.Cells[column.Index].Length == 0))
            Refuse("data-blank", row.Number, column.Header);
        return [.. table.Rows.Select(r => r.Cells[column.Index])];
    }

    /// <summary>Names that must differ from row to row.</summary>
    public string[] Names(DataColumn? column)
    {
        var names = Texts(column);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
            if (names[i].Length > 0 && !seen.TryAdd(names[i], i))
                Refuse("data-name-twice", table.Rows[i].Number, column!.Header, names[i], table.Rows[seen[names[i]]].Number);
        return names;
    }

    /// <summary>Finite numbers, one a row; whatever is not one is refused by row and column.</summary>
    public double[] Numbers(DataColumn? column, Domain domain = Domain.Any) =>
        column is null ? [] : [.. table.Rows.Select(r => Number(r, column, domain) ?? 0)];

    /// <summary>Numbers where blank cells are allowed.</summary>
    public double?[] OptionalNumbers(DataColumn? column, Domain domain = Domain.Any) =>
        column is null ? new double?[table.Rows.Count] : [.. table.Rows.Select(r => r.Cells[column.Index].Length == 0 ? null : Number(r, column, domain))];

    /// <summary>The numbers of several columns, row by row, blank cells left out.</summary>
    public double[][] Wide(IReadOnlyList<DataColumn> columns) =>
        [.. table.Rows.Select(r => (double[])[.. columns.Where(c => r.Cells[c.Index].Length > 0).Select(c => Number(r, c, Domain.Any) ?? 0)])];

    public double? Number(DataRow row, DataColumn column, Domain domain)
    {
        var text = row.Cells[column.Index];
        if (text.Length == 0)
        {
            Refuse("data-blank", row.Number, column.Header);
            return null;
        }
        if (domain == Domain.Freedom && text is "∞" or "inf" or "Inf" or "infinity")
            return double.PositiveInfinity;
        if (TypedNumber.Read(text) is not { } value || !double.IsFinite(value))
            Refuse("data-number", row.Number, column.Header, text);
        else if (domain is Domain.Positive or Domain.Freedom && value <= 0)
            Refuse("data-positive", row.Number, column.Header, text);
        else if (domain == Domain.NotNegative && value < 0)
            Refuse("data-not-negative", row.Number, column.Header, text);
        else if (domain == Domain.Count && !(value >= 0 && value <= int.MaxValue && value == Math.Floor(value)))
            Refuse("data-count", row.Number, column.Header, text);
        else
            return value;
        return null;
    }

    /// <summary>At least so many rows.</summary>
    public void AtLeast(int rows)
    {
        if (table.Rows.Count < rows)
            Refuse("data-few", table.Rows.Count, rows);
    }

    private static bool Accepts(string header, string[] names)
    {
        var bare = Bare(header);
        // "测得值 x" and "扩展不确定度 U": the name, the letter, or both.
        var space = bare.LastIndexOf(' ');
        string[] spellings = space > 0 && space == bare.Length - 2 && char.IsLetter(bare[^1]) ? [bare, bare[..space].Trim(), bare[(space + 1)..]] : [bare];
        return spellings.Any(s => names.Any(n => n.Length == 1 || s.Length == 1 ? n == s : n.Equals(s, StringComparison.OrdinalIgnoreCase)));
    }

    private static string Bare(string header)
    {
        var cut = header.IndexOfAny(['(', '（', '[', '/']);
        return (cut > 0 ? header[..cut] : header).Trim();
    }

    private static string? UnitOf(string header)
    {
        var cut = header.IndexOfAny(['(', '（', '[', '/']);
        return cut > 0 && header[(cut + 1)..].Trim(')', '）', ']', ' ') is { Length: > 0 } unit ? unit : null;
    }
}

/// <summary>What a number may be.</summary>
internal enum Domain
{
    Any,
    Positive,
    NotNegative,
    /// <summary>Degrees of freedom: positive, infinity allowed.</summary>
    Freedom,
    /// <summary>A whole number, zero or more.</summary>
    Count,
}
