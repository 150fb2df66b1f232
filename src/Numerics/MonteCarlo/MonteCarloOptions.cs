namespace Plumbline.Numerics;

/// <summary>How quantiles are found.</summary>
public enum OrderStatistics
{
    /// <summary>The very order statistics of JCGM 101, 7.7: the trials that fall into the bins that matter are drawn a second time and sorted.</summary>
    Exact,

    /// <summary>From counts on a grid of 2¹⁵ bins, straight within a bin: half the work, an error far below that of sampling.</summary>
    Binned,
}

/// <summary>How a Monte Carlo evaluation is run. Together with the inputs this determines every digit of the result, whatever the number of threads.</summary>
public sealed record MonteCarloOptions
{
    /// <summary>M, at least 1 024 and rounded up to whole blocks of 1 024; the result states it.</summary>
    public long Trials { get; init; } = 1_000_000;

    /// <summary>The coverage probability, strictly between 0 and 1.</summary>
    public double Coverage { get; init; } = 0.95;

    /// <summary>Any number; part of the record.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The generator of the draws.</summary>
    public RandomGenerator Generator { get; init; } = RandomGenerator.Philox;

    /// <summary>How quantiles are found.</summary>
    public OrderStatistics OrderStatistics { get; init; } = OrderStatistics.Exact;

    /// <summary>How many threads, 0 for one a processor. It moves no digit.</summary>
    public int Threads { get; init; }

    /// <summary>Told from time to time how much of the run is done, by whichever thread did it; null for nobody. It moves no digit.</summary>
    public IProgress<MonteCarloProgress>? Progress { get; init; }

    /// <summary>Trials that may be kept for the ends of one result's intervals: 8 MB. Beyond, the bins they lie in are counted finer first.</summary>
    internal long MostKept { get; init; } = 1 << 20;

    internal long Blocks => (Trials + InputDrawer.Lanes - 1) / InputDrawer.Lanes;

    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>The same run, reporting as one of several equal parts of it.</summary>
    internal MonteCarloOptions Part(int part, int of) => Progress is { } whole && of > 1 ? this with { Progress = new PartOfProgress(whole, part, of) } : this;

    internal void Check()
    {
        if (Trials < InputDrawer.Lanes)
            throw new ArgumentOutOfRangeException(nameof(Trials), Trials, $"Must be at least {InputDrawer.Lanes}.");
        Require.Probability(Coverage);
        if (Threads < 0)
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "Must not be negative.");
    }
}

/// <summary>How far a run is.</summary>
/// <param name="Trials">How many trials it makes in all.</param>
/// <param name="Share">What is done, from 0 to 1. Exact order statistics draw the trials twice: half is then one drawing.</param>
public readonly record struct MonteCarloProgress(long Trials, double Share);

internal sealed class PartOfProgress(IProgress<MonteCarloProgress> whole, int part, int of) : IProgress<MonteCarloProgress>
{
    public void Report(MonteCarloProgress value) => whole.Report(value with { Share = (part + value.Share) / of });
}
