using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Sheets;

/// <summary>A table to be written: a worksheet of an .xlsx, or a whole CSV.</summary>
/// <param name="Name">The worksheet's name; shortened and cleaned to what Excel accepts.</param>
/// <param name="Columns">The header texts.</param>
/// <param name="Rows">Read once, row by row.</param>
public sealed record SheetTable(string Name, IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<SheetCell>> Rows);

/// <summary>One cell with its type, so that a number arrives as a number and a text that looks like a formula stays a text.</summary>
public readonly partial record struct SheetCell
{
    private SheetCell(SheetCellKind kind, string text, string format = "")
    {
        Kind = kind;
        Value = text;
        Format = format;
    }

    internal SheetCellKind Kind { get; }

    /// <summary>The cell as CSV shows it.</summary>
    internal string Value { get => field ?? ""; }

    internal string Format { get => field ?? ""; }

    public static SheetCell Blank => default;

    public static SheetCell Of(string? text) => string.IsNullOrEmpty(text) ? Blank : new(SheetCellKind.Text, text);

    /// <summary>A number with the shortest digits that read back the same; not a finite number is written as blank.</summary>
    public static SheetCell Of(double? value) =>
        value is { } number && double.IsFinite(number) ? new(SheetCellKind.Number, number.ToString("R", CultureInfo.InvariantCulture)) : Blank;

    public static SheetCell Of(long value) => Typed(value.ToString(CultureInfo.InvariantCulture));

    public static SheetCell Of(bool value) => new(SheetCellKind.Boolean, value ? "TRUE" : "FALSE");

    public static SheetCell Of(DateOnly value) => new(SheetCellKind.Date, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "yyyy\\-mm\\-dd");

    /// <summary>An instant as the clock of <paramref name="value"/>'s own offset shows it: cells know no time zone, so the header must name it.</summary>
    public static SheetCell Of(DateTimeOffset value) =>
        new(SheetCellKind.Date, value.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), "yyyy\\-mm\\-dd\\ hh:mm:ss");

    /// <summary>A number exactly as it was typed, "0.350" with its last zero; a text that is no number, or has more digits than a spreadsheet keeps, stays a text.</summary>
    public static SheetCell Typed(string? digits)
    {
        var text = digits?.Trim() ?? "";
        var parts = Parts().Match(text);
        if (!parts.Success || text.Count(char.IsAsciiDigit) > 15)
            return Of(text);
        var decimals = parts.Groups["decimals"].Length;
        var format = decimals == 0 ? "0" : "0." + new string('0', decimals);
        return parts.Groups["exponent"].Success
            ? new(SheetCellKind.Number, text, parts.Groups["whole"].Length == 1 ? format + "E+0" : "")
            : new(SheetCellKind.Number, text, parts.Groups["whole"].Value is ['0', not '0', ..] or { Length: 0 } ? "" : format);
    }

    public static implicit operator SheetCell(string? text) => Of(text);

    public static implicit operator SheetCell(double value) => Of(value);

    public static SheetCell FromString(string? text) => Of(text);

    public static SheetCell FromDouble(double value) => Of(value);

    [GeneratedRegex(@"^[+-]?(?<whole>[0-9]*)(\.(?<decimals>[0-9]+))?(?<exponent>[eE][+-]?[0-9]{1,3})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}

internal enum SheetCellKind
{
    Blank,
    Text,
    Number,
    Boolean,
    Date,
}
