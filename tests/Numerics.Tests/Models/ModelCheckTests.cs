namespace Plumbline.Numerics.Tests.Models;

public class ModelCheckTests
{
    [Theory]
    [InlineData("a/b", "domain-division", 0)]
    [InlineData("1 + ln(b)", "domain-logarithm", 4)]
    [InlineData("sqrt(b)", "domain-root", 0)]
    [InlineData("asin(a)", "domain-inverse", 0)]
    [InlineData("tan(a)", "domain-tangent", 0)]
    [InlineData("b^a", "domain-power", 0)]
    [InlineData("b^-2", "domain-division", 0)]
    [InlineData("atan2(b, b*a)", "domain-angle", 0)]
    public void A_domain_in_which_a_step_has_no_value_is_named(string text, string code, int position)
    {
        var problem = MeasurementModel.Parse(text, ["a", "b"]).CheckDomain([new(1, 3), new(-1, 2)])[0];
        Assert.Equal((code, position), (problem.Code, problem.Place.Start));
        Assert.NotEqual(code, problem.Message.Split(' ')[0]);
    }

    [Theory]
    [InlineData("a/(b + 2)")]
    [InlineData("1/(b^2 + 0.1)")]
    [InlineData("ln(exp(b))")]
    [InlineData("sqrt(b*b)")]
    [InlineData("1/(a - b + abs(b) + 1)")]
    [InlineData("1/(a*a - 2*a*b + b*b + 0.5)")]
    [InlineData("sqrt(2 + sin(b) + cos(a))")]
    [InlineData("asin(tanh(a)) + atanh(b/3) + acosh(a)")]
    public void A_domain_in_which_all_have_values_passes(string text) =>
        Assert.Empty(MeasurementModel.Parse(text, ["a", "b"]).CheckDomain([new(1, 3), new(-1, 2)]));

    [Fact]
    public void Ranges_enclose_every_value()
    {
        const string text = "sin(a)*cos(b) - a^3/(b + 3) + atan2(a, b)*hypot(a, b) + exp(-a)*cosh(b) + min(a, b)*abs(b) + (a + 3)^b";
        var program = MeasurementModel.Parse(text, ["a", "b"]).Program;
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            double a = 4 * random.NextDouble() - 2, b = 4 * random.NextDouble() - 2;
            Interval[] box = [new(a, a + random.NextDouble()), new(b, b + random.NextDouble())];
            var ranges = new Interval[program.Count];
            for (var i = 0; i < program.Count; i++)
                ranges[i] = IntervalRules.Value(program.Operations[i], box, ranges);
            var values = new double[program.Count];
            for (var k = 0; k < 20; k++)
            {
                program.Run([box[0].Low + random.NextDouble() * (box[0].High - box[0].Low), box[1].Low + random.NextDouble() * (box[1].High - box[1].Low)], values);
                for (var i = 0; i < values.Length; i++)
                    Assert.InRange(values[i], ranges[i].Low - 1e-12, ranges[i].High + 1e-12);
            }
        }
    }

    [Fact]
    public void A_model_prints_as_latex_and_mathml()
    {
        var model = MeasurementModel.Parse("dm = (m_R + d)*(1 + (rho_a - 1.2e-3)/rho_W)^2 - -x1*sqrt(k)");
        Assert.Equal(@"\mathit{dm} = \left(m_{\mathrm{R}} + d\right) \cdot \left(1 + \frac{\rho_{\mathrm{a}} - 1.2 \times 10^{-3}}{\rho_{\mathrm{W}}}\right)^{2} - \left(-x_{\mathrm{1}}\right) \cdot \sqrt{k}", model.ToLatex());
        var mathMl = model.ToMathMl();
        Assert.StartsWith("<math display=\"block\"><mrow><mi>dm</mi><mo>=</mo>", mathMl, StringComparison.Ordinal);
        Assert.Contains("<mfrac><mrow><msub><mi>ρ</mi><mtext>a</mtext></msub><mo>−</mo><mrow><mn>1.2</mn><mo>×</mo><msup><mn>10</mn><mn>−3</mn></msup></mrow></mrow>", mathMl, StringComparison.Ordinal);
        System.Xml.Linq.XElement.Parse($"<r>{mathMl}</r>");
    }

    [Fact]
    public void Derived_constants_follow_from_the_adjusted_ones_to_all_their_digits()
    {
        double c = Value("c"), h = Value("h"), e = Value("e"), alpha = Value("alpha"), rydberg = Value("R_inf"), electron = Value("A_r_e");
        Dictionary<string, double> derived = new()
        {
            ["mu_0"] = 2 * alpha * h / (e * e * c), ["eps_0"] = e * e / (2 * alpha * h * c), ["Z_0"] = 2 * alpha * h / (e * e), ["m_e"] = 2 * h * rydberg / (c * alpha * alpha),
            ["m_u"] = 2 * h * rydberg / (c * alpha * alpha * electron), ["m_p"] = 2 * h * rydberg * Value("A_r_p") / (c * alpha * alpha * electron), ["m_n"] = 2 * h * rydberg * Value("A_r_n") / (c * alpha * alpha * electron),
            ["a_0"] = alpha / (4 * Math.PI * rydberg), ["E_h"] = 2 * h * c * rydberg, ["r_e"] = alpha * alpha * alpha / (4 * Math.PI * rydberg), ["lambda_C"] = alpha * alpha / (2 * rydberg),
            ["mu_B"] = e * alpha * alpha * c / (8 * Math.PI * rydberg), ["mu_N"] = e * alpha * alpha * c * electron / (8 * Math.PI * rydberg * Value("A_r_p")),
        };
        foreach (var (symbol, value) in derived)
            Assert.Equal(value, Value(symbol), 0.1 * PhysicalConstants.Find(symbol)!.StandardUncertainty + 1e-15 * value);
        Assert.Equal(1, PhysicalConstants.Correlation(PhysicalConstants.Find("mu_0")!, PhysicalConstants.Find("alpha")!), 1e-12);
        Assert.Equal(-1, PhysicalConstants.Correlation(PhysicalConstants.Find("mu_0")!, PhysicalConstants.Find("eps_0")!), 1e-12);
        Assert.Equal(0, PhysicalConstants.Correlation(PhysicalConstants.Find("G")!, PhysicalConstants.Find("eps_0")!));
        Assert.All(PhysicalConstants.All, k => Unit.Parse(k.Unit));
        static double Value(string symbol) => PhysicalConstants.Find(symbol)!.Value;
    }
}
