using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>The computations of an archive: steps from inputs to numbers, each a line such as <c>multiply 3 4</c>, so that intermediate results, covariances and curvature are there again when it is read. The names of the steps are those of <see cref="OperationKind"/>, part of the format.</summary>
internal static class ArchivedSteps
{
    /// <summary>The steps of all numbers, what is known by its derivatives alone, the names of steps, and the step of each number.</summary>
    internal static (JsonArray Steps, JsonArray Derived, JsonArray Labels, int[] Places, Elementary[] Inputs) Write(UncertainNumber[] numbers)
    {
        var recorded = RecordedProgram.OfAll(numbers);
        var program = recorded.Program;
        JsonArray steps = [], derived = [], labels = [];
        foreach (var o in program.Operations)
            steps.Add(Line(o, recorded));
        var outputs = program.Outputs.ToArray();
        var at = numbers.Length;
        foreach (var (_, label) in recorded.Labels)
            labels.Add(new JsonObject { ["step"] = outputs[at++], ["label"] = label });
        foreach (var d in recorded.Derived)
        {
            var entry = new JsonObject { ["value"] = d.Value, ["label"] = d.Label, ["of"] = new JsonArray([.. d.Parents.Select(_ => (JsonNode?)outputs[at++])]), ["sensitivities"] = new JsonArray([.. d.Partials.Select(p => (JsonNode?)p)]) };
            if (d.Curvature is { } h)
                entry["curvature"] = new JsonArray([.. Enumerable.Range(0, h.GetLength(0)).Select(i => new JsonArray([.. Enumerable.Range(0, h.GetLength(1)).Select(j => (JsonNode?)h[i, j])]))]);
            derived.Add(entry);
        }
        return (steps, derived, labels, outputs[..numbers.Length], [.. recorded.Inputs]);
    }

    private static string Line(Operation o, RecordedProgram recorded)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(o.Kind.ToString());
        return o.Kind switch
        {
            OperationKind.Constant => string.Create(CultureInfo.InvariantCulture, $"constant {o.Constant:R}"),
            OperationKind.Input when o.Left >= recorded.Inputs.Count => $"derived {o.Left - recorded.Inputs.Count}",
            OperationKind.Input => $"input {recorded.Inputs[o.Left].Id}",
            OperationKind.IntegerPower => $"{name} {o.Left} {o.Right}",
            _ => o.IsBinary ? $"{name} {o.Left} {o.Right}" : $"{name} {o.Left}",
        };
    }

    /// <summary>The number at every step; those with a name are steps of their own, through which budgets can be regrouped.</summary>
    internal static UncertainNumber[] Read(JsonElement root, Dictionary<Guid, UncertainNumber> leaves)
    {
        JsonElement[] lines = [.. root.GetProperty("steps").EnumerateArray()], derived = [.. root.GetProperty("derived").EnumerateArray()];
        var labels = root.GetProperty("labels").EnumerateArray().ToLookup(l => l.GetProperty("step").GetInt32(), l => l.GetProperty("label").GetString()!);
        var numbers = new UncertainNumber[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            numbers[i] = Step(lines[i].GetString() ?? "", i, numbers, derived, leaves);
            foreach (var label in labels[i])
                if (numbers[i].Label != label)
                    numbers[i] = numbers[i].As(label);
        }
        return numbers;
    }

    private static UncertainNumber Step(string line, int place, UncertainNumber[] numbers, JsonElement[] derived, Dictionary<Guid, UncertainNumber> leaves)
    {
        var words = line.Split(' ');
        FormatException Wrong() => new($"Step {place} of the archive, '{line}', cannot be read.");
        int Whole(int k) => words.Length > k && int.TryParse(words[k], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong();
        UncertainNumber Of(int step) => step >= 0 && step < place ? numbers[step] : throw new FormatException($"Step {place} of the archive refers to step {step}, which does not stand before it.");
        switch (words[0])
        {
            case "constant" when words.Length == 2 && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var constant) && double.IsFinite(constant):
                return UncertainNumber.Exact(constant);
            case "input" when words.Length == 2 && Guid.TryParse(words[1], out var id):
                return UncertaintyArchive.Find(leaves, id);
            case "derived" when Whole(1) is var d && d >= 0 && d < derived.Length:
                return Derived(derived[d], Of);
            case "integerPower":
                return UncertainNumber.WholePower(Of(Whole(1)), Whole(2));
            case "negate":
                return -Of(Whole(1));
        }
        if (words[0].Length == 0 || !char.IsAsciiLetterLower(words[0][0]) || !Enum.TryParse<OperationKind>(words[0], true, out var kind) || kind < OperationKind.Negate)
            throw Wrong();
        var a = Of(Whole(1));
        if (kind < OperationKind.Add)
            return UncertainNumber.Apply(kind, a);
        var b = Of(Whole(2));
        return kind switch
        {
            OperationKind.Add => b.IsExact ? a + b.Value : a + b,
            OperationKind.Subtract => b.IsExact ? a - b.Value : a.IsExact ? a.Value - b : a - b,
            OperationKind.Multiply => b.IsExact ? a * b.Value : a * b,
            OperationKind.Divide => b.IsExact ? a / b.Value : a.IsExact ? a.Value / b : a / b,
            OperationKind.Power when b.IsExact => UncertainNumber.RealPower(a, b.Value),
            _ => UncertainNumber.Apply(kind, a, b),
        };
    }

    private static UncertainNumber Derived(JsonElement item, Func<int, UncertainNumber> of)
    {
        UncertainNumber[] parents = [.. item.GetProperty("of").EnumerateArray().Select(s => of(s.GetInt32()))];
        double[] partials = [.. item.GetProperty("sensitivities").EnumerateArray().Select(v => UncertaintyArchive.Finite(v.GetDouble(), "sensitivities"))];
        if (partials.Length != parents.Length)
            throw new FormatException($"A number derived from {parents.Length} others has {partials.Length} sensitivities.");
        Derivation? how = null;
        if (item.TryGetProperty("curvature", out var rows))
        {
            var h = new double[parents.Length, parents.Length];
            for (var i = 0; i < parents.Length; i++)
                for (var j = 0; j < parents.Length; j++)
                    h[i, j] = UncertaintyArchive.Finite(rows[i][j].GetDouble(), "curvature");
            how = new CurvedDerivation(h);
        }
        return UncertainNumber.Of(UncertaintyArchive.Finite(item.GetProperty("value").GetDouble(), "value"), parents, partials, item.TryGetProperty("label", out var l) ? l.GetString() : null, how);
    }
}
