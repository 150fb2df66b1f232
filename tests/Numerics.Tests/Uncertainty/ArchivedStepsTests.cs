using System.Text.Json.Nodes;

namespace Plumbline.Numerics.Tests.Uncertainty;

/// <summary>Archives keep the computation: intermediate results, distributions, curvature.</summary>
public class ArchivedStepsTests
{
    private static UncertaintyArchive Again(params (string Name, UncertainNumber Number)[] numbers)
    {
        var archive = new UncertaintyArchive();
        foreach (var (name, number) in numbers)
            archive.Add(name, number);
        return UncertaintyArchive.Read(archive.ToJson());
    }

    private static void Same(UncertainNumber expected, UncertainNumber read)
    {
        Assert.Equal(expected.Value, read.Value);
        Assert.Equal(expected.StandardUncertainty, read.StandardUncertainty, 1e-13 * expected.StandardUncertainty);
        SecondOrder a = SecondOrder.Of(expected), b = SecondOrder.Of(read);
        Assert.Equal(a.Bias, b.Bias, 1e-11 * (a.StandardUncertainty + Math.Abs(a.Bias)));
        Assert.Equal(a.StandardUncertainty, b.StandardUncertainty, 1e-11 * a.StandardUncertainty);
        Assert.Equal(a.GumNoteUncertainty is null, b.GumNoteUncertainty is null);
    }

    [Theory, MemberData(nameof(RecordedSecondOrderTests.Formulas), MemberType = typeof(RecordedSecondOrderTests), DisableDiscoveryEnumeration = true)]
    public void Every_kind_of_step_comes_back(string text, Func<UncertainNumber> build)
    {
        var y = build();
        var read = Again(("y", y)).Numbers["y"];
        Assert.NotEmpty(text);
        Same(y, read);
        // Once more through a second archive, and still the same quantity.
        Same(y, Again(("y", read)).Numbers["y"]);
        Assert.Equal(0, (read - y).StandardUncertainty, 1e-12 * y.StandardUncertainty);
    }

    [Fact]
    public void A_budget_is_regrouped_through_an_intermediate_that_was_read()
    {
        UncertainNumber a = UncertainNumber.Of(2, 0.1, label: "a"), b = UncertainNumber.Of(3, 0.2, label: "b"), z = (a * b).As("z"), w = (a + 1).As("w"), y = z * z + w / b;
        var read = Again(("y", y), ("half", z / 2));
        Assert.Equal(["w", "z"], read.Intermediates.Keys.Order());
        var expected = UncertaintyBudget.Through(y, z, w);
        var computed = UncertaintyBudget.Through(read.Numbers["y"], read.Intermediates["z"], read.Intermediates["w"]);
        Assert.Equal(expected.Lines.Select(l => l.Name), computed.Lines.Select(l => l.Name));
        foreach (var (e, c) in expected.Lines.Zip(computed.Lines))
            Assert.Equal(e.Contribution, c.Contribution, 1e-14);
        Assert.Equal(expected.Covariances.Select(c => c.Correlation), computed.Covariances.Select(c => c.Correlation), (x, v) => Math.Abs(x - v) < 1e-13);
        Assert.Equal(UncertainNumber.Covariance(y, z / 2), UncertainNumber.Covariance(read.Numbers["y"], read.Numbers["half"]), 1e-14);
    }

    public static TheoryData<InputDistribution> Distributions =>
    [
        NormalDistribution.FromStandardDeviation(1, 0.3), StudentTDistribution.FromScale(1, 0.3, 4.5), StudentTDistribution.FromStandardDeviation(1, 0.3, 8), RectangularDistribution.HalfWidth(0.1, 0.3), ArcSineDistribution.HalfWidth(0.1, 0.3),
        TriangularDistribution.Limits(0, 0.2, 1), TrapezoidalDistribution.HalfWidth(0.1, 0.3, 0.4), CurvilinearTrapezoidDistribution.HalfWidth(0.1, 0.3, 0.05), ExponentialDistribution.FromMean(0.7), GammaDistribution.FromPoissonCount(12),
        LogNormalDistribution.FromMeanAndStandardDeviation(2, 0.4), WeibullDistribution.FromShapeAndScale(1.5, 2), BetaDistribution.FromShapes(2, 3, -1, 4), ConstantDistribution.Of(3),
        RelativeDistribution.Of(10, RectangularDistribution.HalfWidth(0, 0.01)), EmpiricalDistribution.FromObservations([1.5, 1.1, 1.3]), QuantileTableDistribution.FromTable([0, 0.25, 1], [1, 2, 4]),
    ];

    [Theory, MemberData(nameof(Distributions), DisableDiscoveryEnumeration = true)]
    public void A_distribution_comes_back_as_it_was_given(InputDistribution distribution)
    {
        var x = UncertainNumber.Of(distribution, 7, "x");
        var read = Again(("y", 2 * x)).Numbers["y"].Derivatives.Elementaries.Single();
        Assert.Equal(distribution.GetType(), read.Distribution!.GetType());
        Assert.Equal(distribution.Symbol, read.Distribution.Symbol);
        Assert.Equal(distribution.Mean, read.Distribution.Mean);
        Assert.Equal(distribution.Quantile(0.3), read.Distribution.Quantile(0.3), 1e-14);
        Assert.Equal(7, read.DegreesOfFreedom);
    }

    [Fact]
    public void Parameters_are_named_for_what_they_are_and_relative_ones_stay_relative()
    {
        var archive = new UncertaintyArchive();
        archive.Add("x", UncertainNumber.Of(RelativeDistribution.Of(10, RectangularDistribution.HalfWidth(0, 0.01)), label: "x"));
        archive.Add("t", UncertainNumber.Of(StudentTDistribution.FromScale(1, 0.3, 5), label: "t"));
        var inputs = JsonNode.Parse(archive.ToJson())!["inputs"]!.AsArray();
        var x = inputs.Single(i => (string?)i!["label"] == "x")!["distribution"]!;
        Assert.Equal(("relative", 10.0, -0.01), ((string?)x["kind"], (double)x["estimate"]!, (double)x["relativeDeviation"]!["lower"]!));
        Assert.Equal(0.3, (double)inputs.Single(i => (string?)i!["label"] == "t")!["distribution"]!["scale"]!);
    }

    [Fact]
    public void Implicit_results_and_complex_numbers_come_back()
    {
        var a = UncertainNumber.Of(1.3, 0.2, label: "a");
        var root = MeasurementModel.Parse("unknown y = 1\n0 = y^3 - a", ["a"]).Evaluate(a)[0];
        Same(root * root + a, Again(("s", root * root + a)).Numbers["s"]);
        Same(root, Again(("s", Again(("r", root)).Numbers["r"])).Numbers["s"]);
        var z = UncertainComplex.Of(0.8, -0.6, new[,] { { 0.01, 0.002 }, { 0.002, 0.02 } }, 6, "z");
        var archive = new UncertaintyArchive();
        archive.Add("w", z.Exp() / z + z.Sqrt());
        archive.Add("z", z);
        var read = UncertaintyArchive.Read(archive.ToJson());
        var (w, expected) = (read.ComplexNumbers["w"], archive.ComplexNumbers["w"]);
        Same(expected.Real, w.Real);
        Same(expected.Imaginary, w.Imaginary);
        Assert.Equal(expected.Correlation, w.Correlation, 1e-12);
        Assert.Equal(expected.DegreesOfFreedom.Value!.Value, w.DegreesOfFreedom.Value!.Value, 1e-10);
    }

    [Fact]
    public void Ten_thousand_inputs_and_deep_chains_are_kept()
    {
        double[] values = [.. Enumerable.Range(0, 10_000).Select(i => i / 7.0)], u = [.. values.Select(v => 0.1 + v / 1e5)];
        var mean = UncertainArray.Of(values, u).Mean();
        var sum = UncertainNumber.Exact(0);
        for (var i = 0; i < 10_000; i++)
            sum += UncertainNumber.Of(i, 1);
        var read = Again(("mean", mean), ("sum", sum));
        Assert.Equal(mean.Value, read.Numbers["mean"].Value);
        Assert.Equal(mean.StandardUncertainty, read.Numbers["mean"].StandardUncertainty, 1e-12);
        Assert.Equal(100, read.Numbers["sum"].StandardUncertainty, 1e-10);
    }

    [Theory]
    [InlineData("archive-v1.json")]
    [InlineData("archive-v2.json")]
    public void An_archive_of_an_earlier_release_stays_readable(string file)
    {
        var read = UncertaintyArchive.Read(File.ReadAllText(Path.Combine(TestData.Folder, "..", "uncertainty-archives", file)));
        var y = read.Numbers["y"];
        // y = x·p + q with x = 2(0.1; 9) and p, q observed together three times.
        Assert.Equal(7.333333333333333, y.Value, 1e-14);
        Assert.Equal(0.14892205269125786, y.StandardUncertainty, 1e-13);
        Assert.Equal(9.230293032824864, y.DegreesOfFreedom.Value!.Value, 1e-10);
        Assert.Equal(["p", "q", "x"], y.Derivatives.Elementaries.Select(e => e.Label).Order());
        Assert.Equal(-2, read.ComplexNumbers["S"].Value.Imaginary);
        Assert.Equal(8, read.ComplexNumbers["S"].DegreesOfFreedom.Value!.Value, 1e-10);
        if (file == "archive-v2.json")
            Assert.Equal(0.12, read.Intermediates["product"].ComponentFrom(UncertainNumber.Of(y.Derivatives.Elementaries.Single(e => e.Label == "x"))), 1e-14);
    }

    private static string Archive(string steps, string numbers = """{"y":{"step":0,"value":1}}""", string derived = "") => $$"""
        {"format":"plumbline-uncertain-numbers","version":2,"inputs":[{"id":"7d7c1a9e-6a0e-4b3c-8f53-0d2f6c1f0001","value":1,"u":0.1,"dof":null}],"groups":[],"steps":[{{steps}}],"derived":[{{derived}}],"labels":[],"numbers":{{numbers}},"complex":{} }
        """;

    [Theory]
    [InlineData("\"frobnicate 0 0\"", "frobnicate")]
    [InlineData("\"add 0 1\"", "does not stand before it")]
    [InlineData("\"constant many\"", "constant many")]
    [InlineData("\"constant NaN\"", "constant NaN")]
    [InlineData("\"input 7d7c1a9e-6a0e-4b3c-8f53-0d2f6c1f0002\"", "not in the archive")]
    [InlineData("\"derived 0\"", "derived 0")]
    [InlineData("\"constant 2\"", "the archive says 1")]
    [InlineData("\"\"", "Step 0")]
    [InlineData("\"1\"", "Step 0")]
    [InlineData("", "step 0 of 0")]
    public void A_step_that_cannot_be_read_is_named(string steps, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => UncertaintyArchive.Read(Archive(steps))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_distribution_that_is_not_known_is_named() => Assert.Contains("'odd'", Assert.Throws<FormatException>(() => UncertaintyArchive.Read(
        Archive("\"constant 1\"").Replace("\"dof\":null", "\"dof\":null,\"distribution\":{\"kind\":\"odd\"}", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
}
