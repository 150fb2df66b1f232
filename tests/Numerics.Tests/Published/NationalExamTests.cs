using System.Text.Json.Nodes;

namespace Plumbline.Numerics.Tests.Published;

/// <summary>Worked comparisons of the national examination for registered metrologists (注册计量师), tests/data/comparison/national-exam-cases.json.</summary>
public class NationalExamTests
{
    private static JsonNode Case(string id) => TestData.Read("national-exam-cases.json")["cases"]!.AsArray().Single(c => (string)c!["id"]! == id)!;

    private static void Near(double expected, double? actual, double relative = 1e-9) => Assert.InRange(actual!.Value, expected - Math.Abs(expected) * relative, expected + Math.Abs(expected) * relative);

    [Theory]
    [InlineData(5, 1.672), InlineData(6, 1.822), InlineData(7, 1.938), InlineData(8, 2.032)]
    public void Grubbs_critical_values_are_the_printed_ones(int count, double printed) =>
        Assert.InRange(Grubbs.CriticalValue(count, 0.05), printed - 0.001, printed + 0.001); // n = 5 is 1.6714, printed 1.672

    [Fact]
    public void Exam_2013_A_weighted_mean()
    {
        var c = Case("EXAM-2013-A");
        double[] x = TestData.Numbers(c["x"]), u = [.. TestData.Numbers(c["U"]).Select(v => Coverage.StandardFromFactor(v, 2))];
        var r = WeightedMean.Of(x, u);
        Near(0.3677046632124352, r.Value);
        Near(0.0015269597956778628, r.StandardUncertainty);
        Near(0.5581462291306862, r.ChiSquared);
        Assert.Equal(3, r.DegreesOfFreedom);
    }

    [Fact]
    public void Exam_2013_B_has_no_outlier_and_both_forms_of_En()
    {
        var c = Case("EXAM-2013-B");
        double[] x = TestData.Numbers(c["x"]), u = [.. TestData.Numbers(c["U"]).Select(v => v / 2)];
        var test = Grubbs.Test(x);
        Assert.Equal(2, test.Index);
        Near(1.7245818171551006, test.Statistic);
        Assert.False(test.IsOutlier);
        var mean = ArithmeticMean.Of(x, u);
        Near(0.8685714285714285, mean.Value);
        Near(0.0009449111825230679, mean.StandardUncertainty);
        Near(0.7406560798180453, EnScore.Contributed(0.872, 0.005, mean.Value, 2 * mean.StandardUncertainty).Value);
        Near(0.6414269805898221, EnScore.Independent(0.872, 0.005, mean.Value, 2 * mean.StandardUncertainty).Value);
    }

    [Fact]
    public void Exam_1V_a_typing_error_masks_an_outlier()
    {
        var c = Case("EXAM-1V");
        double[] raw = TestData.Numbers(c["x_as_submitted"]), corrected = TestData.Numbers(c["x_after_lab2_written_correction"]);
        var masked = Grubbs.Test(raw);
        Assert.Equal(3, masked.Index);
        Near(1.8059441347749656, masked.Statistic);
        Assert.False(masked.IsOutlier);
        var passes = Grubbs.Iterate(corrected);
        Assert.Equal([3, 6], passes.Select(t => t.Index));
        Near(2.125110956963386, passes[0].Statistic);
        Near(1.6449901243873541, passes[1].Statistic);
        Assert.Equal([true, false], passes.Select(t => t.IsOutlier));

        int[] kept = [0, 1, 2, 4, 5, 6];
        double[] u = [.. TestData.Numbers(c["U_uV"]).Select(v => v / 2 * 1e-6)];
        var r = WeightedMean.Of([.. kept.Select(i => corrected[i])], [.. kept.Select(i => u[i])]);
        Near(1.0000011523809522, r.Value, 1e-15);
        Near(0.9759000729485332e-6, r.StandardUncertainty, 1e-9);
        Near(0.6186023010492974, EnScore.Contributed(corrected[6], 5e-6, r.Value, 2 * r.StandardUncertainty).Value, 1e-6);
        Near(0.5305347669405336, EnScore.Independent(corrected[6], 5e-6, r.Value, 2 * r.StandardUncertainty).Value, 1e-6);
        Near(-2.077779973457128, EnScore.Independent(corrected[3], 5e-6, r.Value, 2 * r.StandardUncertainty).Value, 1e-6);
    }

    [Fact]
    public void Exam_weighted_mean_with_external_uncertainty()
    {
        var c = Case("EXAM-WMEAN");
        var r = WeightedMean.Of(TestData.Numbers(c["x"]), TestData.Numbers(c["u"]));
        Near(227.6879673957084, r.Value);
        Near(8.700088316082423, r.StandardUncertainty);
        Near(12.34429896602027, r.ExternalStandardUncertainty);
        Near(6.039580787654453, r.ChiSquared);
        Near(1.4188, r.BirgeRatio, 1e-4);
    }

    [Fact]
    public void Jjf_1033_transfer_comparison_needs_one_coverage_factor()
    {
        double lab = Coverage.Expand(Coverage.StandardFromFactor(2.0, 2)), reference = Coverage.Expand(Coverage.StandardFromFactor(1.5, 3));
        Near(1.0, reference);
        Near(2.23606797749979, double.Hypot(lab, reference));
        Assert.Equal(Verdict.Satisfactory, EnScore.Independent(-2.0, lab, 0, reference).Verdict);
    }
}
