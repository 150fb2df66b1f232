using System.Text;
using Plumbline.Sheets;
using static Plumbline.Modules.Tests.Sheets.Workbooks;

namespace Plumbline.Modules.Tests.Sheets;

public sealed class XlsxTests
{
    private const string Header = """<row r="1"><c r="A1" t="inlineStr"><is><t>lab</t></is></c><c r="B1" t="inlineStr"><is><t>value</t></is></c></row>""";

    private static byte[] One(string cell, string? styles = null) => Xlsx(Header + $"""<row r="2">{cell}</row>""", styles: styles);

    [Fact]
    public void Shared_inline_and_rich_strings_are_text_and_phonetic_guides_are_not()
    {
        var bytes = Xlsx(
            """<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c></row><row r="5"><c r="B5" t="s"><v>2</v></c><c r="A5" t="inlineStr"/></row>""".Replace("<c r=\"A5\" t=\"inlineStr\"/>", "", StringComparison.Ordinal),
            strings: "<si><t>实验室</t></si><si><r><t>测得</t></r><r><rPr/><t>值</t></r><rPh sb=\"0\" eb=\"1\"><t>cè</t></rPh></si><si><t xml:space=\"preserve\"> a_x0041_ </t></si>");
        var sheet = Table(Read(bytes));
        Assert.Equal(["实验室", "测得值"], sheet.Columns);
        Assert.Equal((5, "aA"), (sheet.Rows[0].Number, sheet.Rows[0].Cells[1]));
    }

    [Theory]
    [InlineData("0.10000000000000001", 0, "0.1")]
    [InlineData("0.1", 0, "0.1")]
    [InlineData("0.35", 1, "0.350")]
    [InlineData("0.35123", 1, "0.35123")]
    [InlineData("12", 1, "12.000")]
    [InlineData("1.23E-6", 2, "1.230E-6")]
    [InlineData("1.2300000000000001E-6", 2, "1.230E-6")]
    [InlineData("1.23456E-6", 2, "1.23456E-6")]
    [InlineData("-3.1400000000000001", 0, "-3.14")]
    [InlineData("45000", 3, "2023-03-15")]
    [InlineData("45000.5", 4, "2023-03-15T12:00:00")]
    [InlineData("0.25", 4, "06:00:00")]
    [InlineData("1", 3, "1900-01-01")]
    [InlineData("45000", 5, "2023-03-15")]
    public void Numbers_keep_their_digits_and_dates_become_ISO(string stored, int style, string shown)
    {
        const string styles = """<numFmts><numFmt numFmtId="164" formatCode="0.000"/><numFmt numFmtId="165" formatCode="0.000E+0"/><numFmt numFmtId="166" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="166"/></cellXfs>""";
        Assert.Equal(shown, Table(Read(One($"""<c r="B2" s="{style}"><v>{stored}</v></c>""", styles))).Rows[0].Cells[1]);
    }

    [Fact]
    public void Booleans_read_as_words_and_formulas_by_their_stored_result_with_a_notice()
    {
        var sheet = Table(Read(Xlsx(Header + """<row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2"><f>1+1</f><v>2</v></c></row><row r="3"><c r="B3" t="str"><f>"x"</f><v>x</v></c></row>""")));
        Assert.Equal(["TRUE", "2"], sheet.Rows[0].Cells);
        var notice = Assert.Single(sheet.Notices);
        Assert.Equal(("sheet.formula-cells", 2, "value", 2), (notice.Code, notice.Row, notice.Column, notice.Arguments[0]));
    }

    [Theory]
    [InlineData("""<c r="B2"><f>1+1</f></c>""", "sheet.formula-without-value")]
    [InlineData("""<c r="B2" t="e"><v>#DIV/0!</v></c>""", "sheet.error-value")]
    [InlineData("""<c r="C2"><v>3</v></c>""", "sheet.cell-without-header")]
    [InlineData("""<c r="XFD2"><v>3</v></c>""", "sheet.too-many-columns")]
    [InlineData("""<c r="B2" t="s"><v>7</v></c>""", "sheet.damaged")]
    [InlineData("""<c r="B2"><v>twelve</v></c>""", "sheet.damaged")]
    [InlineData("""<c r="B2"><v>1</v></c><c r="A2"><v>1</v></c>""", "sheet.damaged")]
    [InlineData("""</row><row r="1"><c r="B1"><v>1</v></c>""", "sheet.damaged")]
    [InlineData("""<c r="B2"><v>1</v>""", "sheet.damaged")]
    public void A_cell_that_cannot_be_taken_is_named(string cell, string code) =>
        Assert.Equal(code, Only(Read(One(cell))).Code);

    [Fact]
    public void The_first_visible_worksheet_is_read_unless_one_is_asked_for()
    {
        var workbook = $"<workbook {Namespaces}><sheets><sheet name=\"hidden\" sheetId=\"1\" state=\"veryHidden\" r:id=\"rId1\"/><sheet name=\"结果\" sheetId=\"2\" r:id=\"rId4\"/></sheets></workbook>";
        var second = ("xl/worksheets/sheet2.xml", $"<worksheet {Namespaces}><sheetData>{Header.Replace("lab", "实验室", StringComparison.Ordinal)}<row r=\"2\"><c r=\"A2\"><v>1</v></c></row></sheetData></worksheet>");
        var bytes = Xlsx(Header + "<row><c><v>7</v></c></row>", workbook: workbook, extra: second);

        Assert.Equal("实验室", Table(Read(bytes)).Columns[0]);
        var asked = Table(Read(bytes, worksheet: "Hidden"));
        Assert.Equal(("lab", "7"), (asked.Columns[0], asked.Rows[0].Cells[0]));
        Assert.Equal("sheet.other-worksheets", Assert.Single(asked.Notices).Code);
    }

    [Fact]
    public void A_document_type_is_refused_wherever_it_hides()
    {
        const string evil = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>""";
        var body = evil + $"<worksheet {Namespaces}><sheetData>{Header}<row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>&f;</t></is></c></row></sheetData></worksheet>";
        Assert.Equal("sheet.dtd", Only(Read(Xlsx("", extra: ("xl/worksheets/sheet1.xml", body)))).Code);
        Assert.Equal("sheet.dtd", Only(Read(Xlsx("", extra: ("_rels/.rels", evil + Relationships(("rId1", "officeDocument", "xl/workbook.xml")))))).Code);
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_unfolds()
    {
        var bomb = Xlsx("", extra: ("xl/worksheets/sheet1.xml", $"<worksheet {Namespaces}><sheetData>{Header}" + new string(' ', 60_000_000) + "</sheetData></worksheet>"));
        Assert.True(bomb.Length < 100_000);
        Assert.Equal("sheet.zip-bomb", Only(Read(bomb)).Code);

        var many = Xlsx(Header, extra: [.. Enumerable.Range(0, 1001).Select(i => ($"xl/media/{i}.png", "x"))]);
        Assert.Equal("sheet.zip-bomb", Only(Read(many)).Code);

        var noise = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"<row r=\"{i + 2}\"><c r=\"A{i + 2}\"><v>{i * 7919 % 10007}</v></c></row>"));
        Assert.Equal("sheet.zip-bomb", Only(Read(Xlsx(Header + noise), SheetLimits.Default with { MaxUncompressedBytes = 1_000_000 })).Code);
        Assert.True(Read(Xlsx(Header + noise)).Succeeded);
    }

    [Fact]
    public void A_deeply_nested_part_is_refused_without_running_out_of_stack()
    {
        var deep = "<c r=\"B2\" t=\"inlineStr\"><is>" + string.Concat(Enumerable.Repeat("<r>", 200_000)) + "<t>x</t>" + string.Concat(Enumerable.Repeat("</r>", 200_000)) + "</is></c>";
        Assert.NotNull(Read(One(deep)));
    }

    [Fact]
    public void Files_that_are_something_else_are_named_for_what_they_are()
    {
        byte[] compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        Assert.Equal("sheet.old-excel", Only(Read(compound)).Code);
        Assert.Equal("sheet.encrypted", Only(Read([.. compound, .. Encoding.Unicode.GetBytes("EncryptedPackage")])).Code);
        Assert.Equal("sheet.not-a-table", Only(Read(Zip(("a.txt", "hello")))).Code);
        Assert.Equal("sheet.not-a-table", Only(Read(Zip(("[Content_Types].xml", "<Types>wordprocessingml</Types>")))).Code);
        Assert.Equal("sheet.macros", Only(Read(Xlsx(Header, extra: ("xl/vbaProject.bin", "x")))).Code);
        Assert.Equal("sheet.external-links", Only(Read(Xlsx(Header, extra: ("xl/externalLinks/externalLink1.xml", "<x/>")))).Code);
    }

    [Fact]
    public void Broken_and_truncated_files_are_damaged_wherever_they_are_cut()
    {
        var whole = One("""<c r="B2"><v>1</v></c>""");
        Assert.True(Read(whole).Succeeded);
        for (var length = 4; length < whole.Length; length += 7)
            Assert.NotEqual("", Only(Read(whole[..length])).Code);
        for (var i = 30; i < whole.Length; i += 3)
        {
            byte[] bent = [.. whole];
            bent[i] ^= 0x5A;
            Assert.NotNull(Read(bent)); // A result or a problem, never an exception.
        }
    }

    [Fact]
    public void Bent_contents_give_a_table_or_a_problem_and_never_an_exception()
    {
        var random = new Random(20260301);
        const string sheet = Header + """<row r="2" spans="1:2"><c r="A2" t="s" s="1"><v>0</v></c><c r="B2"><f>A1*2</f><v>0.35</v></c></row><row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" s="1"><v>45000.5</v></c></row>""";
        const string strings = "<si><t>A</t></si>";
        const string styles = """<numFmts><numFmt numFmtId="164" formatCode="0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>""";
        for (var i = 0; i < 600; i++)
            Assert.NotNull(Read(Xlsx(Bend(sheet, i % 3 == 0), Bend(strings, i % 3 == 1), Bend(styles, i % 3 == 2))));

        string Bend(string text, bool really)
        {
            if (!really)
                return text;
            var at = random.Next(text.Length);
            var length = random.Next(1, Math.Min(6, text.Length - at));
            return text[..at] + new string((char)random.Next(32, 127), random.Next(0, 4)) + text[(at + length)..];
        }
    }

    [Fact]
    public void The_content_decides_and_not_the_name() =>
        Assert.True(Read(One("""<c r="B2"><v>1</v></c>"""), name: "results.csv").Succeeded);
}
