namespace Plumbline.Numerics.Tests.Published;

/// <summary>Holds every case of a file to its own tolerance.</summary>
internal static class CaseFolder
{
    internal static void Holds(string folder, string file)
    {
        var path = Path.GetFullPath(Path.Combine(TestData.Folder, "..", folder, file));
        foreach (var outcome in ReferenceCases.Run(File.ReadAllText(path), file))
        {
            Assert.True(outcome.Status == CaseStatus.Computed, $"{outcome.Id}: {outcome.Status} {outcome.Message}");
            Assert.NotEmpty(outcome.Comparisons);
            Assert.All(outcome.Comparisons, c => Assert.True(c.Pass, $"{outcome.Id} {c.Name}: expected {c.Expected}, computed {c.Computed}, allowed {c.Tolerance}"));
        }
    }
}
