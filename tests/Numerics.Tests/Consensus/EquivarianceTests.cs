using System.Reflection;

namespace Plumbline.Numerics.Tests.Consensus;

/// <summary>Unit, origin and order of the results: laws of every public function that takes results of laboratories, the ones not yet written included.</summary>
public class EquivarianceTests
{
    /// <summary>What a function says: values that move with unit and origin, spreads that move with the unit, pure numbers, and figures of one laboratory each (spreads).</summary>
    private sealed record Figures(double?[] Locations, double?[] Scales, double?[] Pure, double?[] OfLaboratories);

    /// <summary>How close: digits that the method owes, and whether chance enters (another order then means other draws).</summary>
    private sealed record Law(Func<double[], double[], Figures> Function, double Digits = 1e-9, double Chance = 0);

    private static readonly Dictionary<string, Law> laws = new()
    {
        ["WeightedMean.Of"] = Of(WeightedMean.Of),
        ["WeightedMean.Of, covariance"] = Of((x, u) => WeightedMean.Of(x, Correlated(u))),
        ["ArithmeticMean.Of"] = Of(ArithmeticMean.Of),
        ["ArithmeticMean.FromScatter"] = Of((x, _) => ArithmeticMean.FromScatter(x)),
        ["MedianConsensus.Of"] = Of((x, _) => MedianConsensus.Of(x)),
        ["MedianConsensus.WithRoundedFactor"] = Of((x, _) => MedianConsensus.WithRoundedFactor(x)),
        ["CutOffWeightedMean.Of"] = Of((x, u) => CutOffWeightedMean.Of(x, u)),
        ["CutOffWeightedMean.Adjusted"] = Of((x, u) => CutOffWeightedMean.Adjusted(x, u)),
        ["LargestConsistentSubset.Of"] = Of((x, u) => LargestConsistentSubset.Of(x, u)),
        ["LargestConsistentSubset.Find"] = new((x, u) => LargestConsistentSubset.Find(x, u) is var s ? new([], [], [s.ChiSquared, s.CriticalValue, s.Members.Length], []) : null!),
        ["DerSimonianLaird.Of"] = Of(DerSimonianLaird.Of),
        ["DerSimonianLaird.Of, covariance"] = Of((x, u) => DerSimonianLaird.Of(x, Correlated(u))),
        ["DerSimonianLairdBootstrap.Of"] = new((x, u) => DerSimonianLairdBootstrap.Of(x, u, new Random(5), replicates: 4000) is var b ? Ends(b.Reference, b.Interval) : null!, 1e-9, 0.1),
        ["DerSimonianLairdBootstrap.Degrees"] = new((x, u) => DerSimonianLairdBootstrap.Degrees(x, u, [.. x.Select(_ => true)], new Random(5), 4000) is var b
            ? Ends(b.Result.Reference, b.Result.Interval) with { OfLaboratories = Nullable([.. b.Deviations, .. b.ExpandedUncertainties]) } : null!, 1e-9, 0.1),
        ["PauleMandel.Of"] = Of(PauleMandel.Of),
        ["PauleMandel.Of, covariance"] = Of((x, u) => PauleMandel.Of(x, Correlated(u))),
        ["MaximumLikelihood.Of"] = Of((x, u) => MaximumLikelihood.Of(x, u).Reference),
        ["MaximumLikelihood.Of, full"] = Of((x, u) => MaximumLikelihood.Of(x, u, Likelihood.Full).Reference),
        ["HartungKnapp.Of"] = new((x, u) => HartungKnapp.Of(x, u) is var h ? Ends(h.Reference, h.Interval, h.ModifiedInterval) : null!),
        ["TauInterval.Of"] = new((x, u) => TauInterval.Of(x, u) is var i ? new([], [i.Low, i.High], [], []) : null!),
        ["VangelRukhin.Of"] = Of((x, u) => VangelRukhin.Of(x, [.. u.Select((v, j) => v * v * 5)], [.. x.Select(_ => 5)]).Reference, 1e-7),
        ["PowerModeratedMean.Of"] = Of((x, u) => PowerModeratedMean.Of(x, u)),
        ["PowerModeratedMean.Of, all kept"] = Of((x, u) => PowerModeratedMean.Of(x, u, outlierFactor: null)),
        ["CcqmFamily.Mean"] = Of(CcqmFamily.Mean),
        ["CcqmFamily.Median"] = Of(CcqmFamily.Median),
        ["CcqmFamily.TypeBOnBias"] = Of(CcqmFamily.TypeBOnBias),
        ["CcqmFamily.PauleMandelSandwich"] = Of(CcqmFamily.PauleMandelSandwich),
        ["CcqmFamily.SchillerEberhardt"] = new((x, u) => CcqmFamily.SchillerEberhardt(x, u) is var s ? Said(s.Reference) with { Scales = [s.Reference.StandardUncertainty, s.ExpandedUncertainty] } : null!),
        ["CcqmFamily.GraybillDeal, Sinha"] = Of((x, u) => CcqmFamily.GraybillDeal(x, u, [.. x.Select(_ => 6)], GraybillDealCorrection.Sinha)),
        ["CcqmFamily.GraybillDeal, Zhang"] = Of((x, u) => CcqmFamily.GraybillDeal(x, u, [.. x.Select(_ => 6)], GraybillDealCorrection.Zhang)),
        ["WeightedMedian.Of"] = Of((x, u) => WeightedMedian.Of(x, u, new Random(5), replicates: 2000), 1e-9, 0.15),
        ["WeightedMedian.High"] = new((x, u) => new([WeightedMedian.High(x, u)], [], [], [])),
        ["WeightedMedian.Midpoint"] = new((x, u) => new([WeightedMedian.Midpoint(x, u)], [], [], [])),
        ["LinearPool.Of"] = new((x, u) => LinearPool.Of(x, u) is var p ? new([p.Mean, p.Median, p.Interval.Low, p.Interval.High], [p.StandardUncertainty], [], []) : null!),
        ["ProcedureB.Of"] = new((x, u) => ProcedureB.Of(x, u, new Random(5), draws: 4000) is var b
            ? Ends(b.Reference, b.CentralInterval) with { OfLaboratories = [.. b.Degrees.Select(d => (double?)d.StandardUncertainty)] } : null!, 1e-9, 0.1),
        ["GivenReference.Of"] = new((x, u) => GivenReference.Of(x, u, x[0], 0.5 * u[0]) is var g ? Said(g) with { Locations = [], Scales = [], Pure = [] } : null!),
        ["HierarchicalBayes.Of"] = new((x, u) => HierarchicalBayes.Of(x, u) is var p ? Ends(p.Reference, p.Interval) : null!, 1e-7),
        ["HierarchicalBayes.Of, Laplace"] = new((x, u) => HierarchicalBayes.Of(x, u, new() { Effects = LaboratoryEffects.Laplace }, [.. x.Select(_ => 7.0)]) is var p ? Ends(p.Reference, p.Interval) : null!, 1e-6),
        ["HierarchicalBayes.WithDegrees"] = new((x, u) => HierarchicalBayes.WithDegrees(x, u) is var p
            ? Said(p.Result.Reference) with { OfLaboratories = Nullable([.. p.Degrees.Select(d => d.Deviation), .. p.Degrees.Select(d => d.ExpandedUncertainty)]) } : null!, 1e-6),
        ["SkewHierarchicalBayes.Of"] = new((x, u) => SkewHierarchicalBayes.Of(x[..5], u[..5]) is var p ? new([p.Reference.Value, p.Location], [p.Reference.StandardUncertainty, p.TauMedian], [p.ProbabilityOfPositiveSkew], []) : null!, 1e-4, 2),
        ["SkewHierarchicalBayes.WithDegrees"] = new((x, u) => SkewHierarchicalBayes.WithDegrees(x[..5], u[..5]) is var p ? new([p.Result.Reference.Value], [], [], [.. p.Degrees.Select(d => (double?)d.ExpandedUncertainty)]) : null!, 1e-4, 2),
        ["AlgorithmA.Of"] = Of((x, _) => AlgorithmA.Of(x)),
        ["AlgorithmA.Fit"] = new((x, _) => AlgorithmA.Fit(x, AlgorithmAConstants.Iso13528) is var a ? new([a.Mean], [a.StandardDeviation, a.StandardUncertainty], [], []) : null!),
        ["HuberLocation.Of"] = Of((x, _) => HuberLocation.Of(x)),
        ["LogisticLocation.Fit"] = new((x, _) => LogisticLocation.Fit(x) is var l ? new([l.Mean], [l.StandardDeviation], [], []) : null!),
        ["QMethod.Of"] = new((x, _) => QMethod.Of(x) is var q ? new([q.Mean], [q.StandardDeviation], [], []) : null!),
        ["PairwiseScale.Qn"] = new((x, _) => new([], [PairwiseScale.Qn(x)], [], [])),
        ["PairwiseScale.Sn"] = new((x, _) => new([], [PairwiseScale.Sn(x)], [], [])),
        ["RobustScale.Median"] = new((x, _) => new([RobustScale.Median(x)], [], [], [])),
        ["RobustScale.MedianAbsoluteDeviation"] = new((x, _) => new([], [RobustScale.MedianAbsoluteDeviation(x)], [], [])),
        ["RobustScale.ScaledMad"] = new((x, _) => new([], [RobustScale.ScaledMad(x)], [], [])),
        ["RobustScale.NormalisedInterquartileRange"] = new((x, _) => new([], [RobustScale.NormalisedInterquartileRange(x)], [], [])),
        ["Grubbs.Test"] = new((x, _) => Grubbs.Test(x) is var g ? new([], [], [g.Statistic, g.CriticalValue, g.PValue], []) : null!),
        ["Grubbs.Iterate"] = new((x, _) => new([], [], [.. Grubbs.Iterate(x).Select(g => (double?)g.Statistic)], [])),
        ["Dixon.Statistic"] = new((x, _) => new([], [], [Dixon.Statistic(x, true), Dixon.Statistic(x, false)], [])),
        ["DoubleGrubbs.Statistic"] = new((x, _) => new([], [], [DoubleGrubbs.Statistic(x, true), DoubleGrubbs.Statistic(x, false)], [])),
        ["DecisionTree.Of"] = new((x, u) => DecisionTree.Of(x, u, new Random(5)) is var t ? new([], [], [t.Q, t.HomogeneityPValue, t.ShapiroW, t.NormalityPValue, t.SymmetryStatistic, t.SymmetryPValue, (int)t.Recommendation], []) : null!, 1e-7),
        ["ConsistencyTests.ShapiroWilk"] = new((x, _) => ConsistencyTests.ShapiroWilk(x) is var s ? new([], [], [s.W, s.PValue], []) : null!, 1e-7),
        ["ConsistencyTests.SymmetryStatistic"] = new((x, _) => new([], [], [ConsistencyTests.SymmetryStatistic(x)], [])),
        ["ConsistencyTests.Symmetry"] = new((x, _) => new([], [], [ConsistencyTests.Symmetry(x, new Random(5)).PValue], [])),
        ["ExcessAgreement.Round"] = new((x, u) => ExcessAgreement.Round(x, u) is var r ? new([], [], [r.Q, r.PValue], []) : null!),
        ["RoundScreens.FitsOtherLot"] = new((x, u) => RoundScreens.FitsOtherLot(x, [.. x.Select((v, j) => v + u[j])], [.. x.Select((v, j) => v - 2 * u[j])], u) is var f ? new([], [], [f.LogRatio, f.PValue], []) : null!),
        ["DegreesOfEquivalence.Unilateral"] = new((x, u) => Degrees(DegreesOfEquivalence.Unilateral(x, u, PauleMandel.Of(x, u)))),
        ["DegreesOfEquivalence.Unilateral, covariance"] = new((x, u) => Degrees(DegreesOfEquivalence.Unilateral(x, Correlated(u), PauleMandel.Of(x, Correlated(u)), darkUncertainty: DarkUncertainty.Recognised))),
        ["DegreesOfEquivalence.Pairwise"] = new((x, u) => Pairs(DegreesOfEquivalence.Pairwise(x, u))),
        ["DegreesOfEquivalence.Pairwise, covariance"] = new((x, u) => Pairs(DegreesOfEquivalence.Pairwise(x, Correlated(u)))),
        ["DegreesOfEquivalence.LeaveOneOut"] = new((x, u) => DegreesOfEquivalence.LeaveOneOut(x, u, DerSimonianLaird.Of) is var l
            ? new([], [], [], Nullable([.. l.Select(d => d.Deviation), .. l.Select(d => d.StandardUncertainty)])) : null!),
        ["PairwiseStatistics.MedianScaledDifference"] = new((x, u) => new([], [], Nullable([.. PairwiseStatistics.MedianScaledDifference(x, u).Order()]), [])),
        ["PairwiseStatistics.PairDifferenceChiSquare"] = new((x, u) => new([], [], Nullable([.. PairwiseStatistics.PairDifferenceChiSquare(x, u).Order()]), [])),
        ["PairwiseStatistics.MedianScaledDifferencePValues"] = new((x, u) => new([], [], Nullable([.. PairwiseStatistics.MedianScaledDifferencePValues(x, u, new Random(5), 1000).Order()]), []), 1e-9, 0.1),
        ["ResampledDegrees.Of"] = new((x, u) => Degrees(ResampledDegrees.Of(x, u, WeightedMean.Of, new Random(5), replicates: 4000)), 1e-9, 0.1),
        ["ResampledDegrees.Of, covariance"] = new((x, u) => Degrees(ResampledDegrees.Of(x, Correlated(u), (v, _) => WeightedMean.Of(v, Correlated(u)), new Random(5), replicates: 4000)), 1e-9, 0.1),
    };

    /// <summary>Functions of one laboratory's readings and of uncertain numbers are tested where they stand.</summary>
    private static readonly string[] elsewhere = ["AutocorrelatedMean", "OneWayAnova", "MeanOfReadings", "UncertainArray", "CorrelatedInputs", "Cusum"];

    public static TheoryData<string> Names => [.. laws.Keys];

    private static Law Of(Func<double[], double[], ConsensusResult> estimator, double digits = 1e-9, double chance = 0) => new((x, u) => Said(estimator(x, u)), digits, chance);

    private static Figures Said(ConsensusResult r) => new([r.Value], [r.StandardUncertainty, r.Tau], [r.ChiSquared, r.PValue, r.BirgeRatio], []);

    private static Figures Ends(ConsensusResult r, params Interval[] intervals) => Said(r) with { Locations = [r.Value, .. intervals.SelectMany(i => new double?[] { i.Low, i.High })] };

    private static Figures Degrees(EquivalenceResult r) => new([], [], [], [.. r.Deviations.Select(d => (double?)d), .. r.StandardUncertainties, .. r.ExpandedUncertainties]);

    private static Figures Pairs(PairwiseResult r) => new([], [], [], Nullable([.. r.Differences.Cast<double>(), .. r.ExpandedUncertainties.Cast<double>()]));

    private static double?[] Nullable(double[] values) => Array.ConvertAll(values, v => (double?)v);

    /// <summary>Every two laboratories share a fifth of their uncertainties.</summary>
    private static double[,] Correlated(double[] u)
    {
        var v = new double[u.Length, u.Length];
        for (var i = 0; i < u.Length; i++)
            for (var j = 0; j < u.Length; j++)
                v[i, j] = (i == j ? 1 : 0.2) * u[i] * u[j];
        return v;
    }

    /// <summary>Multiples of 1/1024, so that a shift by a power of two is exact; agreeing, scattered, and with an outlier.</summary>
    private static double[] Results(int seed, out double[] u)
    {
        var random = new Random(seed);
        var n = 6 + random.Next(5);
        double spread = seed switch { 0 => 0.1, 1 => 1, _ => 5 };
        u = [.. Enumerable.Range(0, n).Select(_ => (100 + random.Next(900)) / 1024.0)];
        var x = Enumerable.Range(0, n).Select(_ => Math.Round(spread * (random.NextDouble() + random.NextDouble() - 1) * 1024) / 1024).ToArray();
        if (seed == 3)
            x[2] = 40;
        return x;
    }

    [Theory, MemberData(nameof(Names))]
    public void The_unit_does_not_matter(string name)
    {
        var law = laws[name];
        for (var seed = 0; seed < 4; seed++)
        {
            var x = Results(seed, out var u);
            var r = law.Function(x, u);
            foreach (var unit in new[] { 1e-12, 1e12 })
            {
                var scaled = law.Function(Array.ConvertAll(x, v => v * unit), Array.ConvertAll(u, v => v * unit));
                Same(r.Locations, scaled.Locations, unit, 0, law.Digits, x);
                Same(r.Scales, scaled.Scales, unit, 0, law.Digits, x);
                Same(r.Pure, scaled.Pure, 1, 0, law.Digits, [1]);
                Same(r.OfLaboratories, scaled.OfLaboratories, unit, 0, law.Digits, x);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_shift_moves_values_and_nothing_else(string name)
    {
        const double shift = 134217728;
        var law = laws[name];
        for (var seed = 0; seed < 4; seed++)
        {
            var x = Results(seed, out var u);
            var r = law.Function(x, u);
            var moved = law.Function(Array.ConvertAll(x, v => v + shift), u);
            Same(r.Locations, moved.Locations, 1, shift, law.Digits, x); // rounded to the digits that so large a value holds
            Same(r.Scales, moved.Scales, 1, 0, law.Digits, x);
            Same(r.Pure, moved.Pure, 1, 0, law.Digits, [1]);
            Same(r.OfLaboratories, moved.OfLaboratories, 1, 0, law.Digits, x);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_order_of_the_laboratories_does_not_matter(string name)
    {
        var law = laws[name];
        if (law.Chance > 1)
            return; // asks for the first five laboratories
        for (var seed = 0; seed < 4; seed++)
        {
            var x = Results(seed, out var u);
            var r = law.Function(x, u);
            var order = Enumerable.Range(0, x.Length).ToArray();
            new Random(seed).Shuffle(order);
            var shuffled = law.Function([.. order.Select(i => x[i])], [.. order.Select(i => u[i])]);
            var digits = Math.Max(law.Digits, law.Chance);
            Same(r.Locations, shuffled.Locations, 1, 0, digits, x);
            Same(r.Scales, shuffled.Scales, 1, 0, digits, x);
            Same(r.Pure, shuffled.Pure, 1, 0, digits, [1]);
            Same([.. r.OfLaboratories.Order()], [.. shuffled.OfLaboratories.Order()], 1, 0, digits, x);
        }
    }

    [Fact]
    public void Every_function_of_results_is_held_to_these_laws()
    {
        string[] functions = [.. typeof(WeightedMean).Assembly.GetExportedTypes().Where(t => t.IsAbstract && t.IsSealed && !elsewhere.Contains(t.Name))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m.GetParameters() is [{ ParameterType: var type, Name: "values" or "means" }, ..] && type == typeof(double[]))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}{(m.GetParameters().Any(p => p.Name == "covariance") ? ", covariance" : "")}").Distinct()];
        Assert.True(functions.Length > 50);
        string[] missing = [.. functions.Where(f => !laws.Keys.Any(k => k == f || k.StartsWith(f + ", ", StringComparison.Ordinal)))];
        Assert.True(missing.Length == 0, string.Join("; ", missing));
    }

    private static void Same(double?[] expected, double?[] actual, double unit, double shift, double digits, double[] size)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = size.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].HasValue, actual[i].HasValue);
            if (expected[i] is { } e && actual[i] is { } a)
                Assert.True(Math.Abs((a - shift) / unit - e) <= digits * (scale + Math.Abs(e)) + 3e-16 * Math.Abs(shift), $"figure {i}: {e}, in the other form {(a - shift) / unit}");
        }
    }
}
