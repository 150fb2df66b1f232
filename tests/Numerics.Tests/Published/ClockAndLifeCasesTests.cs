using System.IO.Compression;

namespace Plumbline.Numerics.Tests.Published;

/// <summary>The cases of clock stability and reliability under tests/data/uncertainty, and the clock records of the shared cases where those are at hand.</summary>
public class ClockAndLifeCasesTests
{
    private static string Root => Path.GetFullPath(Path.Combine(TestData.Folder, "..", "..", ".."));

    private static string Own => Path.Combine(Root, "tests", "data", "uncertainty");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Own, "*.json").Select(f => Path.GetFileName(f)!)
        .Where(f => f.StartsWith("allan", StringComparison.Ordinal) || f.StartsWith("mtbf", StringComparison.Ordinal) || f.StartsWith("growth", StringComparison.Ordinal)
            || f.StartsWith("weibull", StringComparison.Ordinal) || f.StartsWith("reliability", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public void Every_expected_quantity_is_within_its_tolerance(string file) => Hold(Path.Combine(Own, file));

    /// <summary>What documents printed is shown, not judged, by the command; here it is held to what the case allows.</summary>
    [Theory, InlineData("allan-nbs14-10pt.json"), InlineData("allan-nbs14-1000pt.json")]
    public void What_NIST_printed_is_met(string file)
    {
        var outcome = Assert.Single(ReferenceCases.Run(File.ReadAllText(Path.Combine(Own, file)), file));
        Assert.All(outcome.Comparisons.Where(c => c.Name.StartsWith("published", StringComparison.Ordinal)), c =>
            Assert.True(Math.Abs(c.Difference!.Value) <= 1e-4 * Math.Abs(c.Expected!.GetValue<double>()), $"{c.Name}: {c.Expected} {c.Computed}"));
    }

    [Theory, InlineData("allan-cs5071a.json"), InlineData("allan-gps-1pps.json")]
    public void Clock_records_as_Stable32_reads_them(string file)
    {
        var path = Path.Combine(Root, "..", "shared", "cases", "uncertainty", file);
        if (!File.Exists(path))
            Assert.Skip($"{file} is not at hand: the clock records are not part of this repository.");
        Hold(path);
    }

    private static void Hold(string path)
    {
        foreach (var outcome in ReferenceCases.Run(File.ReadAllText(path), Path.GetFileName(path), data => Open(Path.Combine(Path.GetDirectoryName(path)!, data))))
        {
            Assert.True(outcome.Status == CaseStatus.Computed, $"{outcome.Id}: {outcome.Status} {outcome.Message}");
            Assert.NotEmpty(outcome.Comparisons);
            Assert.All(outcome.Comparisons, c => Assert.True(c.Pass, $"{c.Name}: expected {c.Expected}, computed {c.Computed}, allowed {c.Tolerance}"));
        }
    }

    private static StreamReader Open(string path) => new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
}
