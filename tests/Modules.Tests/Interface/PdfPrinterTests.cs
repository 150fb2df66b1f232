using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Interface;

namespace Plumbline.Modules.Tests.Interface;

public class PdfPrinterTests
{
    private static readonly Paper Report = new()
    {
        Title = "比对报告",
        Language = "zh",
        HeadLeft = "示例比对 “10 kΩ” <标准电阻>",
        HeadRight = "CN-E-2026-01",
        Foot = "示例计量院",
        Body = """
            <section class="cover"><h1>量值比对报告</h1><p class="subtitle">传递标准：标准电阻</p></section>
            <h1>等效度</h1>
            <p>参考值 <i>x</i><sub>ref</sub> = (10.000 12 ± 0.000 18) kΩ，<i>k</i> = 2；δ ≤ 3 × 10<sup>−6</sup>，残差 −0.4 ‰，1.5 μV²。</p>
            <table><caption>表 1 参比实验室结果</caption><thead><tr><th>实验室</th><th class="number">值</th></tr></thead><tbody><tr><td>铷钟实验室 A</td><td class="number">10.000 12</td></tr></tbody></table>
            """,
    };

    [BrowserFact]
    public async Task A_report_becomes_a_PDF_whose_Chinese_can_be_searched_in_fonts_it_carries()
    {
        await using var printer = Printer();
        var pdf = await PrintAsync(printer, Report);
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(pdf, 0, 8), StringComparison.Ordinal);

        var text = await ReadWithAsync("pdftotext", pdf, "-layout", "-", "-");
        foreach (var expected in (string[])["量值比对报告", "参比实验室结果", "铷钟实验室 A", "10.000 12 ± 0.000 18", "−0.4 ‰", "μV", "示例比对 “10 kΩ” <标准电阻>"])
            Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Matches(@"第\s*2\s*页\s*共\s*2\s*页", text);
        Assert.DoesNotMatch(@"第\s*1\s*页", text); // the cover has no margins' texts

        var fonts = (await ReadWithAsync("pdffonts", pdf, "-")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.NotEmpty(fonts);
        Assert.All(fonts, font => Assert.Matches(@"(?:CID )?TrueType .*yes yes yes", font));
        Assert.Matches("Tagged: *yes", await ReadWithAsync("pdfinfo", pdf, "-"));
    }

    [BrowserFact]
    public async Task A_printed_page_reaches_no_address_and_runs_no_script()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var called = listener.AcceptTcpClientAsync();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        await using var printer = Printer();
        var pdf = await PrintAsync(printer, Report with
        {
            Body = $"""
                <p id="p">原文</p><img src="{address}x.png" alt=""><iframe src="{address}"></iframe><iframe src="file:///etc/hostname"></iframe>
                <link rel="stylesheet" href="{address}x.css"><meta http-equiv="refresh" content="0;url={address}">
                <script>document.getElementById("p").textContent = "改写"; fetch("{address}");</script><img src="x" onerror="document.body.textContent='改写'" alt="">
                """,
        });
        Assert.Contains("原文", await ReadWithAsync("pdftotext", pdf, "-", "-"), StringComparison.Ordinal);
        Assert.False(called.IsCompleted);
    }

    [Fact]
    public async Task Without_a_browser_the_refusal_says_so()
    {
        await using var printer = new PdfPrinter("/nowhere/chromium", NullLogger<PdfPrinter>.Instance);
        Assert.False(printer.IsAvailable);
        Assert.Equal("pdf-no-browser", Assert.Single((await printer.PrintAsync(Report)).Refusals).Code);
    }

    [Fact]
    public async Task A_browser_that_hangs_is_stopped_with_all_it_started()
    {
        using var browser = new FakeBrowser("sleep 300 & echo $! > \"$0.child\"; wait");
        await using var printer = new PdfPrinter(browser.Path, NullLogger<PdfPrinter>.Instance) { Limit = TimeSpan.FromSeconds(1) };
        var outcome = await printer.PrintAsync(Report);
        Assert.Equal("pdf-timeout", Assert.Single(outcome.Refusals).Code);
        // Dead, or dead and not yet collected by whoever inherited it.
        var status = $"/proc/{(await File.ReadAllTextAsync(browser.Path + ".child")).Trim()}/status";
        Assert.True(!File.Exists(status) || (await File.ReadAllTextAsync(status)).Contains("State:\tZ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_browser_that_crashes_is_a_refusal_and_the_next_report_has_its_turn()
    {
        using var browser = new FakeBrowser("echo no display >&2; exit 1");
        await using var printer = new PdfPrinter(browser.Path, NullLogger<PdfPrinter>.Instance);
        var outcomes = await Task.WhenAll(printer.PrintAsync(Report), printer.PrintAsync(Report));
        Assert.All(outcomes, outcome => Assert.Equal("pdf-failed", Assert.Single(outcome.Refusals).Code));
    }

    [Fact]
    public async Task Closing_the_printer_ends_what_it_prints()
    {
        using var browser = new FakeBrowser("sleep 300");
        var printer = new PdfPrinter(browser.Path, NullLogger<PdfPrinter>.Instance);
        var printing = printer.PrintAsync(Report);
        await Task.Delay(200);
        await printer.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => printing);
    }

    [Fact]
    public void Margin_texts_cannot_leave_their_string()
    {
        var html = (Report with { HeadLeft = "\"} body { display: none } </style><script>" }).ToHtml();
        Assert.DoesNotContain("</style><script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"} body", html, StringComparison.Ordinal);
    }

    private static PdfPrinter Printer() => new(null, NullLogger<PdfPrinter>.Instance);

    private static async Task<byte[]> PrintAsync(PdfPrinter printer, Paper paper)
    {
        var outcome = await printer.PrintAsync(paper);
        Assert.Empty(outcome.Refusals);
        return outcome.Value!;
    }

    private static async Task<string> ReadWithAsync(string tool, byte[] pdf, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(pdf);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return await text;
    }

    /// <summary>A program in the browser's place.</summary>
    private sealed class FakeBrowser : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("plumbline-fake-").FullName;

        public FakeBrowser(string script)
        {
            Path = System.IO.Path.Combine(folder, "chromium");
            File.WriteAllText(Path, $"#!/bin/sh\n{script}\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        public string Path { get; }

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
