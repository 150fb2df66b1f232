using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Cli;

/// <summary>Reads the project of an evaluation, in JSON or YAML.</summary>
internal static class ProjectFile
{
    /// <summary>The file's bytes, nothing in them understood yet.</summary>
    public static Outcome<DataTable> Load(string path)
    {
        try
        {
            return new DataTable(Path.GetFileName(path), [], [], new Dictionary<string, string>()) { Bytes = File.ReadAllBytes(path) };
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Refusal("file-missing", null, path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Refusal("data-unreadable", null, path, fault.Message);
        }
    }

    public static Outcome<UncertaintyProject> Read(DataTable file, CliTexts texts)
    {
        var text = new UTF8Encoding(false, false).GetString(file.Bytes).TrimStart('\uFEFF');
        try
        {
            return Path.GetExtension(file.File).ToLowerInvariant() is ".yaml" or ".yml" ? UncertaintyProject.Read(FromYaml(text)) : UncertaintyProject.Read(text);
        }
        catch (ProjectFormatException fault)
        {
            return fault.Problems.Select(p => new Refusal("project", null, file.File, p.Path.Length == 0 ? "" : $"{p.Path}: ", ProblemText.Of(p, texts))).ToList();
        }
        catch (YamlException fault)
        {
            return new Refusal("project-yaml", null, file.File, fault.Start.Line, fault.Start.Column);
        }
    }

    private static JsonNode? FromYaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Count == 0 ? null : Convert(stream.Documents[0].RootNode, 0);
    }

    private static JsonNode? Convert(YamlNode node, int depth)
    {
        // Anchors can make a file refer to itself.
        if (depth > 50)
            throw new YamlException(node.Start, node.End, "Too deep.");
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                    members[(key as YamlScalarNode)?.Value ?? throw new YamlException(key.Start, key.End, "A key must be text.")] = Convert(value, depth + 1);
                return members;
            case YamlSequenceNode sequence:
                return new JsonArray([.. sequence.Children.Select(c => Convert(c, depth + 1))]);
            default:
                var scalar = (YamlScalarNode)node;
                if (scalar.Style != ScalarStyle.Plain)
                    return scalar.Value;
                return scalar.Value is null or "" or "null" or "~" ? null
                    : double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && !scalar.Value.StartsWith('i') ? JsonValue.Create(number) : scalar.Value;
        }
    }
}

/// <summary>What is wrong with a model or a project, in the reader's language.</summary>
internal static class ProblemText
{
    public static string Of(ProjectProblem problem, CliTexts texts) => problem.Model is { } model ? Of(model, texts)
        : With(texts[$"project.{problem.Code}", [.. problem.Arguments]], problem.Suggestion, texts);

    public static string Of(ModelProblem problem, CliTexts texts) =>
        With(texts[$"model.{problem.Code}", [.. problem.Arguments]] + texts["model.position", problem.Place.Start + 1], problem.Suggestion, texts);

    private static string With(string sentence, string? suggestion, CliTexts texts) => suggestion is null ? sentence : sentence + texts["model.suggestion", suggestion];
}
