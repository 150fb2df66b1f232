using Microsoft.AspNetCore.Http;
using Plumbline.Sheets;

namespace Plumbline.Registry;

/// <summary>A table as a download.</summary>
public static class SheetAnswer
{
    /// <summary>CSV or XLSX by <paramref name="format"/>; not found for any other.</summary>
    public static IResult For(string format, string name, SheetTable table) => format switch
    {
        "csv" => Results.Stream(stream => SheetWriter.WriteCsvAsync(stream, table), SheetWriter.CsvContentType, $"{name}.csv"),
        "xlsx" => Results.Stream(stream => SheetWriter.WriteXlsxAsync(stream, [table]), SheetWriter.XlsxContentType, $"{name}.xlsx"),
        _ => Results.NotFound(),
    };
}
