using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Plumbline.Comparisons;

/// <summary>How the module's records are written as JSON: camelCase, enumerations by name, shortest round-trip numbers, Chinese as Chinese.</summary>
public static class ComparisonsJson
{
    public static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter() },
    };
}
