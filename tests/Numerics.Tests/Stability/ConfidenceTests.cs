namespace Plumbline.Numerics.Tests.Stability;

public class ConfidenceTests
{
    /// <summary>For white phase noise tr(C)²/tr(C²) of the differences is the very definition.</summary>
    [Theory]
    [InlineData(20, 6, 2, true, false), InlineData(20, 9, 2, true, false), InlineData(20, 6, 3, true, false), InlineData(40, 3, 2, true, false), InlineData(40, 5, 2, false, false)]
    [InlineData(30, 4, 3, false, false), InlineData(30, 4, 2, true, true), InlineData(22, 7, 2, true, true), InlineData(12, 1, 1, true, false)]
    public void Degrees_of_freedom_on_white_phase_noise_are_exact(int phases, int m, int d, bool overlapping, bool modified)
    {
        double[] difference = d switch { 1 => [-1, 1], 2 => [1, -2, 1], _ => [-1, 3, -3, 1] };
        int width = modified ? m : 1, span = d * m + width, stride = overlapping ? 1 : m;
        var rows = Enumerable.Range(0, (phases - span) / stride + 1).Select(k =>
        {
            var row = new double[phases];
            for (var j = 0; j <= d; j++)
                for (var i = 0; i < width; i++)
                    row[k * stride + j * m + i] += difference[j];
            return row;
        }).ToArray();
        Assert.Equal(Exact(rows), EquivalentDegreesOfFreedom.OfDifferences(NoiseType.WhitePhase, d, m, phases, overlapping, modified), 1e-9);
    }

    [Theory]
    [InlineData(24, 3), InlineData(50, 8), InlineData(12, 5)]
    public void Degrees_of_freedom_of_the_parabolic_deviation_are_exact_where_m_is_small(int phases, int m)
    {
        var rows = Enumerable.Range(0, phases - 2 * m).Select(i =>
        {
            var row = new double[phases];
            for (var k = 0; k < m; k++)
                row[i + m + k] = -(row[i + k] = (m - 1) / 2.0 - k);
            return row;
        }).ToArray();
        var point = FrequencyStability.OfPhases(DeviationTests.Walk(phases, 1), 1, DeviationKind.Pdev, [m], NoiseType.WhitePhase)[0];
        Assert.Equal(Exact(rows), point.EquivalentDegreesOfFreedom, 1e-9);
    }

    private static double Exact(double[][] rows)
    {
        double trace = 0, squares = 0;
        foreach (var a in rows)
            foreach (var b in rows)
            {
                var c = a.Zip(b, (p, q) => p * q).Sum();
                squares += c * c;
                trace += ReferenceEquals(a, b) ? c : 0;
            }
        return trace * trace / squares;
    }

    [Theory]
    [InlineData(NoiseType.WhitePhase, 0), InlineData(NoiseType.WhiteFrequency, 1), InlineData(NoiseType.RandomWalkFrequency, 2)]
    public void Noise_is_identified_by_autocorrelation(NoiseType noise, int sums)
    {
        var x = Noise(2000, sums, 11);
        Assert.All(FrequencyStability.OfPhases(x, 1, averagingFactors: [1, 2, 4, 8]), p => Assert.Equal((noise, NoiseSource.Autocorrelation), (p.Noise, p.NoiseSource)));
        Assert.Equal((double)noise, NoiseIdentification.ByAutocorrelation(x), 0.2);
    }

    [Theory]
    [InlineData(NoiseType.WhitePhase, 0, 4), InlineData(NoiseType.WhiteFrequency, 1, 1), InlineData(NoiseType.RandomWalkFrequency, 2, 1)]
    public void Noise_is_identified_by_ratios(NoiseType noise, int sums, int m) => Assert.Equal(noise, NoiseIdentification.ByRatios(Noise(2000, sums, 5), m));

    [Fact]
    public void The_interval_covers_as_often_as_it_says()
    {
        // White frequency noise of unit variance: the Allan deviation is 1/√m.
        int[] factors = [1, 8, 64];
        var hits = new int[factors.Length];
        for (var run = 0; run < 400; run++)
        {
            var points = FrequencyStability.OfPhases(Noise(513, 1, run + 1), 1, DeviationKind.Oadev, factors, NoiseType.WhiteFrequency, 0.9);
            for (var k = 0; k < factors.Length; k++)
                hits[k] += points[k].Confidence is var i && i.Low <= 1 / Math.Sqrt(factors[k]) && i.High >= 1 / Math.Sqrt(factors[k]) ? 1 : 0;
        }
        Assert.All(hits, h => Assert.InRange(h, 340, 380));
    }

    [Fact]
    public void Without_gaps_a_gapped_record_is_any_record()
    {
        var x = DeviationTests.Walk(211, 7);
        var present = Enumerable.Repeat(true, x.Length).ToArray();
        foreach (var kind in new[] { DeviationKind.Oadev, DeviationKind.Adev, DeviationKind.Mdev, DeviationKind.Tdev, DeviationKind.Hdev, DeviationKind.Ohdev })
            Assert.All(FrequencyStability.OfPhases(x, 1, kind, [1, 2, 5, 20]).Zip(GappedStability.OfPhases(x, present, 1, kind, [1, 2, 5, 20])), p =>
            {
                Assert.Equal(p.First.Deviation, p.Second.Deviation, 1e-12);
                Assert.Equal((p.First.Count, p.First.Noise), (p.Second.Count, p.Second.Noise));
                Assert.Equal(p.First.EquivalentDegreesOfFreedom, p.Second.EquivalentDegreesOfFreedom, 1e-9);
            });
    }

    [Fact]
    public void What_stands_in_a_gap_is_not_looked_at_and_only_whole_terms_count()
    {
        var x = DeviationTests.Walk(211, 7);
        var present = x.Select((_, i) => i is not (50 or 51 or 52 or 120)).ToArray();
        double[] spoilt = [.. x.Select((v, i) => present[i] ? v : 1e6)];
        foreach (var kind in new[] { DeviationKind.Oadev, DeviationKind.Mdev, DeviationKind.Ohdev })
        {
            var points = GappedStability.OfPhases(spoilt, present, 1, kind, [1, 3, 10], NoiseType.WhiteFrequency);
            Assert.Equal(GappedStability.OfPhases(x, present, 1, kind, [1, 3, 10], NoiseType.WhiteFrequency).Select(p => p.Deviation), points.Select(p => p.Deviation), (a, b) => Math.Abs(a / b - 1) < 1e-9);
            Assert.All(points, p => Assert.True(p.EquivalentDegreesOfFreedom < FrequencyStability.OfPhases(x, 1, kind, [p.AveragingFactor], NoiseType.WhiteFrequency)[0].EquivalentDegreesOfFreedom));
        }
        var terms = Enumerable.Range(0, 211 - 6).Where(i => present[i] && present[i + 3] && present[i + 6]).ToArray();
        var point = GappedStability.OfPhases(spoilt, present, 1, averagingFactors: [3])[0];
        Assert.Equal(terms.Length, point.Count);
        Assert.Equal(Math.Sqrt(terms.Average(i => Math.Pow(x[i] - 2 * x[i + 3] + x[i + 6], 2)) / 18), point.Deviation, 1e-12);
    }

    /// <summary>White noise of unit variance, summed so many times.</summary>
    private static double[] Noise(int count, int sums, int seed)
    {
        var random = new Random(seed);
        var x = Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())).ToArray();
        for (var s = 0; s < sums; s++)
            for (var i = 1; i < count; i++)
                x[i] += x[i - 1];
        return x;
    }
}
