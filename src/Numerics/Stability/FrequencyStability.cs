namespace Plumbline.Numerics;

/// <summary>Stability of clocks, oscillators and sources in the time domain (时域频率稳定度; IEEE 1139, NIST SP 1065, JJF 1180), with noise type, degrees of freedom and confidence interval at every averaging time.</summary>
public static class FrequencyStability
{
    /// <summary>The coverage that "one sigma" error bars stand for.</summary>
    private const double OneSigma = 0.683;

    /// <summary>From phases (time errors) at equal steps.</summary>
    /// <param name="phases">At least four phases x in one unit of time, usually the second.</param>
    /// <param name="interval">τ<sub>0</sub>, the step between phases, in the same unit.</param>
    /// <param name="kind">Which deviation.</param>
    /// <param name="averagingFactors">m = τ/τ<sub>0</sub>; octaves up to a third of the record where null. Thêo1 and ThêoH take even m of 10 or more there.</param>
    /// <param name="noise">The noise type at every τ; identified from the data where null.</param>
    /// <param name="coverageProbability">Of the confidence interval; 0.683 by custom.</param>
    /// <param name="correctBias">Divide total variances by their expected bias, which depends on the noise type.</param>
    /// <returns>One point for each averaging factor, in rising order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, the interval not positive, the coverage not between 0 and 1, or a factor out of range.</exception>
    /// <exception cref="ArgumentException">Too few phases for an averaging factor.</exception>
    /// <remarks>A linear frequency drift enters every kind but the Hadamard family: remove it first (<see cref="ClockData.WithoutDrift"/>) or say so. The interval takes the variance as χ² distributed.</remarks>
    public static StabilityPoint[] OfPhases(double[] phases, double interval, DeviationKind kind = DeviationKind.Oadev, int[]? averagingFactors = null,
        NoiseType? noise = null, double coverageProbability = OneSigma, bool correctBias = true)
    {
        Require.Finite(phases, 4);
        Require.Positive(interval);
        Require.Probability(coverageProbability);
        return Evaluate(phases, null, interval, kind, averagingFactors, noise, coverageProbability, correctBias);
    }

    /// <summary>From fractional frequencies, each the mean over one interval, without dead time.</summary>
    /// <param name="frequencies">At least three fractional frequencies y (no unit).</param>
    /// <param name="interval">τ<sub>0</sub> in the unit in which τ is wanted.</param>
    /// <param name="kind">Which deviation.</param>
    /// <param name="averagingFactors">As for phases.</param>
    /// <param name="noise">As for phases.</param>
    /// <param name="coverageProbability">As for phases.</param>
    /// <param name="correctBias">As for phases.</param>
    /// <returns>One point for each averaging factor, in rising order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A frequency is not finite, or as for phases.</exception>
    /// <exception cref="ArgumentException">Too few frequencies for an averaging factor.</exception>
    public static StabilityPoint[] OfFrequencies(double[] frequencies, double interval, DeviationKind kind = DeviationKind.Oadev, int[]? averagingFactors = null,
        NoiseType? noise = null, double coverageProbability = OneSigma, bool correctBias = true)
    {
        Require.Finite(frequencies, 3);
        Require.Positive(interval);
        Require.Probability(coverageProbability);
        return Evaluate(ClockData.Accumulate(frequencies, interval), frequencies, interval, kind, averagingFactors, noise, coverageProbability, correctBias);
    }

    /// <summary>Averaging factors 1, 2, 4, … as far as a third of the record; from 16 on for Thêo1 and ThêoH, as far as the record.</summary>
    internal static int[] Octaves(DeviationKind kind, int phaseCount)
    {
        var theo = kind is DeviationKind.Theo1 or DeviationKind.Theoh;
        var most = theo ? phaseCount - 1 : (phaseCount - 1) / 3;
        List<int> factors = [];
        for (long m = kind == DeviationKind.Theo1 ? 16 : 1; m <= most; m *= 2)
            factors.Add((int)m);
        return [.. factors];
    }

    /// <summary>The largest m of which a term exists.</summary>
    internal static int Most(DeviationKind kind, int phaseCount) => kind switch
    {
        DeviationKind.Theo1 or DeviationKind.Theoh or DeviationKind.Totdev => phaseCount - 1,
        DeviationKind.Hdev or DeviationKind.Ohdev or DeviationKind.Htotdev => (phaseCount - 1) / 3,
        DeviationKind.Mdev or DeviationKind.Tdev or DeviationKind.Mtotdev or DeviationKind.Ttotdev => phaseCount / 3,
        _ => (phaseCount - 1) / 2,
    };

    private static StabilityPoint[] Evaluate(double[] phases, double[]? frequencies, double interval, DeviationKind kind, int[]? averagingFactors,
        NoiseType? noise, double coverage, bool correctBias)
    {
        var factors = Checked(averagingFactors ?? Octaves(kind, phases.Length), kind, phases.Length);
        if (factors.Length == 0)
            throw new ArgumentException($"{phases.Length} phases are too few for {kind}.", nameof(phases));
        var variances = new RawVariances(phases, frequencies, interval);
        var types = noise is { } given ? [.. factors.Select(_ => (given, NoiseSource.Given))]
            : NoiseIdentification.Track(phases, factors, kind, frequencies is not null);
        return [.. factors.Select((m, k) => Point(variances, kind, m, types[k].Noise, types[k].Source, coverage, correctBias))];
    }

    private static int[] Checked(int[] averagingFactors, DeviationKind kind, int phaseCount)
    {
        if (!Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Must be one of the deviations.");
        foreach (var m in averagingFactors)
        {
            if (m < 1)
                throw new ArgumentOutOfRangeException(nameof(averagingFactors), m, "Must be at least 1.");
            if (m > Most(kind, phaseCount))
                throw new ArgumentException($"{phaseCount} phases are too few for m = {m}: {kind} reaches m = {Most(kind, phaseCount)}.", nameof(averagingFactors));
            if (kind == DeviationKind.Theo1 && (m % 2 == 1 || m < 2))
                throw new ArgumentOutOfRangeException(nameof(averagingFactors), m, "Must be even for Thêo1.");
        }
        return [.. averagingFactors.Distinct().Order()];
    }

    private static StabilityPoint Point(RawVariances variances, DeviationKind kind, int m, NoiseType noise, NoiseSource source, double coverage, bool correctBias)
    {
        var (variance, count, tau, actual) = variances.Of(kind, m);
        var degrees = StabilityConfidence.DegreesOfFreedom(actual, noise, actual == DeviationKind.Theo1 ? (int)Math.Round(tau / (0.75 * variances.Interval)) : m, variances.PhaseCount, count);
        var bias = kind == DeviationKind.Theoh && actual == DeviationKind.Theo1 ? 1 / variances.TheoFactor
            : correctBias ? StabilityConfidence.Bias(actual, noise, m, variances.PhaseCount) : 1;
        var deviation = Math.Sqrt(variance / bias);
        return new(kind, m, tau, deviation, count, noise, source, degrees, StabilityConfidence.Interval(deviation, degrees, coverage), bias);
    }
}
