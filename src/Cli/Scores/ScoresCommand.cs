using System.CommandLine;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline scores FILE</c>: performance scores of ISO 13528 against a given or a robust assigned value.</summary>
internal static class ScoresCommand
{
    /// <summary>Ways to an assigned value out of the results themselves.</summary>
    private static readonly string[] robust = ["algorithm-a", "q-hampel", "median"];

    public static Command Create(CliTexts texts)
    {
        var assigned = new Option<string?>("--assigned") { Description = texts["scores.assigned"] };
        assigned.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && TypedNumber.Read(result.Tokens[0].Value) is null)
                result.AddError(texts.Of(new Refusal("call-number", null, "--assigned", result.Tokens[0].Value)));
        });
        var uncertainty = CommonOptions.PositiveNumber("--u-assigned", texts["scores.u-assigned"], texts);
        var sigma = CommonOptions.PositiveNumber("--sigma", texts["scores.sigma"], texts);
        var permitted = CommonOptions.PositiveNumber("--max-error", texts["scores.max-error"], texts);
        var method = new Option<string>("--method", "-m") { Description = texts["scores.method", string.Join(", ", robust)], DefaultValueFactory = _ => robust[0] };
        method.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !robust.Contains(name))
                result.AddError(texts.Of(new Refusal("call-method", null, name, string.Join(", ", robust))));
        });
        var factor = CommonOptions.Factor(texts);
        var unit = CommonOptions.Unit(texts);
        return NumericCommand.Create("scores", texts, [assigned, uncertainty, sigma, permitted, method, factor, unit], ScoresFindings.Plots, (call, table, words) =>
        {
            var reader = new TableReader(table);
            var names = ResultsReader.Names(reader);
            var column = reader.Required(ResultsReader.Value);
            var x = reader.Numbers(column);
            var u = ResultsReader.Uncertainties(reader, required: false);
            double? Setting(double? given, string name) => given ?? TypedNumber.Read(table.Settings.GetValueOrDefault(name));
            var value = Setting(TypedNumber.Read(call.GetValue(assigned)), "x_pt");
            reader.AtLeast(value is null ? 3 : 1);
            if (reader.Refusals.Count > 0)
                return reader.Refusals.ToList();
            var target = value is { } given
                ? new AssignedValue(given, Setting(call.GetValue(uncertainty), "u_xpt"), Setting(call.GetValue(sigma), "sigma_pt"), null)
                : Robust(call.GetValue(method)!, x, Setting(call.GetValue(sigma), "sigma_pt"));
            if (target.Sigma is null && u.Length == 0)
                return new Refusal("data-no-score", null, table.File);
            if (target.Sigma is 0)
                return new Refusal("data-no-spread", null, table.File);
            return new ScoresFindings(new(names, x, u, target, Setting(call.GetValue(permitted), "delta_E"), call.GetValue(factor)), words, call.GetValue(unit) ?? column!.Unit ?? "", table.File).Make();
        });
    }

    /// <summary>Robust mean with s* for σ where none is given; u = 1.25 s*/√p (ISO 13528, 7.7).</summary>
    private static AssignedValue Robust(string method, double[] x, double? sigma)
    {
        var (mean, s) = method switch
        {
            "q-hampel" => QMethod.Of(x) is var q ? (q.Mean, q.StandardDeviation) : default,
            "median" => (RobustScale.Median(x), RobustScale.ScaledMad(x)),
            _ => AlgorithmA.Fit(x) is var a ? (a.Mean, a.StandardDeviation) : default,
        };
        return new(mean, 1.25 * s / Math.Sqrt(x.Length), sigma ?? s, method);
    }
}

/// <param name="Method">How the value was made from the results; null for one given from outside.</param>
internal sealed record AssignedValue(double Value, double? Uncertainty, double? Sigma, string? Method);

/// <param name="Uncertainties">Empty where the file has none.</param>
/// <param name="Permitted">Maximum permitted error δ<sub>E</sub>.</param>
internal sealed record ScoredResults(string[] Laboratories, double[] Values, double[] Uncertainties, AssignedValue Assigned, double? Permitted, double Factor);
