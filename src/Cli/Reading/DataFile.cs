using System.Globalization;
using System.Text.Json;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Cli;

/// <summary>Reads a CSV, a worksheet or JSON as one table. A JSON may be a list of objects, an object of lists, or a reference case, whose lists stand under <c>inputs</c>.</summary>
internal static class DataFile
{
    private static readonly string[] nests = ["inputs", "input", "rows", "data", "results"];

    public static Outcome<DataTable> Read(string path, CliTexts texts)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Refusal("file-missing", null, path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Refusal("data-unreadable", null, path, fault.Message);
        }
        var name = Path.GetFileName(path);
        var isJson = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
        var read = isJson ? Json(bytes, name) : Table(bytes, name, texts);
        return read.Value is { } table ? table with { Bytes = bytes } : read;
    }

    private static Outcome<DataTable> Table(byte[] bytes, string name, CliTexts texts)
    {
        using var stream = new MemoryStream(bytes);
        var reading = Sheet.Read(stream, name, SheetLimits.Default);
        if (!reading.Succeeded)
            return reading.Problems.Select(p => new Refusal("data-sheet", null, name, SheetsTexts.Describe(p, texts.Culture))).ToList();
        if (reading.Sheet.Rows.Count == 0)
            return new Refusal("data-empty", null, name);
        return new DataTable(name, reading.Sheet.Columns, [.. reading.Sheet.Rows.Select(r => new DataRow(r.Number, [.. r.Cells]))], new Dictionary<string, string>());
    }

    private static Outcome<DataTable> Json(byte[] bytes, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return FromJson(json.RootElement, name);
        }
        catch (JsonException fault)
        {
            return new Refusal("data-json", null, name, (fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1);
        }
    }

    private static Outcome<DataTable> FromJson(JsonElement root, string name)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var depth = 0; depth < 3; depth++)
        {
            if (root.ValueKind == JsonValueKind.Array)
                return root.GetArrayLength() == 1 && Nested(root[0]) is not null ? FromJson(root[0], name) : FromObjects(root, name, settings);
            if (root.ValueKind != JsonValueKind.Object)
                break;
            foreach (var member in root.EnumerateObject().Where(m => m.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number))
                settings[member.Name] = Text(member.Value);
            if (Nested(root) is not { } inner)
                return FromLists(root, name, settings);
            root = inner;
        }
        return new Refusal("data-form", null, name);
    }

    private static JsonElement? Nested(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && nests.FirstOrDefault(n => root.TryGetProperty(n, out var inner) && inner.ValueKind is JsonValueKind.Object or JsonValueKind.Array) is { } found
            && !root.TryGetProperty("x", out _) ? root.GetProperty(found) : null;

    private static Outcome<DataTable> FromObjects(JsonElement rows, string name, Dictionary<string, string> settings)
    {
        if (rows.GetArrayLength() == 0)
            return new Refusal("data-empty", null, name);
        if (rows.EnumerateArray().Any(r => r.ValueKind != JsonValueKind.Object))
            return new Refusal("data-form", null, name);
        var columns = rows.EnumerateArray().SelectMany(r => r.EnumerateObject().Select(m => m.Name)).Distinct().ToList();
        return new DataTable(name, columns, [.. rows.EnumerateArray().Select((r, i) => new DataRow(i + 1, [.. columns.Select(c => r.TryGetProperty(c, out var cell) ? Text(cell) : "")]))], settings);
    }

    private static Outcome<DataTable> FromLists(JsonElement lists, string name, Dictionary<string, string> settings)
    {
        var columns = new List<(string Name, string[] Cells)>();
        foreach (var member in lists.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Array))
        {
            JsonElement[] items = [.. member.Value.EnumerateArray()];
            if (items.All(i => i.ValueKind != JsonValueKind.Array && i.ValueKind != JsonValueKind.Object))
                columns.Add((member.Name, Array.ConvertAll(items, Text)));
            else if (items.Length > 0 && items.All(i => i.ValueKind == JsonValueKind.Array))
                // A list of rows: one column for each place, blank where a row is shorter.
                for (var place = 0; place < items.Max(i => i.GetArrayLength()); place++)
                    columns.Add(((place + 1).ToString(CultureInfo.InvariantCulture), Array.ConvertAll(items, i => place < i.GetArrayLength() ? Text(i[place]) : "")));
        }
        if (columns.Count == 0)
            return new Refusal("data-form", null, name);
        var count = columns.Max(c => c.Cells.Length);
        List<Refusal> refusals = [.. columns.Where(c => c.Cells.Length != count).Select(c => new Refusal("data-lengths", null, name, c.Name, c.Cells.Length, count))];
        if (refusals.Count > 0)
            return refusals;
        return count == 0 ? new Refusal("data-empty", null, name)
            : new DataTable(name, [.. columns.Select(c => c.Name)], [.. Enumerable.Range(0, count).Select(i => new DataRow(i + 1, [.. columns.Select(c => c.Cells[i])]))], settings);
    }

    /// <summary>A value as it was typed.</summary>
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
