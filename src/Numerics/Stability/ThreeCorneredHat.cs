namespace Plumbline.Numerics;

/// <summary>The stabilities of single clocks from comparisons among three (三角帽法).</summary>
public static class ThreeCorneredHat
{
    /// <summary>The classic way: σ<sub>a</sub>² = (σ<sub>ab</sub>² + σ<sub>ca</sub>² − σ<sub>bc</sub>²)/2 and round.</summary>
    /// <param name="phasesAb">Phases of a − b, at least four.</param>
    /// <param name="phasesBc">Phases of b − c at the same instants.</param>
    /// <param name="phasesCa">Phases of c − a at the same instants.</param>
    /// <param name="interval">τ<sub>0</sub>, greater than zero.</param>
    /// <param name="averagingFactors">m; octaves up to a third of the record where null.</param>
    /// <returns>Overlapping Allan variances of the three at each τ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or the interval not positive.</exception>
    /// <exception cref="ArgumentException">Lengths differ, or too few phases for a factor.</exception>
    /// <remarks>The clocks must be independent. Noise of the comparisons themselves is shared out among the clocks; a variance may come out negative where one clock is much better than the rest.</remarks>
    public static ClockVariances[] Classic(double[] phasesAb, double[] phasesBc, double[] phasesCa, double interval, int[]? averagingFactors = null) =>
        Separate(phasesAb, phasesBc, phasesCa, interval, averagingFactors, (ab, bc, ca) => ((ab.Own + ca.Own - bc.Own) / 2, (ab.Own + bc.Own - ca.Own) / 2, (bc.Own + ca.Own - ab.Own) / 2));

    /// <summary>Groslambert covariances (Lantz and others 2019): σ<sub>a</sub>² = −cov(ab, ca) and round. Noise of the comparisons averages out.</summary>
    /// <param name="phasesAb">Phases of a − b, at least four.</param>
    /// <param name="phasesBc">Phases of b − c at the same instants.</param>
    /// <param name="phasesCa">Phases of c − a at the same instants.</param>
    /// <param name="interval">τ<sub>0</sub>, greater than zero.</param>
    /// <param name="averagingFactors">m; octaves up to a third of the record where null.</param>
    /// <returns>Overlapping Allan variances of the three at each τ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or the interval not positive.</exception>
    /// <exception cref="ArgumentException">Lengths differ, or too few phases for a factor.</exception>
    public static ClockVariances[] Groslambert(double[] phasesAb, double[] phasesBc, double[] phasesCa, double interval, int[]? averagingFactors = null) =>
        Separate(phasesAb, phasesBc, phasesCa, interval, averagingFactors, (ab, bc, ca) => (-ca.WithNext, -ab.WithNext, -bc.WithNext));

    private static ClockVariances[] Separate(double[] ab, double[] bc, double[] ca, double interval, int[]? averagingFactors,
        Func<(double Own, double WithNext), (double Own, double WithNext), (double Own, double WithNext), (double, double, double)> separate)
    {
        Require.Finite(ab, 4, "phasesAb");
        Require.Finite(bc, 4, "phasesBc");
        Require.Finite(ca, 4, "phasesCa");
        Require.SameLength(bc, ab.Length, "phasesBc");
        Require.SameLength(ca, ab.Length, "phasesCa");
        Require.Positive(interval);
        var factors = averagingFactors ?? FrequencyStability.Octaves(DeviationKind.Oadev, ab.Length);
        foreach (var m in factors)
            if (m < 1 || m > (ab.Length - 1) / 2)
                throw new ArgumentOutOfRangeException(nameof(averagingFactors), m, $"Must lie from 1 to {(ab.Length - 1) / 2} for {ab.Length} phases.");
        return [.. factors.Distinct().Order().Select(m =>
        {
            var (a, b, c) = separate((Product(ab, ab, m), Product(ab, bc, m)), (Product(bc, bc, m), Product(bc, ca, m)), (Product(ca, ca, m), Product(ca, ab, m)));
            var scale = 2 * m * interval * m * interval;
            return new ClockVariances(m, m * interval, a / scale, b / scale, c / scale, ab.Length - 2L * m);
        })];
    }

    /// <summary>The mean product of second differences.</summary>
    private static double Product(double[] x, double[] y, int m)
    {
        double sum = 0;
        for (var i = 0; i + 2 * m < x.Length; i++)
            sum += (x[i] - x[i + m] - (x[i + m] - x[i + 2 * m])) * (y[i] - y[i + m] - (y[i + m] - y[i + 2 * m]));
        return sum / (x.Length - 2 * m);
    }
}

/// <summary>Variances of three clocks at one averaging time; negative where noise outweighs them.</summary>
/// <param name="AveragingFactor">m.</param>
/// <param name="Tau">τ in the unit of the interval.</param>
/// <param name="A">Allan variance of clock a.</param>
/// <param name="B">Allan variance of clock b.</param>
/// <param name="C">Allan variance of clock c.</param>
/// <param name="Count">Terms averaged.</param>
public sealed record ClockVariances(int AveragingFactor, double Tau, double A, double B, double C, long Count);
