namespace Plumbline.Numerics.Tests.Integrity;

/// <summary>Every screen on honest data, seeded: the share of alarms stays at the stated rate, three standard deviations allowed.</summary>
public class FalseAlarmTests
{
    private const int Rounds = 600;
    private const double Level = 0.05;

    private static readonly Dictionary<string, Func<Random, double>> Screens = new()
    {
        ["excess agreement, pairs"] = r => ExcessAgreement.Pairs(Table(r, 6, 5), [1, 1, 1, 1, 1])[0].CorrectedPValue,
        ["excess agreement, round"] = r => ExcessAgreement.Round(Draws(r, 9), [.. Enumerable.Repeat(1.0, 9)]).PValue,
        ["exact matches"] = r => ExactMatches.Pairs(Array.ConvertAll(Table(r, 7, 10), row => Array.ConvertAll(row, v => Math.Round(v, 1)))).FirstOrDefault()?.CorrectedPValue ?? 1,
        ["error profiles"] = r => ErrorProfiles.Pairs(Table(r, 5, 8), r, 400)[0].CorrectedPValue,
        ["tight replicates"] = r => TightReplicates.Test([.. Enumerable.Range(0, 8).Select(_ => r.ChiSquare(3) / 3)], 4).PValue,
        ["digits, few"] = r => DigitPreference.Test([.. Enumerable.Range(0, 30).Select(_ => r.Next(10))], r, 1000).PValue,
        ["digits, many"] = r => DigitPreference.Test([.. Enumerable.Range(0, 200).Select(_ => r.Next(10))], r).PValue,
        ["small scores"] = r => RoundScreens.SmallScores(Draws(r, 40)).PValue,
        ["tight round"] = r => RoundScreens.TightRound(Math.Sqrt(r.ChiSquare(11) / 11), 1, 12).PValue,
        ["revisions"] = r => RoundScreens.RevisionsTowardsConsensus(Draws(r, 15), Draws(r, 15), new double[15]).PValue,
        ["other lot"] = r => RoundScreens.FitsOtherLot(Draws(r, 6), new double[6], [1, -1, 1, 1, -1, 1], [.. Enumerable.Repeat(1.0, 6)]).PValue,
        ["median scaled difference"] = r => Multiplicity.Holm(PairwiseStatistics.MedianScaledDifferencePValues(Draws(r, 7), [.. Enumerable.Repeat(1.0, 7)], r, 500)).Min(),
    };

    public static TheoryData<string> Names => [.. Screens.Keys];

    [Theory, MemberData(nameof(Names))]
    public void False_alarms_stay_at_the_stated_rate(string name)
    {
        var seed = 100 * Array.IndexOf([.. Screens.Keys], name);
        var alarms = Enumerable.Range(0, Rounds).Count(i => Screens[name](new Random(10_000 * (seed + 1) + i)) <= Level);
        Assert.InRange(alarms, 0, Rounds * Level + 3 * Math.Sqrt(Rounds * Level * (1 - Level)));
    }

    [Fact]
    public void Each_new_screen_finds_what_it_is_for()
    {
        var random = new Random(7);
        Assert.True(RoundScreens.SmallScores(Array.ConvertAll(Draws(random, 40), z => 0.3 * z)).PValue < 1e-4);
        Assert.True(RoundScreens.TightRound(0.3, 1, 12).PValue < 1e-3);
        Assert.Equal((10, 10, Math.Pow(0.5, 10)), RoundScreens.RevisionsTowardsConsensus([.. Enumerable.Repeat(2.0, 10)], [.. Enumerable.Repeat(-1.0, 10)], new double[10]));
        var (ratio, p) = RoundScreens.FitsOtherLot([1.1, 0.9, 1.0, 1.2], new double[4], [1, 1, 1, 1], [0.3, 0.3, 0.3, 0.3]);
        Assert.True(ratio > 20 && p < 1e-9);
    }

    [Fact]
    public void Nothing_revised_is_no_evidence() =>
        Assert.Equal((0, 0, 1.0), RoundScreens.RevisionsTowardsConsensus([1, 2], [1, 2], [0, 0]));

    private static double[] Draws(Random random, int n)
    {
        var z = new double[n];
        random.Normal(z);
        return z;
    }

    private static double[][] Table(Random random, int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Draws(random, columns))];
}
