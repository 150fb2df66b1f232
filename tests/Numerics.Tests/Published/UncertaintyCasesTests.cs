namespace Plumbline.Numerics.Tests.Published;

/// <summary>The cases of tests/data/uncertainty that uncertain numbers compute, in their own tolerances. The files name their sources.</summary>
public class UncertaintyCasesTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(TestData.Folder, "..", "uncertainty"));

    public static TheoryData<string> Files =>
    [
        "gum-h1-linear.json", "gum-h1-second-order.json", "gum-h2-raw.json", "hotelling-k2-complex.json", "nist-tn1900-e13-thermal.json", "nist-tn1900-e15-gamma.json",
        "quam-a1-cd-standard.json", "welch-satterthwaite-basic.json", "willink-hall-complex-1.json",
        "dist-panel.json", "gum-h1-mc-normal.json", "jcgm101-9-2-2-normal.json", "jcgm101-9-2-3-rectangular.json", "jcgm101-9-3-mass.json", "jcgm101-9-4-loss-x1-000-r0.json",
        "jcgm101-9-4-loss-x1-010-r0.json", "jcgm101-9-4-loss-x1-050-r0.json", "jcgm101-9-5-gauge-99.json", "jcgm102-9-3-magphase-001-r0.json", "jcgm102-9-3-magphase-010-r0.json",
        "jcgm102-9-3-magphase-100-r0.json", "jcgm102-region-factors.json",
    ];

    [Theory, MemberData(nameof(Files))]
    public void Every_expected_quantity_is_within_its_tolerance(string file)
    {
        foreach (var outcome in ReferenceCases.Run(File.ReadAllText(Path.Combine(Folder, file)), file))
        {
            Assert.True(outcome.Status == CaseStatus.Computed, $"{outcome.Id}: {outcome.Status} {outcome.Message}");
            Assert.NotEmpty(outcome.Comparisons);
            Assert.All(outcome.Comparisons, c => Assert.True(c.Pass, $"{c.Name}: expected {c.Expected}, computed {c.Computed}, allowed {c.Tolerance}"));
        }
    }
}
