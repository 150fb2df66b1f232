using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>What a Monte Carlo result may differ by: five standard errors of its trials (<c>se_per_sqrtM</c>), and rounding.</summary>
internal static class SamplingTolerance
{
    internal static IEnumerable<CaseComparison> Widen(IEnumerable<CaseComparison> comparisons, JsonObject expected, JsonObject computed, JsonElement tolerance) =>
        tolerance.ValueKind == JsonValueKind.Object && (tolerance.TryGetProperty("monte_carlo", out _) || tolerance.TryGetProperty("deterministic_fields", out _))
            ? comparisons.Select(c => One(c, expected, computed, tolerance)) : comparisons;

    private static CaseComparison One(CaseComparison c, JsonObject expected, JsonObject computed, JsonElement tolerance)
    {
        if (!c.Judged || CaseComparison.Number(c.Expected) is not { } value || CaseComparison.Number(c.Computed) is not { } result)
            return c;
        // Standard errors are means to judge by, not results.
        if (c.Name.StartsWith("se_per_sqrtM", StringComparison.Ordinal) || c.Name.StartsWith("reference_standard_error", StringComparison.Ordinal) || c.Name.Contains("reference_mc", StringComparison.Ordinal))
            return c with { Judged = false, Pass = true };
        var allowed = Math.Max(c.Tolerance ?? 0, Deterministic(tolerance, value));
        if (CaseComparison.Number(computed["trials"]) is { } trials && expected["se_per_sqrtM"] is JsonObject errors)
        {
            if (c.Name.StartsWith("shortest", StringComparison.Ordinal))
                return Shortest(c, expected, computed, errors, trials);
            allowed = Math.Max(allowed, Sampling(c.Name, expected, errors) / Math.Sqrt(trials) + 4 * (CaseComparison.Number(expected["reference_standard_error_of_halfwidth"]) ?? 0));
        }
        else if (c.Name.Contains("R_", StringComparison.Ordinal))
            allowed = Math.Max(allowed, 1e-3 * Math.Abs(value));
        return c with { Tolerance = allowed, Pass = Math.Abs(result - value) <= allowed };
    }

    private static double Deterministic(JsonElement tolerance, double value)
    {
        if (!tolerance.TryGetProperty("deterministic_fields", out var own) || own.ValueKind != JsonValueKind.Object)
            return 0;
        return Part("abs") + Part("rel") * Math.Abs(value);
        double Part(string name) => own.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.Number ? v.GetDouble() : 0;
    }

    /// <summary>Five standard errors of one trial for the field.</summary>
    private static double Sampling(string name, JsonObject expected, JsonObject errors)
    {
        var u = CaseComparison.Number(expected["u"]) ?? 0;
        if (name.StartsWith("quantiles.", StringComparison.Ordinal))
            return 5 * Error(name["quantiles.".Length..]);
        if (name == "mean" || name.StartsWith("mean[", StringComparison.Ordinal))
            return 5 * Error("mean", name);
        if (name == "u" || name.StartsWith("u[", StringComparison.Ordinal))
            return 5 * Error("u", name);
        if (name == "excess_kurtosis")
        {
            // √(E(z⁴ − κ)²) with moments not given: twice that of a normal quantity, and more for heavy tails.
            var excess = CaseComparison.Number(expected[name]) ?? 0;
            return 5 * Math.Sqrt(24) * Math.Pow(1 + Math.Max(0, excess), 2);
        }
        if (name.StartsWith("correlation", StringComparison.Ordinal) || name.StartsWith("r_", StringComparison.Ordinal))
            return 5;
        if (name is "symmetric_halfwidth" or "closed_form_q975")
            return 5 * High();
        if (name.StartsWith("symmetric", StringComparison.Ordinal))
            return 5 * (name.EndsWith("[0]", StringComparison.Ordinal) ? Low() : High());
        return 1e-9 * u;

        double Low() => Math.Max(Error("q_lo"), Error("0.025"));
        double High() => Math.Max(Error("q_hi"), Error("0.975"));
        double Error(string key, string? indexed = null) => errors[key] is JsonArray list && indexed is not null && indexed.IndexOf('[', StringComparison.Ordinal) is var at && at > 0
            ? CaseComparison.Number(list[int.Parse(indexed[(at + 1)..^1], System.Globalization.CultureInfo.InvariantCulture)]) ?? 0 : CaseComparison.Number(errors[key]) ?? 0;
    }

    /// <summary>The ends of the shortest interval are noisy; its length is judged.</summary>
    private static CaseComparison Shortest(CaseComparison c, JsonObject expected, JsonObject computed, JsonObject errors, double trials)
    {
        double Length(JsonObject of) => of["shortest"] is JsonArray { Count: 2 } ends && CaseComparison.Number(ends[0]) is { } low && CaseComparison.Number(ends[1]) is { } high ? high - low : double.NaN;
        var allowed = 5 * Math.Max(CaseComparison.Number(errors["q_lo"]) ?? 0, CaseComparison.Number(errors["q_hi"]) ?? 0) / Math.Sqrt(trials);
        return c with { Tolerance = allowed, Pass = Math.Abs(Length(computed) - Length(expected)) <= allowed };
    }
}
