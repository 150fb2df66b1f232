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
            ["sigma_e"] = Math.Pow(alpha, 6) / (6 * Math.PI * rydberg * rydberg), ["M_u"] = 2 * h * rydberg * Value("N_A") / (c * alpha * alpha * electron),
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

    /// <summary>The complete listing of the 2022 adjustment (physics.nist.gov/constants), value and uncertainty as printed.</summary>
    [Theory]
    [InlineData("c", "299 792 458", "0")]
    [InlineData("h", "6.626 070 15 e-34", "0")]
    [InlineData("e", "1.602 176 634 e-19", "0")]
    [InlineData("k", "1.380 649 e-23", "0")]
    [InlineData("N_A", "6.022 140 76 e23", "0")]
    [InlineData("G", "6.674 30 e-11", "0.000 15 e-11")]
    [InlineData("alpha", "7.297 352 5643 e-3", "0.000 000 0011 e-3")]
    [InlineData("R_inf", "10 973 731.568 157", "0.000 012")]
    [InlineData("A_r_e", "5.485 799 090 441 e-4", "0.000 000 000 097 e-4")]
    [InlineData("A_r_p", "1.007 276 466 5789", "0.000 000 000 0083")]
    [InlineData("A_r_n", "1.008 664 916 06", "0.000 000 000 40")]
    [InlineData("mu_0", "1.256 637 061 27 e-6", "0.000 000 000 20 e-6")]
    [InlineData("eps_0", "8.854 187 8188 e-12", "0.000 000 0014 e-12")]
    [InlineData("Z_0", "376.730 313 412", "0.000 000 059")]
    [InlineData("m_e", "9.109 383 7139 e-31", "0.000 000 0028 e-31")]
    [InlineData("m_u", "1.660 539 068 92 e-27", "0.000 000 000 52 e-27")]
    [InlineData("m_p", "1.672 621 925 95 e-27", "0.000 000 000 52 e-27")]
    [InlineData("m_n", "1.674 927 500 56 e-27", "0.000 000 000 85 e-27")]
    [InlineData("a_0", "5.291 772 105 44 e-11", "0.000 000 000 82 e-11")]
    [InlineData("E_h", "4.359 744 722 2060 e-18", "0.000 000 000 0048 e-18")]
    [InlineData("mu_N", "5.050 783 7393 e-27", "0.000 000 0016 e-27")]
    [InlineData("sigma_e", "6.652 458 7051 e-29", "0.000 000 0062 e-29")]
    public void A_constant_is_that_of_the_listing(string symbol, string value, string uncertainty)
    {
        var constant = PhysicalConstants.Find(symbol)!;
        Assert.Equal((Number(value), Number(uncertainty)), (constant.Value, constant.StandardUncertainty));
        static double Number(string text) => double.Parse(text.Replace(" ", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Exact constants of the listing that it cuts off with dots.</summary>
    [Theory]
    [InlineData("hbar", 1.054571817e-34)]
    [InlineData("R", 8.314462618)]
    [InlineData("F", 96485.33212)]
    [InlineData("Phi_0", 2.067833848e-15)]
    [InlineData("K_J", 483597.8484e9)]
    [InlineData("R_K", 25812.80745)]
    [InlineData("sigma", 5.670374419e-8)]
    [InlineData("c_1", 3.741771852e-16)]
    [InlineData("c_2", 1.438776877e-2)]
    [InlineData("b_W", 2.897771955e-3)]
    public void An_exact_constant_begins_as_in_the_listing(string symbol, double value)
    {
        var constant = PhysicalConstants.Find(symbol)!;
        Assert.Equal(0, constant.StandardUncertainty);
        Assert.InRange(constant.Value / value - 1, -1e-15, 1e-9);
    }

    [Fact]
    public void Uncertainties_of_derived_constants_follow_from_those_of_the_adjusted_ones()
    {
        Assert.Equal("CODATA 2022", PhysicalConstants.Edition);
        PhysicalConstant[] adjusted = [.. new[] { "alpha", "R_inf", "A_r_e", "A_r_p", "A_r_n" }.Select(s => PhysicalConstants.Find(s)!)];
        foreach (var constant in PhysicalConstants.All.Where(c => c.Powers.Length > 0))
        {
            var relative = Math.Sqrt(constant.Powers.Select((p, i) => Math.Pow(p * adjusted[i].StandardUncertainty / adjusted[i].Value, 2)).Sum());
            // Two digits are printed, and the adjusted constants are correlated by some hundredths.
            Assert.InRange(constant.StandardUncertainty / (relative * constant.Value), 0.93, 1.07);
        }
    }

    /// <summary>Relations between constants that no constant of the list is defined by: each holds within a tenth of the largest uncertainty in it; exact constants agree to rounding.</summary>
    [Theory]
    [InlineData("const.alpha - const.e^2/(4*pi*const.eps_0*const.hbar*const.c)")]
    [InlineData("const.alpha - const.e^2*const.c*const.mu_0/(2*const.h)")]
    [InlineData("1 - const.mu_0*const.eps_0*const.c^2")]
    [InlineData("const.Z_0 - const.mu_0*const.c")]
    [InlineData("const.R_inf - const.m_e*const.c*const.alpha^2/(2*const.h)")]
    [InlineData("const.a_0 - const.hbar/(const.m_e*const.c*const.alpha)")]
    [InlineData("const.E_h - const.m_e*(const.c*const.alpha)^2")]
    [InlineData("const.r_e - const.alpha^2*const.a_0")]
    [InlineData("const.lambda_C - const.h/(const.m_e*const.c)")]
    [InlineData("const.mu_B - const.e*const.hbar/(2*const.m_e)")]
    [InlineData("const.mu_N - const.e*const.hbar/(2*const.m_p)")]
    [InlineData("const.sigma_e - 8*pi/3*const.r_e^2")]
    [InlineData("const.m_u - const.m_e/const.A_r_e")]
    [InlineData("const.m_p - const.A_r_p*const.m_u")]
    [InlineData("const.m_n - const.A_r_n*const.m_u")]
    [InlineData("const.M_u - const.m_u*const.N_A")]
    [InlineData("const.R_K - const.mu_0*const.c/(2*const.alpha)")]
    [InlineData("const.K_J*const.R_K*const.e/2 - 1")]
    [InlineData("const.F/(const.N_A*const.e) - 1")]
    [InlineData("const.R/(const.N_A*const.k) - 1")]
    [InlineData("const.sigma*15*(const.h*const.c)^4/(const.c_1*(pi*const.k)^4) - 1")]
    public void A_relation_of_physics_holds(string difference)
    {
        var model = MeasurementModel.Parse(difference);
        PhysicalConstant[] constants = [.. model.QuantityNames.Select(n => PhysicalConstants.Find(n["const.".Length..])!)];
        double[] estimates = [.. constants.Select(c => c.Value)];
        var gradient = model.Jacobian(estimates);
        var scale = constants.Select((c, i) => Math.Abs(gradient[0, i] * c.StandardUncertainty)).DefaultIfEmpty(0).Max();
        var size = constants.Select((c, i) => Math.Abs(gradient[0, i] * c.Value)).DefaultIfEmpty(1).Max();
        Assert.InRange(model.Evaluate(estimates)[0], -0.1 * scale - 1e-14 * size - (constants.Length == 0 ? 1e-13 : 0), 0.1 * scale + 1e-14 * size + (constants.Length == 0 ? 1e-13 : 0));
    }
}
