namespace Plumbline.Numerics.Tests.Stability;

public class ClockDataTests
{
    [Fact]
    public void Phases_and_frequencies_turn_into_each_other()
    {
        double[] y = [1e-9, 3e-9, -2e-9, 5e-10];
        Assert.Equal(y, ClockData.ToFrequencies(ClockData.ToPhases(y, 10), 10), (a, b) => Math.Abs(a - b) < 1e-22);
    }

    [Fact]
    public void A_parabola_is_taken_off_whole_and_said()
    {
        double[] x = [.. Enumerable.Range(0, 101).Select(i => 5 + 2e-8 * (i * 10.0) + 0.5 * 3e-12 * Math.Pow(i * 10.0, 2))];
        var r = ClockData.WithoutDrift(x, 10);
        Assert.All(r.Phases, v => Assert.Equal(0, v, 1e-14));
        Assert.Equal(3e-12, r.Drift, 1e-17);
        Assert.Equal(2e-8 + 3e-12 * 500, r.FrequencyOffset, 1e-15);
    }

    [Fact]
    public void Outliers_are_found_by_the_median_deviation_and_none_where_there_is_no_spread()
    {
        double[] y = [1, 1.1, 0.9, 1.05, 0.95, 9, 1.02, 0.98, -8];
        Assert.Equal([5, 8], ClockData.Outliers(y));
        Assert.Empty(ClockData.Outliers([1, 1, 1, 1, 5]));
    }

    [Fact]
    public void A_jump_of_frequency_is_placed_and_measured()
    {
        var random = new Random(4);
        double[] y = [.. Enumerable.Range(0, 400).Select(i => random.NextDouble() + (i >= 231 ? 3 : 0))];
        var jump = Assert.Single(ClockData.Jumps(y, 20));
        Assert.Equal(231, jump.Place);
        Assert.Equal(3, jump.Step, 0.3);
        Assert.Empty(ClockData.Jumps([.. y.Take(231)], 20));
    }
}
