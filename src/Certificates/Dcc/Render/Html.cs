using System.Text;

namespace Plumbline.Certificates;

/// <summary>HTML that is put together from encoded pieces only: tags come from here, texts from anywhere.</summary>
internal sealed class Html
{
    private readonly StringBuilder text = new();

    /// <summary>A text, encoded; line feeds become breaks; characters without a picture leave.</summary>
    public static string Encode(string? value)
    {
        var encoded = new StringBuilder();
        foreach (var rune in (value ?? "").Trim().EnumerateRunes())
            _ = rune.Value switch
            {
                '&' => encoded.Append("&amp;"),
                '<' => encoded.Append("&lt;"),
                '>' => encoded.Append("&gt;"),
                '"' => encoded.Append("&quot;"),
                '\'' => encoded.Append("&#39;"),
                '\n' => encoded.Append("<br>"),
                '\t' => encoded.Append(' '),
                // Controls, and marks that turn the direction of what follows.
                < ' ' or (>= 0x7f and < 0xa0) or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0xfffe or 0xffff => encoded,
                _ => encoded.Append(rune.ToString()),
            };
        return encoded.ToString();
    }

    /// <summary>Markup that is already encoded.</summary>
    public Html Raw(string markup)
    {
        text.Append(markup);
        return this;
    }

    /// <summary>A text.</summary>
    public Html Text(string? value) => Raw(Encode(value));

    /// <summary>An element around markup that is already encoded; nothing where there is none.</summary>
    public Html Element(string tag, string markup, string? css = null)
    {
        if (markup.Length > 0)
            text.Append('<').Append(tag).Append(css is null ? "" : $" class=\"{css}\"").Append('>').Append(markup).Append("</").Append(tag).Append(">\n");
        return this;
    }

    /// <summary>A term and what it means; nothing where that is empty.</summary>
    public Html Fact(string term, string markup)
    {
        if (markup.Length > 0)
            text.Append("<div><dt>").Append(Encode(term)).Append("</dt><dd>").Append(markup).Append("</dd></div>\n");
        return this;
    }

    public override string ToString() => text.ToString();
}
