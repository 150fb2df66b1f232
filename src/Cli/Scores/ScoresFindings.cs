using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>Scores in words, tables, JSON and pictures.</summary>
internal sealed class ScoresFindings(ScoredResults data, CliTexts texts, string unit, string file)
{
    public static readonly string[] Plots = ["z", "z-prime", "zeta", "en", "scatter", "naji", "density", "quantiles"];

    private readonly string per = Units.Text(unit) is { Length: > 0 } shown ? $" / {shown}" : "";

    private AssignedValue Assigned => data.Assigned;
    private bool HasUncertainties => data.Uncertainties.Length > 0 && Assigned.Uncertainty is not null;

    private Score[]? Z => Assigned.Sigma is { } s ? [.. data.Values.Select(x => ProficiencyScores.Z(x, Assigned.Value, s))] : null;

    private Score[]? ZPrime => Assigned is { Sigma: { } s, Uncertainty: { } u } ? [.. data.Values.Select(x => ProficiencyScores.ZPrime(x, Assigned.Value, s, u))] : null;

    private Score[]? Zeta => HasUncertainties ? [.. data.Values.Select((x, i) => ProficiencyScores.Zeta(x, data.Uncertainties[i], Assigned.Value, Assigned.Uncertainty!.Value))] : null;

    // A value made of the results themselves is not independent of any of them; robust ones have no weights to say how much.
    private Score[]? En => HasUncertainties ? [.. data.Values.Select((x, i) => EnScore.Independent(x, data.Factor * data.Uncertainties[i], Assigned.Value, data.Factor * Assigned.Uncertainty!.Value))] : null;

    public Findings Make()
    {
        var findings = new Findings { Title = texts["scores.title", file] };
        var facts = findings.Facts;
        facts.Add(new(texts["scores.value"], (Assigned.Uncertainty is { } u ? Numbers.PlusMinus(Assigned.Value, data.Factor * u, unit) + $" (k = {Numbers.Of(data.Factor)})" : Numbers.WithUnit(Numbers.Of(Assigned.Value), unit))
            + (Assigned.Method is { } method ? $": {texts[$"scores.from.{method}"]}" : "")));
        if (Assigned.Sigma is { } sigma)
            facts.Add(new("*σ*_pt", Numbers.WithUnit(Numbers.Significant(sigma, 3), unit)));
        if (data.Permitted is { } permitted)
            facts.Add(new("*δ*_E", Numbers.WithUnit(Numbers.Of(permitted), unit)));
        List<(string Key, string Head, Score[] Scores, double[] Limits)> kinds = [];
        if (Z is { } z)
            kinds.Add(("z", "*z*", z, [2, 3]));
        if (ZPrime is { } prime)
            kinds.Add(("zPrime", "*z*′", prime, [2, 3]));
        if (Zeta is { } zeta)
            kinds.Add(("zeta", "*ζ*", zeta, [2, 3]));
        if (En is { } en)
            kinds.Add(("en", "*E*_n", en, [1]));
        var verdicts = Assigned is { Sigma: { } s, Uncertainty: { } ua } && !ProficiencyScores.IsNegligible(ua, s) ? kinds[1] : kinds[0];
        facts.Add(new(texts["scores.judged"], FindingsText.Terminal(verdicts.Head)));
        foreach (var group in verdicts.Scores.GroupBy(v => v.Verdict).OrderBy(g => g.Key))
            facts.Add(new(texts[$"verdict.{group.Key}"], $"{group.Count()} / {data.Values.Length}"));
        Table(findings, kinds, verdicts.Scores);
        Notes(findings);
        Charts(findings);
        return findings;
    }

    private void Table(Findings findings, List<(string Key, string Head, Score[] Scores, double[] Limits)> kinds, Score[] verdicts)
    {
        var hasU = data.Uncertainties.Length > 0;
        var percent = Assigned.Value != 0;
        List<string> heads = [texts["head.laboratory"], $"*x*{per}", .. hasU ? [$"*u*{per}"] : Array.Empty<string>(), $"*D*{per}", .. percent ? ["*D* / %"] : Array.Empty<string>(),
            .. data.Permitted is null ? Array.Empty<string>() : ["*P*_A / %"], .. kinds.Select(k => k.Head), texts["head.verdict"]];
        var table = new FindingTable(texts["scores.table"], [.. heads], 0, heads.Count - 1);
        var items = new JsonArray();
        for (var i = 0; i < data.Values.Length; i++)
        {
            var (x, d) = (data.Values[i], ProficiencyScores.Difference(data.Values[i], Assigned.Value));
            var decimals = Numbers.DecimalsFor(hasU ? data.Uncertainties[i] : Assigned.Sigma ?? Math.Abs(x));
            var p = ProficiencyScores.PercentDifference(x, Assigned.Value);
            double? pa = data.Permitted is { } permitted ? ProficiencyScores.PercentOfPermitted(x, Assigned.Value, permitted) : null;
            table.Rows.Add([data.Laboratories[i], Numbers.Fixed(x, decimals), .. hasU ? [Numbers.Uncertainty(data.Uncertainties[i])] : Array.Empty<string>(), Numbers.Fixed(d, decimals), .. percent ? [Numbers.Significant(p, 3)] : Array.Empty<string>(),
                .. pa is null ? Array.Empty<string>() : [Numbers.Fixed(pa, 1)], .. kinds.Select(k => Numbers.Score(k.Scores[i].Value, 2, [.. k.Limits, .. k.Limits.Select(l => -l)])), texts[$"verdict.{verdicts[i].Verdict}"]]);
            var item = new JsonObject { ["laboratory"] = data.Laboratories[i], ["value"] = x, ["standardUncertainty"] = hasU ? data.Uncertainties[i] : null, ["difference"] = d, ["percentDifference"] = p, ["percentOfPermitted"] = pa };
            foreach (var kind in kinds)
                item[kind.Key] = kind.Scores[i].Value;
            if (HasUncertainties)
            {
                var (low, high) = ProficiencyScores.Ez(x, data.Factor * data.Uncertainties[i], Assigned.Value, data.Factor * Assigned.Uncertainty!.Value);
                item["ezLow"] = low.Value;
                item["ezHigh"] = high.Value;
            }
            item["verdict"] = verdicts[i].Verdict.ToString();
            items.Add(item);
        }
        findings.Tables.Add(table);
        findings.Json["assigned"] = new JsonObject { ["value"] = Assigned.Value, ["standardUncertainty"] = Assigned.Uncertainty, ["sigma"] = Assigned.Sigma, ["method"] = Assigned.Method, ["permittedError"] = data.Permitted, ["coverageFactor"] = data.Factor, ["unit"] = unit };
        findings.Json["judgedBy"] = kinds.First(k => k.Scores == verdicts).Key;
        findings.Json["laboratories"] = items;
    }

    private void Notes(Findings findings)
    {
        if (Assigned is { Sigma: { } sigma, Uncertainty: { } u } && !ProficiencyScores.IsNegligible(u, sigma))
            findings.Notes.Add(texts["scores.not-negligible"]);
        if (Assigned.Method is null)
            return;
        if (HasUncertainties)
            findings.Notes.Add(texts["scores.not-independent"]);
        // With few laboratories a score about their own mean cannot grow large.
        if (ProficiencyScores.LargestPossible(data.Values.Length) is < 3 and var most)
            findings.Notes.Add(texts["scores.largest", Numbers.Fixed(most, 2), data.Values.Length]);
    }

    private void Charts(Findings findings)
    {
        void Add(string name, Func<Task<string>> draw) => findings.Charts.Add(new(name, texts[$"chart.{name}"], draw));
        if (Z is { } z)
            Add("z", () => Bars("z", z, "*z*", 2, 3));
        if (ZPrime is { } prime)
            Add("z-prime", () => Bars("z-prime", prime, "*z*′", 2, 3));
        if (Zeta is { } zeta)
            Add("zeta", () => Bars("zeta", zeta, "*ζ*", 2, 3));
        if (En is { } en)
            Add("en", () => Bars("en", en, "*E*_n", 1));
        if (Z is { } first && Zeta is { } second)
        {
            Add("scatter", () => SvgDocument.RenderAsync<ScoreScatterChart>(Given("scatter",
                ("Points", ((string, double, double)[])[.. data.Laboratories.Select((l, i) => (l, first[i].Value, second[i].Value)).Where(p => p.Item2 is not null && p.Item3 is not null).Select(p => (p.l, p.Item2!.Value, p.Item3!.Value))]),
                ("FirstAxis", "*z*"), ("SecondAxis", "*ζ*"), ("PointText", texts["head.laboratory"]), ("BeyondText", texts["chart.action"]), ("LimitText", texts["chart.limits"]))));
            Add("naji", () => SvgDocument.RenderAsync<NajiChart>(Given("naji",
                ("Points", (DeviationPoint[])[.. data.Laboratories.Select((l, i) => new DeviationPoint(l, (data.Values[i] - Assigned.Value) / Assigned.Sigma!.Value, data.Uncertainties[i] / Assigned.Sigma.Value))]),
                ("ReferenceUncertainty", Assigned.Uncertainty!.Value / Assigned.Sigma!.Value), ("Squared", true), ("DeviationAxis", "(*x* − *x*_pt) / *σ*_pt"), ("UncertaintyAxis", "*u*^2 / *σ*_pt^2"), ("PointText", texts["head.laboratory"]), ("BeyondText", "|*ζ*| > 3"))));
        }
        if (data.Values.Length >= 3)
        {
            Add("density", () => SvgDocument.RenderAsync<DensityChart>(Given("density", ("Points", (ResultPoint[])[.. data.Values.Select((x, i) => new ResultPoint(data.Laboratories[i], x, 0))]),
                ("ReferenceValue", Assigned.Value), ("ReferenceUncertainty", Assigned.Uncertainty is { } ua ? data.Factor * ua : null), ("ValueAxis", $"*x*{per}"), ("DensityAxis", texts["chart.density-axis"]), ("DensityText", texts["chart.kernel"]),
                ("ResultText", texts["chart.results-tick"]), ("ReferenceText", texts["scores.value"]), ("BandText", texts["chart.band-assigned"]))));
            Add("quantiles", () =>
            {
                var order = Enumerable.Range(0, data.Values.Length).OrderBy(i => data.Values[i]).ToArray();
                return SvgDocument.RenderAsync<QuantileChart>(Given("quantiles", [.. QuantilePlot.Of([.. order.Select(i => data.Laboratories[i])], [.. order.Select(i => data.Values[i])]),
                    ("ValueAxis", $"*x*{per}"), ("HorizontalAxis", texts["chart.quantile"]), ("PointText", texts["head.laboratory"]), ("OutsideText", texts["chart.outside"]), ("BandText", texts["chart.quantile-band"])]));
            });
        }
    }

    private Task<string> Bars(string name, Score[] scores, string axis, params double[] limits)
    {
        // In order of the score, as a round's picture is read.
        var order = Enumerable.Range(0, scores.Length).OrderBy(i => scores[i].Value ?? double.MaxValue).ToArray();
        return SvgDocument.RenderAsync<ScoreChart>(Given(name,
            ("Points", (ScorePoint[])[.. order.Select(i => new ScorePoint(data.Laboratories[i], scores[i].Value))]), ("Limits", limits), ("ValueAxis", axis), ("LaboratoryAxis", texts["head.laboratory"]),
            ("WithinText", texts["verdict.Satisfactory"]), ("WarningText", texts["verdict.Questionable"]), ("BeyondText", texts["verdict.Unsatisfactory"]), ("NotEvaluableText", texts["verdict.NotEvaluable"]), ("LimitText", texts["chart.limits"])));
    }

    private Dictionary<string, object?> Given(string name, params (string Key, object? Value)[] more) =>
        new(more.Select(m => KeyValuePair.Create(m.Key, m.Value))) { ["Title"] = texts[$"chart.{name}"], ["Name"] = name };
}
