using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace Plumbline.Interface;

/// <summary>Plain typeset numbers as markup that does not break inside and reads its powers aloud as powers.</summary>
public static partial class NumbersHtml
{
    /// <summary>Chinese, signs and superscripts stay as they are.</summary>
    internal static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Encodes a text of <see cref="Numbers"/> and turns its superscript digits into <c>&lt;sup&gt;</c>. For cells in long tables, where a component a cell would cost.</summary>
    public static MarkupString Html(string number) => new(Markup(number));

    /// <summary>The same inside a <c>span.q</c>, which the style sheet keeps on one line.</summary>
    public static MarkupString Span(string number) => new($"<span class=\"q\">{Markup(number)}</span>");

    private static string Markup(string number) =>
        Superscripts().Replace(
            Encoder.Encode(number),
            match => $"<sup>{string.Concat(match.Value.Select(c => c == '⁻' ? Numbers.Minus : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal))))}</sup>");

    [GeneratedRegex("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", RegexOptions.CultureInvariant)]
    private static partial Regex Superscripts();
}
