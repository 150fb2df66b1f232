using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>What a line of the validation page says of a quantity.</summary>
public enum ValidationVerdict
{
    /// <summary>Agrees to six digits or more, or exactly where it is no number.</summary>
    Pass,

    /// <summary>Agrees as far as the source can tell: it prints few digits, was simulated, or stopped an iteration early; or the figure is shown without being judged.</summary>
    Note,

    /// <summary>Outside the tolerance.</summary>
    Diff,
}

/// <summary>Reference cases as a page: source, published and computed value, to how many digits they agree, and a verdict with its reason.</summary>
public static class ValidationTable
{
    /// <summary>Everything after this line of a page is written by <see cref="Page"/>.</summary>
    public const string Marker = "<!-- Everything below is written by plumbline validate --page. -->";

    private const double DigitsToPass = 6;

    /// <summary>The verdict on one quantity.</summary>
    /// <param name="comparison">The quantity as it was expected and computed.</param>
    /// <returns>The verdict; its reason is given by the page.</returns>
    public static ValidationVerdict Verdict(CaseComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return !comparison.Pass ? ValidationVerdict.Diff
            : !comparison.Judged || comparison.DigitsOfAgreement is < DigitsToPass && !IsZero(comparison) ? ValidationVerdict.Note : ValidationVerdict.Pass;
    }

    /// <summary>A table of all cases, then a section in Markdown for each; quantities that are lists take one row with the element that agrees least.</summary>
    /// <param name="outcomes">Cases that were run.</param>
    /// <returns>Markdown without a title.</returns>
    public static string Markdown(IEnumerable<CaseOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        CaseOutcome[] computed = [.. outcomes.Where(o => o.Status == CaseStatus.Computed)];
        var all = computed.SelectMany(o => o.Comparisons).GroupBy(Verdict).ToDictionary(g => g.Key, g => g.Count());
        int Count(ValidationVerdict verdict) => all.GetValueOrDefault(verdict);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"{computed.Length} cases 算例, {all.Values.Sum()} quantities 量: {Count(ValidationVerdict.Pass)} PASS, {Count(ValidationVerdict.Note)} NOTE, {Count(ValidationVerdict.Diff)} DIFF.\n\n");
        page.Append("| case 算例 | kind 种类 | source 出处 | PASS | NOTE | DIFF |\n|---|---|---|---:|---:|---:|\n");
        foreach (var o in computed)
            page.Append(CultureInfo.InvariantCulture, $"| [{o.Id}](#{Anchor(o.Id)}) | `{o.Kind}` | {Escape(o.Source ?? "")} | {Of(o, ValidationVerdict.Pass)} | {Of(o, ValidationVerdict.Note)} | {Of(o, ValidationVerdict.Diff)} |\n");
        foreach (var outcome in computed)
            Section(page, outcome);
        return page.ToString();
        static int Of(CaseOutcome o, ValidationVerdict verdict) => o.Comparisons.Count(c => Verdict(c) == verdict);
    }

    /// <summary>A page whose part after <see cref="Marker"/> is written anew.</summary>
    /// <param name="page">The page as it stands.</param>
    /// <param name="outcomes">Cases that were run.</param>
    /// <returns>The page with the new part.</returns>
    /// <exception cref="ArgumentException">The page has no line with the marker.</exception>
    public static string Page(string page, IEnumerable<CaseOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(page);
        var at = page.IndexOf(Marker, StringComparison.Ordinal);
        return at >= 0 ? $"{page[..at]}{Marker}\n\n{Markdown(outcomes)}" : throw new ArgumentException($"The page needs a line that reads '{Marker}'.", nameof(page));
    }

    private static void Section(StringBuilder page, CaseOutcome outcome)
    {
        page.Append("\n### ").Append(outcome.Id).Append("\n\n`").Append(outcome.Kind).Append('`');
        if (outcome.Source is not null)
            page.Append(" — ").Append(Escape(outcome.Source));
        if (outcome.Provenance is not null)
            page.Append("\n\nExpected values 期望值: ").Append(Escape(outcome.Provenance));
        if (outcome.Notes is not null)
            page.Append("\n\nNotes 说明: ").Append(Escape(outcome.Notes));
        page.Append("\n\n| quantity 量 | published 公布值 | computed 计算值 | digits 一致位数 | tolerance 允差 | verdict 结论 |\n|---|---|---|---:|---|---|\n");
        foreach (var field in outcome.Comparisons.GroupBy(c => c.Name.Split('.', '[')[0]))
            page.Append(Row(field.Key, [.. field]));
    }

    private static string Row(string field, CaseComparison[] parts)
    {
        var worst = parts.FirstOrDefault(p => !p.Pass) ?? parts.MinBy(p => (Verdict(p) == ValidationVerdict.Pass ? 1 : 0, p.DigitsOfAgreement ?? 99))!;
        var name = parts.Length == 1 ? field : $"{field} ({parts.Length}), least {worst.Name[field.Length..]}";
        return $"| {Escape(name)} | {Show(worst.Expected)} | {Show(worst.Computed)} | {Digits(worst)} | {(worst.Judged ? worst.Tolerance?.ToString("0.0e+00", CultureInfo.InvariantCulture) ?? "exact" : "")} | {Reasoned(worst)} |\n";
    }

    private static string Reasoned(CaseComparison c) => Verdict(c) switch
    {
        ValidationVerdict.Pass => "PASS",
        ValidationVerdict.Diff => "**DIFF** outside the tolerance 超出允差",
        _ when !c.Judged => "NOTE shown, not judged 仅列出",
        _ when Printed(c.Expected) is <= (int)DigitsToPass and var digits => string.Create(CultureInfo.InvariantCulture, $"NOTE printed to {digits} digits 出处只印 {digits} 位"),
        _ => "NOTE source simulated or iterated 出处为模拟或迭代",
    };

    /// <summary>Significant digits of a number as it was written; trailing zeros of a whole number do not count.</summary>
    private static int? Printed(JsonNode? node) => CaseComparison.Number(node) is null ? null
        : node!.ToJsonString().Split('e', 'E')[0].Replace(".", "", StringComparison.Ordinal).Trim('-').Trim('0').Length;

    // A whole page must come out the same on machines whose last digits differ.
    private static string Digits(CaseComparison c) => IsZero(c) ? "≥ 10" : c.DigitsOfAgreement is not { } digits ? "" : digits >= 10 ? "≥ 10" : digits.ToString("0", CultureInfo.InvariantCulture);

    private static bool IsZero(CaseComparison c) => CaseComparison.Number(c.Expected) is 0 && CaseComparison.Number(c.Computed) is { } number && Math.Abs(number) <= 1e-12;

    private static string Show(JsonNode? node) => CaseComparison.Number(node) is { } number ? number.ToString("G10", CultureInfo.InvariantCulture)
        : node is null ? "–" : Escape(node.ToJsonString().Trim('"'));

    private static string Anchor(string id) => string.Concat(id.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
