using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.Numerics;

/// <summary>Reference cases of Bayesian reference values.</summary>
internal static partial class BayesKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("consensus.bayes_gauss", i => Nicob(i, LaboratoryEffects.Gauss)),
        new("consensus.bayes_laplace", i => Nicob(i, LaboratoryEffects.Laplace)),
        new("consensus.bayes_gauss_known_u", KnownUncertainties),
        new("consensus.ndt_hgg", i => DecisionTreeLeaf(i, LaboratoryEffects.Gauss)),
        new("consensus.ndt_hssg", SkewLeaf),
        new("consensus.ndt_hlg", i => DecisionTreeLeaf(i, LaboratoryEffects.Laplace)),
    ];

    private static JsonObject Nicob(CaseInputs i, LaboratoryEffects effects) => Figures(Run(i, WithMeanPrior(i, new()
    {
        Effects = effects,
        TauScale = i.NumberOrNull("prior_tau_half_cauchy_scale"),
        SigmaScale = i.NumberOrNull("prior_sigma_half_cauchy_scale"),
        Coverage = i.Number("coverage", 0.95),
    })));

    /// <summary>The cases state the prior of μ in words: "improper uniform", or "normal(0, sd 1e5)" with location and standard deviation.</summary>
    private static HierarchicalModel WithMeanPrior(CaseInputs i, HierarchicalModel model)
    {
        var words = i.Has("prior_mu") ? i.Text("prior_mu") : "uniform";
        if (words.Contains("uniform", StringComparison.OrdinalIgnoreCase) || words.Contains("flat", StringComparison.OrdinalIgnoreCase))
            return model;
        double[] numbers = [.. Numbers().Matches(words).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
        return words.StartsWith("normal", StringComparison.OrdinalIgnoreCase) && numbers.Length == 2
            ? model with { MeanPrior = MeanPrior.Normal, MeanLocation = numbers[0], MeanScale = numbers[1] }
            : throw new FormatException("inputs.prior_mu must read 'improper uniform' or 'normal(location, sd scale)'.");
    }

    [GeneratedRegex(@"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")]
    private static partial Regex Numbers();

    private static JsonObject DecisionTreeLeaf(CaseInputs i, LaboratoryEffects effects) => Figures(Run(i, new()
    {
        Effects = effects,
        MeanPrior = MeanPrior.StudentT3,
        MeanLocation = i.Number("prior_mu_location"),
        MeanScale = i.Number("prior_mu_scale"),
        TauScale = i.NumberOrNull("prior_tau_half_cauchy_scale"),
        SigmaScale = i.NumberOrNull("prior_sigma_half_cauchy_scale"),
    }));

    private static JsonObject SkewLeaf(CaseInputs i)
    {
        var r = SkewHierarchicalBayes.Of(i.Numbers("x"), i.Numbers("u"), new()
        {
            Priors = new()
            {
                MeanPrior = MeanPrior.StudentT3,
                MeanLocation = i.Number("prior_mu_location"),
                MeanScale = i.Number("prior_mu_scale"),
                TauScale = i.NumberOrNull("prior_tau_half_cauchy_scale"),
                SigmaScale = i.NumberOrNull("prior_sigma_half_cauchy_scale"),
            },
            AlphaScale = i.Number("prior_alpha_normal_sd", 4),
            NuShape = i.Number("prior_nu_gamma_shape", 3),
            NuRate = i.Number("prior_nu_gamma_rate", 0.25),
        }, i.Has("nu") ? i.DegreesOfFreedom("nu") : null);
        return new() { ["kcrv"] = r.Reference.Value, ["location"] = r.Location, ["location_sd"] = r.LocationStandardDeviation, ["tau_median"] = r.TauMedian };
    }

    private static JsonObject KnownUncertainties(CaseInputs i)
    {
        var r = HierarchicalBayes.Of(i.Numbers("x"), i.Numbers("u"), WithMeanPrior(i, new() { TauScale = i.NumberOrNull("prior_tau_half_cauchy_scale") }));
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
