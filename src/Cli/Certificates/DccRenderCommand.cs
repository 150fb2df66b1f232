using System.CommandLine;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Certificates;
using Plumbline.Interface;

namespace Plumbline.Cli;

/// <summary><c>plumbline dcc render FILE --out x.html|x.pdf</c>: any certificate as a page for people.</summary>
internal static class DccRenderCommand
{
    public static Command Create(CliTexts texts)
    {
        var file = DccInput.File(texts);
        var target = new Option<string?>("--out") { Description = texts["dcc.render.out"] };
        var seal = new Option<string?>("--seal") { Description = texts["dcc.render.seal"] };
        var language = DccInput.Language(texts);
        var command = new Command("render", texts["dcc.render.summary"]) { file, target, seal, language };
        command.SetAction(async (call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language) ?? texts.Culture.Name);
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            var path = call.GetValue(target);
            var format = path is null ? ".html" : Path.GetExtension(path).ToLowerInvariant();
            if (format is not (".html" or ".htm" or ".pdf"))
            {
                await error.WriteLineAsync(words["dcc.render.format", path]);
                return 2;
            }
            if (await DccInput.ReadAsync(call.GetRequiredValue(file), words, error, cancel) is not var (read, bytes))
                return 1;
            string? svg = null;
            if (call.GetValue(seal) is { } picture)
            {
                if (await DccInput.BytesAsync(picture, words, error, cancel) is not { } drawn)
                    return 1;
                svg = Encoding.UTF8.GetString(drawn);
                svg = svg[Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))..];
            }
            var digest = DccInput.Digest(bytes);
            DccPage page;
            try
            {
                page = DccHtml.Render(read.Document, new() { Language = words.Culture.Name, Digest = digest, SealSvg = svg, SealCaption = svg is null ? null : words["dcc.render.scan"] });
            }
            catch (ArgumentException)
            {
                await error.WriteLineAsync(words["dcc.render.not-svg", call.GetValue(seal)]);
                return 2;
            }
            if (path is null)
            {
                await output.WriteAsync(page.Html);
                return 0;
            }
            if (format != ".pdf")
                return await DccInput.SaveAsync(path, Encoding.UTF8.GetBytes(page.Html), words, error, cancel) ? 0 : 1;
            var printed = await PrintAsync(page, digest, cancel);
            return printed.Value is { } pdf ? await DccInput.SaveAsync(path, pdf, words, error, cancel) ? 0 : 1 : NumericCommand.Refuse(printed.Refusals, words, error, 3);
        });
        return command;
    }

    private static async Task<Outcome<byte[]>> PrintAsync(DccPage page, string digest, CancellationToken cancel)
    {
        await using var printer = new PdfPrinter(Environment.GetEnvironmentVariable("PLUMBLINE_CHROMIUM"), NullLogger<PdfPrinter>.Instance);
        return await printer.PrintAsync(new() { Title = $"{page.Title} {page.Number}", Language = page.Language, Body = page.Body, HeadLeft = $"{page.Issuer} {page.Title}", HeadRight = page.Number, Foot = digest, Styles = DccPage.Styles }, cancel);
    }
}
