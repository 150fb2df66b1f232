namespace Plumbline.Numerics.Tests.MonteCarlo;

public class MonteCarloTests
{
    private static readonly string[] names = ["m_Rc", "dm_Rc", "rho_a", "rho_W", "rho_R"];

    internal static MeasurementModel Mass { get; } = MeasurementModel.Parse("(m_Rc + dm_Rc)*(1+(rho_a-1.2)*(1/rho_W-1/rho_R)) - 100000", names);

    internal static JointInputs MassInputs { get; } = JointInputs.Independent(names,
    [
        NormalDistribution.FromStandardDeviation(100000, 0.05), NormalDistribution.FromStandardDeviation(1.234, 0.02), RectangularDistribution.HalfWidth(1.2, 0.1),
        RectangularDistribution.HalfWidth(8000, 1000), RectangularDistribution.HalfWidth(8000, 50),
    ]);

    [Theory]
    [InlineData(RandomGenerator.Philox)]
    [InlineData(RandomGenerator.Xoshiro)]
    public void The_same_seed_gives_the_same_digits_on_one_two_and_seven_threads(RandomGenerator generator)
    {
        var options = new MonteCarloOptions { Trials = 400_000, Seed = 99, Generator = generator };
        var runs = new[] { 1, 2, 7 }.Select(threads => Numerics.MonteCarlo.Run(Mass, MassInputs, options with { Threads = threads }).Outputs[0]).ToArray();
        foreach (var run in runs[1..])
        {
            Assert.Equal(runs[0].Moments, run.Moments);
            Assert.Equal(runs[0].Symmetric, run.Symmetric);
            Assert.Equal(runs[0].Shortest, run.Shortest);
            Assert.Equal(runs[0].StandardErrors, run.StandardErrors);
        }
        Assert.NotEqual(runs[0].Moments, Numerics.MonteCarlo.Run(Mass, MassInputs, options with { Seed = 100 }).Outputs[0].Moments);
    }

    [Fact]
    public void Order_statistics_are_those_of_all_trials_sorted()
    {
        foreach (var (model, inputs) in new[] { (Mass, MassInputs), (MeasurementModel.Parse("x*x", ["x"]), JointInputs.Independent(["x"], [ExponentialDistribution.FromMean(1)])) })
        {
            var options = new MonteCarloOptions { Trials = 100 * 1024, Coverage = 0.9 };
            var source = TrialSource.Of(model, inputs);
            var all = new double[options.Trials];
            source.Run<object>(options with { Threads = 1 }, 0, 100, () => new(), (_, outputs, block) => outputs[0].CopyTo(all, block * 1024), (_, _) => { });
            Array.Sort(all);
            var y = Numerics.MonteCarlo.Run(model, inputs, options).Outputs[0];
            int q = (int)(0.9 * all.Length), r = (all.Length - q + 1) / 2;
            Assert.True(y.IsExact);
            Assert.Equal(new(all[r - 1], all[r - 1 + q]), y.Symmetric);
            var best = Enumerable.Range(0, all.Length - q).MinBy(i => all[i + q] - all[i]);
            Assert.Equal(all[best + q] - all[best], y.Shortest.High - y.Shortest.Low);
            Assert.Equal(all.Average(), y.Mean, 1e-9 * Math.Abs(y.Mean));
            var u = y.StandardUncertainty!.Value;
            Assert.Equal(Math.Sqrt(all.Sum(v => (v - y.Mean) * (v - y.Mean)) / (all.Length - 1)), u, 1e-10 * u);
            // The grid is good to a bin.
            var binned = Numerics.MonteCarlo.Run(model, inputs, options with { OrderStatistics = OrderStatistics.Binned }).Outputs[0];
            Assert.Equal(y.Symmetric.Low, binned.Symmetric.Low, 2e-3 * u);
            Assert.Equal(y.Symmetric.High, binned.Symmetric.High, 2e-3 * u);
            Assert.Equal(y.Shortest.High - y.Shortest.Low, binned.Shortest.High - binned.Shortest.Low, 3e-3 * u);
            Assert.Equal(all.Count(v => v <= 1.2) / (double)all.Length, y.Cdf(1.2), 2e-4);
        }
    }

    [Fact]
    public void Moments_merge_as_if_never_parted()
    {
        var values = GammaDistribution.FromShapeAndScale(2, 3).Sample(5, 4096);
        var whole = Moments.Of(values, 5);
        var parts = Enumerable.Range(0, 8).Select(i => Moments.Of(values.AsSpan(i * 512, 512), 7)).Aggregate((a, b) => a.Merge(b));
        Assert.Equal(whole.Count, parts.Count);
        foreach (var (a, b) in new[] { (whole.Mean, parts.Mean), (whole.M2, parts.M2), (whole.M3, parts.M3), (whole.M4, parts.M4) })
            Assert.Equal(1, a / b, 1e-12);
        var mean = values.Average();
        Assert.Equal(1, whole.M4 / values.Sum(v => Math.Pow(v - mean, 4)), 1e-12);
        Assert.Equal(whole, whole.Merge(default));
        Assert.Equal(whole, default(Moments).Merge(whole));
    }

    [Fact]
    public void The_result_scales_and_shifts_with_the_model()
    {
        var plain = Numerics.MonteCarlo.Run(Mass, MassInputs).Outputs[0];
        var moved = Numerics.MonteCarlo.Run(MeasurementModel.Parse("1024*((m_Rc + dm_Rc)*(1+(rho_a-1.2)*(1/rho_W-1/rho_R)) - 100000)", names), MassInputs).Outputs[0];
        Assert.Equal(1024 * plain.Symmetric.Low, moved.Symmetric.Low, 1e-9);
        Assert.Equal(1024 * plain.StandardUncertainty!.Value, moved.StandardUncertainty!.Value, 1e-9);
        Assert.Equal(plain.Moments.ExcessKurtosis, moved.Moments.ExcessKurtosis, 1e-9);
    }

    [Fact]
    public void Every_operation_in_lanes_is_the_operation()
    {
        var model = MeasurementModel.Parse("""
            a = sqrt(x)*exp(-y) + ln(x)/sin(y) - cos(x)^3 + x^0.3 - 2^y + (3 - x)/(x - 7) + 5*y/2
            b = hypot(x, y) + atan2(y, x) + min(x, y) - max(x, 2) + abs(x - y) + x^(-2) + tanh(x)*sinh(y) - cosh(y) + asin(y/9) + acos(y/9) + atan(x) + tan(y) + cbrt(x) + lg(x) + sign(y - x) - (-x)
            c = x
            output a, b, c
            """, ["x", "y"]);
        var inputs = JointInputs.Independent(["x", "y"], [RectangularDistribution.Limits(0.5, 4), RectangularDistribution.Limits(0.1, 3)]);
        var drawer = new InputDrawer(inputs, 3, RandomGenerator.Philox);
        drawer.Draw(0);
        var outputs = new BlockProgram(model.Program).Run(drawer.Values);
        for (var t = 0; t < InputDrawer.Lanes; t++)
        {
            var one = model.Evaluate([drawer.Values[0][t], drawer.Values[1][t]]);
            for (var k = 0; k < one.Length; k++)
                Assert.Equal(1, outputs[k][t] / one[k], 1e-12);
        }
    }

    [Fact]
    public void Correlated_inputs_have_their_correlation_also_semidefinite_ones()
    {
        var model = MeasurementModel.Parse("p = a\nq = b\nr = c\ns = d\noutput p, q, r, s", ["a", "b", "c", "d"]);
        var n = NormalDistribution.FromStandardDeviation(0, 2);
        var r = new double[,] { { 1, 0.6, -1, 0 }, { 0.6, 1, -0.6, 0 }, { -1, -0.6, 1, 0 }, { 0, 0, 0, 1 } };
        var run = Numerics.MonteCarlo.Run(model, JointInputs.Correlate(["a", "b", "c", "d"], [n, n, n, n], r), new() { Trials = 300_000 });
        Assert.Equal(0.6, run.Correlation(0, 1), 0.005);
        Assert.Equal(-1, run.Correlation(0, 2), 1e-12);
        Assert.Equal(0, run.Correlation(0, 3), 0.01);
        var heavy = Numerics.MonteCarlo.Run(model, JointInputs.Correlate(["a", "b", "c", "d"], [n, n, n, n], r, Copula.StudentT, 4), new() { Trials = 30_000, OrderStatistics = OrderStatistics.Binned });
        Assert.Equal(2, heavy.Outputs[1].StandardUncertainty!.Value, 0.05);
        Assert.Equal(0.6, heavy.Correlation(0, 1), 0.04);
    }

    [Fact]
    public void Coefficients_that_contradict_one_another_are_refused_with_the_pair()
    {
        var n = NormalDistribution.FromStandardDeviation(0, 2);
        var refusal = Assert.Throws<ArgumentException>(() => JointInputs.Correlate(["a", "b", "c"], [n, n, n], new[,] { { 1, 0.9, 0.9 }, { 0.9, 1, -0.9 }, { 0.9, -0.9, 1 } }));
        Assert.Contains("'c' with 'a'", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => JointInputs.Correlate(["a", "b"], [n, n], new[,] { { 1, double.NaN }, { double.NaN, 1 } }));
    }

    [Fact]
    public void A_trial_without_a_finite_value_is_named()
    {
        var refusal = Assert.Throws<ArithmeticException>(() => Numerics.MonteCarlo.Run(MeasurementModel.Parse("ln(x)", ["x"]), JointInputs.Independent(["x"], [NormalDistribution.FromStandardDeviation(1, 0.5)])));
        Assert.Contains("x = -", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_standard_deviation_there_is_no_standard_uncertainty_but_quantiles()
    {
        var y = Numerics.MonteCarlo.Run(MeasurementModel.Parse("x", ["x"]), JointInputs.Independent(["x"], [StudentTDistribution.FromScale(0, 1, 1)])).Outputs[0];
        Assert.Null(y.StandardUncertainty);
        Assert.Equal(12.7062, y.Symmetric.High, 0.25);
    }

    [Fact]
    public void Implicit_models_are_solved_trial_by_trial()
    {
        var model = MeasurementModel.Parse("unknown y = 1\n0 = y^3 - x", ["x"]);
        var y = Numerics.MonteCarlo.Run(model, JointInputs.Independent(["x"], [RectangularDistribution.Limits(1, 8)]), new() { Trials = 20_000 }).Outputs[0];
        Assert.Equal(3.0 / 4 * (16 - 1) / 7, y.Mean, 5 * y.StandardErrors.Mean);
    }

    [Fact]
    public void The_framework_is_refused_for_the_mass_and_accepted_for_the_normal_sum()
    {
        var run = Numerics.MonteCarlo.Run(Mass, MassInputs);
        var verdict = FrameworkValidation.Of(Mass, MassInputs, run)[0];
        Assert.False(verdict.IsValid);
        Assert.Equal(0.005, verdict.Tolerance);
        string[] four = ["X1", "X2", "X3", "X4"];
        var sum = MeasurementModel.Parse("X1+X2+X3+X4", four);
        var inputs = JointInputs.Independent(four, [.. four.Select(_ => NormalDistribution.FromStandardDeviation(0, 1))]);
        Assert.True(FrameworkValidation.Of(sum, inputs, Numerics.MonteCarlo.Run(sum, inputs), 2)[0].IsValid);
        Assert.Equal(0.005, FrameworkValidation.NumericalTolerance(0.0996, 2), 1e-18);
        Assert.Equal(0.5, FrameworkValidation.NumericalTolerance(35.8, 2), 1e-12);
    }

    [Fact]
    public void Two_inputs_are_integrated_to_nine_digits()
    {
        var model = MeasurementModel.Parse("m = x*x + y\nn = x*y\noutput m, n", ["x", "y"]);
        const double r = 0.6;
        var (means, covariance) = ConditionalMoments.Of(model, JointInputs.Correlate(["x", "y"], [NormalDistribution.FromStandardDeviation(0, 2), NormalDistribution.FromStandardDeviation(1, 3)], new[,] { { 1, r }, { r, 1 } }))!.Value;
        Assert.Equal(5, means[0], 1e-9);
        Assert.Equal(6 * r, means[1], 1e-9);
        Assert.Equal(2 * 16 + 9, covariance[0, 0], 1e-7);
        Assert.Equal(36 + 36 * r * r + 4, covariance[1, 1], 1e-7);
        Assert.Equal(6 * r + 2 * 4 * 6 * r, covariance[0, 1], 1e-7);
    }
}
