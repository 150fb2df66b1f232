using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>What came of a reference case.</summary>
public enum CaseStatus
{
    /// <summary>Computed; the verdict is in the comparisons.</summary>
    Computed,

    /// <summary>This release does not know the kind.</summary>
    Unsupported,

    /// <summary>The case could not be read, or its inputs were refused.</summary>
    Failed,
}

/// <summary>One expected quantity beside the computed one.</summary>
/// <param name="Name">The path under <c>expected</c>, such as <c>D[2]</c>.</param>
/// <param name="Expected">As the case states it.</param>
/// <param name="Computed">As computed from the inputs; null when nothing of this name was computed.</param>
/// <param name="Tolerance">The difference allowed, in the unit of the quantity; null for texts and truth values.</param>
/// <param name="Judged">False for what a document printed (names beginning with <c>published</c>): shown, not judged.</param>
/// <param name="Pass">Within tolerance; true when not judged.</param>
public sealed record CaseComparison(string Name, JsonNode? Expected, JsonNode? Computed, double? Tolerance, bool Judged, bool Pass)
{
    /// <summary>Computed − expected; null unless both are numbers.</summary>
    public double? Difference => Number(Computed) - Number(Expected);

    /// <summary>−log₁₀ of the relative difference, at most 16: to how many digits the two agree; null unless both are numbers.</summary>
    public double? DigitsOfAgreement => Difference is not { } d ? null
        : d == 0 ? 16 : Number(Expected) is not { } e || e == 0 ? 0 : Math.Clamp(-Math.Log10(Math.Abs(d / e)), 0, 16);

    /// <summary>A JSON number whatever its type in memory; null for anything else.</summary>
    internal static double? Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number
        ? double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture) : null;
}

/// <summary>A reference case after it was run.</summary>
/// <param name="Id">The case's identifier.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Source">Where the data are from.</param>
/// <param name="Status">What came of it.</param>
/// <param name="Message">Why it failed or is not supported.</param>
/// <param name="Computed">The computed quantities, named and nested as <c>expected</c>.</param>
/// <param name="Comparisons">Quantity by quantity.</param>
public sealed record CaseOutcome(string Id, string Kind, string? Source, CaseStatus Status, string? Message, JsonObject? Computed, CaseComparison[] Comparisons)
{
    /// <summary>Where the expected values are from: printed in a document, or computed by another program.</summary>
    public string? Provenance { get; init; }

    /// <summary>What the case says besides, such as why a figure cannot be reproduced.</summary>
    public string? Notes { get; init; }

    /// <summary>Computed, with every judged quantity in its tolerance.</summary>
    public bool Pass => Status == CaseStatus.Computed && Comparisons.All(c => c.Pass);
}

/// <summary>Runs reference cases (参考算例): data with known results, as evidence that the software is fit for its purpose (ISO/IEC 17025, 7.11).</summary>
/// <remarks>A case is an object with <c>id</c>, <c>kind</c>, <c>inputs</c>, <c>expected</c> and <c>tolerance</c>. Everything is computed from the inputs alone.</remarks>
public static class ReferenceCases
{
    private static readonly Dictionary<string, Func<CaseInputs, JsonObject>> Evaluators = new(
        [.. ConsensusKinds.All, .. EquivalenceKinds.All, .. RobustKinds.All, .. ScoreKinds.All, .. HomogeneityKinds.All, .. PrecisionKinds.All, .. BayesKinds.All, .. UncertaintyKinds.All, .. CorrelatedKinds.All, .. ComplexKinds.All,
        .. StabilityKinds.All, .. ReliabilityKinds.All, .. ConformityKinds.All, .. RegressionKinds.All, .. TypeAKinds.All, .. SamplingKinds.All, .. FleetKinds.All, .. MonteCarloKinds.All], StringComparer.Ordinal);

    /// <summary>The kinds this release computes, in alphabetical order.</summary>
    public static string[] Kinds => [.. Evaluators.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Runs the case, or the array of cases, in a JSON document.</summary>
    /// <param name="json">The document's text.</param>
    /// <param name="name">What to call a case without an identifier, such as the file's name.</param>
    /// <param name="open">Opens a data file that a case names, by its path beside the document; null where there are none.</param>
    /// <returns>One outcome for each case; a document that is not JSON gives one failed outcome.</returns>
    public static CaseOutcome[] Run(string json, string name, Func<string, TextReader>? open = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select((c, i) => RunOne(c, $"{name}#{i + 1}", open))]
                : [RunOne(document.RootElement, name, open)];
        }
        catch (JsonException e)
        {
            return [new(name, "", null, CaseStatus.Failed, $"Not JSON: {e.Message}", null, [])];
        }
    }

    private static CaseOutcome RunOne(JsonElement item, string name, Func<string, TextReader>? open)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return new(name, "", null, CaseStatus.Failed, "A case must be an object.", null, []);
        string id = Text(item, "id") ?? name, kind = Text(item, "kind") ?? "";
        var source = Text(item, "source");
        if (!Evaluators.TryGetValue(kind, out var evaluate))
            return new(id, kind, source, CaseStatus.Unsupported, $"Kind '{kind}' is not known.", null, []);
        if (!item.TryGetProperty("inputs", out var inputs) && !item.TryGetProperty("input", out inputs))
            return new(id, kind, source, CaseStatus.Failed, "inputs is missing.", null, []);
        try
        {
            var expected = item.TryGetProperty("expected", out var e) && e.ValueKind == JsonValueKind.Object ? JsonObject.Create(e)! : [];
            var all = evaluate(new CaseInputs(inputs, e, open));
            var computed = new JsonObject();
            foreach (var (key, value) in all)
                if (expected.Count == 0 || key == "trials" || expected.ContainsKey(key))
                    computed[key] = Infinite.As(value, expected[key]);
            var tolerance = item.TryGetProperty("tolerance", out var t) ? t : item.TryGetProperty("abs_tol", out _) || item.TryGetProperty("rel_tol", out _) ? item : default;
            return new(id, kind, source, CaseStatus.Computed, null, computed, [.. SamplingTolerance.Widen(expected.SelectMany(p => Compare(p.Key, p.Key, p.Value, computed[p.Key], tolerance)), expected, computed, tolerance)])
            {
                Provenance = Text(item, "provenance"), Notes = Text(item, "notes"),
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or ArithmeticException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new(id, kind, source, CaseStatus.Failed, e.Message, null, []);
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<CaseComparison> Compare(string field, string path, JsonNode? expected, JsonNode? computed, JsonElement tolerance, double floor = 0)
    {
        // A name that begins with _ is a row's label: it is shown as well.
        var published = field.StartsWith("published", StringComparison.Ordinal) || path.EndsWith("._row", StringComparison.Ordinal);
        switch (expected)
        {
            // An empty object states nothing.
            case JsonObject { Count: 0 }:
                return [];
            case JsonObject members when computed is JsonObject or null:
                return members.SelectMany(m => Compare(field, $"{path}.{m.Key}", m.Value, (computed as JsonObject)?[m.Key], tolerance, Rounding(members.Select(v => v.Value))));
            case JsonArray items when computed is JsonArray or null && ((computed as JsonArray)?.Count ?? items.Count) == items.Count:
                return items.SelectMany((v, i) => Compare(field, $"{path}[{i}]", v, (computed as JsonArray)?[i], tolerance, Rounding(items)));
        }
        if (CaseComparison.Number(expected) is { } value)
        {
            var (absolute, relative) = Allowed(field, path, tolerance);
            var allowed = Math.Max(absolute + relative * Math.Abs(value), floor);
            var pass = CaseComparison.Number(computed) is { } number && Math.Abs(number - value) <= allowed;
            return [new(path, expected!.DeepClone(), computed?.DeepClone(), allowed, !published, pass || published)];
        }
        return [new(path, expected?.DeepClone(), computed?.DeepClone(), null, !published, published || JsonNode.DeepEquals(expected, computed))];
    }

    /// <summary>What rounding leaves of a number that is zero beside its neighbours.</summary>
    private static double Rounding(IEnumerable<JsonNode?> numbers) => 1e-15 * numbers.Select(n => Math.Abs(CaseComparison.Number(n) ?? 0)).DefaultIfEmpty().Max();

    /// <summary>The tolerance of a quantity: by the name under <c>expected</c>, by its own name, by a name of which that is a part (<c>min</c> in <c>min_max</c>), by one it begins with (<c>se</c> of <c>se_eta</c>), or the default.</summary>
    private static (double Absolute, double Relative) Allowed(string field, string path, JsonElement tolerance)
    {
        if (tolerance.ValueKind != JsonValueKind.Object)
            return (0, 1e-9);
        // Some files state one tolerance beside the case itself.
        if (tolerance.TryGetProperty("abs_tol", out var absolute) || tolerance.TryGetProperty("rel_tol", out _))
            return (absolute.ValueKind == JsonValueKind.Number ? absolute.GetDouble() : 0, tolerance.TryGetProperty("rel_tol", out var relative) ? relative.GetDouble() : 0);
        var leaf = path[(path.LastIndexOf('.') + 1)..].Split('[')[0];
        var names = tolerance.EnumerateObject().Select(p => p.Name).ToArray();
        var name = names.FirstOrDefault(n => n == field) ?? names.FirstOrDefault(n => n == leaf) ?? names.FirstOrDefault(n => n.Split('_').Contains(leaf))
            ?? names.FirstOrDefault(n => leaf.StartsWith(n + "_", StringComparison.Ordinal)) ?? names.FirstOrDefault(n => n == "default");
        if (name is null)
            return (0, 1e-9);
        var own = tolerance.GetProperty(name);
        // A tolerance in words ("integer match") asks for the very number.
        return own.ValueKind == JsonValueKind.Object ? (Part("abs"), Part("rel")) : own.ValueKind == JsonValueKind.String ? (0, 0) : (0, 1e-9);
        double Part(string part) => own.TryGetProperty(part, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;
    }
}
