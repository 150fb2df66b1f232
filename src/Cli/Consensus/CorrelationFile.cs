using Plumbline.Interface;

namespace Plumbline.Cli;

/// <summary>Correlations between laboratories: a square table with the laboratories' names as heads and in its first column.</summary>
internal static class CorrelationFile
{
    public static Outcome<double[,]> Read(string path, string[] laboratories, CliTexts texts)
    {
        var read = DataFile.Read(path, texts);
        if (read.Value is not { } table)
            return read.Refusals.ToList();
        var reader = new TableReader(table);
        var column = reader.Required(ResultsReader.Laboratory);
        var names = reader.Names(column);
        foreach (var missing in laboratories.Where(l => !names.Contains(l) || !table.Columns.Contains(l)))
            reader.Refuse("data-no-correlation", missing);
        if (column is null || reader.Refusals.Count > 0)
            return reader.Refusals.ToList();
        var r = new double[laboratories.Length, laboratories.Length];
        for (var i = 0; i < laboratories.Length; i++)
        {
            var row = table.Rows[Array.IndexOf(names, laboratories[i])];
            for (var j = 0; j < laboratories.Length; j++)
            {
                var cell = new DataColumn(table.Columns.ToList().IndexOf(laboratories[j]), laboratories[j], null);
                r[i, j] = reader.Number(row, cell, Domain.Any) ?? 0;
                if (Math.Abs(r[i, j]) > 1 || (i == j && r[i, j] != 1))
                    reader.Refuse("data-correlation", row.Number, laboratories[j], row.Cells[cell.Index]);
                else if (j < i && r[i, j] != r[j, i])
                    reader.Refuse("data-correlation-symmetry", laboratories[i], laboratories[j]);
            }
        }
        return reader.Refusals.Count > 0 ? reader.Refusals.ToList() : r;
    }
}
