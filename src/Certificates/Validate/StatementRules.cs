using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>The conclusion of the whole against its parts, its words and the kind of document.</summary>
internal static partial class StatementRules
{
    public static void Run(CheckedFile file)
    {
        var rows = file.Root.Descendants().Where(e => e.IsDcc && e.Local is "conformity" or "conformityXMLList" && e.Parent?.Local == "metaData").ToArray();
        foreach (var conformity in file.Root.Descendants().Where(e => e.IsDcc && e.Local is "conformity"))
            Words(file, conformity);
        var bad = rows.FirstOrDefault(r => r.Tokens.Any(t => t is "fail" or "noPass" or "conditionalFail"))?.Path;
        var allPass = rows.Length > 0 && rows.All(r => r.Tokens.All(t => t is "pass" or "conditionalPass" or "noFail"));
        var kind = file.Statements.FirstOrDefault(s => s.RefTypes.Contains(CnmTerms.DocumentKind));
        foreach (var conclusion in file.Statements.Select(s => s.Child("conformity")).OfType<XElement>())
        {
            if (conclusion.Text == "pass" && bad is not null)
                file.Report("verdict-summary", conclusion, conclusion.Text, "fail", bad);
            if (conclusion.Text is "fail" && allPass)
                file.Report("verdict-summary-fail", conclusion, conclusion.Text, "pass");
            if (kind is not null)
                Kind(file, conclusion, kind);
        }
    }

    /// <summary>The sentence beside a verdict begins with the opposite.</summary>
    private static void Words(CheckedFile file, XElement conformity)
    {
        foreach (var sentence in conformity.Parent!.Children("declaration").SelectMany(d => d.Descendants().Where(c => c.Local == "content")))
        {
            var said = Negative().IsMatch(sentence.Text) ? "fail" : Positive().IsMatch(sentence.Text) ? "pass" : null;
            if (said == "fail" && conformity.Text == "pass" || said == "pass" && conformity.Text is "fail" or "noPass" or "conditionalFail")
                file.Report("verdict-words", sentence, sentence.Text, conformity.Text);
        }
    }

    /// <summary>What passes gets a verification certificate, what fails a notice of result.</summary>
    private static void Kind(CheckedFile file, XElement conclusion, XElement kind)
    {
        bool Says(DocumentKind name, string title) => kind.Children("reference").Any(r => r.Text == name.ToString()) || !kind.Children("reference").Any() && kind.Value.Contains(title, StringComparison.Ordinal);
        var notice = Says(DocumentKind.VerificationNotice, "检定结果通知书");
        var certificate = Says(DocumentKind.VerificationCertificate, "检定证书");
        if (notice && conclusion.Text == "pass" || certificate && !notice && conclusion.Text is "fail" or "noPass")
            file.Report("verdict-kind", conclusion, conclusion.Text, notice ? "fail" : "pass", notice ? "检定结果通知书" : "检定证书");
    }

    [GeneratedRegex(@"^\W*(检定结论|结论|校准结论)?[::\s]*(不合格|不符合)|^\W*(conclusion:\s*)?(fail(s|ed)?\b|not (conform|compl|pass)|does not (conform|comply|pass)|rejected\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Negative();

    [GeneratedRegex(@"^\W*(检定结论|结论|校准结论)?[::\s]*(合格|符合)|^\W*(conclusion:\s*)?(pass(es|ed)?\b|conform(s|ing)?\b|compl(y|ies)\b|accepted\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Positive();
}
