using System.Text.Json.Nodes;

namespace Plumbline.Numerics.Tests.Distributions;

/// <summary>Both tails against 50-digit values (tests/data/distributions/tails.json), and quantiles against the tails they invert.</summary>
public class DistributionTests
{
    private static JsonNode Table => JsonNode.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "..", "distributions", "tails.json")))!;

    [Theory]
    [InlineData("normal", 3e-15), InlineData("chi2", 3e-14), InlineData("t", 3e-14), InlineData("f", 3e-14)]
    public void Both_tails_agree_with_fifty_digit_values(string name, double tolerance)
    {
        var worst = 0.0;
        var rows = 0;
        foreach (var row in Table["rows"]!.AsArray().Where(r => (string)r![0]! == name))
        {
            var a = TestData.Numbers(row![1]);
            var (lower, upper) = Tails(name, a);
            // What ln p amounts to multiplies the rounding of an exponent: nobody can do better in double precision.
            foreach (var (computed, exact) in new[] { (lower, (double)row[2]!), (upper, (double)row[3]!) })
            {
                var error = Math.Abs(computed / exact - 1) / (1 + Math.Abs(Math.Log(exact)) / 20);
                worst = Math.Max(worst, error);
                Assert.True(error <= tolerance, $"{name}({string.Join(", ", a)}): {computed:R}, exact {exact:R}, error {error:E1}");
            }
            rows++;
        }
        Assert.True(rows > 10);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {rows} rows, worst {worst:E1}");
    }

    [Theory]
    [InlineData("normal"), InlineData("chi2"), InlineData("t"), InlineData("f")]
    public void Quantiles_invert_both_tails(string name)
    {
        double[][] parameters = name switch { "normal" => [[]], "f" => [[1, 5], [3.5, 10], [200, 3], [12, 400]], _ => [[0.7], [1], [3], [9.5], [60], [1000]] };
        foreach (var q in parameters)
            foreach (var p in new[] { 1e-200, 1e-30, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.975, 0.999999 })
            {
                var x = Upper(name, p, q);
                if (x == 0 || double.IsInfinity(x) || name != "normal" && x > 1e100)
                    continue;
                Assert.Equal(1, Tails(name, [x, .. q]).Upper / p, 1e-11);
                if (p < 1e-100)
                    continue;
                x = Lower(name, p, q);
                if (x == 0 || Math.Abs(x) is > 1e100 or < 1e-100)
                    continue;
                Assert.Equal(1, Tails(name, [x, .. q]).Lower / p, 1e-11);
            }
    }

    [Fact]
    public void Infinitely_many_degrees_of_freedom_are_the_normal_distribution()
    {
        Assert.Equal(1.959963984540054, Coverage.Factor(0.95), 14);
        Assert.Equal(Normal.UpperTail(3), StudentT.UpperTail(3, double.PositiveInfinity), 15);
        Assert.Equal(Coverage.Factor(0.95), Coverage.Factor(0.95, 1e12), 1e-10);
    }

    [Fact]
    public void Densities_are_the_slopes_of_the_tails()
    {
        foreach (var x in new[] { 0.3, 1, 2.5, 6 })
        {
            Slope(Normal.Density(x), v => Normal.Cdf(v), x);
            foreach (var nu in new[] { 0.8, 1, 3, 17, 400 })
            {
                Slope(ChiSquare.Density(x, nu), v => ChiSquare.Cdf(v, nu), x);
                Slope(StudentT.Density(x, nu), v => StudentT.Cdf(v, nu), x);
            }
        }
    }

    private static void Slope(double density, Func<double, double> cdf, double x)
    {
        const double h = 1e-4;
        var slope = (8 * (cdf(x + h) - cdf(x - h)) - (cdf(x + 2 * h) - cdf(x - 2 * h))) / (12 * h);
        Assert.Equal(density, slope, 1e-10);
    }

    private static (double Lower, double Upper) Tails(string name, double[] a) => name switch
    {
        "normal" => (Normal.Cdf(a[0]), Normal.UpperTail(a[0])),
        "chi2" => (ChiSquare.Cdf(a[0], a[1]), ChiSquare.UpperTail(a[0], a[1])),
        "t" => (StudentT.Cdf(a[0], a[1]), StudentT.UpperTail(a[0], a[1])),
        _ => (FisherF.Cdf(a[0], a[1], a[2]), FisherF.UpperTail(a[0], a[1], a[2])),
    };

    private static double Upper(string name, double p, double[] q) => name switch
    {
        "normal" => Normal.UpperQuantile(p),
        "chi2" => ChiSquare.UpperQuantile(p, q[0]),
        "t" => StudentT.UpperQuantile(p, q[0]),
        _ => FisherF.UpperQuantile(p, q[0], q[1]),
    };

    private static double Lower(string name, double p, double[] q) => name switch
    {
        "normal" => Normal.Quantile(p),
        "chi2" => ChiSquare.Quantile(p, q[0]),
        "t" => StudentT.Quantile(p, q[0]),
        _ => FisherF.Quantile(p, q[0], q[1]),
    };

    /// <summary>From a 40-digit computation (mpmath).</summary>
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1e-9, 0.9999999988716208339)]
    [InlineData(0.05, 0.94599004355496148123)]
    [InlineData(0.3, 0.73459933456765514229)]
    [InlineData(0.7, 0.52593033734944094108)]
    [InlineData(1.1, 0.40173046063649509649)]
    [InlineData(1.9, 0.26650937366167264968)]
    [InlineData(2.6, 0.20361324735670921768)]
    [InlineData(3.75, 0.14558972127503853905)]
    [InlineData(5, 0.11070463773306862637)]
    [InlineData(7.3, 0.076580608471478912586)]
    [InlineData(11, 0.05108059475808844371)]
    [InlineData(26, 0.021683584850562906616)]
    [InlineData(140, 0.004029822800411947259)]
    [InlineData(1e4, 0.000056418958072680841152)]
    [InlineData(1e9, 5.6418958354775628667e-10)]
    public void The_scaled_error_function_keeps_its_digits(double x, double expected) => Assert.Equal(1, ErrorFunction.Erfcx(x) / expected, 8e-16);
}
