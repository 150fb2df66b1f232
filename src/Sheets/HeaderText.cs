using System.Text;

namespace Plumbline.Sheets;

/// <summary>Header texts as people vary them: "扩展不确定度 U", "Ｕ", "lab_code", "Value (mV)".</summary>
internal static class HeaderText
{
    /// <summary>The same text for every spelling that should count as the same: half width, lower case, no spaces, dashes or underscores.</summary>
    public static string Normalise(string header)
    {
        var text = new StringBuilder(header.Length);
        foreach (var c in header)
        {
            var half = HalfWidth(c);
            if (!char.IsWhiteSpace(half) && half is not ('_' or '-' or '\u2010' or '\u2011' or '\u200B' or '\uFEFF'))
                text.Append(char.ToLowerInvariant(half));
        }

        return text.ToString();
    }

    /// <summary>What tells two columns apart: the normal spelling; of a single letter also its case, for U is not u.</summary>
    public static string Identity(string header) => Split(header).Name is { Length: 1 } symbol ? symbol + Normalise(header)[1..] : Normalise(header);

    /// <summary>Cuts a trailing unit off: "value (mV)", "value [mV]", "value / mV".</summary>
    public static (string Name, string? Unit) Split(string header)
    {
        var text = string.Concat(header.Select(HalfWidth)).Trim();
        var open = text.LastIndexOfAny(['(', '[', '【']);
        if (open > 0 && text[^1] is ')' or ']' or '】' && Cut(open, text.Length - 1) is { } bracketed)
            return bracketed;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Cut(slash, text.Length) is { } divided ? divided : (text, null);

        (string, string?)? Cut(int start, int end)
        {
            var unit = text[(start + 1)..end].Trim();
            return start > 0 && unit.Length > 0 ? (text[..start].Trim(), unit) : null;
        }
    }

    // String.Normalize leaves full-width letters alone in the invariant globalisation mode.
    private static char HalfWidth(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' => ' ',
        _ => c,
    };
}
