using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>A life distribution in words, tables, JSON and pictures.</summary>
internal sealed class ReliabilityFindings(Lives lives, LifeFit fit, CliTexts texts)
{
    private static readonly double[] shares = [0.01, 0.05, 0.1, 0.5, 0.632120558828558, 0.9];

    public required double Confidence { get; init; }

    /// <summary>Bounds from the observed information; from the likelihood ratio otherwise.</summary>
    public required bool ByInformation { get; init; }

    public required double? At { get; init; }

    public required string Unit { get; init; }

    private SurvivalStep[] Steps { get; } = lives.IsPlain && lives.Failures.Length > 0 ? SurvivalCurve.Of(lives.Failures, lives.RightCensored) : [];

    private string TimeAxis => Units.Text(Unit) is { Length: > 0 } u ? $"*t* / {u}" : "*t*";

    private string Shown(double value) => double.IsFinite(value) ? Numbers.WithUnit(Numbers.Significant(value, 4), Unit) : "∞";

    private static string Shown(Interval i) => $"{Numbers.Significant(i.Low, 4)} … {(double.IsFinite(i.High) ? Numbers.Significant(i.High, 4) : "∞")}";

    public Findings Make(string file)
    {
        var findings = new Findings { Title = texts["reliability.title", file, texts[$"life.{fit.Distribution}"]] };
        findings.Facts.Add(new(texts["reliability.units"], texts["reliability.units-of", lives.Count, fit.Failures, lives.RightCensored.Length, lives.LeftCensored.Length, lives.Intervals.Length]));
        Parameters(findings);
        findings.Facts.Add(new(texts["reliability.mean"], Shown(fit.Mean)));
        if (At is { } time)
            Survival(findings, time);
        findings.Facts.Add(new(texts["reliability.bounds"], texts[ByInformation ? "reliability.by-information" : "reliability.by-ratio", Numbers.Of(Math.Round(100 * Confidence, 6))]));
        Quantiles(findings);
        Compare(findings);
        Curve(findings);
        if (fit.Failures < 6)
            findings.Notes.Add(texts["reliability.few", fit.Failures]);
        Probability(findings);
        SurvivalPicture(findings);
        return findings;
    }

    private void Parameters(Findings findings)
    {
        var facts = findings.Facts;
        if (fit.Threshold > 0)
            facts.Add(new("*γ*", Shown(fit.Threshold)));
        Interval? shape = null, life = null;
        if (fit.Distribution == LifeDistribution.Lognormal)
        {
            life = fit.LifeInterval(Confidence);
            facts.Add(new("*μ*", Numbers.Significant(fit.Location, 5)));
            facts.Add(new("*σ*", $"{Numbers.Significant(fit.Scale, 4)} (u = {Numbers.Significant(fit.StandardErrorOfScale, 2)})"));
            facts.Add(new(texts["reliability.median"], $"{Shown(fit.CharacteristicLife)} ({Shown(life.Value)})"));
        }
        else
        {
            life = ByInformation ? fit.LifeInterval(Confidence) : fit.QuantileLikelihoodInterval(1 - Math.Exp(-1), Confidence);
            facts.Add(new(texts[fit.Distribution == LifeDistribution.Exponential ? "reliability.mtbf" : "reliability.eta"], $"{Shown(fit.CharacteristicLife)} ({Shown(life.Value)})"));
            if (fit.Distribution == LifeDistribution.Weibull)
            {
                shape = ByInformation ? fit.ShapeInterval(Confidence) : fit.ShapeLikelihoodInterval(Confidence);
                facts.Add(new(texts["reliability.beta"], $"{Numbers.Significant(fit.Shape, 4)} ({Shown(shape.Value)}){(fit.CorrectedShape is { } corrected && fit.Threshold == 0 ? $"; {texts["reliability.corrected", Numbers.Significant(corrected, 3)]}" : "")}"));
                facts.Add(new(texts["reliability.meaning"], texts[shape.Value.Low > 1 ? "reliability.wear" : shape.Value.High < 1 ? "reliability.infant" : "reliability.either"]));
            }
        }
        findings.Json["fit"] = new JsonObject
        {
            ["distribution"] = fit.Distribution.ToString(), ["threshold"] = fit.Threshold, ["location"] = fit.Location, ["scale"] = fit.Scale, ["characteristicLife"] = fit.CharacteristicLife, ["shape"] = fit.Shape,
            ["standardErrorOfLife"] = fit.StandardErrorOfLife, ["standardErrorOfShape"] = fit.StandardErrorOfShape, ["correctedShape"] = fit.CorrectedShape, ["logLikelihood"] = fit.LogLikelihood, ["aic"] = fit.Aic,
            ["mean"] = fit.Mean, ["standardDeviation"] = fit.StandardDeviation, ["units"] = lives.Count, ["failures"] = fit.Failures, ["confidence"] = Confidence, ["bounds"] = ByInformation ? "information" : "likelihood ratio",
            ["lifeInterval"] = Json(life), ["shapeInterval"] = Json(shape), ["unit"] = Unit,
        };
    }

    private static JsonArray? Json(Interval? interval) => interval is not { } i ? null : [Finite(i.Low), Finite(i.High)];

    private static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private void Survival(Findings findings, double time)
    {
        var survival = fit.Reliability(time);
        Interval? interval = time > fit.Threshold ? fit.ReliabilityInterval(time, Confidence) : null;
        findings.Facts.Add(new(texts["reliability.survival-at", Numbers.WithUnit(Numbers.Of(time), Unit)], $"{Numbers.Fixed(survival, 4)}{(interval is { } i ? $" ({Numbers.Fixed(i.Low, 4)} … {Numbers.Fixed(i.High, 4)})" : "")}"));
        findings.Json["survival"] = new JsonObject { ["time"] = time, ["survival"] = survival, ["interval"] = Json(interval) };
    }

    private Interval Bounds(double share) => ByInformation ? fit.QuantileInterval(share, Confidence) : fit.QuantileLikelihoodInterval(share, Confidence);

    private void Quantiles(Findings findings)
    {
        var table = new FindingTable(texts["reliability.quantiles"], [texts["reliability.share"], TimeAxis, texts["stability.low"], texts["stability.high"]]);
        var items = new JsonArray();
        foreach (var share in shares)
        {
            var bounds = Bounds(share);
            table.Rows.Add([Numbers.Of(Math.Round(100 * share, 1)), Numbers.Significant(fit.Quantile(share), 4), Numbers.Significant(bounds.Low, 4), double.IsFinite(bounds.High) ? Numbers.Significant(bounds.High, 4) : "∞"]);
            items.Add(new JsonObject { ["share"] = share, ["time"] = fit.Quantile(share), ["interval"] = Json(bounds) });
        }
        findings.Tables.Add(table);
        findings.Json["quantiles"] = items;
    }

    private void Compare(Findings findings)
    {
        var table = new FindingTable(texts["reliability.compare"], [texts["head.name"], "ln *L*", "AIC", "AICc", "BIC"], 0);
        var items = new JsonArray();
        foreach (var law in Enum.GetValues<LifeDistribution>())
        {
            var other = LifeFits.Of(lives.Failures, lives.RightCensored, lives.LeftCensored, lives.Intervals, law);
            if (!other.Converged)
                continue;
            table.Rows.Add([texts[$"life.{law}"], Numbers.Fixed(other.LogLikelihood, 3), Numbers.Fixed(other.Aic, 2), double.IsFinite(other.CorrectedAic) ? Numbers.Fixed(other.CorrectedAic, 2) : Numbers.None, Numbers.Fixed(other.Bic, 2)]);
            items.Add(new JsonObject { ["distribution"] = law.ToString(), ["logLikelihood"] = other.LogLikelihood, ["aic"] = other.Aic, ["aicc"] = Finite(other.CorrectedAic), ["bic"] = other.Bic, ["location"] = other.Location, ["scale"] = other.Scale });
        }
        findings.Tables.Add(table);
        findings.Json["distributions"] = items;
    }

    private void Curve(Findings findings)
    {
        var items = new JsonArray();
        if (lives.IsPlain)
        {
            var table = new FindingTable(texts["reliability.kaplan-meier"], [TimeAxis, texts["reliability.at-risk"], texts["reliability.failed"], "*S*", "*s*(*S*)", texts["stability.low"], texts["stability.high"], "*H*"]);
            foreach (var s in Steps)
            {
                items.Add(new JsonObject { ["time"] = s.Time, ["atRisk"] = s.AtRisk, ["failed"] = s.Failed, ["censored"] = s.Censored, ["survival"] = s.Survival, ["standardError"] = s.StandardError, ["interval"] = Json(s.LogLogInterval), ["cumulativeHazard"] = s.CumulativeHazard });
                if (s.Failed > 0)
                    table.Rows.Add([Numbers.Of(s.Time), $"{s.AtRisk}", $"{s.Failed}", Numbers.Fixed(s.Survival, 4), Numbers.Fixed(s.StandardError, 4), Numbers.Fixed(s.LogLogInterval.Low, 4), Numbers.Fixed(s.LogLogInterval.High, 4), Numbers.Fixed(s.CumulativeHazard, 4)]);
            }
            findings.Tables.Add(table);
        }
        else
        {
            var table = new FindingTable(texts["reliability.turnbull"], [texts["reliability.after"], texts["reliability.until"], texts["reliability.probability"], "*S*"]);
            foreach (var piece in Turnbull.Of(lives.Failures, lives.RightCensored, lives.LeftCensored, lives.Intervals).Pieces)
            {
                items.Add(new JsonObject { ["low"] = piece.Low, ["high"] = Finite(piece.High), ["probability"] = piece.Probability, ["survival"] = piece.Survival });
                table.Rows.Add([Numbers.Of(piece.Low), double.IsFinite(piece.High) ? Numbers.Of(piece.High) : "∞", Numbers.Fixed(piece.Probability, 4), Numbers.Fixed(piece.Survival, 4)]);
            }
            findings.Tables.Add(table);
        }
        findings.Json["nonparametric"] = items;
    }

    private void Probability(Findings findings)
    {
        double[] places = [.. Enumerable.Range(0, 41).Select(i => 0.005 * Math.Pow(0.995 / 0.005 * (0.995 / 0.005), i / 40.0) is var odds ? odds / (1 + odds) : 0)];
        RankedFailure[] points = lives.IsPlain && lives.Failures.Distinct().Count() > 1
            ? RankRegression.Of(lives.Failures, lives.RightCensored, fit.Distribution == LifeDistribution.Lognormal ? LifeDistribution.Lognormal : LifeDistribution.Weibull).Points : [];
        findings.Charts.Add(new FindingChart("probability", texts["chart.probability"], () => SvgDocument.RenderAsync<CurveChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.probability"], ["Name"] = "probability", ["Horizontal"] = AxisKind.Logarithmic, ["Vertical"] = fit.Distribution == LifeDistribution.Lognormal ? AxisKind.Normal : AxisKind.Weibull,
            ["HorizontalAxis"] = fit.Threshold > 0 ? $"({TimeAxis.Replace("*t*", "*t* − *γ*)", StringComparison.Ordinal)}" : TimeAxis, ["ValueAxis"] = texts["reliability.share"],
            ["Points"] = (CurvePoint[])[.. points.Where(p => p.Time > fit.Threshold).Select(p => new CurvePoint(p.Time - fit.Threshold, p.Probability))], ["PointText"] = texts["reliability.ranks"],
            ["Curves"] = (CurveLine[])[new(texts[$"life.{fit.Distribution}"], [.. places.Select(p => (fit.Quantile(p) - fit.Threshold, p))])],
            ["Band"] = ((double, double, double)[])[.. Edges(places)], ["BandText"] = texts["reliability.band", Numbers.Of(Math.Round(100 * Confidence, 6))],
        })));
    }

    /// <summary>The bounds of survival over time, as a band of shares failed.</summary>
    private IEnumerable<(double X, double Low, double High)> Edges(double[] places) => places.Select(fit.Quantile).Select(t => fit.ReliabilityInterval(t, Confidence) is var i ? (t - fit.Threshold, 1 - i.High, 1 - i.Low) : default);

    private void SurvivalPicture(Findings findings)
    {
        var last = Math.Max(lives.Failures.Concat(lives.RightCensored).Concat(lives.LeftCensored).Concat(lives.Intervals.Select(i => i[1])).Max(), fit.Quantile(0.5));
        double[] times = [.. Enumerable.Range(0, 81).Select(i => 1.1 * last * i / 80)];
        (double, double)[] smooth = [.. times.Select(t => (t, fit.Reliability(t)))];
        (double, double)[] steps = lives.IsPlain ? [(0, 1), .. Steps.Select(s => (s.Time, s.Survival))]
            : [(0, 1), .. Turnbull.Of(lives.Failures, lives.RightCensored, lives.LeftCensored, lives.Intervals).Pieces.Where(p => double.IsFinite(p.High)).Select(p => (p.High, p.Survival))];
        findings.Charts.Add(new FindingChart("survival", texts["chart.survival"], () => SvgDocument.RenderAsync<CurveChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.survival"], ["Name"] = "survival", ["HorizontalAxis"] = TimeAxis, ["ValueAxis"] = "*S*(*t*)", ["Points"] = Array.Empty<CurvePoint>(),
            ["Curves"] = (CurveLine[])[new(texts[$"life.{fit.Distribution}"], smooth), new(texts[lives.IsPlain ? "reliability.kaplan-meier" : "reliability.turnbull"], steps, true)],
            ["Band"] = ((double, double, double)[])[.. times.Where(t => t > fit.Threshold).Select(t => fit.ReliabilityInterval(t, Confidence) is var i ? (t, i.Low, i.High) : default)], ["BandText"] = texts["reliability.band", Numbers.Of(Math.Round(100 * Confidence, 6))],
        })));
    }
}
