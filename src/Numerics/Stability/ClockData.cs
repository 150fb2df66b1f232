namespace Plumbline.Numerics;

/// <summary>Preparing clock records (钟差数据预处理): phase and frequency, drift, outliers, jumps.</summary>
public static class ClockData
{
    /// <summary>Phases from fractional frequencies: x<sub>0</sub> = 0, x<sub>i+1</sub> = x<sub>i</sub> + y<sub>i</sub> τ<sub>0</sub>.</summary>
    /// <param name="frequencies">At least one fractional frequency (no unit).</param>
    /// <param name="interval">τ<sub>0</sub>, greater than zero.</param>
    /// <returns>One value more than frequencies, in the unit of the interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A frequency is not finite, or the interval not positive.</exception>
    /// <exception cref="ArgumentException">No frequency.</exception>
    public static double[] ToPhases(double[] frequencies, double interval)
    {
        Require.Finite(frequencies);
        Require.Positive(interval);
        return Sums(frequencies, 0, interval);
    }

    /// <summary>Fractional frequencies from phases: y<sub>i</sub> = (x<sub>i+1</sub> − x<sub>i</sub>)/τ<sub>0</sub>.</summary>
    /// <param name="phases">At least two phases in the unit of the interval.</param>
    /// <param name="interval">τ<sub>0</sub>, greater than zero.</param>
    /// <returns>One value fewer than phases; no unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or the interval not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two phases.</exception>
    public static double[] ToFrequencies(double[] phases, double interval)
    {
        Require.Finite(phases, 2);
        Require.Positive(interval);
        var y = new double[phases.Length - 1];
        for (var i = 0; i < y.Length; i++)
            y[i] = (phases[i + 1] - phases[i]) / interval;
        return y;
    }

    /// <summary>Takes a parabola off the phases by least squares: offset, frequency offset and linear frequency drift.</summary>
    /// <param name="phases">At least three phases in the unit of the interval.</param>
    /// <param name="interval">τ<sub>0</sub>, greater than zero.</param>
    /// <returns>The residual phases, and what was taken off.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not finite, or the interval not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than three phases.</exception>
    /// <remarks>Taking off an estimated drift lowers the stability found at the longest averaging times; the Hadamard family needs no such step.</remarks>
    public static DriftRemoval WithoutDrift(double[] phases, double interval)
    {
        Require.Finite(phases, 3);
        Require.Positive(interval);
        var n = phases.Length;
        // Discrete orthogonal polynomials on i − (n−1)/2: no normal equations, no cancellation.
        double middle = (n - 1) / 2.0, mean = phases.Average(), spread = ((double)n * n - 1) / 12;
        double linear = 0, linearSquares = 0, quadratic = 0, quadraticSquares = 0;
        for (var i = 0; i < n; i++)
        {
            double t = i - middle, q = t * t - spread, x = phases[i] - mean;
            linear += t * x;
            linearSquares += t * t;
            quadratic += q * x;
            quadraticSquares += q * q;
        }
        linear /= linearSquares;
        quadratic /= quadraticSquares;
        var residuals = new double[n];
        for (var i = 0; i < n; i++)
        {
            var t = i - middle;
            residuals[i] = phases[i] - mean - linear * t - quadratic * (t * t - spread);
        }
        return new(residuals, linear / interval, 2 * quadratic / (interval * interval));
    }

    /// <summary>Outliers of frequencies: farther than a multiple of MAD/0.6745 from the median (NIST SP 1065, 10.11).</summary>
    /// <param name="frequencies">At least three fractional frequencies, or any residuals about one level.</param>
    /// <param name="factor">How many robust standard deviations are allowed; 5 by custom.</param>
    /// <returns>Places of outliers, counted from zero; none where the MAD is zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the factor not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than three values.</exception>
    /// <remarks>Phases have no level: test their frequencies, or second differences.</remarks>
    public static int[] Outliers(double[] frequencies, double factor = 5)
    {
        Require.Finite(frequencies, 3);
        Require.Positive(factor);
        var median = RobustScale.MedianOf(frequencies);
        var scale = RobustScale.MadOf(frequencies, median) / 0.6745;
        return scale > 0 ? [.. Enumerable.Range(0, frequencies.Length).Where(i => Math.Abs(frequencies[i] - median) > factor * scale)] : [];
    }

    /// <summary>Jumps of frequency: places where the means of the blocks before and after differ by more than chance.</summary>
    /// <param name="frequencies">At least twice the block length of fractional frequencies.</param>
    /// <param name="blockLength">How many values each mean is of, at least 2.</param>
    /// <param name="factor">How many standard deviations of the difference of two block means are allowed; the deviation is a robust one over the record, so that it holds for any noise.</param>
    /// <returns>Jumps in order of time; each is the largest difference within a block length.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, the factor not positive, or the block too short.</exception>
    /// <exception cref="ArgumentException">Too few frequencies.</exception>
    public static FrequencyJump[] Jumps(double[] frequencies, int blockLength, double factor = 6)
    {
        Require.AtLeast(blockLength, 2);
        Require.Finite(frequencies, 2 * blockLength);
        Require.Positive(factor);
        int n = frequencies.Length, places = n - 2 * blockLength + 1;
        var steps = new double[places];
        for (var i = 0; i < places; i++)
        {
            double before = 0, after = 0;
            for (var k = 0; k < blockLength; k++)
            {
                before += frequencies[i + k];
                after += frequencies[i + blockLength + k];
            }
            steps[i] = (after - before) / blockLength;
        }
        var scale = RobustScale.NormalMad * RobustScale.MadOf(steps, RobustScale.MedianOf(steps));
        List<FrequencyJump> jumps = [];
        for (var i = 0; i < places; i++)
        {
            if (!(scale > 0) || !(Math.Abs(steps[i]) > factor * scale))
                continue;
            var best = i;
            var last = i;
            for (; last < places && Math.Abs(steps[last]) > factor * scale; last++)
                if (Math.Abs(steps[last]) > Math.Abs(steps[best]))
                    best = last;
            jumps.Add(new(best + blockLength, steps[best], Math.Abs(steps[best]) / scale));
            i = last + blockLength;
        }
        return [.. jumps];
    }

    /// <summary>Phases for differences only: the mean frequency is left out so that long records keep their digits.</summary>
    internal static double[] Accumulate(double[] frequencies, double interval) => Sums(frequencies, frequencies.Average(), interval);

    private static double[] Sums(double[] frequencies, double without, double interval)
    {
        var x = new double[frequencies.Length + 1];
        double sum = 0, lost = 0;
        for (var i = 0; i < frequencies.Length; i++)
        {
            // Kahan: what is lost in one addition is paid back in the next.
            double value = frequencies[i] - without - lost, next = sum + value;
            lost = next - sum - value;
            sum = next;
            x[i + 1] = sum * interval;
        }
        return x;
    }
}

/// <summary>A record without its parabola.</summary>
/// <param name="Phases">The residuals, in the unit of the phases.</param>
/// <param name="FrequencyOffset">The mean fractional frequency that was taken off, no unit.</param>
/// <param name="Drift">The change of fractional frequency per unit of time that was taken off.</param>
public sealed record DriftRemoval(double[] Phases, double FrequencyOffset, double Drift);

/// <summary>A jump of frequency.</summary>
/// <param name="Place">The first frequency after the jump, counted from zero.</param>
/// <param name="Step">Mean after less mean before; no unit.</param>
/// <param name="Ratio">Step over the robust standard deviation of such steps.</param>
public sealed record FrequencyJump(int Place, double Step, double Ratio);
