using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Numerics.Tests.Published;

/// <summary>docs/validation/README.md is what the code computes today, line by line.</summary>
public partial class ValidationPageTests
{
    private const string Again = "write it again: plumbline validate tests/data --page docs/validation/README.md";

    private static string Page => File.ReadAllText(Path.GetFullPath(Path.Combine(TestData.Folder, "..", "..", "..", "docs", "validation", "README.md"))).ReplaceLineEndings("\n");

    private static CaseOutcome[] Outcomes => [.. Directory.EnumerateFiles(Path.Combine(TestData.Folder, ".."), "*.json", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).SelectMany(f => ReferenceCases.Run(File.ReadAllText(f), Path.GetFileNameWithoutExtension(f))).Where(o => o.Kind.Length > 0)];

    [Fact]
    public void The_page_is_what_the_code_computes()
    {
        var now = ValidationTable.Page(Page, Outcomes).Split('\n');
        var stands = Page.Split('\n');
        foreach (var (computed, written) in now.Zip(stands))
            Assert.True(Alike(computed, written), $"The page says\n  {written}\nand the code computes\n  {computed}\n{Again}");
        Assert.True(now.Length == stands.Length, Again);
    }

    [Fact]
    public void Every_case_is_on_the_page_and_none_differs()
    {
        var page = Page;
        Assert.All(ReferenceCasesTests.Files.Select(f => ReferenceCases.Run(File.ReadAllText(Path.Combine(TestData.Folder, f.Data)), f.Data)).SelectMany(o => o),
            o => Assert.Contains($"### {o.Id}\n", page, StringComparison.Ordinal));
        Assert.DoesNotContain("| **DIFF**", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.0000001", ValidationVerdict.Pass)]
    [InlineData("2.01", ValidationVerdict.Note)]
    [InlineData("2.5", ValidationVerdict.Diff)]
    public void A_verdict_says_how_far_the_agreement_goes(string expected, ValidationVerdict verdict)
    {
        var outcome = Assert.Single(ReferenceCases.Run($$$$"""{"id":"a","kind":"consensus.paule_mandel","source":"s","provenance":"printed","notes":"n","inputs":{"x":[1,3],"u":[1,1]},"expected":{"mu":{{{{expected}}}} },"tolerance":{"mu":{"abs":0.1}}}""", "file"));
        Assert.Equal(verdict, ValidationTable.Verdict(outcome.Comparisons[0]));
        Assert.Equal(("printed", "n"), (outcome.Provenance, outcome.Notes));
        var page = ValidationTable.Markdown([outcome]);
        Assert.Contains(verdict.ToString().ToUpperInvariant(), page, StringComparison.Ordinal);
        Assert.Contains("Expected values 期望值: printed", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_the_marker_is_refused() => Assert.Throws<ArgumentException>(() => ValidationTable.Page("# Page", []));

    // Figures may differ in their last digits between machines; words and the count of everything may not.
    private static bool Alike(string computed, string written)
    {
        if (computed == written)
            return true;
        if (Figure().Replace(computed, "#") != Figure().Replace(written, "#"))
            return false;
        return Figure().Matches(computed).Zip(Figure().Matches(written)).All(p =>
            double.Parse(p.First.Value, CultureInfo.InvariantCulture) is var a && double.Parse(p.Second.Value, CultureInfo.InvariantCulture) is var b && Math.Abs(a - b) <= 1e-8 * Math.Max(Math.Abs(a), Math.Abs(b)) + 1e-14);
    }

    [GeneratedRegex(@"-?[0-9]+(\.[0-9]+)?(E[-+][0-9]+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Figure();
}
