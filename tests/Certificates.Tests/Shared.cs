using System.Runtime.CompilerServices;

namespace Plumbline.Certificates.Tests;

/// <summary>Samples of other people, which lie beside the project and are not part of it: a test that needs them skips where they are absent.</summary>
internal static class Shared
{
    private static readonly string folder = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "shared", "certificates"));

    /// <summary>The path of a shared sample; skips the test where the folder is absent.</summary>
    public static string Find(params string[] parts)
    {
        Assert.SkipUnless(Directory.Exists(folder), "../shared/certificates is not beside the project");
        return Path.Combine([folder, .. parts]);
    }

    /// <summary>The file that this project keeps under tests/Certificates.Tests/data.</summary>
    public static string Own(params string[] parts) => Path.Combine([Here(), "data", .. parts]);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
