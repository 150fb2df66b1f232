using System.IO.Compression;
using System.Text;
using Plumbline.Sheets;

namespace Plumbline.Modules.Tests.Sheets;

/// <summary>Workbooks and texts built by hand, so that they can be wrong in every way.</summary>
internal static class Workbooks
{
    public const string Namespaces = """xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" """;

    public static byte[] Xlsx(string sheetData, string? strings = null, string? styles = null, string? workbook = null, params (string Path, string Text)[] extra)
    {
        List<(string Path, string Text)> parts =
        [
            ("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""),
            ("_rels/.rels", Relationships(("rId1", "officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", workbook ?? $"<workbook {Namespaces}><sheets><sheet name=\"数据\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", Relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"), ("rId3", "styles", "/xl/styles.xml"), ("rId4", "worksheet", "worksheets/sheet2.xml"))),
            ("xl/worksheets/sheet1.xml", $"<worksheet {Namespaces}><sheetData>{sheetData}</sheetData></worksheet>"),
        ];
        if (strings is not null)
            parts.Add(("xl/sharedStrings.xml", $"<sst {Namespaces}>{strings}</sst>"));
        if (styles is not null)
            parts.Add(("xl/styles.xml", $"<styleSheet {Namespaces}>{styles}</styleSheet>"));
        return Zip([.. parts.Where(part => !extra.Any(other => other.Path == part.Path)), .. extra]);
    }

    public static byte[] Zip(params (string Path, string Text)[] parts)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in parts)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return memory.ToArray();
    }

    public static string Relationships(params (string Id, string Kind, string Target)[] items) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(items.Select(item => $"<Relationship Id=\"{item.Id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{item.Kind}\" Target=\"{item.Target}\"/>"))
        + "</Relationships>";

    public static SheetReading Read(byte[] bytes, SheetLimits? limits = null, string name = "results.xlsx", string? worksheet = null) =>
        Sheet.Read(new MemoryStream(bytes), name, limits ?? SheetLimits.Default, worksheet);

    public static SheetReading ReadText(string text, Encoding? encoding = null, SheetLimits? limits = null) =>
        Read((encoding ?? new UTF8Encoding(false)).GetBytes(text), limits, "results.csv");

    public static Sheet Table(SheetReading reading)
    {
        Assert.True(reading.Succeeded, string.Join("; ", reading.Problems));
        return reading.Sheet;
    }

    public static SheetProblem Only(SheetReading reading)
    {
        Assert.Null(reading.Sheet);
        return Assert.Single(reading.Problems);
    }
}
