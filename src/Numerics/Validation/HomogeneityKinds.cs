using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of homogeneity and stability.</summary>
internal static class HomogeneityKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("homogeneity", Iso13528),
        new("homogeneity.guide35", Guide35),
        new("stability.trend", Trend),
    ];

    private static JsonObject Iso13528(CaseInputs i)
    {
        var rows = i.Has("values_by_item") ? i.Rows("values_by_item")
            : [.. i.Numbers("replicate1").Zip(i.Numbers("replicate2"), (a, b) => new[] { a, b })];
        var s = HomogeneityTest.Statistics(rows);
        var computed = new JsonObject
        {
            ["mean"] = s.Mean, ["s_x_bar"] = s.OfItemMeans, ["variance_of_sample_averages"] = s.OfItemMeans * s.OfItemMeans,
            ["s_w"] = s.Within, ["s_w2"] = s.Within * s.Within, ["s_s"] = s.Between, ["s_s2"] = s.Between * s.Between,
        };
        if (i.NumberOrNull("sigma_pt") is { } sigma)
        {
            var check = HomogeneityTest.Check(s, sigma, i.NumberOrNull("F1"), i.NumberOrNull("F2"));
            computed["sigma_allow2"] = check.Allowance * check.Allowance;
            computed["c_expanded"] = check.ExpandedCriterion;
            computed["sqrt_c_expanded"] = Math.Sqrt(check.ExpandedCriterion);
            computed["pass_simple"] = check.PassesSimple;
            computed["pass_expanded"] = check.PassesExpanded;
        }
        return computed;
    }

    private static JsonObject Guide35(CaseInputs i)
    {
        var values = i.Numbers("value");
        double[][] rows = [.. i.Texts("units").Select((unit, j) => (unit, values[j])).GroupBy(p => p.unit, p => p.Item2).Select(g => g.ToArray())];
        var r = BetweenUnits.Analyse(rows);
        return new()
        {
            ["mean"] = r.Mean, ["n0"] = r.EffectiveReplicates, ["N"] = r.Units, ["MS_between"] = r.MeanSquareBetween, ["MS_within"] = r.MeanSquareWithin,
            ["p_F"] = r.PValue, ["s_bb_rel"] = r.BetweenUnit / r.Mean, ["u_bb_min_rel"] = r.HiddenByRepeatability / r.Mean,
        };
    }

    private static JsonObject Trend(CaseInputs i)
    {
        var fit = StabilityTrend.Fit(i.Numbers("t_days"), i.Numbers("value"), i.Number("alpha", 0.05));
        return new()
        {
            ["slope"] = fit.Slope, ["se_slope"] = fit.SlopeStandardError, ["t_stat"] = fit.TStatistic, ["p"] = fit.PValue, ["intercept"] = fit.Intercept,
            ["residual_sd"] = fit.ResidualStandardDeviation, ["t_critical"] = fit.TCritical, ["significant"] = fit.Significant,
            ["u_stab"] = i.Has("shelf_life_days") ? fit.StandardUncertaintyOver(i.Number("shelf_life_days")) : null,
        };
    }
}
