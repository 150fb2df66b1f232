using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Cli;
using Plumbline.Comparisons;
using Plumbline.Sheets;

namespace Plumbline.Modules.Tests.CommandLine;

public sealed class EvaluateTests : CommandLineTests
{
    [Fact]
    public async Task PCB28_by_the_largest_consistent_subset_leaves_NARL_and_NRC_out()
    {
        var (code, output, _) = await RunAsync(Path.Combine(Samples, "pcb28.json"), "--method", "LargestConsistentSubset", "--lang", "en");
        Assert.Equal(0, code);
        Assert.Contains("(32.40 ± 0.43) ng/g (k = 2)".Replace(' ', '\u00A0'), output.Replace(' ', '\u00A0'), StringComparison.Ordinal);
        Assert.Equal(2, output.Split('\n').Count(l => l.Contains("independent", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Columns_stay_aligned_where_Chinese_characters_take_two_places()
    {
        var (_, output, _) = await RunAsync(Path.Combine(Samples, "transfer.csv"), "--lang", "zh");
        var lines = output.Split('\n');
        var head = Array.FindIndex(lines, l => l.StartsWith("实验室", StringComparison.Ordinal));
        // The rule under the head is as wide as the head's text in terminal columns.
        var column = lines[head][..lines[head].IndexOf("E_n", StringComparison.Ordinal)];
        Assert.StartsWith("------", lines[head + 1], StringComparison.Ordinal);
        Assert.Equal(TextTable.Width(column), lines[head + 2][..lines[head + 2].IndexOf("−0.38", StringComparison.Ordinal)].Sum(c => TextTable.Width(c.ToString())) + 2);
    }

    [Theory, InlineData("pcb28.json", 6), InlineData("ra223.json", 4), InlineData("gauge-block.csv", 9), InlineData("transfer.csv", 4)]
    public async Task Every_sample_is_evaluated(string sample, int laboratories)
    {
        var (code, output, error) = await RunAsync(Path.Combine(Samples, sample), "--json");
        Assert.True(code == 0, error);
        Assert.Equal(laboratories, JsonNode.Parse(output)!["laboratories"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_Ra_223_sample_gives_the_published_reference_value_by_the_method_of_its_report()
    {
        var (_, output, _) = await RunAsync(Path.Combine(Samples, "ra223.json"), "--json");
        var reference = JsonNode.Parse(output)!["points"]![0]!["reference"]!;
        Assert.Equal("PowerModeratedMean", (string?)reference["method"]);
        Assert.Equal(54670, (double)reference["value"]!, 5.5);
        Assert.Equal(140, (double)reference["standardUncertainty"]!, 5.5);
    }

    [Fact]
    public async Task A_gauge_block_comparison_agrees_with_its_reference_case()
    {
        var (_, output, _) = await RunAsync(Path.Combine(Samples, "gauge-block.csv"), "--json");
        var point = JsonNode.Parse(output)!["points"]![0]!;
        Assert.Equal(14.1713195454586, (double)point["reference"]!["value"]!, 9);
        Assert.Equal(3.13134828764439, (double)point["reference"]!["standardUncertainty"]!, 9);
        Assert.Equal(1.55953627771213, (double)point["consistency"]!["birgeRatio"]!, 9);
    }

    [Fact]
    public async Task A_workbook_with_Chinese_heads_and_a_CSV_in_GB18030_read_the_same()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = "实验室,测得值 (mV),扩展不确定度 U,包含因子\nL01,1.0010,0.0020,2\nL02,1.0050,0.0030,3\nL03,0.9990,0.0020,2\n";
        var csv = Path.Combine(Folder, "same.csv");
        await File.WriteAllBytesAsync(csv, Encoding.GetEncoding("GB18030").GetBytes(text));
        var xlsx = Path.Combine(Folder, "same.xlsx");
        await using (var stream = File.Create(xlsx))
            await SheetWriter.WriteXlsxAsync(stream, [new SheetTable("结果", ["实验室", "测得值 (mV)", "扩展不确定度 U", "包含因子"],
                [["L01", SheetCell.Typed("1.0010"), SheetCell.Typed("0.0020"), SheetCell.Typed("2")], ["L02", SheetCell.Typed("1.0050"), SheetCell.Typed("0.0030"), SheetCell.Typed("3")], ["L03", SheetCell.Typed("0.9990"), SheetCell.Typed("0.0020"), SheetCell.Typed("2")]])]);
        var first = await RunAsync(csv, "--json");
        var second = await RunAsync(xlsx, "--json");
        Assert.True(first.Code == 0 && second.Code == 0, first.Error + second.Error);
        Assert.Equal(first.Output, second.Output);
        Assert.Contains("\"valueText\":\"1.0010\"", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_faulty_row_is_named_with_its_column_and_nothing_is_written()
    {
        var file = Path.Combine(Folder, "bad.csv");
        await File.WriteAllTextAsync(file, "laboratory,value,U,k\nA,1.0,0.1,2\nB,abc,0.1,2\nC,1.2,,2\nD,1.1,0.1,\n");
        var report = Path.Combine(Folder, "report.html");
        var (code, _, error) = await RunAsync(file, "--lang", "en", "--report", report);
        Assert.Equal(1, code);
        Assert.Contains("Row 3, column \"value\": \"abc\"", error, StringComparison.Ordinal);
        Assert.Contains("Row 4, column \"U\" is blank", error, StringComparison.Ordinal);
        Assert.Contains("Row 5: an expanded uncertainty without coverage factor", error, StringComparison.Ordinal);
        Assert.False(File.Exists(report));
    }

    [Theory, InlineData("html"), InlineData("csv"), InlineData("xlsx"), InlineData("json")]
    public async Task The_report_is_written_in_the_form_that_its_name_asks_for(string format)
    {
        var report = Path.Combine(Folder, $"report.{format}");
        var (code, _, error) = await RunAsync(Path.Combine(Samples, "ra223.json"), "--report", report, "--lang", "zh");
        Assert.True(code == 0, error);
        Assert.True(new FileInfo(report).Length > 500);
        if (format == "json")
            Assert.Equal("BIPM.RI(II)-K1.Ra-223", ReportModel.FromJson(await File.ReadAllTextAsync(report)).Input.Comparison.Code);
    }

    [Fact]
    public async Task A_wrong_call_is_told_from_a_refused_input()
    {
        Assert.Equal(1, (await RunAsync(Path.Combine(Folder, "none.json"))).Code);
        Assert.Equal(2, (await RunAsync(Path.Combine(Samples, "pcb28.json"), "--report", Path.Combine(Folder, "report.doc"))).Code);
        await File.WriteAllTextAsync(Path.Combine(Folder, "broken.json"), "{ \"labs\": [1, 2");
        Assert.Equal(1, (await RunAsync(Path.Combine(Folder, "broken.json"))).Code);
    }

    private static new Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => CommandLineTests.RunAsync(["evaluate", .. args]);
}
