using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.Numerics;

/// <summary>Reference cases of reliability.</summary>
internal static partial class ReliabilityKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("mtbf", MtbfCase),
        new("mtbf-planning", PlanningCase),
        new("reliability-growth", GrowthCase),
        new("reliability-interference", InterferenceCase),
        new("reliability-trend", TrendCase),
        new("weibull-mle", WeibullCase),
        new("weibull-mle-3p", ThreeParameterCase),
        new("weibull-mle-interval", IntervalCase),
    ];

    private static JsonObject MtbfCase(CaseInputs i) => new() { ["results"] = new JsonArray([.. i.Objects("cases").Select(Mtbf)]) };

    private static JsonObject Mtbf(CaseInputs c)
    {
        double time = c.Number("T"), confidence = c.Number("conf");
        var failures = c.Integer("r");
        var byTime = MeanTimeBetweenFailures.Of(time, failures, confidence);
        var byFailure = failures > 0 ? MeanTimeBetweenFailures.Of(time, failures, confidence, timeTerminated: false) : null;
        return new()
        {
            ["T"] = time, ["r"] = failures, ["conf"] = confidence, ["point"] = byTime.Estimate,
            ["lower1_time_terminated"] = byTime.LowerBound, ["lower1_failure_terminated"] = byFailure?.LowerBound,
            ["two_sided_time_terminated"] = Pair(byTime.TwoSided), ["two_sided_failure_terminated"] = byFailure is null ? null : Pair(byFailure.TwoSided),
        };
    }

    private static JsonArray Pair(Interval interval) => CaseInputs.Array([Finite(interval.Low), Finite(interval.High)]);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static JsonObject PlanningCase(CaseInputs i)
    {
        var results = new JsonObject();
        if (i.Has("case1"))
        {
            var c = i.Inner("case1");
            var twoSided = c.Flag("two_sided", !c.Flag("one_sided", true));
            var bounds = MeanTimeBetweenFailures.Of(c.Number("T"), c.Integer("failures"), c.Number("CI"), c.Flag("time_terminated", true));
            results["case1_MTBF_lower"] = twoSided ? bounds.TwoSided.Low : bounds.LowerBound;
        }
        if (i.Has("case2"))
        {
            var c = i.Inner("case2");
            results["case2_duration"] = MeanTimeBetweenFailures.TestTime(c.Number("MTBF"), c.Integer("failures"), c.Number("CI"), c.Flag("one_sided", !c.Flag("two_sided", false)), c.Flag("time_terminated", true));
        }
        if (i.Has("proportion"))
        {
            var c = i.Inner("proportion");
            results["clopper_pearson"] = Pair(SuccessRun.Proportion(c.Integer("n"), c.Integer("x"), c.Number("CI")));
        }
        if (i.Has("success_run"))
            results["success_run_n"] = new JsonArray([.. i.Objects("success_run").Select(c => (JsonNode)SuccessRun.Units(c.Number("R"), c.Number("CI")))]);
        return results;
    }

    private static JsonObject GrowthCase(CaseInputs i)
    {
        var times = i.Numbers("failure_times");
        var end = i.NumberOrNull("end_time");
        GrowthResult crow = ReliabilityGrowth.Crow(times, end), duane = ReliabilityGrowth.Duane(times, end);
        var target = i.NumberOrNull("target_MTBF");
        return new()
        {
            ["crow"] = new JsonObject { ["beta"] = crow.Beta, ["lambda"] = crow.Lambda, ["DMTBF_I"] = crow.InstantaneousMtbf, ["DMTBF_C"] = crow.CumulativeMtbf, ["time_to_target"] = target is { } t ? crow.TimeToCumulative(t) : null },
            ["duane"] = new JsonObject { ["A"] = duane.Lambda, ["alpha"] = 1 - duane.Beta, ["DMTBF_I"] = duane.InstantaneousMtbf, ["DMTBF_C"] = duane.CumulativeMtbf, ["time_to_target"] = target is { } u ? duane.TimeToCumulative(u) : null },
        };
    }

    private static JsonObject InterferenceCase(CaseInputs i) => new()
    {
        ["p_fail"] = CaseInputs.Array(i.Names.Where(n => n.StartsWith("case", StringComparison.Ordinal)).Select(n => i.Inner(n)).Select(c => StressStrength.ProbabilityOfFailure(Law(c, "stress"), Law(c, "strength")))),
    };

    /// <summary>A law as text, <c>Weibull(alpha=40, beta=4)</c>, as an array beginning with its name, or as an object.</summary>
    private static StressLaw Law(CaseInputs c, string name)
    {
        var text = c.Raw(name);
        var word = Word().Matches(text).Select(m => m.Value.ToLowerInvariant()).FirstOrDefault(w => w == "n" || laws.Any(l => w.StartsWith(l, StringComparison.Ordinal)))
            ?? throw new FormatException($"inputs.{name} must name a law: {string.Join(", ", laws)}.");
        var named = Named().Matches(text).GroupBy(m => m.Groups[1].Value.ToLowerInvariant()).ToDictionary(g => g.Key, g => Parse(g.First().Groups[2].Value));
        double[] plain = named.Count > 0 ? [] : [.. Number().Matches(text).Select(m => Parse(m.Value))];
        double Get(int place, double? otherwise, params string[] names) => names.Where(named.ContainsKey).Select(n => (double?)named[n]).FirstOrDefault()
            ?? (place < plain.Length ? plain[place] : otherwise) ?? throw new FormatException($"inputs.{name}: {names[0]} is missing.");
        double Threshold(int place) => Get(place, 0, "gamma", "threshold", "loc");
        return word switch
        {
            _ when word == "n" || word.StartsWith("norm", StringComparison.Ordinal) => StressLaw.Normal(Get(0, null, "mu", "mean", "loc"), Get(1, null, "sigma", "sd", "std", "scale", "u")),
            _ when word.StartsWith("logn", StringComparison.Ordinal) => StressLaw.Lognormal(named.TryGetValue("scale", out var median) ? Math.Log(median) : Get(0, null, "mu", "mean"), Get(1, null, "sigma", "sd", "std", "s"), Threshold(2)),
            _ when word.StartsWith("weib", StringComparison.Ordinal) => StressLaw.Weibull(Get(0, null, "alpha", "eta", "scale"), Get(1, null, "beta", "shape", "k", "c"), Threshold(2)),
            _ when word.StartsWith("exp", StringComparison.Ordinal) => StressLaw.Exponential(named.TryGetValue("mean", out var mean) || named.TryGetValue("scale", out mean) ? 1 / mean : Get(0, null, "lambda", "rate"), Threshold(1)),
            _ when word.StartsWith("gam", StringComparison.Ordinal) => StressLaw.Gamma(Get(0, null, "alpha", "theta", "scale"), Get(1, null, "beta", "shape", "k", "a"), Threshold(2)),
            _ => StressLaw.Uniform(Get(0, null, "a", "low", "lower", "min"), Get(1, null, "b", "high", "upper", "max")),
        };
    }

    private static readonly string[] laws = ["norm", "logn", "weib", "exp", "gamma", "unif"];

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static JsonObject TrendCase(CaseInputs i)
    {
        var r = TrendTest.Laplace(i.Numbers("times_between_failures"), i.NumberOrNull("test_end"), i.Number("CI", 0.95));
        return new() { ["U"] = r.U, ["z_crit"] = r.Critical, ["trend"] = r.Trend.ToString().ToLowerInvariant(), ["beta_hat"] = r.Beta, ["lambda_hat"] = r.Lambda };
    }

    private static JsonObject WeibullCase(CaseInputs i)
    {
        double[] failures = i.Numbers("failures"), censored = i.Has("right_censored") ? i.Numbers("right_censored") : [];
        LifeFit fit = LifeFits.Of(failures, censored), lognormal = LifeFits.Of(failures, censored, distribution: LifeDistribution.Lognormal), exponential = LifeFits.Of(failures, censored, distribution: LifeDistribution.Exponential);
        var line = failures.Distinct().Count() > 1 ? RankRegression.Of(failures, censored) : null;
        var steps = SurvivalCurve.Of(failures, censored);
        JsonArray Times() => CaseInputs.Array(steps.Select(s => s.Time));
        return new()
        {
            ["eta"] = fit.CharacteristicLife, ["beta"] = fit.Shape, ["se_eta"] = fit.StandardErrorOfLife, ["se_beta"] = fit.StandardErrorOfShape, ["loglik"] = fit.LogLikelihood,
            ["eta_ci95_log"] = Pair(fit.LifeInterval()), ["beta_ci95_log"] = Pair(fit.ShapeInterval()), ["B10"] = fit.Quantile(0.1), ["aic"] = fit.Aic, ["mean"] = fit.Mean, ["sd"] = fit.StandardDeviation,
            ["lognormal"] = new JsonObject { ["mu"] = lognormal.Location, ["sigma"] = lognormal.Scale, ["loglik"] = lognormal.LogLikelihood },
            ["exponential"] = new JsonObject { ["mtbf"] = exponential.CharacteristicLife, ["loglik"] = exponential.LogLikelihood },
            ["kaplan_meier"] = new JsonObject { ["time"] = Times(), ["surv"] = CaseInputs.Array(steps.Select(s => s.Survival)), ["se"] = CaseInputs.Array(steps.Select(s => s.StandardError)) },
            ["kaplan_meier_plain_ci"] = new JsonObject
            {
                ["time"] = Times(), ["surv"] = CaseInputs.Array(steps.Select(s => s.Survival)),
                ["lower"] = CaseInputs.Array(steps.Select(s => s.PlainInterval.Low)), ["upper"] = CaseInputs.Array(steps.Select(s => s.PlainInterval.High)),
            },
            ["nelson_aalen_cumhaz"] = CaseInputs.Array(steps.Select(s => s.CumulativeHazard)),
            ["median_rank_regression_WeibullR"] = line is null ? null : new JsonObject { ["Eta"] = line.CharacteristicLife, ["Beta"] = line.Shape, ["Rsqr"] = line.RSquared, ["AbPval"] = failures.Length < 3 ? null : 100 * RankFit.Of(line.RSquared, failures.Length, trials: Math.Clamp((1 << 25) / failures.Length, 1 << 14, 1 << 20)).Probability },
            ["python_reliability"] = new JsonObject
            {
                ["alpha"] = fit.CharacteristicLife, ["beta"] = fit.Shape, ["alpha_SE"] = fit.StandardErrorOfLife, ["beta_SE"] = fit.StandardErrorOfShape,
                ["alpha_ci"] = Pair(fit.LifeInterval()), ["beta_ci"] = Pair(fit.ShapeInterval()), ["loglik"] = fit.LogLikelihood, ["AICc"] = Finite(fit.CorrectedAic), ["BIC"] = fit.Bic,
            },
            ["published"] = new JsonObject
            {
                ["eta"] = fit.CharacteristicLife, ["beta"] = fit.Shape, ["loglik"] = fit.LogLikelihood, ["aic"] = fit.Aic, ["mean"] = fit.Mean, ["sd"] = fit.StandardDeviation, ["lognormal_aic"] = lognormal.Aic,
            },
        };
    }

    private static JsonObject ThreeParameterCase(CaseInputs i)
    {
        var fit = LifeFits.ThreeParameter(i.Numbers("failures"), i.Has("right_censored") ? i.Numbers("right_censored") : null);
        return new() { ["alpha"] = fit.CharacteristicLife, ["beta"] = fit.Shape, ["gamma"] = fit.Threshold, ["loglik"] = fit.LogLikelihood };
    }

    /// <summary>A unit without an upper bound is right censored, one without a lower bound left censored, one whose bounds agree failed at that time.</summary>
    private static JsonObject IntervalCase(CaseInputs i)
    {
        double?[] lower = i.NumbersOrNull("lower"), upper = i.NumbersOrNull("upper");
        if (lower.Length != upper.Length)
            throw new FormatException($"inputs.lower has {lower.Length} values, inputs.upper {upper.Length}.");
        (double Low, double? High)[] units = [.. lower.Select((l, k) => (l ?? 0, upper[k]))];
        var fit = LifeFits.Of([.. units.Where(u => u.High == u.Low).Select(u => u.Low)], [.. units.Where(u => u.High is null).Select(u => u.Low)],
            [.. units.Where(u => u.Low == 0 && u.High > 0).Select(u => u.High!.Value)], [.. units.Where(u => u.Low > 0 && u.High is { } h && h != u.Low).Select(u => (double[])[u.Low, u.High!.Value])]);
        return new() { ["eta"] = fit.CharacteristicLife, ["beta"] = fit.Shape, ["loglik"] = fit.LogLikelihood };
    }

    [GeneratedRegex("[A-Za-z_]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"([A-Za-z_]+)""?\s*[=:]\s*(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)")]
    private static partial Regex Named();

    [GeneratedRegex(@"-?[0-9.]+(?:[eE][+-]?[0-9]+)?")]
    private static partial Regex Number();
}
