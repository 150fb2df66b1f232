using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of complex quantities.</summary>
internal static class ComplexKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("complex", Propagate),
        new("complex-dof", Propagate),
        new("complex-typeA", TypeA),
    ];

    private static JsonObject Propagate(CaseInputs i)
    {
        var quantities = new Dictionary<string, UncertainComplex>(StringComparer.Ordinal);
        if (i.Has("polar_inputs"))
        {
            var polar = i.Inner("polar_inputs");
            foreach (var name in polar.Names)
                quantities[name] = UncertainComplex.FromPolar(QuantityInputs.One(polar.Inner(name), "mod"), QuantityInputs.One(polar.Inner(name), "arg"));
        }
        foreach (var name in i.Names.Where(n => n != "polar_inputs" && (i.IsObject(n) && i.Inner(n).Has("value") || i.IsNumber(n))))
            quantities[name] = i.IsNumber(name) ? UncertainComplex.Exact(i.Number(name)) : Cartesian(i.Inner(name), name);
        var z = ComplexModel.Evaluate(i.Text("model"), quantities);
        var computed = Figures(z);
        computed["re"] = UncertaintyKinds.Pair(z.Real);
        computed["im"] = UncertaintyKinds.Pair(z.Imaginary);
        computed["r"] = z.Correlation;
        foreach (var asked in i.AskedNames)
            if (asked.StartsWith("k2_", StringComparison.Ordinal) && double.TryParse(asked[3..], NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and < 100 && z.DegreesOfFreedom.Value is > 1 and var nu)
                computed[asked] = ComplexCoverage.Factor(percent / 100, nu);
        return computed;
    }

    private static UncertainComplex Cartesian(CaseInputs q, string name)
    {
        var value = q.IsNumber("value") ? [q.Number("value"), 0] : q.Numbers("value");
        double[] given = !q.Has("cov") ? Standard(q) : q.IsNumber("cov") ? [q.Number("cov")] : q.IsMatrix("cov") ? [.. q.Rows("cov").SelectMany(r => r)] : q.Numbers("cov");
        var covariance = given.Length switch
        {
            4 => new[,] { { given[0], given[1] }, { given[2], given[3] } },
            3 => new[,] { { given[0], given[1] }, { given[1], given[2] } },
            2 => new[,] { { given[0], 0 }, { 0, given[1] } },
            1 => new[,] { { given[0], 0 }, { 0, given[0] } },
            0 => new double[2, 2],
            _ => throw new FormatException($"inputs.{name}.cov must be a 2 × 2 covariance matrix."),
        };
        return UncertainComplex.Of(value[0], value[1], covariance, q.DegreesOfFreedomOf("dof"), name);
    }

    /// <summary>Standard uncertainties of the parts (one for both, or two) with their correlation; none for a number known exactly.</summary>
    private static double[] Standard(CaseInputs q)
    {
        if (!q.Has("u"))
            return [];
        double[] u = q.OneOrMore("u");
        double re = u[0], im = u[^1], both = re * im * q.Number("r", 0);
        return [re * re, both, both, im * im];
    }

    private static JsonObject TypeA(CaseInputs i)
    {
        var computed = new JsonObject();
        var quantities = new Dictionary<string, UncertainComplex>(StringComparer.Ordinal);
        foreach (var name in i.Names.Where(i.IsArray))
        {
            var rows = i.Rows(name);
            quantities[name] = UncertainComplex.FromObservations([.. rows.Select(r => r[0])], [.. rows.Select(r => r[1])], name);
            computed[name] = Value(quantities[name]);
            computed[$"cov_{name}"] = Covariance(quantities[name]);
        }
        var z = ComplexModel.Evaluate(i.Text("model"), quantities);
        foreach (var (key, value) in Figures(z))
            computed[key] = value?.DeepClone();
        computed["G"] = Value(z);
        computed["cov_G"] = Covariance(z);
        return computed;
    }

    private static JsonObject Figures(UncertainComplex z)
    {
        var nu = z.DegreesOfFreedom.Value;
        return new()
        {
            ["value"] = Value(z), ["cov"] = Covariance(z), ["dof"] = Infinite.Or(nu), ["published_dof"] = Infinite.Or(nu),
            ["k2_95"] = nu is { } v && v > 1 ? ComplexCoverage.Factor(0.95, v) : null,
        };
    }

    private static JsonArray Value(UncertainComplex z) => CaseInputs.Array([z.Real.Value, z.Imaginary.Value]);

    private static JsonArray Covariance(UncertainComplex z)
    {
        var c = z.Covariance;
        return CaseInputs.Array([c[0, 0], c[0, 1], c[1, 0], c[1, 1]]);
    }
}
