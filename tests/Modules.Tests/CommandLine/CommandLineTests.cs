using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Cli;

namespace Plumbline.Modules.Tests.CommandLine;

/// <summary>A terminal of one's own: a folder that goes with the test, and calls as a shell would make them.</summary>
public abstract class CommandLineTests : IDisposable
{
    /// <summary>Deleted after the test.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("plumbline-terminal-").FullName;

    protected static string Samples { get; } = Path.Combine(SourceTree.Root, "samples");

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string Write(string name, params string[] lines)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, string.Join('\n', lines));
        return path;
    }

    protected static string Sample(string name) => Path.Combine(Samples, name);

    /// <returns>Exit code 2 where the parser refuses, and its sentences among the errors.</returns>
    protected static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        StringWriter output = new(), error = new();
        var root = new RootCommand();
        foreach (var command in Commands.Called(args, CliTexts.For("en")))
            root.Add(command);
        var parsed = root.Parse(args);
        var code = await parsed.InvokeAsync(new() { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (parsed.Errors.Count > 0 ? 2 : code, output.ToString(), error.ToString() + string.Join('\n', parsed.Errors.Select(e => e.Message)));
    }

    protected static async Task<JsonNode> JsonAsync(params string[] args)
    {
        var (code, output, error) = await RunAsync([.. args, "--json"]);
        Assert.True(code == 0, error);
        return JsonNode.Parse(output)!;
    }
}
