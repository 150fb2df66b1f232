namespace Plumbline.Numerics.Tests.Uncertainty;

/// <summary>Second order of results built by operators, held to the same formulas given as text.</summary>
public class RecordedSecondOrderTests
{
    private static readonly UncertainNumber A = UncertainNumber.Of(RectangularDistribution.HalfWidth(1.3, 0.4), label: "a");
    private static readonly UncertainNumber B = UncertainNumber.Of(0.7, 0.2, 5, "b");
    private static readonly UncertainNumber C = UncertainNumber.Of(ExponentialDistribution.FromMean(0.5), label: "c");

    public static TheoryData<string, Func<UncertainNumber>> Formulas => new()
    {
        { "a*b + c", () => A * B + C },
        { "a*b/c - 3/b", () => A * B / C - 3 / B },
        { "2*a - b/4 + 1 - c*c", () => 2 * A - B / 4 + 1 - C * C },
        { "5 - a*(-b)", () => 5 - A * -B },
        { "a^3 + b^(-2) + c^1.7", () => UncertainMath.Pow(A, 3) + UncertainMath.Pow(B, -2) + UncertainMath.Pow(C, 1.7) },
        { "a^b", () => UncertainMath.Pow(A, B) },
        { "sin(a)*exp(b) + ln(c)", () => UncertainMath.Sin(A) * UncertainMath.Exp(B) + UncertainMath.Log(C) },
        { "sqrt(a*b) + cos(c)^2", () => UncertainMath.Sqrt(A * B) + UncertainMath.Pow(UncertainMath.Cos(C), 2) },
        { "atan2(a, b) + hypot(b, c)", () => UncertainMath.Atan2(A, B) + UncertainMath.Hypot(B, C) },
        { "tanh(a) + atan(b) + lg(c)", () => UncertainMath.Tanh(A) + UncertainMath.Atan(B) + UncertainMath.Log10(C) },
        { "(a*b + c)/3*a", () => UncertainMath.Mean(A * B, C, UncertainNumber.Exact(0)).As("mean") * A },
        { "max(a, b)*c", () => UncertainMath.Max(A, B) * C },
        { "(a + b)*exp(a*c)", () => MeasurementModel.Parse("s = a + b; y = s*exp(a*c)", ["a", "b", "c"]).Evaluate(A, B, C)[0] },
        { "sin(a*b)*c", () => UncertainMath.Sin(MeasurementModel.Parse("p*q", ["p", "q"]).Evaluate(A, B)[0]) * C },
        { "a*a + b*b + c*c", () => UncertainArray.Of(A, B, C).Square().Sum() },
        { "a*c + 2*b*b + c*a", () => UncertainArray.Of(A, B, C).Dot(UncertainArray.Of(C, 2 * B, A)) },
        { "sqrt(2*a*b + 1)*3 - sqrt(2*b*b + 1)", () => (UncertainArray.Of(A, B) * B).Scale(2, 1).Sqrt().Dot([3, -1]) },
        { "(a + 2*b)*(a - b)", () => { var x = UncertainArray.Of(A, B).Transform(new[,] { { 1.0, 2 }, { 1, -1 } }); return x[0] * x[1]; } },
        { "exp(a)/b", () => (UncertainArray.Of(A).Exp() / UncertainArray.Of(B))[0] },
    };

    [Theory, MemberData(nameof(Formulas), DisableDiscoveryEnumeration = true)]
    public void Operators_and_text_agree(string text, Func<UncertainNumber> build)
    {
        var model = MeasurementModel.Parse(text);
        var byName = new[] { A, B, C }.ToDictionary(x => x.Label!);
        var expected = SecondOrder.Of(model, [.. model.QuantityNames.Select(n => byName[n])]);
        var computed = SecondOrder.Of(build());
        Assert.Equal(expected.Value, computed.Value, 1e-12 * Math.Abs(expected.Value));
        Assert.Equal(expected.FirstOrderUncertainty, computed.FirstOrderUncertainty, 1e-12 * expected.FirstOrderUncertainty);
        Assert.Equal(expected.StandardUncertainty, computed.StandardUncertainty, 1e-11 * expected.StandardUncertainty);
        Assert.Equal(expected.Bias, computed.Bias, 1e-11 * expected.StandardUncertainty);
        Assert.Equal(expected.NonlinearityIndex, computed.NonlinearityIndex, 1e-10);
        Assert.Equal(expected.GumNoteUncertainty!.Value, computed.GumNoteUncertainty!.Value, 1e-10 * expected.StandardUncertainty);
        Assert.Equal(expected.Advises(), computed.Advises());
    }

    public static TheoryData<string, Func<UncertainComplex, UncertainComplex, UncertainComplex>> Complex => new()
    {
        { "z*w", (z, w) => z * w },
        { "z/w - w", (z, w) => z / w - w },
        { "sqrt", (z, _) => z.Sqrt() },
        { "exp", (z, _) => z.Exp() },
        { "log", (z, w) => (z + w).Log() },
        { "sin", (z, _) => z.Sin() },
        { "cos", (z, _) => z.Cos() },
        { "tanh", (z, _) => z.Tanh() },
        { "cube", (z, _) => z.Pow(3) },
        { "inverse square", (z, _) => z.Pow(-2) },
        { "power", (z, w) => z.Pow(w) },
        { "conjugate", (z, w) => z.Conjugate() * w },
    };

    /// <summary>The program of a complex step has the value and the derivatives that the step itself carries, and second derivatives as differences of the first.</summary>
    [Theory, MemberData(nameof(Complex), DisableDiscoveryEnumeration = true)]
    public void Complex_steps_have_their_curvature(string name, Func<UncertainComplex, UncertainComplex, UncertainComplex> of)
    {
        double[] at = [0.8, -0.6, 1.1, 0.4];
        static UncertainComplex[] Make(double[] x) => [UncertainComplex.Of(x[0], x[1], new[,] { { 0.01, 0.002 }, { 0.002, 0.02 } }), UncertainComplex.Of(x[2], x[3], new[,] { { 0.03, 0.0 }, { 0.0, 0.01 } })];
        double[] Gradient(double[] x, bool imaginary)
        {
            var made = Make(x);
            var result = of(made[0], made[1]);
            var part = imaginary ? result.Imaginary : result.Real;
            return [.. new[] { made[0].Real, made[0].Imaginary, made[1].Real, made[1].Imaginary }.Select(part.SensitivityTo)];
        }
        foreach (var imaginary in new[] { false, true })
        {
            var made = Make(at);
            var result = of(made[0], made[1]);
            var second = SecondOrder.Of(imaginary ? result.Imaginary : result.Real);
            var h = new double[4, 4];
            for (var i = 0; i < 4; i++)
            {
                double[] up = [.. at], down = [.. at];
                up[i] += 1e-5;
                down[i] -= 1e-5;
                var (high, low) = (Gradient(up, imaginary), Gradient(down, imaginary));
                for (var j = 0; j < 4; j++)
                    h[i, j] = (high[j] - low[j]) / 2e-5;
            }
            var bias = 0.5 * (h[0, 0] * 0.01 + 2 * h[0, 1] * 0.002 + h[1, 1] * 0.02 + h[2, 2] * 0.03 + h[3, 3] * 0.01);
            Assert.True(Math.Abs(bias - second.Bias) < 1e-8, $"{name}: {bias} and {second.Bias}");
        }
    }

    [Fact]
    public void Implicit_results_keep_their_curvature_in_what_is_computed_from_them()
    {
        // y³ = a is y = a^(1/3).
        var root = MeasurementModel.Parse("unknown y = 1\n0 = y^3 - a", ["a"]).Evaluate(A)[0];
        var expected = SecondOrder.Of(MeasurementModel.Parse("b*cbrt(a)^2"), [B, A]);
        var computed = SecondOrder.Of(B * root * root);
        Assert.Equal(expected.Bias, computed.Bias, 1e-11);
        Assert.Equal(expected.StandardUncertainty, computed.StandardUncertainty, 1e-11);
        Assert.Null(computed.GumNoteUncertainty);
    }

    [Fact]
    public void Correlated_inputs_and_a_quantity_used_twice_count_once()
    {
        var x = CorrelatedInputs.Of([2, 3], new[,] { { 0.04, 0.018 }, { 0.018, 0.09 } });
        var s = SecondOrder.Of(x[0] * x[1]);
        Assert.Equal(0.018, s.Bias, 1e-16);
        Assert.Equal(Math.Sqrt(4 * 0.09 + 9 * 0.04 + 12 * 0.018 + 0.04 * 0.09 + 0.018 * 0.018), s.StandardUncertainty, 1e-14);
        var zero = UncertainNumber.Of(0, 0.5);
        Assert.Equal(Math.Sqrt(2) * 0.25, SecondOrder.Of(zero * zero).StandardUncertainty, 1e-15);
        Assert.Equal(double.PositiveInfinity, SecondOrder.Of(zero * zero).NonlinearityIndex);
        Assert.True(SecondOrder.Of(zero * zero).Advises());
    }

    [Fact]
    public void A_product_of_arrays_that_vanish_has_second_order_alone()
    {
        double[] none = [0, 0, 0], u = [1, 2, 3];
        var s = SecondOrder.Of(UncertainArray.Of(none, u).Dot(UncertainArray.Of(none, u)));
        Assert.Equal(0, s.FirstOrderUncertainty);
        Assert.Equal(Math.Sqrt(1 + 16 + 81), s.StandardUncertainty, 1e-13);
    }

    [Fact]
    public void A_long_chain_and_a_number_known_exactly()
    {
        var sum = UncertainNumber.Exact(0);
        for (var i = 0; i < 20_000; i++)
            sum += A * 1e-4;
        Assert.Equal(0, SecondOrder.Of(sum).NonlinearityIndex);
        var constant = SecondOrder.Of(UncertainNumber.Exact(2) * UncertainNumber.Exact(3));
        Assert.Equal((6, 0, 0), (constant.Value, constant.StandardUncertainty, constant.Bias));
        Assert.False(SecondOrder.Of(A + B).Advises());
    }

    [Fact]
    public void What_was_read_from_an_archive_of_derivatives_alone_is_refused()
    {
        var read = UncertaintyArchive.Read("""{"format":"plumbline-uncertain-numbers","version":1,"inputs":[{"id":"7d7c1a9e-6a0e-4b3c-8f53-0d2f6c1f0001","value":1,"u":0.1,"dof":null}],"groups":[],"numbers":{"y":{"value":3,"sensitivities":{"7d7c1a9e-6a0e-4b3c-8f53-0d2f6c1f0001":2}}},"complex":{}}""");
        Assert.Contains("curvature is not known", Assert.Throws<InvalidOperationException>(() => SecondOrder.Of(read.Numbers["y"] * 2)).Message, StringComparison.Ordinal);
        double[] many = new double[2001], ones = [.. many.Select(_ => 1.0)];
        Assert.Contains("2001", Assert.Throws<InvalidOperationException>(() => SecondOrder.Of(UncertainArray.Of(many, ones).Sum())).Message, StringComparison.Ordinal);
    }
}
