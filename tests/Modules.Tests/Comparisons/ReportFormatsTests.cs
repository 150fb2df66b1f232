using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Modules.Tests.Comparisons;

public class ReportFormatsTests
{
    private static readonly EvaluationInput Input = Inputs.Pcb28 with { Comparison = Inputs.Pcb28.Comparison with { Title = "沉积物中 PCB 28 的计量比对", TitleEn = "PCB 28 in sediment", Unit = "ng/g" } };

    private static readonly ReportModel Model = new()
    {
        Kind = ReportKind.Final,
        IssuedOn = new DateOnly(2026, 11, 25),
        Software = "Plumbline 0.1.0",
        Input = Input,
        Result = EvaluationEngine.Run(Input),
        Conclusion = "结果不一致。",
        ConclusionEn = "The results do not agree.",
    };

    [Fact]
    public async Task A_report_speaks_one_language_throughout()
    {
        var zh = Encoding.UTF8.GetString(await RenderAsync("zh", "html"));
        var en = Encoding.UTF8.GetString(await RenderAsync("en", "html"));
        Assert.Contains("沉积物中 PCB 28 的计量比对", zh, StringComparison.Ordinal);
        Assert.Contains("结果不一致。", zh, StringComparison.Ordinal);
        Assert.Contains("The results do not agree.", en, StringComparison.Ordinal);
        var body = new HtmlParser().ParseDocument(en).Body!.TextContent;
        Assert.DoesNotMatch("[\u3400-\u9fff]", body);
        // Every text is there: a missing one would show its key.
        foreach (var page in new[] { zh, en })
            Assert.DoesNotMatch(@"(report|evaluation)\.[a-z]+(-[a-z]+)*(\.|<)", new HtmlParser().ParseDocument(page).Body!.TextContent);
    }

    [Fact]
    public async Task Tables_and_figures_are_numbered_in_order_and_every_header_cell_has_a_scope()
    {
        var document = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(await RenderAsync("en", "html")));
        var tables = document.QuerySelectorAll("caption").Select(c => int.Parse(Regex.Match(c.TextContent, @"Table (\d+)").Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(Enumerable.Range(1, tables.Length), tables);
        var figures = document.QuerySelectorAll("figcaption").Select(c => int.Parse(Regex.Match(c.TextContent, @"Figure (\d+)").Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(Enumerable.Range(1, 5), figures);
        Assert.All(document.QuerySelectorAll("th"), h => Assert.NotNull(h.GetAttribute("scope")));
        var ids = document.QuerySelectorAll("[id]").Select(e => e.Id).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_tables_hold_typed_digits_and_unrounded_figures_and_the_JSON_everything()
    {
        var reading = Sheet.Read(new MemoryStream(await RenderAsync("en", "csv")), "report.csv", SheetLimits.Default);
        Assert.True(reading.Succeeded, string.Join("; ", reading.Problems));
        var sheet = reading.Sheet;
        Assert.Equal(6, sheet.Rows.Count);
        var en = sheet.Column("en", "E_n");
        Assert.Equal(Model.Result.Points[0].Laboratories[0].En!.Value, double.Parse(sheet.Rows[0][en], CultureInfo.InvariantCulture));
        Assert.Equal("34.53", sheet.Rows[2].Cells[2]);
        var back = ReportModel.FromJson(Encoding.UTF8.GetString(await RenderAsync("zh", "json")));
        Assert.Equal(Model.ToJson(), back.ToJson());
        Assert.Equal(EvaluationEngine.Run(back.Input).ToJson(), back.Result.ToJson());
        using var workbook = new MemoryStream(await RenderAsync("zh", "xlsx"));
        Assert.NotNull(Sheet.Read(workbook, "report.xlsx", SheetLimits.Default).Sheet);
    }

    [Fact]
    public async Task The_same_report_gives_the_same_bytes()
    {
        foreach (var format in new[] { "html", "csv", "json" })
            Assert.Equal(await RenderAsync("zh", format), await RenderAsync("zh", format));
    }

    [BrowserFact]
    public async Task The_PDF_is_paged_and_its_Chinese_title_can_be_searched()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, await RenderAsync("zh", "pdf"));
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("pdftotext", [file, "-"]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        File.Delete(file);
        Assert.Contains("计量比对", text, StringComparison.Ordinal);
        Assert.Matches(@"第\s*2\s*页\s*共\s*\d+\s*页", text);
        Assert.Contains("IRMM", text, StringComparison.Ordinal);
        Assert.Contains(Model.Result.InputSha256, text, StringComparison.Ordinal);
    }

    private static async Task<byte[]> RenderAsync(string language, string format)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddInterface().AddTexts<ComparisonsTexts>().AddSingleton<ReportFormats>().BuildServiceProvider();
        return Cast.Accept(await services.GetRequiredService<ReportFormats>().RenderAsync(Model, language, format));
    }
}
