namespace Plumbline.Numerics;

/// <summary>Quantities of a reference case as uncertain numbers.</summary>
internal static class QuantityInputs
{
    /// <summary>The quantities of an object, by name, correlated as <c>correlation</c> says ("V,I": −0.36).</summary>
    internal static Dictionary<string, UncertainNumber> Read(CaseInputs all)
    {
        var quantities = all.Inner("quantities");
        string[] names = [.. quantities.Names];
        if (!all.Has("correlation"))
            return names.ToDictionary(n => n, n => One(quantities, n));
        var numbers = Array.ConvertAll(names, n => One(quantities, n));
        return names.Zip(Correlate(all, names, numbers)).ToDictionary(p => p.First, p => p.Second);
    }

    private static UncertainNumber[] Correlate(CaseInputs all, string[] names, UncertainNumber[] numbers)
    {
        var given = all.Inner("correlation");
        var u = Array.ConvertAll(numbers, n => n.StandardUncertainty);
        var covariance = Matrix.Diagonal(Array.ConvertAll(u, v => v * v));
        foreach (var pair in given.Names)
        {
            var two = Array.ConvertAll(pair.Split(',', StringSplitOptions.TrimEntries), n => Array.IndexOf(names, n));
            if (two.Length != 2 || two.Contains(-1))
                throw new FormatException($"inputs.correlation: '{pair}' must name two quantities.");
            covariance[two[0], two[1]] = covariance[two[1], two[0]] = given.Number(pair) * u[two[0]] * u[two[1]];
        }
        CorrelatedInputs.RequireCovariance(covariance, names.Length, names, "correlation");
        foreach (var group in ConnectedGroups.Of(names.Length, (i, j) => covariance[i, j] != 0))
            if (group.Length > 1)
            {
                var part = new double[group.Length, group.Length];
                for (var k = 0; k < group.Length; k++)
                    for (var l = 0; l < group.Length; l++)
                        part[k, l] = covariance[group[k], group[l]];
                double[] nu = [.. group.Select(k => numbers[k].Elementary!.DegreesOfFreedom)];
                // Correlated with one finite number of degrees of freedom in common: observed together.
                var made = CorrelatedInputs.Make([.. group.Select(k => numbers[k].Value)], part, nu, [.. group.Select(k => names[k])], double.IsFinite(nu[0]) && nu.All(v => v == nu[0]));
                for (var k = 0; k < group.Length; k++)
                    numbers[group[k]] = made[k];
            }
        return numbers;
    }

    /// <summary>One quantity: [value, u, dof?], or an object by standard uncertainty or by distribution.</summary>
    internal static UncertainNumber One(CaseInputs of, string name)
    {
        if (of.IsNumber(name))
            return UncertainNumber.Of(of.Number(name), 0, label: name);
        if (of.IsArray(name))
        {
            var parts = of.Numbers(name);
            return parts.Length is 2 or 3 ? UncertainNumber.Of(parts[0], parts[1], parts.Length == 3 ? parts[2] : double.PositiveInfinity, name)
                : throw new FormatException($"inputs.{name} must be an estimate, its standard uncertainty and perhaps degrees of freedom.");
        }
        var q = of.Inner(name);
        var dof = q.DegreesOfFreedomOf("dof");
        var centre = q.Has("value") ? q.Number("value") : q.Has("mean") ? q.Number("mean") : q.Has("a") ? (q.Number("a") + q.Number("b")) / 2 : q.Number("centre", 0);
        var u = q.Has("u") ? q.Number("u") : q.Has("sd") ? q.Number("sd") : q.Has("std") ? q.Number("std") : FromWidth(q, q.Has("dist") ? q.Text("dist") : "normal", dof);
        return UncertainNumber.Of(centre, u, dof, name);
    }

    private static double FromWidth(CaseInputs q, string distribution, double dof)
    {
        if (q.Has("scale"))
            return distribution.StartsWith('t') && dof > 2 ? q.Number("scale") * Math.Sqrt(dof / (dof - 2)) : q.Number("scale");
        var half = q.Has("half_width") ? q.Number("half_width") : q.Has("a") ? (q.Number("b") - q.Number("a")) / 2 : throw new FormatException("A quantity needs u, sd, scale or half_width.");
        return distribution switch
        {
            "uniform" or "rectangular" => half / Math.Sqrt(3),
            "triangular" => half / Math.Sqrt(6),
            "arcsine" or "u" or "U-shaped" => half / Math.Sqrt(2),
            // Top over base, 1 for a rectangle and 0 for a triangle.
            "trapezoidal" or "trapezoid" => half * Math.Sqrt((1 + Math.Pow(q.Number("beta"), 2)) / 6),
            "curvilinear_trapezoid" or "ctrap" => Math.Sqrt(half * half / 3 + Math.Pow(q.Number("d"), 2) / 9),
            _ => throw new FormatException($"A half-width is given for the distribution '{distribution}', which has none."),
        };
    }

    /// <summary>The model's results with the quantities it names; log(x) is the natural logarithm there, as in the software that made the cases.</summary>
    internal static UncertainNumber[] Evaluate(string text, IReadOnlyDictionary<string, UncertainNumber> quantities)
    {
        var model = Parse(text, quantities.Keys);
        return model.Evaluate(InputsOf(model, quantities));
    }

    internal static MeasurementModel Parse(string text, IEnumerable<string> names) =>
        MeasurementModel.Read(ModelTexts.Normal(text), [.. names], true, out var problems) ?? throw new ModelFormatException(text, problems);

    /// <summary>The model's inputs; constants of physics are correlated as their definitions say.</summary>
    internal static UncertainNumber[] InputsOf(MeasurementModel model, IReadOnlyDictionary<string, UncertainNumber> quantities)
    {
        PhysicalConstant[] constants = [.. model.QuantityNames.Where(n => !quantities.ContainsKey(n)).Select(n => PhysicalConstants.Find(n["const.".Length..])!)];
        var covariance = new double[constants.Length, constants.Length];
        for (var i = 0; i < constants.Length; i++)
            for (var j = 0; j < constants.Length; j++)
                covariance[i, j] = PhysicalConstants.Correlation(constants[i], constants[j]) * constants[i].StandardUncertainty * constants[j].StandardUncertainty;
        var made = CorrelatedInputs.Make([.. constants.Select(c => c.Value)], covariance, [.. constants.Select(_ => double.PositiveInfinity)], [.. constants.Select(c => $"const.{c.Symbol}")], false);
        var at = 0;
        return [.. model.QuantityNames.Select(n => quantities.TryGetValue(n, out var number) ? number : made[at++])];
    }
}
