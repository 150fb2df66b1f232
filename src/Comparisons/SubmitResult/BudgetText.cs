namespace Plumbline.Comparisons;

/// <summary>A budget as it is typed or pasted into one field: a line for each contribution, its parts apart by tabs, semicolons or bars.</summary>
internal static class BudgetText
{
    private static readonly char[] Between = ['\t', ';', '；', '|', '｜'];

    public static IReadOnlyList<ReportedContribution> Parse(string? text) =>
        [.. (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line =>
        {
            var parts = line.Split(Between, StringSplitOptions.TrimEntries);
            string? Part(int i) => i < parts.Length && parts[i].Length > 0 ? parts[i] : null;
            return new ReportedContribution { Source = Part(0), Type = Part(1), Distribution = Part(2), Contribution = Part(3), DegreesOfFreedom = Part(4) };
        })];
}
