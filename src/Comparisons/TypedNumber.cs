using System.Globalization;

namespace Plumbline.Comparisons;

/// <summary>Reads a number as a person types it: decimal point, an exponent if need be, spaces between groups of digits, any minus sign.</summary>
public static class TypedNumber
{
    // Spaces that group digits; a comma is never read, for it means two things.
    private static readonly string[] Spaces = [" ", "\u00A0", "\u2009", "\u202F", "\u3000"];

    /// <summary>The number, or null where the text is blank or no finite decimal number.</summary>
    public static double? Read(string? text) =>
        double.TryParse(Plain(text), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    /// <summary>The digits as typed, in plain characters and without the spaces.</summary>
    public static string Plain(string? text) =>
        Spaces.Aggregate(text?.Trim() ?? "", (t, space) => t.Replace(space, "", StringComparison.Ordinal)).Replace('\u2212', '-').Replace('．', '.').Replace('－', '-');

    /// <summary>The shortest text that reads back as the same number; empty for none.</summary>
    public static string Show(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
