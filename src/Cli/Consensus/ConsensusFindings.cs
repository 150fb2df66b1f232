using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>A consensus in words, tables and JSON.</summary>
internal sealed class ConsensusFindings(ConsensusStudy study, CliTexts texts, string unit, string file)
{
    public bool Compare { get; init; }
    public bool Pairs { get; init; }
    public bool LeaveOneOut { get; init; }

    private Results All => study.All;
    private ConsensusResult Reference => study.Reference;

    public Findings Make()
    {
        var findings = new Findings { Title = texts["consensus.title", file] };
        Summary(findings);
        Laboratories(findings);
        if (Compare)
            Methods(findings);
        if (LeaveOneOut)
            Without(findings);
        if (Pairs)
            Matrix(findings);
        foreach (var warning in Reference.Warnings)
            findings.Notes.Add(texts.Warning(warning));
        if (!Reference.Converged)
            findings.Notes.Add(texts["warning.not-converged", Reference.Iterations]);
        if (All.Values.Length > 1 && study.Deviations.Where((_, i) => study.Expanded[i] is null).Any())
            findings.Notes.Add(texts["warning.no-degree"]);
        if (study.Members is { Values.Length: > 2, Correlation: null } members && ExcessAgreement.Round(members.Values, members.Uncertainties) is { PValue: < 0.05 } tight)
            findings.Notes.Add(texts["consensus.tight", Numbers.Significant(tight.PValue, 2)]);
        new ConsensusCharts(study, texts, unit, Compare).AddTo(findings);
        return findings;
    }

    private void Summary(Findings findings)
    {
        var (facts, k) = (findings.Facts, study.Factor);
        facts.Add(new(texts["head.method"], $"{texts[$"method.{study.Estimator.Name}"]} ({study.Estimator.Name})"));
        facts.Add(new(texts["consensus.reference"], $"{Numbers.PlusMinus(Reference.Value, k * Reference.StandardUncertainty, unit)} (k = {Numbers.Of(k)})"));
        facts.Add(new("*u*(*x*_ref)", Numbers.WithUnit(Numbers.Uncertainty(Reference.StandardUncertainty), unit)));
        if (study.Interval is { } own)
            facts.Add(new(texts["consensus.interval"], Show(own, Reference.StandardUncertainty)));
        facts.Add(new(texts["consensus.used"], $"{Reference.Included.Count(used => used)} / {All.Values.Length}"));
        if (Reference.Tau is { } tau)
            facts.Add(new(texts["consensus.tau"], Numbers.WithUnit(tau == 0 ? "0" : Numbers.Uncertainty(tau), unit) + (study.TauInterval is { } t ? $" ({texts["consensus.tau-interval"]} {Show(t, t.High / 10)})" : "")));
        if (Reference is { ChiSquared: { } chi, DegreesOfFreedom: > 0 and var nu, PValue: { } p })
        {
            facts.Add(new("*χ*^2", $"{Numbers.Fixed(chi, 2)}, ν = {nu}, p = {Numbers.Significant(p, 2)}: {texts[p < 0.05 ? "consensus.inconsistent" : "consensus.consistent"]}"));
            facts.Add(new(texts["consensus.birge"], $"{Numbers.Fixed(Reference.BirgeRatio, 2)}, I² = {Numbers.Fixed(100 * Math.Max(0, chi - nu) / chi, 1)} %"));
        }
        findings.Json["method"] = study.Estimator.Name;
        findings.Json["unit"] = unit;
        findings.Json["reference"] = ReferenceJson(Reference, study.Interval);
    }

    private void Laboratories(Findings findings)
    {
        var per = unit.Length > 0 ? $" / {Units.Text(unit)}" : "";
        var finite = All.DegreesOfFreedom is not null;
        var table = new FindingTable(texts["consensus.degrees", Numbers.Of(study.Factor)],
            [texts["head.laboratory"], $"*x*{per}", $"*u*{per}", .. finite ? ["*ν*"] : Array.Empty<string>(), texts["head.weight"], $"*D*{per}", $"*U*(*D*){per}", "|*D*|/*U*(*D*)", ""], 0, finite ? 8 : 7);
        var items = new JsonArray();
        for (var i = 0; i < All.Values.Length; i++)
        {
            var (u, ud, ratio) = (All.Uncertainties[i], study.Expanded[i], study.Ratio(i));
            var weight = Reference.Weights?[i];
            var significant = ratio is { } r && Math.Abs(r) > 1;
            table.Rows.Add([All.Laboratories[i], Numbers.Fixed(All.Values[i], Numbers.DecimalsFor(u)), Numbers.Uncertainty(u), .. finite ? [Numbers.Significant(All.DegreesOfFreedom![i] is var nu && double.IsFinite(nu) ? nu : null, 3)] : Array.Empty<string>(),
                weight is { } w ? Numbers.Fixed(100 * w, 1) : Numbers.None, Numbers.Fixed(study.Deviations[i], Numbers.DecimalsFor(ud ?? u)), Numbers.Uncertainty(ud), Numbers.Score(ratio is { } q ? Math.Abs(q) : null, 2, 1),
                string.Join(texts["cli.list"], new[] { Reference.Included[i] ? null : texts["consensus.excluded"], significant ? texts["consensus.significant"] : null }.Where(s => s is not null))]);
            items.Add(new JsonObject
            {
                ["laboratory"] = All.Laboratories[i], ["value"] = All.Values[i], ["standardUncertainty"] = u, ["degreesOfFreedom"] = All.DegreesOfFreedom?[i] is { } n && double.IsFinite(n) ? n : null,
                ["included"] = Reference.Included[i], ["weight"] = weight, ["deviation"] = study.Deviations[i], ["expandedUncertainty"] = ud, ["ratio"] = ratio, ["significant"] = ratio is null ? null : significant,
            });
        }
        findings.Tables.Add(table);
        findings.Json["laboratories"] = items;
    }

    private void Methods(Findings findings)
    {
        var per = unit.Length > 0 ? $" / {Units.Text(unit)}" : "";
        var table = new FindingTable(texts["consensus.methods"], [texts["head.method"], texts["head.name"], $"*x*_ref{per}", $"*u*{per}", $"*τ*{per}", ""], 0, 1, 5);
        var items = new JsonArray();
        var members = study.Members;
        foreach (var estimator in Estimator.All)
        {
            if (estimator.Hindrance(members) is { } why)
            {
                table.Rows.Add([estimator.Name, texts[$"method.{estimator.Name}"], Numbers.None, Numbers.None, Numbers.None, texts[$"consensus.cannot.{why}", estimator.Fewest]]);
                items.Add(new JsonObject { ["method"] = estimator.Name, ["cannot"] = why });
                continue;
            }
            var estimate = estimator.Name == study.Estimator.Name ? new Estimate(Reference, study.Interval) : estimator.Make(members);
            var r = estimate.Reference;
            table.Rows.Add([estimator.Name, texts[$"method.{estimator.Name}"], Numbers.Fixed(r.Value, Numbers.DecimalsFor(r.StandardUncertainty)), Numbers.Uncertainty(r.StandardUncertainty), r.Tau is { } tau ? tau == 0 ? "0" : Numbers.Uncertainty(tau) : Numbers.None,
                estimator.Name == study.Estimator.Name ? texts["consensus.chosen"] : r.Converged ? "" : texts["warning.not-converged", r.Iterations]]);
            var json = ReferenceJson(r, estimate.Interval);
            json.Insert(0, "method", estimator.Name);
            items.Add(json);
        }
        findings.Tables.Add(table);
        findings.Json["methods"] = items;
    }

    private void Without(Findings findings)
    {
        var members = study.Members;
        if (members.Correlation is not null)
        {
            findings.Notes.Add(texts["consensus.cannot.without"]);
            return;
        }
        if (members.Values.Length <= study.Estimator.Fewest)
        {
            findings.Notes.Add(texts["consensus.cannot.few", study.Estimator.Fewest + 1]);
            return;
        }
        var per = unit.Length > 0 ? $" / {Units.Text(unit)}" : "";
        var table = new FindingTable(texts["consensus.without"], [texts["head.left-out"], $"*x*_ref{per}", $"*u*(*x*_ref){per}", $"*D*_{{−*i*}}{per}", $"*U*(*D*_{{−*i*}}){per}", "|*D*|/*U*(*D*)", ""], 0, 6);
        var items = new JsonArray();
        foreach (var (name, degree) in LeaveOneOutOf(study))
        {
            var ratio = degree.Deviation / degree.ExpandedUncertainty;
            table.Rows.Add([name, Numbers.Fixed(degree.Reference.Value, Numbers.DecimalsFor(degree.Reference.StandardUncertainty)), Numbers.Uncertainty(degree.Reference.StandardUncertainty),
                Numbers.Fixed(degree.Deviation, Numbers.DecimalsFor(degree.ExpandedUncertainty)), Numbers.Uncertainty(degree.ExpandedUncertainty), Numbers.Score(Math.Abs(ratio), 2, 1), Math.Abs(ratio) > 1 ? texts["consensus.significant"] : ""]);
            items.Add(new JsonObject
            {
                ["laboratory"] = name, ["reference"] = ReferenceJson(degree.Reference, null), ["deviation"] = degree.Deviation, ["standardUncertainty"] = degree.StandardUncertainty, ["expandedUncertainty"] = degree.ExpandedUncertainty,
            });
        }
        findings.Tables.Add(table);
        findings.Json["leaveOneOut"] = items;
    }

    internal static IEnumerable<(string Laboratory, LeaveOneOutDegree Degree)> LeaveOneOutOf(ConsensusStudy study)
    {
        var members = study.Members;
        // The estimator also needs what belongs to the same laboratories, such as degrees of freedom: they are found by the one that is missing.
        var at = 0;
        var degrees = DegreesOfEquivalence.LeaveOneOut(members.Values, members.Uncertainties, (x, u) =>
        {
            var left = at++;
            return study.Estimator.Make(members with { Laboratories = Drop(members.Laboratories, left), Values = x, Uncertainties = u, DegreesOfFreedom = members.DegreesOfFreedom is { } nu ? Drop(nu, left) : null }).Reference;
        }, study.Factor, study.Dark ? DarkUncertainty.Recognised : DarkUncertainty.Ignored);
        return members.Laboratories.Zip(degrees);
        static T[] Drop<T>(T[] list, int index) => [.. list.Where((_, i) => i != index)];
    }

    private void Matrix(Findings findings)
    {
        var pairs = study.Pairs();
        var n = All.Values.Length;
        var table = new FindingTable(texts["consensus.matrix", Numbers.Of(study.Factor)], [texts["head.laboratory"], .. All.Laboratories], 0);
        JsonArray differences = [], expanded = [];
        for (var i = 0; i < n; i++)
        {
            table.Rows.Add([All.Laboratories[i], .. Enumerable.Range(0, n).Select(j => i == j ? "" : Numbers.Score(pairs.Differences[i, j] / pairs.ExpandedUncertainties[i, j], 2, 1, -1) + (Math.Abs(pairs.Differences[i, j]) > pairs.ExpandedUncertainties[i, j] ? "*" : ""))]);
            differences.Add(new JsonArray([.. Enumerable.Range(0, n).Select(j => (JsonNode)pairs.Differences[i, j])]));
            expanded.Add(new JsonArray([.. Enumerable.Range(0, n).Select(j => (JsonNode)pairs.ExpandedUncertainties[i, j])]));
        }
        findings.Tables.Add(table);
        findings.Json["pairs"] = new JsonObject { ["differences"] = differences, ["expandedUncertainties"] = expanded };
    }

    private JsonObject ReferenceJson(ConsensusResult r, Interval? interval) => new()
    {
        ["value"] = r.Value, ["standardUncertainty"] = r.StandardUncertainty, ["coverageFactor"] = study.Factor, ["expandedUncertainty"] = study.Factor * r.StandardUncertainty,
        ["interval95"] = Pair(interval), ["tau"] = r.Tau, ["tauInterval95"] = r == Reference && r.Tau is not null ? Pair(study.TauInterval) : null, ["chiSquared"] = r.ChiSquared, ["degreesOfFreedom"] = r.DegreesOfFreedom, ["pValue"] = r.PValue,
        ["birgeRatio"] = r.BirgeRatio, ["iSquared"] = r is { ChiSquared: > 0 and var q, DegreesOfFreedom: { } nu } ? Math.Max(0, (q - nu) / q) : null, ["converged"] = r.Converged, ["iterations"] = r.Iterations,
        ["warnings"] = new JsonArray([.. r.Warnings.Select(w => (JsonNode)w)]),
    };

    private static JsonArray? Pair(Interval? interval) => interval is { } i ? [i.Low, i.High] : null;

    private string Show(Interval interval, double scale)
    {
        var decimals = Numbers.DecimalsFor(scale > 0 ? scale : 1);
        return Numbers.WithUnit($"[{Numbers.Fixed(interval.Low, decimals)}, {Numbers.Fixed(interval.High, decimals)}]", unit);
    }
}
