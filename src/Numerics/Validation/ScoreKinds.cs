using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of performance scores.</summary>
internal static class ScoreKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("scores.z_zprime_zeta_en", Classical),
        new("scores.all", Everything),
        new("scores.zprime_consensus", ZPrimeConsensus),
    ];

    private static JsonObject Classical(CaseInputs i)
    {
        double[] x = i.Numbers("x"), u = i.Numbers("u"), expanded = i.Numbers("U");
        double pt = i.Number("x_pt"), uPt = i.Number("u_xpt"), expandedPt = i.Number("U_xpt"), sigma = i.Number("sigma_pt");
        return new()
        {
            ["z"] = CaseInputs.Array(x.Select(v => ProficiencyScores.Z(v, pt, sigma).Value)),
            ["z_prime"] = CaseInputs.Array(x.Select(v => ProficiencyScores.ZPrime(v, pt, sigma, uPt).Value)),
            ["zeta"] = CaseInputs.Array(x.Select((v, j) => ProficiencyScores.Zeta(v, u[j], pt, uPt).Value)),
            ["En"] = CaseInputs.Array(x.Select((v, j) => EnScore.Independent(v, expanded[j], pt, expandedPt).Value)),
        };
    }

    private static JsonObject Everything(CaseInputs i)
    {
        var computed = Classical(i);
        double[] x = i.Numbers("x"), expanded = i.Numbers("U");
        double pt = i.Number("x_pt"), expandedPt = i.Number("U_xpt"), permitted = i.Number("delta_E");
        computed["D"] = CaseInputs.Array(x.Select(v => ProficiencyScores.Difference(v, pt)));
        computed["D_percent"] = CaseInputs.Array(x.Select(v => ProficiencyScores.PercentDifference(v, pt)));
        computed["Ez_low"] = CaseInputs.Array(x.Select((v, j) => ProficiencyScores.Ez(v, expanded[j], pt, expandedPt).Low.Value));
        computed["Ez_high"] = CaseInputs.Array(x.Select((v, j) => ProficiencyScores.Ez(v, expanded[j], pt, expandedPt).High.Value));
        computed["PA"] = CaseInputs.Array(x.Select(v => ProficiencyScores.PercentOfPermitted(v, pt, permitted)));
        computed["D_over_deltaE"] = CaseInputs.Array(x.Select(v => ProficiencyScores.PercentOfPermitted(v, pt, permitted) / 100));
        return computed;
    }

    /// <summary>z′ about a mean of the results themselves, √(s² + u²) as denominator; the robust mean is Algorithm A unless the case names another.</summary>
    private static JsonObject ZPrimeConsensus(CaseInputs i)
    {
        var x = i.Numbers("x");
        var (mean, s) = Consensus(x, i.Has("location") ? i.Text("location") : "");
        var u = ReferenceUncertainty(i) * s / Math.Sqrt(x.Length);
        return new() { ["mu"] = mean, ["s"] = s, ["z"] = CaseInputs.Array(x.Select(v => ProficiencyScores.ZPrime(v, mean, s, u).Value)) };
    }

    private static (double Mean, double StandardDeviation) Consensus(double[] x, string location)
    {
        if (Named("hampel"))
            return (QMethod.Of(x).Mean, QMethod.Of(x).StandardDeviation);
        if (Named("logistic") || Named("algB") || Named("algorithm B"))
            return LogisticLocation.Fit(x) is var logistic ? (logistic.Mean, logistic.StandardDeviation) : default;
        if (Named("huber") || Named("proposal 2"))
            return AlgorithmA.Fit(x, AlgorithmAConstants.Exact) is var proposal2 ? (proposal2.Mean, proposal2.StandardDeviation) : default;
        if (Named("median"))
            return (RobustScale.Median(x), Named("iqr") ? RobustScale.NormalisedInterquartileRange(x) : RobustScale.ScaledMad(x));
        if (Named("arithmetic") || location.Trim().Equals("mean", StringComparison.OrdinalIgnoreCase))
            return ArithmeticMean.FromScatter(x) is var plain ? (plain.Value, plain.StandardUncertainty * Math.Sqrt(x.Length)) : default;
        if (location.Length == 0 || Named("algA") || Named("algorithm") || Named("robust"))
            return AlgorithmA.Fit(x) is var a ? (a.Mean, a.StandardDeviation) : default;
        throw new FormatException($"inputs.location '{location}' is not known: expected Algorithm A, Huber proposal 2, logistic, Q/Hampel, median or mean.");
        bool Named(string word) => location.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>How often s/√n the uncertainty of the reference value is: 1.25 unless the case says otherwise.</summary>
    private static double ReferenceUncertainty(CaseInputs i)
    {
        if (!i.Has("u_ref"))
            return 1.25;
        var rule = i.Text("u_ref").Replace(" ", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
        return rule is "0" or "none" ? 0
            : rule.Contains("1.25", StringComparison.Ordinal) ? 1.25
            : rule.StartsWith("s/", StringComparison.Ordinal) ? 1
            : throw new FormatException($"inputs.u_ref '{i.Text("u_ref")}' is not known: expected 1.25*s/sqrt(n), s/sqrt(n) or 0.");
    }
}
