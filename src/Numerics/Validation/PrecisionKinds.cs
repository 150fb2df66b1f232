using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of precision studies, outliers, paired samples and integrity screens.</summary>
internal static class PrecisionKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("precision.e691_iso5725", Study),
        new("precision.mandel", Mandel),
        new("outliers.cochran_sequential", CochranSequence),
        new("outliers.grubbs_dixon", GrubbsAndDixon),
        new("youden", Youden),
        new("screen.error_correlation", ErrorCorrelation),
        new("screen.small_variance", SmallVariance),
    ];

    private static JsonObject Study(CaseInputs i)
    {
        var rows = i.Rows("values_by_lab");
        var r = PrecisionStudy.Analyse(rows);
        int p = rows.Length, n = r.CellSizes.Min();
        double alpha = i.Number("alpha_hk", 0.005), alphaCochran = i.Number("alpha_cochran", 0.05);
        var cochran = Cochran.Test(Array.ConvertAll(r.CellStandardDeviations, s => s * s), n, alphaCochran);
        var computed = new JsonObject
        {
            ["mean"] = r.Mean, ["cell_means"] = CaseInputs.Array(r.CellMeans), ["cell_sds"] = CaseInputs.Array(r.CellStandardDeviations),
            ["s_cell_averages"] = r.OfCellMeans, ["s_r"] = r.Repeatability, ["s_R_e691"] = r.Reproducibility, ["s_R_iso5725"] = r.Reproducibility,
            ["s_L2"] = r.BetweenLaboratories * r.BetweenLaboratories, ["mandel_h"] = CaseInputs.Array(r.MandelH), ["mandel_k"] = CaseInputs.Array(r.MandelK),
            ["h_critical"] = PrecisionStudy.CriticalH(p, alpha), ["k_critical"] = PrecisionStudy.CriticalK(p, n, alpha),
            ["cochran_C"] = cochran.Statistic, ["cochran_critical"] = cochran.CriticalValue, ["cochran_p"] = cochran.PValue,
            ["grubbs_G_max"] = Grubbs.Test(r.CellMeans, side: OutlierSide.Greatest).Statistic,
            ["grubbs_G_min"] = Grubbs.Test(r.CellMeans, side: OutlierSide.Least).Statistic,
        };
        if (p >= 4)
        {
            computed["grubbs_double_high"] = DoubleGrubbs.Statistic(r.CellMeans, greatest: true);
            computed["grubbs_double_low"] = DoubleGrubbs.Statistic(r.CellMeans, greatest: false);
        }
        return computed;
    }

    private static JsonObject Mandel(CaseInputs i)
    {
        var rows = i.NamedRows("values_by_lab");
        var r = PrecisionStudy.Analyse([.. rows.Select(v => v.Values)]);
        return new()
        {
            ["labs"] = CaseInputs.Array(rows.Select(v => v.Name)), ["h"] = CaseInputs.Array(r.MandelH), ["k"] = CaseInputs.Array(r.MandelK),
            // A quantile of 0.995 is the limit of a two-sided level of 0.01.
            ["h_quantile_0.995"] = PrecisionStudy.CriticalH(rows.Length, 0.01), ["k_quantile_0.99"] = PrecisionStudy.CriticalK(rows.Length, r.CellSizes.Min(), 0.01),
        };
    }

    /// <summary>The largest variance is tested and taken out while it is an outlier at 5 %; laboratories without variation are left aside.</summary>
    private static JsonObject CochranSequence(CaseInputs i)
    {
        var left = i.NamedRows("values_by_lab").Where(r => r.Values.Length > 1).Select(r => (r.Name, Variance: Variance(r.Values), Size: r.Values.Length)).Where(r => r.Variance > 0).ToList();
        var names = new List<string>();
        var pValues = new List<double>();
        while (left.Count >= 3)
        {
            var largest = left.MaxBy(r => r.Variance);
            double c = largest.Variance / left.Sum(r => r.Variance), nu = left.Average(r => r.Size) - 1, k = left.Count;
            var p = Math.Min(1, k * FisherF.UpperTail((k - 1) * c / (1 - c), nu, (k - 1) * nu));
            names.Add(largest.Name);
            pValues.Add(p);
            if (p > 0.05)
                break;
            left.Remove(largest);
        }
        return new() { ["labs_in_order"] = CaseInputs.Array(names), ["p_values"] = CaseInputs.Array(pValues) };
    }

    private static JsonObject GrubbsAndDixon(CaseInputs i)
    {
        var x = i.Numbers("means");
        GrubbsTest high = Grubbs.Test(x, side: OutlierSide.Greatest), low = Grubbs.Test(x, side: OutlierSide.Least);
        const int replicates = 1_000_000;
        var random = new Random(ConsensusKinds.Seed);
        return new()
        {
            ["G_high"] = high.Statistic, ["G_low"] = low.Statistic, ["p_grubbs_high"] = high.PValue, ["p_grubbs_low"] = low.PValue,
            ["p_dixon_high"] = Dixon.PValue(Dixon.Statistic(x, greatest: true), x.Length, random, replicates),
            ["p_dixon_low"] = Dixon.PValue(Dixon.Statistic(x, greatest: false), x.Length, random, replicates),
            ["p_double_high"] = DoubleGrubbs.PValue(DoubleGrubbs.Statistic(x, greatest: true), x.Length, random, replicates),
            ["p_double_low"] = DoubleGrubbs.PValue(DoubleGrubbs.Statistic(x, greatest: false), x.Length, random, replicates),
        };
    }

    private static JsonObject Youden(CaseInputs i)
    {
        var r = YoudenPlot.Analyse(i.Numbers("x"), i.Numbers("y"));
        return new()
        {
            ["median_x"] = r.MedianFirst, ["median_y"] = r.MedianSecond, ["mean_x"] = r.MeanFirst, ["mean_y"] = r.MeanSecond,
            ["pearson"] = r.Pearson.Coefficient, ["spearman"] = r.Spearman.Coefficient, ["sd_difference_over_sqrt2"] = r.Across,
            ["sd_sum_over_sqrt2"] = r.Along, ["mahalanobis_sq"] = CaseInputs.Array(r.SquaredDistances),
        };
    }

    private static JsonObject ErrorCorrelation(CaseInputs i)
    {
        double[] x = i.Numbers("x"), y = i.Numbers("y");
        CorrelationTest pearson = Correlation.Pearson(x, y), spearman = Correlation.Spearman(x, y), kendall = Correlation.Kendall(x, y);
        return new()
        {
            ["pearson"] = pearson.Coefficient, ["p_pearson"] = pearson.PValue, ["spearman"] = spearman.Coefficient, ["p_spearman"] = spearman.PValue,
            ["kendall"] = kendall.Coefficient, ["p_kendall"] = kendall.PValue,
        };
    }

    /// <summary>
    /// For the least variance the cases give, as the R package "outliers" does, the complement of the upper Bonferroni bound, which is nearly
    /// always zero: <see cref="TightReplicates"/> gives the proper p-value.
    /// </summary>
    private static JsonObject SmallVariance(CaseInputs i)
    {
        var rows = i.NamedRows("values_by_lab");
        double[] variances = [.. rows.Select(r => Variance(r.Values))];
        var size = rows.Min(r => r.Values.Length);
        var low = TightReplicates.Test(variances, size);
        var high = Cochran.Test(variances, size);
        return new()
        {
            ["min_variance_lab"] = rows[low.Index].Name, ["C_low"] = low.Statistic, ["p_low"] = Math.Clamp(1 - Bound(low.Statistic), 0, 1),
            ["max_variance_lab"] = rows[high.Index].Name, ["C_high"] = high.Statistic, ["p_high"] = Math.Clamp(Bound(high.Statistic), 0, 1),
        };
        double Bound(double c)
        {
            double k = rows.Length, nu = rows.Average(r => r.Values.Length) - 1;
            return k * FisherF.UpperTail((k - 1) * c / (1 - c), nu, nu * (k - 1));
        }
    }

    private static double Variance(double[] values)
    {
        var frame = Frame.Of(values);
        var mean = frame.Z.Average();
        return frame.Scale * frame.Scale * frame.Z.Sum(z => (z - mean) * (z - mean)) / (values.Length - 1);
    }
}
