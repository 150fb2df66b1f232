namespace Plumbline.Numerics.Tests.Published;

public class ValidationPageTests
{
    private static string Page => File.ReadAllText(Path.GetFullPath(Path.Combine(TestData.Folder, "..", "..", "..", "docs", "validation", "README.md")));

    [Fact]
    public void The_page_shows_every_case_and_every_quantity()
    {
        foreach (var file in ReferenceCasesTests.Files.Select(f => f.Data))
            foreach (var outcome in ReferenceCases.Run(File.ReadAllText(Path.Combine(TestData.Folder, file)), file))
            {
                var at = Page.IndexOf($"### {outcome.Id}\n", StringComparison.Ordinal);
                Assert.True(at >= 0, $"docs/validation/README.md lacks {outcome.Id}: write it again with plumbline validate --markdown.");
                var end = Page.IndexOf("### ", at + 4, StringComparison.Ordinal);
                var section = end < 0 ? Page[at..] : Page[at..end];
                Assert.All(outcome.Comparisons.Select(c => c.Name.Split('.', '[')[0]).Distinct(), field => Assert.Contains($"\n| {field}", section, StringComparison.Ordinal));
                Assert.DoesNotContain("✗", section, StringComparison.Ordinal);
            }
    }
}
