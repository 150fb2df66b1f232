using Plumbline.Comparisons;
using Plumbline.Numerics;

namespace Plumbline.Modules.Tests.Comparisons;

/// <summary>The worked cases of the national examinations for metrologists (注册计量师), from tests/data/comparison/national-exam-cases.json, through the evaluation.</summary>
public class NationalCasesTests
{
    [Fact]
    public void EXAM_2013_A_is_a_weighted_mean_of_four_laboratories()
    {
        var exam = Inputs.NationalCase("EXAM-2013-A");
        var point = Run(Input(exam, exam.Numbers("x"), exam.Numbers("U")));
        Close(exam.GetProperty("weighted_mean").GetDouble(), point.Reference!.Value);
        Close(exam.GetProperty("u_ref_internal").GetDouble(), point.Reference.StandardUncertainty);
        Close(exam.GetProperty("chi2").GetDouble(), point.Consistency!.ChiSquared);
        Assert.Equal((3, true), (point.Consistency.DegreesOfFreedom, point.Consistency.Passed));
    }

    [Fact]
    public void EXAM_2013_B_shows_both_forms_of_En_for_a_suspected_laboratory()
    {
        var exam = Inputs.NationalCase("EXAM-2013-B");
        var point = Run(Input(exam, exam.Numbers("x"), exam.Numbers("U")));
        var test = Assert.Single(point.OutlierTests);
        Assert.Equal(("LAB5", 7, false), (test.Laboratory, test.Count, test.IsOutlier));
        Close(exam.GetProperty("grubbs").GetProperty("G").GetDouble(), test.Statistic);
        // The examination prints the table's three decimals.
        Assert.Equal(1.938, test.CriticalValue, 3);
        Close(exam.GetProperty("mean").GetDouble(), point.Reference!.Value);
        var lab5 = point.Laboratories.Single(l => l.Laboratory == "LAB5");
        var expected = exam.GetProperty("LAB5");
        Close(expected.GetProperty("d").GetDouble(), lab5.Deviation!.Value);
        Close(expected.GetProperty("En_participating").GetDouble(), lab5.En!.Value);
        Close(expected.GetProperty("En_participating").GetDouble(), lab5.EnContained!.Value);
        Close(expected.GetProperty("En_independent_reference").GetDouble(), lab5.EnIndependent!.Value);
        Assert.Equal((EnForm.Contained, EnReason.CarriesWeight, Verdict.Satisfactory), (lab5.Form, lab5.Reason, lab5.Verdict));
    }

    [Fact]
    public void EXAM_1V_as_submitted_hides_laboratory_3_behind_a_typing_error_of_laboratory_2()
    {
        var exam = Inputs.NationalCase("EXAM-1V");
        var input = Input(exam, exam.Numbers("x_as_submitted"), [.. exam.Numbers("U_uV").Select(u => u * 1e-6)]);
        var result = EvaluationEngine.Run(input);
        var test = Assert.Single(result.Points[0].OutlierTests);
        Assert.Equal(("3", false), (test.Laboratory, test.IsOutlier));
        Close(exam.GetProperty("grubbs_raw").GetProperty("G").GetDouble(), test.Statistic);
        Assert.Contains(result.Warnings, w => w.Code == "masking" && w.Arguments[0] == "2, 3");
    }

    [Fact]
    public void EXAM_1V_corrected_excludes_laboratory_3_and_judges_it_by_the_independent_form()
    {
        var exam = Inputs.NationalCase("EXAM-1V");
        var point = Run(Input(exam, exam.Numbers("x_after_lab2_written_correction"), [.. exam.Numbers("U_uV").Select(u => u * 1e-6)]));
        Assert.Equal([("3", true), ("6", false)], point.OutlierTests.Select(t => (t.Laboratory, t.IsOutlier)));
        Close(exam.GetProperty("grubbs_corrected").GetProperty("G").GetDouble(), point.OutlierTests[0].Statistic);
        Close(exam.GetProperty("grubbs_second_pass").GetProperty("G").GetDouble(), point.OutlierTests[1].Statistic);
        Assert.Equal(1.822, point.OutlierTests[1].CriticalValue, 3);
        Close(exam.GetProperty("weighted_mean_without_3").GetDouble(), point.Reference!.Value);
        Close(exam.GetProperty("u_ref_uV").GetDouble() * 1e-6, point.Reference.StandardUncertainty);
        var six = point.Laboratories.Single(l => l.Laboratory == "6");
        Close(exam.GetProperty("lab6").GetProperty("En_participating").GetDouble(), six.En!.Value, 1e-6);
        Close(exam.GetProperty("lab6").GetProperty("En_independent").GetDouble(), six.EnIndependent!.Value, 1e-6);
        var three = point.Laboratories.Single(l => l.Laboratory == "3");
        Close(exam.GetProperty("lab3_En_independent").GetDouble(), three.En!.Value, 1e-6);
        Assert.Equal((EnForm.Independent, EnReason.OutlierExcluded, Verdict.Unsatisfactory), (three.Form, three.Reason, three.Verdict));
    }

    [Fact]
    public void EXAM_WMEAN_gives_internal_and_external_uncertainty()
    {
        var exam = Inputs.NationalCase("EXAM-WMEAN");
        var (x, u) = (exam.Numbers("x"), exam.Numbers("u"));
        var input = Inputs.Of(["1", "2", "3", "4"], x, u, new() { ExcludeOutliers = false });
        var result = EvaluationEngine.Run(input);
        var point = result.Points[0];
        Close(exam.GetProperty("weighted_mean").GetDouble(), point.Reference!.Value);
        Close(exam.GetProperty("u_internal").GetDouble(), point.Reference.StandardUncertainty);
        Close(exam.GetProperty("s_external").GetDouble(), point.Consistency!.ExternalStandardUncertainty!.Value);
        Close(exam.GetProperty("chi2").GetDouble(), point.Consistency.ChiSquared);
        // The vector cuts the fifth digit off instead of rounding it.
        Close(exam.GetProperty("birge_ratio").GetDouble(), point.Consistency.BirgeRatio, 1e-4);
        Assert.True(point.Consistency.Passed);
    }

    [Fact]
    public void JJF1033_TRANSFER_normalises_k_before_it_compares()
    {
        var exam = Inputs.NationalCase("JJF1033-TRANSFER");
        double Of(string name) => exam.GetProperty(name).GetDouble();
        var input = Inputs.Of(["LAB", "REF"], [Of("y_lab_g"), Of("y_ref_g")], [Of("U_lab_mg") / 1000, Of("U_ref_mg") / 1000], new() { Method = ReferenceMethod.PilotValue });
        var point = Run(input with
        {
            Laboratories = [input.Laboratories[0], input.Laboratories[1] with { IsPilot = true }],
            Results = [input.Results[0] with { CoverageFactor = Of("k_lab") }, input.Results[1] with { CoverageFactor = Of("k_ref") }],
        });
        Close(Of("U_ref_k2_mg") / 1000, point.Reference!.ExpandedUncertainty);
        Close(Of("limit_mg") / 1000, point.Laboratories[0].DeviationExpanded!.Value, 1e-6);
        Assert.Equal(exam.GetProperty("pass").GetBoolean(), point.Laboratories[0].Verdict == Verdict.Satisfactory);
    }

    private static EvaluationInput Input(System.Text.Json.JsonElement exam, double[] x, double[] expanded)
    {
        var input = Inputs.Of(exam.Names("labs"), x, expanded, new(), exam.GetProperty("k").GetDouble());
        return input with { Laboratories = [.. input.Laboratories.Select(l => l with { IsPilot = l.Code == "LEAD" })] };
    }

    private static PointEvaluation Run(EvaluationInput input) => EvaluationEngine.Run(input).Points[0];

    private static void Close(double expected, double actual, double relative = 1e-9) => Assert.True(Math.Abs(expected - actual) <= relative * Math.Abs(expected), $"{expected:R} expected, {actual:R} found");
}
