namespace Plumbline.Numerics.Tests.Integrity;

public class IntegrityTests
{
    private static double[][] Honest(int seed, int laboratories, int measurands, int decimals = 15)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, laboratories).Select(_ => Enumerable.Range(0, measurands).Select(_ => Math.Round(random.NormalPair().Item1, decimals)).ToArray())];
    }

    [Fact]
    public void A_copied_column_of_results_is_found_and_honest_ones_are_not()
    {
        var values = Honest(3, 8, 12);
        Assert.All(ExcessAgreement.Pairs(values, [.. Enumerable.Repeat(1.0, 12)]), f => Assert.True(f.CorrectedPValue > 0.01));
        values[5] = [.. values[2].Select(v => v + 0.05)];
        var found = ExcessAgreement.Pairs(values, [.. Enumerable.Repeat(1.0, 12)])[0];
        Assert.Equal((2, 5), (found.First, found.Second));
        Assert.True(found.CorrectedPValue < 1e-6);
    }

    [Fact]
    public void False_alarms_of_excess_agreement_stay_at_the_stated_rate()
    {
        var alarms = Enumerable.Range(0, 400).Count(seed => ExcessAgreement.Pairs(Honest(seed, 6, 5), [1, 1, 1, 1, 1])[0].CorrectedPValue < 0.05);
        Assert.InRange(alarms, 0, 36); // 5 % of 400 is 20; three standard deviations above is 33
    }

    [Fact]
    public void Equal_reported_figures_beyond_chance_are_found()
    {
        var values = Honest(11, 9, 15, decimals: 1);
        Assert.All(ExactMatches.Pairs(values), f => Assert.True(f.CorrectedPValue > 0.01));
        values[7] = [.. values[1].Select((v, i) => i < 12 ? v : v + 3)];
        var found = ExactMatches.Pairs(values)[0];
        Assert.Equal((1, 7, 12.0), (found.First, found.Second, found.Statistic));
        Assert.True(found.CorrectedPValue < 1e-4);
    }

    [Fact]
    public void The_tail_of_unequal_chances_is_exact() =>
        Assert.Equal(0.5 * 0.2 * 0.9 + 0.5 * 0.8 * 0.1 + 0.5 * 0.2 * 0.1 + 0.5 * 0.2 * 0.1, ExactMatches.AtLeast([0.5, 0.2, 0.1], 2), 12);

    [Fact]
    public void Errors_that_rise_and_fall_together_are_found()
    {
        var scores = Honest(21, 7, 14);
        scores[6] = [.. scores[0].Select((v, i) => v + 0.2 * scores[6][i])];
        var found = ErrorProfiles.Pairs(scores, new Random(1), 2000)[0];
        Assert.Equal((0, 6), (found.First, found.Second));
        Assert.True(found.CorrectedPValue < 0.05);
    }

    [Fact]
    public void Replicates_too_tight_have_a_small_probability()
    {
        var (index, statistic, p) = TightReplicates.Test([1, 1.2, 0.9, 1.1, 1e-6], 5);
        Assert.Equal(4, index);
        Assert.True(statistic < 1e-6);
        Assert.True(p < 1e-6);
        Assert.True(TightReplicates.Test([1, 1.2, 0.9, 1.1, 0.3], 5).PValue > 0.05);
    }

    [Fact]
    public void A_round_tighter_than_its_uncertainties_shows_in_the_lower_tail()
    {
        Assert.True(ExcessAgreement.Round([10, 10.001, 9.999, 10.002, 10, 9.998], [1, 1, 1, 1, 1, 1]).PValue < 1e-6);
        Assert.True(ExcessAgreement.Round([10, 11, 9, 10.5, 8.7, 9.9], [1, 1, 1, 1, 1, 1]).PValue > 0.05);
    }

    [Fact]
    public void Digits_all_even_are_no_accident_and_uniform_ones_are()
    {
        Assert.True(DigitPreference.Test([.. Enumerable.Range(0, 60).Select(i => i % 5 * 2)], new Random(1)).PValue < 1e-6);
        Assert.True(DigitPreference.Test([.. Enumerable.Range(0, 60).Select(i => i % 10)], new Random(1)).PValue > 0.9);
        Assert.True(DigitPreference.Test([0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 5, 5], new Random(1)).PValue < 0.001);
    }

    [Fact]
    public void Corrections_are_those_of_the_textbook()
    {
        double[] p = [0.01, 0.04, 0.03, 0.005];
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Multiplicity.Holm(p).Select(v => Math.Round(v, 12)));
        Assert.Equal([0.02, 0.04, 0.04, 0.02], Multiplicity.BenjaminiHochberg(p).Select(v => Math.Round(v, 12)));
    }
}
