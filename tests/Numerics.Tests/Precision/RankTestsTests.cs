using Plumbline.Numerics;

namespace Plumbline.Numerics.Tests.Precision;

public sealed class RankTestsTests
{
    [Fact]
    public void Friedman_and_Kruskal_agree_with_R()
    {
        // R 4.2.2: friedman.test and kruskal.test of the same numbers, ties among them.
        var friedman = RankTests.Friedman([[5.40, 5.50, 5.55], [5.85, 5.70, 5.75], [5.20, 5.60, 5.50], [5.55, 5.50, 5.40], [5.90, 5.85, 5.70], [5.45, 5.55, 5.60], [5.40, 5.40, 5.35]]);
        Assert.Equal(0.222222222222222, friedman.Statistic, 1e-13);
        Assert.Equal(0.894839316814370, friedman.PValue!.Value, 1e-13);
        var kruskal = RankTests.KruskalWallis([[2.9, 3.0, 2.5, 2.6, 3.2], [3.8, 2.7, 4.0, 2.4], [2.8, 3.4, 3.7, 2.2, 2.0, 3.2]]);
        Assert.Equal(0.625700655933214, kruskal.Statistic, 1e-13);
        Assert.Equal(0.731359368421250, kruskal.PValue!.Value, 1e-13);
        Assert.Equal((2, 2), (friedman.DegreesOfFreedom, kruskal.DegreesOfFreedom));
    }

    [Fact]
    public void The_distribution_of_rank_sums_is_that_of_all_orders()
    {
        double[][] values = [[1.2, 3.4, 2.2, 2.9], [10.1, 10.4, 10.3, 10.3], [7, 9, 7.5, 8]];
        var found = RankTests.Youden(values);
        // Each laboratory's rank in a material is one of the four there, whichever: count all 4³ ways.
        double[][] ranks = [[1, 4, 2, 3], [1, 4, 2.5, 2.5], [1, 4, 2, 3]];
        double[] sums = [.. from a in ranks[0] from b in ranks[1] from c in ranks[2] select a + b + c];
        for (var l = 0; l < 4; l++)
        {
            var sum = ranks.Sum(r => r[l]);
            var p = Math.Min(1, 2 * Math.Min(sums.Count(s => s <= sum), sums.Count(s => s >= sum)) / 64.0);
            Assert.Equal(sum, found[l].Sum);
            Assert.Equal(p, found[l].PValue, 1e-14);
            Assert.InRange(found[l].CorrectedPValue, found[l].PValue, 1);
        }
        Assert.Equal(2 / 64.0, found[1].PValue, 1e-14);
    }

    [Fact]
    public void A_laboratory_that_is_always_highest_stands_out_and_equal_results_do_not()
    {
        var random = new Random(7);
        double[][] values = [.. Enumerable.Range(0, 8).Select(m => Enumerable.Range(0, 10).Select(l => random.NextDouble() + (l == 3 ? 2 : 0)).ToArray())];
        var found = RankTests.Youden(values);
        Assert.Equal(80, found[3].Sum);
        Assert.True(found[3].CorrectedPValue < 1e-5);
        Assert.All(RankTests.Youden([[1, 1, 1], [2, 2, 2]]), r => Assert.Equal((4, 1), (r.Sum, r.PValue)));
        Assert.Null(RankTests.Friedman([[1, 1, 1], [2, 2, 2]]).PValue);
        Assert.Null(RankTests.KruskalWallis([[1, 1], [1]]).PValue);
    }

    [Fact]
    public void The_chance_of_a_false_alarm_is_what_it_is_said_to_be()
    {
        var random = new Random(20261125);
        int ranking = 0, friedman = 0, kruskal = 0;
        const int rounds = 2000;
        for (var round = 0; round < rounds; round++)
        {
            double[][] values = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 8).Select(_ => random.NextDouble()).ToArray())];
            ranking += RankTests.Youden(values).Any(r => r.CorrectedPValue <= 0.05) ? 1 : 0;
            friedman += RankTests.Friedman(values).PValue <= 0.05 ? 1 : 0;
            kruskal += RankTests.KruskalWallis(values).PValue <= 0.05 ? 1 : 0;
        }
        // Three standard errors of a rate of 5 % in 2000 rounds are 1.5 %.
        Assert.All(new[] { ranking, friedman, kruskal }, count => Assert.InRange(count / (double)rounds, 0.01, 0.065));
    }

    [Fact]
    public void What_cannot_be_ranked_is_refused_by_name()
    {
        Assert.Equal("valuesByMaterial", Assert.Throws<ArgumentException>(() => RankTests.Youden([[1, 2, 3]])).ParamName);
        Assert.Equal("valuesByMaterial", Assert.Throws<ArgumentException>(() => RankTests.Youden([[1, 2, 3], [1, 2]])).ParamName);
        Assert.Equal("valuesByMaterial", Assert.Throws<ArgumentOutOfRangeException>(() => RankTests.Friedman([[1, double.NaN, 3], [1, 2, 3]])).ParamName);
        Assert.Equal("valuesByLaboratory", Assert.Throws<ArgumentException>(() => RankTests.KruskalWallis([[1, 2], []])).ParamName);
    }
}
