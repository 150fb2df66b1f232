using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline link FILE</c>: results of one comparison carried to another's reference value, or a whole network of comparisons in one adjustment.</summary>
internal static class LinkCommand
{
    private static readonly string[] comparison = ["comparison", "study", "artefact", "比对", "比对编号", "comparisons", "loop"];
    private static readonly string[] key = ["key", "x_key", "关键比对", "CIPM", "key comparison"];
    private static readonly string[] regional = ["regional", "x", "区域比对", "RMO", "value", "测得值"];
    private static readonly string[] transfer = ["u_transfer", "传递不确定度", "u_link", "transfer uncertainty"];

    public static Command Create(CliTexts texts)
    {
        var reference = new Option<string?>("--kcrv") { Description = texts["link.kcrv"] };
        reference.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && TypedNumber.Read(result.Tokens[0].Value) is null)
                result.AddError(texts.Of(new Refusal("call-number", null, "--kcrv", result.Tokens[0].Value)));
        });
        var uncertainty = CommonOptions.PositiveNumber("--u-kcrv", texts["link.u-kcrv"], texts);
        var origin = new Option<string?>("--reference") { Description = texts["link.reference"] };
        var factor = CommonOptions.Factor(texts);
        var unit = CommonOptions.Unit(texts);
        return NumericCommand.Create("link", texts, [reference, uncertainty, origin, factor, unit], ["equivalence", "pairs"], (call, table, words) =>
        {
            var reader = new TableReader(table);
            if (reader.Optional(comparison) is { } of)
                return Network(reader, of, call.GetValue(origin), new(call.GetValue(factor), call.GetValue(unit), table.File, words));
            var value = TypedNumber.Read(call.GetValue(reference)) ?? TypedNumber.Read(table.Settings.GetValueOrDefault("kcrv"));
            var u = call.GetValue(uncertainty) ?? TypedNumber.Read(table.Settings.GetValueOrDefault("u_kcrv"));
            return value is null || u is null
                ? new Refusal("data-no-kcrv", null, table.File)
                : ToKey(reader, value.Value, u.Value, new(call.GetValue(factor), call.GetValue(unit), table.File, words));
        });
    }

    private static Outcome<Findings> ToKey(TableReader reader, double reference, double uncertainty, LinkFindings print)
    {
        var names = ResultsReader.Names(reader);
        DataColumn? inKey = reader.Required(key), here = reader.Required(regional), moved = reader.Required(transfer);
        if (inKey is null || here is null || moved is null)
            return reader.Refusals.ToList();
        var (keyValues, values, transfers) = (reader.OptionalNumbers(inKey), reader.Numbers(here), reader.OptionalNumbers(moved, Domain.Positive));
        int[] links = [.. Enumerable.Range(0, names.Length).Where(i => keyValues[i] is not null)], others = [.. Enumerable.Range(0, names.Length).Where(i => keyValues[i] is null)];
        if (links.Length == 0)
            reader.Refuse("data-no-link", inKey.Header);
        foreach (var i in links.Where(i => transfers[i] is null))
            reader.Refuse("data-link-transfer", names[i], moved.Header);
        var u = ResultsReader.Uncertainties(reader);
        if (reader.Refusals.Count > 0)
            return reader.Refusals.ToList();
        T[] Of<T>(int[] which, T[] list) => [.. which.Select(i => list[i])];
        var linked = Numerics.Linking.ToKeyComparison([.. links.Select(i => keyValues[i]!.Value)], Of(links, values), [.. links.Select(i => transfers[i]!.Value)], Of(others, values), Of(others, u), reference, uncertainty, print.Factor);
        return print.Linked(linked, Of(links, names), Of(others, names), here.Unit);
    }

    private static Outcome<Findings> Network(TableReader reader, DataColumn of, string? origin, LinkFindings print)
    {
        var comparisons = reader.Texts(of);
        var laboratory = reader.Required(ResultsReader.Laboratory);
        var (names, value) = (reader.Texts(laboratory), reader.Required(ResultsReader.Value));
        var (x, u) = (reader.Numbers(value), ResultsReader.Uncertainties(reader));
        string[] people = [.. names.Distinct()], loops = [.. comparisons.Distinct()];
        if (laboratory is not null && origin is not null && !people.Contains(origin))
            reader.Refuse("data-no-laboratory", origin, string.Join(", ", people));
        if (reader.Refusals.Count > 0)
            return reader.Refusals.ToList();
        var reference = origin is null ? 0 : Array.IndexOf(people, origin);
        var fit = Numerics.Linking.Network([.. comparisons.Select(c => Array.IndexOf(loops, c))], [.. names.Select(n => Array.IndexOf(people, n))], x, u, reference);
        return print.Network(fit, people, reference, loops.Length, value!.Unit);
    }
}

/// <summary>Linked degrees of equivalence in words, tables and pictures.</summary>
internal sealed class LinkFindings(double factor, string? unit, string file, CliTexts texts)
{
    public double Factor => factor;

    public Findings Linked(LinkedComparison linked, string[] links, string[] others, string? found)
    {
        var findings = new Findings { Title = texts["link.title", file] };
        var shown = unit ?? found ?? "";
        findings.Facts.Add(new(texts["link.links"], string.Join(texts["cli.list"], links)));
        findings.Facts.Add(new(texts["link.correction"], Numbers.PlusMinus(linked.Correction, factor * linked.CorrectionStandardUncertainty, shown) + $" (k = {Numbers.Of(factor)})"));
        if (linked.PValue is { } p)
            findings.Facts.Add(new(texts["link.agree"], $"χ² = {Numbers.Fixed(linked.ChiSquared, 2)}, ν = {linked.DegreesOfFreedom}, p = {Numbers.Significant(p, 2)}: {texts[p < 0.05 ? "link.moved" : "link.held"]}"));
        else
            findings.Notes.Add(texts["link.single"]);
        findings.Json["link"] = new JsonObject
        {
            ["laboratories"] = new JsonArray([.. links.Select(l => (JsonNode)l)]), ["correction"] = linked.Correction, ["correctionStandardUncertainty"] = linked.CorrectionStandardUncertainty, ["chiSquared"] = linked.ChiSquared,
            ["degreesOfFreedom"] = linked.DegreesOfFreedom, ["pValue"] = linked.PValue, ["commonCovariance"] = linked.CommonCovariance, ["coverageFactor"] = factor,
        };
        Degrees(findings, others, linked.Deviations, linked.StandardUncertainties, shown, texts["link.degrees", Numbers.Of(factor)]);
        return findings;
    }

    public Findings Network(LinkedDifferences fit, string[] people, int reference, int comparisons, string? found)
    {
        var findings = new Findings { Title = texts["link.network-title", file] };
        findings.Facts.Add(new(texts["link.network"], texts["link.network-size", comparisons, people.Length]));
        findings.Facts.Add(new(texts["link.origin"], people[reference]));
        if (fit.PValue is { } p)
            findings.Facts.Add(new("*χ*^2", $"{Numbers.Fixed(fit.ChiSquared, 2)}, ν = {fit.DegreesOfFreedom}, p = {Numbers.Significant(p, 2)}: {texts[p < 0.05 ? "consensus.inconsistent" : "consensus.consistent"]}"));
        findings.Json["network"] = new JsonObject
        {
            ["reference"] = people[reference], ["comparisons"] = comparisons, ["chiSquared"] = fit.ChiSquared, ["degreesOfFreedom"] = fit.DegreesOfFreedom, ["pValue"] = fit.PValue, ["coverageFactor"] = factor,
            ["covariance"] = new JsonArray([.. people.Select((_, i) => (JsonNode)new JsonArray([.. people.Select((_, j) => (JsonNode)fit.Covariance[i, j])]))]),
        };
        Degrees(findings, people, fit.Differences, [.. people.Select((_, i) => Math.Sqrt(fit.Covariance[i, i]))], unit ?? found ?? "", texts["link.differences", people[reference], Numbers.Of(factor)]);
        // Differences of any two from the covariance: the reference's own row is zero.
        findings.Charts.Add(new FindingChart("pairs", texts["chart.pairs"], () => SvgDocument.RenderAsync<PairwiseChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.pairs"], ["Name"] = "pairs", ["Laboratories"] = people, ["RatioText"] = "|*d*_{*ij*}| / *U*(*d*_{*ij*})", ["LaboratoryAxis"] = texts["head.laboratory"], ["SignificantText"] = texts["chart.significant-pair"],
            ["Ratio"] = (Func<int, int, double?>)((i, j) => i == j ? null : Math.Abs(fit.Differences[i] - fit.Differences[j]) / (factor * Math.Sqrt(fit.Covariance[i, i] + fit.Covariance[j, j] - 2 * fit.Covariance[i, j]))),
        })));
        return findings;
    }

    private void Degrees(Findings findings, string[] names, double[] deviations, double[] uncertainties, string shown, string caption)
    {
        var per = Units.Text(shown) is { Length: > 0 } text ? $" / {text}" : "";
        var table = new FindingTable(caption, [texts["head.laboratory"], $"*D*{per}", $"*U*(*D*){per}", "|*D*|/*U*(*D*)", ""], 0, 4);
        var items = new JsonArray();
        for (var i = 0; i < names.Length; i++)
        {
            var expanded = factor * uncertainties[i];
            double? ratio = expanded > 0 ? deviations[i] / expanded : null;
            table.Rows.Add([names[i], Numbers.Fixed(deviations[i], Numbers.DecimalsFor(expanded)), expanded == 0 ? Numbers.None : Numbers.Uncertainty(expanded), Numbers.Score(ratio is { } r ? Math.Abs(r) : null, 2, 1), ratio is { } q && Math.Abs(q) > 1 ? texts["consensus.significant"] : ""]);
            items.Add(new JsonObject { ["laboratory"] = names[i], ["deviation"] = deviations[i], ["standardUncertainty"] = uncertainties[i], ["expandedUncertainty"] = expanded, ["ratio"] = ratio });
        }
        findings.Tables.Add(table);
        findings.Json["laboratories"] = items;
        findings.Charts.Add(new FindingChart("equivalence", texts["chart.equivalence"], () => SvgDocument.RenderAsync<EquivalenceChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.equivalence"], ["Name"] = "equivalence", ["ValueAxis"] = $"*D*{per}", ["LaboratoryAxis"] = texts["head.laboratory"], ["InsignificantText"] = texts["chart.insignificant"], ["SignificantText"] = texts["chart.significant"],
            ["Points"] = (EquivalencePoint[])[.. names.Select((n, i) => new EquivalencePoint(n, deviations[i], factor * uncertainties[i], Math.Abs(deviations[i]) > factor * uncertainties[i] && uncertainties[i] > 0))],
        })));
    }
}
