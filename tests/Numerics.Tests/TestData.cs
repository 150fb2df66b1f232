using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics.Tests;

/// <summary>Data files of the repository, found from this source file.</summary>
internal static class TestData
{
    internal static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "data", "comparison"));

    internal static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!;

    internal static double[] Numbers(JsonNode? node) => node.Deserialize<double[]>()!;

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
