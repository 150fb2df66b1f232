using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of meter errors in service.</summary>
internal static class FleetKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("mixture_exceedance", Mixture),
        new("bayes_fdr", FalseDiscovery),
        new("cusum", Chart),
        new("clopper_pearson_upper", Bound),
        new("ridge_posterior", Ridge),
        new("jcgm106_global_risk", GlobalRisk),
    ];

    private static JsonObject Mixture(CaseInputs i)
    {
        var r = MeterErrors.Exceedance(i.Number("cav_mean"), i.Number("cav_var"), i.Number("mu"), i.Number("tau0"), i.Number("sF"), i.Number("pi"), i.Number("mpe"), i.Number("u_ref", 0));
        return new() { ["g"] = r.FaultyProbability, ["m1"] = r.SoundMean, ["v1"] = r.SoundVariance, ["m2"] = r.FaultyMean, ["v2"] = r.FaultyVariance, ["P_exceed"] = r.Exceedance };
    }

    private static JsonObject FalseDiscovery(CaseInputs i)
    {
        var r = MeterErrors.Flag(i.Numbers("P"), i.Number("q"));
        return new() { ["flagged"] = CaseInputs.Array(r.Indices.Select(n => (double)n)), ["expected_fdr"] = r.ExpectedFalseShare, ["residual_nonconforming"] = r.LeftInService };
    }

    private static JsonObject Chart(CaseInputs i)
    {
        double k = i.Number("k"), h = i.Number("h");
        var r = Cusum.Run(i.Numbers("z"), k, h);
        return new() { ["alarm_index"] = r.Index, ["direction"] = r.Upwards switch { true => "up", false => "down", null => null }, ["arl0_siegmund_one_sided"] = Cusum.AverageRunLength(k, h) };
    }

    private static JsonObject Bound(CaseInputs i) => new() { ["upper"] = BinomialBounds.Upper(i.Integer("n"), i.Integer("x"), i.Number("confidence")) };

    private static JsonObject GlobalRisk(CaseInputs i)
    {
        double tolerance = i.Number("tolerance"), acceptance = i.Number("acceptance");
        var r = Plumbline.Numerics.GlobalRisk.Of(ProcessDistribution.Normal(i.Number("prior_mean"), i.Number("u0")), i.Number("u_m"), ToleranceLimits.Between(-tolerance, tolerance), ToleranceLimits.Between(-acceptance, acceptance));
        return new() { ["consumer"] = r.FalseAcceptance, ["producer"] = r.FalseRejection };
    }

    /// <summary>y = Σ(1+θ)x + nuisances + v; the nuisances are a constant and the square of the sum, which stands for the line loss.</summary>
    private static JsonObject Ridge(CaseInputs i)
    {
        var x = i.Matrix("X");
        var y = i.Numbers("y");
        var names = i.Texts("nuisance");
        int n = x.GetLength(0), p = x.GetLength(1), q = names.Length;
        if (y.Length != n)
            throw new FormatException($"inputs.y must be {n} numbers, one for each row of X.");
        double[] sums = [.. Enumerable.Range(0, n).Select(r => Enumerable.Range(0, p).Sum(j => x[r, j]))];
        var mean = sums.Average();
        var design = new double[n, p + q];
        for (var r = 0; r < n; r++)
        {
            for (var j = 0; j < p; j++)
                design[r, j] = x[r, j];
            for (var j = 0; j < q; j++)
                design[r, p + j] = names[j] switch
                {
                    "1" => 1,
                    "S" => sums[r],
                    // The files give this column to six decimals.
                    "S^2/mean(S)" => Math.Round(sums[r] * sums[r] / mean, 6, MidpointRounding.ToEven),
                    var other => throw new FormatException($"inputs.nuisance '{other}' must be 1, S or S^2/mean(S)."),
                };
        }
        var deviations = i.Numbers("prior_sd");
        var (coefficients, covariance) = MeterErrors.Posterior(design, [.. y.Zip(sums, (a, s) => a - s)], i.Has("w") ? i.Numbers("w") : [.. Enumerable.Repeat(1.0, n)], i.Number("sigma2"),
            [.. i.Numbers("prior_mean"), .. new double[q]], [.. deviations.Select(s => 1 / (s * s)), .. Enumerable.Repeat(i.Number("nuisance_precision"), q)]);
        return new()
        {
            ["theta"] = CaseInputs.Array(coefficients[..p]), ["sd"] = CaseInputs.Array(Enumerable.Range(0, p).Select(j => Math.Sqrt(covariance[j, j]))), ["nuisance"] = CaseInputs.Array(coefficients[p..]),
        };
    }
}
