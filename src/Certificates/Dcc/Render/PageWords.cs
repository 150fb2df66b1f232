using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>What a page says in its language: labels from resources, texts of the document, dates; everything encoded.</summary>
internal sealed class PageWords(string language)
{
    private const int LargestPicture = 4 << 20;
    private static readonly string[] englishMonths = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private readonly CultureInfo culture = CultureInfo.GetCultureInfo(language);

    public string Language => language;

    /// <summary>A label, not encoded.</summary>
    public string this[string key, params object?[] arguments] => CertificatesTexts.Get(culture, key, arguments);

    /// <summary>A text of the document; marked with its own language where it is not the page's.</summary>
    public string Text(DccText? text) => text is null || DccContentChoice.In(text.Contents, language) is not { } content ? "" : Marked(content);

    /// <summary>Paragraphs, formulas and files of the document.</summary>
    public string Rich(DccRichText? rich)
    {
        if (rich is null)
            return "";
        var html = new Html();
        html.Element("strong", Text(rich.Name));
        var chosen = DccContentChoice.AllIn([.. rich.Contents], language).ToHashSet();
        var several = rich.Entries.Count(e => e is not DccContent || chosen.Contains(e)) > 1;
        foreach (var entry in rich.Entries)
        {
            if (entry is DccContent content && chosen.Contains(content))
                html.Raw(several ? $"<p>{Marked(content)}</p>" : Marked(content));
            else if (entry is DccFormula formula)
                html.Element("p", Formula(formula));
            else if (entry is DccByteData file)
                html.Element("p", File(file));
        }
        return html.ToString();
    }

    /// <summary>A formula as its source: nothing of a stranger's is run or drawn.</summary>
    public static string Formula(DccFormula formula) =>
        $"<code class=\"formula\">{Html.Encode(formula.Latex ?? string.Concat(formula.MathMl?.DescendantNodes().OfType<System.Xml.Linq.XText>().Select(t => t.Value + " ") ?? []))}</code>";

    /// <summary>A picture (PNG, JPEG) as it is, any other file by name, type and size.</summary>
    public string File(DccByteData file)
    {
        var name = Text(file.Name) is { Length: > 0 } given ? given : Html.Encode(file.FileName);
        var base64 = string.Concat((file.Base64 ?? "").Where(c => !char.IsWhiteSpace(c)));
        var bytes = new byte[base64.Length * 3 / 4 + 3];
        if (base64.Length / 4 * 3 > LargestPicture || !Convert.TryFromBase64String(base64, bytes, out var length))
            return $"{name} <span class=\"dim\">({Html.Encode(file.MimeType)}, {base64.Length / 4 * 3 / 1024 + 1} kB)</span>";
        var type = bytes.AsSpan() switch { [0x89, 0x50, 0x4e, 0x47, ..] => "image/png", [0xff, 0xd8, 0xff, ..] => "image/jpeg", _ => null };
        var caption = $"{name} <span class=\"dim\">({Html.Encode(file.FileName)}, {Html.Encode(file.MimeType)}, {(length + 1023) / 1024} kB, SHA-256 {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(0, length)))[..16]}…)</span>";
        return type is null ? caption : $"<img alt=\"{name}\" src=\"data:{type};base64,{Convert.ToBase64String(bytes, 0, length)}\"><br>{caption}";
    }

    /// <summary>An <c>xs:date</c> in words; as it stands where it is none.</summary>
    public string Day(string? date)
    {
        var text = date?.Trim() ?? "";
        if (text.Length < 10 || !DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Html.Encode(text);
        return language == "en" ? $"{day.Day} {englishMonths[day.Month - 1]} {day.Year}" : $"{day.Year} 年 {day.Month} 月 {day.Day} 日";
    }

    /// <summary>An <c>xs:duration</c> of years, months or days in words; as it stands otherwise.</summary>
    public string Period(string? duration)
    {
        var text = duration?.Trim() ?? "";
        if (text is not ['P', .., 'Y' or 'M' or 'D'] || !int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return Html.Encode(text);
        var unit = text[^1] switch { 'Y' => "dcc.period.years", 'M' => "dcc.period.months", _ => "dcc.period.days" };
        return Html.Encode(this[unit, count]);
    }

    /// <summary>A verdict in words with a mark that is not colour alone.</summary>
    public string Verdict(string? conformity)
    {
        var word = conformity?.Trim() ?? "";
        if (word.Length == 0)
            return "";
        if (!Enum.TryParse<DccVerdict>(word, ignoreCase: true, out var verdict) || !char.IsAsciiLetter(word[0]))
            return Html.Encode(word);
        var css = verdict is DccVerdict.Pass or DccVerdict.NoFail ? "pass" : verdict is DccVerdict.ConditionalPass or DccVerdict.ConditionalFail ? "perhaps" : "fail";
        return $"<span class=\"verdict {css}\">{Html.Encode(this[$"DccVerdict.{verdict}"])}</span>";
    }

    /// <summary>An address on one line, in the order of the language.</summary>
    public string Address(DccLocation? location)
    {
        if (location is null)
            return "";
        string?[] parts = language == "en"
            ? [location.First<DccStreetNumber>(), location.First<DccStreet>(), location.First<DccCity>(), location.First<DccState>(), location.First<DccPostCode>(), location.First<DccCountryCode>()]
            : [location.First<DccState>(), location.First<DccCity>(), location.First<DccStreet>(), location.First<DccStreetNumber>(), location.First<DccPostCode>(), location.First<DccCountryCode>()];
        var lines = string.Join(language == "en" ? ", " : " ", parts.Where(p => !string.IsNullOrWhiteSpace(p)).Select(Html.Encode));
        var further = string.Join(' ', location.Lines.OfType<DccRichText>().Select(Rich).Where(t => t.Length > 0));
        // Words of the issuer's own in this language say it better than its parts put together.
        return further.Length > 0 && location.Lines.OfType<DccRichText>().Any(r => r.Contents.Any(c => c.Language == language)) ? further : string.Join("<br>", new[] { further, lines }.Where(t => t.Length > 0));
    }

    private string Marked(DccContent content) =>
        content.Language is not { Length: 2 or 3 } given || given == language || !given.All(char.IsAsciiLetterLower) ? Html.Encode(content.Value) : $"<span lang=\"{given}\">{Html.Encode(content.Value)}</span>";
}
