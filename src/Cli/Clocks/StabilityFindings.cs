using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>Stability in words, a table, JSON and pictures.</summary>
internal sealed class StabilityFindings(ClockRecord record, CliTexts texts)
{
    private const int MostInPicture = 2000;

    private static readonly int[] decade = [1, 2, 4];

    public required string Kind { get; init; }

    public required string Taus { get; init; }

    public required double Confidence { get; init; }

    public required bool RemoveDrift { get; init; }

    /// <summary>Phases in a window that slides over the record; none where null.</summary>
    public int? Window { get; init; }

    public bool Spectrum { get; init; }

    private bool IsTime => Kind is "mtie" or "tierms" or "tdev" or "ttotdev";

    private string Axis => IsTime ? $"{Kind.ToUpperInvariant()} / s" : Kind.ToUpperInvariant();

    public Outcome<Findings> Make(string file)
    {
        if (record.HasGaps && (record.IsFrequency || Window is not null || Kind is not ("oadev" or "adev" or "mdev" or "tdev" or "hdev" or "ohdev" or "mtie" or "tierms")))
            return new Refusal("clock-gaps", null, file, record.Present.Count(p => !p), Array.IndexOf(record.Present, false) + 1);
        if (record.HasGaps && RemoveDrift)
            return new Refusal("clock-gaps-drift", null, file);
        var findings = new Findings { Title = texts["stability.title", file, Kind.ToUpperInvariant()] };
        var phases = record.Phases();
        var facts = findings.Facts;
        facts.Add(new(texts["stability.points"], $"{record.Present.Count(p => p)}{(record.HasGaps ? $" ({texts["stability.missing", record.Present.Count(p => !p)]})" : "")}, {texts[record.IsFrequency ? "stability.of-frequency" : "stability.of-phase"]}"));
        facts.Add(new("*τ*_0", $"{Numbers.Of(record.Interval)} s"));
        if (!record.HasGaps)
            phases = Drift(findings, phases);
        var factors = Factors(phases.Length);
        if (factors.Length == 0)
            return new Refusal("clock-short", null, file, phases.Length, Kind.ToUpperInvariant());
        if (Kind is "mtie" or "tierms")
            Errors(findings, phases, factors);
        else
            Deviations(findings, phases, factors);
        if (Window is { } window)
            Dynamic(findings, phases, window);
        Record(findings);
        return findings;
    }

    private double[] Drift(Findings findings, double[] phases)
    {
        var removal = ClockData.WithoutDrift(phases, record.Interval);
        findings.Facts.Add(new(texts["stability.offset"], Numbers.Significant(removal.FrequencyOffset, 4)));
        findings.Facts.Add(new(texts["stability.drift"], $"{Numbers.Significant(removal.Drift, 3)} /s{(RemoveDrift ? $" ({texts["stability.removed"]})" : "")}"));
        var y = record.IsFrequency ? record.Values : ClockData.ToFrequencies(phases, record.Interval);
        var outliers = ClockData.Outliers(y);
        if (outliers.Length > 0)
            findings.Notes.Add(texts["stability.outliers", outliers.Length, string.Join(", ", outliers.Take(10).Select(i => i + 1)) + (outliers.Length > 10 ? " …" : "")]);
        findings.Json["frequencyOffset"] = removal.FrequencyOffset;
        findings.Json["drift"] = removal.Drift;
        findings.Json["driftRemoved"] = RemoveDrift;
        findings.Json["outliers"] = new JsonArray([.. outliers.Select(i => (JsonNode)(i + 1))]);
        if (RemoveDrift)
            findings.Notes.Add(texts["stability.drift-note"]);
        return RemoveDrift ? removal.Phases : phases;
    }

    private int[] Factors(int phases)
    {
        var most = Kind is "mtie" or "tierms" ? phases - 1 : Enum.Parse<DeviationKind>(Kind, true) switch
        {
            DeviationKind.Theo1 or DeviationKind.Theoh => phases - 1,
            DeviationKind.Totdev => phases / 2,
            _ => (phases - 1) / 3,
        };
        IEnumerable<double> wanted = Taus switch
        {
            "octave" => Enumerable.Range(0, 31).Select(k => Math.Pow(2, k)),
            "decade" => Enumerable.Range(0, 10).SelectMany(k => decade.Select(d => d * Math.Pow(10, k))),
            _ => Taus.Split(',').Select(t => Comparisons.TypedNumber.Read(t)!.Value / record.Interval),
        };
        return [.. wanted.Select(m => Math.Round(Kind == "theo1" ? 2 * Math.Round(m / 2) : m)).Where(m => m >= (Kind == "theo1" ? 10 : 1) && m <= most).Select(m => (int)m).Distinct().Order()];
    }

    private void Errors(Findings findings, double[] phases, int[] factors)
    {
        var found = Kind == "mtie" ? TimeIntervalError.Maximum(phases, record.Present, factors) : [.. TimeIntervalError.RootMeanSquare(phases, record.Present, factors).Select(r => r.Value)];
        factors = [.. factors.Where((_, i) => found[i] is not null)];
        double[] values = [.. found.OfType<double>()];
        if (record.HasGaps && Kind == "mtie")
            findings.Notes.Add(texts["stability.mtie-gaps"]);
        var table = new FindingTable(texts["stability.table"], ["*τ* / s", "*m*", Axis]);
        var items = new JsonArray();
        for (var i = 0; i < factors.Length; i++)
        {
            table.Rows.Add([Numbers.Of(factors[i] * record.Interval), $"{factors[i]}", Numbers.Significant(values[i], 4)]);
            items.Add(new JsonObject { ["tau"] = factors[i] * record.Interval, ["m"] = factors[i], ["value"] = values[i] });
        }
        findings.Tables.Add(table);
        findings.Json["points"] = items;
        Picture(findings, [.. factors.Select((m, i) => new CurvePoint(m * record.Interval, values[i]))]);
    }

    private void Deviations(Findings findings, double[] phases, int[] factors)
    {
        var kind = Enum.Parse<DeviationKind>(Kind, true);
        var points = record.HasGaps ? GappedStability.OfPhases(phases, record.Present, record.Interval, kind, factors, coverageProbability: Confidence)
            : record.IsFrequency && !RemoveDrift ? FrequencyStability.OfFrequencies(record.Values, record.Interval, kind, factors, coverageProbability: Confidence)
            : FrequencyStability.OfPhases(phases, record.Interval, kind, factors, coverageProbability: Confidence);
        findings.Facts.Add(new(texts["stability.bars"], texts["stability.bars-of", Numbers.Of(Math.Round(100 * Confidence, 6))]));
        var table = new FindingTable(texts["stability.table"], ["*τ* / s", "*m*", "*n*", Axis, texts["stability.low"], texts["stability.high"], texts["stability.edf"], texts["stability.noise"], texts["stability.by"]], 7, 8);
        var items = new JsonArray();
        foreach (var p in points)
        {
            table.Rows.Add([Numbers.Of(p.Tau), $"{p.AveragingFactor}", $"{p.Count}", Numbers.Significant(p.Deviation, 4), Numbers.Significant(p.Confidence.Low, 3), double.IsFinite(p.Confidence.High) ? Numbers.Significant(p.Confidence.High, 3) : "∞",
                Numbers.Significant(p.EquivalentDegreesOfFreedom, 3), $"{(int)p.Noise:+0;−0;0} {texts[$"noise.{p.Noise}"]}", texts[$"noise.by.{p.NoiseSource}"]]);
            items.Add(new JsonObject
            {
                ["tau"] = p.Tau, ["m"] = p.AveragingFactor, ["n"] = p.Count, ["deviation"] = p.Deviation, ["low"] = p.Confidence.Low, ["high"] = double.IsFinite(p.Confidence.High) ? p.Confidence.High : null,
                ["edf"] = p.EquivalentDegreesOfFreedom, ["alpha"] = (int)p.Noise, ["noiseSource"] = p.NoiseSource.ToString(), ["varianceBias"] = p.VarianceBias,
            });
        }
        findings.Tables.Add(table);
        findings.Json["kind"] = Kind;
        findings.Json["tau0"] = record.Interval;
        findings.Json["confidence"] = Confidence;
        findings.Json["points"] = items;
        if (Spectrum)
            Levels(findings, points);
        if (points.Any(p => p.VarianceBias != 1))
            findings.Notes.Add(texts["stability.bias"]);
        if (points.Any(p => p.NoiseSource is NoiseSource.Previous or NoiseSource.Assumed))
            findings.Notes.Add(texts["stability.few"]);
        Picture(findings, [.. points.Select(p => new CurvePoint(p.Tau, p.Deviation, p.Confidence.Low, double.IsFinite(p.Confidence.High) ? p.Confidence.High : p.Deviation, $"{(int)p.Noise:+0;−0;0}"))]);
    }

    /// <summary>The power laws that these deviations stand for.</summary>
    private void Levels(Findings findings, StabilityPoint[] points)
    {
        var h = PowerLawSpectrum.Fit(points, record.Interval);
        var table = new FindingTable(texts["stability.spectrum"], [texts["stability.noise"], "*α*", "*h*_α", texts["stability.level-unit"]], 0, 3);
        var json = new JsonObject();
        foreach (var (noise, level, unit) in ((NoiseType, double, string)[])[(NoiseType.WhitePhase, h.WhitePhase, "s³"), (NoiseType.FlickerPhase, h.FlickerPhase, "s²"), (NoiseType.WhiteFrequency, h.WhiteFrequency, "s"), (NoiseType.FlickerFrequency, h.FlickerFrequency, "1"), (NoiseType.RandomWalkFrequency, h.RandomWalkFrequency, "1/s")])
        {
            table.Rows.Add([texts[$"noise.{noise}"], $"{(int)noise:+0;−0;0}", level > 0 ? Numbers.Significant(level, 3) : "0", unit]);
            json[((int)noise).ToString(System.Globalization.CultureInfo.InvariantCulture)] = level;
        }
        findings.Tables.Add(table);
        findings.Json["spectrum"] = json;
        findings.Notes.Add(texts["stability.spectrum-note"]);
    }

    /// <summary>The deviation within a window that slides over the record.</summary>
    private void Dynamic(Findings findings, double[] phases, int window)
    {
        var kind = Enum.Parse<DeviationKind>(Kind, true);
        var windows = DynamicStability.Of(phases, record.Interval, window, Math.Max(1, window / 4), kind);
        var factors = windows[0].AveragingFactors;
        int[] shown = [.. Enumerable.Range(0, factors.Count).Where(k => k % Math.Max(1, (factors.Count + 3) / 4) == 0)];
        var table = new FindingTable(texts["stability.windows"], [texts["stability.middle"], .. shown.Select(k => $"{Axis} (*τ* = {Numbers.Of(factors[k] * record.Interval)} s)")]);
        foreach (var w in windows)
            table.Rows.Add([Numbers.Of(w.Time), .. shown.Select(k => Numbers.Significant(w.Deviations[k], 4))]);
        findings.Tables.Add(table);
        findings.Json["windows"] = new JsonArray([.. windows.Select(w => (JsonNode)new JsonObject { ["start"] = w.Start + 1, ["time"] = w.Time, ["m"] = new JsonArray([.. w.AveragingFactors.Select(m => (JsonNode)m)]), ["deviation"] = new JsonArray([.. w.Deviations.Select(d => (JsonNode)d)]) })]);
        findings.Charts.Add(new FindingChart("dynamic", texts["chart.dynamic"], () => SvgDocument.RenderAsync<LineChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.dynamic"], ["Name"] = "dynamic", ["HorizontalAxis"] = "*t* / s", ["ValueAxis"] = Axis,
            ["Series"] = shown.Select(k => new ChartSeries($"*τ* = {Numbers.Of(factors[k] * record.Interval)} s", [.. windows.Select(w => (w.Time, w.Deviations[k]))])).ToArray(),
        })));
    }

    private void Picture(Findings findings, CurvePoint[] points) => findings.Charts.Add(new FindingChart("deviation", texts["chart.deviation"], () => SvgDocument.RenderAsync<CurveChart>(new Dictionary<string, object?>
    {
        ["Title"] = texts["chart.deviation"], ["Name"] = "deviation", ["Points"] = points, ["Horizontal"] = AxisKind.Logarithmic, ["Vertical"] = AxisKind.Logarithmic, ["HorizontalAxis"] = "*τ* / s", ["ValueAxis"] = Axis,
        ["PointText"] = points.Any(p => p.Label is not null) ? texts["chart.deviation-points", Numbers.Of(Math.Round(100 * Confidence, 6))] : Kind.ToUpperInvariant(),
    })));

    /// <summary>The record itself; of a long one every so many points.</summary>
    private void Record(Findings findings)
    {
        var step = Math.Max(1, record.Values.Length / MostInPicture);
        findings.Charts.Add(new FindingChart("record", texts["chart.record"], () => SvgDocument.RenderAsync<CurveChart>(new Dictionary<string, object?>
        {
            ["Title"] = texts["chart.record"], ["Name"] = "record", ["HorizontalAxis"] = "*t* / s", ["ValueAxis"] = record.IsFrequency ? "*y*" : "*x* / s", ["Points"] = Array.Empty<CurvePoint>(),
            ["Curves"] = (CurveLine[])[new(texts[record.IsFrequency ? "stability.of-frequency" : "stability.of-phase"], [.. Enumerable.Range(0, record.Values.Length).Where(i => i % step == 0 && record.Present[i]).Select(i => (i * record.Interval, record.Values[i]))])],
        })));
    }
}
