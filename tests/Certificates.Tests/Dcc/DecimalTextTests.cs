using System.Globalization;
using System.Numerics;

namespace Plumbline.Certificates.Tests;

public class DecimalTextTests
{
    [Theory]
    [InlineData("0.350", "350", -3, 3, -1)]
    [InlineData("-12.0", "-120", -1, 3, 1)]
    [InlineData("+.5", "5", -1, 1, -1)]
    [InlineData("7.", "7", 0, 1, 0)]
    [InlineData("3200", "3200", 0, 4, 3)]
    [InlineData("1.20E-6", "120", -8, 3, -6)]
    [InlineData("35e+2", "35", 2, 2, 3)]
    [InlineData("0.00", "0", -2, 1, -2)]
    [InlineData(" 1\n", "1", 0, 1, 0)]
    public void A_number_keeps_its_digits_and_knows_its_places(string text, string coefficient, int exponent, int significant, int leading)
    {
        var number = DecimalText.Parse(text);
        Assert.Equal(text.Trim(), number.Text);
        Assert.Equal(BigInteger.Parse(coefficient, CultureInfo.InvariantCulture), number.Coefficient);
        Assert.Equal((exponent, significant, leading), (number.Exponent, number.SignificantDigits, number.LeadingPlace));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1,5")]
    [InlineData("1 5")]
    [InlineData("--1")]
    [InlineData("1E")]
    [InlineData("1E1001")]
    [InlineData("1E99999999999999999999")]
    [InlineData("INF")]
    [InlineData("nan")]
    [InlineData("0x10")]
    [InlineData("１")]
    public void What_is_no_number_is_refused(string text) => Assert.False(DecimalText.TryParse(text, out _));

    [Fact]
    public void NaN_is_read_and_never_reckoned_with()
    {
        var number = DecimalText.Parse("NaN");
        Assert.True(number.IsNaN);
        Assert.Throws<InvalidOperationException>(() => number.Add(number));
        Assert.Throws<InvalidOperationException>(() => DecimalText.Compare(number, default));
    }

    [Fact]
    public void Arithmetic_agrees_with_that_of_decimals()
    {
        var random = new Random(20260901);
        for (var i = 0; i < 20_000; i++)
        {
            var (a, b) = (Any(random), Any(random));
            var (x, y) = (DecimalText.Parse(a.ToString(CultureInfo.InvariantCulture)), DecimalText.Parse(b.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(a + b, Value(x.Add(y)));
            Assert.Equal(a - b, Value(x.Subtract(y)));
            Assert.Equal(a * b, Value(x.Multiply(y)));
            Assert.Equal(Math.Sign(a.CompareTo(b)), Math.Sign(DecimalText.Compare(x, y)));
            Assert.Equal(-a, Value(x.Negate()));
            Assert.Equal(Math.Round(a, 2, MidpointRounding.ToEven), Value(x.Round(-2)));
            Assert.Equal(Math.Round(a, 1, MidpointRounding.AwayFromZero), Value(x.Round(-1, MidpointRounding.AwayFromZero)));
            Assert.Equal(0, DecimalText.Compare(x, x.Trimmed()));
            if (b != 0)
                Assert.True(Math.Abs(a / b - Value(x.Divide(y, 20))) <= Math.Max(1e-18m, Math.Abs(a / b) * 1e-18m));
        }
    }

    [Theory]
    [InlineData("2.5", 0, "2")]
    [InlineData("3.5", 0, "4")]
    [InlineData("-0.2500001", -1, "-0.3")]
    [InlineData("1234", 2, "12E2")]
    [InlineData("0.35", -4, "0.35")]
    public void Rounding_is_half_to_even_on_the_exact_digits(string text, int place, string expected) => Assert.Equal(expected, DecimalText.Parse(text).Round(place).Text);

    [Theory]
    [InlineData("1", "3", 5, "0.33333")]
    [InlineData("2", "3", 5, "0.66667")]
    [InlineData("1", "8", 2, "0.12")]
    [InlineData("1.0000001", "8", 2, "0.13")]
    [InlineData("10", "-4", 10, "-2.5")]
    public void A_quotient_is_rounded_once(string a, string b, int digits, string expected) => Assert.Equal(expected, DecimalText.Parse(a).Divide(DecimalText.Parse(b), digits).Text);

    [Fact]
    public void Texts_differ_where_numbers_agree()
    {
        var (a, b) = (DecimalText.Parse("0.350"), DecimalText.Parse("0.35"));
        Assert.NotEqual(a, b);
        Assert.Equal(0, DecimalText.Compare(a, b));
        Assert.Equal("0", default(DecimalText).Text);
    }

    private static decimal Any(Random random) => new decimal(random.Next(), random.Next(3), 0, random.Next(2) == 0, (byte)random.Next(7)) / (random.Next(5) == 0 ? 1000000m : 1m);

    private static decimal Value(DecimalText number) => decimal.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
