using System.Text.RegularExpressions;

namespace Plumbline.Sheets;

/// <summary>The rules one cell's text obeys on its way in and out.</summary>
internal static partial class CellText
{
    private static readonly char[] invisible = ['\uFEFF', '\u200B', '\u200E', '\u200F', '\u2060'];

    /// <summary>A plain decimal number: what a spreadsheet would take as a number, and so can hide no formula.</summary>
    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    public static partial Regex Number();

    /// <summary>What a spreadsheet would run as a formula, also behind quotes that an earlier export put there.</summary>
    [GeneratedRegex(@"^'*[=+\-@\t\r]", RegexOptions.CultureInvariant)]
    private static partial Regex FormulaStart();

    public static string Trim(string text)
    {
        var trimmed = text.Trim();
        while (trimmed.Length > 0 && (invisible.Contains(trimmed[0]) || invisible.Contains(trimmed[^1])))
            trimmed = trimmed.Trim(invisible).Trim();
        return trimmed;
    }

    public static bool HasControlCharacter(string text)
    {
        foreach (var c in text)
        {
            if (c < ' ' && c is not ('\t' or '\n' or '\r') || c is '\u007F' or '\uFFFE' or '\uFFFF')
                return true;
        }

        return false;
    }

    /// <summary>Makes a text harmless for a spreadsheet that opens our CSV; <see cref="Restore"/> undoes it.</summary>
    public static string Neutralise(string text) =>
        FormulaStart().IsMatch(text) && !Number().IsMatch(text) ? "'" + text : text;

    public static string Restore(string text) =>
        text.Length > 1 && text[0] == '\'' && FormulaStart().IsMatch(text) ? text[1..] : text;

    /// <summary>The column letter of a zero-based index: A, B, …, Z, AA.</summary>
    public static string Letter(int column)
    {
        var letters = "";
        for (var n = column + 1; n > 0; n = (n - 1) / 26)
            letters = (char)('A' + ((n - 1) % 26)) + letters;
        return letters;
    }
}
