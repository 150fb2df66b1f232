using System.Text.Json;

namespace Plumbline.Comparisons;

/// <summary>Reads the pilot laboratory's returns out of the tests in which they were entered.</summary>
internal static class PilotReturns
{
    public static IEnumerable<InputReturn> Read(PreparationTest test, string point, string? standard)
    {
        using var data = JsonDocument.Parse(test.Data);
        foreach (var item in data.RootElement.ValueKind == JsonValueKind.Array ? [.. data.RootElement.EnumerateArray()] : data.RootElement.TryGetProperty("returns", out var list) ? list.EnumerateArray().ToArray() : [data.RootElement])
            yield return new(point, standard, item.GetProperty("on").Deserialize<DateOnly>(), item.GetProperty("value").GetString()!, TypedNumber.Read(item.GetProperty("value").GetString())!.Value,
                item.TryGetProperty("standardUncertainty", out var u) && u.ValueKind == JsonValueKind.Number ? u.GetDouble() : null);
    }
}
