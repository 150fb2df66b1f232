using System.Text;
using Plumbline.Sheets;
using static Plumbline.Modules.Tests.Sheets.Workbooks;

namespace Plumbline.Modules.Tests.Sheets;

public sealed class CsvTests
{
    private static readonly Encoding gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static TheoryData<string, Encoding, bool> Encodings => new()
    {
        { "utf-8", new UTF8Encoding(false), false },
        { "utf-8 with mark", new UTF8Encoding(true), true },
        { "utf-16 with mark", new UnicodeEncoding(false, true), true },
        { "utf-16 big endian with mark", new UnicodeEncoding(true, true), true },
        { "GB18030", gb18030, false },
    };

    [Theory, MemberData(nameof(Encodings))]
    public void Chinese_text_is_read_in_every_encoding_that_spreadsheets_save(string name, Encoding encoding, bool mark)
    {
        Assert.NotEmpty(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes("实验室,测得值\r\n中国计量科学研究院㐀,0.350\r\n")];

        var sheet = Table(Read(bytes));

        Assert.Equal(["实验室", "测得值"], sheet.Columns);
        Assert.Equal(["中国计量科学研究院㐀", "0.350"], sheet.Rows[0].Cells);
    }

    [Fact]
    public void Utf_16_without_a_mark_is_recognised_by_its_zero_bytes() =>
        Assert.Equal(["lab", "value"], Table(ReadText("lab,value\nA,1\n", new UnicodeEncoding(false, false))).Columns);

    [Theory]
    [InlineData("lab;value;U\nA;0,35;0,02\nB;0,36;0,03\n", "0,35")]
    [InlineData("lab\tvalue\tU\nA\t0.35\t0.02\n", "0.35")]
    [InlineData("lab,value,U\nA,0.35,\"1;2;3;4\"\n", "0.35")]
    [InlineData("sep=;\nlab;value\nA;1,5\n", "1,5")]
    public void The_delimiter_is_the_one_that_cuts_all_rows_alike(string text, string value)
    {
        var sheet = Table(ReadText(text));
        Assert.Equal(value, sheet.Rows[0][sheet.Column("value", "value")]);
    }

    [Fact]
    public void A_row_has_the_number_that_a_spreadsheet_shows()
    {
        var sheet = Table(ReadText("\n\nlab,note\n\nA,\"two\nlines\"\n,\nB,\"say \"\"so\"\"\"\n"));
        Assert.Equal([5, 7], sheet.Rows.Select(row => row.Number));
        Assert.Equal(["two\nlines", "say \"so\""], sheet.Rows.Select(row => row.Cells[1]));
    }

    [Theory]
    [InlineData("", "sheet.empty")]
    [InlineData("  \n , \n", "sheet.empty")]
    [InlineData("lab,value\n", "sheet.no-rows")]
    [InlineData("lab,LAB \nA,1\n", "sheet.duplicate-column")]
    [InlineData("lab,value\nA,1,stray\n", "sheet.cell-without-header")]
    [InlineData("lab,,value\nA,stray,1\n", "sheet.cell-without-header")]
    [InlineData("lab,value\nA,\"1\n", "sheet.broken-quote")]
    [InlineData("lab,value\nA,\"1\"2\n", "sheet.broken-quote")]
    [InlineData("lab,value\nA,1\u0007and a long enough text around one control character that the file still reads as a text and not as a binary\n", "sheet.control-character")]
    [InlineData("%PDF-1.7\nlab,value\n", "sheet.not-a-table")]
    [InlineData("<html><body><table><tr><td>1,2</td></tr></table>", "sheet.not-a-table")]
    public void What_is_wrong_is_said_by_code(string text, string code) =>
        Assert.Equal(code, Only(ReadText(text)).Code);

    [Fact]
    public void Binary_is_refused_and_bad_encoding_names_the_row()
    {
        Assert.Equal("sheet.not-a-table", Only(Read([0x89, (byte)'P', (byte)'N', (byte)'G', 0, 0, 0, 13])).Code);
        Assert.Equal("sheet.not-a-table", Only(Read([.. "lab,value\nA,"u8, 0, .. "1\n"u8])).Code);
        var problem = Only(Read([.. "lab,value\nA,1\nB,"u8, 0xFF, 0xFF, .. "\n"u8]));
        Assert.Equal(("sheet.bad-encoding", 3), (problem.Code, problem.Row));
    }

    [Fact]
    public void Random_bytes_give_a_table_or_a_problem_and_never_an_exception()
    {
        var random = new Random(20260301);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            Assert.NotNull(Read(bytes));
            for (var j = 0; j < bytes.Length; j++)
                bytes[j] = (byte)"\"',;\r\n\t=ab1\xE4\xFF"[bytes[j] % 13];
            Assert.NotNull(Read(bytes));
        }
    }

    [Fact]
    public void Every_problem_is_reported_at_once_with_row_and_column()
    {
        var problems = ReadText("lab,value\n" + new string('x', 50) + ",1\nA,1,2,3\n", limits: SheetLimits.Default with { MaxCellLength = 40 }).Problems;
        Assert.Equal(
            [("sheet.cell-too-long", 2, "lab"), ("sheet.cell-without-header", 3, "C"), ("sheet.cell-without-header", 3, "D")],
            problems.Select(problem => (problem.Code, problem.Row ?? 0, problem.Column)));
    }

    [Fact]
    public void A_hundred_thousand_rows_pass_and_one_more_is_refused()
    {
        var text = new StringBuilder("lab,value\n");
        for (var i = 0; i < 100_000; i++)
            text.Append('L').Append(i).Append(",0.").Append(i).Append('\n');

        Assert.Equal(100_000, Table(ReadText(text.ToString())).Rows.Count);
        var problem = Only(ReadText(text.Append("L,1\n").ToString()));
        Assert.Equal(("sheet.too-many-rows", 100_002), (problem.Code, problem.Row));
    }

    [Fact]
    public void A_huge_cell_and_a_huge_file_are_refused()
    {
        var huge = "lab,value\nA,\"" + new string('9', 5_000_000) + "\"\n";
        var cell = Only(ReadText(huge));
        Assert.Equal(("sheet.cell-too-long", 2, "value", 58), (cell.Code, cell.Row, cell.Column, cell.Value!.Length));
        Assert.Equal("sheet.too-large", Only(ReadText(huge, limits: SheetLimits.Default with { MaxBytes = 1_000_000 })).Code);
    }

    [Fact]
    public void Columns_are_found_by_any_accepted_name_however_it_is_spelt()
    {
        var sheet = Table(ReadText("Ｌａｂ Code,测得值（mV）,U / mV,k\nA,1,2,2\n"));
        var value = sheet.Column("value", "测得值", "value");

        Assert.Equal("A", sheet.Rows[0][sheet.Column("laboratory", "实验室代码", "lab_code")]);
        Assert.Equal(("测得值（mV）", "mV"), (value.Header, value.Unit));
        Assert.Equal("mV", sheet.Column("U", "扩展不确定度", "u").Unit);
        Assert.Null(sheet.Column("k", "k").Unit);
        Assert.Empty(value.Problems());
        var missing = Assert.Single(sheet.Column("dof", "自由度", "dof").Problems());
        Assert.Equal(("sheet.missing-column", "自由度"), (missing.Code, missing.Column));
        Assert.Empty(sheet.Column("dof", "自由度", "dof").Problems(required: false));
        Assert.Equal("sheet.ambiguous-column", Assert.Single(sheet.Column("x", "U", "k").Problems()).Code);
    }
}
