using Plumbline.Comparisons;

namespace Plumbline.Modules.Tests.Comparisons;

/// <summary>Digits are taken as laboratories type them; what means two things is refused.</summary>
public class ReportedNumberTests
{
    [Theory]
    [InlineData("1.50", 0.01), InlineData("1.5E3", 100), InlineData("2×10⁻³", 0.001), InlineData("0.000 20", 1e-5), InlineData("12", 1)]
    public void The_last_digit_counts_what_was_typed(string text, double unit)
    {
        Assert.True(ReportedNumber.TryParse(text, out var number, out _));
        Assert.Equal(unit, number.LastDigit, unit * 1e-12);
    }

    [Theory]
    [InlineData("0.350", 0.35)]
    [InlineData(" 12 ", 12)]
    [InlineData("-1.5", -1.5)]
    [InlineData("−1.5", -1.5)]
    [InlineData("－１．５", -1.5)]
    [InlineData("１２３．４５", 123.45)]
    [InlineData("+3", 3)]
    [InlineData("10 000.123 4", 10000.1234)]
    [InlineData("10 000", 10000)]
    [InlineData("1.5E-3", 0.0015)]
    [InlineData("1.5e+3", 1500)]
    [InlineData("1.5×10^-3", 0.0015)]
    [InlineData("1.5 × 10⁻³", 0.0015)]
    [InlineData("1.5x10^{3}", 1500)]
    [InlineData("2·10⁴", 20000)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("0", 0)]
    [InlineData("0.000", 0)]
    public void What_is_a_number_is_read_and_its_digits_stay(string typed, double value)
    {
        Assert.True(ReportedNumber.TryParse(typed, out var number, out var fault), fault.ToString());
        Assert.Equal(value, number.Value);
        Assert.Equal(typed.Trim(), number.Text);
    }

    [Theory]
    [InlineData(null, NumberFault.Missing)]
    [InlineData("  ", NumberFault.Missing)]
    [InlineData("NaN", NumberFault.NotFinite)]
    [InlineData("∞", NumberFault.NotFinite)]
    [InlineData("-Infinity", NumberFault.NotFinite)]
    [InlineData("1,234.5", NumberFault.ThousandsComma)]
    [InlineData("1,234,567", NumberFault.ThousandsComma)]
    [InlineData("1，234，567", NumberFault.ThousandsComma)]
    [InlineData("0,35", NumberFault.DecimalComma)]
    [InlineData("1,234", NumberFault.DecimalComma)]
    [InlineData("12 34", NumberFault.Grouping)]
    [InlineData("1.23 4567", NumberFault.Grouping)]
    [InlineData("1e400", NumberFault.OutOfRange)]
    [InlineData("1e-400", NumberFault.OutOfRange)]
    [InlineData("1.5×10-3", NumberFault.NotANumber)]
    [InlineData("1.2.3", NumberFault.NotANumber)]
    [InlineData("0.35(18)", NumberFault.NotANumber)]
    [InlineData("0.35±0.02", NumberFault.NotANumber)]
    [InlineData("5 mV", NumberFault.NotANumber)]
    [InlineData("0x1F", NumberFault.NotANumber)]
    [InlineData("--1", NumberFault.NotANumber)]
    [InlineData("e5", NumberFault.NotANumber)]
    [InlineData("<0.5", NumberFault.NotANumber)]
    public void What_is_none_or_means_two_things_is_refused_with_its_reason(string? typed, NumberFault expected)
    {
        Assert.False(ReportedNumber.TryParse(typed, out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void A_text_longer_than_any_number_is_refused()
    {
        Assert.False(ReportedNumber.TryParse(new string('1', 61), out _, out var fault));
        Assert.Equal(NumberFault.TooLong, fault);
    }

    [Fact]
    public void Whatever_the_text_reading_neither_throws_nor_gives_a_number_that_is_not_finite()
    {
        var random = new Random(20260302);
        const string letters = "0123456789.,eE+-−×x10^⁻³ \u2009_NaN∞％(){}";
        for (var i = 0; i < 20_000; i++)
        {
            var typed = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => letters[random.Next(letters.Length)]));
            if (ReportedNumber.TryParse(typed, out var number, out _))
                Assert.True(double.IsFinite(number.Value), typed);
        }
    }

    [Theory]
    [InlineData("µg/g", "μg/g", true)]
    [InlineData("Ω", "\u2126", true)]
    [InlineData("m²", "m^2", true)]
    [InlineData("s⁻¹", "s^-1", true)]
    [InlineData("ｍＶ", "mV", true)]
    [InlineData("°C", "℃", true)]
    [InlineData("mV", "MV", false)]
    [InlineData("mV", "V", false)]
    public void Units_are_the_same_however_they_are_typed(string one, string other, bool same) => Assert.Equal(same, ReportedUnit.IsSame(one, other));
}
