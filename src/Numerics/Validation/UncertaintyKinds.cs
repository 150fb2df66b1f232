using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.Numerics;

/// <summary>Reference cases of the GUM framework: budgets, second order, degrees of freedom, coverage factors.</summary>
internal static partial class UncertaintyKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("gum-linear", Linear),
        new("gum-second-order", Second),
        new("welch-satterthwaite", WelchSatterthwaite),
        new("coverage-factor", CoverageFactor),
        new("coverage-factor-2d", CoverageFactorOfComplex),
    ];

    private static JsonObject Linear(CaseInputs i)
    {
        if (i.Has("cases"))
            return LinearCases(i);
        var quantities = QuantityInputs.Read(i);
        var text = i.Text("model");
        var y = QuantityInputs.Evaluate(text, quantities)[^1];
        var computed = Figures(y);
        JsonObject sensitivities = [], relative = [];
        foreach (var (name, x) in quantities)
        {
            sensitivities[name] = y.SensitivityTo(x);
            relative[name] = y.Value == 0 ? 0 : y.SensitivityTo(x) * x.Value / y.Value;
        }
        foreach (var name in i.AskedNames.Where(n => n.StartsWith("components", StringComparison.Ordinal)).Append("components").Distinct())
            computed[name] = Components(i.Asked(name).Names, y, quantities);
        computed["sensitivities"] = sensitivities;
        computed["relative_sensitivities"] = relative;
        computed["base"] = Pair(y);
        foreach (var asked in i.AskedNames)
            if (PartOf().Match(asked) is { Success: true } part && Named(part.Groups[2].Value, text, quantities) is { } z)
                computed[asked] = part.Groups[1].Value == "u" ? z.StandardUncertainty : Infinite.Or(z.DegreesOfFreedom.Value);
        Expanded(i, computed, "at_dof", y);
        if (i.Has("variant") && Variant(text, i.Text("variant"), quantities) is { } other)
            (computed["variant"], computed["bias"]) = (Pair(other), Pair(other));
        return computed;
    }

    /// <summary>The model with some definitions replaced, or another formula for its result, where the variant is written as such; estimates may stand in it as 0.05 ± 0.03 or ureal(0.05, 0.03), each a quantity of its own.</summary>
    private static UncertainNumber? Variant(string model, string variant, Dictionary<string, UncertainNumber> quantities)
    {
        var known = new Dictionary<string, UncertainNumber>(quantities, StringComparer.Ordinal);
        var text = Estimate().Replace(variant, m =>
        {
            var name = $"estimate__{known.Count}";
            known[name] = UncertainNumber.Of(Read(m, "x"), Read(m, "u"), label: name);
            return $"({name})";
        });
        var changes = ModelTexts.Read(text);
        // A definition may use what it replaces: V1 = V1 - excess.
        var statements = ModelTexts.Read(model).SelectMany(s => changes.Exists(c => c.Name == s.Name && s.Name is not null && ModelTexts.NamesIn(c.Formula).Contains(s.Name))
            ? [(Name: $"{s.Name}__before", s.Formula)] : changes.Exists(c => c.Name == s.Name) ? [] : new[] { s }).ToList();
        statements.AddRange(changes.Select(c => c.Name is { } own && statements.Exists(s => s.Name == $"{own}__before") ? (own, Regex.Replace(c.Formula, $@"(?<![\w.]){own}(?![\w.])", $"{own}__before")) : c));
        var whole = string.Join("\n", ModelTexts.Ordered(statements).Select(s => s.Name is null ? s.Formula : $"{s.Name} = {s.Formula}"));
        return MeasurementModel.Read(whole, [.. known.Keys], true, out _) is { } read ? read.Evaluate(QuantityInputs.InputsOf(read, known))[^1] : null;
        static double Read(Match m, string group) => double.Parse(m.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"ureal\(\s*(?<x>[-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*,\s*(?<u>[\d.]+(?:[eE][-+]?\d+)?)\s*\)|(?<x>[\d.]+(?:[eE][-+]?\d+)?)\s*(?:±|\+/-|\+-)\s*(?<u>[\d.]+(?:[eE][-+]?\d+)?)")]
    private static partial Regex Estimate();

    /// <summary>What each quantity contributes, by the names asked for; all by their own names where none are.</summary>
    private static JsonObject Components(IEnumerable<string> asked, UncertainNumber y, Dictionary<string, UncertainNumber> quantities)
    {
        string[] names = [.. asked];
        var found = names.Length == 0 ? quantities.Keys.ToDictionary(n => n) : NameMatch.Of(names, quantities.Keys);
        return new([.. found.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)Math.Abs(y.ComponentFrom(quantities[f.Value]))))]);
    }

    /// <summary>An intermediate result of the model, a quantity, or what was measured in parts: d = d0 + d1 + … (JCGM 100, H.1.3.2).</summary>
    private static UncertainNumber? Named(string name, string text, Dictionary<string, UncertainNumber> quantities)
    {
        if (quantities.TryGetValue(name, out var quantity))
            return quantity;
        if (ModelTexts.Read(text).Exists(s => s.Name == name))
            return QuantityInputs.Evaluate($"{text}\noutput {name}", quantities)[0];
        UncertainNumber[] parts = [.. quantities.Where(q => q.Key.Length > name.Length && q.Key.StartsWith(name, StringComparison.Ordinal) && q.Key[name.Length..].All(char.IsAsciiDigit)).Select(q => q.Value)];
        return parts.Length > 1 ? parts.Aggregate((a, b) => a + b) : null;
    }

    /// <summary>k99_at_dof, U95_second: coverage factors and expanded uncertainties at the percentages asked for.</summary>
    private static void Expanded(CaseInputs i, JsonObject computed, string place, UncertainNumber y)
    {
        foreach (var asked in i.AskedNames)
            if (ExpandedName().Match(asked) is { Success: true } m && m.Groups[3].Value == place && y.DegreesOfFreedom.Value is { } nu)
            {
                var k = StudentT.UpperQuantile((1 - double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture) / 100) / 2, nu);
                computed[asked] = m.Groups[1].Value == "k" ? k : k * y.StandardUncertainty;
            }
    }

    [GeneratedRegex("^(u|dof)_(.+)$")]
    private static partial Regex PartOf();

    [GeneratedRegex(@"^([kU])(\d+(?:\.\d+)?)_(\w+)$")]
    private static partial Regex ExpandedName();

    /// <summary>Several models in one case.</summary>
    private static JsonObject LinearCases(CaseInputs i)
    {
        var results = i.Each("cases").Select(c => QuantityInputs.Evaluate(c.Text("model"), QuantityInputs.Read(c))[^1]).ToArray();
        var computed = new JsonObject { ["results"] = new JsonArray([.. results.Select(y => new JsonArray(y.Value, y.StandardUncertainty, Infinite.Or(y.DegreesOfFreedom.Value)))]) };
        foreach (var (y, place) in results.Zip(["first", "second", "third", "fourth", "fifth"]))
            Expanded(i, computed, place, y);
        return computed;
    }

    private static JsonObject Second(CaseInputs i)
    {
        var quantities = i.Has("quantities") ? QuantityInputs.Read(i) : i.Names.Where(i.IsArray).ToDictionary(n => n, n => QuantityInputs.One(i, n));
        var model = QuantityInputs.Parse(i.Text("model"), quantities.Keys);
        var inputs = QuantityInputs.InputsOf(model, quantities);
        var first = model.Evaluate(inputs)[0];
        var second = SecondOrder.Of(model, inputs);
        return new()
        {
            ["value"] = first.Value, ["u_first_order"] = first.StandardUncertainty, ["dof_first_order"] = Infinite.Or(first.DegreesOfFreedom.Value),
            ["u_second_order"] = second.StandardUncertainty, ["u_second_order_rounded_published"] = Math.Round(second.StandardUncertainty),
            ["u_zero_product_terms_only"] = WithZeroProducts(model, inputs, first), ["published_dof"] = Infinite.Or(first.DegreesOfFreedom.Value),
        };
    }

    /// <summary>u² to first order and, of the second, only (f_ij·u_i·u_j)² of the pairs (and ½(f_ii·u_i²)² of the squares) whose product is zero at the estimates, so that the first order loses them (JCGM 100, H.1.7; B. D. Hall's product to second order).</summary>
    private static double WithZeroProducts(MeasurementModel model, UncertainNumber[] inputs, UncertainNumber first)
    {
        var h = Curvature.Of(model, ImplicitSolver.Solve(model, Array.ConvertAll(inputs, x => x.Value)), 0);
        var variance = first.StandardUncertainty * first.StandardUncertainty;
        for (var i = 0; i < inputs.Length; i++)
            for (var j = 0; j <= i; j++)
            {
                double u = inputs[i].StandardUncertainty * inputs[j].StandardUncertainty, both = UncertainNumber.Covariance(inputs[i], inputs[j]);
                if (inputs[i].Value * inputs[j].Value == 0)
                    variance += i == j ? 0.5 * h[i, i] * h[i, i] * u * u : h[i, j] * h[i, j] * (u * u + both * both);
            }
        return Math.Sqrt(variance);
    }

    private static JsonObject WelchSatterthwaite(CaseInputs i)
    {
        double[] u = i.Numbers("u"), c = i.Has("c") ? i.Numbers("c") : [.. u.Select(_ => 1.0)], dof = i.DegreesOfFreedom("dof");
        var sum = u.Select((v, k) => c[k] * UncertainNumber.Of(0, v, dof[k])).Aggregate((a, b) => a + b);
        return new() { ["u_c"] = sum.StandardUncertainty, ["dof"] = Infinite.Or(sum.DegreesOfFreedom.Value) };
    }

    private static JsonObject CoverageFactor(CaseInputs i)
    {
        var k = new JsonObject();
        var texts = i.Texts("dof");
        foreach (var p in i.Texts("p_percent").Zip(i.Numbers("p_percent")))
            foreach (var (text, nu) in texts.Zip(i.DegreesOfFreedom("dof")))
                k[$"{p.First}@{text}"] = StudentT.UpperQuantile((1 - p.Second / 100) / 2, nu);
        return new() { ["k"] = k };
    }

    private static JsonObject CoverageFactorOfComplex(CaseInputs i)
    {
        var p = i.Number("p_percent") / 100;
        // The software that made the cases takes a million degrees of freedom and more for infinitely many.
        return new() { ["k2"] = CaseInputs.Array(i.DegreesOfFreedom("dof").Select(nu => ComplexCoverage.Factor(p, nu >= 1e6 ? double.PositiveInfinity : nu))) };
    }

    internal static JsonObject Figures(UncertainNumber y) => new() { ["value"] = y.Value, ["u"] = y.StandardUncertainty, ["dof"] = Infinite.Or(y.DegreesOfFreedom.Value) };

    internal static JsonArray Pair(UncertainNumber y) => CaseInputs.Array([y.Value, y.StandardUncertainty]);
}
