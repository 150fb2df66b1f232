namespace Plumbline.Numerics.Tests.Uncertainty;

/// <summary>What must hold for numbers with uncertainty, whatever their values.</summary>
public class UncertainNumberTests
{
    [Fact]
    public void The_gauge_block_of_the_guide_by_operators()
    {
        var y = GaugeBlock();
        Assert.Equal(50000838, y.Value, 1e-7);
        Assert.Equal(31.663879111008633, y.StandardUncertainty, 1e-12 * 32);
        Assert.Equal(16.751855737627242, y.DegreesOfFreedom.Value!.Value, 1e-11);
        Assert.Equal(16, y.DegreesOfFreedom.Truncated);
        Assert.Equal(91.93758116204626, y.ExpandedUncertainty(0.99), 1e-8);
    }

    [Fact]
    public void What_is_shared_is_known()
    {
        UncertainNumber x = UncertainNumber.Of(3, 0.1), y = UncertainNumber.Of(3, 0.1);
        Assert.Equal(0, (x - x).StandardUncertainty);
        Assert.Equal(0.2, (x + x).StandardUncertainty, 1e-16);
        Assert.Equal(0.1 * Math.Sqrt(2), (x - y).StandardUncertainty, 1e-16);
        Assert.Equal(0, (x * y / x - y).StandardUncertainty, 1e-16);
        UncertainNumber sum = x + y, difference = x - y;
        Assert.Equal(0, UncertainNumber.Covariance(sum, difference), 1e-18);
        Assert.Equal(Math.Sqrt(0.5), UncertainNumber.Correlation(sum, x), 1e-15);
        Assert.Equal(1, UncertainNumber.Correlation(x, 2 * x));
        Assert.Equal(-1, UncertainNumber.Correlation(x, 5 - x));
    }

    [Fact]
    public void Covariance_of_any_two_results_is_the_sum_over_what_they_share()
    {
        var random = new Random(7);
        var inputs = Enumerable.Range(0, 6).Select(_ => UncertainNumber.Of(1 + random.NextDouble(), random.NextDouble())).ToArray();
        UncertainNumber a = inputs[0] * inputs[1] + UncertainMath.Sin(inputs[2]), b = inputs[1] / inputs[2] - inputs[3] * a;
        var sum = inputs.Sum(x => a.SensitivityTo(x) * b.SensitivityTo(x) * x.StandardUncertainty * x.StandardUncertainty);
        Assert.Equal(sum, UncertainNumber.Covariance(a, b), 1e-15);
        Assert.Equal(sum, UncertainNumber.Covariance(b, a), 1e-15);
        // u²(a + b) = u²(a) + u²(b) + 2u(a, b).
        Assert.Equal(Math.Pow(a.StandardUncertainty, 2) + Math.Pow(b.StandardUncertainty, 2) + 2 * sum, Math.Pow((a + b).StandardUncertainty, 2), 1e-13);
    }

    [Fact]
    public void The_order_of_inputs_and_the_unit_do_not_matter()
    {
        UncertainNumber[] x = [UncertainNumber.Of(1.5, 0.25, 5), UncertainNumber.Of(2.5, 0.5, 8), UncertainNumber.Of(-0.75, 0.125, 3)];
        UncertainNumber forward = x[0] * x[1] + x[2], backward = x[2] + x[1] * x[0];
        Assert.Equal(forward.StandardUncertainty, backward.StandardUncertainty);
        Assert.Equal(forward.DegreesOfFreedom.Value!.Value, backward.DegreesOfFreedom.Value!.Value, 1e-13);
        UncertainNumber[] scaled = [.. x.Select(v => UncertainNumber.Of(v.Value * 1048576, v.StandardUncertainty * 1048576, v.Elementary!.DegreesOfFreedom))];
        var product = scaled[0] * scaled[1];
        Assert.Equal((x[0] * x[1]).StandardUncertainty * 1048576 * 1048576, product.StandardUncertainty);
        Assert.Equal((x[0] * x[1]).DegreesOfFreedom.Value, product.DegreesOfFreedom.Value);
    }

    [Theory]
    [InlineData(1e-170)]
    [InlineData(1e-140)]
    [InlineData(1e170)]
    public void Extreme_scales_neither_vanish_nor_overflow(double scale)
    {
        UncertainNumber x = UncertainNumber.Of(1, 3 * scale, 4), y = UncertainNumber.Of(1, 4 * scale, 9);
        Assert.Equal(5, (x + y).StandardUncertainty / scale, 1e-13);
        Assert.Equal(625 / (81.0 / 4 + 256.0 / 9), (x + y).DegreesOfFreedom.Value!.Value, 1e-12);
        var pair = CorrelatedInputs.Of([1, 1], [3 * scale, 4 * scale], new[,] { { 1, 0.5 }, { 0.5, 1 } });
        if (scale is > 1e-150 and < 1e150)
            Assert.Equal(Math.Sqrt(37), (pair[0] + pair[1]).StandardUncertainty / scale, 1e-13);
    }

    private static readonly Func<UncertainNumber, UncertainNumber, UncertainNumber>[] functions =
    [
        (a, b) => a * b - b / a + 2 * a - 1 / b + (a - 3) / 2 - (-b), (a, b) => UncertainMath.Sqrt(a) * UncertainMath.Exp(b) + UncertainMath.Log(a) * UncertainMath.Log10(b),
        (a, b) => UncertainMath.Sin(a) * UncertainMath.Cos(b) + UncertainMath.Tan(a * 0.3), (a, b) => UncertainMath.Atan2(a, b) + UncertainMath.Hypot(a, b) + UncertainMath.Pow(a, b) + UncertainMath.Pow(b, -3),
        (a, b) => UncertainMath.Asin(a / 3) + UncertainMath.Acos(b / 3) + UncertainMath.Atan(a) + UncertainMath.Cbrt(b) + UncertainMath.Abs(a), (a, b) => UncertainMath.Sinh(a) + UncertainMath.Cosh(b) + UncertainMath.Tanh(a) + UncertainMath.Asinh(b) + UncertainMath.Acosh(a + 1) + UncertainMath.Atanh(b / 4),
        (a, b) => UncertainMath.Min(a, b) * UncertainMath.Max(a, b) * UncertainMath.Pow(a, 2.5),
    ];

    public static TheoryData<int> Functions => [.. Enumerable.Range(0, functions.Length)];

    [Theory, MemberData(nameof(Functions))]
    public void Derivatives_agree_with_central_differences(int index)
    {
        var f = functions[index];
        UncertainNumber a = UncertainNumber.Of(1.7, 0.1), b = UncertainNumber.Of(0.6, 0.2);
        var y = f(a, b);
        const double h = 1e-5;
        double At(double da, double db) => f(UncertainNumber.Exact(1.7 + da), UncertainNumber.Exact(0.6 + db)).Value;
        Assert.Equal((At(h, 0) - At(-h, 0)) / (2 * h), y.SensitivityTo(a), 1e-7);
        Assert.Equal((At(0, h) - At(0, -h)) / (2 * h), y.SensitivityTo(b), 1e-6);
    }

    [Fact]
    public void Long_sums_are_walked_without_recursion()
    {
        var inputs = Enumerable.Range(0, 20000).Select(i => UncertainNumber.Of(i, 1)).ToArray();
        var sum = inputs.Aggregate((a, b) => a + b);
        Assert.Equal(Math.Sqrt(20000), sum.StandardUncertainty, 1e-9);
        Assert.Equal(1, sum.SensitivityTo(inputs[17]));
        Assert.Equal(0, (sum - UncertainMath.Sum(inputs)).StandardUncertainty);
        Assert.Equal(Math.Sqrt(20000) / 20000, UncertainMath.Mean(inputs).StandardUncertainty, 1e-14);
    }

    [Fact]
    public void Threads_may_share_a_computation()
    {
        var inputs = Enumerable.Range(1, 200).Select(i => UncertainNumber.Of(i, 0.01 * i)).ToArray();
        var results = Enumerable.Range(0, 400).Select(k => inputs[k % 200] * inputs[(k * 7 + 3) % 200] + inputs.Skip(k % 50).Take(60).Aggregate((a, b) => a + b * 0.5)).ToArray();
        var expected = results.Select(r => Sensitivities.Of(r).Variance).ToArray();
        for (var round = 0; round < 5; round++)
        {
            var found = new double[results.Length];
            Parallel.For(0, results.Length, i => found[i] = Sensitivities.Of(results[(i * 13) % 400]).Variance);
            for (var i = 0; i < found.Length; i++)
                Assert.Equal(expected[(i * 13) % 400], found[i], 1e-12 * expected[(i * 13) % 400]);
        }
    }

    [Fact]
    public void What_has_no_value_or_no_derivative_is_refused()
    {
        UncertainNumber zero = UncertainNumber.Of(0, 1), one = UncertainNumber.Of(1, 1);
        Assert.Throws<ArithmeticException>(() => one / zero);
        Assert.Throws<ArithmeticException>(() => UncertainMath.Sqrt(zero));
        Assert.Throws<ArithmeticException>(() => UncertainMath.Log(-one));
        Assert.Throws<ArithmeticException>(() => UncertainMath.Hypot(zero, zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => UncertainNumber.Of(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UncertainNumber.Of(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UncertainNumber.Of(1, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => UncertainNumber.Of(1, 1, 0));
        Assert.Throws<ArgumentException>(() => (one + zero).SensitivityTo(one * 2));
        Assert.Throws<InvalidOperationException>(() => CorrelatedRefusal().ExpandedUncertainty(0.95));
    }

    [Fact]
    public void Observed_together_counts_once_and_correlated_by_declaration_is_refused_with_names()
    {
        double[][] data = [[5.007, 4.994, 5.005, 4.99, 4.999], [0.019663, 0.019639, 0.01964, 0.019685, 0.019678], [1.0456, 1.0438, 1.0468, 1.0428, 1.0433]];
        var x = CorrelatedInputs.FromObservations(data, ["V", "I", "phi"]);
        Assert.Equal(4, (x[0] / x[1] * UncertainMath.Cos(x[2])).DegreesOfFreedom.Value!.Value, 1e-12);
        var refusal = CorrelatedRefusal().DegreesOfFreedom;
        Assert.Null(refusal.Value);
        Assert.Equal("correlated", refusal.Refusal);
        Assert.Equal(["a", "b"], refusal.Names);
        Assert.Equal("no-uncertainty", (x[0] - x[0]).DegreesOfFreedom.Refusal);
        // Infinitely many degrees of freedom may be correlated freely.
        var free = CorrelatedInputs.Of([1, 2], [0.1, 0.1], new[,] { { 1, 0.5 }, { 0.5, 1 } });
        Assert.Equal(double.PositiveInfinity, (free[0] + free[1]).DegreesOfFreedom.Value);
        Assert.Equal(0.1 * Math.Sqrt(3), (free[0] + free[1]).StandardUncertainty, 1e-15);
    }

    [Fact]
    public void A_matrix_that_is_no_covariance_matrix_names_the_pair()
    {
        double[,] impossible = { { 1, 0.9, -0.9 }, { 0.9, 1, 0.9 }, { -0.9, 0.9, 1 } };
        var refusal = Assert.Throws<ArgumentException>(() => CorrelatedInputs.Of([1, 2, 3], [1, 1, 1], impossible, ["p", "q", "r"]));
        Assert.Contains("'r' with 'p'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'p' and 'q' exceeds 1", Assert.Throws<ArgumentException>(() => CorrelatedInputs.Of([1, 2], [1, 1], new[,] { { 1, 1.5 }, { 1.5, 1 } }, ["p", "q"])).Message, StringComparison.Ordinal);
        // Fully correlated is possible.
        var same = CorrelatedInputs.Of([1, 2, 3], [1, 2, 3], new double[,] { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } });
        Assert.Equal(6, (same[0] + same[1] + same[2]).StandardUncertainty, 1e-14);
    }

    internal static UncertainNumber GaugeBlock()
    {
        UncertainNumber ls = UncertainNumber.Of(50000623, 25, 18, "l_s"), d0 = UncertainNumber.Of(215, 5.8, 24, "d0"), d1 = UncertainNumber.Of(0, 3.9, 5, "d1"), d2 = UncertainNumber.Of(0, 6.7, 8, "d2"),
            alpha = UncertainNumber.Of(1.15e-5, 2e-6 / Math.Sqrt(3), label: "alpha_s"), dAlpha = UncertainNumber.Of(0, 1e-6 / Math.Sqrt(3), 50, "d_alpha"), dTheta = UncertainNumber.Of(0, 0.05 / Math.Sqrt(3), 2, "d_theta"),
            mean = UncertainNumber.Of(-0.1, 0.2, label: "theta_bar"), delta = UncertainNumber.Of(0, 0.5 / Math.Sqrt(2), label: "Delta");
        return ls + d0 + d1 + d2 - ls * (dAlpha * (mean + delta) + alpha * dTheta);
    }

    private static UncertainNumber CorrelatedRefusal()
    {
        var pair = CorrelatedInputs.Make([1, 2], new[,] { { 1, 0.5 }, { 0.5, 1 } }, [5, double.PositiveInfinity], ["a", "b"], false);
        return pair[0] + pair[1];
    }
}
