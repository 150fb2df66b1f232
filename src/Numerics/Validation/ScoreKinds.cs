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

    /// <summary>z′ about a robust mean of the results themselves, √(s*² + u²) as denominator; Algorithm A unless the case names Hampel or the median.</summary>
    private static JsonObject ZPrimeConsensus(CaseInputs i)
    {
        var x = i.Numbers("x");
        var location = i.Has("location") ? i.Text("location") : "";
        var (mean, s) = Named("hampel") ? (QMethod.Of(x).Mean, QMethod.Of(x).StandardDeviation)
            : Named("median") ? (RobustScale.Median(x), RobustScale.ScaledMad(x))
            : (AlgorithmA.Fit(x).Mean, AlgorithmA.Fit(x).StandardDeviation);
        var rule = i.Has("u_ref") ? i.Text("u_ref").Replace(" ", "", StringComparison.Ordinal) : "1.25s/sqrt(n)";
        var u = rule is "0" or "none" ? 0 : (rule.Contains("1.25", StringComparison.Ordinal) ? 1.25 : 1) * s / Math.Sqrt(x.Length);
        return new() { ["mu"] = mean, ["s"] = s, ["z"] = CaseInputs.Array(x.Select(v => ProficiencyScores.ZPrime(v, mean, s, u).Value)) };
        bool Named(string word) => location.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
