using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Keeps what a notice names as data, so that a date, a role or a name is written in the language of whoever reads it.</summary>
internal static class NoticeArguments
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private sealed record Packed(string Kind, string? Value, string? Other = null);

    public static string Pack(object?[] arguments) => JsonSerializer.Serialize(arguments.Select(argument => argument switch
    {
        null => new Packed("text", ""),
        DateTimeOffset at => new Packed("instant", at.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture)),
        DateOnly day => new Packed("text", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Enum value => new Packed("key", $"{value.GetType().Name}.{value}"),
        Bilingual name => new Packed("both", name.Chinese, name.English),
        IFormattable number => new Packed("text", number.ToString(null, CultureInfo.InvariantCulture)),
        _ => new Packed("text", argument.ToString()),
    }), Json);

    public static object?[] Unpack(string arguments, Texts texts) =>
        [.. JsonSerializer.Deserialize<Packed[]>(arguments, Json)!.Select(object? (packed) => packed.Kind switch
        {
            "instant" => DateTimeOffset.Parse(packed.Value!, CultureInfo.InvariantCulture),
            "key" => texts[packed.Value!],
            "both" => Texts.Pick(packed.Value!, packed.Other),
            _ => packed.Value,
        })];
}
