namespace Plumbline.Numerics.Tests.Stability;

public class DynamicStabilityTests
{
    [Theory]
    [InlineData(DeviationKind.Oadev, 1), InlineData(DeviationKind.Ohdev, 7), InlineData(DeviationKind.Mdev, 3), InlineData(DeviationKind.Tdev, 90)]
    public void Every_window_has_the_deviation_of_its_own_phases(DeviationKind kind, int step)
    {
        var x = DeviationTests.Walk(400, 3);
        var windows = DynamicStability.Of(x, 0.5, 61, step, kind, [1, 4, 13]);
        Assert.Equal((400 - 61) / step + 1, windows.Length);
        foreach (var w in windows)
        {
            var own = FrequencyStability.OfPhases(x[w.Start..(w.Start + 61)], 0.5, kind, [1, 4, 13], NoiseType.WhiteFrequency);
            Assert.Equal(0.5 * (w.Start + 30), w.Time, 1e-12);
            Assert.All(own.Zip(w.Deviations), p => Assert.Equal(1, p.Second / p.First.Deviation, 1e-9));
        }
    }

    [Fact]
    public void A_clock_that_gets_worse_is_seen_where_it_does()
    {
        var random = new Random(8);
        double sum = 0;
        double[] x = [.. Enumerable.Range(0, 2000).Select(i => sum += (i < 1200 ? 1 : 5) * (random.NextDouble() - 0.5))];
        var windows = DynamicStability.Of(x, 1, 200, 50);
        Assert.All(windows.Where(w => w.Start + 200 <= 1200), w => Assert.InRange(w.Deviations[0], 0.2, 0.4));
        Assert.All(windows.Where(w => w.Start >= 1200), w => Assert.InRange(w.Deviations[0], 1.0, 2.0));
    }

    [Fact]
    public void A_window_or_factor_that_does_not_fit_is_refused()
    {
        var x = DeviationTests.Walk(50, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => DynamicStability.Of(x, 1, 51));
        Assert.Throws<ArgumentOutOfRangeException>(() => DynamicStability.Of(x, 1, 20, averagingFactors: [10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DynamicStability.Of(x, 1, 20, kind: DeviationKind.Totdev));
    }
}

public class GapTests
{
    [Fact]
    public void Time_errors_look_at_what_is_present_alone()
    {
        var x = DeviationTests.Walk(211, 7);
        var present = x.Select((_, i) => i is not (50 or 51 or 52 or 120)).ToArray();
        double[] spoilt = [.. x.Select((v, i) => present[i] ? v : 1e6)];
        int[] factors = [1, 2, 3, 7, 50, 210];
        var widest = TimeIntervalError.Maximum(spoilt, present, factors);
        var rms = TimeIntervalError.RootMeanSquare(spoilt, present, factors);
        for (var k = 0; k < factors.Length; k++)
        {
            var m = factors[k];
            var windows = Enumerable.Range(0, 211 - m).Select(i => Enumerable.Range(i, m + 1).Where(j => present[j]).Select(j => x[j]).ToArray()).Where(w => w.Length > 0);
            Assert.Equal(windows.Max(w => w.Max() - w.Min()), widest[k]!.Value, 1e-12);
            var pairs = Enumerable.Range(0, 211 - m).Where(i => present[i] && present[i + m]).ToArray();
            Assert.Equal((pairs.Length, Math.Round(Math.Sqrt(pairs.Average(i => Math.Pow(x[i + m] - x[i], 2))), 12)), (rms[k].Pairs, Math.Round(rms[k].Value!.Value, 12)));
        }
        var whole = Enumerable.Repeat(true, 211).ToArray();
        Assert.Equal(TimeIntervalError.Maximum(x, factors), TimeIntervalError.Maximum(x, whole, factors).Select(v => v!.Value));
        Assert.Null(TimeIntervalError.Maximum([0, 1, 2, 3], [true, false, false, true], [2])[0]);
        Assert.Null(TimeIntervalError.RootMeanSquare([0, 1, 2, 3], [true, false, false, true], [2])[0].Value);
    }

    [Theory]
    [InlineData(DeviationKind.Totdev), InlineData(DeviationKind.Mtotdev), InlineData(DeviationKind.Theo1), InlineData(DeviationKind.Pdev)]
    public void What_needs_a_whole_record_names_the_gap(DeviationKind kind)
    {
        var present = Enumerable.Range(0, 60).Select(i => i is not (20 or 21)).ToArray();
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => GappedStability.OfPhases(DeviationTests.Walk(60, 1), present, 1, kind));
        Assert.Contains("places 21 to 22", refusal.Message, StringComparison.Ordinal);
    }
}
