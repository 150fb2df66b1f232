namespace Plumbline.Certificates;

/// <summary>What a page of a certificate needs besides the certificate.</summary>
public sealed record DccPageOptions
{
    /// <summary><c>zh</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "zh";

    /// <summary>The QR seal as an SVG element of our own making, put in as it is; null for none.</summary>
    public string? SealSvg { get; init; }

    /// <summary>What stands under the seal: how to check the document.</summary>
    public string? SealCaption { get; init; }

    /// <summary>The digest of the file as it is shown: <c>SHA-256 9f86…</c>.</summary>
    public string? Digest { get; init; }

    /// <summary>A notice at the head of every first page: that the document was revoked, or is a draft.</summary>
    public string? Notice { get; init; }
}

/// <summary>A certificate as a page for people.</summary>
/// <param name="Title">Title of the document.</param>
/// <param name="Number">Its number.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Language"><c>zh</c> or <c>en</c>.</param>
/// <param name="Body">The content of <c>body</c>, encoded.</param>
public sealed record DccPage(string Title, string Number, string Issuer, string Language, string Body)
{
    /// <summary>The style sheet: <see cref="Body"/> alone looks right with it on screen and paper.</summary>
    public static string Styles => DccStyles.Text;

    /// <summary>The whole page in one file: no script, nothing from elsewhere.</summary>
    public string Html => $"""
        <!doctype html>
        <html lang="{(Language == "en" ? "en" : "zh-CN")}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <meta name="referrer" content="no-referrer">
        <title>{Certificates.Html.Encode(Title)} {Certificates.Html.Encode(Number)}</title>
        <style>{DccStyles.Page}{DccStyles.Text}</style>
        </head>
        <body>
        {Body}
        </body>
        </html>

        """;
}

/// <summary>Shows any certificate to people: title, parties, dates, persons, standards, conditions, results, statements.</summary>
/// <remarks>The certificate is taken for hostile: every text is encoded, formulas are shown as their source, only PNG and JPEG pictures are drawn, nothing is loaded.</remarks>
public static class DccHtml
{
    /// <summary>The page.</summary>
    /// <exception cref="ArgumentException">The language is neither <c>zh</c> nor <c>en</c>, or the seal is no SVG element.</exception>
    public static DccPage Render(DccDocument document, DccPageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        options ??= new();
        if (options.Language is not ("zh" or "en"))
            throw new ArgumentException($"Language '{options.Language}': zh or en expected.", nameof(options));
        if (options.SealSvg is { } svg && (!svg.TrimStart().StartsWith("<svg", StringComparison.Ordinal) || svg.Contains("<script", StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException("The seal must be an SVG element without scripts.", nameof(options));
        var words = new PageWords(options.Language);
        var face = new FacePart(document, words, options);
        var body = new Html();
        body.Raw("<main class=\"dcc\">\n").Raw(face.Render()).Raw("<div class=\"inner\">\n");
        body.Raw(new MeansPart(words).Render(document));
        body.Raw(new ResultsPart(words).Render(document.Measurements));
        body.Raw(new StatementsPart(words).Render(document));
        body.Raw("</div>\n</main>\n");
        return new(face.Title, document.Administrative.Core.UniqueIdentifier?.Trim() ?? "", document.Administrative.Laboratory.Contact?.Name?.In(options.Language) ?? "", options.Language, body.ToString());
    }
}
