using System.Text;
using Microsoft.AspNetCore.Components;

namespace Plumbline.Interface;

/// <summary>
/// Short labels with typographic marks, for pages and charts alike: <c>*E*_n</c> is an italic E with an upright subscript n,
/// <c>*x*_{ref}</c>, <c>m^2</c>, <c>10^{-6}</c>. A star without a partner, or a mark with nothing after it, stands for itself.
/// </summary>
public static class MathText
{
    internal enum Level
    {
        Base,
        Sub,
        Super,
    }

    internal readonly record struct Run(string Text, bool Italic, Level Level);

    /// <summary>The label as HTML; everything in it is encoded.</summary>
    public static MarkupString Html(string label)
    {
        var html = new StringBuilder();
        foreach (var run in Parse(label))
        {
            var text = NumbersHtml.Encoder.Encode(run.Text);
            if (run.Italic)
                text = $"<i>{text}</i>";
            html.Append(run.Level switch
            {
                Level.Sub => $"<sub>{text}</sub>",
                Level.Super => $"<sup>{text}</sup>",
                _ => text,
            });
        }

        return new(html.ToString());
    }

    /// <summary>The label without its marks, for titles and alternative texts.</summary>
    public static string Plain(string label) => string.Concat(Parse(label).Select(run => run.Text));

    internal static List<Run> Parse(string label)
    {
        var runs = new List<Run>();
        var text = new StringBuilder();
        var italic = false;
        for (var i = 0; i < label.Length; i++)
        {
            var c = label[i];
            if (c == '*' && (italic || ClosesLater(label, i)))
            {
                Flush();
                italic = !italic;
            }
            else if (c is '_' or '^' && Script(label, i + 1) is { } script)
            {
                Flush();
                var level = c == '_' ? Level.Sub : Level.Super;
                foreach (var run in Parse(script.Text))
                    runs.Add(run with { Level = level, Text = level == Level.Super ? run.Text.Replace('-', Numbers.Minus) : run.Text });
                i += script.Length;
            }
            else
            {
                text.Append(c);
            }
        }

        Flush();
        return runs;

        void Flush()
        {
            if (text.Length > 0)
                runs.Add(new(text.ToString(), italic, Level.Base));
            text.Clear();
        }
    }

    private static bool ClosesLater(string label, int star) =>
        star + 1 < label.Length && label[star + 1] != ' ' && label.IndexOf('*', star + 2 <= label.Length ? star + 2 : label.Length) > 0;

    /// <summary>What a sub- or superscript mark covers: a braced group without marks inside, a signed number, or letters and digits.</summary>
    private static (string Text, int Length)? Script(string label, int from)
    {
        if (from >= label.Length)
            return null;
        if (label[from] == '{')
        {
            var close = label.IndexOf('}', from);
            return close > from + 1 ? (label[(from + 1)..close].Replace("_", "", StringComparison.Ordinal).Replace("^", "", StringComparison.Ordinal), close - from + 1) : null;
        }

        var end = label[from] is '-' or Numbers.Minus ? from + 1 : from;
        while (end < label.Length && char.IsAsciiLetterOrDigit(label[end]))
            end++;
        return end > from && char.IsAsciiLetterOrDigit(label[end - 1]) ? (label[from..end], end - from) : null;
    }
}
