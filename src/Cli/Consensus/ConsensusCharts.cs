using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>The pictures of a consensus.</summary>
internal sealed class ConsensusCharts(ConsensusStudy study, CliTexts texts, string unit, bool compare)
{
    public static readonly string[] Names = ["results", "equivalence", "forest", "distribution", "pom", "quantiles", "leave-one-out", "pairs", "methods"];

    private readonly string per = Units.Text(unit) is { Length: > 0 } shown ? $" / {shown}" : "";

    private Results All => study.All;
    private ConsensusResult Reference => study.Reference;
    private double Half => study.Factor * Reference.StandardUncertainty;

    public void AddTo(Findings findings)
    {
        Add("results", Results);
        Add("equivalence", Equivalence);
        Add("forest", Forest);
        Add("distribution", Distribution);
        Add("pom", Pom);
        if (All.Values.Length >= 3)
            Add("quantiles", Quantiles);
        if (study.Members.Values.Length > study.Estimator.Fewest && All.Correlation is null)
            Add("leave-one-out", LeaveOneOut);
        if (All.Values.Length >= 2)
            Add("pairs", Pairs);
        if (compare)
            Add("methods", Methods);
        void Add(string name, Func<Task<string>> draw) => findings.Charts.Add(new(name, texts[$"chart.{name}"], draw));
    }

    private Dictionary<string, object?> Common(string name, params (string Key, object? Value)[] more) =>
        new(more.Select(m => KeyValuePair.Create(m.Key, m.Value))) { ["Title"] = texts[$"chart.{name}"], ["Name"] = name };

    private Task<string> Results()
    {
        // Thick to U, thin to U with the between-laboratory part: √(u² + τ²).
        var tau = Reference.Tau is > 0 and var dark ? dark : (double?)null;
        return SvgDocument.RenderAsync<ResultsChart>(Common("results",
            ("Points", (ResultPoint[])[.. All.Values.Select((x, i) => new ResultPoint(All.Laboratories[i], x, study.Factor * All.Uncertainties[i], tau is { } t ? study.Factor * double.Hypot(All.Uncertainties[i], t) : null, !Reference.Included[i]))]),
            ("ReferenceValue", Reference.Value), ("ReferenceUncertainty", Half), ("ValueAxis", $"*x*{per}"), ("LaboratoryAxis", texts["head.laboratory"]), ("ResultText", texts["chart.result", Numbers.Of(study.Factor)]),
            ("ExtendedText", texts["chart.extended"]), ("ExcludedText", texts["consensus.excluded"]), ("ReferenceText", texts["consensus.reference"]), ("BandText", texts["chart.band"])));
    }

    private Task<string> Equivalence() => SvgDocument.RenderAsync<EquivalenceChart>(Common("equivalence",
        ("Points", (EquivalencePoint[])[.. Enumerable.Range(0, All.Values.Length).Where(i => study.Expanded[i] is not null).Select(i => new EquivalencePoint(All.Laboratories[i], study.Deviations[i], study.Expanded[i]!.Value, Math.Abs(study.Ratio(i)!.Value) > 1, !Reference.Included[i]))]),
        ("ReferenceUncertainty", Half), ("ValueAxis", $"*D*{per}"), ("LaboratoryAxis", texts["head.laboratory"]), ("InsignificantText", texts["chart.insignificant"]), ("SignificantText", texts["chart.significant"]),
        ("ExcludedText", texts["consensus.excluded"]), ("BandText", texts["chart.band"])));

    private Task<string> Forest() => SvgDocument.RenderAsync<ForestChart>(Common("forest",
        ("Rows", (ForestRow[])[.. All.Values.Select((x, i) => new ForestRow(All.Laboratories[i], x, study.Factor * All.Uncertainties[i], Reference.Included[i] ? Reference.Weights?[i] : null))]),
        ("ReferenceValue", Reference.Value), ("ReferenceUncertainty", Half), ("ReferenceText", texts["consensus.reference"]), ("ValueAxis", $"*x*{per}"), ("LaboratoryText", texts["head.laboratory"]), ("ValueText", $"*x* ± {Numbers.Of(study.Factor)}*u*"), ("WeightText", texts["head.weight"])));

    private Task<string> Distribution()
    {
        var members = study.Members;
        var (low, high) = (members.Values.Zip(members.Uncertainties, (x, u) => x - 3.2 * u).Min(), members.Values.Zip(members.Uncertainties, (x, u) => x + 3.2 * u).Max());
        (double X, double Y)[] Curve(Func<double, double> density) => [.. Enumerable.Range(0, 401).Select(i => low + (high - low) * i / 400).Select(x => (x, density(x)))];
        Func<double, double> Of(double x, double u) => at => Math.Exp(-0.5 * Math.Pow((at - x) / u, 2)) / u;
        var parts = members.Values.Select((x, i) => Of(x, members.Uncertainties[i])).ToArray();
        return SvgDocument.RenderAsync<MixtureChart>(Common("distribution",
            ("Curves", (ShadedCurve[])[new(texts["chart.pool"], Curve(x => parts.Sum(p => p(x)))), new(texts["consensus.reference"], Curve(Of(Reference.Value, Math.Max(Reference.StandardUncertainty, (high - low) / 2000))))]),
            ("Parts", (ChartSeries[])[.. parts.Select((p, i) => new ChartSeries(members.Laboratories[i], [.. Enumerable.Range(-24, 49).Select(s => members.Values[i] + (members.Uncertainties[i] * s / 8.0)).Select(x => (x, p(x)))]))]), ("Results", members.Values),
            ("ValueAxis", $"*x*{per}"), ("DensityAxis", texts["chart.density"]), ("PartText", texts["chart.parts"]), ("ResultText", texts["chart.results-tick"])));
    }

    private Task<string> Pom()
    {
        // PomPlot: both axes in units of the median absolute deviation from the reference value.
        var scale = RobustScale.Median([.. study.Deviations.Select(Math.Abs)]) is > 0 and var med ? med : RobustScale.Median(All.Uncertainties);
        return SvgDocument.RenderAsync<NajiChart>(Common("pom",
            ("Points", (DeviationPoint[])[.. All.Values.Select((_, i) => new DeviationPoint(All.Laboratories[i], study.Deviations[i] / scale, (study.Expanded[i] ?? study.Factor * All.Uncertainties[i]) / study.Factor / scale))]),
            ("DeviationAxis", "*D* / MED"), ("UncertaintyAxis", "*u*(*D*) / MED"), ("PointText", texts["head.laboratory"]), ("BeyondText", "|*ζ*| > 3")));
    }

    private Task<string> Quantiles()
    {
        var order = Enumerable.Range(0, All.Values.Length).OrderBy(i => (All.Values[i] - RobustScale.Median(All.Values)) / All.Uncertainties[i]).ToArray();
        return SvgDocument.RenderAsync<QuantileChart>(Common("quantiles", [.. QuantilePlot.Of([.. order.Select(i => All.Laboratories[i])], [.. order.Select(i => (All.Values[i] - RobustScale.Median(All.Values)) / All.Uncertainties[i])]),
            ("ValueAxis", "(*x* − med *x*) / *u*"), ("HorizontalAxis", texts["chart.quantile"]), ("PointText", texts["head.laboratory"]), ("OutsideText", texts["chart.outside"]), ("BandText", texts["chart.quantile-band"])]));
    }

    private Task<string> LeaveOneOut()
    {
        var degrees = ConsensusFindings.LeaveOneOutOf(study).ToArray();
        return SvgDocument.RenderAsync<ResultsChart>(Common("leave-one-out",
            ("Points", (ResultPoint[])[.. degrees.Select(d => new ResultPoint(d.Laboratory, d.Degree.Reference.Value, study.Factor * d.Degree.Reference.StandardUncertainty))]),
            ("ReferenceValue", Reference.Value), ("ReferenceUncertainty", Half), ("ValueAxis", $"*x*_ref{per}"), ("LaboratoryAxis", texts["head.left-out"]), ("ResultText", texts["chart.without"]), ("ReferenceText", texts["chart.with-all"]), ("BandText", texts["chart.band"])));
    }

    /// <summary>Every estimator's value with its ku, about the one chosen.</summary>
    private Task<string> Methods()
    {
        var members = study.Members;
        return SvgDocument.RenderAsync<ForestChart>(Common("methods",
            ("Rows", (ForestRow[])[.. Estimator.All.Where(e => e.Hindrance(members) is null).Select(e => (e.Name, e == study.Estimator ? Reference : e.Make(members).Reference)).Select(e => new ForestRow(e.Name, e.Item2.Value, study.Factor * e.Item2.StandardUncertainty, 0.05))]),
            ("ReferenceValue", Reference.Value), ("ReferenceUncertainty", Half), ("ReferenceText", study.Estimator.Name), ("ValueAxis", $"*x*_ref{per}"), ("LaboratoryText", texts["head.method"]), ("ValueText", $"*x*_ref ± {Numbers.Of(study.Factor)}*u*"), ("ShowWeights", false)));
    }

    private Task<string> Pairs()
    {
        var pairs = study.Pairs();
        return SvgDocument.RenderAsync<PairwiseChart>(Common("pairs",
            ("Laboratories", All.Laboratories), ("Ratio", (Func<int, int, double?>)((i, j) => i == j ? null : Math.Abs(pairs.Differences[i, j]) / pairs.ExpandedUncertainties[i, j])),
            ("RatioText", "|*d*_{*ij*}| / *U*(*d*_{*ij*})"), ("LaboratoryAxis", texts["head.laboratory"]), ("SignificantText", texts["chart.significant-pair"])));
    }
}

/// <summary>What a normal quantile plot is given: plotting positions, the line through the quartiles, and bounds by the order statistics' own spread.</summary>
internal static class QuantilePlot
{
    /// <param name="laboratories">In the order of <paramref name="sorted"/>.</param>
    /// <param name="sorted">Ascending.</param>
    public static (string Key, object? Value)[] Of(string[] laboratories, double[] sorted)
    {
        var n = sorted.Length;
        var slope = Math.Max(RobustScale.NormalisedInterquartileRange(sorted), 1e-12);
        var intercept = RobustScale.Median(sorted);
        var points = new QuantilePoint[n];
        for (var i = 0; i < n; i++)
        {
            // Blom's positions; the spread of an order statistic by its asymptotic variance p(1−p)/(n φ²).
            var p = (i + 1 - 0.375) / (n + 0.25);
            var q = Normal.Quantile(p);
            var error = slope * Math.Sqrt(p * (1 - p) / n) / Normal.Density(q);
            points[i] = new(laboratories[i], q, sorted[i], intercept + slope * q - 1.96 * error, intercept + slope * q + 1.96 * error);
        }
        return [("Points", points), ("Line", (intercept, slope))];
    }
}
