using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Sheets;
using static Plumbline.Modules.Tests.Sheets.Workbooks;

namespace Plumbline.Modules.Tests.Sheets;

public sealed class SheetWriterTests
{
    private static SheetTable Table(params IReadOnlyList<SheetCell>[] rows) => new("结果", ["实验室", "测得值", "日期", "有效"], rows);

    private static async Task<string> CsvAsync(SheetTable table)
    {
        using var memory = new MemoryStream();
        await SheetWriter.WriteCsvAsync(memory, table);
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static async Task<byte[]> XlsxAsync(params SheetTable[] tables)
    {
        using var memory = new MemoryStream();
        await SheetWriter.WriteXlsxAsync(memory, tables);
        return memory.ToArray();
    }

    [Fact]
    public async Task Csv_has_its_mark_quotes_what_needs_it_and_runs_nothing()
    {
        var csv = await CsvAsync(Table(
            ["A \"1\"", SheetCell.Typed("0.350"), SheetCell.Of(new DateOnly(2026, 3, 1)), SheetCell.Of(true)],
            ["=HYPERLINK(\"http://x\")", -0.35, SheetCell.Blank, "+86 10"],
            ["'=1", SheetCell.Typed("-1.20e-3"), "-1.5", "@SUM(A1)"]));

        Assert.Equal(
            "\uFEFF实验室,测得值,日期,有效\r\n\"A \"\"1\"\"\",0.350,2026-03-01,TRUE\r\n\"'=HYPERLINK(\"\"http://x\"\")\",-0.35,,'+86 10\r\n''=1,-1.20e-3,-1.5,'@SUM(A1)\r\n",
            csv);
    }

    [Fact]
    public async Task Xlsx_keeps_types_and_typed_digits_and_holds_no_formula()
    {
        var bytes = await XlsxAsync(
            Table(
                ["=1+1", SheetCell.Typed("0.350"), SheetCell.Of(new DateOnly(2026, 3, 1)), SheetCell.Of(true)],
                ["a\u0001b", SheetCell.Typed("1.230E-6"), SheetCell.Of(new DateTimeOffset(2026, 3, 1, 8, 30, 0, TimeSpan.FromHours(8))), SheetCell.Of(false)],
                ["", SheetCell.Typed("12345678901234567890"), SheetCell.Blank, 0.1]),
            new SheetTable("结果", ["x"], [[1.5]]),
            new SheetTable("a/b:c*d?[e] and a very long name indeed", ["x"], [[2L]]));
        var sheet = Workbooks.Table(Read(bytes));

        Assert.Equal(["=1+1", "0.350", "2026-03-01", "TRUE"], sheet.Rows[0].Cells);
        Assert.Equal(["ab", "1.230E-6", "2026-03-01T08:30:00", "FALSE"], sheet.Rows[1].Cells);
        Assert.Equal(["", "12345678901234567890", "", "0.1"], sheet.Rows[2].Cells);
        Assert.Equal("结果 (2), a b c d  e  and a very long nam", Assert.Single(sheet.Notices).Arguments[0]);
        Assert.Equal("1.5", Workbooks.Table(Read(bytes, worksheet: "结果 (2)")).Rows[0].Cells[0]);
    }

    [Fact]
    public async Task Xlsx_is_valid_by_the_schema()
    {
        var bytes = await XlsxAsync(Table(["A", SheetCell.Typed("0.350"), SheetCell.Of(new DateOnly(2026, 3, 1)), SheetCell.Of(true)]));
        using var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(new MemoryStream(bytes), false);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document).Select(error => error.Description));
    }

    [Fact]
    public async Task A_hundred_thousand_rows_go_out_and_come_back()
    {
        var rows = Enumerable.Range(0, 100_000).Select(i => (IReadOnlyList<SheetCell>)[$"L{i:000000}", SheetCell.Typed((i * 0.001).ToString("0.000", CultureInfo.InvariantCulture)), SheetCell.Blank, i % 2 == 0 ? "是" : "否"]);
        var sheet = Workbooks.Table(Read(await XlsxAsync(new SheetTable("s", ["a", "b", "c", "d"], rows))));
        Assert.Equal(100_000, sheet.Rows.Count);
        Assert.Equal("99.990", sheet.Rows[99_990].Cells[1]);
    }

    [Fact]
    public void Any_text_survives_the_round_trip_in_both_formats()
    {
        var text = Gen.Elements("", "=1+1", "'=x", "''-", "-0.350", "+1E5", "a,b", "a;b", "\"q\"", "line\nbreak", "tab\tin", "测得值", "𠮷野家", "1.10", "_x0041_", "TRUE", "<&>", "0007")
            .ArrayOf(3);
        var table = text.ArrayOf().Where(rows => rows.Length > 0 && Array.Exists(rows, row => Array.Exists(row, cell => cell.Length > 0)));
        var config = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(17, 1);
        Prop.ForAll(table.ToArbitrary(), rows =>
        {
            var expected = rows.Where(row => Array.Exists(row, cell => cell.Length > 0)).Select(row => string.Join('|', row)).ToList();
            var source = new SheetTable("s", ["a", "b", "c"], rows.Select(row => (IReadOnlyList<SheetCell>)[.. row.Select(SheetCell.Of)]));
            using var csv = new MemoryStream();
            SheetWriter.WriteCsvAsync(csv, source).GetAwaiter().GetResult();
            Assert.Equal(expected, Workbooks.Table(Read(csv.ToArray())).Rows.Select(row => string.Join('|', row.Cells)));
            using var xlsx = new MemoryStream();
            SheetWriter.WriteXlsxAsync(xlsx, [source]).GetAwaiter().GetResult();
            Assert.Equal(expected, Workbooks.Table(Read(xlsx.ToArray())).Rows.Select(row => string.Join('|', row.Cells)));
        }).Check(config);
    }
}
