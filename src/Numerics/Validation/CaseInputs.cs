using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reads the inputs of a reference case; what is missing or of the wrong shape is said by name.</summary>
internal sealed class CaseInputs(JsonElement inputs, JsonElement asked = default, Func<string, TextReader>? open = null)
{
    /// <summary>The question a case asks: names, and the points at which rows are wanted (such as m); never the answers.</summary>
    internal CaseInputs Asked(string name) => new(asked.ValueKind == JsonValueKind.Object && asked.TryGetProperty(name, out var value) ? value : default);

    /// <summary>Names and shapes of all that is asked for: whether as a pair, a row or an object; never the answers.</summary>
    internal CaseInputs Question => new(asked);

    internal bool IsAsked(string name) => asked.ValueKind == JsonValueKind.Object && asked.TryGetProperty(name, out _);

    internal string[] AskedNames => asked.ValueKind == JsonValueKind.Object ? [.. asked.EnumerateObject().Select(p => p.Name)] : [];

    /// <summary>One member of each row of what this reads, where it is an array of objects.</summary>
    internal double[] Column(string name) => inputs.ValueKind == JsonValueKind.Array ? [.. inputs.EnumerateArray().Select(row => new CaseInputs(row).Number(name))] : [];

    internal CaseInputs[] Objects(string name) => [.. Items(name).Select(v => v.ValueKind == JsonValueKind.Object ? new CaseInputs(v) : throw Wrong(name, "an array of objects"))];

    /// <summary>How many elements an array has; 0 for anything else.</summary>
    internal int Count(string name) => Has(name) && Get(name).ValueKind == JsonValueKind.Array ? Get(name).GetArrayLength() : 0;

    /// <summary>The data file that an input names.</summary>
    internal TextReader Open(string name) => open is null ? throw new FormatException($"inputs.{name} names a file, and files cannot be read here.") : open(Text(name));

    /// <summary>A setting of the result, such as its coverage probability, that some cases state beside the results.</summary>
    internal double Asked(string name, double otherwise) => IsNumber(name) ? Number(name)
        : asked.ValueKind == JsonValueKind.Object && asked.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : otherwise;

    internal bool Has(string name) => inputs.ValueKind == JsonValueKind.Object && inputs.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    internal bool IsNumber(string name) => Has(name) && Get(name).ValueKind == JsonValueKind.Number;

    /// <summary>The names that are given, in their own order.</summary>
    internal IEnumerable<string> Names => inputs.ValueKind == JsonValueKind.Object ? inputs.EnumerateObject().Select(p => p.Name) : [];

    internal bool IsText(string name) => Has(name) && Get(name).ValueKind == JsonValueKind.String;

    internal bool IsArray(string name) => Has(name) && Get(name).ValueKind == JsonValueKind.Array;

    internal bool IsObject(string name) => Has(name) && Get(name).ValueKind == JsonValueKind.Object;

    /// <summary>An array of arrays.</summary>
    internal bool IsMatrix(string name) => IsArray(name) && Get(name).GetArrayLength() > 0 && Get(name)[0].ValueKind == JsonValueKind.Array;

    /// <summary>An array of objects.</summary>
    internal CaseInputs[] Each(string name) => [.. Items(name).Select(v => new CaseInputs(v))];

    internal double Number(string name) => Get(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : throw Wrong(name, "a number");

    internal double Number(string name, double otherwise) => Has(name) ? Number(name) : otherwise;

    internal double? NumberOrNull(string name) => Has(name) ? Number(name) : null;

    internal int Integer(string name) => (int)Number(name);

    internal string Text(string name) => Get(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Wrong(name, "text");

    internal double[] Numbers(string name) => Numbers(Get(name), name);

    internal string[] Texts(string name) => [.. Items(name).Select(v => v.ValueKind == JsonValueKind.String ? v.GetString()! : v.GetRawText())];

    internal bool Flag(string name, bool otherwise) => !Has(name) ? otherwise : Get(name).ValueKind is JsonValueKind.True or JsonValueKind.False ? Get(name).GetBoolean() : throw Wrong(name, "true or false");

    internal bool[] Flags(string name) => [.. Items(name).Select(v => v.ValueKind is JsonValueKind.True or JsonValueKind.False ? v.GetBoolean() : throw Wrong(name, "an array of true and false"))];

    internal double[][] Rows(string name) => [.. Items(name).Select(row => Numbers(row, name))];

    internal double[,] Matrix(string name)
    {
        var rows = Rows(name);
        var matrix = new double[rows.Length, rows.Length == 0 ? 0 : rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Length != matrix.GetLength(1))
                throw Wrong(name, "an array of rows of equal length");
            for (var j = 0; j < rows[i].Length; j++)
                matrix[i, j] = rows[i][j];
        }
        return matrix;
    }

    /// <summary>An object of arrays, in its own order.</summary>
    internal (string Name, double[] Values)[] NamedRows(string name) => Get(name) is { ValueKind: JsonValueKind.Object } value
        ? [.. value.EnumerateObject().Select(p => (p.Name, Numbers(p.Value, name)))] : throw Wrong(name, "an object of arrays");

    /// <summary>Degrees of freedom: null and texts such as "inf" stand for infinity.</summary>
    internal double[] DegreesOfFreedom(string name) => [.. Items(name).Select(v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : double.PositiveInfinity)];

    /// <summary>An array in which null is allowed.</summary>
    internal double?[] NumbersOrNull(string name) => [.. Items(name).Select(v => v.ValueKind == JsonValueKind.Null ? (double?)null : v.ValueKind == JsonValueKind.Number ? v.GetDouble() : throw Wrong(name, "an array of numbers and null"))];

    /// <summary>The JSON text of an input that may have several shapes.</summary>
    internal string Raw(string name) => Get(name).GetRawText();

    /// <summary>A limit: null and texts such as "-inf" stand for none.</summary>
    internal double? Limit(string name) => IsNumber(name) ? Number(name) : null;

    /// <summary>Degrees of freedom of one quantity; missing, null and texts such as "inf" stand for infinity.</summary>
    internal double DegreesOfFreedomOf(string name) => IsNumber(name) ? Number(name) : double.PositiveInfinity;

    /// <summary>What an array of numbers, or one number alone, holds.</summary>
    internal double[] OneOrMore(string name) => IsNumber(name) ? [Number(name)] : Numbers(name);

    /// <summary>An input as it stands, to be shown again.</summary>
    internal JsonNode? Node(string name) => Has(name) ? JsonNode.Parse(Get(name).GetRawText()) : null;

    internal CaseInputs Inner(string name) => new(Get(name));

    private JsonElement[] Items(string name) => Get(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : throw Wrong(name, "an array");

    private static double[] Numbers(JsonElement value, string name) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : throw Wrong(name, "an array of numbers"))]
        : throw Wrong(name, "an array of numbers");

    private JsonElement Get(string name) => inputs.ValueKind == JsonValueKind.Object && inputs.TryGetProperty(name, out var value)
        ? value : throw new FormatException($"inputs.{name} is missing.");

    private static FormatException Wrong(string name, string expected) => new($"inputs.{name} must be {expected}.");

    internal static JsonArray Array(IEnumerable<double> values) => [.. values.Select(v => (JsonNode?)JsonValue.Create(v))];

    internal static JsonArray Array(IEnumerable<double?> values) => [.. values.Select(v => v is { } number ? (JsonNode?)JsonValue.Create(number) : null)];

    internal static JsonArray Array(IEnumerable<string> values) => [.. values.Select(v => (JsonNode?)JsonValue.Create(v))];
}
