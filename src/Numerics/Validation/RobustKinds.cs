using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of robust statistics.</summary>
internal static class RobustKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("algorithmA", AlgorithmACase),
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
}
