using System.CommandLine;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline uncertainty MODEL.(yaml|json)</c>: a whole evaluation — budget, second order, propagation of distributions, and whether the first order holds.</summary>
internal static class UncertaintyCommand
{
    private static readonly (string Name, StoppingRule Rule)[] rules = [("two-stage", StoppingRule.TwoStageDirect), ("stein", StoppingRule.SteinTwoStage), ("7.9", StoppingRule.Jcgm101Clause79)];

    public static Command Create(CliTexts texts)
    {
        var trials = new Option<string?>("--trials") { Description = texts["uncertainty.trials"] };
        trials.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && Whole(result.Tokens[0].Value) is null)
                result.AddError(texts.Of(new Refusal("call-trials", null, result.Tokens[0].Value)));
        });
        string[] names = [.. rules.Select(r => r.Name)];
        var adaptive = new Option<string?>("--adaptive") { Description = texts["uncertainty.adaptive", string.Join(", ", names)] };
        adaptive.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !names.Contains(result.Tokens[0].Value))
                result.AddError(texts.Of(new Refusal("call-method", null, result.Tokens[0].Value, string.Join(", ", names))));
            if (result.Tokens.Count > 0 && result.GetResult(trials) is not null)
                result.AddError(texts.Of(new Refusal("call-both", null, "--adaptive", "--trials")));
        });
        return NumericCommand.Create("uncertainty", texts, [trials, adaptive], UncertaintyFindings.Plots, (call, file, words) =>
        {
            var project = ProjectFile.Read(file, words);
            if (project.Value is not { } read)
                return project.Refusals.ToList();
            var rule = call.GetValue(adaptive) is { } name ? rules.First(r => r.Name == name).Rule : default(StoppingRule?);
            using var progress = new TerminalProgress(call.InvocationConfiguration.Error, words, TimeProvider.System, !Console.IsErrorRedirected);
            try
            {
                var inputs = read.ToUncertainNumbers();
                var drawn = PropagatedDistributions.Of(read, read.Model.Evaluate(inputs), call.GetValue(trials) is { } count ? Whole(count) : rule is null ? read.Trials : null, rule ?? StoppingRule.TwoStageDirect, progress);
                return new UncertaintyFindings(read, inputs, drawn, words, file.File).Make();
            }
            catch (ArithmeticException fault)
            {
                return new Refusal("data-not-computable", null, file.File, fault.Message);
            }
        }, (path, _) => ProjectFile.Load(path));
    }

    /// <summary>1000000, 1e6: what a run can be asked for.</summary>
    private static long? Whole(string text) => TypedNumber.Read(text) is >= 1024 and <= 1e12 and var value && value == Math.Floor(value) ? (long)value : null;
}
