using System.Numerics;

namespace Plumbline.Numerics.Tests.Uncertainty;

public class UncertainComplexTests
{
    public static TheoryData<string> Formulas => ["a*b", "a/b - b^3", "sqrt(a) + exp(b/3)", "ln(a)*conj(b)", "sin(a) - cos(b) + tanh(a)", "a^b + b^-2", "abs(a) + j*arg(b)", "a*conj(a) + real(b) - 2j*imag(a)"];

    [Theory, MemberData(nameof(Formulas))]
    public void Blocks_agree_with_central_differences(string formula)
    {
        Complex a = new(1.3, -0.4), b = new(0.7, 1.1);
        double[,] covariance = { { 0.01, 0.002 }, { 0.002, 0.02 } };
        UncertainComplex x = UncertainComplex.Of(a.Real, a.Imaginary, covariance), y = UncertainComplex.Of(b.Real, b.Imaginary, covariance);
        var z = ComplexModel.Evaluate(formula, new Dictionary<string, UncertainComplex> { ["a"] = x, ["b"] = y });
        const double h = 1e-6;
        UncertainNumber[] inputs = [x.Real, x.Imaginary, y.Real, y.Imaginary];
        for (var i = 0; i < 4; i++)
        {
            Complex Step(double s) => ComplexModel.Evaluate(formula, new Dictionary<string, UncertainComplex>
            {
                ["a"] = UncertainComplex.Exact(a + (i == 0 ? s : i == 1 ? s * Complex.ImaginaryOne : 0)), ["b"] = UncertainComplex.Exact(b + (i == 2 ? s : i == 3 ? s * Complex.ImaginaryOne : 0)),
            }).Value;
            var slope = (Step(h) - Step(-h)) / (2 * h);
            Assert.Equal(slope.Real, z.Real.SensitivityTo(inputs[i]), 1e-8);
            Assert.Equal(slope.Imaginary, z.Imaginary.SensitivityTo(inputs[i]), 1e-8);
        }
    }

    [Fact]
    public void The_total_variance_method_counts_a_complex_input_once()
    {
        var z = UncertainComplex.Of(1, 2, new[,] { { 0.01, 0.002 }, { 0.002, 0.02 } }, 6);
        Assert.Equal(6, z.DegreesOfFreedom.Value!.Value, 1e-13);
        Assert.Equal(6, (z * UncertainComplex.Exact(new(3, -1))).DegreesOfFreedom.Value!.Value, 1e-12);
        Assert.Equal("no-uncertainty", (z - z).DegreesOfFreedom.Refusal);
    }

    [Fact]
    public void Unknown_names_and_functions_are_said()
    {
        var q = new Dictionary<string, UncertainComplex> { ["S11"] = UncertainComplex.Exact(1) };
        Assert.Equal("S11", Assert.Throws<ModelFormatException>(() => ComplexModel.Evaluate("S1*2", q)).Problems[0].Suggestion);
        Assert.Equal("unknown-function", Assert.Throws<ModelFormatException>(() => ComplexModel.Evaluate("gamma(S11)", q)).Problems[0].Code);
        Assert.Throws<ArithmeticException>(() => ComplexModel.Evaluate("1/(S11 - 1)", q));
    }

    [Fact]
    public void The_coverage_factor_in_the_plane_goes_over_into_the_normal_one()
    {
        Assert.Equal(Math.Sqrt(-2 * Math.Log(0.05)), ComplexCoverage.Factor(0.95, double.PositiveInfinity), 1e-14);
        Assert.Equal(2.447746830680816, ComplexCoverage.Factor(0.95, 1e12), 1e-10);
        Assert.Throws<ArgumentOutOfRangeException>(() => ComplexCoverage.Factor(0.95, 1));
    }
}
