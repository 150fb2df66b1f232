using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Interface;

namespace Plumbline.Cli;

/// <summary>Findings as a document of their own: HTML for the screen and paper, PDF by the same printer as the reports of comparisons.</summary>
internal static class FindingsReport
{
    public static readonly string[] Formats = ["html", "pdf", "json"];

    private const string Css = """
        .paper .facts { display: block; margin: 0 0 4mm }
        .paper .facts > div { display: grid; grid-template-columns: 62mm 1fr; gap: 0 4mm; padding: .8mm 0; border-bottom: .3pt solid #ddd }
        .paper .facts dt { font-weight: 400; color: #333 }
        .paper .facts dd { margin: 0; overflow-wrap: anywhere }
        .paper .figure { margin: 3mm 0 5mm; break-inside: avoid }
        .paper .chart { max-height: 110mm; --chart-font: "Paper Latin", "Paper Han", "Paper Maths", "Paper Marks", "Noto Sans CJK SC", sans-serif; color-scheme: light; width: 100%; min-width: 0 }
        .paper td.n, .paper th.n { text-align: right; white-space: nowrap }
        .paper .table { overflow: visible }
        .paper .table.short { break-inside: avoid }
        .paper .note { margin: 2mm 0 }
        """;

    public static async Task<Outcome<byte[]>> RenderAsync(Findings findings, string format, CliTexts texts, CancellationToken cancel)
    {
        var paper = await PaperAsync(findings, texts);
        if (format == "html")
            return Encoding.UTF8.GetBytes(paper.ToHtml());
        await using var printer = new PdfPrinter(Environment.GetEnvironmentVariable("PLUMBLINE_CHROMIUM"), NullLogger<PdfPrinter>.Instance);
        return await printer.PrintAsync(paper, cancel);
    }

    private static async Task<Paper> PaperAsync(Findings findings, CliTexts texts)
    {
        var body = new StringBuilder($"<h1>{WebUtility.HtmlEncode(findings.Title)}</h1>");
        body.Append("<dl class=\"facts\">");
        foreach (var fact in findings.Facts)
            body.Append("<div><dt>").Append(Html(fact.Label)).Append("</dt><dd>").Append(Plain(fact.Value)).Append("</dd></div>");
        body.Append("</dl>");
        var number = 0;
        foreach (var table in findings.Tables)
            Table(body, table, texts["cli.table", ++number]);
        foreach (var note in findings.Notes)
            body.Append("<p class=\"note\">").Append(Plain(note)).Append("</p>");
        number = 0;
        foreach (var chart in findings.Charts)
        {
            var svg = await chart.SvgAsync();
            body.Append("<figure class=\"figure\">").Append(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]).Append("<figcaption>")
                .Append(WebUtility.HtmlEncode(texts["cli.figure", ++number])).Append(' ').Append(Html(chart.Caption)).Append("</figcaption></figure>");
        }
        return new()
        {
            Title = findings.Title, Language = texts.Culture.Name, Body = body.ToString(), HeadLeft = findings.Title, HeadRight = NumericCommand.Software,
            Foot = $"SHA-256 {((string)findings.Json["sha256"]!)[..16]}", Styles = ChartCss.Text + Css,
        };
    }

    /// <summary>As many rows stay on one page.</summary>
    private const int MostRowsTogether = 14;

    private static void Table(StringBuilder body, FindingTable table, string number)
    {
        string Class(int column) => table.Left.Contains(column) ? "" : " class=\"n\"";
        body.Append(table.Rows.Count > MostRowsTogether ? "<div class=\"table\">" : "<div class=\"table short\">").Append("<table><caption>").Append(WebUtility.HtmlEncode(number)).Append(' ').Append(Html(table.Caption)).Append("</caption><thead><tr>");
        for (var i = 0; i < table.Head.Length; i++)
            body.Append($"<th scope=\"col\"{Class(i)}>").Append(Html(table.Head[i])).Append("</th>");
        body.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            body.Append("<tr>");
            for (var i = 0; i < row.Length; i++)
                body.Append(i == 0 ? $"<th scope=\"row\"{Class(i)}>" : $"<td{Class(i)}>").Append(Plain(row[i])).Append(i == 0 ? "</th>" : "</td>");
            body.Append("</tr>");
        }
        body.Append("</tbody></table></div>");
    }

    /// <summary>A label of ours, with its marks.</summary>
    private static string Html(string text) => MathText.Html(text).Value;

    /// <summary>What came out of the file, or a number.</summary>
    private static string Plain(string text) => NumbersHtml.Html(text).Value;
}
