using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Modules.Tests.Comparisons;

public class ImportResultsTests
{
    private const string Head = "测量点序号,单位,测得值,扩展不确定度 U,包含因子 k,测量日期\n";

    [Theory, EachDatabase]
    public async Task A_file_becomes_a_package_that_keeps_its_digits(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        var imported = await ImportAsync(stage, Head + "1,V,1.000 10,0.000 20,2,2026-03-01\n2,V,１０．０,0.002,2,2026/3/1\n");
        Assert.Empty(imported.Problems);
        Assert.Equal(["1.000 10", "１０．０"], imported.Checked!.Submission.Results.Select(r => r.ValueText));
        await using var db = database.Open();
        Assert.False(await db.Submissions.AnyAsync());
    }

    [Fact]
    public async Task Every_fault_names_its_row_its_column_what_stands_there_and_what_is_expected()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database);
        var imported = await ImportAsync(stage, Head + "1,mV,1.0001,0.0002,2,2026-03-01\n2,V,\"10,5\",-1,,2026-03-01\n7,V,1,1,2,\n");
        Assert.Null(imported.Checked);
        var found = imported.Problems.Select(p => (p.Row, p.Column, p.Value, p.Code)).ToArray();
        Assert.Contains(((int?)2, "单位", "mV", "results-unit-differs"), found);
        Assert.Contains(((int?)3, "测得值", "10,5", "number-decimal-comma"), found);
        Assert.Contains(((int?)3, "扩展不确定度 U", "-1", "results-uncertainty-not-positive"), found);
        Assert.Contains(((int?)3, "包含因子 k", "", "results-coverage-missing"), found);
        Assert.Contains(((int?)4, "测量点序号", "7", "results-point-unknown"), found);
        Assert.All(imported.Problems, p => Assert.False(p.Message.StartsWith("refusal.", StringComparison.Ordinal), p.Message));
    }

    [Fact]
    public async Task Files_in_GB18030_are_read_and_broken_ones_refused_in_words()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var chinese = Encoding.GetEncoding("GB18030").GetBytes("实验室代码," + Head + "P,1,V,1.0001,0.0002,2,2026-03-01\nP,2,V,10.001,0.002,2,2026-03-01\n");
        Assert.NotNull((await ImportAsync(stage, chinese)).Checked);
        Assert.Equal("sheet.damaged", Assert.Single((await ImportAsync(stage, [0x50, 0x4B, 3, 4, 9, 9, 9])).Problems).Code);
        Assert.Equal("sheet.missing-column", Assert.Single((await ImportAsync(stage, "测量点序号,测得值\n1,1\n")).Problems).Code);
    }

    [Fact]
    public async Task A_laboratory_that_is_not_ones_own_is_unknown()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database);
        var imported = await ImportAsync(stage, "实验室代码," + Head + "L02,1,V,1.0001,0.0002,2,\nP,2,V,10.001,0.002,2,\n");
        var problem = Assert.Single(imported.Problems);
        Assert.Equal((2, "实验室代码", "L02", "results-laboratory-unknown"), (problem.Row, problem.Column, problem.Value, problem.Code));
    }

    [Fact]
    public async Task A_hundred_thousand_rows_are_judged_and_nothing_is_stored()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database);
        var rows = new StringBuilder(Head);
        for (var i = 0; i < 100_000; i++)
            rows.Append("1,V,1.0001,0.0002,2,\n");
        var imported = await ImportAsync(stage, rows.ToString());
        Assert.Null(imported.Checked);
        Assert.Equal(PackageReader.MostRefusals + 1, imported.Problems.Count);
        await using var db = database.Open();
        Assert.False(await db.Submissions.AnyAsync());
    }

    [Theory, EachDatabase]
    public async Task Capital_U_and_small_u_are_two_columns_that_have_to_agree_row_by_row(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        // 0.0213/2 rounded up and to the nearest; the second row is off by more than rounding.
        var imported = await ImportAsync(stage, "point,unit,value,U (V),u (V),k\n1,V,1.0001,0.0213,0.0107,2\n2,V,10.001,0.0213,0.0110,2\n");
        var problem = Assert.Single(imported.Problems);
        Assert.Equal((3, "u (V)", "0.0110", "results-standard-disagrees"), (problem.Row, problem.Column, problem.Value, problem.Code));
        // u alone is kept in its own digits, with k = 1; in the second row it has a k and no U.
        imported = await ImportAsync(stage, "测量点,单位,测得值,标准不确定度,k\n1,V,1.0001,0.00010,\n2,V,10.001,0.0010,1\n");
        Assert.Empty(imported.Problems);
        Assert.Equal([("0.00010", 1.0, 0.0001), ("0.0010", 1.0, 0.001)], imported.Checked!.Submission.Results.Select(r => (r.UncertaintyText, r.CoverageFactor!.Value, r.StandardUncertainty)));
        imported = await ImportAsync(stage, "point,unit,value,u,k\n1,V,1.0001,0.0001,2\n2,V,10.001,-1,\n");
        Assert.Equal([(2, "results-expanded-missing"), (3, "results-uncertainty-not-positive")], imported.Problems.Select(p => (p.Row, p.Code)).Select(p => ((int)p.Row!, p.Code)));
        Assert.Equal("u", imported.Problems[1].Column);
        // U in two columns is still one too many, and a unit must be the protocol's.
        Assert.Equal("sheet.ambiguous-column", Assert.Single((await ImportAsync(stage, "point,value,U,扩展不确定度\n1,1,1,1\n")).Problems).Code);
        Assert.Equal("results-unit-differs", (await ImportAsync(stage, "point,unit,value,U,u (mV),k\n1,V,1.0001,0.0002,0.1,2\n")).Problems[0].Code);
    }

    [Theory, InlineData("csv"), InlineData("xlsx")]
    public async Task The_template_asks_for_what_is_owed_and_is_read_back(string format)
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database);
        await using var scope = database.As(stage.Pilot);
        var (_, tables) = Cast.Accept(await scope.Get<ImportResults>().TemplateAsync(stage.Code, null, stage.Pilot));
        using var file = new MemoryStream();
        await (format == "csv" ? SheetWriter.WriteCsvAsync(file, tables[0]) : SheetWriter.WriteXlsxAsync(file, tables));
        var imported = await ImportAsync(stage, file.ToArray());
        Assert.Equal(["1", "2"], imported.Request.Points.Select(p => p.Point));
        Assert.Equal(6, imported.Problems.Count);
        Assert.All(imported.Problems, p => Assert.Contains(p.Code, new[] { "number-missing", "results-coverage-missing" }));
    }

    [Fact]
    public async Task A_workbooks_second_sheet_holds_the_budget()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database);
        using var file = new MemoryStream();
        await SheetWriter.WriteXlsxAsync(file,
        [
            new SheetTable("测量结果", ["point", "unit", "value", "U", "k"], [["1", "V", SheetCell.Typed("1.0010"), SheetCell.Typed("0.0002"), SheetCell.Typed("2")], ["2", "V", SheetCell.Typed("10.001"), SheetCell.Typed("0.002"), SheetCell.Typed("2")]]),
            new SheetTable("不确定度分量", ["point", "source", "type", "contribution"], [["1", "重复性", "A", SheetCell.Typed("0.0001")], ["9", "?", "A", SheetCell.Typed("1")]]),
        ]);
        var imported = await ImportAsync(stage, file.ToArray());
        var problem = Assert.Single(imported.Problems);
        Assert.Equal((3, "results-budget-orphan"), (problem.Row, problem.Code));
        Assert.Equal("重复性", Assert.Single(imported.Request.Points[0].Budget).Source);
        Assert.Equal("1.0010", imported.Request.Points[0].Value);
    }

    private static Task<ImportedPackage> ImportAsync(Circulating stage, string text) => ImportAsync(stage, Encoding.UTF8.GetBytes(text));

    private static async Task<ImportedPackage> ImportAsync(Circulating stage, byte[] file)
    {
        await using var scope = stage.Database.As(stage.Pilot);
        return Cast.Accept(await scope.Get<ImportResults>().CheckAsync(stage.Code, file, "结果", null, null, new(), stage.Pilot));
    }
}
