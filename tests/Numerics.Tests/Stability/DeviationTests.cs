namespace Plumbline.Numerics.Tests.Stability;

/// <summary>Each deviation against its definition, written down without any saving of work.</summary>
public class DeviationTests
{
    private const double Tau0 = 0.25;

    private static readonly double[] X = Walk(211, 7);

    public static TheoryData<DeviationKind, int> Cases
    {
        get
        {
            var data = new TheoryData<DeviationKind, int>();
            foreach (var kind in Enum.GetValues<DeviationKind>().Where(k => k != DeviationKind.Theoh))
                foreach (var m in kind == DeviationKind.Theo1 ? new[] { 10, 24, 150 } : kind == DeviationKind.Htotdev ? [2, 3, 8, 30] : [1, 2, 3, 8, 31])
                    data.Add(kind, m);
            return data;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Fast_and_plain_computation_agree(DeviationKind kind, int m)
    {
        var point = Assert.Single(FrequencyStability.OfPhases(X, Tau0, kind, [m], NoiseType.WhiteFrequency, correctBias: false));
        Assert.Equal(1, point.Deviation / Math.Sqrt(Defined(kind, X, m, m * Tau0)), 1e-11);
        Assert.InRange(point.Confidence.Low, 0, point.Deviation);
        Assert.True(point.Confidence.High > point.Deviation);
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_frequency_offset_and_the_direction_of_time_do_not_matter_and_scale_passes_through(DeviationKind kind, int m)
    {
        double Of(double[] x) => FrequencyStability.OfPhases(x, Tau0, kind, [m], NoiseType.WhiteFrequency)[0].Deviation;
        var plain = Of(X);
        Assert.Equal(1, Of([.. X.Select((x, i) => x + 3 + 0.5 * i)]) / plain, 1e-10);
        // Without overlap the samples are counted from the first; PVAR by convention leaves out its last window.
        if (kind is not (DeviationKind.Adev or DeviationKind.Hdev or DeviationKind.Pdev))
            Assert.Equal(1, Of([.. X.Reverse()]) / plain, 1e-10);
        Assert.Equal(1, Of([.. X.Select(x => 1e-9 * x)]) / (1e-9 * plain), 1e-12);
    }

    [Theory]
    [InlineData(DeviationKind.Hdev), InlineData(DeviationKind.Ohdev), InlineData(DeviationKind.Htotdev)]
    public void The_Hadamard_family_does_not_see_a_frequency_drift(DeviationKind kind)
    {
        double Of(double[] x) => FrequencyStability.OfPhases(x, Tau0, kind, [4], NoiseType.WhiteFrequency)[0].Deviation;
        Assert.Equal(1, Of([.. X.Select((x, i) => x + 0.01 * i * i)]) / Of(X), 1e-9);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Frequencies_give_what_their_phases_give(DeviationKind kind, int m)
    {
        var y = ClockData.ToFrequencies(X, Tau0);
        Assert.Equal(1, FrequencyStability.OfFrequencies(y, Tau0, kind, [m], NoiseType.WhiteFrequency)[0].Deviation
            / FrequencyStability.OfPhases(X, Tau0, kind, [m], NoiseType.WhiteFrequency)[0].Deviation, 1e-11);
    }

    [Fact]
    public void Extremes_by_doubling_are_those_of_every_window()
    {
        int[] factors = [.. Enumerable.Range(1, 210)];
        var fast = TimeIntervalError.Maximum(X, factors);
        foreach (var m in factors)
            Assert.Equal(Enumerable.Range(0, X.Length - m).Max(i => X.AsSpan(i, m + 1).ToArray() is var w ? w.Max() - w.Min() : 0), fast[m - 1]);
        Assert.Equal(fast, TimeIntervalError.Maximum([.. X.Reverse()], factors));
    }

    [Fact]
    public void Root_mean_square_time_error_is_that_of_all_pairs() =>
        Assert.Equal(Math.Sqrt(Enumerable.Range(0, 206).Average(i => Math.Pow(X[i + 5] - X[i], 2))), TimeIntervalError.RootMeanSquare(X, [5])[0], 1e-14);

    [Fact]
    public void Theo_h_is_the_Allan_deviation_at_first_and_then_Theo1_without_its_bias()
    {
        var points = FrequencyStability.OfPhases(X, Tau0, DeviationKind.Theoh, [4, 20, 60, 120]);
        Assert.Equal(FrequencyStability.OfPhases(X, Tau0, averagingFactors: [4, 20]).Select(p => p.Deviation), points.Take(2).Select(p => p.Deviation));
        var theo = FrequencyStability.OfPhases(X, Tau0, DeviationKind.Theo1, [80])[0];
        Assert.Equal(theo.Tau, points[2].Tau, 12);
        Assert.Equal(theo.Deviation / Math.Sqrt(points[2].VarianceBias), points[2].Deviation, 1e-12);
    }

    [Fact]
    public void A_record_taken_in_step_by_step_gives_what_it_gives_as_a_whole()
    {
        var running = new RunningStability(Tau0, 5);
        foreach (var x in X)
            running.Add(x);
        foreach (var kind in new[] { DeviationKind.Oadev, DeviationKind.Ohdev, DeviationKind.Mdev, DeviationKind.Tdev })
        {
            var whole = FrequencyStability.OfPhases(X, Tau0, kind, [1, 2, 4, 8, 16, 32], NoiseType.WhiteFrequency);
            var steps = running.Current(kind);
            Assert.Equal(whole.Select(p => p.Count), steps.Select(p => p.Count));
            Assert.All(whole.Zip(steps), p => Assert.Equal(1, p.Second.Deviation / p.First.Deviation, 1e-11));
            Assert.All(whole.Zip(steps), p => Assert.Equal(p.First.EquivalentDegreesOfFreedom, p.Second.EquivalentDegreesOfFreedom));
        }
    }

    [Fact]
    public void Three_clocks_are_told_apart()
    {
        double[] a = Walk(4001, 1), b = [.. Walk(4001, 2).Select(x => 3 * x)], c = [.. Walk(4001, 3).Select(x => 2 * x)];
        double[] ab = [.. a.Zip(b, (p, q) => p - q)], bc = [.. b.Zip(c, (p, q) => p - q)], ca = [.. c.Zip(a, (p, q) => p - q)];
        var classic = ThreeCorneredHat.Classic(ab, bc, ca, 1, [1, 4]);
        var covariance = ThreeCorneredHat.Groslambert(ab, bc, ca, 1, [1, 4]);
        foreach (var (p, q) in classic.Zip(covariance))
        {
            // Comparisons that close without noise of their own make the two the same.
            Assert.Equal((1, 1, 1), (Math.Round(p.A / q.A, 9), Math.Round(p.B / q.B, 9), Math.Round(p.C / q.C, 9)));
            var own = FrequencyStability.OfPhases(b, 1, averagingFactors: [p.AveragingFactor])[0].Deviation;
            Assert.InRange(Math.Sqrt(p.B) / own, 0.95, 1.05);
        }
    }

    [Theory]
    [InlineData(DeviationKind.Oadev, 106, "reaches m = 105"), InlineData(DeviationKind.Ohdev, 71, "reaches m = 70"), InlineData(DeviationKind.Mdev, 71, "reaches m = 70")]
    public void An_averaging_time_beyond_the_record_is_refused(DeviationKind kind, int m, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => FrequencyStability.OfPhases(X, Tau0, kind, [m])).Message, StringComparison.Ordinal);

    [Fact]
    public void Theo1_needs_an_even_span() => Assert.Throws<ArgumentOutOfRangeException>(() => FrequencyStability.OfPhases(X, Tau0, DeviationKind.Theo1, [11]));

    /// <summary>White frequency with some white phase noise.</summary>
    internal static double[] Walk(int count, int seed)
    {
        var random = new Random(seed);
        double sum = 0;
        return [.. Enumerable.Range(0, count).Select(_ => (sum += random.NextDouble() - 0.5) + 0.3 * random.NextDouble())];
    }

    private static double Defined(DeviationKind kind, double[] x, int m, double tau)
    {
        var n = x.Length;
        double Square(double v) => v * v;
        double Mean(int from, int length, Func<int, double> value) => Enumerable.Range(from, length).Average(value);
        double Block(double[] z, int i) => z.AsSpan(i, m).ToArray().Average();
        switch (kind)
        {
            case DeviationKind.Adev:
                return Mean(0, (n - 1) / m - 1, k => Square(x[k * m] - 2 * x[(k + 1) * m] + x[(k + 2) * m])) / (2 * tau * tau);
            case DeviationKind.Oadev:
                return Mean(0, n - 2 * m, i => Square(x[i] - 2 * x[i + m] + x[i + 2 * m])) / (2 * tau * tau);
            case DeviationKind.Mdev:
                return Mean(0, n - 3 * m + 1, i => Square(Block(x, i) - 2 * Block(x, i + m) + Block(x, i + 2 * m))) / (2 * tau * tau);
            case DeviationKind.Tdev:
                return tau * tau / 3 * Defined(DeviationKind.Mdev, x, m, tau);
            case DeviationKind.Hdev:
                return Mean(0, (n - 1) / m - 2, k => Square(x[k * m] - 3 * x[(k + 1) * m] + 3 * x[(k + 2) * m] - x[(k + 3) * m])) / (6 * tau * tau);
            case DeviationKind.Ohdev:
                return Mean(0, n - 3 * m, i => Square(x[i] - 3 * x[i + m] + 3 * x[i + 2 * m] - x[i + 3 * m])) / (6 * tau * tau);
            case DeviationKind.Totdev:
                double Reflected(int i) => i < 0 ? 2 * x[0] - x[-i] : i >= n ? 2 * x[n - 1] - x[2 * (n - 1) - i] : x[i];
                return Mean(1, n - 2, i => Square(Reflected(i - m) - 2 * x[i] + Reflected(i + m))) / (2 * tau * tau);
            case DeviationKind.Mtotdev:
                return Mean(0, n - 3 * m + 1, i => Extended(x, i, m)) / (2 * tau * tau);
            case DeviationKind.Ttotdev:
                return tau * tau / 3 * Defined(DeviationKind.Mtotdev, x, m, tau);
            case DeviationKind.Htotdev:
                var y = ClockData.ToFrequencies(x, tau / m);
                return Mean(0, y.Length - 3 * m + 1, i => Extended(y, i, m)) / 6;
            case DeviationKind.Theo1:
                return Mean(0, n - m, i => Enumerable.Range(0, m / 2).Sum(d => Square(x[i] - x[i - d + m / 2] + x[i + m] - x[i + d + m / 2]) / (m / 2 - d))) / (0.75 * tau * tau);
            default:
                if (m == 1)
                    return Defined(DeviationKind.Oadev, x, 1, tau);
                return 72 * Mean(0, n - 2 * m, i => Square(Enumerable.Range(0, m).Sum(k => ((m - 1) / 2.0 - k) * (x[i + k] - x[i + m + k])))) / (Math.Pow(m, 4) * tau * tau);
        }
        double Extended(double[] z, int i, int f)
        {
            var w = z.AsSpan(i, 3 * f).ToArray();
            var half = 3 * f / 2;
            var slope = (w[^half..].Average() - w[..half].Average()) / (3 * f - half);
            w = [.. w.Select((v, k) => v - slope * k)];
            double[] mirror = [.. w.Reverse()], all = [.. mirror, .. w, .. mirror];
            return Enumerable.Range(0, 6 * f).Average(j => Square(all.AsSpan(j, f).ToArray().Average() - 2 * all.AsSpan(j + f, f).ToArray().Average() + all.AsSpan(j + 2 * f, f).ToArray().Average()));
        }
    }
}
