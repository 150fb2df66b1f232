using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reads the members of a project and collects everything that is wrong.</summary>
internal sealed class ProjectReader
{
    private static readonly string[] members = ["title", "model", "quantities", "correlations", "together", "coverage", "digits", "monte_carlo"];

    internal List<ProjectProblem> Problems { get; } = [];

    internal UncertaintyProject? Read(JsonNode? node)
    {
        if (node is not JsonObject root)
        {
            Problems.Add(new("object", "", []));
            return null;
        }
        Known(root, "", members);
        if (root["quantities"] is not JsonObject given)
            Problems.Add(new(root["quantities"] is null ? "missing" : "object", "quantities", []));
        else if (Text(root["model"]) is not { } text)
            Problems.Add(new("missing", "model", []));
        else
            return Read(root, text, given);
        return null;
    }

    private UncertaintyProject? Read(JsonObject root, string text, JsonObject given)
    {
        var quantities = given.Select(q => new QuantityReader(Problems, $"quantities.{q.Key}").Read(q.Key, q.Value)).ToArray();
        var model = MeasurementModel.TryParse(text, out var wrong, [.. given.Select(q => q.Key)]);
        Problems.AddRange(wrong.Select(p => new ProjectProblem("model", "model", p.Arguments, p.Suggestion, p)));
        if (model is null || quantities.Contains(null))
            return null;
        ProjectQuantity[] ordered = [.. model.QuantityNames.Select(n => Array.Find(quantities, q => q!.Name == n) ?? Constant(n))];
        var correlations = Correlations(root["correlations"], ordered);
        var together = Together(root["together"], ordered, correlations);
        var units = ordered.Where(q => q.Unit is not null).ToDictionary(q => q.Name, q => q.Unit!);
        Problems.AddRange(model.CheckUnits(units).Problems.Select(p => new ProjectProblem("model", "model", p.Arguments, p.Suggestion, p)));
        var coverage = Number(root["coverage"], "coverage", 0.95);
        if (!(coverage is > 0 and < 1))
            Problems.Add(new("refused", "coverage", ["must lie strictly between 0 and 1."]));
        var digits = Number(root["digits"], "digits", 2);
        if (digits is not (1 or 2))
            Problems.Add(new("refused", "digits", ["must be 1 or 2."]));
        var run = root["monte_carlo"] as JsonObject ?? [];
        Known(run, "monte_carlo.", ["trials", "seed"]);
        double? trials = run["trials"] is null ? null : Number(run["trials"], "monte_carlo.trials", 0);
        if (trials is not (null or >= 1024 and <= 1e12))
            Problems.Add(new("refused", "monte_carlo.trials", ["must lie between 1024 and 10¹²."]));
        var seed = Number(run["seed"], "monte_carlo.seed", 1);
        if (!(seed >= 0 && seed == Math.Floor(seed) && seed < 1e15))
            Problems.Add(new("refused", "monte_carlo.seed", ["must be a whole number, not negative."]));
        return Problems.Count > 0 ? null : new(Text(root["title"]) ?? "", model, ordered, correlations, together, coverage, (int)digits, (long?)trials, (ulong)seed);
    }

    private static ProjectQuantity Constant(string name)
    {
        var constant = PhysicalConstants.Find(name["const.".Length..])!;
        return new(name, constant.Unit, constant.Name, NormalDistribution.FromStandardDeviation(constant.Value, constant.StandardUncertainty), constant.Value, constant.StandardUncertainty, double.PositiveInfinity, null);
    }

    private double[,] Correlations(JsonNode? node, ProjectQuantity[] quantities)
    {
        var n = quantities.Length;
        string[] names = [.. quantities.Select(q => q.Name)];
        var r = Matrix.Diagonal([.. Enumerable.Repeat(1.0, n)]);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < i; j++)
                if (names[i].StartsWith("const.", StringComparison.Ordinal) && names[j].StartsWith("const.", StringComparison.Ordinal))
                    r[i, j] = r[j, i] = PhysicalConstants.Correlation(PhysicalConstants.Find(names[i][6..])!, PhysicalConstants.Find(names[j][6..])!);
        foreach (var (pair, value) in node as JsonObject ?? [])
        {
            var path = $"correlations.{pair}";
            var two = pair.Split([',', '，'], StringSplitOptions.TrimEntries);
            if (two.Length != 2)
            {
                Problems.Add(new("pair", path, []));
                continue;
            }
            var at = Array.ConvertAll(two, name => Find(name, names, path));
            var coefficient = Number(value, path, 0);
            if (at[0] < 0 || at[1] < 0)
                continue;
            if (!(Math.Abs(coefficient) <= 1) || at[0] == at[1])
                Problems.Add(new("refused", path, ["must be a coefficient between −1 and 1 of two quantities."]));
            else
                r[at[0], at[1]] = r[at[1], at[0]] = coefficient;
        }
        try
        {
            CorrelatedInputs.RequireCovariance(r, n, names, "correlations");
        }
        catch (ArgumentException e)
        {
            Problems.Add(new("refused", "correlations", [e.Message]));
        }
        return r;
    }

    private int[][] Together(JsonNode? node, ProjectQuantity[] quantities, double[,] correlations)
    {
        string[] names = [.. quantities.Select(q => q.Name)];
        var groups = new List<int[]>();
        foreach (var list in node as JsonArray ?? [])
        {
            int[] at = [.. (list as JsonArray ?? []).Select(item => Find(Text(item) ?? "", names, "together"))];
            if (at.Contains(-1) || at.Length < 2)
                continue;
            var count = quantities[at[0]].Observations?.Length;
            if (Array.Find(at, i => quantities[i].Observations is not { } o || o.Length != count) is var odd && quantities[odd].Observations?.Length != count || count is null)
            {
                Problems.Add(new("together", "together", [names[count is null ? at[0] : odd]]));
                continue;
            }
            if (Array.Find(at, i => Enumerable.Range(0, names.Length).Any(j => j != i && correlations[i, j] != 0)) is var twice && Enumerable.Range(0, names.Length).Any(j => j != twice && correlations[twice, j] != 0))
                Problems.Add(new("together-twice", "together", [names[twice]]));
            foreach (var i in at)
                foreach (var j in at)
                    if (i != j)
                        correlations[i, j] = Coefficient(quantities[i].Observations!, quantities[j].Observations!);
            groups.Add(at);
        }
        return [.. groups];
    }

    private static double Coefficient(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average();
        double xy = 0, xx = 0, yy = 0;
        for (var k = 0; k < x.Length; k++)
            (xy, xx, yy) = (xy + (x[k] - mx) * (y[k] - my), xx + (x[k] - mx) * (x[k] - mx), yy + (y[k] - my) * (y[k] - my));
        return xx == 0 || yy == 0 ? 0 : Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1);
    }

    private int Find(string name, string[] names, string path)
    {
        var at = Array.IndexOf(names, name);
        if (at < 0)
            Problems.Add(new("unknown-quantity", path, [name], NameSuggestion.For(name, names)));
        return at;
    }

    private void Known(JsonObject of, string path, string[] names)
    {
        foreach (var (name, _) in of)
            if (!names.Contains(name))
                Problems.Add(new("unknown-member", path + name, [string.Join(", ", names)], NameSuggestion.For(name, names)));
    }

    private double Number(JsonNode? node, string path, double otherwise)
    {
        if (node is null)
            return otherwise;
        if (node.GetValueKind() == JsonValueKind.Number && CaseComparison.Number(node) is { } value && double.IsFinite(value))
            return value;
        Problems.Add(new("number", path, [node.ToJsonString()]));
        return otherwise;
    }

    private static string? Text(JsonNode? node) => node switch
    {
        JsonArray lines => string.Join("\n", lines.Select(Text)),
        not null when node.GetValueKind() == JsonValueKind.String => node.GetValue<string>(),
        _ => null,
    };
}
