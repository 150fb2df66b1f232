using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of reference values.</summary>
internal static class ConsensusKinds
{
    /// <summary>Monte Carlo kinds always draw the same numbers.</summary>
    internal const int Seed = 20260601;

    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("consensus.weighted_mean", WeightedMeanCase),
        new("consensus.dl", DerSimonianLairdCase),
        new("consensus.paule_mandel", i => Random(PauleMandel.Of(i.Numbers("x"), i.Numbers("u")))),
        new("consensus.dl_knapp_hartung", HartungKnappCase),
        new("consensus.dl_bootstrap", BootstrapCase),
        new("consensus.tau_interval", TauIntervalCase),
        new("consensus.ml", i => LikelihoodCase(i, Likelihood.Full)),
        new("consensus.reml", i => LikelihoodCase(i, Likelihood.Restricted)),
        new("consensus.vangel_rukhin", VangelRukhinCase),
        new("consensus.power_moderated_mean", PowerModeratedMeanCase),
        new("consensus.weighted_median", i => new() { ["high_median"] = WeightedMedian.High(i.Numbers("x"), i.Numbers("u")), ["median_ndt"] = WeightedMedian.Midpoint(i.Numbers("x"), i.Numbers("u")) }),
        new("consensus.kcrv_family", FamilyCase),
        new("consensus.linear_pool", LinearPoolCase),
        new("consensus.procedure_b_median", ProcedureBCase),
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

    private static JsonObject HartungKnappCase(CaseInputs i)
    {
        var r = HartungKnapp.Of(i.Numbers("x"), i.Numbers("u"), i.Number("coverage", 0.95));
        return new()
        {
            ["mu"] = r.Reference.Value, ["tau2"] = r.Reference.Tau * r.Reference.Tau, ["dof"] = r.DegreesOfFreedom,
            ["u_hksj"] = r.StandardUncertainty, ["ci_low_hksj"] = r.Interval.Low, ["ci_high_hksj"] = r.Interval.High,
            ["u_modified"] = r.ModifiedStandardUncertainty, ["ci_low_modified"] = r.ModifiedInterval.Low, ["ci_high_modified"] = r.ModifiedInterval.High,
        };
    }

    private static JsonObject BootstrapCase(CaseInputs i)
    {
        // Ten times the replicates asked for: the case's tolerance then holds the other side's noise alone.
        var r = DerSimonianLairdBootstrap.Of(i.Numbers("x"), i.Numbers("u"), new Random(Seed), i.Has("nu") ? i.DegreesOfFreedom("nu") : null,
            Math.Clamp(10 * (int)i.Number("replicates", 10_000), 10_000, 1_000_000), i.Number("coverage", 0.95));
        return new() { ["mu"] = r.Reference.Value, ["u"] = r.Reference.StandardUncertainty, ["ci_low"] = r.Interval.Low, ["ci_high"] = r.Interval.High };
    }

    private static JsonObject TauIntervalCase(CaseInputs i)
    {
        var r = TauInterval.Of(i.Numbers("x"), i.Numbers("u"), i.Number("coverage", 0.95));
        return new() { ["tau_low"] = r.Low, ["tau_high"] = r.High };
    }

    private static JsonObject LikelihoodCase(CaseInputs i, Likelihood likelihood)
    {
        var r = MaximumLikelihood.Of(i.Numbers("x"), i.Numbers("u"), likelihood);
        var computed = Random(r.Reference);
        computed["loglik"] = r.LogLikelihood;
        return computed;
    }

    private static JsonObject VangelRukhinCase(CaseInputs i)
    {
        var r = VangelRukhin.Of(i.Numbers("mean"), i.Numbers("s2"), [.. i.Numbers("n").Select(n => (int)n)]);
        return new() { ["mu"] = r.Reference.Value, ["u"] = r.Reference.StandardUncertainty, ["sigma2_between"] = r.Reference.Tau * r.Reference.Tau, ["loglik"] = r.LogLikelihood };
    }

    private static JsonObject PowerModeratedMeanCase(CaseInputs i)
    {
        double[] x = i.Numbers("x"), u = i.Numbers("u");
        var names = i.Texts("labs");
        var alpha = i.IsNumber("alpha") ? i.Number("alpha")
            : !i.Has("alpha") || i.Text("alpha") is "2-3/N" or "2-3/n" ? (double?)null
            : double.TryParse(i.Text("alpha"), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException("inputs.alpha must be a number or 2-3/N.");
        var r = PowerModeratedMean.Of(x, u, alpha, i.NumberOrNull("outlier_k"));
        var k = i.Number("coverage_factor_doe", 2);
        var computed = new JsonObject { ["kcrv"] = r.Value, ["u_kcrv"] = r.StandardUncertainty };
        var degrees = DegreesOfEquivalence.Unilateral(x, u, r, k);
        for (var j = 0; j < x.Length; j++)
            Add(names[j], degrees.Deviations[j], degrees.ExpandedUncertainties[j]);
        if (i.Has("doe_only"))
        {
            // Earlier results and those not eligible for the reference value: independent of it.
            var others = i.Inner("doe_only");
            double[] otherX = others.Numbers("x"), otherU = others.Numbers("u");
            for (var j = 0; j < otherX.Length; j++)
                Add(others.Texts("labs")[j], otherX[j] - r.Value, k * double.Hypot(otherU[j], r.StandardUncertainty));
        }
        return computed;
        void Add(string name, double d, double? expanded)
        {
            computed[$"D_{name}"] = d;
            computed[$"U_{name}"] = expanded;
        }
    }

    private static JsonObject FamilyCase(CaseInputs i)
    {
        double[] x = i.Numbers("x"), u = i.Numbers("u");
        var computed = new JsonObject();
        Add("mean", CcqmFamily.Mean(x, u));
        Add("median", CcqmFamily.Median(x, u));
        Add("GD1", WeightedMean.Of(x, u));
        Add("BOB", CcqmFamily.TypeBOnBias(x, u));
        Add("DL1", DerSimonianLaird.Of(x, u));
        Add("PM", CcqmFamily.PauleMandelSandwich(x, u));
        Add("SE", CcqmFamily.SchillerEberhardt(x, u).Reference);
        return computed;
        void Add(string name, ConsensusResult r)
        {
            computed[$"{name}_mu"] = r.Value;
            computed[$"{name}_u"] = r.StandardUncertainty;
        }
    }

    private static JsonObject LinearPoolCase(CaseInputs i)
    {
        var r = LinearPool.Of(i.Numbers("x"), i.Numbers("u"), i.Has("nu") ? i.DegreesOfFreedom("nu") : null, i.Has("weights") ? i.Numbers("weights") : null, i.Number("coverage", 0.95));
        return new() { ["mean"] = r.Mean, ["u"] = r.StandardUncertainty, ["median"] = r.Median, ["q025"] = r.Interval.Low, ["q975"] = r.Interval.High };
    }

    private static JsonObject ProcedureBCase(CaseInputs i)
    {
        var r = ProcedureB.Of(i.Numbers("x"), i.Numbers("u"), new Random(Seed), coverage: i.Number("coverage", 0.95));
        return new()
        {
            ["kcrv"] = r.Reference.Value, ["u"] = r.Reference.StandardUncertainty, ["q025"] = r.CentralInterval.Low, ["q975"] = r.CentralInterval.High,
            ["draws"] = r.Draws,
        };
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
