namespace Plumbline.Numerics.Tests.Uncertainty;

public class SecondOrderTests
{
    [Fact]
    public void A_quadratic_model_of_normal_inputs_is_exact()
    {
        // y = x², x ~ N(μ, σ): E = μ² + σ², Var = 4μ²σ² + 2σ⁴.
        var s = SecondOrder.Of(MeasurementModel.Parse("x^2"), [UncertainNumber.Of(3, 0.5)]);
        Assert.Equal(0.25, s.Bias, 1e-15);
        Assert.Equal(Math.Sqrt(4 * 9 * 0.25 + 2 * 0.0625), s.StandardUncertainty, 1e-14);
        Assert.True(s.Advises());
        // At zero the first order says nothing.
        var zero = SecondOrder.Of(MeasurementModel.Parse("x^2"), [UncertainNumber.Of(0, 0.5)]);
        Assert.Equal(0, zero.FirstOrderUncertainty);
        Assert.Equal(Math.Sqrt(2) * 0.25, zero.StandardUncertainty, 1e-15);
        Assert.Equal(double.PositiveInfinity, zero.NonlinearityIndex);
        Assert.True(zero.Advises());
    }

    [Fact]
    public void A_rectangular_input_has_its_own_fourth_moment()
    {
        // x² with x uniform on ±a: Var = 4a⁴/45.
        var a = 0.7;
        var s = SecondOrder.Of(MeasurementModel.Parse("x^2"), [UncertainNumber.Of(RectangularDistribution.HalfWidth(0, a))]);
        Assert.Equal(Math.Sqrt(4.0 / 45) * a * a, s.StandardUncertainty, 1e-15);
    }

    [Fact]
    public void A_skew_input_moves_the_uncertainty()
    {
        // x² with x exponential of mean m: Var = 20m⁴.
        var s = SecondOrder.Of(MeasurementModel.Parse("x^2"), [UncertainNumber.Of(ExponentialDistribution.FromMean(0.5))]);
        Assert.Equal(Math.Sqrt(20) * 0.25, s.StandardUncertainty, 1e-14);
        Assert.Equal(0.25, s.Bias, 1e-15);
    }

    [Fact]
    public void Correlated_inputs_count_with_their_covariance()
    {
        // y = x₁x₂, jointly normal with covariance c: Var = μ₁²σ₂² + μ₂²σ₁² + 2μ₁μ₂c + σ₁²σ₂² + c².
        var x = CorrelatedInputs.Of([2, 3], new[,] { { 0.04, 0.018 }, { 0.018, 0.09 } });
        var s = SecondOrder.Of(MeasurementModel.Parse("a*b"), x);
        Assert.Equal(Math.Sqrt(4 * 0.09 + 9 * 0.04 + 2 * 6 * 0.018 + 0.04 * 0.09 + 0.018 * 0.018), s.StandardUncertainty, 1e-14);
        Assert.Equal(0.018, s.Bias, 1e-16);
        Assert.Null(s.GumNoteUncertainty);
    }

    [Fact]
    public void A_linear_model_needs_no_second_order()
    {
        var s = SecondOrder.Of(MeasurementModel.Parse("2*a - b/3 + 1"), [UncertainNumber.Of(1, 0.1), UncertainNumber.Of(2, 0.3)]);
        Assert.Equal((0, 0, s.FirstOrderUncertainty), (s.Bias, s.NonlinearityIndex, s.StandardUncertainty));
        Assert.False(s.Advises());
    }

    [Fact]
    public void The_note_of_the_guide_adds_third_derivatives()
    {
        // y = e^x: f' = f'' = f''' = e^x, so u² = e^2x(σ² + 3σ⁴/2).
        var s = SecondOrder.Of(MeasurementModel.Parse("exp(x)"), [UncertainNumber.Of(1, 0.2)]);
        Assert.Equal(Math.E * Math.Sqrt(0.04 + 1.5 * 0.0016), s.GumNoteUncertainty!.Value, 1e-14);
        Assert.Equal(Math.E * Math.Sqrt(0.04 + 0.5 * 0.0016), s.StandardUncertainty, 1e-14);
    }

    [Theory]
    [InlineData("unknown y = 1; y^3 = a*b; z = y*a + b^2", "y = cbrt(a*b); z = y*a + b^2")]
    [InlineData("unknown y = 0.5; 0 = exp(y) - a - b*y*0", "y = ln(a)+b*0")]
    [InlineData("unknown u = 2; unknown v = 0; u + v = a; u*v = b/10", "d = sqrt(a^2 - 0.4*b); u = (a + d)/2; v = (a - d)/2; output u, v")]
    public void Through_implicit_equations_everything_is_as_through_the_solution(string implicitText, string explicitText)
    {
        string[] names = ["a", "b"];
        UncertainNumber[] x = [UncertainNumber.Of(2.5, 0.1), UncertainNumber.Of(1.2, 0.2)];
        MeasurementModel one = MeasurementModel.Parse(implicitText, names), other = MeasurementModel.Parse(explicitText, names);
        UncertainNumber[] found = one.Evaluate(x), expected = other.Evaluate(x);
        if (found.Length == 2 && Math.Abs(found[0].Value - expected[0].Value) > 1e-3)
            Array.Reverse(found);
        for (var k = 0; k < Math.Min(found.Length, expected.Length); k++)
        {
            Assert.Equal(expected[k].Value, found[k].Value, 1e-12);
            Assert.Equal(expected[k].SensitivityTo(x[0]), found[k].SensitivityTo(x[0]), 1e-11);
            Assert.Equal(expected[k].SensitivityTo(x[1]), found[k].SensitivityTo(x[1]), 1e-11);
        }
        if (found.Length == 1)
            Assert.Equal(SecondOrder.Of(other, x).StandardUncertainty, SecondOrder.Of(one, x).StandardUncertainty, 1e-12);
    }

    [Fact]
    public void Equations_without_a_solution_are_refused() =>
        Assert.Throws<ArithmeticException>(() => MeasurementModel.Parse("unknown y = 1; 0 = y^2 + a").Evaluate(UncertainNumber.Of(1, 0.1)));
}
