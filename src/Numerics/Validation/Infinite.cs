using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>JSON has no infinity: cases write "inf", or null, and the answer is written as the question is.</summary>
internal static class Infinite
{
    private const string Mark = "\u221e";

    /// <summary>The number; a mark for infinity until <see cref="As"/> sees how the case writes it; null for none.</summary>
    internal static JsonNode? Or(double? value) => value is not { } v ? null : double.IsPositiveInfinity(v) ? JsonValue.Create(Mark) : double.IsFinite(v) ? JsonValue.Create(v) : null;

    /// <summary>The computed figures with every infinity as the expected ones have it: their word where they have one, null elsewhere.</summary>
    internal static JsonNode? As(JsonNode? computed, JsonNode? expected) => computed switch
    {
        JsonObject members => new JsonObject([.. members.Select(m => KeyValuePair.Create(m.Key, As(m.Value, (expected as JsonObject)?[m.Key])))]),
        JsonArray items => new JsonArray([.. items.Select((v, k) => As(v, expected is JsonArray all && k < all.Count ? all[k] : null))]),
        JsonValue value when value.TryGetValue<string>(out var text) && text == Mark => IsWord(expected) ? expected!.DeepClone() : null,
        _ => computed?.DeepClone(),
    };

    private static bool IsWord(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim('+').ToLowerInvariant() is "inf" or "infinity" or Mark;
}
