using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases as a page: source, expected and computed value, and to how many digits they agree.</summary>
public static class ValidationTable
{
    /// <summary>A section in Markdown for each case; quantities that are arrays take one row with their worst element.</summary>
    /// <param name="outcomes">Cases that were run.</param>
    /// <returns>Markdown without a title.</returns>
    public static string Markdown(IEnumerable<CaseOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var page = new StringBuilder();
        foreach (var outcome in outcomes.Where(o => o.Status == CaseStatus.Computed))
        {
            page.Append("### ").Append(outcome.Id).Append("\n\n`").Append(outcome.Kind).Append('`');
            if (outcome.Source is not null)
                page.Append(" — ").Append(Escape(outcome.Source));
            page.Append("\n\n| quantity 量 | expected 期望值 | computed 计算值 | digits 一致位数 | tolerance 允差 | |\n|---|---|---|---|---|---|\n");
            foreach (var field in outcome.Comparisons.GroupBy(c => c.Name.Split('.', '[')[0]))
                page.Append(Row(field.Key, [.. field]));
            page.Append('\n');
        }
        return page.ToString();
    }

    private static string Row(string field, CaseComparison[] parts)
    {
        var worst = parts.FirstOrDefault(p => !p.Pass) ?? parts.MinBy(p => p.DigitsOfAgreement ?? 99)!;
        var name = parts.Length == 1 ? field : $"{field} ({parts.Length}), worst {worst.Name[field.Length..]}";
        return $"| {Escape(name)} | {Show(worst.Expected)} | {Show(worst.Computed)} | {worst.DigitsOfAgreement?.ToString("0", CultureInfo.InvariantCulture) ?? ""} "
            + $"| {(worst.Judged ? worst.Tolerance?.ToString("0.0e+00", CultureInfo.InvariantCulture) ?? "" : "")} | {(!worst.Judged ? "" : worst.Pass ? "✓" : "✗")} |\n";
    }

    private static string Show(JsonNode? node) => CaseComparison.Number(node) is { } number ? number.ToString("G12", CultureInfo.InvariantCulture)
        : node is null ? "–" : Escape(node.ToJsonString().Trim('"'));

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
