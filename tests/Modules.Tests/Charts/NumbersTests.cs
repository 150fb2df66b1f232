using Plumbline.Interface;

namespace Plumbline.Modules.Tests.Charts;

/// <summary>Signs that cannot be seen are written "~" (no-break space) and "'" (thin space) here.</summary>
public sealed class NumbersTests
{
    private static string Visible(string text) => text.Replace(Numbers.NoBreakSpace, '~').Replace(Numbers.ThinSpace, '\'');

    [Theory]
    [InlineData("0.350", "0.350")]
    [InlineData("-0.350", "−0.350")]
    [InlineData("+1.50", "+1.50")]
    [InlineData("1234", "1234")]
    [InlineData("12345.6789", "12'345.6789")]
    [InlineData("0.123456", "0.123'456")]
    [InlineData("100000000000000000000.10", "100'000'000'000'000'000'000.10")]
    [InlineData("1.230e-6", "1.230~×~10⁻⁶")]
    [InlineData("1E+12", "1~×~10¹²")]
    [InlineData("5.", "5.")]
    [InlineData(".5", ".5")]
    [InlineData("<0.3", "<0.3")]
    [InlineData("", "—")]
    public void Typed_digits_stay_as_typed(string typed, string shown) => Assert.Equal(shown, Visible(Numbers.Typed(typed)));

    [Theory]
    [InlineData(2.675, 2, "2.68")]
    [InlineData(2.665, 2, "2.66")]
    [InlineData(0.5, 0, "0")]
    [InlineData(1.5, 0, "2")]
    [InlineData(2.5, 0, "2")]
    [InlineData(2.50001, 0, "3")]
    [InlineData(9.995, 2, "10.00")]
    [InlineData(-0.004, 2, "0.00")]
    [InlineData(-0.006, 2, "−0.01")]
    [InlineData(0.1 + 0.2, 15, "0.300'000'000'000'000")]
    [InlineData(1e21, 1, "1'000'000'000'000'000'000'000.0")]
    [InlineData(1250, -2, "1200")]
    public void Rounding_is_done_on_decimal_digits_with_halves_to_even(double value, int decimals, string shown) =>
        Assert.Equal(shown, Visible(Numbers.Fixed(value, decimals)));

    [Theory]
    [InlineData(10.47, Rounding.Up, "11")]
    [InlineData(28.05, Rounding.Up, "28")]
    [InlineData(10.47, Rounding.HalfToEven, "10")]
    [InlineData(28.05, Rounding.HalfToEven, "28")]
    [InlineData(0.0996, Rounding.HalfToEven, "0.10")]
    [InlineData(0.09905, Rounding.Up, "0.099")]
    [InlineData(0.0992, Rounding.Up, "0.10")]
    [InlineData(0, Rounding.Up, "0")]
    public void Uncertainties_have_two_digits_and_the_examples_of_GUM_7_2_6_come_out(double uncertainty, Rounding rounding, string shown) =>
        Assert.Equal(shown, Numbers.Uncertainty(uncertainty, 2, rounding));

    [Theory]
    [InlineData(0.3512, 0.1834, null, "0.35~±~0.18", "0.35(18)")]
    [InlineData(0.3512, 0.1834, "mV", "(0.35~±~0.18)~mV", "0.35(18)~mV")]
    [InlineData(-5.9, 6.84, "ug", "(−5.9~±~6.8)~µg", "−5.9(68)~µg")]
    [InlineData(1.2345678e-6, 1.2e-8, "m", "(1.235~±~0.012)~×~10⁻⁶~m", "1.235(12)~×~10⁻⁶~m")]
    [InlineData(123456, 1234, "Bq", "(1.235~±~0.012)~×~10⁵~Bq", "1.235(12)~×~10⁵~Bq")]
    [InlineData(123456, 12, "Bq", "(123'456~±~12)~Bq", "123'456(12)~Bq")]
    [InlineData(10.0, 0.000123, "V", "(10.000'00~±~0.000'12)~V", "10.000'00(12)~V")]
    [InlineData(0, 0.00002, "g", "(0.0~±~2.0)~×~10⁻⁵~g", "0.0(20)~×~10⁻⁵~g")]
    [InlineData(0.04, 3.7, "K", "(0.0~±~3.7)~K", "0.0(37)~K")]
    [InlineData(5.5, 0.0, "K", "5.5~K", "5.5~K")]
    [InlineData(9.996, 0.0996, "K", "(10.00~±~0.10)~K", "10.00(10)~K")]
    [InlineData(30.2, 0.5, "°", "(30.20~±~0.50)°", "30.20(50)°")]
    public void Value_and_uncertainty_stand_to_the_same_digit(double value, double uncertainty, string? unit, string plusMinus, string concise)
    {
        Assert.Equal(plusMinus, Visible(Numbers.PlusMinus(value, uncertainty, unit)));
        Assert.Equal(concise, Visible(Numbers.Concise(value, uncertainty, unit)));
    }

    [Theory]
    [InlineData(1.003, "1.003")]
    [InlineData(1.0, "1.00")]
    [InlineData(-1.0004, "−1.0004")]
    [InlineData(0.9996, "1.00")]
    [InlineData(-0.314, "−0.31")]
    [InlineData(2.0001, "2.0001")]
    [InlineData(1e-9, "0.00")]
    public void A_score_never_rounds_across_its_limit(double score, string shown) =>
        Assert.Equal(shown, Numbers.Score(score, 2, 1, 2));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1200.0, "1200")]
    [InlineData(1e6, "1'000'000")]
    [InlineData(1e7, "1~×~10⁷")]
    [InlineData(-2.5e-7, "−2.5~×~10⁻⁷")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(null, "—")]
    public void A_bare_number_has_its_shortest_digits(double? value, string shown) => Assert.Equal(shown, Visible(Numbers.Of(value)));

    [Theory]
    [InlineData(0.018, 3)]
    [InlineData(0.0996, 2)]
    [InlineData(12, 0)]
    [InlineData(1234, 0)]
    [InlineData(0, 0)]
    public void The_uncertainty_says_how_many_decimals_a_column_has(double uncertainty, int decimals) => Assert.Equal(decimals, Numbers.DecimalsFor(uncertainty));

    [Theory]
    [InlineData("W m^-2", "W m⁻²")]
    [InlineData("kg/m3", "kg/m³")]
    [InlineData("s-1", "s⁻¹")]
    [InlineData("m^{-1}", "m⁻¹")]
    [InlineData("cm2", "cm²")]
    [InlineData("mmH2O", "mmH2O")]
    [InlineData("ug/L", "µg/L")]
    [InlineData("μm", "µm")]
    [InlineData("N*m", "N·m")]
    [InlineData("1", "")]
    [InlineData(null, "")]
    [InlineData("%", "%")]
    [InlineData("℃", "℃")]
    public void Units_are_printed_with_real_superscripts(string? typed, string shown) => Assert.Equal(shown, Units.Text(typed));

    [Theory]
    [InlineData("*E*_n", "<i>E</i><sub>n</sub>", "En")]
    [InlineData("*x*_{ref} / mV", "<i>x</i><sub>ref</sub> / mV", "xref / mV")]
    [InlineData("|*D*_{*ij*}|/*U*(*D*_{*ij*})", "|<i>D</i><sub><i>ij</i></sub>|/<i>U</i>(<i>D</i><sub><i>ij</i></sub>)", "|Dij|/U(Dij)")]
    [InlineData("10^{-6} m^2", "10<sup>−6</sup> m<sup>2</sup>", "10−6 m2")]
    [InlineData("N*m", "N*m", "N*m")]
    [InlineData("<b>_", "&lt;b&gt;_", "<b>_")]
    [InlineData("*a", "*a", "*a")]
    public void Labels_carry_italics_and_subscripts(string label, string html, string plain)
    {
        Assert.Equal(html, MathText.Html(label).Value);
        Assert.Equal(plain, MathText.Plain(label));
    }

    [Fact]
    public void Markup_encodes_and_raises_powers() =>
        Assert.Equal("&lt;1&#xA0;×&#xA0;10<sup>−6</sup>", NumbersHtml.Html("<" + Numbers.Typed("1e-6")).Value);

    [Fact]
    public async Task A_quantity_in_a_page_has_an_italic_symbol_and_an_upright_unit()
    {
        var html = await ChartSamples.HtmlAsync<Quantity>(new() { ["Symbol"] = "*x*_{ref}", ["Value"] = 0.3512, ["Uncertainty"] = 0.1834, ["Unit"] = "mm^2" });
        Assert.Equal("<span class=\"q\"><i>x</i><sub>ref</sub>&#xA0;=&#xA0;(0.35&#xA0;±&#xA0;0.18)&#xA0;mm<sup>2</sup></span>", html);
        Assert.Contains("0.350&#xA0;±&#xA0;0.18", await ChartSamples.HtmlAsync<Quantity>(new() { ["Typed"] = "0.350", ["TypedUncertainty"] = "0.18" }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_finite_is_a_fault_of_ours() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers.Fixed(double.NaN, 2));
}
