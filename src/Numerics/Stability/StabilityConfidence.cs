namespace Plumbline.Numerics;

/// <summary>Degrees of freedom, bias and confidence interval of a stability.</summary>
internal static class StabilityConfidence
{
    /// <summary>σ² lies in [ν s²/χ²<sub>1−a</sub>, ν s²/χ²<sub>a</sub>] (NIST SP 1065, eq. 45).</summary>
    internal static Interval Interval(double deviation, double degreesOfFreedom, double coverage)
    {
        var tail = (1 - coverage) / 2;
        var low = deviation * Math.Sqrt(degreesOfFreedom / ChiSquare.UpperQuantile(tail, degreesOfFreedom));
        var quantile = ChiSquare.Quantile(tail, degreesOfFreedom);
        return new(low, quantile > 0 ? deviation * Math.Sqrt(degreesOfFreedom / quantile) : double.PositiveInfinity);
    }

    internal static double DegreesOfFreedom(DeviationKind kind, NoiseType noise, int m, int phaseCount, long count) => kind switch
    {
        DeviationKind.Adev => EquivalentDegreesOfFreedom.OfDifferences(noise, 2, m, phaseCount, overlapping: false),
        DeviationKind.Oadev => EquivalentDegreesOfFreedom.OfDifferences(noise, 2, m, phaseCount),
        DeviationKind.Mdev or DeviationKind.Tdev => EquivalentDegreesOfFreedom.OfDifferences(noise, 2, m, phaseCount, modified: true),
        DeviationKind.Hdev => EquivalentDegreesOfFreedom.OfDifferences(noise, 3, m, phaseCount, overlapping: false),
        DeviationKind.Ohdev => EquivalentDegreesOfFreedom.OfDifferences(noise, 3, m, phaseCount),
        DeviationKind.Pdev => EquivalentDegreesOfFreedom.OfParabolic(noise, m, count),
        _ => EquivalentDegreesOfFreedom.OfTotal(kind, noise, m, phaseCount),
    };

    /// <summary>The expected ratio of a total variance to the variance it stands for (NIST SP 1065, 5.5; Howe and Vernotte 1999 for the modified one).</summary>
    internal static double Bias(DeviationKind kind, NoiseType noise, int m, int phaseCount)
    {
        var alpha = (int)noise;
        switch (kind)
        {
            case DeviationKind.Totdev:
                var share = (double)m / (phaseCount - 1);
                return alpha switch { -1 => 1 - share / (3 * Math.Log(2)), <= -2 => 1 - 0.75 * share, _ => 1 };
            case DeviationKind.Mtotdev or DeviationKind.Ttotdev:
                return alpha switch { 2 => 0.94, 1 => 0.83, 0 => 0.73, -1 => 0.70, _ => 0.69 };
            // At m = 1 the overlapping Hadamard variance stands in, which has none.
            case DeviationKind.Htotdev when m > 1:
                return alpha switch { > 0 => 1, 0 => 0.995, -1 => 0.851, -2 => 0.771, -3 => 0.717, _ => 0.679 };
            default:
                return 1;
        }
    }
}

/// <summary>The variances of one record, without bias or confidence; what several averaging times share is worked out once.</summary>
internal sealed class RawVariances(double[] phases, double[]? frequencies, double interval)
{
    private double[]? extended;
    private double[]? averages;
    private double? theoFactor;

    internal double Interval => interval;

    internal int PhaseCount => phases.Length;

    internal double TheoFactor => theoFactor ??= Theo.BiasRemoval(phases);

    /// <summary>Variance, number of terms, τ, and the kind that was really computed (ThêoH is one of two).</summary>
    internal (double Variance, long Count, double Tau, DeviationKind Actual) Of(DeviationKind kind, int m)
    {
        var tau = m * interval;
        if (kind == DeviationKind.Theoh)
        {
            if (10L * m <= phases.Length - 1)
                return Of(DeviationKind.Oadev, m);
            // An even span whose three quarters are the τ asked for, as near as the record allows.
            var span = Math.Min(2 * (int)Math.Round(m / 1.5), (phases.Length - 1) / 2 * 2);
            return Of(DeviationKind.Theo1, span);
        }
        var (variance, count) = kind switch
        {
            DeviationKind.Adev => Mean(Differences.Second(Differences.Decimate(phases, m), 1), 2 * tau * tau),
            DeviationKind.Oadev => Mean(Differences.Second(phases, m), 2 * tau * tau),
            DeviationKind.Mdev => Mean(Differences.SecondOfSums(phases, m), 2 * tau * tau * m * m),
            DeviationKind.Tdev => Mean(Differences.SecondOfSums(phases, m), 6.0 * m * m),
            DeviationKind.Hdev => Mean(Differences.Third(Differences.Decimate(phases, m), 1), 6 * tau * tau),
            DeviationKind.Ohdev => Mean(Differences.Third(phases, m), 6 * tau * tau),
            DeviationKind.Totdev => TotalVariances.Total(extended ??= TotalVariances.Extended(phases), phases.Length, m, tau),
            DeviationKind.Mtotdev => TotalVariances.Modified(phases, m, tau),
            DeviationKind.Ttotdev => Scaled(TotalVariances.Modified(phases, m, tau), tau * tau / 3),
            DeviationKind.Htotdev when m == 1 => Mean(Differences.Third(phases, 1), 6 * tau * tau),
            DeviationKind.Htotdev => TotalVariances.Hadamard(averages ??= frequencies ?? ClockData.ToFrequencies(phases, interval), m),
            DeviationKind.Theo1 => Theo.One(phases, m, interval),
            _ => Parabolic.Of(phases, m, tau),
        };
        return (variance, count, kind == DeviationKind.Theo1 ? 0.75 * tau : tau, kind);
    }

    private static (double, long) Mean((double Sum, long Count) terms, double divisor) => (terms.Sum / (divisor * terms.Count), terms.Count);

    private static (double, long) Scaled((double Variance, long Count) value, double factor) => (value.Variance * factor, value.Count);
}
