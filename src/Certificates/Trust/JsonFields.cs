using System.Globalization;
using System.Text.Json;

namespace Plumbline.Certificates;

/// <summary>The fields of one object. What is asked for and wrong is reported and read as a harmless value: the file is refused in the end.</summary>
internal sealed class JsonFields(JsonFile file, JsonElement element, string path)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public string Path => path;

    public string Text(string field, int most = 500) => Find(field, needed: true) is { } found ? Text(found, field, most) : "";

    public string? OptionalText(string field, int most = 500) => Find(field) is { } found ? Text(found, field, most) : null;

    public long Number(string field, long least, long most) => Find(field, needed: true) is { } found ? Number(found, field, least, most) : least;

    public long? OptionalNumber(string field, long least, long most) => Find(field) is { } found ? Number(found, field, least, most) : null;

    public bool Flag(string field)
    {
        if (Find(field, needed: true) is not { } found)
            return false;
        if (found.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            file.Report("json-type", $"{path}/{field}", JsonFile.Kind(found), "boolean");
        return found.ValueKind == JsonValueKind.True;
    }

    public double? OptionalReal(string field)
    {
        if (Find(field) is not { } found)
            return null;
        if (found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        file.Report("json-value", $"{path}/{field}", found.GetRawText(), "0.0");
        return null;
    }

    public DateOnly Date(string field) => Date(Text(field), field);

    public DateOnly? OptionalDate(string field) => OptionalText(field) is { } text ? Date(text, field) : null;

    public T Choice<T>(string field)
        where T : struct, Enum => Choice<T>(Text(field), field);

    public IReadOnlyList<T> Choices<T>(string field)
        where T : struct, Enum => [.. Texts(field, 100).Select(t => Choice<T>(t, field))];

    /// <summary>Bytes in base64.</summary>
    public byte[] Bytes(string field, int most)
    {
        var text = Text(field, most / 3 * 4 + 4);
        var bytes = new byte[text.Length / 4 * 3 + 3];
        if (Convert.TryFromBase64String(text, bytes, out var count) && Convert.ToBase64String(bytes, 0, count) == text)
            return bytes[..count];
        file.Report("json-value", $"{path}/{field}", text, "base64");
        return [];
    }

    /// <summary>Bytes in lower-case hexadecimal digits.</summary>
    /// <param name="length">How many bytes; 0 for any number from 1.</param>
    public byte[] Hex(string field, int length, int most = 64) => Hex(Text(field, 2 * most), field, length);

    public byte[]? OptionalHex(string field, int length, int most = 64) => OptionalText(field, 2 * most) is { } text ? Hex(text, field, length) : null;

    /// <summary>An address of 32 bits, as 0x and hexadecimal digits.</summary>
    public long Address(string field)
    {
        var text = Text(field, 10);
        if (text.StartsWith("0x", StringComparison.Ordinal) && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address))
            return address;
        if (text.Length > 0)
            file.Report("json-value", $"{path}/{field}", text, "0x08000000");
        return 0;
    }

    /// <summary>A number of at most so many bits, in exactly as many hexadecimal digits.</summary>
    public uint Bits(string field, int width)
    {
        var text = Text(field, 8);
        if (text.Length == width / 4 && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            return bits;
        if (text.Length > 0)
            file.Report("json-value", $"{path}/{field}", text, $"{width / 4} × 0-9a-f");
        return 1;
    }

    public IReadOnlyList<string> Texts(string field, int mostEach = 500) =>
        [.. Items(field, needed: false).Select((item, i) => Text(item, $"{field}[{i + 1}]", mostEach))];

    public IReadOnlyList<JsonFields> Objects(string field, bool needed = true)
    {
        var objects = new List<JsonFields>();
        foreach (var item in Items(field, needed))
            if (item.ValueKind == JsonValueKind.Object)
                objects.Add(new(file, item, $"{path}/{field}[{objects.Count + 1}]"));
            else
                file.Report("json-type", $"{path}/{field}", JsonFile.Kind(item), "object");
        return objects;
    }

    public JsonFields? OptionalObject(string field)
    {
        if (Find(field) is not { } found)
            return null;
        if (found.ValueKind == JsonValueKind.Object)
            return new(file, found, $"{path}/{field}");
        file.Report("json-type", $"{path}/{field}", JsonFile.Kind(found), "object");
        return null;
    }

    /// <summary>Says that a value is wrong.</summary>
    public void Refuse(string field, string? value, string expected) => file.Report("json-value", $"{path}/{field}", value, expected);

    /// <summary>Reports what nobody asked for: a misspelt field must not be passed over.</summary>
    public void End()
    {
        foreach (var property in element.EnumerateObject().Where(p => !asked.Contains(p.Name)))
            file.Report("json-unknown", path, property.Name, string.Join(", ", asked));
    }

    private JsonElement? Find(string field, bool needed = false)
    {
        asked.Add(field);
        if (element.TryGetProperty(field, out var found) && found.ValueKind != JsonValueKind.Null)
            return found;
        if (needed)
            file.Report("json-missing", path, null, field);
        return null;
    }

    private List<JsonElement> Items(string field, bool needed)
    {
        if (Find(field, needed) is not { } found)
            return [];
        if (found.ValueKind == JsonValueKind.Array)
            return [.. found.EnumerateArray()];
        file.Report("json-type", $"{path}/{field}", JsonFile.Kind(found), "array");
        return [];
    }

    private string Text(JsonElement found, string field, int most)
    {
        if (found.ValueKind != JsonValueKind.String)
        {
            file.Report("json-type", $"{path}/{field}", JsonFile.Kind(found), "string");
            return "";
        }
        string text;
        try
        {
            text = found.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            file.Report("json-value", $"{path}/{field}", found.GetRawText(), "UTF-16");
            return "";
        }
        if (text.Length is 0 || text.Length > most || text != text.Trim() || text.Any(char.IsControl))
            file.Report("json-text", $"{path}/{field}", text, $"{most}");
        return text;
    }

    private long Number(JsonElement found, string field, long least, long most)
    {
        if (found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        file.Report("json-value", $"{path}/{field}", found.GetRawText(), $"{least} … {most}");
        return least;
    }

    private DateOnly Date(string text, string field)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        if (text.Length > 0)
            file.Report("json-value", $"{path}/{field}", text, "yyyy-MM-dd");
        return default;
    }

    private T Choice<T>(string text, string field)
        where T : struct, Enum
    {
        if (Enum.GetNames<T>().Contains(text, StringComparer.Ordinal))
            return Enum.Parse<T>(text);
        if (text.Length > 0)
            file.Report("json-value", $"{path}/{field}", text, string.Join(", ", Enum.GetNames<T>()));
        return default;
    }

    private byte[] Hex(string text, string field, int length)
    {
        if (text.Length % 2 == 0 && (length == 0 || text.Length == 2 * length) && text.All(char.IsAsciiHexDigitLower))
            return Convert.FromHexString(text);
        if (text.Length > 0)
            file.Report("json-value", $"{path}/{field}", text, length == 0 ? "0-9a-f" : $"{2 * length} × 0-9a-f");
        return [];
    }
}
