using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Runs and parts of runs as JSON. Counts stand as pairs of place and number, values in base 64 of their eight bytes, little end first.</summary>
internal static class MonteCarloJson
{
    private const string Format = "plumbline-monte-carlo-1";

    internal static JsonObject Write(MonteCarloRun run) => new()
    {
        ["format"] = Format, ["trials"] = run.Options.Trials, ["coverage"] = run.Options.Coverage, ["seed"] = run.Options.Seed, ["generator"] = run.Options.Generator.ToString(), ["orderStatistics"] = run.Options.OrderStatistics.ToString(), ["mostKept"] = run.Options.MostKept,
        ["counted"] = run.Counted is { } counted ? Write(counted) : null, ["refined"] = run.Refined is { } refined ? Write(refined) : null, ["collected"] = run.Collected is { } collected ? Write(collected) : null,
    };

    internal static MonteCarloRun Run(string json) => Read(json, node =>
    {
        var options = new MonteCarloOptions
        {
            Trials = (long)node["trials"]!, Coverage = (double)node["coverage"]!, Seed = (ulong)node["seed"]!,
            Generator = Enum.Parse<RandomGenerator>((string)node["generator"]!), OrderStatistics = Enum.Parse<OrderStatistics>((string)node["orderStatistics"]!), MostKept = (long)node["mostKept"]!,
        };
        // Through the stages again, so that what does not belong together is refused.
        var run = MonteCarloRun.Begin(options);
        foreach (var stage in (string[])["counted", "refined", "collected"])
            if (node[stage] is JsonObject part)
                run = run.After(Part(part));
        return run;
    });

    internal static JsonObject Write(MonteCarloPart part) => new()
    {
        ["format"] = Format, ["stage"] = part.Stage.ToString(), ["names"] = new JsonArray([.. part.Names.Select(n => (JsonNode)n)]), ["hasDeviation"] = part.HasDeviation,
        ["grids"] = new JsonArray([.. part.Grids.Select(g => (JsonNode)Numbers([g.Low, g.High, g.Centre]))]),
        ["ranges"] = new JsonArray([.. part.Ranges.Select(r => (JsonNode)new JsonObject { ["first"] = r.First, ["chunks"] = r.Sums.Length, ["sums"] = part.Stage == MonteCarloStage.Count ? Sums(r.Sums) : null })]),
        ["bins"] = new JsonArray([.. part.Bins.Select(b => (JsonNode)new JsonObject { ["least"] = b.Least, ["most"] = b.Most, ["counts"] = Sparse(b.Counts.Totals) })]),
        ["cells"] = new JsonArray([.. part.Cells.Select(c => (JsonNode)new JsonObject { ["length"] = c.Length, ["counts"] = Sparse(c) })]),
        ["kept"] = new JsonArray([.. part.Kept.Select(k => (JsonNode)Base64(k))]),
    };

    internal static MonteCarloPart Part(string json) => Read(json, Part);

    private static MonteCarloPart Part(JsonObject node)
    {
        var names = node["names"]!.AsArray().Select(n => (string)n!).ToArray();
        var grids = node["grids"]!.AsArray().Select(g => g!.AsArray().Select(v => (double)v!).ToArray()).Select(g => (g[0], g[1], g[2])).ToArray();
        var ranges = node["ranges"]!.AsArray().Select(r => ((long)r!["first"]!, Sums(r["sums"] as JsonArray, (int)r["chunks"]!, names.Length))).ToArray();
        return new(Enum.Parse<MonteCarloStage>((string)node["stage"]!), names, (bool)node["hasDeviation"]!, grids, ranges)
        {
            Bins = [.. node["bins"]!.AsArray().Select((b, k) => new BinTally(BinCounts.Of(grids[k].Item1, grids[k].Item2, Dense(b!["counts"]!.AsArray(), BinCounts.Size)), (double)b["least"]!, (double)b["most"]!))],
            Cells = [.. node["cells"]!.AsArray().Select(c => Dense(c!["counts"]!.AsArray(), (int)c["length"]!))],
            Kept = [.. node["kept"]!.AsArray().Select(k => MemoryMarshal.Cast<byte, double>(Convert.FromBase64String((string)k!)).ToArray())],
        };
    }

    private static T Read<T>(string json, Func<JsonObject, T> read)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var node = JsonNode.Parse(json) as JsonObject;
            return (string?)node?["format"] == Format ? read(node!) : throw new FormatException($"\"format\" must be \"{Format}\".");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NullReferenceException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException($"The text is no part of a run: {fault.Message}", fault);
        }
    }

    /// <summary>Of each chunk: for every result count, mean and three sums, then the products of the pairs.</summary>
    private static JsonArray Sums(ChunkSums?[] sums) => new([.. sums.Select(c => (JsonNode)Numbers(
        [.. c!.Moments.SelectMany(m => (double[])[m.Count, m.Mean, m.M2, m.M3, m.M4]), .. Enumerable.Range(0, c.Moments.Length).SelectMany(k => Enumerable.Range(0, k).Select(j => c.Products[k, j]))]))]);

    private static ChunkSums?[] Sums(JsonArray? chunks, int count, int results)
    {
        if (chunks is null)
            return new ChunkSums?[count];
        return [.. chunks.Select(c =>
        {
            double[] v = [.. c!.AsArray().Select(n => (double)n!)];
            var products = new double[results, results];
            var at = 5 * results;
            for (var k = 0; k < results; k++)
                for (var j = 0; j < k; j++)
                    products[k, j] = v[at++];
            return new ChunkSums([.. Enumerable.Range(0, results).Select(k => new Moments((long)v[5 * k], v[5 * k + 1], v[5 * k + 2], v[5 * k + 3], v[5 * k + 4]))], products);
        })];
    }

    private static JsonArray Sparse(long[] counts)
    {
        var pairs = new JsonArray();
        for (var i = 0; i < counts.Length; i++)
            if (counts[i] != 0)
            {
                pairs.Add(i);
                pairs.Add(counts[i]);
            }
        return pairs;
    }

    private static long[] Dense(JsonArray pairs, int length)
    {
        var counts = new long[length];
        for (var i = 0; i + 1 < pairs.Count; i += 2)
            counts[(int)pairs[i]!] = (long)pairs[i + 1]!;
        return counts;
    }

    private static JsonArray Numbers(double[] values) => new([.. values.Select(v => (JsonNode)v)]);

    private static string Base64(double[] values) => Convert.ToBase64String(MemoryMarshal.AsBytes(values.AsSpan()));
}
