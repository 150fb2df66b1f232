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

    /// <summary>Kinds without a file of their own, on lives of our own: figures of a simplex search in scipy 1.10, r² percentile from two million samples in numpy.</summary>
    [Theory]
    [InlineData("""{"kind":"weibull-mle-3p","inputs":{"failures":[763.2,678.28,722.22,655.08,549.29,643.22,667.53,584.26,563.95,700.06,707.01,712.66,610.66,773.26,730.89,764.61,653.79,573.85,643.74,659.63,770.23,557.43,588.16,688.61,632.11,673.0,714.3,556.15,751.48,514.69]},"expected":{"alpha":281.14351437412677,"beta":4.02737032614416,"gamma":405.9542966972775,"loglik":-170.8471421382384},"tolerance":{"default":{"rel":1e-05}}}""")]
    [InlineData("""{"kind":"weibull-mle-interval","inputs":{"lower":[0,0,6.12,6.12,19.92,19.92,29.64,35.4,39.72,45.24,52.32,63.48,10,33.3],"upper":[6.12,6.12,19.92,19.92,29.64,29.64,35.4,39.72,45.24,52.32,63.48,null,null,33.3]},"expected":{"beta":1.3993303393153855,"eta":35.28912293282258,"loglik":-30.868853906007427},"tolerance":{"default":{"rel":1e-05}}}""")]
    [InlineData("""{"kind":"weibull-mle-interval","inputs":{"lower":[100,200,300,400,500,150],"upper":[200,300,400,500,null,null],"note":"x"},"expected":{"beta":2.5206685289252335,"eta":412.30527324998053,"loglik":-8.392328116073777},"tolerance":{"default":{"rel":1e-05}}}""")]
    [InlineData("""{"kind":"weibull-mle","inputs":{"failures":[90,96,30,49,82,55,120],"right_censored":[]},"expected":{"median_rank_regression_WeibullR":{"Rsqr":0.9768737223303716,"AbPval":92.3681}},"tolerance":{"AbPval":{"abs":0.15},"default":{"rel":1e-09}}}""")]
    public void A_kind_without_a_file_is_computed(string json)
    {
        var outcome = Assert.Single(ReferenceCases.Run(json, "case"));
        Assert.True(outcome.Status == CaseStatus.Computed, outcome.Message);
        Assert.All(outcome.Comparisons, c => Assert.True(c.Pass && c.Computed is not null, $"{c.Name}: expected {c.Expected}, computed {c.Computed}"));
    }
}
