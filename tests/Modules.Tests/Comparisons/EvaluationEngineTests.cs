using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Comparisons;
using Plumbline.Numerics;

namespace Plumbline.Modules.Tests.Comparisons;

public class EvaluationEngineTests
{
    [Fact]
    public void Procedure_A_of_the_lead_in_solder_comparison_agrees_with_the_published_degrees_of_equivalence()
    {
        // CCQM-K88; expected values of tests/data/comparison/doe-procedure-a-k88in.json.
        var point = Run(Inputs.Of(["NIM", "NMIJ", "KRISS", "PTB", "BAM"], [195.8, 196.7, 197.2, 197.9, 198.29], [1.3, 0.76, 1, 0.95, 0.25], Options with { ExcludeOutliers = false }));
        Close(198.008650020297, point.Reference!.Value, 1e-12);
        Close(0.221235412480814, point.Reference.StandardUncertainty, 1e-12);
        double[] d = [-2.20865002029723, -1.30865002029725, -0.80865002029725, -0.108650020297233, 0.281349979702753];
        double[] en = [-0.862055751718632, -0.89992722974991, -0.414598583674647, -0.0588009155409591, 1.20828353483841];
        double[] u95 = [2.56207329502061, 1.45417315649058, 1.95044086530655, 1.84776069041902, 0.232850958893832];
        for (var i = 0; i < 5; i++)
        {
            Close(d[i], point.Laboratories[i].Deviation!.Value, 1e-9);
            Close(u95[i], point.Laboratories[i].DeviationExpanded!.Value, 1e-9);
            Close(en[i], point.Laboratories[i].En!.Value, 1e-9);
            Assert.Equal(EnForm.Contained, point.Laboratories[i].Form);
        }
        Assert.Equal(Verdict.Unsatisfactory, point.Laboratories[4].Verdict);
        Close(1.3 * 1.3 + 0.76 * 0.76, Math.Pow(point.Pairs!.Expanded[0][1] / 2, 2), 1e-12);
    }

    [Theory, MemberData(nameof(Methods))]
    public void Every_method_gives_a_value_scores_and_the_same_digits_again(ReferenceMethod method)
    {
        var input = Inputs.Pcb28 with { Options = Options with { Method = method, ExcludeOutliers = false } };
        if (method == ReferenceMethod.PilotValue)
            input = input with { Laboratories = [.. input.Laboratories.Select(l => l with { IsPilot = l.Code == "NIST" })] };
        var point = Run(input);
        Assert.Equal(method, point.Reference!.Method);
        Assert.InRange(point.Reference.Value, 31.9, 35.8);
        Assert.InRange(point.Reference.StandardUncertainty, 0.1, 3);
        Assert.Equal(method == ReferenceMethod.PilotValue ? 5 : 6, point.Laboratories.Count(l => l.En is not null));
        Assert.Equal(point.Reference.StandardUncertainty, Run(input).Reference!.StandardUncertainty);
    }

    public static TheoryData<ReferenceMethod> Methods => [.. Enum.GetValues<ReferenceMethod>()];

    [Fact]
    public void A_flat_prior_needs_three_results_and_settings_are_checked()
    {
        var two = Inputs.Of(["A", "B"], [1, 2], [1, 1], Options with { Method = ReferenceMethod.HierarchicalGauss });
        Assert.Null(Run(two).Reference);
        Assert.Equal(["evaluation-alpha", "evaluation-positive"], EvaluationInputRules.Refusals(two with { Options = two.Options with { PowerAlpha = 3, TauPriorScale = double.NaN } }).Select(r => r.Code));
    }

    [Fact]
    public void The_largest_consistent_subset_of_the_PCB28_comparison_leaves_two_laboratories_to_the_independent_form()
    {
        // CCQM-K25; members of tests/data/comparison/lcs-pcb.json.
        var point = Run(Inputs.Pcb28 with { Options = Options with { Method = ReferenceMethod.LargestConsistentSubset } });
        Assert.Equal(["IRMM", "KRISS", "NIST", "NMIJ"], point.Reference!.Members);
        Assert.All(point.Laboratories.Where(l => l.Laboratory is "NARL" or "NRC"), l => Assert.Equal((EnForm.Independent, EnReason.NotInSubset), (l.Form, l.Reason)));
        Assert.Contains(point.OtherMethods, m => m.Method == ReferenceMethod.DerSimonianLaird && Math.Abs(m.Value - 33.6004326241556) < 1e-9 && Math.Abs(m.Tau!.Value - 1.7114154008844) < 1e-9);
        Assert.Contains(point.OtherMethods, m => m.Method == ReferenceMethod.MandelPaule && Math.Abs(m.Value - 33.5853408997531) < 1e-9);
    }

    [Fact]
    public void The_power_moderated_mean_of_the_radium_223_comparison_agrees_with_the_published_value_and_degrees()
    {
        // BIPM.RI(II)-K1.Ra-223; tolerances of tests/data/comparison/pmm-ra223-2022.json: the published figures are rounded to 10 kBq.
        var point = Run(Inputs.Of(["NPL", "PTB", "LNE-LNHB", "POLATOM"], [54740, 54590, 54400, 55055], [300, 150, 120, 210], Options with { Method = ReferenceMethod.PowerModeratedMean }));
        Assert.InRange(point.Reference!.Value, 54664.5, 54675.5);
        Assert.InRange(point.Reference.StandardUncertainty, 134.5, 145.5);
        (double D, double U)[] published = [(70, 560), (-80, 350), (-270, 320), (390, 420)];
        foreach (var (laboratory, (d, expanded)) in point.Laboratories.Zip(published))
        {
            Assert.InRange(laboratory.Deviation!.Value, d - 6, d + 6);
            Assert.InRange(laboratory.DeviationExpanded!.Value, expanded - 6, expanded + 6);
        }
    }

    [Theory]
    [InlineData(ReferenceMethod.RestrictedMaximumLikelihood)]
    [InlineData(ReferenceMethod.CutOffWeightedMean)]
    [InlineData(ReferenceMethod.Huber)]
    [InlineData(ReferenceMethod.QHampel)]
    [InlineData(ReferenceMethod.HierarchicalGauss)]
    [InlineData(ReferenceMethod.HierarchicalLaplace)]
    [InlineData(ReferenceMethod.PowerModeratedMean)]
    public void Every_method_of_the_library_can_be_the_protocols(ReferenceMethod method)
    {
        double[] x = [34.3, 32.9, 34.53, 32.42, 31.9, 35.8], u = [1.03, 0.69, 0.83, 0.29, 0.4, 0.38];
        var (value, uncertainty) = method switch
        {
            ReferenceMethod.RestrictedMaximumLikelihood => Of(MaximumLikelihood.Of(x, u).Reference),
            ReferenceMethod.CutOffWeightedMean => Of(CutOffWeightedMean.Of(x, u)),
            ReferenceMethod.Huber => Of(HuberLocation.Of(x)),
            ReferenceMethod.QHampel => (QMethod.Of(x).Mean, 1.25 * QMethod.Of(x).StandardDeviation / Math.Sqrt(6)),
            ReferenceMethod.HierarchicalGauss => Of(HierarchicalBayes.Of(x, u).Reference),
            ReferenceMethod.HierarchicalLaplace => Of(HierarchicalBayes.Of(x, u, new() { Effects = LaboratoryEffects.Laplace }).Reference),
            _ => Of(PowerModeratedMean.Of(x, u)),
        };
        var point = Run(Inputs.Pcb28 with { Options = Options with { Method = method } });
        Assert.Equal((method, value, uncertainty), (point.Reference!.Method, point.Reference.Value, point.Reference.StandardUncertainty));
        Assert.All(point.Laboratories, l => Assert.NotNull(l.En));

        static (double, double) Of(ConsensusResult result) => (result.Value, result.StandardUncertainty);
    }

    [Fact]
    public void A_hierarchical_model_asks_for_three_results()
    {
        var result = EvaluationEngine.Run(Inputs.Of(["A", "B"], [1, 2], [0.1, 0.1], Options with { Method = ReferenceMethod.HierarchicalGauss }));
        Assert.Null(result.Points[0].Reference);
        Assert.Contains(result.Warnings, w => w is { Code: "too-few-results" });
    }

    [Fact]
    public void Expanded_uncertainties_are_divided_by_the_factor_that_each_laboratory_states()
    {
        // JJF1033-TRANSFER of the national cases: U(k=3) = 1.5 mg is U(k=2) = 1.0 mg.
        var input = Inputs.Of(["LAB", "REF"], [200.0012, 200.0032], [0.002, 0.0015], Options with { Method = ReferenceMethod.PilotValue });
        var given = input with
        {
            Laboratories = [input.Laboratories[0], input.Laboratories[1] with { IsPilot = true }],
            Results = [input.Results[0] with { CoverageFactor = 2 }, input.Results[1] with { CoverageFactor = 3 }],
        };
        var point = Run(given);
        Close(0.001, point.Reference!.ExpandedUncertainty, 1e-12);
        Close(-0.002 / 0.00223606797749979, point.Laboratories[0].En!.Value, 1e-9);
        Assert.Equal(Verdict.Satisfactory, point.Laboratories[0].Verdict);
        Assert.Equal(NotScored.IsReference, point.Laboratories[1].NotScored);
        Assert.Null(point.Laboratories[1].En);
    }

    [Fact]
    public void A_coverage_probability_with_degrees_of_freedom_gives_the_t_factor()
    {
        var result = InputResult.Typed("A", "1", "10.0", "0.3", probability: 0.95, degreesOfFreedom: 4);
        var input = Inputs.Of(["A", "B"], [10, 11], [1, 1], Options);
        Close(2.7764451051977987, Run(input with { Results = [result, input.Results[1]] }).Laboratories[0].CoverageFactor, 1e-10);
    }

    [Fact]
    public void A_reference_no_more_certain_than_the_only_result_in_it_is_not_evaluable()
    {
        // B's weight vanishes beside A's: the mean is A's own value with A's own uncertainty.
        var point = Run(Inputs.Of(["A", "B"], [10, 12], [1e-9, 1], Options with { ExcludeOutliers = false }));
        Assert.Equal(NotScored.DenominatorNotPositive, point.Laboratories[0].NotScored);
        Assert.Null(point.Laboratories[0].En);
        Assert.Equal(Verdict.NotEvaluable, point.Laboratories[0].Verdict);
        Assert.Equal(Verdict.Satisfactory, point.Laboratories[1].Verdict);
    }

    [Fact]
    public void Drift_is_fitted_to_the_returns_and_taken_off_each_result_by_its_date()
    {
        var day = new DateOnly(2026, 1, 1);
        var input = Inputs.Of(["P", "A", "B"], [100, 105, 110], [1, 1, 1], Options with { CorrectDrift = true, ExcludeOutliers = false });
        var drifting = input with
        {
            Laboratories = [input.Laboratories[0] with { IsPilot = true }, .. input.Laboratories.Skip(1)],
            Results = [input.Results[0] with { MeasuredOn = day }, input.Results[1] with { MeasuredOn = day.AddDays(50) }, input.Results[2] with { MeasuredOn = day.AddDays(100) }],
            Returns = [new("1", null, day, "100", 100, 0.1), new("1", null, day.AddDays(50), "105", 105, 0.1), new("1", null, day.AddDays(100), "110", 110, 0.1)],
        };
        var result = EvaluationEngine.Run(drifting);
        var point = result.Points[0];
        Assert.All(point.Laboratories, l => Close(105, l.Value, 1e-12));
        Close(0.1, point.Drift[0].Slope, 1e-12);
        Assert.True(point.Drift[0] is { Applied: true, Significant: true, CommonDate: var common } && common == day.AddDays(50));
        Assert.True(point.Laboratories[2].DriftUncertainty > 0);
        var without = EvaluationEngine.Run(drifting with { Options = drifting.Options with { CorrectDrift = false } });
        Assert.Contains(without.Warnings, w => w.Code == "drift-not-corrected");
        Close(110, without.Points[0].Laboratories[2].Value, 1e-12);
    }

    [Fact]
    public void What_the_transfer_standard_adds_enters_every_deviation()
    {
        var input = Inputs.Of(["P", "A"], [10, 10.5], [0.1, 0.2], Options with { Method = ReferenceMethod.PilotValue });
        var point = Run(input with
        {
            Laboratories = [input.Laboratories[0] with { IsPilot = true }, input.Laboratories[1]],
            Results = [input.Results[0], input.Results[1] with { Transfer = new(0.03, 0.04, 0.12) }],
        });
        var u = Math.Sqrt(0.1 * 0.1 + 0.2 * 0.2 + 0.13 * 0.13);
        Close(u, point.Laboratories[1].DeviationUncertainty!.Value, 1e-12);
        Close(0.5 / (2 * u), point.Laboratories[1].En!.Value, 1e-12);
    }

    [Fact]
    public void A_laboratory_without_a_result_at_a_point_is_counted_as_missing_there()
    {
        var input = Inputs.Of(["A", "B", "C"], [1, 1.1, 0.9], [0.1, 0.1, 0.1], Options);
        var two = input with { Points = [input.Points[0], new InputPoint { Id = "2", Label = "2" }], Results = [.. input.Results, InputResult.Typed("A", "2", "5", "1", 2), InputResult.Typed("B", "2", "5.5", "1", 2)] };
        var result = EvaluationEngine.Run(two);
        Assert.Equal([0, 0, 1], result.Laboratories.Select(l => l.Missing));
        Close(1 - 0.95 * 0.95, result.Laboratories[0].ChanceOfFalseAlarm!.Value, 1e-12);
        Assert.Contains(result.Warnings, w => w.Code == "multiplicity");
    }

    [Fact]
    public void The_same_input_gives_the_same_digits_also_after_its_journey_through_JSON()
    {
        var input = Inputs.Pcb28;
        var again = EvaluationInput.FromJson(input.ToJson());
        Assert.Equal(input.Hash(), again.Hash());
        Assert.Equal(EvaluationEngine.Run(input).ToJson(), EvaluationEngine.Run(again).ToJson());
        var result = EvaluationEngine.Run(input).ToJson();
        Assert.Equal(result, EvaluationResult.FromJson(result).ToJson());
    }

    [Fact]
    public void Every_fault_of_an_input_is_named_at_once()
    {
        var input = Inputs.Of(["A", "A", "B"], [1, 2, double.NaN], [0, 1, 1], Options);
        var bad = input with { Results = [.. input.Results, new InputResult { Laboratory = "X", Point = "9", ValueText = "1", Value = 1, UncertaintyText = "1", ExpandedUncertainty = 1 }] };
        var codes = EvaluationInputRules.Refusals(bad).Select(r => r.Code).ToHashSet();
        Assert.Superset(new HashSet<string> { "evaluation-laboratory-twice", "evaluation-result-twice", "evaluation-value", "evaluation-uncertainty", "evaluation-laboratory-unknown", "evaluation-point-unknown", "evaluation-coverage-missing" }, codes);
        Assert.Throws<ArgumentException>(() => EvaluationEngine.Run(bad));
    }

    [Fact]
    public void Two_thousand_laboratories_are_evaluated_and_more_are_refused()
    {
        string[] names = [.. Enumerable.Range(0, EvaluationInputRules.MostResults + 1).Select(i => $"L{i}")];
        double[] x = [.. names.Select((_, i) => 10 + Math.Sin(i))], u = [.. names.Select(_ => 1.0)];
        Assert.Equal("evaluation-too-many", Assert.Single(EvaluationInputRules.Refusals(Inputs.Of(names, x, u, Options))).Code);
        var point = Run(Inputs.Of(names[1..], x[1..], u[1..], Options));
        Assert.Null(point.Pairs);
        Assert.Equal(EvaluationInputRules.MostResults, point.Laboratories.Count(l => l.En is not null));
    }

    [Theory, InlineData(ReferenceMethod.WeightedMean), InlineData(ReferenceMethod.ArithmeticMean), InlineData(ReferenceMethod.Median), InlineData(ReferenceMethod.AlgorithmA),
     InlineData(ReferenceMethod.DerSimonianLaird), InlineData(ReferenceMethod.MandelPaule), InlineData(ReferenceMethod.LargestConsistentSubset), InlineData(ReferenceMethod.PilotValue)]
    public void The_order_of_laboratories_and_the_unit_leave_every_score_alone(ReferenceMethod method)
    {
        var gen = from n in Gen.Choose(3, 12)
                  from x in Gen.ArrayOf(Gen.Choose(-9999, 9999), n)
                  from u in Gen.ArrayOf(Gen.Choose(1, 3000), n)
                  from power in Gen.Choose(-12, 12)
                  from seed in Gen.Choose(0, int.MaxValue)
                  select (x, u, power, seed);
        Prop.ForAll(gen.ToArbitrary(), sample =>
        {
            // Distinct values: with ties, Grubbs' test and the median of deviations may choose either.
            double[] x = [.. sample.x.Select((v, i) => 100 + v / 1000.0 + i * 1.37e-5)], u = [.. sample.u.Select((v, i) => (v + i * 0.0137) / 1000.0)];
            string[] names = [.. Enumerable.Range(0, x.Length).Select(i => $"L{i}")];
            var input = Inputs.Of(names, x, u, Options with { Method = method });
            input = input with { Laboratories = [input.Laboratories[0] with { IsPilot = true }, .. input.Laboratories.Skip(1)] };
            var expected = Run(input);
            var order = Enumerable.Range(0, x.Length).ToArray();
            new Random(sample.seed).Shuffle(order);
            var factor = Math.Pow(10, sample.power);
            var changed = input with
            {
                Laboratories = [.. order.Select(i => input.Laboratories[i])],
                Results = [.. order.Select(i => input.Results[i]).Select(r => r with { Value = r.Value * factor, ExpandedUncertainty = r.ExpandedUncertainty * factor })],
            };
            var got = Run(changed).Laboratories.ToDictionary(l => l.Laboratory);
            foreach (var laboratory in expected.Laboratories)
            {
                Assert.Equal(laboratory.En is null, got[laboratory.Laboratory].En is null);
                if (laboratory.En is { } en)
                    Assert.True(Math.Abs(en - got[laboratory.Laboratory].En!.Value) <= 1e-6 * (1 + Math.Abs(en)), $"{method} {laboratory.Laboratory}: {en} became {got[laboratory.Laboratory].En}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static readonly EvaluationOptions Options = new();

    private static PointEvaluation Run(EvaluationInput input) => EvaluationEngine.Run(input).Points[0];

    private static void Close(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(expected - actual) <= relative * Math.Max(1e-300, Math.Abs(expected)) + 1e-15, string.Create(CultureInfo.InvariantCulture, $"{expected:R} expected, {actual:R} found"));
}

/// <summary>Short ways to write an evaluation input.</summary>
internal static class Inputs
{
    public static readonly EvaluationInput Pcb28 = Of(["IRMM", "KRISS", "NARL", "NIST", "NMIJ", "NRC"], [34.3, 32.9, 34.53, 32.42, 31.9, 35.8], [1.03, 0.69, 0.83, 0.29, 0.4, 0.38], new());

    /// <summary>Standard uncertainties, one point named 1.</summary>
    public static EvaluationInput Of(string[] laboratories, double[] values, double[] standardUncertainties, EvaluationOptions options, double k = 1) => new()
    {
        Comparison = new() { Code = "T-1", Title = "试验", TitleEn = "Test", Quantity = "质量", QuantityEn = "Mass", Unit = "mg" },
        Options = options,
        Points = [new InputPoint { Id = "1", Label = "1" }],
        Laboratories = [.. laboratories.Select(l => new InputLaboratory { Code = l, Name = l })],
        Results = [.. laboratories.Select((l, i) => new InputResult
        {
            Laboratory = l, Point = "1", Value = values[i], ValueText = values[i].ToString("R", CultureInfo.InvariantCulture),
            ExpandedUncertainty = standardUncertainties[i], UncertaintyText = standardUncertainties[i].ToString("R", CultureInfo.InvariantCulture), CoverageFactor = k,
        })],
    };

    public static JsonElement NationalCase(string id)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "comparison", "national-exam-cases.json")));
        return file.RootElement.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id).Clone();
    }

    public static double[] Numbers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];
    public static string[] Names(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}
