using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>An evaluation in words, tables, JSON and pictures: results, propagation of distributions, budgets with correlated contributions, second order.</summary>
internal sealed class UncertaintyFindings(UncertaintyProject project, UncertainNumber[] inputs, PropagatedDistributions drawn, CliTexts texts, string file)
{
    public static readonly string[] Plots = ["budget", "distribution"];

    public Findings Make()
    {
        var findings = new Findings { Title = texts["uncertainty.title", project.Title.Length > 0 ? project.Title : file] };
        var results = project.Model.Evaluate(inputs);
        var dimensions = project.Model.CheckUnits(project.Quantities.Where(q => q.Unit is not null).ToDictionary(q => q.Name, q => q.Unit!)).ResultUnits;
        string?[] units = [.. results.Select(y => dimensions[y.Label!]?.Text is { } unit and not "1" ? unit : null)];
        foreach (var (statement, k) in project.Model.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select((s, k) => (s, k)))
            findings.Facts.Add(new(k == 0 ? texts["uncertainty.model"] : "", statement));
        findings.Json["title"] = project.Title;
        findings.Json["model"] = project.Model.Text;
        findings.Json["modelLatex"] = project.Model.ToLatex();
        findings.Json["coverage"] = project.Coverage;
        findings.Json["inputs"] = new JsonArray([.. project.Quantities.Select(Input)]);
        var table = new FindingTable(texts["uncertainty.first-table", Numbers.Of(project.Coverage * 100)], [texts["uncertainty.result"], texts["uncertainty.estimate"], "*u*(*y*)", "*ν*_eff", "*k*", "*U*", texts["uncertainty.second"], texts["uncertainty.bias"]], 0);
        findings.Tables.Add(table);
        var outputs = results.Select((y, k) => Result(findings, table, y, k, units[k])).ToArray();
        drawn.Describe(findings, texts);
        var verdicts = drawn.Verdicts(results);
        drawn.Tabulate(findings, verdicts, units, texts);
        if (project.Quantities.Any(q => q.Distribution is StudentTDistribution && q.StandardUncertainty > 0))
            findings.Notes.Add(texts["uncertainty.t-note"]);
        for (var k = 0; k < results.Length; k++)
        {
            outputs[k]["monteCarlo"] = drawn.Figures(k, verdicts[k]);
            Budget(findings, results[k], UncertaintyBudget.Of(results[k]), units[k]);
            if (drawn.Chart(k, verdicts[k], units[k], texts) is { } chart)
                findings.Charts.Add(chart);
        }
        findings.Json["results"] = new JsonArray([.. outputs]);
        if (results.Length > 1)
            Correlations(findings, results);
        Domain(findings);
        return findings;
    }

    private JsonObject Result(Findings findings, FindingTable table, UncertainNumber y, int index, string? unit)
    {
        var budget = UncertaintyBudget.Of(y);
        var nu = budget.DegreesOfFreedom;
        var factor = budget.StandardUncertainty == 0 ? 0 : y.DegreesOfFreedom.Value is { } v ? StudentT.UpperQuantile((1 - project.Coverage) / 2, v) : Normal.Quantile((1 + project.Coverage) / 2);
        var expanded = factor * budget.StandardUncertainty;
        var name = y.Label!;
        findings.Facts.Add(new(name, $"{Numbers.PlusMinus(y.Value, expanded, unit, project.Digits)}{texts["uncertainty.coverage", Numbers.Of(project.Coverage * 100), Numbers.Significant(factor, 3)]}"));
        if (nu.Refusal is { } reason and not "no-uncertainty")
            findings.Notes.Add(texts["uncertainty.no-freedom", name, texts[$"uncertainty.no-freedom.{reason}", [.. nu.Names]]]);
        var second = SecondOrderOf(findings, y, index);
        table.Rows.Add([unit is null ? name : $"{name} / {Units.Text(unit)}", Numbers.Fixed(y.Value, Numbers.DecimalsFor(budget.StandardUncertainty > 0 ? budget.StandardUncertainty : 1, project.Digits)), Numbers.Uncertainty(budget.StandardUncertainty, project.Digits),
            nu.Value is { } real ? double.IsFinite(real) ? Numbers.Significant(real, 4) : "∞" : "–", Numbers.Significant(factor, 3), Numbers.Uncertainty(expanded, project.Digits),
            second is null ? "–" : Numbers.Uncertainty(second.StandardUncertainty, project.Digits), second is null ? "–" : Math.Abs(second.Bias) < 1e-12 * second.StandardUncertainty ? "0" : Numbers.Significant(second.Bias, 2)]);
        return new()
        {
            ["name"] = name, ["unit"] = unit, ["value"] = y.Value, ["standardUncertainty"] = budget.StandardUncertainty, ["degreesOfFreedom"] = nu.Value is { } d && double.IsFinite(d) ? d : null,
            ["degreesOfFreedomRefusal"] = nu.Refusal, ["coverageFactor"] = factor, ["expandedUncertainty"] = expanded,
            ["budget"] = new JsonArray([.. budget.Lines.Select(Line)]), ["covariances"] = new JsonArray([.. budget.Covariances.Select(Covariance)]),
            ["secondOrder"] = second is null ? null : new JsonObject
            {
                ["standardUncertainty"] = second.StandardUncertainty, ["bias"] = second.Bias, ["nonlinearityIndex"] = Finite(second.NonlinearityIndex), ["relativeBias"] = Finite(second.RelativeBias), ["gumNote"] = second.GumNoteUncertainty, ["advisesMonteCarlo"] = second.Advises(project.Digits),
            },
        };
    }

    private void Budget(Findings findings, UncertainNumber y, UncertaintyBudget budget, string? unit)
    {
        var per = unit is null ? "" : $" / {Units.Text(unit)}";
        var table = new FindingTable(texts["uncertainty.budget", y.Label!], [texts["uncertainty.quantity"], texts["uncertainty.estimate"], "*u*(*x*)", "*ν*", texts["uncertainty.distribution"], texts["uncertainty.sensitivity"], $"*c*·*u*{per}", texts["uncertainty.share"]], 0, 4);
        foreach (var line in budget.Lines)
        {
            var q = project.Quantities.First(p => p.Name == line.Name);
            table.Rows.Add([q.Description is null ? q.Name : $"{q.Name} {q.Description}", Numbers.WithUnit(line.StandardUncertainty > 0 ? Numbers.Fixed(line.Estimate, Numbers.DecimalsFor(line.StandardUncertainty)) : Numbers.Of(line.Estimate), q.Unit),
                Numbers.WithUnit(Numbers.Uncertainty(line.StandardUncertainty), q.Unit), line.DegreesOfFreedom is { } nu && double.IsFinite(nu) ? Numbers.Significant(nu, 3) : "∞", q.Observations is { } readings ? texts["uncertainty.type-a", readings.Length] : q.Distribution is ConstantDistribution ? texts["uncertainty.constant"] : q.Distribution.Symbol,
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
                ["Title"] = texts["uncertainty.chart", y.Label!], ["Name"] = "budget", ["Points"] = (ScorePoint[])[.. budget.Lines.Where(l => Real(l.Contribution, l, budget) != 0).Select(l => new ScorePoint(l.Name, l.Contribution))],
                ["Limits"] = new[] { budget.StandardUncertainty }, ["ValueAxis"] = $"*c*·*u*{per}", ["LaboratoryAxis"] = texts["uncertainty.quantity"], ["WithinText"] = "*c*·*u*(*x*)", ["BeyondText"] = "> *u*(*y*)", ["LimitText"] = "± *u*(*y*)",
            })));
    }

    /// <summary>A contribution of rounding alone is printed as zero.</summary>
    private static double Real(double value, BudgetLine line, UncertaintyBudget budget) => line.StandardUncertainty > 0 && Math.Abs(line.Contribution) < 1e-12 * budget.StandardUncertainty ? 0 : value;

    private SecondOrder? SecondOrderOf(Findings findings, UncertainNumber y, int index)
    {
        try
        {
            return SecondOrder.Of(project.Model, inputs, index);
        }
        catch (ArithmeticException)
        {
            findings.Notes.Add(texts["uncertainty.not-twice", y.Label!]);
            return null;
        }
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
