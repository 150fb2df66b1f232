using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>A picture of one point: which chart, and what it is given.</summary>
/// <param name="Name">Its name in an address, such as <c>equivalence-1</c>.</param>
/// <param name="Caption">Key of the caption's text.</param>
internal sealed record ReportChart(string Kind, string Name, Type Chart, Dictionary<string, object?> Parameters, string Caption);

/// <summary>The pictures of a report, the same in the report, on the published page and as files of their own.</summary>
/// <param name="suffix">Keeps ids apart where two evaluations stand on one page.</param>
internal sealed class ReportCharts(ReportModel model, Texts texts, string? suffix = null)
{
    public const string Results = "results", Density = "density", Equivalence = "equivalence", Scores = "en", Pairs = "pairs";
    /// <summary>Fewer results than this have no distribution to speak of.</summary>
    private const int FewestForDensity = 6;

    private string Unit => Units.Text(model.Unit) is { Length: > 0 } unit ? unit : "1";

    /// <summary>Every picture that the report's data make.</summary>
    public IEnumerable<ReportChart> All => model.Result.Points.SelectMany(p => Of(p));

    public IEnumerable<ReportChart> Of(PointEvaluation point, params IReadOnlyCollection<string> kinds) =>
        ((IEnumerable<ReportChart>)[.. OfResults(point), .. OfDeviations(point)]).Where(c => kinds.Count == 0 || kinds.Contains(c.Kind));

    private IEnumerable<ReportChart> OfResults(PointEvaluation point)
    {
        if (point.Laboratories.Count < 2)
            yield break;
        var common = new Dictionary<string, object?>
        {
            [nameof(ResultsChart.Points)] = (ResultPoint[])[.. point.Laboratories.Select(l => new ResultPoint(l.Laboratory, l.Value, l.ExpandedUncertainty,
                point.Reference?.Tau is { } tau and > 0 ? l.ExpandedUncertainty * Math.Sqrt(1 + (tau * tau / (l.CombinedUncertainty * l.CombinedUncertainty))) : null, IsOutside(point, l)))],
            [nameof(ResultsChart.ReferenceValue)] = point.Reference?.Value,
            [nameof(ResultsChart.ReferenceUncertainty)] = point.Reference?.ExpandedUncertainty,
            [nameof(ResultsChart.ValueAxis)] = $"*x*_{{*i*}} / {Unit}",
            [nameof(ResultsChart.ResultText)] = texts["report.chart.result"],
            [nameof(ResultsChart.ExcludedText)] = texts["report.chart.excluded"],
            [nameof(ResultsChart.ReferenceText)] = texts["report.chart.reference"],
            [nameof(ResultsChart.BandText)] = texts["report.chart.band"],
        };
        yield return Chart<ResultsChart>(point, Results, texts["report.chart.results.description", point.Laboratories.Count], new(common)
        {
            [nameof(ResultsChart.LaboratoryAxis)] = texts["report.laboratory"],
            [nameof(ResultsChart.ExtendedText)] = texts["report.chart.extended"],
            [nameof(ResultsChart.Own)] = model.Own,
        });
        if (point.Laboratories.Count >= FewestForDensity)
        {
            yield return Chart<DensityChart>(point, Density, texts["report.chart.results.description", point.Laboratories.Count], new(common)
            {
                [nameof(DensityChart.DensityAxis)] = texts["report.chart.density-axis"],
                [nameof(DensityChart.DensityText)] = texts["report.chart.density-curve"],
            });
        }
    }

    private IEnumerable<ReportChart> OfDeviations(PointEvaluation point)
    {
        if (point.Reference is not { } reference)
            yield break;
        var scored = point.Laboratories.Where(l => l.Deviation is not null).ToArray();
        yield return Chart<EquivalenceChart>(point, Equivalence, texts["report.chart.equivalence.description", scored.Length, scored.Count(l => l.En is { } en && Math.Abs(en) > 1)], new()
        {
            [nameof(EquivalenceChart.Points)] = (EquivalencePoint[])[.. scored.Where(l => l.DeviationExpanded is not null).Select(l => new EquivalencePoint(l.Laboratory, l.Deviation!.Value, l.DeviationExpanded!.Value, l.En is { } en && Math.Abs(en) > 1, IsOutside(point, l)))],
            [nameof(EquivalenceChart.ReferenceUncertainty)] = reference.ExpandedUncertainty,
            [nameof(EquivalenceChart.ValueAxis)] = $"*d*_{{*i*}} / {Unit}",
            [nameof(EquivalenceChart.LaboratoryAxis)] = texts["report.laboratory"],
            [nameof(EquivalenceChart.InsignificantText)] = texts["report.chart.within"],
            [nameof(EquivalenceChart.SignificantText)] = texts["report.chart.beyond"],
            [nameof(EquivalenceChart.ExcludedText)] = texts["report.chart.excluded"],
            [nameof(EquivalenceChart.BandText)] = texts["report.chart.band"],
            [nameof(EquivalenceChart.Own)] = model.Own,
        });
        yield return Chart<ScoreChart>(point, Scores, texts["report.chart.en.description", scored.Count(l => l.En is not null), Numbers.Fixed(scored.Min(l => l.En) ?? 0, 2), Numbers.Fixed(scored.Max(l => l.En) ?? 0, 2)], new()
        {
            [nameof(ScoreChart.Points)] = (ScorePoint[])[.. scored.Select(l => new ScorePoint(l.Laboratory, l.En))],
            [nameof(ScoreChart.ValueAxis)] = "*E*_n",
            [nameof(ScoreChart.LaboratoryAxis)] = texts["report.laboratory"],
            [nameof(ScoreChart.WithinText)] = texts["report.chart.satisfactory"],
            [nameof(ScoreChart.BeyondText)] = texts["report.chart.unsatisfactory"],
            [nameof(ScoreChart.NotEvaluableText)] = texts["report.chart.not-evaluable"],
            [nameof(ScoreChart.LimitText)] = "|*E*_n| = 1",
            [nameof(ScoreChart.Own)] = model.Own,
        });
        if (point.Pairs is { } pairs)
        {
            yield return Chart<PairwiseChart>(point, Pairs, texts["report.chart.pairs.description", SignificantPairs(pairs), pairs.Laboratories.Count * (pairs.Laboratories.Count - 1) / 2], new()
            {
                [nameof(PairwiseChart.Laboratories)] = pairs.Laboratories,
                [nameof(PairwiseChart.Ratio)] = (Func<int, int, double?>)((i, j) => i == j ? null : Math.Abs(pairs.Differences[i][j]) / pairs.Expanded[i][j]),
                [nameof(PairwiseChart.RatioText)] = "|*d*_{*ij*}| / *U*(*d*_{*ij*})",
                [nameof(PairwiseChart.LaboratoryAxis)] = texts["report.laboratory"],
                [nameof(PairwiseChart.SignificantText)] = texts["report.chart.pairs.significant"],
            });
        }
    }

    /// <summary>A picture as a file of its own.</summary>
    public static Task<string> SvgAsync(ReportChart chart) => SvgDocument.RenderAsync(chart.Chart, chart.Parameters);

    private ReportChart Chart<TChart>(PointEvaluation point, string kind, string description, Dictionary<string, object?> parameters) where TChart : Interface.Chart
    {
        var name = $"{kind}-{model.Result.Points.ToList().IndexOf(point) + 1}";
        parameters[nameof(Interface.Chart.Title)] = texts[$"report.chart.{kind}", model.LabelOf(point)];
        parameters[nameof(Interface.Chart.Description)] = description;
        parameters[nameof(Interface.Chart.Name)] = name + suffix;
        return new(kind, name, typeof(TChart), parameters, texts[$"report.chart.{kind}.caption", model.LabelOf(point), Numbers.Of(model.Input.Options.CoverageFactor)]);
    }

    /// <summary>Whether the result took no part in the reference value, where others did.</summary>
    private static bool IsOutside(PointEvaluation point, LaboratoryFigures figures) =>
        point.Reference?.Members is { Count: > 0 } members && figures.Reason != EnReason.GivenReference && !members.Contains(figures.Laboratory);

    private static int SignificantPairs(PairwiseFigures pairs) =>
        Enumerable.Range(0, pairs.Laboratories.Count).Sum(i => Enumerable.Range(0, i).Count(j => Math.Abs(pairs.Differences[i][j]) > pairs.Expanded[i][j]));
}
