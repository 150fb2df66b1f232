using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>The propagation of a project's distributions, and its words: how many trials and why, their statistics, and whether the first order holds beside them.</summary>
internal sealed class PropagatedDistributions
{
    /// <summary>Trials after which an adaptive run gives up; equations that are solved trial by trial are slower.</summary>
    private const long Most = 200_000_000, MostOfImplicit = 5_000_000;

    /// <summary>Rows of a trace that are printed; the JSON has all of them.</summary>
    private const int MostLooks = 12;

    private readonly UncertaintyProject project;
    private readonly AdaptiveResult? adaptive;

    private PropagatedDistributions(UncertaintyProject project, MonteCarloResult result, AdaptiveResult? adaptive) => (this.project, Result, this.adaptive) = (project, result, adaptive);

    public MonteCarloResult Result { get; }

    /// <param name="results">By the first order, which the trials are to judge.</param>
    /// <param name="trials">A fixed number; null for as many as the digits of the project need.</param>
    public static PropagatedDistributions Of(UncertaintyProject project, UncertainNumber[] results, long? trials, StoppingRule rule, IProgress<MonteCarloProgress> progress)
    {
        var inputs = project.ToDistributions();
        var options = new MonteCarloOptions { Seed = project.Seed, Coverage = project.Coverage, Progress = progress };
        if (trials is { } fixedNumber)
            return new(project, MonteCarlo.Run(project.Model, inputs, options with { Trials = fixedNumber }), null);
        var adaptive = Adaptive(1);
        // A verdict on the first order that the trials' own error leaves open is worth more of them: those of a fifth of the tolerance.
        if (rule == StoppingRule.TwoStageDirect && adaptive.Converged && Verdicts(project, results, adaptive.Result).Any(v => !v.IsDecided))
            adaptive = Adaptive(0.2);
        return new(project, adaptive.Result, adaptive);

        AdaptiveResult Adaptive(double share) => AdaptiveMonteCarlo.Run(project.Model, inputs, new()
        {
            Run = options, SignificantDigits = project.Digits, ToleranceShare = share, Rule = rule, MostTrials = project.Model.IsImplicit ? MostOfImplicit : Most,
        });
    }

    /// <summary>Whether the first order holds beside the trials, result by result (JCGM 101, 8).</summary>
    public FrameworkValidation[] Verdicts(UncertainNumber[] results) => Verdicts(project, results, Result);

    private static FrameworkValidation[] Verdicts(UncertaintyProject project, UncertainNumber[] results, MonteCarloResult drawn) =>
        [.. results.Select((y, k) => FrameworkValidation.Of(y, drawn.Outputs[k], project.Coverage, project.Digits))];

    public void Describe(Findings findings, CliTexts texts)
    {
        var trials = Numbers.Fixed(Result.Trials, 0);
        findings.Facts.Add(new(texts["uncertainty.mc"], adaptive is null ? texts["uncertainty.mc-fixed", trials, project.Seed] : texts["uncertainty.mc-adaptive", texts[$"uncertainty.rule.{adaptive.Rule}"], trials, project.Seed]));
        var json = new JsonObject
        {
            ["method"] = adaptive?.Rule switch { null => "fixed", StoppingRule.TwoStageDirect => "two-stage", StoppingRule.SteinTwoStage => "stein", _ => "7.9" },
            ["trials"] = Result.Trials, ["seed"] = project.Seed, ["generator"] = Result.Options.Generator.ToString(),
        };
        findings.Json["monteCarlo"] = json;
        if (adaptive is null)
            return;
        json["significantDigits"] = project.Digits;
        json["converged"] = adaptive.Converged;
        json["trace"] = new JsonArray([.. adaptive.Trace.Select(l => (JsonNode)new JsonObject { ["trials"] = l.Trials, ["result"] = l.Result, ["tolerance"] = l.Tolerance, ["bound"] = l.Bound, ["trialsNeeded"] = l.TrialsNeeded, ["isEnough"] = l.IsEnough })]);
        if (!adaptive.Converged)
            findings.Notes.Add(texts["uncertainty.not-converged", trials, project.Digits]);
    }

    /// <summary>Mean, u and intervals of every result, with the verdict on the first order.</summary>
    public void Tabulate(Findings findings, FrameworkValidation[] verdicts, string?[] units, CliTexts texts)
    {
        var table = new FindingTable(texts["uncertainty.mc-results", Numbers.Of(100 * project.Coverage)], [texts["uncertainty.result"], texts["uncertainty.mean"], "*u*", texts["uncertainty.mc-symmetric"], texts["uncertainty.mc-shortest"]], 0);
        var check = new FindingTable(texts["uncertainty.clause8", project.Digits], [texts["uncertainty.result"], "*y* − *U*", "*y* + *U*", "*d*_low", "*d*_high", "*δ*", texts["uncertainty.first-order"]], 0, 6);
        for (var k = 0; k < verdicts.Length; k++)
        {
            var (output, verdict, name) = (Result.Outputs[k], verdicts[k], units[k] is { } unit ? $"{verdicts[k].Name} / {Units.Text(unit)}" : verdicts[k].Name);
            var decimals = Decimals(output.StandardUncertainty ?? verdict.StandardUncertainty);
            string Range(Interval i) => $"[{Numbers.Fixed(i.Low, decimals)}, {Numbers.Fixed(i.High, decimals)}]";
            table.Rows.Add([name, Numbers.Fixed(output.Mean, decimals), output.StandardUncertainty is { } s ? Numbers.Uncertainty(s, project.Digits) : "–", Range(output.Symmetric), Range(output.Shortest)]);
            var fine = Decimals(verdict.StandardUncertainty);
            check.Rows.Add([name, Numbers.Fixed(verdict.Interval.Low, fine), Numbers.Fixed(verdict.Interval.High, fine), Numbers.Significant(verdict.LowDifference, 2), Numbers.Significant(verdict.HighDifference, 2), Numbers.Significant(verdict.Tolerance, 1), texts[!verdict.IsDecided ? "uncertainty.clause8-open" : verdict.IsValid ? "uncertainty.clause8-yes" : "uncertainty.clause8-no"]]);
            if (!verdict.IsValid || !verdict.IsDecided)
                findings.Notes.Add(texts[verdict.IsDecided ? "uncertainty.invalid" : "uncertainty.open", verdict.Name, Numbers.Significant(verdict.ReferenceError, 2)]);
            if (output.StandardUncertainty is null)
                findings.Notes.Add(texts["uncertainty.no-deviation", verdict.Name]);
        }
        findings.Tables.AddRange([table, check]);
        if (adaptive is not null)
            findings.Tables.Add(Trace(adaptive.Trace, texts));
    }

    private int Decimals(double u) => Numbers.DecimalsFor(u > 0 ? u : 1, project.Digits);

    private static FindingTable Trace(AdaptiveLook[] looks, CliTexts texts)
    {
        var table = new FindingTable(texts["uncertainty.trace"], [texts["uncertainty.look"], texts["uncertainty.look-trials"], texts["uncertainty.look-result"], "*δ*", texts["uncertainty.look-bound"], texts["uncertainty.look-needed"]], 2);
        for (var k = 0; k < looks.Length; k++)
        {
            if (looks.Length > MostLooks && k == MostLooks / 2)
            {
                table.Rows.Add(["…", "", "", "", "", ""]);
                k = looks.Length - MostLooks / 2;
            }
            var look = looks[k];
            table.Rows.Add([$"{k + 1}", Numbers.Fixed(look.Trials, 0), look.Result, Numbers.Significant(look.Tolerance, 1), Numbers.Significant(look.Bound, 2), look.IsEnough ? texts["uncertainty.look-enough"] : Numbers.Fixed(look.TrialsNeeded, 0)]);
        }
        return table;
    }

    public JsonObject Figures(int index, FrameworkValidation verdict)
    {
        var output = Result.Outputs[index];
        return new()
        {
            ["mean"] = output.Mean, ["standardUncertainty"] = output.StandardUncertainty, ["symmetric"] = new JsonArray(output.Symmetric.Low, output.Symmetric.High), ["shortest"] = new JsonArray(output.Shortest.Low, output.Shortest.High),
            ["standardErrorOfMean"] = output.StandardErrors.Mean, ["standardErrorOfUncertainty"] = output.StandardErrors.StandardUncertainty, ["standardErrorsOfSymmetric"] = new JsonArray(output.StandardErrors.Low, output.StandardErrors.High),
            ["frameworkIsValid"] = verdict.IsValid, ["verdictIsDecided"] = verdict.IsDecided, ["lowDifference"] = verdict.LowDifference, ["highDifference"] = verdict.HighDifference, ["tolerance"] = verdict.Tolerance,
        };
    }

    /// <summary>The density of the trials, and what the first order takes it for.</summary>
    public FindingChart? Chart(int index, FrameworkValidation verdict, string? unit, CliTexts texts)
    {
        var output = Result.Outputs[index];
        if (!(verdict.StandardUncertainty > 0) || !(output.Symmetric.High > output.Symmetric.Low))
            return null;
        var caption = texts["uncertainty.distribution-of", verdict.Name];
        return new(index == 0 ? "distribution" : $"distribution-{verdict.Name}", caption, () =>
        {
            var (edges, densities) = output.Histogram(72);
            InputDistribution first = double.IsFinite(verdict.DegreesOfFreedom) ? StudentTDistribution.FromScale(verdict.Value, verdict.StandardUncertainty, verdict.DegreesOfFreedom) : NormalDistribution.FromStandardDeviation(verdict.Value, verdict.StandardUncertainty);
            var name = unit is null ? verdict.Name : $"{verdict.Name} / {Units.Text(unit)}";
            return SvgDocument.RenderAsync<CurveChart>(new Dictionary<string, object?>
            {
                ["Title"] = caption, ["Name"] = "distribution", ["Height"] = 340.0, ["Horizontal"] = AxisKind.Linear, ["Vertical"] = AxisKind.Linear,
                ["Points"] = (CurvePoint[])[new(output.Symmetric.Low, 0), new(output.Symmetric.High, 0)],
                ["Curves"] = (CurveLine[])[new(texts["uncertainty.by-first-order"], [.. Enumerable.Range(0, 201).Select(i => edges[0] + (edges[^1] - edges[0]) * i / 200).Select(x => (x, first.Density(x)))])],
                ["Band"] = ((double, double, double)[])[.. densities.SelectMany((d, i) => new[] { (edges[i], 0.0, d), (edges[i + 1], 0.0, d) })],
                ["BandText"] = texts["uncertainty.by-trials"], ["PointText"] = texts["uncertainty.ends", Numbers.Of(100 * project.Coverage)],
                ["ValueAxis"] = texts["uncertainty.density"], ["HorizontalAxis"] = name,
            });
        });
    }
}
