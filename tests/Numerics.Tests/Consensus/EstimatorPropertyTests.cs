using FsCheck;
using FsCheck.Fluent;

namespace Plumbline.Numerics.Tests.Consensus;

/// <summary>Laws that every estimator of a reference value keeps.</summary>
public class EstimatorPropertyTests
{
    private static readonly Dictionary<string, Func<double[], double[], ConsensusResult>> Estimators = new()
    {
        ["weighted mean"] = WeightedMean.Of,
        ["weighted mean, V"] = (x, u) => WeightedMean.Of(x, Matrix.Diagonal(Array.ConvertAll(u, v => v * v))),
        ["arithmetic mean"] = ArithmeticMean.Of,
        ["mean and scatter"] = (x, _) => ArithmeticMean.FromScatter(x),
        ["median"] = (x, _) => MedianConsensus.Of(x),
        ["cut-off"] = (x, u) => CutOffWeightedMean.Of(x, u),
        ["cut-off at the median"] = (x, u) => CutOffWeightedMean.Of(x, u, CutOff.Median),
        ["cut-off, adjusted"] = (x, u) => CutOffWeightedMean.Adjusted(x, u),
        ["largest consistent subset"] = (x, u) => LargestConsistentSubset.Of(x, u),
        ["algorithm A"] = (x, _) => AlgorithmA.Of(x),
        ["DerSimonian-Laird"] = DerSimonianLaird.Of,
        ["Paule-Mandel"] = PauleMandel.Of,
        ["Paule-Mandel, sandwich"] = CcqmFamily.PauleMandelSandwich,
        ["Schiller-Eberhardt"] = (x, u) => CcqmFamily.SchillerEberhardt(x, u).Reference,
        ["maximum likelihood"] = (x, u) => MaximumLikelihood.Of(x, u, Likelihood.Full).Reference,
        ["REML"] = (x, u) => MaximumLikelihood.Of(x, u).Reference,
        ["power-moderated mean"] = (x, u) => PowerModeratedMean.Of(x, u),
        ["power-moderated mean, all kept"] = (x, u) => PowerModeratedMean.Of(x, u, outlierFactor: null),
        ["CCQM mean"] = CcqmFamily.Mean,
        ["CCQM median"] = CcqmFamily.Median,
        ["type B on bias"] = CcqmFamily.TypeBOnBias,
        ["Huber"] = (x, _) => HuberLocation.Of(x),
        ["Hartung-Knapp"] = (x, u) => HartungKnapp.Of(x, u).Reference,
    };

    public static TheoryData<string> Names => [.. Estimators.Keys];

    private static double[] Results(int seed, out double[] u)
    {
        var random = new System.Random(seed);
        var n = 2 + random.Next(20);
        var spread = Math.Pow(10, random.NextDouble() * 2 - 1);
        u = [.. Enumerable.Range(0, n).Select(_ => 0.1 + random.NextDouble())];
        return [.. Enumerable.Range(0, n).Select(_ => Math.Round(spread * (random.NextDouble() + random.NextDouble() - 1) * 1024) / 1024)];
    }

    private static void ForAll(Action<int> law) => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), law)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static void Near(double expected, double actual, double scale) => Assert.InRange(actual, expected - 1e-11 * scale, expected + 1e-11 * scale);

    [Theory, MemberData(nameof(Names))]
    public void The_unit_of_the_measurand_does_not_matter(string name) => ForAll(seed =>
    {
        var x = Results(seed, out var u);
        var r = Estimators[name](x, u);
        foreach (var unit in new[] { 1e-12, 1e-9, 1e-3, 1e6, 1e12 })
        {
            var scaled = Estimators[name](Array.ConvertAll(x, v => v * unit), Array.ConvertAll(u, v => v * unit));
            Near(r.Value, scaled.Value / unit, 1 + Math.Abs(r.Value));
            Near(r.StandardUncertainty, scaled.StandardUncertainty / unit, r.StandardUncertainty);
            if (r.Tau is { } tau)
                Near(tau, scaled.Tau!.Value / unit, 1 + tau);
            if (r.ChiSquared is { } q)
                Near(q, scaled.ChiSquared!.Value, 1 + q);
        }
    });

    [Theory, MemberData(nameof(Names))]
    public void A_shift_moves_the_value_and_nothing_else(string name) => ForAll(seed =>
    {
        var x = Results(seed, out var u);
        var r = Estimators[name](x, u);
        const double shift = 134217728; // results are multiples of 1/1024: the shifted ones are exact
        var moved = Estimators[name](Array.ConvertAll(x, v => v + shift), u);
        Assert.InRange(moved.Value - shift - r.Value, -3e-8, 3e-8);
        Assert.Equal(r.StandardUncertainty, moved.StandardUncertainty);
        Assert.Equal(r.Tau, moved.Tau);
        Assert.Equal(r.ChiSquared, moved.ChiSquared);
        Assert.Equal(r.Weights, moved.Weights);
    });

    [Theory, MemberData(nameof(Names))]
    public void The_order_of_the_laboratories_does_not_matter(string name) => ForAll(seed =>
    {
        var x = Results(seed, out var u);
        var r = Estimators[name](x, u);
        var order = Enumerable.Range(0, x.Length).ToArray();
        new System.Random(seed).Shuffle(order);
        var shuffled = Estimators[name]([.. order.Select(i => x[i])], [.. order.Select(i => u[i])]);
        if (r.Warnings.Contains("ties"))
            return;
        Near(r.Value, shuffled.Value, 1 + Math.Abs(r.Value));
        Near(r.StandardUncertainty, shuffled.StandardUncertainty, r.StandardUncertainty);
        Assert.Equal(order.Select(i => r.Included[i]), shuffled.Included);
    });

    [Theory, MemberData(nameof(Names))]
    public void The_value_lies_among_the_results_and_weights_sum_to_one(string name) => ForAll(seed =>
    {
        var x = Results(seed, out var u);
        var r = Estimators[name](x, u);
        Assert.InRange(r.Value, x.Min() - 1e-12, x.Max() + 1e-12);
        Assert.True(r.StandardUncertainty >= 0 && double.IsFinite(r.StandardUncertainty));
        Assert.True(r.Converged);
        if (r.Weights is { } a)
        {
            Near(1, a.Sum(), 1);
            Near(r.Value, a.Zip(x, (w, v) => w * v).Sum(), 1 + Math.Abs(r.Value));
        }
    });

    [Theory]
    [InlineData("weighted mean"), InlineData("weighted mean, V"), InlineData("cut-off"), InlineData("DerSimonian-Laird"), InlineData("Paule-Mandel"), InlineData("REML"), InlineData("maximum likelihood"), InlineData("power-moderated mean, all kept")]
    public void Equal_uncertainties_give_the_mean(string name) => ForAll(seed =>
    {
        var x = Results(seed, out var u);
        Array.Fill(u, 0.7);
        Near(x.Average(), Estimators[name](x, u).Value, 1 + Math.Abs(x.Average()));
    });

    [Fact]
    public void Paule_Mandel_solves_its_equation_and_tends_to_the_mean_when_laboratories_disagree_utterly() => ForAll(seed =>
    {
        var x = Results(seed, out var u);
        var r = PauleMandel.Of(x, u);
        var q = x.Zip(u, (v, s) => (v - r.Value) * (v - r.Value) / (s * s + r.Tau!.Value * r.Tau.Value)).Sum();
        if (r.Tau > 0)
            Near(x.Length - 1, q, x.Length);
        else
            Assert.True(q <= x.Length - 1 + 1e-9);
        double[] wide = Array.ConvertAll(x, v => v * 1e9);
        if (x.Distinct().Count() > 1)
            Assert.InRange(PauleMandel.Of(wide, u).Value - wide.Average(), -1e-3, 1e-3);
    });

    [Fact]
    public void Degrees_of_equivalence_are_those_of_Cox() => ForAll(seed =>
    {
        var x = Results(seed, out var u);
        var r = LargestConsistentSubset.Of(x, u);
        var degrees = DegreesOfEquivalence.Unilateral(x, u, r);
        for (var i = 0; i < x.Length; i++)
        {
            var square = u[i] * u[i] + (r.Included[i] ? -1 : 1) * r.StandardUncertainty * r.StandardUncertainty;
            Near(x[i] - r.Value, degrees.Deviations[i], 1 + Math.Abs(x[i]));
            if (degrees.StandardUncertainties[i] is { } ud)
                Near(square, ud * ud, u[i] * u[i]);
            else
                Assert.Equal(1, r.Included.Count(b => b));
        }
        var pairs = DegreesOfEquivalence.Pairwise(x, u);
        Assert.Equal(-pairs.Differences[0, 1], pairs.Differences[1, 0]);
        Assert.Equal(pairs.ExpandedUncertainties[0, 1], pairs.ExpandedUncertainties[1, 0]);
    });

    public static TheoryData<string, double[], double[]> Nasty
    {
        get
        {
            (double[] X, double[] U)[] sets =
            [
                ([1, 1], [1, 1]), ([1, 2], [1e-8, 1e8]), ([5, 5, 5, 5, 5], [1, 2, 3, 4, 5]), ([0, 0, 0, 1e9], [1, 1, 1, 1]),
                ([-1e150, 0, 1e150], [1, 1, 1]), ([6.62607015e-34, 6.62607004e-34, 6.6260693e-34], [1e-42, 8e-41, 1.1e-40]),
                ([1e-300, 2e-300, 5e-300], [1e-300, 1e-301, 3e-300]), ([1, 2, 3, 4, 5, 6, 7, 8], [1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6]),
                ([10, 10, 10, 11, 11, 11], [0.1, 0.1, 0.1, 0.1, 0.1, 0.1]), ([0, 1e-16, 2e-16, 1], [1, 1, 1, 1]),
            ];
            return [.. from name in Estimators.Keys from set in sets
                where !name.EndsWith(", V", StringComparison.Ordinal) || set.U.Min() > 1e-150 // a variance must not underflow
                select new TheoryDataRow<string, double[], double[]>(name, set.X, set.U)];
        }
    }

    [Theory, MemberData(nameof(Nasty))]
    public void Nasty_data_give_finite_figures(string name, double[] x, double[] u)
    {
        var r = Estimators[name](x, u);
        Assert.True(double.IsFinite(r.Value) && double.IsFinite(r.StandardUncertainty) && r.StandardUncertainty >= 0, $"{r.Value} {r.StandardUncertainty}");
        Assert.InRange(r.Value, x.Min() - 1e-9 * Math.Abs(x.Min()), x.Max() + 1e-9 * Math.Abs(x.Max()));
        if (r.Tau is { } tau)
            Assert.True(double.IsFinite(tau) && tau >= 0, $"tau {tau}");
        if (r.PValue is { } p)
            Assert.InRange(p, 0, 1);
        Assert.All(r.Weights ?? [], w => Assert.True(double.IsFinite(w)));
        Assert.True(r.Converged);
    }

    [Fact]
    public void A_hundred_thousand_results_are_no_obstacle()
    {
        var random = new System.Random(1);
        double[] x = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())], u = [.. Enumerable.Range(0, 100_000).Select(_ => 0.1 + random.NextDouble())];
        foreach (var (name, estimator) in Estimators.Where(e => !e.Key.Contains("consistent", StringComparison.Ordinal) && !e.Key.Contains(", V", StringComparison.Ordinal) && !e.Key.Contains("sandwich", StringComparison.Ordinal) && e.Key != "power-moderated mean")) // takes out outliers one by one
            Assert.InRange(estimator(x, u).Value, 0.45, 0.55);
    }
}
