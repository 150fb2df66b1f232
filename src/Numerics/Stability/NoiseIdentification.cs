namespace Plumbline.Numerics;

/// <summary>Which power-law noise dominates at an averaging time (噪声类型识别).</summary>
public static class NoiseIdentification
{
    private const int FewestByAutocorrelation = 30;
    private const int FewestByRatios = 5;
    private const int FewestFrequencies = 8;

    /// <summary>α from phases by the lag-1 autocorrelation (Riley and Greenhall 2004; NIST SP 1065, 5.5.3), not rounded: every m-th phase is taken, their parabola removed, and they are differenced d times until ρ = r<sub>1</sub>/(1 + r<sub>1</sub>) is below 0.25.</summary>
    /// <param name="phases">Phases at equal steps; at least six must remain of every m-th, and thirty should.</param>
    /// <param name="averagingFactor">m in sampling intervals, at least 1.</param>
    /// <param name="mostDifferences">How often the phases may be differenced: 2 for the Allan family, 3 for the Hadamard family.</param>
    /// <returns>α = 2 − 2(ρ + d), about 2 for white phase to −2 (−4) for random walk (run) of frequency.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or a number is too small.</exception>
    /// <exception cref="ArgumentException">Too few phases.</exception>
    /// <remarks>The standard deviation of r<sub>1</sub> is about 1/√n of the phases taken: with thirty of them α is uncertain by about 0.4.</remarks>
    public static double ByAutocorrelation(double[] phases, int averagingFactor = 1, int mostDifferences = 2)
    {
        Require.Finite(phases, 6);
        Require.AtLeast(averagingFactor, 1);
        Require.AtLeast(mostDifferences, 0);
        var taken = (phases.Length + averagingFactor - 1) / averagingFactor;
        if (taken < 6)
            throw new ArgumentException($"{taken} phases remain when every {averagingFactor}th is taken; at least 6 are needed.", nameof(phases));
        return OfPhases(phases, averagingFactor, mostDifferences);
    }

    /// <summary>α from fractional frequencies by the lag-1 autocorrelation (Riley and Greenhall 2004): they are averaged over m, their line removed, and differenced d times until ρ = r<sub>1</sub>/(1 + r<sub>1</sub>) is below 0.25.</summary>
    /// <param name="frequencies">Fractional frequencies without dead time; after averaging at least five must remain, and thirty should.</param>
    /// <param name="averagingFactor">m in sampling intervals, at least 1.</param>
    /// <param name="mostDifferences">How often they may be differenced: 1 for the Allan family, 2 for the Hadamard family.</param>
    /// <returns>α = −2(ρ + d). White phase noise averaged to frequencies has r<sub>1</sub> = −½, so that α = 2 is found with less certainty than from phases.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A frequency is not finite, or a number is too small.</exception>
    /// <exception cref="ArgumentException">Too few frequencies.</exception>
    public static double ByAutocorrelationOfFrequencies(double[] frequencies, int averagingFactor = 1, int mostDifferences = 1)
    {
        Require.Finite(frequencies, 5);
        Require.AtLeast(averagingFactor, 1);
        Require.AtLeast(mostDifferences, 0);
        var averages = frequencies.Length / averagingFactor;
        if (averages < 5)
            throw new ArgumentException($"{averages} frequencies remain after averaging over {averagingFactor}; at least 5 are needed.", nameof(frequencies));
        var y = new double[averages];
        for (var i = 0; i < averages; i++)
            y[i] = frequencies.AsSpan(i * averagingFactor, averagingFactor).ToArray().Average();
        return OfAverages(y, mostDifferences);
    }

    /// <summary>α by B<sub>1</sub>, the ratio of the standard variance of averaged frequencies to their Allan variance (Barnes 1969); phase noises are told apart by R(n), the ratio of modified to plain Allan variance.</summary>
    /// <param name="phases">Phases at equal steps, at least three after averaging.</param>
    /// <param name="averagingFactor">m in sampling intervals, at least 1.</param>
    /// <returns>The type whose expected ratio is nearest on a logarithmic scale.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or the factor is below 1.</exception>
    /// <exception cref="ArgumentException">Too few phases.</exception>
    public static NoiseType ByRatios(double[] phases, int averagingFactor = 1)
    {
        Require.Finite(phases, 4);
        Require.AtLeast(averagingFactor, 1);
        var y = AverageFrequencies(phases, averagingFactor);
        if (y.Length < 3)
            throw new ArgumentException($"{y.Length} frequencies remain after averaging over {averagingFactor}; at least 3 are needed.", nameof(phases));
        return Ratios(phases, averagingFactor, y);
    }

    /// <summary>The type at each of the rising factors, as Stable32 chooses the method.</summary>
    /// <remarks>Of phases too the averaged frequencies are looked at: Stable32's reference results at few points are met that way only. The handbook's rule for phases is <see cref="ByAutocorrelation"/>.</remarks>
    /// <param name="phases">Phases, finite.</param>
    /// <param name="factors">In rising order.</param>
    /// <param name="kind">The statistic: overlapping ones keep the last type on too few points, the others look at ratios.</param>
    /// <param name="measuredAsFrequency">Frequencies are identified by their autocorrelation down to eight averages.</param>
    internal static (NoiseType Noise, NoiseSource Source)[] Track(double[] phases, int[] factors, DeviationKind kind, bool measuredAsFrequency)
    {
        var hadamard = kind is DeviationKind.Hdev or DeviationKind.Ohdev or DeviationKind.Htotdev;
        var plain = kind is DeviationKind.Adev or DeviationKind.Hdev;
        var overlapping = kind is DeviationKind.Oadev or DeviationKind.Mdev or DeviationKind.Tdev or DeviationKind.Ohdev or DeviationKind.Pdev;
        var found = new (NoiseType Noise, NoiseSource Source)[factors.Length];
        NoiseType? last = null;
        for (var k = 0; k < factors.Length; k++)
        {
            var m = factors[k];
            int points = (phases.Length + m - 1) / m, averages = (phases.Length - 1) / m;
            if (points >= FewestByAutocorrelation || measuredAsFrequency && !plain && averages >= FewestFrequencies)
                found[k] = (Round(OfAverages(AverageFrequencies(phases, m), hadamard ? 2 : 1), kind), NoiseSource.Autocorrelation);
            else if (averages >= FewestByRatios && (last is null || !overlapping))
                found[k] = (Round((int)Ratios(phases, m, AverageFrequencies(phases, m)), kind), NoiseSource.Ratios);
            else
                found[k] = last is { } previous ? (previous, NoiseSource.Previous) : (NoiseType.WhiteFrequency, NoiseSource.Assumed);
            last = found[k].Source == NoiseSource.Assumed ? null : found[k].Noise;
        }
        return found;
    }

    /// <summary>Beyond these slopes the statistic does not converge.</summary>
    private static NoiseType Round(double alpha, DeviationKind kind) =>
        (NoiseType)(int)Math.Clamp(Math.Round(alpha), kind is DeviationKind.Hdev or DeviationKind.Ohdev or DeviationKind.Htotdev ? -4 : -2, 2);

    internal static double[] AverageFrequencies(double[] phases, int m)
    {
        var y = new double[(phases.Length - 1) / m];
        for (var i = 0; i < y.Length; i++)
            y[i] = (phases[(i + 1) * m] - phases[i * m]) / m;
        return y;
    }

    private static double OfPhases(double[] phases, int m, int mostDifferences)
    {
        var taken = Differences.Decimate(phases, m);
        return 2 + Slope(taken.Length < 3 ? taken : ClockData.WithoutDrift(taken, 1).Phases, mostDifferences);
    }

    private static double OfAverages(double[] y, int mostDifferences) => Slope(WithoutLine(y), mostDifferences);

    /// <summary>−2(ρ + d) of a series that is its own to change.</summary>
    private static double Slope(double[] z, int mostDifferences)
    {
        for (var d = 0; ; d++)
        {
            var r = Lag1(z);
            var rho = r / (1 + r);
            if (rho < 0.25 || d >= mostDifferences || z.Length < 4)
                return -2 * (rho + d);
            for (var i = 0; i + 1 < z.Length; i++)
                z[i] = z[i + 1] - z[i];
            Array.Resize(ref z, z.Length - 1);
        }
    }

    private static double Lag1(double[] z)
    {
        var mean = z.Average();
        double cross = 0, square = 0;
        for (var i = 0; i < z.Length; i++)
        {
            square += (z[i] - mean) * (z[i] - mean);
            if (i > 0)
                cross += (z[i] - mean) * (z[i - 1] - mean);
        }
        return square > 0 ? cross / square : 0;
    }

    private static double[] WithoutLine(double[] y)
    {
        var n = y.Length;
        double mean = y.Average(), middle = (n - 1) / 2.0, sxy = 0;
        for (var i = 0; i < n; i++)
            sxy += (i - middle) * (y[i] - mean);
        var slope = n > 1 ? sxy / ((double)n * (n - 1) * (n + 1) / 12) : 0;
        var z = new double[n];
        for (var i = 0; i < n; i++)
            z[i] = y[i] - mean - slope * (i - middle);
        return z;
    }

    private static NoiseType Ratios(double[] phases, int m, double[] y)
    {
        var n = y.Length;
        double mean = y.Average(), variance = 0, allan = 0;
        for (var i = 0; i < n; i++)
        {
            variance += (y[i] - mean) * (y[i] - mean) / (n - 1);
            if (i > 0)
                allan += (y[i] - y[i - 1]) * (y[i] - y[i - 1]) / (2.0 * (n - 1));
        }
        if (!(allan > 0))
            return NoiseType.WhiteFrequency;
        var ratio = variance / allan;
        double[] expected = [(n + 1) / (1.5 * n), 1, n * Math.Log(n) / (2 * (n - 1) * Math.Log(2)), n / 2.0];
        NoiseType[] types = [NoiseType.FlickerPhase, NoiseType.WhiteFrequency, NoiseType.FlickerFrequency, NoiseType.RandomWalkFrequency];
        var type = types[Nearest(ratio, expected)];
        // B₁ cannot tell white from flicker phase noise; at m = 1 nothing can.
        return type == NoiseType.FlickerPhase && m > 1 && IsWhitePhase(phases, m) ? NoiseType.WhitePhase : type;
    }

    private static bool IsWhitePhase(double[] phases, int m)
    {
        var (plain, terms) = Differences.Second(phases, m);
        var (modified, sums) = Differences.SecondOfSums(phases, m);
        if (terms == 0 || sums == 0 || !(plain > 0))
            return false;
        var ratio = modified / sums / ((double)m * m) / (plain / terms);
        // Flicker phase at the bandwidth 1/(2τ₀) that sampling allows.
        var flicker = 3 * Math.Log(256.0 / 27) / 8 / ((1.038 + 3 * Math.Log(Math.PI * m)) / 4);
        return Nearest(ratio, [1.0 / m, flicker]) == 0;
    }

    private static int Nearest(double ratio, double[] rising)
    {
        var k = 0;
        while (k + 1 < rising.Length && ratio > Math.Sqrt(rising[k] * rising[k + 1]))
            k++;
        return k;
    }
}
