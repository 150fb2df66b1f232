using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of robust statistics.</summary>
internal static class RobustKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("algorithmA", AlgorithmACase),
        new("qhampel", QHampelCase),
        new("robust.huber", HuberCase),
        new("robust.scale", ScaleCase),
    ];

    private static JsonObject AlgorithmACase(CaseInputs i)
    {
        var x = i.Numbers("x");
        var k = i.Number("winsorising_constant", 1.5);
        var exact = AlgorithmA.Fit(x, AlgorithmAConstants.Exact, k);
        var iso = AlgorithmA.Fit(x, AlgorithmAConstants.Iso13528, k);
        return new()
        {
            ["mean"] = exact.Mean, ["s"] = exact.StandardDeviation, ["u_mean"] = exact.StandardUncertainty,
            ["mean_iso_constants"] = iso.Mean, ["s_iso_constants"] = iso.StandardDeviation,
        };
    }

    private static JsonObject QHampelCase(CaseInputs i)
    {
        var x = i.Numbers("x");
        var names = i.Has("labs") ? i.Texts("labs") : [.. Enumerable.Range(0, x.Length).Select(j => j.ToString(CultureInfo.InvariantCulture))];
        var distinct = names.Distinct().ToList();
        var r = QMethod.Of(x, [.. names.Select(n => distinct.IndexOf(n))]);
        return new() { ["mean"] = r.Mean, ["s"] = r.StandardDeviation };
    }

    private static JsonObject HuberCase(CaseInputs i)
    {
        var x = i.Numbers("x");
        var k = i.Number("k", 1.5);
        var proposal2 = AlgorithmA.Fit(x, AlgorithmAConstants.Exact, k);
        return new()
        {
            ["proposal2_mu"] = proposal2.Mean, ["proposal2_s"] = proposal2.StandardDeviation,
            ["mad_scale_mu"] = HuberLocation.Of(x, k).Value, ["mad_scale_s"] = RobustScale.ScaledMad(x),
        };
    }

    private static JsonObject ScaleCase(CaseInputs i)
    {
        var x = i.Numbers("x");
        return new()
        {
            ["median"] = RobustScale.Median(x), ["made_1.4826"] = RobustScale.ScaledMad(x), ["made_1.483"] = RobustScale.ScaledMad(x, 1.483),
            ["niqr_type6"] = RobustScale.NormalisedInterquartileRange(x, 6), ["niqr_type7"] = RobustScale.NormalisedInterquartileRange(x),
            ["Qn"] = PairwiseScale.Qn(x), ["Sn"] = PairwiseScale.Sn(x),
        };
    }
}
