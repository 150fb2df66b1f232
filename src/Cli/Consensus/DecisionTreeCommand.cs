using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline decision-tree FILE</c>: three tests that choose an estimator, in words, and what the chosen one says.</summary>
internal static class DecisionTreeCommand
{
    public static Command Create(CliTexts texts)
    {
        var seed = CommonOptions.Seed(texts);
        var factor = CommonOptions.Factor(texts);
        var unit = CommonOptions.Unit(texts);
        return NumericCommand.Create("decision-tree", texts, [factor, unit, seed], ["tree", "quantiles", .. ConsensusCharts.Names.Where(n => n != "quantiles")], (call, table, words) =>
        {
            var read = ResultsReader.Read(table, call.GetValue(seed));
            if (!read.Accepted)
                return read.Refusals.ToList();
            var (results, found) = read.Value;
            if (results.Values.Length < 3)
                return new Refusal("data-few", null, table.File, results.Values.Length, 3);
            if (results.Values.Distinct().Count() == 1)
                return new Refusal("data-no-spread", null, table.File);
            return Make(results, call.GetValue(factor), call.GetValue(unit) ?? found ?? "", table.File, words);
        });
    }

    private static Outcome<Findings> Make(Results results, double factor, string unit, string file, CliTexts texts)
    {
        var tree = DecisionTree.Of(results.Values, results.Uncertainties, results.Chance);
        var estimator = Estimator.Find(tree.Recommendation switch
        {
            DecisionTreeRecommendation.AdaptiveWeightedAverage => "dersimonian-laird-bootstrap",
            DecisionTreeRecommendation.WeightedMedian => "weighted-median",
            DecisionTreeRecommendation.HierarchicalGauss => "hierarchical-gauss",
            DecisionTreeRecommendation.HierarchicalLaplace => "hierarchical-laplace",
            _ => "hierarchical-skew",
        })!;
        var study = ConsensusStudy.Make(results, estimator, [.. results.Values.Select(_ => true)], factor, dark: true, file);
        if (study.Value is not { } made)
            return study.Refusals.ToList();
        var consensus = new ConsensusFindings(made, texts, unit, file).Make();
        var findings = new Findings { Title = texts["decision-tree.title", file] };
        findings.Facts.Add(new(texts["decision-tree.homogeneity"], $"Q = {Numbers.Fixed(tree.Q, 2)}, ν = {tree.DegreesOfFreedom}, p = {Numbers.Significant(tree.HomogeneityPValue, 2)} (0.10): {texts[tree.Homogeneous ? "decision-tree.homogeneous" : "decision-tree.heterogeneous"]}"));
        findings.Facts.Add(new(texts["decision-tree.normality"], $"W = {Numbers.Fixed(tree.ShapiroW, 4)}, p = {Numbers.Significant(tree.NormalityPValue, 2)} (0.05): {texts[tree.Normal ? "decision-tree.normal" : "decision-tree.not-normal"]}"));
        findings.Facts.Add(new(texts["decision-tree.symmetry"], $"MGG = {Numbers.Fixed(tree.SymmetryStatistic, 3)}, p = {Numbers.Significant(tree.SymmetryPValue, 2)} (0.01): {texts[tree.Symmetric ? "decision-tree.symmetric" : "decision-tree.asymmetric"]}"));
        findings.Facts.Add(new(texts["decision-tree.recommendation"], texts[$"method.{estimator.Name}"]));
        findings.Facts.AddRange(consensus.Facts.Skip(1));
        findings.Tables.AddRange(consensus.Tables);
        findings.Notes.Add(texts["decision-tree.caution"]);
        findings.Notes.AddRange(consensus.Notes);
        findings.Charts.Add(new FindingChart("tree", texts["chart.tree"], () => SvgDocument.RenderAsync<DecisionChart>(new Dictionary<string, object?> { ["Title"] = texts["chart.tree"], ["Name"] = "tree", ["Root"] = Tree(tree, texts) })));
        findings.Charts.AddRange(consensus.Charts.OrderBy(c => c.Name != "quantiles"));
        findings.Json["tests"] = new JsonObject
        {
            ["q"] = tree.Q, ["degreesOfFreedom"] = tree.DegreesOfFreedom, ["homogeneityPValue"] = tree.HomogeneityPValue, ["homogeneous"] = tree.Homogeneous, ["shapiroW"] = tree.ShapiroW, ["normalityPValue"] = tree.NormalityPValue,
            ["normal"] = tree.Normal, ["symmetryStatistic"] = tree.SymmetryStatistic, ["symmetryPValue"] = tree.SymmetryPValue, ["symmetric"] = tree.Symmetric,
        };
        findings.Json["recommendation"] = estimator.Name;
        foreach (var (name, value) in consensus.Json)
            findings.Json[name] = value?.DeepClone();
        return findings;
    }

    private static DecisionNode Tree(DecisionTreeResult tree, CliTexts texts)
    {
        DecisionNode Leaf(string method, DecisionTreeRecommendation leaf) => new(texts[$"method.{method}"].Split(texts["cli.list"], 2), tree.Recommendation == leaf);
        DecisionNode Test(string key, double p, bool onPath, DecisionNode yes, DecisionNode no) =>
            new([texts[$"decision-tree.{key}"], .. onPath ? [$"*p* = {Numbers.Significant(p, 2)}"] : Array.Empty<string>()], onPath, new DecisionBranch(texts["decision-tree.kept"], yes), new DecisionBranch(texts["decision-tree.rejected"], no));
        return Test("homogeneity", tree.HomogeneityPValue, true,
            Test("normality", tree.NormalityPValue, tree.Homogeneous, Leaf("dersimonian-laird-bootstrap", DecisionTreeRecommendation.AdaptiveWeightedAverage), Leaf("weighted-median", DecisionTreeRecommendation.WeightedMedian)),
            Test("symmetry", tree.SymmetryPValue, !tree.Homogeneous,
                Test("normality", tree.NormalityPValue, !tree.Homogeneous && tree.Symmetric, Leaf("hierarchical-gauss", DecisionTreeRecommendation.HierarchicalGauss), Leaf("hierarchical-laplace", DecisionTreeRecommendation.HierarchicalLaplace)),
                Leaf("hierarchical-skew", DecisionTreeRecommendation.HierarchicalSkew)));
    }
}
