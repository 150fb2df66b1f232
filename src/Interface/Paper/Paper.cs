using System.Net;

namespace Plumbline.Interface;

/// <summary>A document to be printed: its content as HTML, and what every page repeats.</summary>
public sealed record Paper
{
    public required string Title { get; init; }
    /// <summary><c>zh</c> or <c>en</c>.</summary>
    public required string Language { get; init; }
    /// <summary>The content of <c>body</c>, already encoded. Scripts in it do not run and nothing outside it is loaded but <c>data:</c> pictures.</summary>
    public required string Body { get; init; }
    /// <summary>Running head on the left: what this is.</summary>
    public string? HeadLeft { get; init; }
    /// <summary>Running head on the right: its number or state.</summary>
    public string? HeadRight { get; init; }
    /// <summary>Foot on the left, beside the page number: issuer, date or hash.</summary>
    public string? Foot { get; init; }
    /// <summary>Rules after <see cref="PaperCss.Text"/>, for one kind of report.</summary>
    public string? Styles { get; init; }

    /// <summary>The whole document in one file, for the screen as for paper.</summary>
    public string ToHtml() => ToHtml(fonts: "");

    internal string ToHtml(string fonts) => $"""
        <!doctype html>
        <html lang="{(Language == "en" ? "en" : "zh-CN")}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{WebUtility.HtmlEncode(Title)}</title>
        <style>{fonts}{PaperCss.Text}{PaperCss.Margins(this)}{Styles}</style>
        </head>
        <body class="paper">{Body}</body>
        </html>
        """;
}
