using System.Text;

namespace Plumbline.Interface;

/// <summary>The style sheet of everything that is printed.</summary>
public static class PaperCss
{
    /// <summary>Type, headings, tables, figures and cover, black on white, and the page itself: A4 with margins.</summary>
    public static readonly string Text = Read();

    /// <summary>Running heads and page numbers, which differ from report to report.</summary>
    internal static string Margins(Paper paper)
    {
        var (before, between, after) = paper.Language == "en" ? ("Page ", " of ", "") : ("第 ", " 页 共 ", " 页");
        return $$"""
            @page {
              @top-left { content: {{Quote(paper.HeadLeft)}} }
              @top-right { content: {{Quote(paper.HeadRight)}} }
              @bottom-left { content: {{Quote(paper.Foot)}} }
              @bottom-right { content: {{Quote(before)}} counter(page) {{Quote(between)}} counter(pages) {{Quote(after)}} }
            }
            """;
    }

    /// <summary>A CSS string, which can end neither the string nor the style element it stands in.</summary>
    private static string Quote(string? text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text ?? "")
        {
            if (character is '"' or '\\' or '<' or '>' || char.IsControl(character))
                quoted.Append('\\').Append(((int)character).ToString("x")).Append(' ');
            else
                quoted.Append(character);
        }
        return quoted.Append('"').ToString();
    }

    private static string Read()
    {
        using var stream = typeof(PaperCss).Assembly.GetManifestResourceStream("Paper/paper.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
