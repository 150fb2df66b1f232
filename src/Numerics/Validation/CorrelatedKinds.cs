using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of correlated inputs: declared, observed together, counted in cycles, or read off a calibration line.</summary>
internal static class CorrelatedKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("gum-correlated", Correlated),
        new("gum-with-calibration", WithCalibration),
    ];

    /// <summary>The model of JCGM 100, H.4: net counting rates of sample and standard corrected for decay, their ratio, and the activity. What a case defines itself comes first.</summary>
    private static readonly (string Name, string Formula)[] counting =
        [("Rx", "mean((Cx - CB)/T0*exp(lambda*tx))"), ("Rs", "mean((CS - CB)/T0*exp(lambda*tS))"), ("R", "Rx/Rs"), ("Ax", "As*ms/mx*R")];

    private static JsonObject Correlated(CaseInputs i)
    {
        List<(string? Name, string Formula)> statements = i.IsObject("model")
            ? [.. i.Inner("model").Names.SelectMany(n => ModelTexts.Read(i.Inner("model").Text(n)) is var parts && parts.Exists(p => p.Name == n) ? parts : [.. parts.Where(p => p.Name is not null), (n, parts.Last(p => p.Name is null).Formula)])]
            : i.Has("model") ? ModelTexts.Read(i.Text("model")) : [];
        Dictionary<string, UncertainNumber> quantities = i.Has("quantities") ? QuantityInputs.Read(i) : [];
        if (i.Has("observations"))
        {
            var rows = i.NamedRows("observations");
            string[] names = [.. rows.Select(r => r.Name)];
            foreach (var (name, mean) in names.Zip(CorrelatedInputs.FromObservations([.. rows.Select(r => r.Values)], names)))
                quantities[name] = mean;
        }
        var results = new CycleModel(i, quantities).Evaluate(statements, i.Has("Cx") && i.Has("CB") ? counting : []);
        return Describe(i, quantities, results);
    }

    private static JsonObject Describe(CaseInputs i, Dictionary<string, UncertainNumber> quantities, Dictionary<string, UncertainNumber> results)
    {
        JsonObject computed = [], inputs = [];
        var asked = i.Question;
        foreach (var (name, x) in quantities)
            inputs[name] = Figures(i.Asked("inputs"), name, x);
        AddCorrelations(inputs, quantities);
        computed["inputs"] = inputs;
        // A formula without a name is what the case asks for by one that is nothing else.
        if (results.Remove("", out var single))
            results[asked.Names.FirstOrDefault(n => (asked.IsArray(n) || asked.IsObject(n) && asked.Inner(n).Has("u")) && !quantities.ContainsKey(n) && !results.ContainsKey(n)) ?? "y"] = single;
        foreach (var (name, y) in results)
        {
            computed[name] = Figures(asked, name, y);
            computed[$"sensitivity_{name}"] = new JsonObject([.. quantities.Where(q => q.Value.Elementary is not null).Select(q => KeyValuePair.Create(q.Key, (JsonNode?)y.SensitivityTo(q.Value)))]);
            computed[$"rel_u_{name}"] = y.Value == 0 ? null : y.StandardUncertainty / Math.Abs(y.Value);
        }
        AddCorrelations(computed, results);
        if (results.Count > 0)
        {
            foreach (var (name, value) in UncertaintyKinds.Figures(results.Values.Last()))
                computed.TryAdd(name, value?.DeepClone());
            // One coefficient without names is that of the first two.
            if (results.Count > 1)
                computed.TryAdd("r", UncertainNumber.Correlation(results.Values.First(), results.Values.ElementAt(1)));
            else if (quantities.Count == 2)
                computed.TryAdd("r", UncertainNumber.Correlation(quantities.Values.First(), quantities.Values.Last()));
        }
        return computed;
    }

    /// <summary>[value, u], [value, u, dof] or an object of the three, as the case writes it; a pair where it does not say.</summary>
    private static JsonNode Figures(CaseInputs asked, string name, UncertainNumber y) => asked.IsObject(name) ? UncertaintyKinds.Figures(y)
        : asked.Count(name) == 3 ? new JsonArray(y.Value, y.StandardUncertainty, Infinite.Or(y.DegreesOfFreedom.Value)) : UncertaintyKinds.Pair(y);

    private static void AddCorrelations(JsonObject to, Dictionary<string, UncertainNumber> numbers)
    {
        foreach (var (a, x) in numbers)
            foreach (var (b, y) in numbers)
                if (a != b)
                    (to[$"r_{a}{b}"], to[$"r_{a}_{b}"]) = (UncertainNumber.Correlation(x, y), UncertainNumber.Correlation(x, y));
    }

    /// <summary>A concentration read off a calibration line, in a model with other quantities (QUAM, example A5).</summary>
    private static JsonObject WithCalibration(CaseInputs i)
    {
        double[] x = i.Numbers("x"), y = i.Numbers("y"), readings = i.OneOrMore("new_y");
        var (intercept, slope, residual) = CalibrationLine.Fit(x, y);
        var noise = UncertainNumber.Of(0, residual / Math.Sqrt(readings.Length), x.Length - 2, "noise");
        var concentration = (readings.Average() + noise - intercept) / slope;
        var quantities = i.Has("quantities") ? QuantityInputs.Read(i) : [];
        var statements = i.Has("model") ? ModelTexts.Read(i.Text("model")) : [];
        var defined = statements.Select(s => s.Name).ToHashSet();
        string[] Unknown(string formula) => [.. ModelTexts.NamesIn(formula).Where(n => !quantities.ContainsKey(n) && !defined.Contains(n) && n is not ("pi" or "π" or "output") && !n.StartsWith("const.", StringComparison.Ordinal)).Distinct()];
        // A definition with the line's own parameters or readings is that of the concentration, which the fit has given already.
        var own = statements.FindIndex(s => s.Name is not null && Unknown(s.Formula).Any(n => n is "intercept" or "slope" or "new_y" or "y" or "x"));
        var name = own >= 0 ? statements[own].Name! : statements.SelectMany(s => Unknown(s.Formula)).FirstOrDefault() ?? "c0";
        if (own >= 0)
            statements.RemoveAt(own);
        quantities[name] = concentration;
        var computed = new JsonObject
        {
            ["intercept"] = UncertaintyKinds.Pair(intercept), ["slope"] = UncertaintyKinds.Pair(slope), ["r"] = UncertainNumber.Correlation(intercept, slope), [name] = UncertaintyKinds.Pair(concentration),
        };
        var results = new CycleModel(i, quantities).Evaluate(statements, []);
        foreach (var (result, value) in results)
            computed.TryAdd(result, Figures(i.Question, result, value));
        if (results.Count > 0)
            computed["r_result"] = Figures(i.Question, "r_result", results.Values.Last());
        return computed;
    }
}
