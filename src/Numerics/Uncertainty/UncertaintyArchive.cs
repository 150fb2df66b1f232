using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Uncertain numbers in a file (不确定数的存档): versioned JSON that keeps identity, so that numbers read back are still correlated with one another and with everything from the same inputs.</summary>
/// <remarks>Format <c>plumbline-uncertain-numbers</c>, version 2: inputs (id, label, value, u, dof, distribution; null stands for infinity), groups (members, covariance, whether observed together), the steps of the computation with the names of intermediate results, and numbers and complex numbers by the step that is each. Version 1, which kept the sensitivities of each number to the inputs alone, stays readable.</remarks>
public sealed partial class UncertaintyArchive
{
    private const string Format = "plumbline-uncertain-numbers";

    private static readonly JsonSerializerOptions writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, UncertainNumber> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UncertainComplex> complexNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UncertainNumber> intermediates = new(StringComparer.Ordinal);

    /// <summary>The numbers by name.</summary>
    public IReadOnlyDictionary<string, UncertainNumber> Numbers => numbers;

    /// <summary>The complex numbers by name.</summary>
    public IReadOnlyDictionary<string, UncertainComplex> ComplexNumbers => complexNumbers;

    /// <summary>Named steps on the way to the numbers of an archive that was read, by their names (the first of each): budgets can be regrouped through them. Empty for an archive in the making.</summary>
    public IReadOnlyDictionary<string, UncertainNumber> Intermediates => intermediates;

    /// <summary>Adds a number.</summary>
    /// <param name="name">Not yet in the archive.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="ArgumentException">The name is taken or empty.</exception>
    public void Add(string name, UncertainNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        Claim(name);
        numbers[name] = number;
    }

    /// <summary>Adds a complex number.</summary>
    /// <param name="name">Not yet in the archive.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="ArgumentException">The name is taken or empty.</exception>
    public void Add(string name, UncertainComplex number)
    {
        ArgumentNullException.ThrowIfNull(number);
        Claim(name);
        complexNumbers[name] = number;
    }

    /// <summary>The archive as JSON.</summary>
    public string ToJson()
    {
        UncertainNumber[] all = [.. numbers.Values, .. complexNumbers.Values.SelectMany(z => new[] { z.Real, z.Imaginary })];
        var (steps, derived, labels, places, inputs) = all.Length == 0 ? ([], [], [], [], []) : ArchivedSteps.Write(all);
        var elementaries = inputs.ToDictionary(e => e.Id);
        var groups = new List<CorrelatedGroup>();
        foreach (var group in inputs.Select(e => e.Group).OfType<CorrelatedGroup>().Where(g => !groups.Exists(g.IsSame)))
        {
            groups.Add(group);
            foreach (var member in group.Members)
                elementaries.TryAdd(member.Id, member);
        }
        var at = 0;
        JsonObject Next() => new() { ["step"] = places[at], ["value"] = all[at].Value, ["label"] = all[at++].Label };
        JsonObject real = [], complex = [];
        foreach (var (name, _) in numbers)
            real[name] = Next();
        foreach (var (name, _) in complexNumbers)
            complex[name] = new JsonObject { ["real"] = Next(), ["imaginary"] = Next() };
        return new JsonObject
        {
            ["format"] = Format, ["version"] = 2,
            ["inputs"] = new JsonArray([.. elementaries.Values.Select(Write)]),
            ["groups"] = new JsonArray([.. groups.Select(Write)]),
            ["steps"] = steps, ["derived"] = derived, ["labels"] = labels,
            ["numbers"] = real, ["complex"] = complex,
        }.ToJsonString(writing);
    }

    /// <summary>Reads an archive of this format, or one that GTC (Measurement Standards Laboratory of New Zealand) wrote as JSON or XML.</summary>
    /// <exception cref="FormatException">The text is no archive; what is wrong is named.</exception>
    public static UncertaintyArchive Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            if (json.AsSpan().TrimStart("\uFEFF \t\r\n") is ['<', ..])
                json = GtcXml.ToJson(json.TrimStart('\uFEFF'));
            // Python writes infinity as a word that is no JSON; early archives of GTC have it for degrees of freedom.
            using var document = JsonDocument.Parse(json.Contains("Infinity", StringComparison.Ordinal) ? Infinity().Replace(json, "$1null") : json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new FormatException("An archive must be a JSON object.");
            if (root.TryGetProperty("CLASS", out var kind) && kind.ValueEquals("Archive"))
                return GtcArchive.Read(root);
            if (!root.TryGetProperty("format", out var format) || !format.ValueEquals(Format))
                throw new FormatException($"Neither an archive of format '{Format}' nor one of GTC.");
            if (root.GetProperty("version").GetInt32() is var version && version is not (1 or 2))
                throw new FormatException($"The archive has version {version}; this release reads versions 1 and 2.");
            return Read(root);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The archive cannot be read: {e.Message}", e);
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex("(\"df\"\\s*:\\s*)Infinity\\b")]
    private static partial System.Text.RegularExpressions.Regex Infinity();

    private static UncertaintyArchive Read(JsonElement root)
    {
        var elementaries = new Dictionary<Guid, Elementary>();
        foreach (var item in root.GetProperty("inputs").EnumerateArray())
        {
            var label = item.TryGetProperty("label", out var l) ? l.GetString() : null;
            var dof = item.GetProperty("dof") is { ValueKind: JsonValueKind.Number } nu ? nu.GetDouble() : double.PositiveInfinity;
            var e = Restored(item.GetProperty("id").GetGuid(), item.GetProperty("value").GetDouble(), item.GetProperty("u").GetDouble(), dof, label, ArchivedDistribution.Read(item));
            if (!elementaries.TryAdd(e.Id, e))
                throw new FormatException($"Input {e.Id} stands twice in the archive.");
        }
        foreach (var group in root.GetProperty("groups").EnumerateArray())
        {
            Elementary[] members = [.. group.GetProperty("members").EnumerateArray().Select(m => Find(elementaries, m.GetGuid()))];
            var rows = group.GetProperty("covariance").Deserialize<double[][]>()!;
            var covariance = new double[members.Length, members.Length];
            for (var i = 0; i < members.Length; i++)
                for (var j = 0; j < members.Length; j++)
                    covariance[i, j] = rows[i][j];
            Join(members, covariance, group.GetProperty("ensemble").GetBoolean());
        }
        var leaves = elementaries.ToDictionary(p => p.Key, p => UncertainNumber.Of(p.Value));
        var archive = new UncertaintyArchive();
        var steps = root.GetProperty("version").GetInt32() == 1 ? null : ArchivedSteps.Read(root, leaves);
        foreach (var number in steps ?? [])
            if (number is { Label: { } label, Elementary: null })
                archive.intermediates.TryAdd(label, number);
        UncertainNumber Of(JsonElement item) => steps is null ? Number(item, leaves) : AtStep(item, steps);
        foreach (var item in root.GetProperty("numbers").EnumerateObject())
            archive.Add(item.Name, Of(item.Value));
        foreach (var item in root.GetProperty("complex").EnumerateObject())
            archive.Add(item.Name, new UncertainComplex(Of(item.Value.GetProperty("real")), Of(item.Value.GetProperty("imaginary"))));
        return archive;
    }

    private static UncertainNumber AtStep(JsonElement item, UncertainNumber[] steps)
    {
        var place = item.GetProperty("step").GetInt32();
        if (place < 0 || place >= steps.Length)
            throw new FormatException($"A number is said to be step {place} of {steps.Length}.");
        var number = steps[place];
        var value = Finite(item.GetProperty("value").GetDouble(), "value");
        if (Math.Abs(number.Value - value) > 1e-9 * Math.Abs(value) + 1e-12 * number.StandardUncertainty)
            throw new FormatException($"Step {place} gives {number.Value.ToString("R", CultureInfo.InvariantCulture)}, the archive says {value.ToString("R", CultureInfo.InvariantCulture)}.");
        var label = item.TryGetProperty("label", out var l) ? l.GetString() : null;
        // The digits as they were, where another machine's functions round otherwise.
        return number.Value == value && (label is null || number.Label == label) ? number : UncertainNumber.Of(value, [number], [1.0], label ?? number.Label, Derivation.Linear);
    }

    private static UncertainNumber Number(JsonElement item, Dictionary<Guid, UncertainNumber> leaves)
    {
        if (item.TryGetProperty("input", out var input))
            return Find(leaves, input.GetGuid());
        var terms = item.GetProperty("sensitivities").EnumerateObject().ToArray();
        var label = item.TryGetProperty("label", out var l) ? l.GetString() : null;
        var parents = Array.ConvertAll(terms, t => Find(leaves, Guid.Parse(t.Name)));
        return UncertainNumber.Of(Finite(item.GetProperty("value").GetDouble(), "value"), parents, Array.ConvertAll(terms, t => Finite(t.Value.GetDouble(), t.Name)), label);
    }

    internal static Elementary Restored(Guid id, double value, double u, double dof, string? label, InputDistribution? distribution = null) =>
        u >= 0 && double.IsFinite(u) && dof > 0 && id != default ? new(Finite(value, "value"), u, dof, label, id, distribution)
            : throw new FormatException($"Input {label ?? id.ToString()} must have u ≥ 0 and dof > 0, has {u} and {dof}.");

    internal static void Join(Elementary[] members, double[,] covariance, bool isEnsemble)
    {
        if (members.FirstOrDefault(m => m.Group is not null) is { } twice)
            throw new FormatException($"Input {twice.Label ?? twice.Id.ToString()} is in two groups.");
        CorrelatedInputs.RequireCovariance(covariance, members.Length, [.. members.Select(Influences.NameOf)]);
        _ = new CorrelatedGroup(members, covariance, isEnsemble);
    }

    internal static double Finite(double value, string name) => double.IsFinite(value) ? value : throw new FormatException($"{name} must be finite.");

    internal static T Find<T>(Dictionary<Guid, T> known, Guid id) => known.TryGetValue(id, out var found) ? found : throw new FormatException($"Input {id} is named but not in the archive.");

    private void Claim(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (numbers.ContainsKey(name) || complexNumbers.ContainsKey(name))
            throw new ArgumentException($"'{name}' is in the archive already.", nameof(name));
    }

    private static JsonNode Write(Elementary e) => new JsonObject
    {
        ["id"] = e.Id, ["label"] = e.Label, ["value"] = e.Value, ["u"] = e.StandardUncertainty, ["dof"] = double.IsFinite(e.DegreesOfFreedom) ? e.DegreesOfFreedom : null, ["distribution"] = ArchivedDistribution.Write(e.Distribution),
    };

    private static JsonNode Write(CorrelatedGroup group) => new JsonObject
    {
        ["members"] = new JsonArray([.. group.Members.Select(m => (JsonNode?)m.Id)]),
        ["covariance"] = new JsonArray([.. group.Members.Select((_, i) => new JsonArray([.. group.Members.Select((_, j) => (JsonNode?)group.Covariance(i, j))]))]),
        ["ensemble"] = group.IsEnsemble,
    };
}
