using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of Bayesian reference values.</summary>
internal static class BayesKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("consensus.bayes_gauss", i => Nicob(i, LaboratoryEffects.Gauss)),
        new("consensus.bayes_laplace", i => Nicob(i, LaboratoryEffects.Laplace)),
        new("consensus.bayes_gauss_known_u", KnownUncertainties),
        new("consensus.ndt_hgg", i => DecisionTreeLeaf(i, LaboratoryEffects.Gauss)),
        new("consensus.ndt_hlg", i => DecisionTreeLeaf(i, LaboratoryEffects.Laplace)),
    ];

    /// <summary>A normal prior with standard deviation 1e5 about zero, which the cases state in words.</summary>
    private static JsonObject Nicob(CaseInputs i, LaboratoryEffects effects) => Figures(Run(i, new()
    {
        Effects = effects,
        MeanPrior = MeanPrior.Normal,
        MeanLocation = 0,
        MeanScale = 1e5,
        TauScale = i.NumberOrNull("prior_tau_half_cauchy_scale"),
        SigmaScale = i.NumberOrNull("prior_sigma_half_cauchy_scale"),
        Coverage = i.Number("coverage", 0.95),
    }));

    private static JsonObject DecisionTreeLeaf(CaseInputs i, LaboratoryEffects effects) => Figures(Run(i, new()
    {
        Effects = effects,
        MeanPrior = MeanPrior.StudentT3,
        MeanLocation = i.Number("prior_mu_location"),
        MeanScale = i.Number("prior_mu_scale"),
        TauScale = i.NumberOrNull("prior_tau_half_cauchy_scale"),
        SigmaScale = i.NumberOrNull("prior_sigma_half_cauchy_scale"),
    }));

    private static JsonObject KnownUncertainties(CaseInputs i)
    {
        var r = HierarchicalBayes.Of(i.Numbers("x"), i.Numbers("u"), new() { TauScale = i.NumberOrNull("prior_tau_half_cauchy_scale") });
        return new()
        {
            ["mu_mean"] = r.Reference.Value, ["mu_sd"] = r.Reference.StandardUncertainty, ["mu_median"] = r.Median,
            ["mu_q025"] = r.Interval.Low, ["mu_q975"] = r.Interval.High, ["tau_median"] = r.TauMedian,
        };
    }

    private static PosteriorResult Run(CaseInputs i, HierarchicalModel model) =>
        HierarchicalBayes.Of(i.Numbers("x"), i.Numbers("u"), model, i.Has("nu") ? i.DegreesOfFreedom("nu") : null);

    private static JsonObject Figures(PosteriorResult r) => new()
    {
        ["mu"] = r.Reference.Value, ["u"] = r.Reference.StandardUncertainty, ["q025"] = r.Interval.Low, ["q975"] = r.Interval.High, ["tau_median"] = r.TauMedian,
    };
}
