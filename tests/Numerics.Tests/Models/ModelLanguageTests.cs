namespace Plumbline.Numerics.Tests.Models;

/// <summary>What a model's text means, and what is said about one that means nothing.</summary>
public class ModelLanguageTests
{
    [Theory]
    [InlineData("2 + 3*4", 14)]
    [InlineData("-2^2", -4)]
    [InlineData("2^3^2", 512)]
    [InlineData("2**-1", 0.5)]
    [InlineData("(-8)^3", -512)]
    [InlineData("7 - 4 - 2", 1)]
    [InlineData("8/4/2", 1)]
    [InlineData("1.5e-3*2E3", 3)]
    [InlineData("--3 + +1", 4)]
    [InlineData("３×（２＋１）", 9)]
    [InlineData("2²·3⁻¹*6", 8)]
    [InlineData("sqrt(16) + cbrt(27) + lg(1000) + ln(exp(2)) + lb(8)", 15)]
    [InlineData("atan2(0, -1)/pi + hypot(3, 4) + min(3, 1, 2) + max(1, 5)", 12)]
    [InlineData("mean(1, 2, 6) + sum(1, 2) + log(8, 2) + deg(π) + rad(180)/pi", 190)]
    [InlineData("abs(-2) + sign(-3) + pow(2, 3) + sqr(3) + cot(pi/4)", 19)]
    [InlineData("const.c", 299792458)]
    [InlineData("1 + # a remark\n 2 // another", 3)]
    public void A_formula_has_the_value_mathematics_gives_it(string text, double value) =>
        Assert.Equal(value, Evaluate(text), 1e-12 * Math.Abs(value));

    [Fact]
    public void Names_defined_above_are_used_below_and_what_nothing_uses_is_a_result()
    {
        var model = MeasurementModel.Parse("Z = V/I\nR = Z*cos(φ); X = Z*sin(φ)");
        Assert.Equal(["V", "I", "φ"], model.QuantityNames);
        Assert.Equal(["R", "X"], model.ResultNames);
        Assert.Equal([6 * Math.Cos(0.5), 6 * Math.Sin(0.5)], model.Program.Evaluate([12, 2, 0.5]));
        Assert.Equal(["Z", "R"], MeasurementModel.Parse("Z = V/I\nR = Z*cos(phi)\noutput Z, R").ResultNames);
    }

    [Fact]
    public void Quantities_keep_the_order_in_which_they_are_given()
    {
        var model = MeasurementModel.Parse("a - b", ["b", "a", "c"]);
        Assert.Equal(["b", "a", "c"], model.QuantityNames);
        Assert.Equal([-3], model.Program.Evaluate([5, 2, 0]));
    }

    [Fact]
    public void Chinese_primed_and_indexed_names_are_names()
    {
        var model = MeasurementModel.Parse("质量 = ρ′*V₁ + x̄");
        Assert.Equal(["ρ′", "V₁", "x̄"], model.QuantityNames);
        Assert.Equal(["质量"], model.ResultNames);
    }

    [Fact]
    public void A_constant_with_an_uncertainty_is_a_quantity_and_an_exact_one_a_number()
    {
        Assert.Equal(["const.G", "m"], MeasurementModel.Parse("const.G*m/const.c^2").QuantityNames);
        Assert.Equal("const.m_e", Problem("const.m_f*2").Suggestion);
    }

    [Fact]
    public void The_same_step_is_written_once_and_constants_are_folded()
    {
        var program = MeasurementModel.Parse("(a+b)*(b+a) + 2*3 - 0*1 + 1*a").Program;
        Assert.Equal([OperationKind.Input, OperationKind.Input, OperationKind.Add, OperationKind.IntegerPower, OperationKind.Constant, OperationKind.Add, OperationKind.Add],
            program.Operations.ToArray().Select(o => o.Kind));
        Assert.Equal(6, program.Operations[4].Constant);
    }

    [Fact]
    public void An_implicit_model_declares_its_unknowns()
    {
        var model = MeasurementModel.Parse("unknown x = 0.5\n0 = x*exp(x) - a\ny = x^2");
        Assert.True(model.IsImplicit);
        Assert.Equal(["a"], model.QuantityNames);
        Assert.Equal(["y"], model.ResultNames);
        Assert.Equal([0.5], model.Starts);
        Assert.Equal([0.25, 0.5 * Math.Exp(0.5) - 1], model.Program.Evaluate([1, 0.5]));
        Assert.Equal(["x"], MeasurementModel.Parse("unknown x = 1; x^2 = a").ResultNames);
    }

    [Theory]
    [InlineData("a + * b", "expected-operand", 4, null)]
    [InlineData("a + ", "expected-operand", 4, null)]
    [InlineData("(a + b", "expected-symbol", 6, null)]
    [InlineData("a b", "expected-operator", 2, null)]
    [InlineData("2a", "expected-operator", 1, null)]
    [InlineData("a ? b", "unexpected-character", 2, null)]
    [InlineData("1e999*a", "number", 0, null)]
    [InlineData("sqrt + a", "function-as-name", 0, null)]
    [InlineData("sqtr(a)", "unknown-function", 0, "sqrt")]
    [InlineData("a + Cos(a)", "unknown-function", 4, "cos")]
    [InlineData("log(a)", "ambiguous-logarithm", 0, "ln")]
    [InlineData("atan2(a)", "argument-count", 0, null)]
    [InlineData("y = a\ny = b", "defined-twice", 6, null)]
    [InlineData("y = z\nz = a", "used-before-defined", 4, null)]
    [InlineData("y = y + a", "used-before-defined", 4, null)]
    [InlineData("y = a = b", "chained-comparison", 6, null)]
    [InlineData("0 = a - b", "equation-count", 0, null)]
    [InlineData("yy = a\noutput yz", "unknown-output", 14, "yy")]
    [InlineData("", "no-output", 0, null)]
    [InlineData("a(b + 1) + a", "unknown-function", 0, null)]
    public void What_is_wrong_is_said_with_its_place(string text, string code, int position, string? suggestion)
    {
        var problem = Problem(text);
        Assert.Equal((code, position, suggestion), (problem.Code, problem.Place.Start, problem.Suggestion));
        Assert.Contains($"(position {position + 1}", problem.Message, StringComparison.Ordinal);
        Assert.NotEqual(code, problem.Message.Split(' ')[0]);
    }

    [Theory]
    [InlineData("rho_a*V - drho", "drho", "d_rho")]
    [InlineData("rho_A*V", "rho_A", "rho_a")]
    [InlineData("rho_a*VV", "VV", "V")]
    [InlineData("rho_a*xyz", "xyz", null)]
    public void An_unknown_name_is_answered_with_the_nearest_known_one(string text, string name, string? suggestion)
    {
        Assert.Null(MeasurementModel.TryParse(text, out var problems, ["rho_a", "V", "d_rho"]));
        var problem = Assert.Single(problems);
        Assert.Equal(("unknown-name", suggestion), (problem.Code, problem.Suggestion));
        Assert.Equal([name], problem.Arguments);
        Assert.Equal(text.IndexOf(name, StringComparison.Ordinal), problem.Place.Start);
    }

    [Fact]
    public void Every_statement_says_what_is_wrong_with_it()
    {
        Assert.Null(MeasurementModel.TryParse("a = 1 2\nb = )\nc = 2", out var problems));
        Assert.Equal(2, problems.Length);
        Assert.Throws<ModelFormatException>(() => MeasurementModel.Parse("a = 1 2\nb = )"));
    }

    [Fact]
    public void Deep_nesting_is_refused_and_does_not_overflow() =>
        Assert.Equal("too-deep", Problem(new string('(', 100000) + "a" + new string(')', 100000)).Code);

    private static ModelProblem Problem(string text)
    {
        Assert.Null(MeasurementModel.TryParse(text, out var problems));
        return problems[0];
    }

    private static double Evaluate(string text) => MeasurementModel.Parse(text).Program.Evaluate([])[0];
}
