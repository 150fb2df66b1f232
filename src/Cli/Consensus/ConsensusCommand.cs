using System.CommandLine;
using Plumbline.Interface;

namespace Plumbline.Cli;

/// <summary><c>plumbline consensus FILE</c>: a reference value out of results by any estimator, with degrees of equivalence.</summary>
internal static class ConsensusCommand
{
    public static Command Create(CliTexts texts)
    {
        var method = new Option<string>("--method", "-m") { Description = texts["consensus.method", Estimator.Usual], DefaultValueFactory = _ => Estimator.Usual };
        var list = new Option<bool>("--list-methods") { Description = texts["consensus.list"] };
        var compare = new Option<bool>("--compare") { Description = texts["consensus.compare"] };
        var pairs = new Option<bool>("--pairs") { Description = texts["consensus.pairs"] };
        var without = new Option<bool>("--leave-one-out") { Description = texts["consensus.leave-one-out"] };
        var exclude = new Option<string?>("--exclude") { Description = texts["consensus.exclude"] };
        var correlation = new Option<string?>("--correlation") { Description = texts["consensus.correlation"] };
        var dark = new Option<bool>("--recognise-dark") { Description = texts["consensus.recognise-dark"] };
        var factor = CommonOptions.Factor(texts);
        var seed = CommonOptions.Seed(texts);
        var unit = CommonOptions.Unit(texts);
        method.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && Estimator.Find(name) is null)
                result.AddError(texts.Of(new Refusal("call-method", null, name, string.Join(", ", Estimator.All.Select(e => e.Name)))));
        });
        return NumericCommand.Create("consensus", texts, [method, list, compare, pairs, without, exclude, correlation, dark, factor, unit, seed], ConsensusCharts.Names, (call, table, words) =>
        {
            var read = ResultsReader.Read(table, call.GetValue(seed));
            if (!read.Accepted)
                return read.Refusals.ToList();
            var (results, found) = read.Value;
            if (call.GetValue(correlation) is { } matrix)
            {
                var linked = CorrelationFile.Read(matrix, results.Laboratories, words);
                if (linked.Value is null)
                    return linked.Refusals.ToList();
                results = results with { Correlation = linked.Value };
            }
            string[] left = call.GetValue(exclude)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
            if (left.Where(l => !results.Laboratories.Contains(l)).ToArray() is { Length: > 0 } unknown)
                return unknown.Select(l => new Refusal("data-no-laboratory", null, table.File, l, string.Join(", ", results.Laboratories))).ToList();
            var study = ConsensusStudy.Make(results, Estimator.Find(call.GetValue(method)!)!, [.. results.Laboratories.Select(l => !left.Contains(l))], call.GetValue(factor), call.GetValue(dark), table.File);
            return study.Value is { } made
                ? new ConsensusFindings(made, words, call.GetValue(unit) ?? found ?? "", table.File) { Compare = call.GetValue(compare), Pairs = call.GetValue(pairs), LeaveOneOut = call.GetValue(without) }.Make()
                : study.Refusals.ToList();
        });
    }
}

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<double> Factor(CliTexts texts) => Positive<double>(new("--coverage-factor", "-k") { Description = texts["cli.factor"], DefaultValueFactory = _ => 2 }, texts);

    public static Option<int> Seed(CliTexts texts) => new("--seed") { Description = texts["cli.seed"], DefaultValueFactory = _ => 1 };

    public static Option<string?> Unit(CliTexts texts) => new("--unit") { Description = texts["cli.unit"] };

    /// <summary>An option that takes a number greater than zero; anything else is a wrong call, in words.</summary>
    public static Option<double?> PositiveNumber(string name, string description, CliTexts texts) => Positive<double?>(new(name) { Description = description }, texts);

    private static Option<T> Positive<T>(Option<T> option, CliTexts texts)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(Comparisons.TypedNumber.Read(result.Tokens[0].Value) > 0))
                result.AddError(texts.Of(new Refusal("call-positive", null, option.Name, result.Tokens[0].Value)));
        });
        return option;
    }
}
