namespace Plumbline.Numerics.Tests.Consensus;

/// <summary>Every family of estimators against data that cannot, or can hardly, be evaluated: a figure that stands, or a refusal that names what is wrong.</summary>
public class BadInputTests
{
    /// <summary>The family's value and uncertainty, τ and whether it converged.</summary>
    private static readonly Dictionary<string, Func<double[], double[], (double Value, double? U, double? Tau, bool Converged)>> families = new()
    {
        ["weighted mean"] = Of(WeightedMean.Of),
        ["arithmetic mean"] = Of(ArithmeticMean.Of),
        ["median"] = Of((x, _) => MedianConsensus.Of(x)),
        ["weighted median"] = Of((x, u) => WeightedMedian.Of(x, u, new Random(1), replicates: 200)),
        ["cut-off"] = Of((x, u) => CutOffWeightedMean.Adjusted(x, u)),
        ["largest consistent subset"] = Of((x, u) => LargestConsistentSubset.Of(x, u)),
        ["DerSimonian-Laird"] = Of(DerSimonianLaird.Of),
        ["DerSimonian-Laird bootstrap"] = Of((x, u) => DerSimonianLairdBootstrap.Of(x, u, new Random(1), replicates: 100).Reference),
        ["Paule-Mandel"] = Of(PauleMandel.Of),
        ["maximum likelihood"] = Of((x, u) => MaximumLikelihood.Of(x, u, Likelihood.Full).Reference),
        ["REML"] = Of((x, u) => MaximumLikelihood.Of(x, u).Reference),
        ["Vangel-Rukhin"] = Of((x, u) => VangelRukhin.Of(x, Array.ConvertAll(u, v => 5 * v * v), [.. x.Select(_ => 5)]).Reference),
        ["power-moderated mean"] = Of((x, u) => PowerModeratedMean.Of(x, u)),
        ["Schiller-Eberhardt"] = Of((x, u) => CcqmFamily.SchillerEberhardt(x, u).Reference),
        ["Graybill-Deal"] = Of((x, u) => CcqmFamily.GraybillDeal(x, u, [.. x.Select(_ => 5)], GraybillDealCorrection.Sinha)),
        ["type B on bias"] = Of(CcqmFamily.TypeBOnBias),
        ["linear pool"] = (x, u) => LinearPool.Of(x, u) is var p ? (p.Mean, p.StandardUncertainty, null, true) : default,
        ["procedure B"] = Of((x, u) => ProcedureB.Of(x, u, new Random(1), draws: 1000).Reference),
        ["hierarchical Gauss"] = Of((x, u) => HierarchicalBayes.Of(x, u).Reference),
        ["hierarchical Laplace"] = Of((x, u) => HierarchicalBayes.Of(x, u, new() { Effects = LaboratoryEffects.Laplace }).Reference),
        ["hierarchical skew"] = Of((x, u) => SkewHierarchicalBayes.Of(x, u).Reference),
        ["algorithm A"] = Of((x, _) => AlgorithmA.Of(x)),
        ["Huber"] = Of((x, _) => HuberLocation.Of(x)),
        ["logistic"] = (x, _) => LogisticLocation.Fit(x) is var l ? (l.Mean, l.StandardDeviation, null, l.Converged) : default,
        ["Q/Hampel"] = (x, _) => QMethod.Of(x) is var q ? (q.Mean, q.StandardDeviation, null, true) : default,
        ["Qn"] = (x, _) => (RobustScale.Median(x), PairwiseScale.Qn(x), null, true),
        ["Sn"] = (x, _) => (RobustScale.Median(x), PairwiseScale.Sn(x), null, true),
    };

    private static readonly string[] withoutUncertainties = ["median", "algorithm A", "Huber", "logistic", "Q/Hampel", "Qn", "Sn"];

    private static Func<double[], double[], (double, double?, double?, bool)> Of(Func<double[], double[], ConsensusResult> estimator) =>
        (x, u) => estimator(x, u) is var r ? (r.Value, r.StandardUncertainty, r.Tau, r.Converged) : default;

    public static TheoryData<string> Names => [.. families.Keys];

    public static TheoryData<string, string> Hard => [.. from f in families.Keys from s in sets.Keys select (f, s)];

    private static readonly Dictionary<string, (double[] X, double[] U)> sets = new()
    {
        ["one result"] = ([5], [0.1]),
        ["two results"] = ([5, 5.2], [0.1, 0.2]),
        ["two results far apart"] = ([5, 500], [0.1, 0.2]),
        ["all equal"] = ([5, 5, 5, 5, 5], [0.1, 0.2, 0.1, 0.3, 0.2]),
        ["all but one equal"] = ([5, 5, 5, 5, 9], [0.1, 0.1, 0.1, 0.1, 0.1]),
        ["perfectly inconsistent"] = ([1, 1e3, 1e6, 1e9, 1e12], [1e-6, 1e-6, 1e-6, 1e-6, 1e-6]),
        ["tau at its boundary"] = ([-1, 1, 0, -1, 1], [1, 1, 1, 1, 1]), // Q = n − 1 exactly
        ["one outweighs all"] = ([1, 2, 3, 4], [1e-9, 1, 1, 1]),
    };

    [Theory, MemberData(nameof(Hard))]
    public void Hard_data_give_figures_that_stand_or_a_named_refusal(string family, string set)
    {
        var (x, u) = sets[set];
        (double Value, double? U, double? Tau, bool Converged) r;
        try
        {
            r = families[family](x, u);
        }
        catch (ArgumentException refusal)
        {
            // Only too few results may be refused here, by the name of the argument that is short.
            Assert.True(x.Length < 3, refusal.Message);
            Assert.True(refusal.ParamName is "values" or "means", refusal.ParamName);
            Assert.Contains("needed", refusal.Message, StringComparison.Ordinal);
            return;
        }
        var slack = family == "procedure B" ? u.Max() / 10 : 1e-12; // a mean of draws
        Assert.InRange(r.Value, x.Min() - slack * Math.Max(1, Math.Abs(x.Min())), x.Max() + slack * Math.Max(1, Math.Abs(x.Max())));
        Assert.True(r.U is { } s && double.IsFinite(s) && s >= 0, $"u = {r.U}");
        Assert.True(r.Tau is not { } tau || double.IsFinite(tau) && tau >= 0, $"tau = {r.Tau}");
        Assert.True(r.Converged);
        if (set == "all equal")
            Assert.Equal(5, r.Value, Math.Max(slack, 1e-12));
        if (set == "tau at its boundary" && family is "DerSimonian-Laird" or "Paule-Mandel")
            Assert.Equal(0, r.Tau);
    }

    [Theory, MemberData(nameof(Names))]
    public void Results_and_uncertainties_that_are_no_numbers_are_refused_by_name(string family)
    {
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.True(Refused([1, 2, bad, 4, 5], [1, 1, 1, 1, 1]) is "values" or "means");
            if (!withoutUncertainties.Contains(family))
                Assert.True(Refused([1, 2, 3, 4, 5], [1, 1, bad, 1, 1]) is "standardUncertainties" or "variances");
        }
        if (!withoutUncertainties.Contains(family) && family != "Vangel-Rukhin") // squares them here
            Assert.Equal("standardUncertainties", Refused([1, 2, 3, 4, 5], [1, 1, -1, 1, 1]));
        if (!withoutUncertainties.Contains(family))
            Assert.True(Refused([1, 2, 3, 4, 5], [1, 1, 0, 1, 1]) is "standardUncertainties" or "variances");
        string? Refused(double[] x, double[] u) => Assert.Throws<ArgumentOutOfRangeException>(() => families[family](x, u)).ParamName;
    }
}
