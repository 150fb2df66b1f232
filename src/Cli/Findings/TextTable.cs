using System.Globalization;
using System.Text;

namespace Plumbline.Cli;

/// <summary>A table aligned for a terminal, where Chinese characters take two places.</summary>
internal static class TextTable
{
    /// <param name="rows">The head first.</param>
    /// <param name="left">Columns set to the left; all others are numbers, set to the right.</param>
    /// <param name="indent">Blanks before every line.</param>
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows, IReadOnlyCollection<int> left, string indent = "")
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => Width(r[i]))).ToArray();
        for (var r = 0; r < rows.Count; r++)
        {
            output.WriteLine((indent + string.Join("  ", rows[r].Select((cell, i) => left.Contains(i) ? cell + Blank(widths[i] - Width(cell)) : Blank(widths[i] - Width(cell)) + cell))).TrimEnd());
            if (r == 0)
                output.WriteLine((indent + string.Join("  ", widths.Select(w => new string('-', w)))).TrimEnd());
        }
    }

    /// <summary>Columns of a terminal: Chinese characters and full-width signs take two.</summary>
    public static int Width(string text) => text.EnumerateRunes().Sum(r => r.Value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) ? 2
        : Rune.GetUnicodeCategory(r) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format ? 0 : 1);

    internal static string Blank(int width) => new(' ', Math.Max(0, width));
}
