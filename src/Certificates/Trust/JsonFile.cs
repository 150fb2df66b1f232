using System.Text.Json;
using System.Text.Unicode;

namespace Plumbline.Certificates;

/// <summary>Reads a JSON file of ours strictly: every field that is missing, unknown, double or out of bounds is a finding with its path, all at once.</summary>
internal sealed class JsonFile(string name)
{
    private static readonly JsonDocumentOptions strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public List<Finding> Findings { get; } = [];

    /// <summary>The root's fields, after the file's format and its version were found to be the expected ones; null where they are not.</summary>
    public JsonFields? Open(ReadOnlyMemory<byte> bytes, string format, int version, int mostBytes)
    {
        if (bytes.Length > mostBytes)
        {
            Report("json-size", "", $"{bytes.Length}", $"{mostBytes}");
            return null;
        }
        if (!Utf8.IsValid(bytes.Span))
        {
            Report("json-unreadable", "", "UTF-8", null);
            return null;
        }
        JsonElement element;
        try
        {
            using var document = JsonDocument.Parse(bytes, strict);
            element = document.RootElement.Clone();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            Report("json-unreadable", "", fault.Message, null);
            return null;
        }
        if (element.ValueKind != JsonValueKind.Object)
        {
            Report("json-type", "", Kind(element), "object");
            return null;
        }
        var root = new JsonFields(this, element, "");
        var told = root.Text("format");
        var number = root.Number("formatVersion", 1, int.MaxValue);
        if (Findings.Count == 0 && (told != format || number != version))
            Report("json-format", "", $"{told} {number}", $"{format} {version}");
        return Findings.Count == 0 ? root : null;
    }

    public void Report(string rule, string path, string? value, string? expected) =>
        Findings.Add(new(FindingLayer.Form, FindingSeverity.Error, rule, $"{name}{path}", value is { Length: > 80 } ? $"{value[..80]}…" : value, expected));

    public static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => element.ValueKind.ToString().ToLowerInvariant(),
    };
}
