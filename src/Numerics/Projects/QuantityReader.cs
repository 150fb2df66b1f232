using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reads one quantity of a project. How its spread is given stays part of it: half-width, scale, standard or expanded uncertainty, absolute or relative.</summary>
internal sealed class QuantityReader(List<ProjectProblem> problems, string path)
{
    private static readonly string[] spreads = ["u", "expanded", "half_width", "scale", "relative_u", "relative_expanded", "relative_half_width", "lower"];
    private static readonly string[] members = ["value", "unit", "description", "dof", "distribution", .. spreads, "upper", "k", "beta", "inexactness", "mode", "observations", "mean", "shape", "count", "alpha"];
    private static readonly string[] distributions = ["normal", "t", "rectangular", "triangular", "trapezoidal", "arcsine", "curvilinear_trapezoid", "exponential", "gamma", "lognormal", "poisson_count", "beta", "constant"];
    private JsonObject of = [];

    internal ProjectQuantity? Read(string name, JsonNode? node)
    {
        var before = problems.Count;
        // A bare number is a quantity without uncertainty.
        of = node as JsonObject ?? (node?.GetValueKind() == JsonValueKind.Number ? new JsonObject { ["value"] = node.DeepClone(), ["distribution"] = "constant" } : []);
        if (node is not JsonObject && of.Count == 0)
            problems.Add(new("object", path, []));
        foreach (var (member, _) in of)
            if (!members.Contains(member))
                problems.Add(new("unknown-member", $"{path}.{member}", [string.Join(", ", members)], NameSuggestion.For(member, members)));
        if (problems.Count > before)
            return null;
        try
        {
            var made = of["observations"] is not null ? FromObservations(name) : FromDistribution(name);
            return problems.Count > before ? null : made;
        }
        catch (ArgumentException e)
        {
            problems.Add(new("refused", path, [e.Message]));
            return null;
        }
    }

    private ProjectQuantity? FromObservations(string name)
    {
        double[] readings = [.. (of["observations"] as JsonArray ?? []).Select(v => v?.GetValueKind() == JsonValueKind.Number ? CaseComparison.Number(v) ?? double.NaN : double.NaN)];
        if (readings.Length < 2 || !Array.TrueForAll(readings, double.IsFinite))
        {
            problems.Add(new("numbers", $"{path}.observations", []));
            return null;
        }
        if (spreads.FirstOrDefault(s => of[s] is not null) is { } twice)
            problems.Add(new("spread-twice", path, ["observations", twice]));
        var mean = readings[0] + readings.Sum(v => v - readings[0]) / readings.Length;
        var u = Math.Sqrt(readings.Sum(v => (v - mean) * (v - mean)) / (readings.Length * (readings.Length - 1.0)));
        var nu = readings.Length - 1.0;
        InputDistribution distribution = u == 0 ? ConstantDistribution.Of(mean) : StudentTDistribution.FromScale(mean, u, nu);
        return new(name, Text("unit"), Text("description"), distribution, mean, u, nu, readings);
    }

    private ProjectQuantity? FromDistribution(string name)
    {
        var kind = Text("distribution") ?? (of["half_width"] is not null || of["relative_half_width"] is not null || of["lower"] is not null ? "rectangular" : "normal");
        if (!distributions.Contains(kind))
        {
            problems.Add(new("distribution", $"{path}.distribution", [kind, string.Join(", ", distributions)], NameSuggestion.For(kind, distributions)));
            return null;
        }
        var nu = Number("dof") ?? double.PositiveInfinity;
        if (!(nu > 0))
            problems.Add(new("refused", $"{path}.dof", ["must be greater than zero."]));
        string[] given = [.. spreads.Where(s => of[s] is not null)];
        if (given.Length > 1)
            problems.Add(new("spread-twice", path, [given[0], given[1]]));
        var relative = given.Length == 1 && given[0].StartsWith("relative_", StringComparison.Ordinal);
        var nominal = Number("value");
        if (relative && nominal is null)
            problems.Add(new("relative-twice", path, []));
        var before = problems.Count;
        // Relative: the distribution is that of the deviation, about zero.
        var distribution = Make(kind, relative ? 0 : nominal, relative ? "relative_" : "", nu);
        if (distribution is null || problems.Count > before)
            return null;
        if (relative)
            distribution = RelativeDistribution.Of(nominal!.Value, distribution);
        var inner = distribution is RelativeDistribution r ? r.Relative : distribution;
        var u = inner is StudentTDistribution t ? t.ScaleParameter * (relative ? Math.Abs(nominal!.Value) : 1) : distribution.RequireStandardDeviation(name);
        // A t distribution by its standard deviation enters with that, one by its scale with the scale.
        if (kind == "t" && (of["u"] ?? of["relative_u"]) is not null)
            u = distribution.RequireStandardDeviation(name);
        return new(name, Text("unit"), Text("description"), distribution, distribution.Estimate, u, nu, null);
    }

    private InputDistribution? Make(string kind, double? value, string prefix, double nu)
    {
        switch (kind)
        {
            case "constant":
                return ConstantDistribution.Of(Needed("value"));
            case "normal" when Spread(prefix + "u") is { } u:
                // u estimated with ν degrees of freedom is a t distribution of that scale (JCGM 101, 6.4.9).
                return u == 0 ? ConstantDistribution.Of(value ?? Needed("value")) : double.IsFinite(nu) ? StudentTDistribution.FromScale(value ?? Needed("value"), u, nu) : NormalDistribution.FromStandardDeviation(value ?? Needed("value"), u);
            case "normal" when Spread(prefix + "expanded") is { } expanded:
                var standard = expanded / Needed("k");
                return double.IsFinite(nu) ? StudentTDistribution.FromScale(value ?? Needed("value"), standard, nu) : NormalDistribution.FromStandardDeviation(value ?? Needed("value"), standard);
            case "t" when of["scale"] is not null:
                return StudentTDistribution.FromScale(value ?? Needed("value"), Needed("scale"), Needed("dof"));
            case "t" when Spread(prefix + "u") is { } u:
                return StudentTDistribution.FromStandardDeviation(value ?? Needed("value"), u, Needed("dof"));
            case "exponential":
                return ExponentialDistribution.FromMean(of["mean"] is null ? Needed("value") : Needed("mean"));
            case "gamma":
                return GammaDistribution.FromShapeAndScale(Needed("shape"), Needed("scale"));
            case "poisson_count":
                return GammaDistribution.FromPoissonCount(Needed("count"));
            case "lognormal":
                return LogNormalDistribution.FromMeanAndStandardDeviation(Needed("value"), Needed("u"));
            case "beta":
                return BetaDistribution.FromShapes(Needed("alpha"), Needed("beta"), Number("lower") ?? 0, Number("upper") ?? 1);
            case "normal" or "t":
                problems.Add(new("spread-missing", path, [kind == "t" ? "scale, u" : "u, expanded", kind]));
                return null;
        }
        return Bounded(kind, value, prefix);
    }

    private InputDistribution? Bounded(string kind, double? value, string prefix)
    {
        if (Spread(prefix + "u") is { } u)
            return kind switch
            {
                "rectangular" => RectangularDistribution.FromStandardDeviation(value ?? Needed("value"), u),
                "arcsine" => ArcSineDistribution.FromStandardDeviation(value ?? Needed("value"), u),
                "triangular" => TrapezoidalDistribution.HalfWidth(value ?? Needed("value"), u * Math.Sqrt(6), 0),
                _ => Missing(kind),
            };
        double lower, upper;
        if (Spread(prefix + "half_width") is { } half)
            (lower, upper) = ((value ?? Needed("value")) - half, (value ?? Needed("value")) + half);
        else if (of["lower"] is not null)
            (lower, upper) = (Needed("lower"), Needed("upper"));
        else
            return Missing(kind);
        return kind switch
        {
            "rectangular" => RectangularDistribution.Limits(lower, upper),
            "arcsine" => ArcSineDistribution.Limits(lower, upper),
            "triangular" when Number("mode") is { } mode => TriangularDistribution.Limits(lower, mode, upper),
            "triangular" => TrapezoidalDistribution.Limits(lower, upper, 0),
            "trapezoidal" => TrapezoidalDistribution.Limits(lower, upper, Needed("beta")),
            _ => CurvilinearTrapezoidDistribution.Limits(lower, upper, Needed("inexactness")),
        };
    }

    private InputDistribution? Missing(string kind)
    {
        problems.Add(new("spread-missing", path, ["half_width, lower and upper" + (kind is "trapezoidal" or "curvilinear_trapezoid" ? "" : ", u"), kind]));
        return null;
    }

    private double Needed(string name)
    {
        if (Number(name) is { } value)
            return value;
        if (of[name] is null)
            problems.Add(new("missing", $"{path}.{name}", []));
        return 1;
    }

    /// <summary>A number, or a text with a percent sign: "0.5 %".</summary>
    private double? Spread(string name)
    {
        if (of[name]?.GetValueKind() == JsonValueKind.String && of[name]!.GetValue<string>().Trim() is var text && text.Length > 0 && text[^1] is '%' or '‰' or '％'
            && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && double.IsFinite(share))
            return share / (text[^1] == '‰' ? 1000 : 100);
        return Number(name);
    }

    private double? Number(string name)
    {
        if (of[name] is not { } node)
            return null;
        if (node.GetValueKind() == JsonValueKind.Number && CaseComparison.Number(node) is { } value && double.IsFinite(value))
            return value;
        if (name == "dof" && node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is "inf" or "∞" or "infinity")
            return double.PositiveInfinity;
        problems.Add(new("number", $"{path}.{name}", [node.ToJsonString()]));
        return null;
    }

    private string? Text(string name)
    {
        if (of[name] is not { } node)
            return null;
        if (node.GetValueKind() == JsonValueKind.String)
            return node.GetValue<string>();
        problems.Add(new("text", $"{path}.{name}", [node.ToJsonString()]));
        return null;
    }
}
