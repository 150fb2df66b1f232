using System.Globalization;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Lists: one entry for all values or one for each, in every list of every version; tables whose columns belong together.</summary>
internal static class ListRules
{
    private static readonly string[] columns = ["basic_referenceValue", "basic_measuredValue", "basic_measurementError", "basic_nominalValue"];

    public static void Run(CheckedFile file)
    {
        foreach (var list in file.Root.Descendants().Where(e => e.IsSi && e.Local is "realListXMLList" or "complexListXMLList" or "relativeUncertaintyXmlList" || e.Local == "relativeUncertaintyXmlList").ToArray())
            Lengths(file, list);
        foreach (var relative in file.All("relativeUncertainty"))
            if (relative.Child("relativeUncertaintyXmlList")?.Child("valueXMLList") is { } values && QuantityValues.First(relative.Parent) is { } of && values.Tokens.Length is var n && n != 1 && n != of.Count)
                file.Report("list-length", values, Text(n), of.Count == 1 ? "1" : $"1 / {of.Count}");
        foreach (var list in file.Root.Descendants().Where(e => e.Local.EndsWith("XMLList", StringComparison.Ordinal) && !e.HasElements && (e.IsSi || e.IsDcc)))
            Blanks(file, list);
        foreach (var table in file.All("list").Where(l => l.IsDcc))
            Table(file, table);
    }

    private static void Lengths(CheckedFile file, XElement list)
    {
        var values = list.Child("valueXMLList") ?? list.Child("valueRealXMLList") ?? list.Child("valueMagnitudeXMLList");
        if (values is null || values.Tokens.Length is not (> 0 and var n))
            return;
        if (n > QuantityValues.MostRows)
            file.Report("list-long", values, Text(n), Text(QuantityValues.MostRows));
        foreach (var leaf in list.Descendants().Where(e => e != values && !e.HasElements && e.Local.EndsWith("XMLList", StringComparison.Ordinal) && !e.Local.StartsWith("quantityType", StringComparison.Ordinal)))
        {
            var count = leaf.Tokens.Length;
            var one = leaf.Local is not ("valueImagXMLList" or "valuePhaseXMLList");
            if (count != n && !(one && count == 1) && count > 0)
                file.Report("list-length", leaf, Text(count), one && n > 1 ? $"1 / {n}" : Text(n));
        }
    }

    /// <summary>Single blanks within, none around: what splits at each blank reads the same as what splits at runs of them.</summary>
    private static void Blanks(CheckedFile file, XElement list)
    {
        var text = list.Value;
        if (text.Length > 0 && text != string.Join(' ', list.Tokens))
            file.Report("list-blanks", list, text.Length > 60 ? text[..60] : text);
    }

    /// <summary>Columns of a table have as many rows as each other; a column of one value holds for all rows.</summary>
    private static void Table(CheckedFile file, XElement table)
    {
        var isTable = table.RefTypes.Any(t => t.Contains("table", StringComparison.OrdinalIgnoreCase));
        var sized = table.Children("quantity").Where(q => isTable || columns.Any(q.HasRefType)).Select(q => (Quantity: q, QuantityValues.First(q)?.Count)).Where(q => q.Count > 1).ToArray();
        var rows = table.Child("dateTimeXMLList")?.Tokens.Length ?? 0;
        // The length that most columns share is taken as meant.
        var usual = sized.GroupBy(s => s.Count!.Value).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).FirstOrDefault()?.Key;
        foreach (var (quantity, count) in sized.Where(s => s.Count != usual))
            file.Report("table-length", quantity, Text(count!.Value), Text(usual!.Value));
        if (usual is { } n && rows > 0 && rows != n)
            file.Report("table-length", table.Child("dateTimeXMLList")!, Text(rows), Text(n));
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
