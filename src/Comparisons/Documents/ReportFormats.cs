using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>A report in every form that it is handed out in. Each follows from the model alone.</summary>
public sealed class ReportFormats(IServiceProvider services, Texts texts, PdfPrinter printer, ILoggerFactory logs)
{
    public static readonly IReadOnlyList<string> All = ["pdf", "html", "xlsx", "csv", "json"];
    public static readonly IReadOnlyList<string> Languages = ["zh", "en"];

    public bool CanPrint => printer.IsAvailable;

    public static string ContentType(string format) => format switch
    {
        "pdf" => "application/pdf",
        "html" => "text/html; charset=utf-8",
        "csv" => Sheets.SheetWriter.CsvContentType,
        "xlsx" => Sheets.SheetWriter.XlsxContentType,
        "json" => "application/json; charset=utf-8",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such format."),
    };

    /// <summary>The document's bytes; a refusal only where printing is impossible.</summary>
    public async Task<Outcome<byte[]>> RenderAsync(ReportModel model, string language, string format, CancellationToken cancel = default)
    {
        switch (format)
        {
            case "json":
                return Encoding.UTF8.GetBytes(model.ToJson());
            case "html":
                return Encoding.UTF8.GetBytes((await PaperAsync(model, language)).ToHtml());
            case "pdf":
                return await printer.PrintAsync(await PaperAsync(model, language), cancel);
            default:
                using (var memory = new MemoryStream())
                {
                    var tables = InLanguage(language, () => ReportTables.Of(model, texts));
                    if (format == "csv")
                        await Sheets.SheetWriter.WriteCsvAsync(memory, tables[0], cancel);
                    else
                        await Sheets.SheetWriter.WriteXlsxAsync(memory, tables, cancel);
                    return memory.ToArray();
                }
        }
    }

    private async Task<Paper> PaperAsync(ReportModel model, string language)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var body = await InLanguage(language, () => renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<ReportDocument>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ReportDocument.Model)] = model }))).ToHtmlString()));
        return InLanguage(language, () => new Paper
        {
            Title = model.Title,
            Language = language,
            Body = body,
            HeadLeft = model.Title,
            HeadRight = model.Kind == ReportKind.Evaluation ? texts[$"report.kind.{model.Kind}"] : $"{model.Input.Comparison.Code} · {texts[$"report.kind.{model.Kind}"]}",
            Foot = $"SHA-256 {model.Result.InputSha256[..16]}{(model.IssuedOn is { } day ? $" · {day:yyyy-MM-dd}" : null)}",
            Styles = ChartCss.Text + ReportCss,
        });
    }

    private const string ReportCss = """
        .paper .facts { display: block; margin: 0 0 4mm }
        .paper .facts > div { display: grid; grid-template-columns: 34mm 1fr; gap: 0 4mm; padding: .8mm 0; border-bottom: .3pt solid #ddd }
        .paper .cover dl { grid-template-columns: 30mm 1fr; border-top: 1pt solid #000; padding-top: 5mm; font-size: 10pt }
        .paper .cover dd { overflow-wrap: anywhere }
        .paper .figure { margin: 3mm 0 5mm }
        .paper .facts .wide { page: auto }
        .paper figcaption { break-before: avoid; break-after: auto }
        .paper .table:not(:has(tbody > tr:nth-child(16))) { break-inside: avoid }
        .paper .chart { max-height: 82mm; --chart-font: "Paper Latin", "Paper Han", "Paper Maths", "Paper Marks", "Noto Sans CJK SC", sans-serif; color-scheme: light; width: 100%; min-width: 0 }
        .paper .out th, .paper .out td { background: #f7e3e1 }
        .paper .mine th, .paper .mine td { background: #fdf1d6 }
        .paper .pairs { font-size: 7pt }
        .paper .pairs td { white-space: normal; padding: .8mm 1mm; text-align: right }
        .paper .table { overflow: visible }
        .paper .definitions li { margin-bottom: 1mm }
        """;

    private static T InLanguage<T>(string language, Func<T> make)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = language == "en" ? Texts.English : Texts.Chinese;
        try
        {
            return make();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
