namespace Plumbline.Numerics.Tests.Models;

/// <summary>Derivatives of compiled models against differences, backwards against forwards.</summary>
public class ModelProgramTests
{
    public static TheoryData<string> Formulas =>
    [
        "a*b - b/a + a^3 - b^-2 + a^b", "sqrt(a)*cbrt(b) + exp(-a)*ln(b) + lg(a*b)", "sin(a)*cos(b) + tan(a*b/4)", "asin(a/3) + acos(b/4) + atan(a*b)",
        "sinh(a) + cosh(b) - tanh(a*b) + asinh(a) + acosh(1+b) + atanh(a/5)", "abs(a-b) + sign(a)*a + atan2(a, b) + hypot(a, b)", "min(a, b)*a + max(a, b)*b", "(a+b)/(a-b)^2*(a^2 + 3)",
    ];

    [Theory, MemberData(nameof(Formulas))]
    public void Derivatives_agree_with_central_differences(string formula)
    {
        var program = MeasurementModel.Parse(formula, ["a", "b"]).Program;
        double[] x = [1.37, 0.82];
        var jacobian = program.Jacobian(x);
        for (var j = 0; j < 2; j++)
        {
            const double h = 1e-5;
            double[] up = [.. x], down = [.. x];
            up[j] += h;
            down[j] -= h;
            var difference = (program.Evaluate(up)[0] - program.Evaluate(down)[0]) / (2 * h);
            Assert.Equal(difference, jacobian[0, j], 1e-7 * Math.Max(1, Math.Abs(difference)));
        }
    }

    [Theory, MemberData(nameof(Formulas))]
    public void Forwards_and_backwards_agree(string formula)
    {
        var program = MeasurementModel.Parse(formula, ["a", "b"]).Program;
        var values = new double[program.Count];
        program.Run([1.37, 0.82], values);
        double[,] forwards = program.Forwards(values), backwards = program.Backwards(values);
        for (var j = 0; j < 2; j++)
            Assert.Equal(backwards[0, j], forwards[0, j], 1e-14 * Math.Abs(forwards[0, j]));
    }

    [Fact]
    public void A_negative_base_has_whole_powers_and_their_derivatives()
    {
        Assert.Equal(12, MeasurementModel.Parse("a^3", ["a"]).Program.Jacobian([-2])[0, 0]);
        Assert.Equal(-0.25, MeasurementModel.Parse("a^-1", ["a"]).Program.Jacobian([-2])[0, 0]);
    }

    [Fact]
    public void Thirteen_directions_go_in_four_sweeps()
    {
        var names = Enumerable.Range(1, 13).Select(i => $"x{i}").ToArray();
        var program = MeasurementModel.Parse(string.Join("; ", Enumerable.Range(0, 12).Select(i => $"y{i} = {names[i]}*{names[i + 1]}")), names).Program;
        var jacobian = program.Jacobian([.. Enumerable.Range(1, 13).Select(i => (double)i)]);
        for (var k = 0; k < 12; k++)
            for (var j = 0; j < 13; j++)
                Assert.Equal(j == k ? k + 2 : j == k + 1 ? k + 1 : 0, jacobian[k, j]);
    }
}
