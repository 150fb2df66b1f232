using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Plumbline.Sheets;

/// <summary>
/// An .xlsx read part by part in one pass. Written on the XML reader rather than on the Open XML SDK, which refuses
/// whole honest files over one malformed hyperlink and parses every relationship before any limit can be checked.
/// </summary>
internal static class XlsxFile
{
    public static SheetReading Read(byte[] bytes, string fileName, SheetLimits limits, string? worksheet)
    {
        try
        {
            var archive = XlsxArchive.Open(bytes, fileName, limits);
            var workbook = Workbook(archive, fileName);
            var chosen = workbook.Sheets.Find(sheet => string.Equals(sheet.Name, worksheet, StringComparison.OrdinalIgnoreCase))
                ?? workbook.Sheets.Find(sheet => sheet.Visible)
                ?? throw new RefusedFileException(new("sheet.empty", Value: fileName));
            var table = new TableBuilder(limits, fileName);
            var others = workbook.Sheets.Where(sheet => sheet.Visible && sheet != chosen).Select(sheet => sheet.Name).ToList();
            if (others.Count > 0)
                table.Notices.Add(new("sheet.other-worksheets", Value: chosen.Name, Arguments: string.Join(", ", others.Take(10))));
            using var xml = archive.Part(chosen.Path, fileName);
            new XlsxWorksheet(xml, workbook.Strings, workbook.Styles, limits).ReadInto(table);
            return table.Build();
        }
        catch (RefusedFileException refused)
        {
            return Sheet.Refused(refused.Problem);
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or IOException or NotSupportedException or ArgumentException or FormatException or OverflowException)
        {
            return Sheet.Refused(new SheetProblem("sheet.damaged", Value: fileName));
        }
    }

    private static XlsxWorkbook Workbook(XlsxArchive archive, string fileName)
    {
        var path = archive.Relationships("", fileName).Find(part => part.Kind == "officeDocument").Path
            ?? throw new RefusedFileException(new("sheet.damaged", Value: fileName));
        if (!archive.Has(path))
            throw new RefusedFileException(new(path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) ? "sheet.not-a-table" : "sheet.damaged", Value: fileName));
        var parts = archive.Relationships(path, fileName);
        var workbook = new XlsxWorkbook();
        using (var xml = archive.Part(path, fileName))
            workbook.ReadSheets(xml, id => parts.Find(part => part.Id == id && part.Kind == "worksheet").Path);
        if (parts.Find(part => part.Kind == "sharedStrings").Path is { } strings && archive.Has(strings))
        {
            using var xml = archive.Part(strings, fileName);
            workbook.ReadStrings(xml);
        }

        if (parts.Find(part => part.Kind == "styles").Path is { } styles && archive.Has(styles))
        {
            using var xml = archive.Part(styles, fileName);
            workbook.Styles.Read(xml);
        }

        return workbook;
    }
}

/// <summary>What all worksheets share: their names, the shared strings, the cell formats, the date system.</summary>
internal sealed class XlsxWorkbook
{
    public sealed record Worksheet(string Name, string Path, bool Visible);

    public List<Worksheet> Sheets { get; } = [];

    public List<string> Strings { get; } = [];

    public XlsxStyles Styles { get; } = new();

    public void ReadSheets(XmlReader xml, Func<string, string?> pathOf)
    {
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "workbookPr")
                Styles.From1904 = xml.GetAttribute("date1904") is "1" or "true";
            else if (xml.LocalName == "sheet" && pathOf(RelationshipId(xml)) is { } path)
                Sheets.Add(new(xml.GetAttribute("name") ?? "", path, xml.GetAttribute("state") is null or "visible"));
        }
    }

    public void ReadStrings(XmlReader xml)
    {
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
                Strings.Add(XlsxText.Read(xml));
        }
    }

    // The attribute r:id, whichever of the two namespaces (transitional or strict) the prefix stands for.
    private static string RelationshipId(XmlReader xml)
    {
        var id = "";
        while (xml.MoveToNextAttribute())
        {
            if (xml is { LocalName: "id", NamespaceURI.Length: > 0 })
                id = xml.Value;
        }

        xml.MoveToElement();
        return id;
    }
}

/// <summary>The text of a shared or inline string: its runs joined, phonetic guides left out.</summary>
internal static partial class XlsxText
{
    public static string Read(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        var phonetic = -1;
        var take = false;
        var text = new StringBuilder();
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                if (phonetic < 0 && xml.LocalName == "rPh" && !xml.IsEmptyElement)
                    phonetic = xml.Depth;
                take = xml.LocalName == "t" && phonetic < 0;
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                take = false;
                if (xml.Depth == phonetic)
                    phonetic = -1;
            }
            else if (take)
            {
                text.Append(xml.Value);
            }
        }

        return Unescape(text.ToString());
    }

    /// <summary>Undoes the _x000D_ escapes of characters that XML cannot hold.</summary>
    public static string Unescape(string text) =>
        text.Contains("_x", StringComparison.OrdinalIgnoreCase)
            ? Escaped().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString())
            : text;

    /// <summary>Protects a text that only looks like such an escape.</summary>
    public static string Escape(string text) =>
        text.Contains("_x", StringComparison.OrdinalIgnoreCase) ? LooksEscaped().Replace(text, "_x005F_") : text;

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant)]
    private static partial Regex LooksEscaped();

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
