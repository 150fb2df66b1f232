namespace Plumbline.Numerics.Tests.Published;

/// <summary>Every case file under tests/data/comparison, in its own tolerance. The files name their sources.</summary>
public class ReferenceCasesTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(TestData.Folder, "*.json").Select(f => Path.GetFileName(f)!)
        .Where(f => f != "national-exam-cases.json").Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public void Every_expected_quantity_is_within_its_tolerance(string file)
    {
        foreach (var outcome in ReferenceCases.Run(File.ReadAllText(Path.Combine(TestData.Folder, file)), file))
        {
            Assert.True(outcome.Status == CaseStatus.Computed, $"{outcome.Id}: {outcome.Status} {outcome.Message}");
            Assert.NotEmpty(outcome.Comparisons);
            Assert.All(outcome.Comparisons, c => Assert.True(c.Pass, $"{c.Name}: expected {c.Expected}, computed {c.Computed}, allowed {c.Tolerance}"));
        }
    }

    [Fact]
    public void An_unknown_kind_is_unsupported()
    {
        var outcome = Assert.Single(ReferenceCases.Run("""{"id":"a","kind":"no.such","inputs":{},"expected":{}}""", "file"));
        Assert.Equal(CaseStatus.Unsupported, outcome.Status);
    }

    [Theory]
    [InlineData("""{"id":"a","kind":"consensus.dl","inputs":{"x":[1,2]},"expected":{}}""", "inputs.u is missing")]
    [InlineData("""{"id":"a","kind":"consensus.dl","inputs":{"x":[1,2],"u":[1,0]},"expected":{}}""", "greater than zero")]
    [InlineData("""{"id":"a","kind":"consensus.dl","inputs":{"x":[1,"2"],"u":[1,1]},"expected":{}}""", "array of numbers")]
    [InlineData("""{"id":"a","kind":"consensus.dl","expected":{}}""", "inputs is missing")]
    [InlineData("not json", "Not JSON")]
    [InlineData("[1]", "must be an object")]
    public void A_case_that_cannot_be_computed_says_why(string json, string message)
    {
        var outcome = Assert.Single(ReferenceCases.Run(json, "file"));
        Assert.Equal(CaseStatus.Failed, outcome.Status);
        Assert.Contains(message, outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_expectation_does_not_pass()
    {
        var outcome = Assert.Single(ReferenceCases.Run("""{"id":"a","kind":"consensus.paule_mandel","inputs":{"x":[1,1.1],"u":[1,1]},"expected":{"mu":1.06,"nothing":1},"tolerance":{"default":{"rel":1e-6}}}""", "file"));
        Assert.False(outcome.Pass);
        Assert.Equal([false, false], outcome.Comparisons.Select(c => c.Pass));
    }
}
