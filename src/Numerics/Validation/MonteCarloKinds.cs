using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.Numerics;

/// <summary>Reference cases of distributions, Monte Carlo and coverage regions.</summary>
internal static partial class MonteCarloKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("distribution", Distributions),
        new("monte-carlo", Propagation),
        new("monte-carlo-multivariate", Multivariate),
        new("coverage-region", Regions),
    ];

    private static readonly double[] usual = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.1587, 0.16, 0.25, 0.5, 0.75, 0.84, 0.8413, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999];

    private static JsonObject Quantiles(Func<double, double> quantile)
    {
        var table = new JsonObject();
        foreach (var p in usual)
            table[p.ToString("R", CultureInfo.InvariantCulture)] = quantile(p);
        return table;
    }

    private static JsonObject Distributions(CaseInputs i)
    {
        if (i.Has("cases"))
        {
            var kind = i.Text("dist");
            return new() { ["results"] = new JsonArray([.. i.Rows("cases").Select(row => (JsonNode?)Describe(row, kind))]) };
        }
        var results = new JsonObject();
        foreach (var name in i.Names)
        {
            var d = i.IsText(name) ? DistributionInputs.FromWords(name, i.Text(name)) : DistributionInputs.One(i, name);
            results[name] = new JsonObject { ["mean"] = d.Mean, ["sd"] = d.StandardDeviation, ["quantiles"] = Quantiles(d.Quantile) };
        }
        return new() { ["results"] = results };
    }

    /// <summary>A row of limits a, b and the parameter d or β, when there is one.</summary>
    private static JsonObject Describe(double[] row, string kind)
    {
        var q = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in new[] { "a", "b", kind.StartsWith("trap", StringComparison.OrdinalIgnoreCase) ? "beta" : "d" }.Zip(row))
            q[name] = value;
        var d = DistributionInputs.Of(kind.Split('(')[0].Trim(), q);
        return new()
        {
            ["params"] = CaseInputs.Array(row), ["mean"] = d.Mean, ["u"] = d.StandardDeviation, ["sd"] = d.StandardDeviation, ["pdf_mid"] = d.Density(d.Estimate),
            ["pdf_at_b"] = d.Density(row[1]), ["cdf_check_at_b"] = d.Cdf(row[1]), ["quantiles"] = Quantiles(d.Quantile),
        };
    }

    private static (MeasurementModel, JointInputs) Read(CaseInputs i, string model)
    {
        // "… in (-pi,pi]" says which branch is meant.
        var parsed = QuantityInputs.Parse(Branch().Replace(model, ""), i.Inner("quantities").Names);
        return (parsed, DistributionInputs.Read(i, parsed.QuantityNames));
    }

    [GeneratedRegex(@"\s+in\s+[\[(].*$", RegexOptions.Multiline)]
    private static partial Regex Branch();

    private static JsonObject Propagation(CaseInputs i)
    {
        var (model, inputs) = Read(i, i.Text("model"));
        var p = i.Asked("p", 0.95);
        var options = new MonteCarloOptions { Coverage = p };
        var run = MonteCarlo.Run(model, inputs, options);
        var y = run.Outputs[0];
        var atp = FrameworkValidation.Of(model, inputs, run)[0];
        var at95 = FrameworkValidation.Of(model, inputs, p == 0.95 ? run : MonteCarlo.Run(model, inputs, options with { Coverage = 0.95 }))[0];
        var numbers = FrameworkValidation.UncertainInputs(inputs);
        var symmetric95 = p == 0.95 ? y.Symmetric : new(y.Quantile(0.025), y.Quantile(0.975));
        var computed = new JsonObject
        {
            ["trials"] = run.Trials, ["mean"] = y.Mean, ["u"] = y.StandardUncertainty, ["excess_kurtosis"] = y.Moments.ExcessKurtosis, ["p"] = p,
            ["symmetric"] = Pair(y.Symmetric), ["symmetric95"] = Pair(symmetric95), ["shortest"] = Pair(y.Shortest), ["symmetric_halfwidth"] = (y.Symmetric.High - y.Symmetric.Low) / 2,
            ["closed_form_q975"] = y.Quantile(0.975), ["quantiles"] = Quantiles(y.Quantile),
            ["guf1_u"] = atp.StandardUncertainty, ["guf1_interval95"] = Pair(at95.Interval), ["guf_interval95"] = Pair(at95.Interval), ["guf_first_order"] = CaseInputs.Array([atp.Value, atp.StandardUncertainty]),
            ["guf_validated_at_ndig1"] = atp.IsValid,
        };
        var errors = Quantiles(q => Math.Sqrt(q * (1 - q)) * Slope(y, q));
        errors["mean"] = y.StandardErrors.Mean * Math.Sqrt(run.Trials);
        errors["u"] = y.StandardErrors.StandardUncertainty * Math.Sqrt(run.Trials);
        errors["q_lo"] = y.StandardErrors.Low * Math.Sqrt(run.Trials);
        errors["q_hi"] = y.StandardErrors.High * Math.Sqrt(run.Trials);
        computed["se_per_sqrtM"] = errors;
        computed["reference_standard_error_of_halfwidth"] = (y.StandardErrors.Low + y.StandardErrors.High) / 2;
        Sharpen(computed, i.Text("model"), model, inputs, p);
        if (!model.IsImplicit)
        {
            var second = SecondOrder.Of(model, numbers);
            computed["guf2_u_with_higher_order_terms"] = second.GumNoteUncertainty ?? second.StandardUncertainty;
            computed["guf_second_order"] = CaseInputs.Array([second.Value + second.Bias, second.StandardUncertainty]);
        }
        return computed;
    }

    /// <summary>What needs no trials replaces what the trials gave.</summary>
    private static void Sharpen(JsonObject computed, string text, MeasurementModel model, JointInputs inputs, double p)
    {
        if (ExactEngine.Of(model, inputs) is { ErrorBound: < 1e-8 } exact)
        {
            var symmetric = exact.Symmetric(p);
            (computed["mean"], computed["u"], computed["symmetric"], computed["shortest"]) = (exact.Mean, exact.StandardUncertainty, Pair(symmetric), Pair(exact.Shortest(p)));
            (computed["symmetric95"], computed["symmetric_halfwidth"], computed["closed_form_q975"], computed["quantiles"]) = (Pair(exact.Symmetric(0.95)), (symmetric.High - symmetric.Low) / 2, exact.Quantile(0.975), Quantiles(exact.Quantile));
            if (exact.ExcessKurtosis is { } kurtosis)
                computed["excess_kurtosis"] = kurtosis;
        }
        else if (ConditionalMoments.Of(model, inputs) is { } moments)
        {
            double mean = moments.Means[0], variance = moments.Covariance[0, 0];
            (computed["mean"], computed["u"]) = (mean, Math.Sqrt(variance));
            // The variance of the squared deviation is the fourth moment less the square of the variance.
            var square = QuantityInputs.Parse($"({Branch().Replace(text, "")} - ({mean.ToString("R", CultureInfo.InvariantCulture)}))^2", model.QuantityNames);
            if (square.QuantityNames.SequenceEqual(inputs.Names) && ConditionalMoments.Of(square, inputs) is { } fourth)
                computed["excess_kurtosis"] = fourth.Covariance[0, 0] / (variance * variance) - 2;
        }
        else if (QuasiMonteCarlo.Run(model, inputs) is { } quasi && !model.IsImplicit)
            (computed["mean"], computed["u"]) = (quasi[0].Mean.Value, quasi[0].StandardUncertainty.Value);
    }

    /// <summary>dq/dp at a share, from the quantiles about it.</summary>
    private static double Slope(MonteCarloOutput y, double share)
    {
        var step = Math.Min(0.002, Math.Min(share, 1 - share) / 4);
        return (y.Quantile(share + step) - y.Quantile(share - step)) / (2 * step);
    }

    private static JsonArray Pair(Interval i) => CaseInputs.Array([i.Low, i.High]);

    private static JsonObject Multivariate(CaseInputs i)
    {
        var models = i.Inner("model");
        string[] names = [.. models.Names];
        var (model, inputs) = Read(i, string.Join("\n", names.Select(n => $"{n} = {Branch().Replace(models.Text(n), "")}")) + $"\noutput {string.Join(", ", names)}");
        var run = MonteCarlo.Run(model, inputs);
        double[] means = [.. run.Outputs.Select(o => o.Mean)], u = [.. run.Outputs.Select(o => o.Moments.StandardDeviation)];
        var covariance = run.Covariance;
        // Two inputs can be integrated; the trials then only check.
        if (ConditionalMoments.Of(model, inputs) is { } exact)
            (means, covariance, u) = (exact.Means, exact.Covariance, [.. Enumerable.Range(0, names.Length).Select(k => Math.Sqrt(exact.Covariance[k, k]))]);
        JsonObject correlation = [], computed = new()
        {
            ["trials"] = run.Trials, ["mean"] = CaseInputs.Array(means), ["u"] = CaseInputs.Array(u), ["correlation"] = correlation,
            ["se_per_sqrtM"] = new JsonObject
            {
                ["mean"] = CaseInputs.Array(run.Outputs.Select(o => o.StandardErrors.Mean * Math.Sqrt(run.Trials))), ["u"] = CaseInputs.Array(run.Outputs.Select(o => o.StandardErrors.StandardUncertainty * Math.Sqrt(run.Trials))),
            },
            ["published_mc"] = CaseInputs.Array(names.SelectMany((_, k) => new[] { means[k], u[k] })),
        };
        for (var a = 0; a < names.Length; a++)
        {
            computed[$"{names[a]}_mean"] = means[a];
            computed[$"{names[a]}_u"] = u[a];
            computed[$"{names[a]}_symmetric95_reference_mc"] = Pair(run.Outputs[a].Symmetric);
            for (var b = a + 1; b < names.Length; b++)
                {
                var r = covariance[a, b] / (u[a] * u[b]);
                computed[$"r_{names[a]}_{names[b]}"] = r;
                correlation[names[a] + names[b]] = r;
            }
        }
        computed["guf_first_order"] = CaseInputs.Array(model.Evaluate(FrameworkValidation.UncertainInputs(inputs)).SelectMany(y => new[] { y.Value, y.StandardUncertainty }));
        return computed;
    }

    private static JsonObject Regions(CaseInputs i)
    {
        var p = i.Number("p", 0.95);
        JsonObject ellipsoid = [], rectangle = [];
        foreach (var n in i.Numbers("dimensions"))
        {
            var key = n.ToString("R", CultureInfo.InvariantCulture);
            ellipsoid[key] = CoverageRegionFactors.Ellipsoid(p, (int)n);
            rectangle[key] = CoverageRegionFactors.IndependentRectangle(p, (int)n);
        }
        return new() { ["k_ellipsoid"] = ellipsoid, ["k_rectangle_independent"] = rectangle };
    }
}
