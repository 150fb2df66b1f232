using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of conformity, risks and calibration intervals.</summary>
internal static class ConformityKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("conformity-specific", Specific),
        new("conformity-decision", Decision),
        new("conformity-global", Global),
        new("conformity-guardband", Band),
        new("calibration-interval", Interval),
    ];

    private static JsonObject Specific(CaseInputs i)
    {
        var results = new JsonArray();
        foreach (var c in i.Objects("cases"))
        {
            double? low = c.Limit("LL"), high = c.Limit("UL");
            var r = ConformanceProbability.Of(c.Number("y"), c.Number("u"), Limits(low, high), c.DegreesOfFreedomOf("dof"));
            results.Add(Echo(c, "y", "u", "dof", "LL", "UL").With(("pc", r.Within), ("p_below", r.Below), ("p_above", r.Above)));
        }
        return new() { ["results"] = results };
    }

    private static ToleranceLimits Limits(double? low, double? high) => (low, high) switch
    {
        ({ } l, { } h) => ToleranceLimits.Between(l, h),
        (null, { } h) => ToleranceLimits.AtMost(h),
        ({ } l, null) => ToleranceLimits.AtLeast(l),
        _ => throw new FormatException("inputs: at least one limit is needed."),
    };

    private static JsonObject Decision(CaseInputs i)
    {
        double u = i.Number("u"), expanded = i.Number("U", 2 * u);
        // TL is an upper limit where no pair is given.
        var limits = i.Has("TU") || i.Has("UL") ? Limits(i.Limit("TL") ?? i.Limit("LL"), i.Limit("TU") ?? i.Limit("UL")) : ToleranceLimits.AtMost(i.Number("TL"));
        var results = new JsonArray();
        foreach (var y in i.OneOrMore("y"))
        {
            var d = DecisionRules.Decide(y, u, limits, expanded / u);
            results.Add(new JsonObject
            {
                ["y"] = y, ["simple"] = Word(d, DecisionRule.SimpleAcceptance), ["guarded_w=U"] = Word(d, DecisionRule.GuardedAcceptance), ["nonbinary_w=U"] = Word(d, DecisionRule.NonBinary),
                ["iso14253_1_default"] = Word(d, DecisionRule.Iso14253), ["jjf1094"] = Word(d, DecisionRule.Jjf1094), ["pc"] = d.Conformance.Within,
            });
        }
        return new() { ["results"] = results };
    }

    private static string Word(DecisionTable table, DecisionRule rule)
    {
        var verdict = table[rule].Verdict;
        return rule == DecisionRule.Iso14253
            ? verdict switch { ConformityVerdict.Pass => "conformity proven", ConformityVerdict.Fail => "nonconformity proven", _ => "neither proven" }
            : verdict switch { ConformityVerdict.Pass => "pass", ConformityVerdict.ConditionalPass => "conditional pass", ConformityVerdict.ConditionalFail => "conditional fail", ConformityVerdict.Fail => "fail", ConformityVerdict.Undecided => "undecided", _ => "not applicable" };
    }

    private static JsonObject Global(CaseInputs i) => i.Has("process") ? Process(i) : new() { ["results"] = new JsonArray([.. GlobalCases(i)]) };

    private static IEnumerable<JsonNode> GlobalCases(CaseInputs i)
    {
        var limits = i.Has("tolerance") && i.Numbers("tolerance") is [var low, var high] ? ToleranceLimits.Between(low, high) : ToleranceLimits.Between(-1, 1);
        CaseInputs[] cases = i.Has("cases") ? i.Objects("cases") : [i];
        foreach (var c in cases)
        {
            if (c.Has("SL"))
            {
                double limit = c.Number("SL"), factor = c.Number("guard_factor", 1);
                var r = GlobalRisk.Of(ProcessDistribution.Normal(0, 1), 1 / c.Number("ratio"), ToleranceLimits.Permitted(limit), ToleranceLimits.Permitted(factor * limit));
                yield return Echo(c, "SL", "ratio", "guard_factor").With(("pfa", r.FalseAcceptance), ("pfr", r.FalseRejection));
                continue;
            }
            // A ratio may be asked at several shares in tolerance, which then stand beside the cases.
            foreach (var itp in c.Has("itp") ? c.OneOrMore("itp") : i.OneOrMore("itp"))
                foreach (var ratio in c.Has("TUR") ? c.OneOrMore("TUR") : i.OneOrMore("TUR"))
                {
                    var factor = c.Number("GB", 1);
                    double centre = 0.5 * (limits.Low + limits.High), half = 0.5 * (limits.High - limits.Low);
                    var r = GlobalRisk.Of(ProcessDistribution.InTolerance(limits, itp), GlobalRisk.UncertaintyOf(limits, ratio), limits, ToleranceLimits.Permitted(factor * half, centre));
                    yield return new JsonObject { ["itp"] = itp, ["TUR"] = ratio, ["GB"] = factor }
                        .With(("pfa", r.FalseAcceptance), ("pfr", r.FalseRejection), ("suncal_pfa", r.FalseAcceptance), ("suncal_pfr", r.FalseRejection));
                }
        }
    }

    private static JsonObject Process(CaseInputs i)
    {
        var p = i.Inner("process");
        var process = p.Text("dist") switch
        {
            "gamma" => ProcessDistribution.Gamma(p.Number("shape"), p.Number("rate")),
            "normal" or "norm" => ProcessDistribution.Normal(p.Number("mean"), p.Number("sd")),
            "uniform" or "rectangular" => ProcessDistribution.Rectangular(p.Number("low"), p.Number("high")),
            var other => throw new FormatException($"inputs.process.dist '{other}' must be gamma, normal or uniform."),
        };
        var limits = Limits(i.Limit("tolerance_lower"), i.Limit("tolerance_upper"));
        var u = i.Number("measurement_sd");
        var plain = GlobalRisk.Of(process, u, limits);
        var computed = new JsonObject
        {
            ["nonconforming_fraction"] = plain.Nonconforming, ["consumer_risk_no_guard"] = plain.FalseAcceptance, ["producer_risk_no_guard"] = plain.FalseRejection,
        };
        var published = new JsonObject { ["nonconforming"] = plain.Nonconforming, ["consumer_risk"] = plain.FalseAcceptance };
        if (i.Has("target_consumer_risk") && GuardBand.ForGlobalRisk(process, u, limits, i.Number("target_consumer_risk")) is { Acceptance: { } accept })
        {
            computed["acceptance_limit"] = accept.Upper ?? accept.Lower;
            published["acceptance_limit"] = accept.Upper ?? accept.Lower;
            computed["producer_risk_guarded"] = GlobalRisk.Of(process, u, limits, accept).FalseRejection;
        }
        computed["published"] = published;
        return computed;
    }

    private static JsonObject Band(CaseInputs i)
    {
        var computed = new JsonObject();
        if (i.Has("TUR"))
        {
            var factors = new JsonObject();
            foreach (var ratio in i.OneOrMore("TUR"))
            {
                var f = GuardBand.Factors(ratio, i.Number("itp", 0.95), i.Number("cost_ratio", 10));
                // As the case spells the ratio and the rules; every rule where it does not say.
                var asked = i.Asked("factors");
                var key = asked.Names.FirstOrDefault(n => double.TryParse(n, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value == ratio) ?? ratio.ToString("R", CultureInfo.InvariantCulture);
                string[] names = asked.IsObject(key) ? [.. asked.Inner(key).Names] : ["rss", "test95", "rp10", "dobbert", "4:1", "mincost", "minimax"];
                factors[key] = new JsonObject([.. names.Select(n => KeyValuePair.Create(n, (JsonNode?)Factor(f, n)))]);
            }
            computed["factors"] = factors;
        }
        if (i.Has("cases"))
        {
            var results = new JsonArray();
            foreach (var c in i.Objects("cases"))
            {
                double u = c.Number("u"), probability = c.Number("prob"), k = Normal.Quantile(probability);
                double? low = c.Limit("LL"), high = c.Limit("UL");
                var exact = GuardBand.ForSpecificRisk(u, Limits(low, high), probability);
                results.Add(Echo(c, "LL", "UL", "u", "prob").With(("one_sided_k", k), ("AL", low + k * u), ("AU", high - k * u), ("AU_exact_two_sided", exact.Acceptance?.Upper), ("AL_exact_two_sided", exact.Acceptance?.Lower)));
            }
            computed["results"] = results;
        }
        if (i.Has("note"))
            computed["note"] = i.Text("note");
        return computed;
    }

    /// <summary>The factor of a rule, whatever marks its name is written with.</summary>
    private static double? Factor(GuardBandFactors f, string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant() switch
    {
        "rss" or "rootsumsquare" or "rdsrootsumsquare" => f.RootSumSquare,
        "test" or "test95" or "testuncertainty" or "u95" or "ilacg8" or "subtractu" => f.TestUncertainty,
        "rp10" or "ncslirp10" or "ncsli" => f.Rp10,
        "dobbert" or "method6" or "managed" or "z5403method6" => f.Dobbert,
        "41" or "4to1" or "fourto1" or "fourtoone" or "sameas41" or "asfourtoone" => f.AsFourToOne,
        "mincost" or "minimumcost" or "minimalcost" => f.MinimumCost,
        "minimax" => f.Minimax,
        _ => null,
    };

    private static JsonObject Interval(CaseInputs i)
    {
        if (!i.Has("assets"))
            return Variables(i);
        var results = new JsonArray();
        foreach (var asset in i.Objects("assets"))
        {
            double[] found = asset.Has("pass_fail") ? asset.Numbers("pass_fail") : [];
            int n = asset.Has("n") ? asset.Integer("n") : found.Length, x = asset.Has("in_tolerance") ? asset.Integer("in_tolerance") : found.Count(v => v != 0);
            var r = CalibrationIntervals.Test(x, n, asset.Number("interval_days"), asset.Has("target") ? asset.Number("target") : i.Number("target"), asset.Has("conf") ? asset.Number("conf") : i.Number("conf", 0.5));
            results.Add(new JsonObject { ["interval"] = r.Recommended, ["rejection"] = r.Rejection, ["reliability"] = CaseInputs.Array([r.ReliabilityLimits.Low, r.ReliabilityLimits.High]) });
        }
        return new() { ["published"] = results };
    }

    private static JsonObject Variables(CaseInputs i)
    {
        var course = CalibrationIntervals.Variables(i.Numbers("dt"), i.Numbers("delta"), i.Has("order") ? i.Integer("order") : 1);
        double start = i.Number("y0", 0), u0 = i.Number("u0", 0), confidence = i.Number("conf", 0.95);
        var published = new JsonObject { ["b"] = CaseInputs.Array(course.Coefficients), ["syx"] = course.ResidualDeviation };
        for (var a = 0; a < course.Coefficients.Length; a++)
            for (var b = a; b < course.Coefficients.Length; b++)
                published[$"cov{a}{b}"] = course.Covariance[a, b];
        if (i.Has("utarget"))
            published["interval_uncertainty_target"] = course.UntilUncertainty(u0, i.Number("utarget"));
        if (i.Has("limits") && i.Numbers("limits") is [var low, var high])
        {
            published["interval_reliability_target"] = course.UntilLimits(start, u0, ToleranceLimits.Between(low, high), confidence);
            published["interval_upper_only"] = course.UntilLimits(start, u0, ToleranceLimits.AtMost(high), confidence);
            published["interval_lower_only"] = course.UntilLimits(start, u0, ToleranceLimits.AtLeast(low), confidence);
        }
        return new() { ["published"] = published };
    }

    private static JsonObject Echo(CaseInputs c, params string[] names)
    {
        var shown = new JsonObject();
        foreach (var name in names)
            if (c.Has(name))
                shown[name] = c.Node(name);
        return shown;
    }

    private static JsonObject With(this JsonObject shown, params (string Name, double? Value)[] figures)
    {
        foreach (var (name, value) in figures)
            shown[name] = value;
        return shown;
    }
}
