using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Reference cases of degrees of equivalence and drift.</summary>
internal static class EquivalenceKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("doe.weighted_mean", UnilateralCase),
        new("doe.leave_one_out_dl", LeaveOneOutCase),
        new("doe.dersimonian_laird", BootstrapCase),
        new("linking.gls", LinkingCase),
        new("drift.least_squares", DriftCase),
        new("pairwise.msd_pdchisq", i => new()
        {
            ["msd"] = CaseInputs.Array(PairwiseStatistics.MedianScaledDifference(i.Numbers("x"), i.Numbers("u"))),
            ["pdchisq"] = CaseInputs.Array(PairwiseStatistics.PairDifferenceChiSquare(i.Numbers("x"), i.Numbers("u"))),
        }),
        new("consistency.decision_tree_tests", TreeTestsCase),
    ];

    private static JsonObject UnilateralCase(CaseInputs i)
    {
        double[] x = i.Numbers("x"), u = i.Numbers("u");
        var k = i.Number("k", 2);
        var reference = WeightedMean.Of(x, u);
        var degrees = DegreesOfEquivalence.Unilateral(x, u, reference, k);
        var pairs = DegreesOfEquivalence.Pairwise(x, u, k);
        var last = x.Length - 1;
        return new()
        {
            ["kcrv"] = reference.Value, ["u_kcrv"] = reference.StandardUncertainty,
            ["D"] = CaseInputs.Array(degrees.Deviations), ["uD"] = CaseInputs.Array(degrees.StandardUncertainties),
            ["U95"] = CaseInputs.Array(degrees.ExpandedUncertainties),
            ["En"] = CaseInputs.Array(degrees.Deviations.Select((d, j) => EnScore.OfDegree(d, degrees.ExpandedUncertainties[j]).Value)),
            ["B12"] = pairs.Differences[0, 1], ["uB12"] = pairs.StandardUncertainties[0, 1],
            ["B_last_first"] = pairs.Differences[last, 0], ["uB_last_first"] = pairs.StandardUncertainties[last, 0],
        };
    }

    private static JsonObject LeaveOneOutCase(CaseInputs i)
    {
        var degrees = DegreesOfEquivalence.LeaveOneOut(i.Numbers("x"), i.Numbers("u"), DerSimonianLaird.Of);
        return new()
        {
            ["mu_minus_j"] = CaseInputs.Array(degrees.Select(d => d.Reference.Value)),
            ["u_minus_j"] = CaseInputs.Array(degrees.Select(d => d.Reference.StandardUncertainty)),
            ["tau2_minus_j"] = CaseInputs.Array(degrees.Select(d => d.Reference.Tau * d.Reference.Tau)),
            ["D_star"] = CaseInputs.Array(degrees.Select(d => d.Deviation)),
        };
    }

    private static JsonObject BootstrapCase(CaseInputs i)
    {
        double[] x = i.Numbers("x"), u = i.Numbers("u");
        bool[] included = i.Has("included") ? i.Flags("included") : [.. Enumerable.Repeat(true, x.Length)];
        var random = new Random(ConsensusKinds.Seed);
        var (result, d, expanded) = DerSimonianLairdBootstrap.Degrees(x, u, included, random,
            Math.Clamp(10 * (int)i.Number("replicates", 10_000), 10_000, 1_000_000), i.Number("coverage", 0.95));
        // Symmetric about the reference value, as the decision tree reports it.
        double[] distances = [.. result.Draws.Select(m => Math.Abs(m - result.Reference.Value)).Order()];
        var half = RobustScale.Quantile(distances, i.Number("coverage", 0.95));
        double[] memberX = [.. x.Where((_, j) => included[j])], memberU = [.. u.Where((_, j) => included[j])];
        return new()
        {
            ["kcrv"] = result.Reference.Value, ["u_kcrv"] = result.Reference.StandardUncertainty, ["tau"] = result.Reference.Tau,
            ["ci_low"] = result.Reference.Value - half, ["ci_high"] = result.Reference.Value + half, ["p_Q"] = result.Reference.PValue,
            ["p_shapiro"] = memberX.Length > 2 ? ConsistencyTests.ShapiroWilk(DecisionTree.Standardised(memberX, memberU)).PValue : null,
            ["p_symmetry"] = memberX.Length > 2 ? ConsistencyTests.Symmetry(memberX, random, 100_000).PValue : null,
            ["D"] = CaseInputs.Array(d), ["U95"] = CaseInputs.Array(expanded),
        };
    }

    /// <summary>Participants in alphabetical order, the reference left out.</summary>
    private static JsonObject LinkingCase(CaseInputs i)
    {
        string[] comparison = i.Texts("comparison"), participant = i.Texts("participant");
        List<string> comparisons = [.. comparison.Distinct()], participants = [.. participant.Distinct().Order(StringComparer.Ordinal)];
        var reference = participants.IndexOf(i.Text("reference_participant"));
        if (reference < 0)
            throw new FormatException("inputs.reference_participant must be one of inputs.participant.");
        var r = Linking.Network([.. comparison.Select(c => comparisons.IndexOf(c))], [.. participant.Select(p => participants.IndexOf(p))], i.Numbers("y"), i.Numbers("u"), reference);
        int[] others = [.. Enumerable.Range(0, participants.Count).Where(p => p != reference)];
        return new()
        {
            ["participants"] = CaseInputs.Array(others.Select(p => participants[p])),
            ["difference_to_reference"] = CaseInputs.Array(others.Select(p => r.Differences[p])),
            ["u_difference"] = CaseInputs.Array(others.Select(p => Math.Sqrt(r.Covariance[p, p]))),
            ["chi2"] = r.ChiSquared, ["dof"] = r.DegreesOfFreedom,
        };
    }

    private static JsonObject TreeTestsCase(CaseInputs i)
    {
        double[] x = i.Numbers("x"), u = i.Numbers("u");
        var fit = DerSimonianLaird.Of(x, u);
        var (w, p) = ConsistencyTests.ShapiroWilk(DecisionTree.Standardised(x, u));
        double q = fit.ChiSquared!.Value, nu = fit.DegreesOfFreedom!.Value;
        return new()
        {
            ["Q"] = q, ["dof"] = nu, ["p_Q"] = fit.PValue, ["I2"] = q > 0 ? 100 * Math.Max(0, (q - nu) / q) : 0, ["H2"] = q / nu,
            ["W"] = w, ["p_shapiro"] = p, ["mgg_statistic"] = ConsistencyTests.SymmetryStatistic(x),
        };
    }

    private static JsonObject DriftCase(CaseInputs i)
    {
        int[] artefacts = [.. i.Numbers("artefact").Select(a => (int)a - 1)];
        var order = i.Integer("drift_order");
        var fit = ArtefactDrift.Fit(artefacts, i.Numbers("time"), i.Numbers("reading"), order);
        var count = artefacts.Max() + 1;
        var drift = fit.Parameters.Skip(count).ToArray();
        var computed = new JsonObject
        {
            ["residual_sd"] = fit.ResidualRatio,
            ["artefact_values"] = CaseInputs.Array(fit.Parameters.Take(count)),
            ["u_artefact"] = CaseInputs.Array(Enumerable.Range(0, count).Select(fit.StandardUncertainty)),
            ["drift_coefficients"] = drift.Length == 1 ? JsonValue.Create(drift[0]) : CaseInputs.Array(drift),
        };
        for (var a = 0; a < count; a++)
        {
            var b = (a + 1) % count;
            computed[$"D{a + 1}{b + 1}"] = fit.Parameters[a] - fit.Parameters[b];
            computed[$"uD{a + 1}{b + 1}"] = Math.Sqrt(fit.Covariance[a, a] + fit.Covariance[b, b] - 2 * fit.Covariance[a, b]);
        }
        return computed;
    }
}
