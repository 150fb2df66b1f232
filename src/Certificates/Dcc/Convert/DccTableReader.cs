using System.Globalization;
using System.Xml.Linq;
using Plumbline.Sheets;

namespace Plumbline.Certificates;

/// <summary>What two tables gave: a certificate, or the cells that keep it from being one.</summary>
/// <param name="File">The certificate; null where a cell is wrong.</param>
/// <param name="Findings">Rules <c>table-…</c>; the path is the cell: <c>results!E12</c>.</param>
public sealed record DccTableReading(DccFile? File, IReadOnlyList<Finding> Findings);

/// <summary>Makes a certificate of the tables that <see cref="DccTables"/> writes, edited or not.</summary>
/// <remarks>Lists whose entries are all the same are written once, as D-SI has it.</remarks>
public static class DccTableReader
{
    /// <summary>Limits under which such tables are read: cells as long as a spreadsheet has them.</summary>
    public static SheetLimits Limits { get; } = SheetLimits.Default with { MaxCellLength = 32_767, MaxRows = 500_000, MaxBytes = 64L << 20 };

    /// <summary>Reads both tables; <paramref name="results"/> is null where there are no numbers.</summary>
    public static DccTableReading Read(Sheet fields, Sheet? results)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var reading = new Reading();
        reading.Fields(fields);
        reading.Results(results);
        if (reading.Findings.Count > 0)
            return new(null, reading.Findings);
        try
        {
            return new(DccReader.Read(new XDocument(reading.Root)), []);
        }
        catch (DccException fault)
        {
            return new(null, fault.Findings);
        }
    }

    private sealed class Reading
    {
        private readonly Dictionary<string, XElement> markers = new(StringComparer.Ordinal);
        private readonly HashSet<string> filled = new(StringComparer.Ordinal);

        public XElement Root { get; } = new(DccNames.Root, new XAttribute("schemaVersion", DccDocument.WrittenVersion));

        public List<Finding> Findings { get; } = [];

        public void Fields(Sheet sheet)
        {
            var (path, value) = (Column(sheet, "fields", "path"), Column(sheet, "fields", "value"));
            if (path is null || value is null)
                return;
            foreach (var row in sheet.Rows)
                Field(row[path], row[value], Cell("fields", path, row), Cell("fields", value, row));
        }

        public void Results(Sheet? sheet)
        {
            if (sheet is not null)
                Rows(sheet);
            foreach (var empty in markers.Where(m => Findings.Count == 0 && !filled.Contains(m.Key)).ToArray())
                Findings.Add(Fault("table-no-numbers", "fields", empty.Key));
        }

        private void Rows(Sheet sheet)
        {
            SheetColumn?[] columns = [.. DccTables.ResultColumns.Select(c => c is "path" or "value" or "unit" ? Column(sheet, "results", c) : sheet.Column(c, c))];
            if (columns.Any(c => c is null))
                return;
            foreach (var group in sheet.Rows.GroupBy(r => r[columns[0]!]))
                Numbers(group.Key, [.. group], columns!);
        }

        private void Field(string path, string value, string pathCell, string valueCell)
        {
            if (path.LastIndexOf('#') is > 0 and var mark && int.TryParse(path.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                Continue(path[..mark], value, pathCell);
                return;
            }
            if (!DccBuilder.Writable(value))
            {
                Findings.Add(Fault("input-characters", valueCell, value));
                return;
            }
            var last = path.LastIndexOf('/');
            if (last >= 0 && path[(last + 1)..] is ['@', .. var attribute])
            {
                var of = last == 0 ? Root : DccPaths.Reach(Root, path[..last]);
                if (of is null || !IsName(attribute) || of == Root && attribute == "schemaVersion")
                    Findings.Add(Fault("table-path", pathCell, path));
                else
                    of.SetAttributeValue(attribute, value);
                return;
            }
            var isXml = last > 0 && path[(last + 1)..] == DccPaths.Xml;
            if (DccPaths.Reach(Root, isXml ? path[..last] : path) is not { } element)
                Findings.Add(Fault("table-path", pathCell, path));
            else if (!filled.Add(path) || element.HasElements)
                Findings.Add(Fault("table-duplicate", pathCell, path));
            else if (isXml)
                Xml(element, value, valueCell);
            else if (value == DccTables.Marker)
            {
                markers[path] = element;
                filled.Remove(path);
            }
            else
                element.Value = value;
        }

        /// <summary>A text that was too long for one cell.</summary>
        private void Continue(string path, string value, string cell)
        {
            if (!filled.Contains(path) || DccPaths.Reach(Root, path) is not { HasElements: false } element)
                Findings.Add(Fault("table-path", cell, path));
            else
                element.Value += value;
        }

        private void Xml(XElement element, string value, string cell)
        {
            try
            {
                element.Add(DccXml.Load(System.Text.Encoding.UTF8.GetBytes($"<x>{value}</x>")).Root!.Nodes());
            }
            catch (DccException fault)
            {
                Findings.Add(Fault("xml-form", cell, fault.Findings[0].Value));
            }
        }

        private void Numbers(string path, SheetRow[] rows, SheetColumn[] columns)
        {
            var name = path[(path.LastIndexOf('/') + 1)..].Split('[')[0];
            var known = name is "si:real" or "si:constant" or "si:realListXMLList";
            var element = markers.GetValueOrDefault(path) ?? DccPaths.Reach(Root, path);
            if (!known || element is null || element.HasElements || !filled.Add(path))
            {
                Findings.Add(Fault("table-path", Cell("results", columns[0], rows[0]), path));
                return;
            }
            var isList = name == "si:realListXMLList";
            if (!isList && rows.Length > 1)
                Findings.Add(Fault("table-one-row", Cell("results", columns[0], rows[1]), path));
            var before = Findings.Count;
            var value = new NumberRows(rows, columns, Findings).Make(name, isList);
            if (Findings.Count == before && value is not null)
                element.Add(DccWriting.Write(element.Name, value).Nodes());
        }

        private SheetColumn? Column(Sheet sheet, string table, string name)
        {
            var column = sheet.Column(name, name);
            if (column.Found)
                return column;
            Findings.Add(Fault("table-column", $"{table}!1", null, name));
            return null;
        }

        private static bool IsName(string text) => text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(char.IsAsciiLetterOrDigit);
    }

    internal static string Cell(string table, SheetColumn column, SheetRow row) => column.Found ? $"{table}!{Letter(column.Index)}{row.Number.ToString(CultureInfo.InvariantCulture)}" : $"{table}!{row.Number.ToString(CultureInfo.InvariantCulture)}";

    internal static Finding Fault(string rule, string cell, string? value, string? expected = null) =>
        new(FindingLayer.Form, FindingSeverity.Error, rule, cell, value is { Length: > 80 } ? value[..79] + "…" : value, expected);

    private static string Letter(int index) => index < 26 ? $"{(char)('A' + index)}" : $"{Letter(index / 26 - 1)}{(char)('A' + index % 26)}";
}
