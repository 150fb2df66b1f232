using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of the GUM framework: budgets, correlated inputs, second order, calibration lines.</summary>
internal static class UncertaintyKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("gum-linear", Linear),
        new("gum-correlated", Correlated),
        new("gum-second-order", Second),
        new("gum-with-calibration", WithCalibration),
        new("welch-satterthwaite", WelchSatterthwaite),
        new("coverage-factor", CoverageFactor),
        new("coverage-factor-2d", CoverageFactorOfComplex),
    ];

    private static JsonObject Linear(CaseInputs i)
    {
        if (i.Has("cases"))
            return LinearCases(i);
        var quantities = QuantityInputs.Read(i);
        var y = QuantityInputs.Evaluate(i.Text("model"), quantities)[0];
        var computed = Figures(y);
        JsonObject components = [], sensitivities = [], relative = [];
        foreach (var (name, x) in quantities)
        {
            foreach (var alias in Aliases(name))
                components[alias] = Math.Abs(y.ComponentFrom(x));
            sensitivities[name] = y.SensitivityTo(x);
            relative[name] = y.Value == 0 ? 0 : y.SensitivityTo(x) * x.Value / y.Value;
        }
        computed["components"] = components;
        computed["components_base"] = components.DeepClone();
        computed["sensitivities"] = sensitivities;
        computed["relative_sensitivities"] = relative;
        computed["base"] = CaseInputs.Array([y.Value, y.StandardUncertainty]);
        // A correction that was measured in parts: d = d0 + d1 + … (JCGM 100, H.1.3.2).
        UncertainNumber[] parts = [.. quantities.Where(q => q.Key.Length == 2 && q.Key[0] == 'd' && char.IsAsciiDigit(q.Key[1])).Select(q => q.Value)];
        if (parts.Length > 1)
        {
            var d = parts.Aggregate((a, b) => a + b);
            computed["u_d"] = d.StandardUncertainty;
            computed["dof_d"] = Finite(d.DegreesOfFreedom.Value);
        }
        if (y.DegreesOfFreedom.Value is { } nu)
        {
            computed["k99_at_dof"] = StudentT.Quantile(0.995, nu);
            computed["U99_at_dof"] = y.ExpandedUncertainty(0.99);
        }
        return computed;
    }

    /// <summary>Several models in one case; the last is the one whose expanded uncertainty is asked for.</summary>
    private static JsonObject LinearCases(CaseInputs i)
    {
        var results = i.Each("cases").Select(c => QuantityInputs.Evaluate(c.Text("model"), QuantityInputs.Read(c))[0]).ToArray();
        return new()
        {
            ["results"] = new JsonArray([.. results.Select(y => CaseInputs.Array([y.Value, y.StandardUncertainty, Finite(y.DegreesOfFreedom.Value)]))]),
            ["U95_second"] = results.Length > 1 ? results[1].ExpandedUncertainty(0.95) : null,
        };
    }

    private static JsonObject Correlated(CaseInputs i)
    {
        if (i.Has("Cx"))
            return Radon(i);
        var fromObservations = i.Has("observations");
        Dictionary<string, UncertainNumber> quantities;
        if (fromObservations)
        {
            var rows = i.NamedRows("observations");
            string[] names = [.. rows.Select(r => r.Name)];
            quantities = names.Zip(CorrelatedInputs.FromObservations([.. rows.Select(r => r.Values)], names)).ToDictionary(p => p.First, p => p.Second);
        }
        else
            quantities = QuantityInputs.Read(i);
        var results = i.IsObject("model") ? i.Inner("model").Names.ToDictionary(n => n, n => QuantityInputs.Evaluate(i.Inner("model").Text(n), quantities)[0])
            : QuantityInputs.Evaluate(i.Text("model"), quantities).ToDictionary(r => r.Label!, r => r);
        var computed = new JsonObject();
        var inputs = new JsonObject();
        foreach (var (name, x) in quantities)
            inputs[name] = CaseInputs.Array([x.Value, x.StandardUncertainty]);
        foreach (var (a, b) in Pairs(quantities))
            AddCorrelation(inputs, a, b);
        computed["inputs"] = inputs;
        foreach (var (name, y) in results)
        {
            computed[name] = fromObservations ? Figures(y) : CaseInputs.Array([y.Value, y.StandardUncertainty]);
            computed[$"sensitivity_{name}"] = new JsonObject([.. quantities.Select(q => KeyValuePair.Create(q.Key, (JsonNode?)y.SensitivityTo(q.Value)))]);
        }
        foreach (var (a, b) in Pairs(results))
            AddCorrelation(computed, a, b);
        return computed;
    }

    /// <summary>JCGM 100, H.4: counts of sample, standard and blank in cycles, corrected for decay; the two mean rates are correlated by the blank they share.</summary>
    private static JsonObject Radon(CaseInputs i)
    {
        double[] cx = i.Numbers("Cx"), cs = i.Numbers("CS"), cb = i.Numbers("CB"), tx = i.Numbers("tx"), ts = i.Numbers("tS");
        double time = i.Number("T0"), decay = i.Number("lambda");
        var rates = CorrelatedInputs.FromObservations([
            [.. cx.Select((c, k) => (c - cb[k]) / time * Math.Exp(decay * tx[k]))],
            [.. cs.Select((c, k) => (c - cb[k]) / time * Math.Exp(decay * ts[k]))]], ["Rx", "Rs"]);
        var ratio = rates[0] / rates[1];
        var activity = QuantityInputs.One(i, "As") * QuantityInputs.One(i, "ms") / QuantityInputs.One(i, "mx") * ratio;
        return new()
        {
            ["Rx"] = Pair(rates[0]), ["Rs"] = Pair(rates[1]), ["R"] = Pair(ratio), ["Ax"] = Pair(activity),
            ["r"] = UncertainNumber.Correlation(rates[0], rates[1]), ["rel_u_Ax"] = activity.StandardUncertainty / Math.Abs(activity.Value),
        };
    }

    private static JsonObject Second(CaseInputs i)
    {
        var quantities = i.Has("quantities") ? QuantityInputs.Read(i) : i.Names.Where(i.IsArray).ToDictionary(n => n, n => QuantityInputs.One(i, n));
        // The software that made some cases calls a product to second order mul2(a, b).
        var text = System.Text.RegularExpressions.Regex.Replace(i.Text("model"), @"mul2\(([^,()]+),([^,()]+)\)", "($1)*($2)");
        var model = QuantityInputs.Parse(text, quantities.Keys);
        var inputs = QuantityInputs.InputsOf(model, quantities);
        var first = model.Evaluate(inputs)[0];
        var second = SecondOrder.Of(model, inputs);
        return new()
        {
            ["value"] = first.Value, ["u_first_order"] = first.StandardUncertainty, ["dof_first_order"] = Finite(first.DegreesOfFreedom.Value),
            ["u_second_order"] = second.StandardUncertainty, ["u_second_order_rounded_published"] = Math.Round(second.StandardUncertainty),
            ["u_zero_product_terms_only"] = second.StandardUncertainty, ["published_dof"] = Finite(first.DegreesOfFreedom.Value),
        };
    }

    /// <summary>A concentration read off a calibration line, in a model with other quantities (QUAM, example A5).</summary>
    private static JsonObject WithCalibration(CaseInputs i)
    {
        double[] x = i.Numbers("x"), y = i.Numbers("y"), readings = i.Numbers("new_y");
        var (intercept, slope, residual) = CalibrationLine.Fit(x, y);
        var noise = UncertainNumber.Of(0, residual / Math.Sqrt(readings.Length), x.Length - 2, "noise");
        var concentration = (readings.Average() + noise - intercept) / slope;
        var quantities = QuantityInputs.Read(i);
        quantities["c0"] = concentration;
        var text = i.Text("model");
        // What the model names on its way is reported too.
        string[] parts = [.. System.Text.RegularExpressions.Regex.Matches(text, @"\b([A-Za-z_]\w*)\s*=").Select(m => m.Groups[1].Value).Where(n => n != "c0").Distinct()];
        if (!text.Contains('=', StringComparison.Ordinal))
            text = $"r = {text}";
        var model = QuantityInputs.Parse(text, quantities.Keys.Where(n => n != "c0" || !System.Text.RegularExpressions.Regex.IsMatch(text, @"\bc0\s*=")));
        var result = model.Evaluate(QuantityInputs.InputsOf(model, quantities));
        var computed = new JsonObject
        {
            ["intercept"] = Pair(intercept), ["slope"] = Pair(slope), ["r"] = UncertainNumber.Correlation(intercept, slope), ["c0"] = Pair(concentration), ["r_result"] = Pair(result[^1]),
        };
        foreach (var name in parts.Where(n => !computed.ContainsKey(n)))
            computed[name] = Pair(QuantityInputs.Evaluate($"{text}\noutput {name}", quantities)[0]);
        return computed;
    }

    private static JsonObject WelchSatterthwaite(CaseInputs i)
    {
        double[] u = i.Numbers("u"), c = i.Has("c") ? i.Numbers("c") : [.. u.Select(_ => 1.0)], dof = i.DegreesOfFreedom("dof");
        var sum = u.Select((v, k) => c[k] * UncertainNumber.Of(0, v, dof[k])).Aggregate((a, b) => a + b);
        return new() { ["u_c"] = sum.StandardUncertainty, ["dof"] = Finite(sum.DegreesOfFreedom.Value) };
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

    internal static JsonObject Figures(UncertainNumber y) => new() { ["value"] = y.Value, ["u"] = y.StandardUncertainty, ["dof"] = Finite(y.DegreesOfFreedom.Value) };

    internal static JsonArray Pair(UncertainNumber y) => CaseInputs.Array([y.Value, y.StandardUncertainty]);

    /// <summary>JSON has no infinity.</summary>
    internal static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;

    private static void AddCorrelation(JsonObject to, KeyValuePair<string, UncertainNumber> a, KeyValuePair<string, UncertainNumber> b)
    {
        to[$"r_{a.Key}{b.Key}"] = UncertainNumber.Correlation(a.Value, b.Value);
        to[$"r_{b.Key}{a.Key}"] = UncertainNumber.Correlation(a.Value, b.Value);
    }

    private static IEnumerable<(KeyValuePair<string, UncertainNumber>, KeyValuePair<string, UncertainNumber>)> Pairs(Dictionary<string, UncertainNumber> numbers) =>
        numbers.SelectMany((a, i) => numbers.Skip(i + 1).Select(b => (a, b)));

    /// <summary>The titration cases name a contribution otherwise than the quantity it comes from.</summary>
    private static IEnumerable<string> Aliases(string name)
    {
        yield return name;
        if (name == "P")
            yield return "P_KHP";
        if (name.StartsWith("lin_", StringComparison.Ordinal))
            yield return $"u_{name}";
        if (name.Length is 2 or 3 && name[0] is 'H' or 'V' && name[^1] is 'c' or 't')
            yield return $"V_{(name[0] == 'H' ? "HCl" : "T" + name[1..^1])}_{(name[^1] == 'c' ? "cal" : "temp")}";
    }
}
