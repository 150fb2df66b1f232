using System.IO.Compression;
using Plumbline.Comparisons;
using Plumbline.Interface;

namespace Plumbline.Cli;

/// <summary>Reads clock records: tables as everywhere, and plain lists of numbers of any length, as counters write them, also packed by gzip.</summary>
internal static class ClockFile
{
    private static readonly string[] tables = [".csv", ".tsv", ".xlsx", ".json"];
    private static readonly char[] separators = [' ', '\t', ',', ';'];

    public static Outcome<DataTable> Read(string path, CliTexts texts)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (!tables.Contains(extension))
            return Plain(path, extension == ".gz");
        var read = DataFile.Read(path, texts);
        return read.Value is { } table && extension != ".json" ? Marked(Headed(table)) : read;
    }

    /// <summary>In a single column an empty line is a point that is missing; so is a cell that says so.</summary>
    private static DataTable Marked(DataTable table)
    {
        List<DataRow> rows = [];
        foreach (var row in table.Rows)
        {
            while (table.Columns.Count == 1 && rows.Count > 0 && rows[^1].Number < row.Number - 1)
                rows.Add(new(rows[^1].Number + 1, [""]));
            rows.Add(row.Cells.Any(IsMissing) ? row with { Cells = [.. row.Cells.Select(c => IsMissing(c) ? "" : c)] } : row);
        }
        return table with { Rows = rows };
    }

    private static bool IsMissing(string cell) => cell is "-" or "–" or "—" or "*" || cell.Equals("nan", StringComparison.OrdinalIgnoreCase);

    /// <summary>A head that is a number is a row.</summary>
    private static DataTable Headed(DataTable table) => !table.Columns.All(c => TypedNumber.Read(c) is not null) ? table
        : table with { Columns = Names(table.Columns.Count), Rows = [new(1, [.. table.Columns]), .. table.Rows] };

    private static Outcome<DataTable> Plain(string path, bool packed)
    {
        var name = Path.GetFileName(path);
        byte[] bytes;
        List<DataRow> rows = [];
        string[]? head = null;
        try
        {
            bytes = File.ReadAllBytes(path);
            using Stream stream = packed ? new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress) : new MemoryStream(bytes);
            using var reader = new StreamReader(stream);
            for (var number = 1; reader.ReadLine() is { } line; number++)
            {
                var text = line.Split('#', '%')[0].Trim();
                if (text.Length == 0)
                    continue;
                var cells = text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                if (head is null && rows.Count == 0 && cells.All(c => TypedNumber.Read(c) is null && !IsMissing(c)))
                {
                    head = cells;
                    continue;
                }
                if (cells.Length != (head?.Length ?? rows.FirstOrDefault()?.Cells.Length ?? cells.Length))
                    return new Refusal("clock-columns", null, name, number, cells.Length, head?.Length ?? rows[0].Cells.Length);
                rows.Add(new(number, Array.ConvertAll(cells, c => IsMissing(c) ? "" : c)));
            }
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Refusal("file-missing", null, path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new Refusal("data-unreadable", null, path, fault.Message);
        }
        return rows.Count == 0 ? new Refusal("data-empty", null, name)
            : new DataTable(name, head ?? Names(rows[0].Cells.Length), rows, new Dictionary<string, string>()) { Bytes = bytes };
    }

    /// <summary>Without heads the last column is the record, what stands before it its times.</summary>
    private static string[] Names(int count) => [.. Enumerable.Range(1, count - 1).Select(i => i == 1 ? "time" : $"column {i}"), "record"];
}
