using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of straight lines and of limits of detection.</summary>
internal static class RegressionKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("regression-ols", Ordinary),
        new("regression-wtls", Total),
        new("regression-merge", Merge),
        new("regression-dof", Freedom),
        new("lod-loq", Limits),
    ];

    private static JsonArray Pair(double value, double u) => CaseInputs.Array([value, u]);

    /// <summary>A line against t − t₀, and its value at a temperature.</summary>
    private static LineFit Fit(CaseInputs i)
    {
        var origin = i.Number("t0", 0);
        return StraightLine.Ordinary(Array.ConvertAll(i.Numbers(i.Has("t") ? "t" : "x"), t => t - origin), i.Numbers(i.Has("b") ? "b" : "y"));
    }

    private static JsonObject Ordinary(CaseInputs i)
    {
        var fit = Fit(i);
        var computed = new JsonObject
        {
            ["intercept"] = Pair(fit.Intercept, fit.InterceptUncertainty), ["slope"] = Pair(fit.Slope, fit.SlopeUncertainty), ["r"] = fit.Correlation, ["dof"] = fit.ResidualDegreesOfFreedom, ["ssr"] = fit.ChiSquared, ["s"] = fit.ResidualDeviation,
        };
        var published = new JsonObject { ["intercept"] = Pair(fit.Intercept, fit.InterceptUncertainty), ["slope"] = Pair(fit.Slope, fit.SlopeUncertainty), ["r"] = fit.Correlation, ["s"] = fit.ResidualDeviation };
        if (i.Has("predict_at"))
        {
            double at = i.Number("predict_at"), x = at - i.Number("t0", 0);
            var place = at.ToString("R", CultureInfo.InvariantCulture);
            LineValue line = fit.At(x), observation = fit.NewObservation(x);
            computed[$"b{place}"] = CaseInputs.Array([line.Value, line.StandardUncertainty, line.DegreesOfFreedom]);
            computed[$"new_observation_at_{place}"] = Pair(observation.Value, observation.StandardUncertainty);
            published[$"b{place}"] = Pair(line.Value, line.StandardUncertainty);
        }
        computed["published"] = published;
        return computed;
    }

    private static JsonObject Total(CaseInputs i)
    {
        var fit = StraightLine.Total(i.Numbers("x"), i.Numbers("y"), i.Numbers("u_x"), i.Numbers("u_y"), i.Has("r_xy") ? i.Numbers("r_xy") : null);
        return new() { ["intercept"] = Pair(fit.Intercept, fit.InterceptUncertainty), ["slope"] = Pair(fit.Slope, fit.SlopeUncertainty), ["r"] = fit.Correlation, ["chi2"] = fit.ChiSquared };
    }

    /// <summary>Scatter of the observations and an error common to all of them.</summary>
    private static JsonObject Merge(CaseInputs i)
    {
        var fit = Fit(i).WithCommonError(i.Number("systematic_u"));
        return new() { ["intercept"] = Pair(fit.Intercept, fit.InterceptUncertainty), ["slope"] = Pair(fit.Slope, fit.SlopeUncertainty), ["r"] = fit.Correlation };
    }

    /// <summary>A line through observations each with its own uncertainty and degrees of freedom: weighted alike, propagated singly (Welch–Satterthwaite).</summary>
    private static JsonObject Freedom(CaseInputs i)
    {
        double[] x = i.Numbers("x"), y = i.Numbers("y");
        double[] u = i.IsArray("u_y") ? i.Numbers("u_y") : [.. y.Select(_ => i.Number("u_y"))], nu = i.IsArray("dof_each") ? i.DegreesOfFreedom("dof_each") : [.. y.Select(_ => i.DegreesOfFreedomOf("dof_each"))];
        var at = i.Number("predict_at");
        if (y.Length != x.Length || u.Length != x.Length || nu.Length != x.Length)
            throw new FormatException($"inputs: x, y, u_y and dof_each must agree in number, are {x.Length}, {y.Length}, {u.Length} and {nu.Length}.");
        var observed = y.Select((v, k) => UncertainNumber.Of(v, u[k], nu[k])).ToArray();
        var centre = x.Average();
        var spread = x.Sum(v => (v - centre) * (v - centre));
        // ŷ(x) = Σ c y with c = 1/n + (x − x̄)(x_i − x̄)/S_xx.
        var predicted = observed.Select((v, k) => v * (1.0 / x.Length + (at - centre) * (x[k] - centre) / spread)).Aggregate((a, b) => a + b);
        var freedom = predicted.DegreesOfFreedom.Value;
        var deviation = predicted.StandardUncertainty;
        return new() { ["value"] = predicted.Value, ["variance"] = deviation * deviation, ["dof"] = Infinite.Or(freedom), ["u_gtc"] = deviation, ["dof_gtc"] = Infinite.Or(freedom) };
    }

    private static JsonObject Limits(CaseInputs i)
    {
        double[] x = i.Numbers("x"), y = i.Numbers("y");
        var alpha = i.Number("alpha", 0.05);
        LineFit fit;
        if (i.Has("weights_on_means"))
        {
            var groups = x.Select((v, k) => (v, y[k])).GroupBy(p => p.v, p => p.Item2).OrderBy(g => g.Key).ToArray();
            fit = StraightLine.RelativelyWeighted([.. groups.Select(g => g.Key)], [.. groups.Select(g => g.Average())], i.Numbers("weights_on_means"));
        }
        else
            fit = StraightLine.Ordinary(x, y);
        var s = fit.ResidualDeviation!.Value;
        var computed = new JsonObject { ["coef"] = Pair(fit.Intercept, fit.Slope), ["s"] = s };
        JsonObject Predict(double value, double weight, int count)
        {
            var p = fit.Inverse(value, s / Math.Sqrt(weight), count);
            return new() { ["Prediction"] = p.Value, ["Standard Error"] = p.StandardUncertainty, ["Confidence"] = p.Expanded(1 - alpha) };
        }
        // Predictions are named by the signal: p15 for 15, p90n5 for the mean of five of 90; weights of a signal stand under ws_15.
        var signals = i.Names.Where(n => n.StartsWith("ws_", StringComparison.Ordinal)).Select(n => double.Parse(n[3..], CultureInfo.InvariantCulture)).Concat([15, 90]).Concat(i.Has("y_new") ? i.OneOrMore("y_new") : []).Distinct();
        foreach (var signal in signals)
        {
            var name = signal.ToString("R", CultureInfo.InvariantCulture);
            computed[$"p{name}"] = Predict(signal, i.Number($"ws_{name}", 1), 1);
            computed[$"p{name}n5"] = Predict(signal, i.Number($"ws_{name}", 1), 5);
        }
        if (i.Has("y_new") && i.OneOrMore("y_new") is [var observed, ..])
        {
            var p = fit.Inverse(observed);
            computed["x_pred"] = p.Value;
            computed["se_pred"] = p.StandardUncertainty;
            computed["ci_half"] = p.Expanded(1 - alpha);
        }
        var limits = DetectionLimits.Of(fit, alpha, relativeUncertainty: i.Number("k", 3));
        computed["critical_value"] = limits.Critical;
        computed["lod_din"] = limits.DetectionByBlank;
        computed["lod_iterative"] = limits.Detection;
        computed["lod"] = limits.Detection;
        computed["loq"] = limits.Quantification;
        // The sample measured three times.
        computed["loq3"] = DetectionLimits.Of(fit, alpha, relativeUncertainty: i.Number("k", 3), count: 3).Quantification;
        computed["published"] = new JsonObject { ["ci_half"] = computed["ci_half"]?.DeepClone(), ["critical"] = limits.Critical, ["lod"] = limits.DetectionByBlank, ["loq"] = limits.Quantification };
        return computed;
    }
}
