using System.CommandLine;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline stability FILE</c>: the stability of a clock or source over averaging time.</summary>
internal static class StabilityCommand
{
    private static readonly string[] phase = ["phase", "x", "time error", "相位", "钟差", "时差", "时间误差"];
    private static readonly string[] frequency = ["frequency", "y", "freq", "fractional frequency", "频率", "频偏", "相对频率偏差"];
    private static readonly string[] kinds = [.. Enum.GetNames<DeviationKind>().Select(k => k.ToLowerInvariant()), "mtie", "tierms"];

    public static Command Create(CliTexts texts)
    {
        var kind = new Option<string>("--kind") { Description = texts["stability.kind", string.Join(", ", kinds)], DefaultValueFactory = _ => kinds[0] };
        kind.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !kinds.Contains(name.ToLowerInvariant()))
                result.AddError(texts.Of(new Refusal("call-method", null, name, string.Join(", ", kinds))));
        });
        var interval = CommonOptions.PositiveNumber("--tau0", texts["stability.tau0"], texts);
        var isFrequency = new Option<bool>("--frequency") { Description = texts["stability.frequency"] };
        var nominal = CommonOptions.PositiveNumber("--nominal", texts["stability.nominal"], texts);
        var taus = new Option<string>("--taus") { Description = texts["stability.taus"], DefaultValueFactory = _ => "octave" };
        taus.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } given && given is not ("octave" or "decade") && given.Split(',').Any(t => !(TypedNumber.Read(t) > 0)))
                result.AddError(texts.Of(new Refusal("call-taus", null, given)));
        });
        var confidence = CommonOptions.PositiveNumber("--confidence", texts["stability.confidence"], texts);
        confidence.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && TypedNumber.Read(result.Tokens[0].Value) is >= 1)
                result.AddError(texts.Of(new Refusal("call-probability", null, "--confidence", result.Tokens[0].Value)));
        });
        var drift = new Option<bool>("--remove-drift") { Description = texts["stability.remove-drift"] };
        var spectrum = new Option<bool>("--spectrum") { Description = texts["stability.option.spectrum"] };
        var window = new Option<int?>("--window") { Description = texts["stability.option.window"] };
        return NumericCommand.Create("stability", texts, [kind, interval, isFrequency, nominal, taus, confidence, drift, spectrum, window], ["deviation", "record", "dynamic"], (call, table, words) =>
        {
            var reader = new TableReader(table);
            if (Column(reader, table, call.GetValue(isFrequency)) is not { } found)
                return reader.Refusals.ToList();
            var values = reader.OptionalNumbers(found.Column);
            reader.AtLeast(8);
            if (reader.Refusals.Count > 0)
                return reader.Refusals.ToList();
            var stamped = Stamps.Place(reader, table, values);
            if (reader.Refusals.Count > 0)
                return reader.Refusals.ToList();
            var record = ClockRecord.Of(stamped.Values, found.IsFrequency, call.GetValue(interval) ?? TypedNumber.Read(table.Settings.GetValueOrDefault("tau0")) ?? stamped.Step ?? 1, call.GetValue(nominal));
            if (record.Values.Length < 8)
                return new Refusal("data-few", null, table.File, record.Present.Count(p => p), 8);
            if (call.GetValue(spectrum) && call.GetValue(kind)!.ToLowerInvariant() is not ("oadev" or "adev" or "mdev" or "tdev" or "hdev" or "ohdev") and var other)
                return new Refusal("clock-spectrum", null, other);
            if (call.GetValue(window) is not null && call.GetValue(kind)!.ToLowerInvariant() is not ("oadev" or "mdev" or "tdev" or "ohdev") and var another)
                return new Refusal("clock-window", null, another);
            var findings = new StabilityFindings(record, words)
            {
                Kind = call.GetValue(kind)!.ToLowerInvariant(), Taus = call.GetValue(taus)!, Confidence = call.GetValue(confidence) ?? 0.683, RemoveDrift = call.GetValue(drift), Spectrum = call.GetValue(spectrum), Window = call.GetValue(window),
            };
            return findings.Make(table.File);
        }, ClockFile.Read);
    }

    private static (DataColumn Column, bool IsFrequency)? Column(TableReader reader, DataTable table, bool isFrequency)
    {
        if (reader.Optional(frequency) is { } y)
            return (y, true);
        if (reader.Optional(phase) is { } x)
            return (x, isFrequency);
        if (reader.Optional("record") is { } record)
            return (record, isFrequency);
        if (table.Columns.Count == 1)
            return (new DataColumn(0, table.Columns[0], null), isFrequency);
        reader.Refuse("data-column", "phase", string.Join(", ", phase.Concat(frequency)), string.Join(", ", table.Columns));
        return null;
    }
}

/// <summary>Puts a record with time stamps on an even grid, so that what is missing shows.</summary>
internal static class Stamps
{
    private const int MostPlaces = 50_000_000;
    private static readonly string[] time = ["time", "t", "时间", "mjd"];

    /// <returns>The record on the grid and the step in seconds; the record as it stands where there are no stamps.</returns>
    public static (double?[] Values, double? Step) Place(TableReader reader, DataTable table, double?[] values)
    {
        if (reader.Optional(time) is not { } column || reader.Optional("record") is null && table.Rows.Any(r => TypedNumber.Read(r.Cells[column.Index]) is null))
            return (values, null);
        var stamps = reader.Numbers(column);
        if (reader.Refusals.Count > 0)
            return (values, null);
        double[] steps = [.. stamps.Skip(1).Zip(stamps, (b, a) => b - a)];
        if (Array.FindIndex(steps, d => !(d > 0)) is >= 0 and var back)
        {
            reader.Refuse("clock-order", table.Rows[back + 1].Number, table.Rows[back + 1].Cells[column.Index], table.Rows[back].Cells[column.Index]);
            return (values, null);
        }
        var step = RobustScale.Median(steps);
        var places = Array.ConvertAll(stamps, t => (t - stamps[0]) / step);
        // Stamps may be rounded, but a step that is no whole number of steps is another interval.
        var wrong = Array.FindIndex(steps, d => Math.Abs(d / step - Math.Round(d / step)) > 0.1 || Math.Round(d / step) < 1);
        if (wrong >= 0 || places[^1] > MostPlaces)
        {
            reader.Refuse("clock-stamps", table.Rows[Math.Max(0, wrong) + 1].Number, Numbers.Significant(steps[Math.Max(0, wrong)], 4), Numbers.Significant(step, 4));
            return (values, null);
        }
        List<double?> grid = [];
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = i == 0 ? 1 : (int)Math.Round(steps[i - 1] / step); k > 1; k--)
                grid.Add(null);
            grid.Add(values[i]);
        }
        var days = column.Unit is "d" or "day" or "days" or "天" || column.Header.StartsWith("mjd", StringComparison.OrdinalIgnoreCase);
        // The mean step is known better than any one of rounded stamps.
        return ([.. grid], Math.Round((stamps[^1] - stamps[0]) / (grid.Count - 1) * (days ? 86400 : 1), 9));
    }
}

/// <summary>A record as the mathematics takes it.</summary>
/// <param name="Values">Phases, or fractional frequencies; 0 where nothing was measured.</param>
/// <param name="Present">Where something was.</param>
internal sealed record ClockRecord(double[] Values, bool[] Present, bool IsFrequency, double Interval)
{
    public bool HasGaps => Present.Contains(false);

    /// <summary>Blank cells at both ends fall away; frequencies far from zero are in hertz and made fractional.</summary>
    public static ClockRecord Of(double?[] cells, bool isFrequency, double interval, double? nominal)
    {
        int first = Array.FindIndex(cells, c => c is not null), last = Array.FindLastIndex(cells, c => c is not null);
        var inner = first < 0 ? [] : cells[first..(last + 1)];
        if (isFrequency && inner.Length > 0)
        {
            var mean = inner.Where(v => v is not null).Average()!.Value;
            if (nominal is { } given || Math.Abs(mean) >= 0.5)
                inner = Array.ConvertAll(inner, v => (v - (nominal ?? mean)) / (nominal ?? mean));
        }
        return new(Array.ConvertAll(inner, v => v ?? 0), Array.ConvertAll(inner, v => v is not null), isFrequency, interval);
    }

    /// <summary>Phases on the grid; where frequencies are missing, what follows a gap has an unknown offset, so that there must be none.</summary>
    public double[] Phases() => IsFrequency ? ClockData.ToPhases(Values, Interval) : Values;
}
