using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of reference values.</summary>
internal static class ConsensusKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("consensus.weighted_mean", WeightedMeanCase),
        new("consensus.dl", DerSimonianLairdCase),
        new("consensus.paule_mandel", i => Random(PauleMandel.Of(i.Numbers("x"), i.Numbers("u")))),
        new("lcs", SubsetCase),
        new("gls.correlated", GeneralisedLeastSquaresCase),
    ];

    private static JsonObject WeightedMeanCase(CaseInputs i)
    {
        var r = WeightedMean.Of(i.Numbers("x"), i.Numbers("u"));
        return new()
        {
            ["mean"] = r.Value, ["u"] = r.StandardUncertainty, ["chi2"] = r.ChiSquared, ["dof"] = r.DegreesOfFreedom, ["p"] = r.PValue,
            ["birge_ratio"] = r.BirgeRatio, ["u_birge_external"] = r.ExternalStandardUncertainty,
        };
    }

    internal static JsonObject Random(ConsensusResult r) => new()
    {
        ["mu"] = r.Value, ["u"] = r.StandardUncertainty, ["tau"] = r.Tau, ["tau2"] = r.Tau * r.Tau,
    };

    private static JsonObject DerSimonianLairdCase(CaseInputs i)
    {
        double[] x = i.Numbers("x"), u = i.Numbers("u");
        var r = DerSimonianLaird.Of(x, u);
        var fixedEffect = WeightedMean.Of(x, u);
        var computed = Random(r);
        double q = r.ChiSquared!.Value, nu = r.DegreesOfFreedom!.Value;
        computed["Q"] = q;
        computed["p_Q"] = r.PValue;
        computed["I2"] = q > 0 ? 100 * Math.Max(0, (q - nu) / q) : 0;
        computed["H2"] = q / nu;
        computed["weighted_mean"] = fixedEffect.Value;
        computed["u_weighted_mean"] = fixedEffect.StandardUncertainty;
        return computed;
    }

    private static JsonObject SubsetCase(CaseInputs i)
    {
        double[] x = i.Numbers("x"), u = i.Numbers("u");
        var alpha = i.Number("alpha", 0.05);
        var subset = LargestConsistentSubset.Find(x, u, alpha);
        var r = LargestConsistentSubset.Of(x, u, alpha);
        return new()
        {
            ["size"] = subset.Members.Length,
            ["members"] = i.Has("labs") ? CaseInputs.Array(subset.Members.Select(m => i.Texts("labs")[m])) : null,
            ["member_indices_1based"] = CaseInputs.Array(subset.Members.Select(m => m + 1.0)),
            ["mean"] = r.Value, ["u"] = r.StandardUncertainty, ["chi2"] = subset.ChiSquared, ["chi2_critical"] = subset.CriticalValue,
        };
    }

    private static JsonObject GeneralisedLeastSquaresCase(CaseInputs i)
    {
        var fit = LeastSquares.Generalised(i.Matrix("X"), i.Numbers("y"), i.Matrix("V"));
        var parameters = Enumerable.Range(0, fit.Parameters.Length).ToArray();
        return new()
        {
            ["beta"] = CaseInputs.Array(fit.Parameters),
            ["u_beta"] = CaseInputs.Array(parameters.Select(fit.StandardUncertainty)),
            ["cov_beta"] = new JsonArray([.. parameters.Select(j => (JsonNode)CaseInputs.Array(parameters.Select(k => fit.Covariance[j, k])))]),
            ["chi2"] = fit.ChiSquared, ["dof"] = fit.DegreesOfFreedom,
        };
    }
}
