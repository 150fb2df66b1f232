namespace Plumbline.Numerics;

/// <summary>Overlapping stabilities of a record that is still being measured (流式更新): each new phase costs a few additions, and memory holds three times the longest averaging time.</summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
public sealed class RunningStability
{
    private readonly double interval;
    private readonly int[] factors;
    private readonly double[] ring;
    private readonly double[] allan;
    private readonly double[] hadamard;
    private readonly double[] modified;
    private readonly double[] windows;
    private long count;

    /// <summary>Begins a record.</summary>
    /// <param name="interval">τ<sub>0</sub>, greater than zero.</param>
    /// <param name="octaves">Averaging factors 1, 2, 4, … to 2<sup>octaves</sup>, from 0 to 24.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public RunningStability(double interval, int octaves = 12)
    {
        Require.Positive(interval);
        if (octaves is < 0 or > 24)
            throw new ArgumentOutOfRangeException(nameof(octaves), octaves, "Must lie from 0 to 24.");
        this.interval = interval;
        factors = [.. Enumerable.Range(0, octaves + 1).Select(k => 1 << k)];
        ring = new double[3 * factors[^1] + 1];
        (allan, hadamard, modified, windows) = (new double[factors.Length], new double[factors.Length], new double[factors.Length], new double[factors.Length]);
    }

    /// <summary>Phases taken in so far.</summary>
    public long Count => count;

    /// <summary>Takes in the next phase.</summary>
    /// <param name="phase">In the unit of the interval, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The phase is not finite.</exception>
    public void Add(double phase)
    {
        Require.Finite(phase);
        ring[count % ring.Length] = phase;
        for (var k = 0; k < factors.Length; k++)
        {
            long m = factors[k];
            if (count >= 2 * m)
            {
                var second = Back(0) - Back(m) - (Back(m) - Back(2 * m));
                allan[k] += second * second;
            }
            if (count >= 3 * m)
            {
                var third = Back(0) - Back(3 * m) - 3 * (Back(m) - Back(2 * m));
                hadamard[k] += third * third;
                windows[k] += third;
                modified[k] += windows[k] * windows[k];
            }
            else if (count == 3 * m - 1)
            {
                // The first full window of the modified variance.
                for (var j = 0; j < m; j++)
                    windows[k] += Back(j) - 2 * Back(j + m) + Back(j + 2 * m);
                modified[k] = windows[k] * windows[k];
            }
        }
        count++;
    }

    /// <summary>What is known so far.</summary>
    /// <param name="kind">OADEV, OHDEV, MDEV or TDEV.</param>
    /// <param name="noise">The dominant noise, for degrees of freedom.</param>
    /// <param name="coverageProbability">Of the confidence interval.</param>
    /// <returns>One point for each averaging factor that has terms.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not one of these, or the coverage out of range.</exception>
    public StabilityPoint[] Current(DeviationKind kind = DeviationKind.Oadev, NoiseType noise = NoiseType.WhiteFrequency, double coverageProbability = 0.683)
    {
        Require.Probability(coverageProbability);
        List<StabilityPoint> points = [];
        for (var k = 0; k < factors.Length; k++)
        {
            var m = factors[k];
            var tau = m * interval;
            var (sum, terms, divisor) = kind switch
            {
                DeviationKind.Oadev => (allan[k], count - 2L * m, 2 * tau * tau),
                DeviationKind.Ohdev => (hadamard[k], count - 3L * m, 6 * tau * tau),
                DeviationKind.Mdev => (modified[k], count - 3L * m + 1, 2 * tau * tau * m * m),
                DeviationKind.Tdev => (modified[k], count - 3L * m + 1, 6.0 * m * m),
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Must be OADEV, OHDEV, MDEV or TDEV."),
            };
            if (terms < 1)
                break;
            var degrees = StabilityConfidence.DegreesOfFreedom(kind, noise, m, (int)Math.Min(count, int.MaxValue), terms);
            var deviation = Math.Sqrt(sum / terms / divisor);
            points.Add(new(kind, m, tau, deviation, terms, noise, NoiseSource.Given, degrees, StabilityConfidence.Interval(deviation, degrees, coverageProbability), 1));
        }
        return [.. points];
    }

    private double Back(long steps) => ring[(count - steps) % ring.Length];
}
