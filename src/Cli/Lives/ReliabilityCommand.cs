using System.CommandLine;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline reliability FILE</c>: a life distribution with its bounds, and survival without one.</summary>
internal static class ReliabilityCommand
{
    private static readonly string[] distributions = [.. Enum.GetNames<LifeDistribution>().Select(n => n.ToLowerInvariant())];

    public static Command Create(CliTexts texts)
    {
        var distribution = new Option<string>("--distribution") { Description = texts["reliability.distribution", string.Join(", ", distributions)], DefaultValueFactory = _ => distributions[0] };
        distribution.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !distributions.Contains(name.ToLowerInvariant()))
                result.AddError(texts.Of(new Refusal("call-method", null, name, string.Join(", ", distributions))));
        });
        var threshold = new Option<bool>("--three-parameter") { Description = texts["reliability.three"] };
        var confidence = CommonOptions.PositiveNumber("--confidence", texts["reliability.confidence"], texts);
        confidence.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && TypedNumber.Read(result.Tokens[0].Value) is >= 1)
                result.AddError(texts.Of(new Refusal("call-probability", null, "--confidence", result.Tokens[0].Value)));
        });
        var information = new Option<bool>("--fisher") { Description = texts["reliability.fisher"] };
        var at = CommonOptions.PositiveNumber("--at", texts["reliability.at"], texts);
        var unit = CommonOptions.Unit(texts);
        return NumericCommand.Create("reliability", texts, [distribution, threshold, confidence, information, at, unit], ["probability", "survival"], (call, table, words) =>
        {
            var read = LivesReader.Read(table);
            if (read.Value is not { } lives)
                return read.Refusals.ToList();
            if (lives.Count == lives.RightCensored.Length)
                return new Refusal("lives-no-failure", null, table.File, lives.Count);
            var law = Enum.Parse<LifeDistribution>(call.GetValue(distribution)!, true);
            var three = call.GetValue(threshold);
            if (three && (!lives.IsPlain || lives.Failures.Length < 3 || law != LifeDistribution.Weibull))
                return new Refusal("lives-three", null, table.File);
            var fit = three ? LifeFits.ThreeParameter(lives.Failures, lives.RightCensored) : LifeFits.Of(lives.Failures, lives.RightCensored, lives.LeftCensored, lives.Intervals, law);
            if (!fit.Converged)
                return new Refusal(three ? "lives-no-threshold" : "lives-no-maximum", null, table.File);
            return new ReliabilityFindings(lives, fit, words)
            {
                Confidence = call.GetValue(confidence) ?? 0.95, ByInformation = call.GetValue(information) || three, At = call.GetValue(at), Unit = call.GetValue(unit) ?? lives.Unit ?? "",
            }.Make(table.File);
        });
    }
}
