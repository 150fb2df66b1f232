namespace Plumbline.Sheets;

/// <summary>One thing that is wrong with a table, where it is, and what was found there.</summary>
/// <param name="Code">Stable English code; the key of its text in <see cref="SheetsTexts"/>.</param>
/// <param name="Row">The row as the person sees it in a spreadsheet, header rows included, from 1.</param>
/// <param name="Column">The header text, or the column letter where there is no header.</param>
/// <param name="Value">What was found, shortened when it is long.</param>
/// <param name="Arguments">What the text names besides: limits, accepted names.</param>
public sealed record SheetProblem(string Code, int? Row = null, string? Column = null, string? Value = null, params object[] Arguments)
{
    public string? Value { get; init; } = Shorten(Value);

    /// <summary>What the text of <see cref="Code"/> is formatted with: {0} row, {1} column, {2} value, from {3} on the arguments.</summary>
    public object[] FormatArguments => [Row ?? (object)"", Column ?? "", Value ?? "", .. Arguments];

    private static string? Shorten(string? value) => value is { Length: > 60 } ? value[..57] + "…" : value;
}

/// <summary>What reading gave: a table, or the reasons why there is none. Never both empty.</summary>
public sealed record SheetReading(Sheet? Sheet, IReadOnlyList<SheetProblem> Problems)
{
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Sheet))]
    public bool Succeeded => Sheet is not null;
}
