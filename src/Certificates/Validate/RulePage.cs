using System.Globalization;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>The table of validation rules as a page in Markdown.</summary>
public static class RulePage
{
    /// <summary>The page in a language.</summary>
    public static string Of(CultureInfo culture)
    {
        var page = new StringBuilder();
        page.Append("# ").Append(CertificatesTexts.Get(culture, "validation-rules.title")).Append("\n\n").Append(CertificatesTexts.Get(culture, "validation-rules.intro", ValidationRules.All.Count)).Append('\n');
        foreach (var layer in ValidationRules.All.GroupBy(r => r.Layer).OrderBy(g => g.Key))
        {
            page.Append("\n## ").Append(CertificatesTexts.Get(culture, $"FindingLayer.{layer.Key}")).Append("\n\n").Append(CertificatesTexts.Get(culture, "validation-rules.head")).Append("\n|---|---|---|---|\n");
            foreach (var rule in layer)
                page.Append("| `").Append(rule.Code).Append("` | ").Append(CertificatesTexts.Get(culture, $"FindingSeverity.{rule.Severity}")).Append(" | ").Append(Text(rule, culture)).Append(" | ").Append(rule.Source).Append(" |\n");
        }
        return page.ToString();
    }

    /// <summary>The finding's sentence with ellipses where it names values.</summary>
    private static string Text(ValidationRule rule, CultureInfo culture) => CertificatesTexts.Get(culture, $"finding.{rule.Code}", [.. Enumerable.Repeat("…", 6)]).Replace("|", "\\|", StringComparison.Ordinal).Trim();
}
