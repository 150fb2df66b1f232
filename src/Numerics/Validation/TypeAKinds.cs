using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of analysis of variance, gauge studies and autocorrelated readings.</summary>
internal static class TypeAKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("anova", Anova),
        new("anova-summary", Summary),
        new("nested-anova", Nested),
        new("gauge-rr", Gauge),
        new("autocorrelation", Coefficients),
        new("autocorrelation-u", Correlated),
    ];

    private static JsonObject Anova(CaseInputs i)
    {
        var r = OneWayAnova.Of(i.Rows("groups"));
        return new()
        {
            ["F"] = r.F, ["p"] = r.PValue, ["Fcrit95"] = r.CriticalF(), ["SS_between"] = r.SquaresBetween, ["SS_within"] = r.SquaresWithin, ["df"] = CaseInputs.Array([r.DegreesBetween, r.DegreesWithin]),
            ["s_repeatability"] = r.Repeatability, ["s_between"] = r.Between, ["n0"] = r.EffectiveSize, ["s_reproducibility_iso5725"] = r.Reproducibility, ["mean"] = r.Mean, ["sd_of_group_means"] = r.DeviationOfMeans,
            ["published"] = new JsonObject { ["F"] = r.F, ["Fcrit"] = r.CriticalF(), ["p"] = r.PValue, ["repeatability"] = r.Repeatability, ["reproducibility"] = r.DeviationOfMeans },
        };
    }

    private static JsonObject Summary(CaseInputs i)
    {
        var means = i.Numbers("means");
        int[] sizes = i.IsNumber("n_each") ? [.. means.Select(_ => i.Integer("n_each"))] : Array.ConvertAll(i.Numbers("n_each"), n => (int)n);
        var r = OneWayAnova.OfSummary(means, i.Numbers("sds"), sizes);
        return new()
        {
            ["grand_mean"] = r.Mean, ["s_of_means"] = r.DeviationOfMeans, ["s_within"] = r.Repeatability, ["F"] = r.F, ["dof"] = CaseInputs.Array([r.DegreesBetween, r.DegreesWithin]),
            ["Fcrit95"] = r.CriticalF(), ["Fcrit975"] = r.CriticalF(0.025), ["u_if_between_significant"] = r.MeanUncertaintyWithBetween, ["u_pooled_if_no_between"] = r.MeanUncertaintyPooled, ["s_between"] = r.Between,
            ["published"] = new JsonObject { ["mean"] = r.Mean, ["s_of_means"] = r.DeviationOfMeans, ["s_within"] = r.Repeatability, ["F"] = r.F },
        };
    }

    /// <summary>The model names the factors: y ~ site/day/run.</summary>
    private static JsonObject Nested(CaseInputs i)
    {
        var model = i.Text("model");
        var names = model[(model.IndexOf('~', StringComparison.Ordinal) + 1)..].Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => n.Trim('(', ')', ' ')).ToArray();
        var r = NestedAnova.Of([.. names.Select(i.Texts)], i.Numbers("y"));
        var labels = names.Select((_, k) => string.Join(':', names.Take(k + 1))).Append("error").ToArray();
        JsonObject Row(string name, double degrees, double? squares, double component) => new()
        {
            ["DF"] = degrees, ["SS"] = squares, ["MS"] = squares / degrees, ["VC"] = component, ["%Total"] = 100 * component / r.Total, ["SD"] = Math.Sqrt(component), ["CV[%]"] = 100 * Math.Sqrt(component) / r.Mean, ["_row"] = name,
        };
        var table = new JsonArray(Row("total", r.TotalDegreesOfFreedom, null, r.Total));
        JsonArray variances = [], deviations = [];
        void Limits(string name, Interval? interval)
        {
            variances.Add(new JsonObject { ["Name"] = name, ["LCL"] = interval?.Low, ["UCL"] = interval?.High, ["_row"] = name });
            deviations.Add(new JsonObject { ["Name"] = name, ["LCL"] = interval is { } v ? Math.Sqrt(v.Low) : null, ["UCL"] = interval is { } w ? Math.Sqrt(w.High) : null, ["_row"] = name });
        }
        Limits("total", r.TotalInterval());
        for (var k = 0; k < labels.Length; k++)
        {
            table.Add(Row(labels[k], r.Degrees[k], r.Squares[k], r.Components[k]));
            Limits(labels[k], r.ComponentInterval(k));
        }
        return new() { ["aov"] = table, ["ci_vc"] = variances, ["ci_sd"] = deviations };
    }

    private static JsonObject Gauge(CaseInputs i)
    {
        double? width = !i.Has("tolerance") ? null : i.IsNumber("tolerance") ? i.Number("tolerance") : i.Numbers("tolerance") is [var low, var high] ? high - low : i.Numbers("tolerance")[0];
        var r = GaugeStudy.Of(i.Texts("part"), i.Texts("operator"), i.Numbers("y"), i.Number("pool_interaction_alpha", 0.25), width);
        var t = r.Table;
        JsonObject Line(string name, int degrees, double squares, (double? F, double P)? test, bool mean = true) => new()
        {
            ["Df"] = degrees, ["Sum Sq"] = squares, ["Mean Sq"] = mean ? squares / degrees : null, ["F value"] = test?.F, ["Pr(>F)"] = test is { F: not null } p ? p.P : null, ["_row"] = name,
        };
        var anova = new JsonArray(
            Line("part", t.FirstDegrees, t.FirstSquares, CrossedTable.Test(t.FirstMean, t.FirstDegrees, t.InteractionMean, t.InteractionDegrees)),
            Line("operator", t.SecondDegrees, t.SecondSquares, CrossedTable.Test(t.SecondMean, t.SecondDegrees, t.InteractionMean, t.InteractionDegrees)),
            Line("part:operator", t.InteractionDegrees, t.InteractionSquares, CrossedTable.Test(t.InteractionMean, t.InteractionDegrees, t.RepeatMean, t.RepeatDegrees)),
            Line("Repeatability", t.RepeatDegrees, t.RepeatSquares, null),
            Line("Total", t.FirstDegrees + t.SecondDegrees + t.InteractionDegrees + t.RepeatDegrees, t.TotalSquares, null, mean: false));
        List<(string Name, GaugeComponent Component)> rows = [("Total Gage R&R", r.Gauge), ("  Repeatability", r.Repeatability), ("  Reproducibility", r.Reproducibility), ("    operator", r.Operator)];
        if (r.Interaction is { } interaction)
            rows.Add(("    part:operator", interaction));
        rows.AddRange([("Part-To-Part", r.Part), ("Total Variation", r.Total)]);
        JsonArray Components() => [.. rows.Select(c => (JsonNode)new JsonObject { ["VarComp"] = c.Component.Variance, ["%Contrib"] = Math.Round(r.Contribution(c.Component), 2), ["_row"] = c.Name })];
        JsonArray Study() =>
        [
            .. rows.Select(c => (JsonNode)new JsonObject
            {
                ["StdDev"] = c.Component.StandardDeviation, ["StudyVar"] = 6 * c.Component.StandardDeviation, ["%StudyVar"] = Math.Round(r.StudyVariation(c.Component), 2),
                ["%Tolerance"] = r.ToleranceShare(c.Component) is { } share ? Math.Round(share, 2) : null, ["_row"] = c.Name,
            }),
        ];
        return new() { ["anova"] = anova, ["variance_components"] = Components(), ["varComp"] = Components(), ["study_var"] = Study(), ["studyVar"] = Study(), ["ncat"] = r.DistinctCategories };
    }

    private static JsonObject Coefficients(CaseInputs i)
    {
        var rho = AutocorrelatedMean.Coefficients(i.Numbers("data"), i.Has("lags") ? i.Integer("lags") : null);
        return new() { ["rho"] = CaseInputs.Array(rho), ["published"] = CaseInputs.Array(rho) };
    }

    private static JsonObject Correlated(CaseInputs i)
    {
        var r = AutocorrelatedMean.Of(i.Numbers("data"));
        return new()
        {
            ["cutoff_lag"] = r.CutoffLag, ["inflation"] = r.Inflation, ["u_mean"] = r.StandardUncertainty,
            ["published"] = new JsonObject { ["cutoff_lag"] = r.CutoffLag, ["inflation"] = r.Inflation, ["u"] = r.StandardUncertainty },
        };
    }
}
