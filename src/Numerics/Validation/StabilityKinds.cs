using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.Numerics;

/// <summary>Reference cases of the stability of clocks.</summary>
internal static partial class StabilityKinds
{
    internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All =
    [
        new("allan", AllanCase),
        new("allan-ci", ConfidenceCase),
        new("allan-edf", DegreesCase),
    ];

    private static readonly string[] plain = ["adev", "oadev", "mdev", "tdev", "hdev", "ohdev", "totdev", "pdev", "ttotdev", "mtotdev", "htotdev"];

    private static JsonObject AllanCase(CaseInputs i)
    {
        var record = ClockRecord.Read(i);
        var factors = Factors(i, record);
        var published = Deviations(record, factors, i.Asked("published"));
        published["taus"] = CaseInputs.Array(factors.Select(m => m * record.Interval));
        published["stdev_sample"] = CaseInputs.Array(factors.Select(m => SampleDeviation(record.Phases, m) / record.Interval));
        // As SP 1065 prints them, for white frequency noise.
        published["htotdev"] = Array(record.Deviations(DeviationKind.Htotdev, factors, NoiseType.WhiteFrequency, true));
        var modified = Array(record.Deviations(DeviationKind.Mtotdev, factors, NoiseType.WhiteFrequency, true));
        published["mtotdev_published_with_bias"] = modified;
        published["mtotdev_published_wfm_bias"] = modified?.DeepClone();
        published["htotdev_published"] = published["htotdev"]?.DeepClone();
        int[] spans = [.. (i.Asked("published").Has("theo1_taus_nobias") ? i.Asked("published").Inner("theo1_taus_nobias").Numbers("m") : [.. factors.Select(m => 10.0 * m)])
            .Select(m => (int)m).Where(m => m % 2 == 0 && m < record.Phases.Length)];
        published["theo1_taus_nobias"] = new JsonObject { ["m"] = CaseInputs.Array(spans.Select(m => (double)m)), ["dev"] = Array(record.Deviations(DeviationKind.Theo1, spans, NoiseType.WhiteFrequency, false)) };
        var computed = Deviations(record, factors, i.Asked("computed"));
        return new()
        {
            ["published"] = published, ["computed"] = computed,
            ["htotdev"] = Rows(record, i, "htotdev", DeviationKind.Htotdev, null, false),
            ["mtotdev_alpha0_nobias"] = Rows(record, i, "mtotdev_alpha0_nobias", DeviationKind.Mtotdev, NoiseType.WhiteFrequency, false),
            ["theo1_alpha0"] = Rows(record, i, "theo1_alpha0", DeviationKind.Theo1, NoiseType.WhiteFrequency, false),
            ["pdev_published_SigmaTheta"] = Wanted(i, "pdev_published_SigmaTheta") ? Parabolics(record, [.. i.Asked("pdev_published_SigmaTheta").Names]) : null,
        };
    }

    private static JsonObject ConfidenceCase(CaseInputs i)
    {
        var record = ClockRecord.Read(i);
        var coverage = i.Number("ci", 0.683);
        var results = new JsonObject();
        foreach (var name in i.AskedNames.Length > 0 ? i.AskedNames : plain)
            if (Enum.TryParse<DeviationKind>(name, true, out var kind))
                results[name] = Rows(record, i, name, kind, null, true, coverage);
        return results;
    }

    private static JsonObject DegreesCase(CaseInputs i) => new()
    {
        ["edf"] = CaseInputs.Array(i.Objects("cases").Select(c => EquivalentDegreesOfFreedom.OfDifferences((NoiseType)c.Integer("alpha"), c.Integer("d"), c.Integer("m"),
            c.Integer("N"), c.Flag("overlapping", true), c.Flag("modified", false)))),
    };

    private static int[] Factors(CaseInputs i, ClockRecord record)
    {
        double[] taus = i.Has("taus") ? i.Numbers("taus") : i.Asked("published").Has("taus") ? i.Asked("published").Numbers("taus")
            : [.. Enumerable.Range(0, 9).Select(k => Math.Pow(10, k) * record.Interval).Where(t => t <= record.Interval * (record.Phases.Length - 1) / 3)];
        return [.. taus.Select(t => (int)Math.Round(t / record.Interval))];
    }

    /// <summary>Averaging times beyond a statistic's reach are left out, and so are those at the end of which a case asks nothing.</summary>
    private static JsonObject Deviations(ClockRecord record, int[] factors, CaseInputs asked)
    {
        string[] names = [.. asked.Names];
        var results = new JsonObject();
        // Total variances of long records take long: they are worked out where asked for.
        foreach (var name in plain.Where(n => names.Length == 0 || names.Any(a => a.StartsWith(n, StringComparison.Ordinal))))
        {
            var kind = Enum.Parse<DeviationKind>(name, true);
            int[] within = [.. factors.Where(m => m <= FrequencyStability.Most(kind, record.Phases.Length))];
            var wanted = names.Where(n => n == name || n == name + "_nobias").Select(asked.Count).DefaultIfEmpty(within.Length).Max();
            results[name] = Array(record.Deviations(kind, [.. within.Take(wanted)], NoiseType.WhiteFrequency, false));
            if (kind is DeviationKind.Mtotdev or DeviationKind.Ttotdev or DeviationKind.Htotdev)
                results[name + "_nobias"] = results[name]?.DeepClone();
        }
        int[] spans = [.. factors.Where(m => m < record.Phases.Length)];
        if (spans.Length > 0)
        {
            results["mtie"] = CaseInputs.Array(TimeIntervalError.Maximum(record.Phases, spans));
            results["mtie_phase"] = results["mtie"]?.DeepClone();
            results["tierms"] = CaseInputs.Array(TimeIntervalError.RootMeanSquare(record.Phases, spans));
        }
        return results;
    }

    private static JsonArray? Array(double[]? values) => values is null ? null : CaseInputs.Array(values);

    /// <summary>Without a question everything is answered.</summary>
    private static bool Wanted(CaseInputs i, string name) => i.AskedNames.Length == 0 || i.IsAsked(name);

    private static JsonArray? Rows(ClockRecord record, CaseInputs i, string name, DeviationKind kind, NoiseType? noise, bool correctBias, double coverage = 0.683)
    {
        int[] wanted = [.. i.Asked(name).Column("m").Select(m => (int)m)];
        if (wanted.Length == 0)
            wanted = FrequencyStability.Octaves(kind, record.Phases.Length);
        if (!Wanted(i, name) || wanted.Length == 0)
            return null;
        var points = record.Points(kind, wanted, noise, coverage, correctBias);
        return [.. points.Select(p => new JsonObject
        {
            ["m"] = p.AveragingFactor, ["tau"] = p.Tau, ["tau_theo1"] = p.Tau, ["n"] = p.Count, ["alpha"] = (int)p.Noise,
            ["min"] = p.Confidence.Low, ["dev"] = p.Deviation, ["max"] = double.IsFinite(p.Confidence.High) ? p.Confidence.High : null,
        })];
    }

    private static JsonObject Parabolics(ClockRecord record, string[] names)
    {
        var results = new JsonObject();
        int[] factors = names.Length > 0 ? [.. names.Select(n => int.Parse(n, CultureInfo.InvariantCulture))] : FrequencyStability.Octaves(DeviationKind.Pdev, record.Phases.Length);
        foreach (var p in record.Points(DeviationKind.Pdev, factors, NoiseType.WhiteFrequency, 0.683, false))
            results[p.AveragingFactor.ToString(CultureInfo.InvariantCulture)] = p.Deviation;
        return results;
    }

    private static double SampleDeviation(double[] phases, int m)
    {
        var y = NoiseIdentification.AverageFrequencies(phases, m);
        var mean = y.Average();
        return Math.Sqrt(y.Sum(v => (v - mean) * (v - mean)) / (y.Length - 1));
    }

    /// <summary>The record of a case: given as frequencies, phases, a data file, or the rule of NIST's test suite.</summary>
    private sealed partial record ClockRecord(double[] Phases, double[]? Frequencies, double Interval)
    {
        internal static ClockRecord Read(CaseInputs i)
        {
            var interval = i.Number("tau0", 1);
            if (i.Has("frequency"))
                return OfFrequencies(i.Numbers("frequency"), interval);
            if (i.Has("phase"))
                return new(i.Numbers("phase"), null, interval);
            if (!i.Has("data"))
                return OfFrequencies(Generated(i.Text("generator")), interval);
            using var reader = i.Open("data");
            var values = Values(reader);
            var format = i.Has("format") ? i.Text("format") : "";
            if (!format.Contains("freq", StringComparison.OrdinalIgnoreCase))
                return new(values, null, interval);
            // Frequencies in hertz are made fractional; so close to the nominal value the mean does as well.
            if (Math.Abs(values.Average()) < 0.5)
                return OfFrequencies(values, interval);
            var nominal = Nominal(format) is { } stated && Math.Abs(values.Average() / stated - 1) < 0.01 ? stated : values.Average();
            return OfFrequencies(System.Array.ConvertAll(values, v => (v - nominal) / nominal), interval);
        }

        internal StabilityPoint[] Points(DeviationKind kind, int[] factors, NoiseType? noise, double coverage, bool correctBias) => Frequencies is null
            ? FrequencyStability.OfPhases(Phases, Interval, kind, factors, noise, coverage, correctBias)
            : FrequencyStability.OfFrequencies(Frequencies, Interval, kind, factors, noise, coverage, correctBias);

        /// <summary>Null where the record is too short for one of the factors.</summary>
        internal double[]? Deviations(DeviationKind kind, int[] factors, NoiseType noise, bool correctBias) =>
            factors.Length == 0 || factors.Any(m => m > FrequencyStability.Most(kind, Phases.Length)) ? null
            : [.. Points(kind, factors, noise, 0.683, correctBias).Select(p => p.Deviation)];

        private static ClockRecord OfFrequencies(double[] frequencies, double interval)
        {
            Require.Finite(frequencies, 3);
            return new(ClockData.Accumulate(frequencies, interval), frequencies, interval);
        }

        private static double[] Values(TextReader reader)
        {
            List<double> values = [];
            for (var number = 1; reader.ReadLine() is { } line; number++)
            {
                var text = line.Split('#')[0].Trim();
                if (text.Length == 0)
                    continue;
                var last = text.Split((char[])[' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries)[^1];
                values.Add(double.TryParse(last, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
                    : throw new FormatException($"Line {number} of the data: '{last}' is not a number."));
            }
            return [.. values];
        }

        private static double? Nominal(string format) => Hertz().Match(format) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch { "G" => 1e9, "M" => 1e6, "k" => 1e3, _ => 1 } : null;

        private static double[] Generated(string rule)
        {
            double Group(Regex pattern, string what) => pattern.Match(rule) is { Success: true } match
                ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : throw new FormatException($"inputs.generator must state {what}.");
            long n = (long)Group(Start(), "n0"), factor = (long)Group(Factor(), "the factor of n(i)"), modulus = (long)Group(Modulus(), "the modulus");
            var values = new double[(int)Group(Points(), "the number of points")];
            for (var k = 0; k < values.Length; k++)
            {
                values[k] = (double)n / modulus;
                n = factor * n % modulus;
            }
            return values;
        }

        [GeneratedRegex(@"([0-9.]+(?:[eE][+-]?[0-9]+)?)\s*([GMk]?)Hz")]
        private static partial Regex Hertz();

        [GeneratedRegex(@"n0\s*=\s*(\d+)")]
        private static partial Regex Start();

        [GeneratedRegex(@"(\d+)\s*\*\s*n\(i\)")]
        private static partial Regex Factor();

        [GeneratedRegex(@"mod\s*(\d+)")]
        private static partial Regex Modulus();

        [GeneratedRegex(@"(\d+)\s*(?:frequency\s*)?points")]
        private static partial Regex Points();
    }
}
