namespace Plumbline.Numerics;

/// <summary>What a drawing of the trials is for.</summary>
public enum MonteCarloStage
{
    /// <summary>Moments, and counts on the grid of each result.</summary>
    Count,

    /// <summary>Finer counts about the ends of the shortest interval, where too many trials could be its ends.</summary>
    Refine,

    /// <summary>The very trials at the ends of the intervals.</summary>
    Collect,
}

/// <summary>What some of the trials of a run contribute to one stage of it (可合并的部分结果): computed anywhere, kept as text, merged in any order.</summary>
/// <remarks>Sums are kept chunk by chunk and added up in the order of the trials at the end, so that how a run was split moves no digit. Immutable.</remarks>
public sealed class MonteCarloPart
{
    internal MonteCarloPart(MonteCarloStage stage, string[] names, bool hasDeviation, (double Low, double High, double Centre)[] grids, (long First, ChunkSums?[] Sums)[] ranges)
    {
        (Stage, Names, HasDeviation, Grids) = (stage, names, hasDeviation, grids);
        Ranges = [.. ranges.OrderBy(r => r.First)];
        for (var i = 1; i < Ranges.Length; i++)
            if (Ranges[i - 1].First + Ranges[i - 1].Sums.Length > Ranges[i].First)
                throw new ArgumentException($"Trials from {Ranges[i].First * MonteCarloRun.Grain} on stand in both parts.");
    }

    /// <summary>The stage of the run it belongs to.</summary>
    public MonteCarloStage Stage { get; }

    /// <summary>The trials it holds as half-open ranges, in order.</summary>
    public IReadOnlyList<(long First, long End)> Trials => [.. Ranges.Select(r => (r.First * MonteCarloRun.Grain, (r.First + r.Sums.Length) * MonteCarloRun.Grain))];

    internal string[] Names { get; }

    internal bool HasDeviation { get; }

    /// <summary>The grid and the centre of each result: they follow from model, inputs and seed, so that they also tell whether parts are of one run.</summary>
    internal (double Low, double High, double Centre)[] Grids { get; }

    /// <summary>Chunks by place; sums only where they are counted.</summary>
    internal (long First, ChunkSums?[] Sums)[] Ranges { get; }

    internal BinTally[] Bins { get; init; } = [];

    internal long[][] Cells { get; init; } = [];

    internal double[][] Kept { get; init; } = [];

    internal MonteCarloPart With(BinTally[]? bins = null, long[][]? cells = null, double[][]? kept = null) => new(Stage, Names, HasDeviation, Grids, Ranges) { Bins = bins ?? [], Cells = cells ?? [], Kept = kept ?? [] };

    /// <summary>Both together.</summary>
    /// <param name="other">A part of the same stage of the same run with other trials.</param>
    /// <returns>A new part.</returns>
    /// <exception cref="ArgumentException">The parts are not of one run and stage, or share trials.</exception>
    public MonteCarloPart Merge(MonteCarloPart other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Stage != Stage || !other.Names.SequenceEqual(Names) || !other.Grids.SequenceEqual(Grids))
            throw new ArgumentException($"The parts are not of one run and stage: {Stage} and {other.Stage}, {string.Join(", ", Names)} and {string.Join(", ", other.Names)}.", nameof(other));
        return new(Stage, Names, HasDeviation, Grids, [.. Ranges, .. other.Ranges])
        {
            Bins = [.. Bins.Zip(other.Bins, Both)],
            Cells = [.. Cells.Zip(other.Cells, (a, b) => a.Zip(b, (p, q) => p + q).ToArray())],
            Kept = [.. Kept.Zip(other.Kept, (a, b) => (double[])[.. a, .. b])],
        };
    }

    private static BinTally Both(BinTally a, BinTally b)
    {
        var merged = new BinTally(a.Counts.Fresh());
        merged.Merge(a);
        merged.Merge(b);
        return merged;
    }

    /// <summary>As text, every digit kept.</summary>
    /// <returns>JSON.</returns>
    public string ToJson() => MonteCarloJson.Write(this).ToJsonString();

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">JSON.</param>
    /// <returns>The part.</returns>
    /// <exception cref="FormatException">The text is no part of a run.</exception>
    public static MonteCarloPart FromJson(string json) => MonteCarloJson.Part(json);
}
