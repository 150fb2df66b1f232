using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>An evaluation in words, tables, JSON and pictures: quantities, budget, correlated contributions, second order, what to do next.</summary>
internal sealed class UncertaintyFindings(UncertaintyProject project, CliTexts texts, string file)
{
    public static readonly string[] Plots = ["budget"];

    private readonly UncertainNumber[] inputs = project.ToUncertainNumbers();

    private MonteCarloResult monteCarlo = null!;

    public Findings Make()
    {
        var findings = new Findings { Title = texts["uncertainty.title", project.Title.Length > 0 ? project.Title : file] };
        var results = project.Model.Evaluate(inputs);
        var units = project.Model.CheckUnits(project.Quantities.Where(q => q.Unit is not null).ToDictionary(q => q.Name, q => q.Unit!)).ResultUnits;
        foreach (var statement in project.Model.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            findings.Facts.Add(new(texts["uncertainty.model"], statement));
        findings.Json["title"] = project.Title;
        findings.Json["model"] = project.Model.Text;
        findings.Json["modelLatex"] = project.Model.ToLatex();
        findings.Json["coverage"] = project.Coverage;
        findings.Json["inputs"] = new JsonArray([.. project.Quantities.Select(Input)]);
        var outputs = new JsonArray();
        monteCarlo = MonteCarlo.Run(project.Model, JointInputs.Correlate([.. project.Quantities.Select(q => q.Name)], [.. project.Quantities.Select(q => q.Distribution)], project.Correlations),
            new() { Trials = project.Trials ?? 1_000_000, Seed = project.Seed, Coverage = project.Coverage });
        findings.Json["monteCarlo"] = new JsonObject { ["trials"] = monteCarlo.Trials, ["seed"] = project.Seed, ["generator"] = monteCarlo.Options.Generator.ToString() };
        for (var k = 0; k < results.Length; k++)
            outputs.Add(Result(findings, results[k], k, units[results[k].Label!]?.Text is { } unit and not "1" ? unit : null));
        findings.Json["results"] = outputs;
        if (results.Length > 1)
            Correlations(findings, results);
        Domain(findings);
        return findings;
    }

    private JsonObject Result(Findings findings, UncertainNumber y, int index, string? unit)
    {
        var budget = UncertaintyBudget.Of(y);
        var nu = budget.DegreesOfFreedom;
        var factor = budget.StandardUncertainty == 0 ? 0 : y.DegreesOfFreedom.Value is { } v ? StudentT.UpperQuantile((1 - project.Coverage) / 2, v) : Normal.Quantile((1 + project.Coverage) / 2);
        var expanded = factor * budget.StandardUncertainty;
        var name = y.Label!;
        findings.Facts.Add(new(name, Numbers.WithUnit(Numbers.Fixed(y.Value, Numbers.DecimalsFor(budget.StandardUncertainty > 0 ? budget.StandardUncertainty : 1, project.Digits)), unit)));
        findings.Facts.Add(new($"*u*({name})", Numbers.WithUnit(Numbers.Uncertainty(budget.StandardUncertainty, project.Digits), unit)));
        findings.Facts.Add(new("*ν*_eff", nu.Value is { } real ? double.IsFinite(real) ? Numbers.Significant(real, 4) : "∞" : texts[$"uncertainty.no-freedom.{nu.Refusal}", [.. nu.Names]]));
        findings.Facts.Add(new(texts["uncertainty.expanded", Numbers.Of(project.Coverage * 100)], $"{Numbers.PlusMinus(y.Value, expanded, unit, project.Digits)} (k = {Numbers.Significant(factor, 3)})"));
        Budget(findings, y, budget, unit);
        var json = new JsonObject
        {
            ["name"] = name, ["unit"] = unit, ["value"] = y.Value, ["standardUncertainty"] = budget.StandardUncertainty, ["degreesOfFreedom"] = nu.Value is { } d && double.IsFinite(d) ? d : null,
            ["degreesOfFreedomRefusal"] = nu.Refusal, ["coverageFactor"] = factor, ["expandedUncertainty"] = expanded,
            ["budget"] = new JsonArray([.. budget.Lines.Select(Line)]), ["covariances"] = new JsonArray([.. budget.Covariances.Select(Covariance)]),
        };
        json["secondOrder"] = SecondOrderOf(findings, y, index, unit);
        json["monteCarlo"] = Drawn(findings, y, index, unit, expanded, nu.Value ?? double.PositiveInfinity);
        return json;
    }

    private void Budget(Findings findings, UncertainNumber y, UncertaintyBudget budget, string? unit)
    {
        var per = unit is null ? "" : $" / {Units.Text(unit)}";
        var table = new FindingTable(texts["uncertainty.budget", y.Label!], [texts["uncertainty.quantity"], texts["uncertainty.estimate"], "*u*(*x*)", "*ν*", texts["uncertainty.distribution"], texts["uncertainty.sensitivity"], $"*c*·*u*{per}", texts["uncertainty.share"]], 0, 4);
        foreach (var line in budget.Lines)
        {
            var q = project.Quantities.First(p => p.Name == line.Name);
            table.Rows.Add([q.Description is null ? q.Name : $"{q.Name} {q.Description}", Numbers.WithUnit(line.StandardUncertainty > 0 ? Numbers.Fixed(line.Estimate, Numbers.DecimalsFor(line.StandardUncertainty)) : Numbers.Of(line.Estimate), q.Unit),
                Numbers.WithUnit(Numbers.Uncertainty(line.StandardUncertainty), q.Unit), line.DegreesOfFreedom is { } nu && double.IsFinite(nu) ? Numbers.Significant(nu, 3) : "∞", q.Observations is { } readings ? texts["uncertainty.type-a", readings.Length] : q.Distribution.Symbol,
                Numbers.Significant(Real(line.Sensitivity, line, budget), 4), Numbers.Significant(Real(line.Contribution, line, budget), 3), Numbers.Fixed(line.Share * 100, 1)]);
        }
        findings.Tables.Add(table);
        if (budget.Covariances.Count > 0)
        {
            var pairs = new FindingTable(texts["uncertainty.covariances", y.Label!], [texts["uncertainty.quantities"], "*r*", texts["uncertainty.covariance"], texts["uncertainty.share"]], 0);
            foreach (var c in budget.Covariances)
                pairs.Rows.Add([$"{c.First}, {c.Second}", Numbers.Fixed(c.Correlation, 4), Numbers.Significant(c.Contribution, 3), Numbers.Fixed(c.Share * 100, 1)]);
            findings.Tables.Add(pairs);
        }
        if (budget.StandardUncertainty > 0)
            findings.Charts.Add(new(findings.Charts.Count == 0 ? "budget" : $"budget-{y.Label}", texts["uncertainty.chart", y.Label!], () => SvgDocument.RenderAsync<ScoreChart>(new Dictionary<string, object?>
            {
                ["Title"] = texts["uncertainty.chart", y.Label!], ["Name"] = "budget", ["Points"] = (ScorePoint[])[.. budget.Lines.Where(l => l.Contribution != 0).Select(l => new ScorePoint(l.Name, l.Contribution))],
                ["Limits"] = new[] { budget.StandardUncertainty }, ["ValueAxis"] = $"*c*·*u*{per}", ["LaboratoryAxis"] = texts["uncertainty.quantity"], ["WithinText"] = "*c*·*u*(*x*)", ["BeyondText"] = "> *u*(*y*)", ["LimitText"] = "± *u*(*y*)",
            })));
    }

    /// <summary>A contribution of rounding alone is printed as zero.</summary>
    private static double Real(double value, BudgetLine line, UncertaintyBudget budget) => line.StandardUncertainty > 0 && Math.Abs(line.Contribution) < 1e-12 * budget.StandardUncertainty ? 0 : value;

    private JsonObject? SecondOrderOf(Findings findings, UncertainNumber y, int index, string? unit)
    {
        SecondOrder second;
        try
        {
            second = SecondOrder.Of(project.Model, inputs, index);
        }
        catch (ArithmeticException)
        {
            findings.Notes.Add(texts["uncertainty.not-twice", y.Label!]);
            return null;
        }
        findings.Facts.Add(new(texts["uncertainty.second", y.Label!], Numbers.WithUnit(Numbers.Uncertainty(second.StandardUncertainty, project.Digits), unit)));
        if (Math.Abs(second.RelativeBias) > 1e-3)
            findings.Facts.Add(new(texts["uncertainty.bias"], Numbers.WithUnit(Numbers.Significant(second.Bias, 2), unit)));
        if (second.Advises(project.Digits))
            findings.Notes.Add(texts["uncertainty.advice", y.Label!]);
        return new()
        {
            ["standardUncertainty"] = second.StandardUncertainty, ["bias"] = second.Bias, ["nonlinearityIndex"] = Finite(second.NonlinearityIndex), ["relativeBias"] = Finite(second.RelativeBias), ["gumNote"] = second.GumNoteUncertainty, ["advisesMonteCarlo"] = second.Advises(project.Digits),
        };
    }

    /// <summary>The propagation of distributions, and whether the first-order interval agrees with it (JCGM 101, 8).</summary>
    private JsonObject Drawn(Findings findings, UncertainNumber y, int index, string? unit, double expanded, double freedom)
    {
        var output = monteCarlo.Outputs[index];
        var verdict = new FrameworkValidation(output.Name, y.Value, y.StandardUncertainty, freedom, new(y.Value - expanded, y.Value + expanded), output.Symmetric, FrameworkValidation.NumericalTolerance(output.StandardUncertainty ?? y.StandardUncertainty, project.Digits), project.Digits);
        var decimals = Numbers.DecimalsFor(output.StandardUncertainty is > 0 and var u ? u : 1, project.Digits);
        string Range(Interval i) => Numbers.WithUnit($"[{Numbers.Fixed(i.Low, decimals)}, {Numbers.Fixed(i.High, decimals)}]", unit);
        findings.Facts.Add(new(texts["uncertainty.mc", y.Label!, monteCarlo.Trials], $"{Numbers.WithUnit(Numbers.Fixed(output.Mean, decimals), unit)}, u = {(output.StandardUncertainty is { } s ? Numbers.WithUnit(Numbers.Uncertainty(s, project.Digits), unit) : "–")}"));
        findings.Facts.Add(new(texts["uncertainty.mc-symmetric"], Range(output.Symmetric)));
        findings.Facts.Add(new(texts["uncertainty.mc-shortest"], Range(output.Shortest)));
        findings.Facts.Add(new(texts["uncertainty.clause8"], texts[verdict.IsValid ? "uncertainty.clause8-yes" : "uncertainty.clause8-no", Numbers.Significant(verdict.LowDifference, 2), Numbers.Significant(verdict.HighDifference, 2), Numbers.Of(verdict.Tolerance)]));
        return new()
        {
            ["mean"] = output.Mean, ["standardUncertainty"] = output.StandardUncertainty, ["symmetric"] = new JsonArray(output.Symmetric.Low, output.Symmetric.High), ["shortest"] = new JsonArray(output.Shortest.Low, output.Shortest.High),
            ["standardErrorOfMean"] = output.StandardErrors.Mean, ["frameworkIsValid"] = verdict.IsValid, ["lowDifference"] = verdict.LowDifference, ["highDifference"] = verdict.HighDifference, ["tolerance"] = verdict.Tolerance,
        };
    }

    private void Correlations(Findings findings, UncertainNumber[] results)
    {
        var table = new FindingTable(texts["uncertainty.results"], ["", .. results.Select(r => r.Label!)], 0);
        foreach (var r in results)
            table.Rows.Add([r.Label!, .. results.Select(other => Numbers.Fixed(UncertainNumber.Correlation(r, other), 4))]);
        findings.Tables.Add(table);
        findings.Json["correlations"] = new JsonArray([.. results.Select(r => new JsonArray([.. results.Select(o => (JsonNode?)UncertainNumber.Correlation(r, o))]))]);
    }

    /// <summary>Where the model has no value within four standard deviations, or within the limits of a bounded quantity.</summary>
    private void Domain(Findings findings)
    {
        Interval Of(ProjectQuantity q) => new(Math.Max(q.Distribution.Support.Low, q.Distribution.Estimate - 4 * q.StandardUncertainty), Math.Min(q.Distribution.Support.High, q.Distribution.Estimate + 4 * q.StandardUncertainty));
        foreach (var problem in project.Model.CheckDomain([.. project.Quantities.Select(Of)]))
            findings.Notes.Add(ProblemText.Of(problem, texts));
    }

    private static JsonNode Input(ProjectQuantity q) => new JsonObject
    {
        ["name"] = q.Name, ["unit"] = q.Unit, ["description"] = q.Description, ["estimate"] = q.Estimate, ["standardUncertainty"] = q.StandardUncertainty, ["degreesOfFreedom"] = Finite(q.DegreesOfFreedom), ["distribution"] = q.Distribution.Symbol,
    };

    private static JsonNode Line(BudgetLine l) => new JsonObject
    {
        ["name"] = l.Name, ["estimate"] = l.Estimate, ["standardUncertainty"] = l.StandardUncertainty, ["degreesOfFreedom"] = l.DegreesOfFreedom is { } nu ? Finite(nu) : null, ["sensitivity"] = l.Sensitivity, ["contribution"] = l.Contribution, ["share"] = l.Share,
    };

    private static JsonNode Covariance(BudgetCovariance c) => new JsonObject { ["first"] = c.First, ["second"] = c.Second, ["correlation"] = c.Correlation, ["contribution"] = c.Contribution, ["share"] = c.Share };

    /// <summary>JSON has no infinity.</summary>
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
