using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace Plumbline.Interface;

/// <summary>
/// Words that stand as somebody typed them, whatever the page's language: marks with <c>lang</c> what is in the other one, so that it is read aloud and set as what it is
/// (WCAG 2.2, 3.1.2 Language of Parts).
/// </summary>
public static partial class Said
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The text, encoded; on an English page each run of Chinese in an element of its own, on a Chinese page a text wholly of English words.</summary>
    public static MarkupString As(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return default;
        var encoded = Encoder.Encode(text);
        return new(Texts.IsEnglish ? Chinese().Replace(encoded, "<span lang=\"zh-CN\">$0</span>") : Language(text) is { } language ? $"<span lang=\"{language}\">{encoded}</span>" : encoded);
    }

    /// <summary>What to write as <c>lang</c> on an element that holds nothing but the text; null when it is in the page's language.</summary>
    public static string? Language(string? text) => text switch
    {
        null or "" => null,
        _ when Texts.IsEnglish => Chinese().IsMatch(text) ? "zh-CN" : null,
        _ => !Chinese().IsMatch(text) && EnglishWords().IsMatch(text) ? "en" : null,
    };

    // What stands between two Chinese characters of one run belongs to it. The ideographic space, which indents, is no text.
    [GeneratedRegex(@"[\u2e80-\u2fff\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uffef](?:(?:[^<>&;A-Za-z]{0,24}|[^<>&;]{0,8})[\u2e80-\u2fff\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uffef])*")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}")]
    private static partial Regex EnglishWords();
}
