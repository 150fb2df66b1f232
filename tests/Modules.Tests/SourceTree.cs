namespace Plumbline.Modules.Tests;

/// <summary>The repository's own files, for the tests that read the plan against the house.</summary>
internal static class SourceTree
{
    public static readonly string Root = Find();
    public static readonly string Source = Path.Combine(Root, "src");

    public static IEnumerable<string> Files(string folder, params string[] extensions) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => extensions.Contains(Path.GetExtension(f)) && !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Plumbline.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests read the source: run them inside the repository.");
        return folder.FullName;
    }
}

internal static class Expect
{
    /// <summary>Fails with every line of <paramref name="faults"/>, not only with the first few.</summary>
    public static void None(IEnumerable<string?> faults)
    {
        var found = faults.Distinct().Order().ToArray();
        if (found.Length > 0)
            Assert.Fail(string.Join('\n', found));
    }
}
