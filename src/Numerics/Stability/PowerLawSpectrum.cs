namespace Plumbline.Numerics;

/// <summary>The spectrum of a clock or source as a sum of power laws (幂律谱): S<sub>y</sub>(f) = Σ h<sub>α</sub> f<sup>α</sup>, α from −2 to 2 (IEEE Std 1139).</summary>
/// <param name="WhitePhase">h<sub>2</sub>, not negative, in the unit of time to the power 3 (s³).</param>
/// <param name="FlickerPhase">h<sub>1</sub> in s².</param>
/// <param name="WhiteFrequency">h<sub>0</sub> in s.</param>
/// <param name="FlickerFrequency">h<sub>−1</sub>, no unit.</param>
/// <param name="RandomWalkFrequency">h<sub>−2</sub> in 1/s.</param>
public sealed record PowerLawSpectrum(double WhitePhase, double FlickerPhase, double WhiteFrequency, double FlickerFrequency, double RandomWalkFrequency)
{
    private double[] Levels => [WhitePhase, FlickerPhase, WhiteFrequency, FlickerFrequency, RandomWalkFrequency];

    /// <summary>S<sub>y</sub>(f), the one-sided spectral density of fractional frequency.</summary>
    /// <param name="frequency">Fourier frequency f, greater than zero, in the inverse unit of the levels' time.</param>
    /// <returns>In the unit of time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not positive and finite, or a level negative or not finite.</exception>
    public double DensityOfFrequency(double frequency)
    {
        Require.Positive(frequency);
        var levels = Checked();
        double sum = 0;
        for (var i = 0; i < 5; i++)
            sum += levels[i] * Math.Pow(frequency, 2 - i);
        return sum;
    }

    /// <summary>S<sub>x</sub>(f) = S<sub>y</sub>(f)/(2πf)², the one-sided spectral density of the time error.</summary>
    /// <param name="frequency">As for <see cref="DensityOfFrequency"/>.</param>
    /// <returns>In the unit of time to the power 3.</returns>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="DensityOfFrequency"/>.</exception>
    public double DensityOfTimeError(double frequency) => DensityOfFrequency(frequency) / Math.Pow(2 * Math.PI * frequency, 2);

    /// <summary>The deviation that this spectrum leads to, by the transfer function of the estimator (IEEE Std 1139, annex; closed forms but for the modified variance at small m).</summary>
    /// <param name="kind">OADEV or ADEV, MDEV, TDEV, OHDEV or HDEV.</param>
    /// <param name="averagingFactor">m, at least 1.</param>
    /// <param name="interval">τ<sub>0</sub>, greater than zero.</param>
    /// <param name="bandwidth">f<sub>h</sub>, where the measurement cuts off; half the sampling rate, 1/(2τ<sub>0</sub>), where null. It matters for phase noises alone.</param>
    /// <returns>The deviation: no unit, or a time for TDEV.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A level is negative or not finite, an argument not positive, or the kind another.</exception>
    /// <remarks>For phase noises the mean of the rapidly oscillating part is taken, as in the standard: valid where 2π f<sub>h</sub>τ is well above 1. Simulated clocks that are sampled without a filter alias noise above f<sub>h</sub>.</remarks>
    public double Deviation(DeviationKind kind, int averagingFactor, double interval, double? bandwidth = null)
    {
        Require.AtLeast(averagingFactor, 1);
        Require.Positive(interval);
        if (bandwidth is { } given)
            Require.Positive(given, nameof(bandwidth));
        var levels = Checked();
        var shape = PowerLawShapes.Of(kind, averagingFactor, interval, bandwidth ?? 0.5 / interval);
        double variance = 0;
        for (var i = 0; i < 5; i++)
            variance += levels[i] * shape[i];
        return Math.Sqrt(variance);
    }

    /// <summary>The level of one noise type that explains a deviation by itself.</summary>
    /// <param name="noise">α from 2 to −2.</param>
    /// <param name="deviation">Not negative.</param>
    /// <param name="kind">As for <see cref="Deviation"/>.</param>
    /// <param name="averagingFactor">m, at least 1.</param>
    /// <param name="interval">τ<sub>0</sub>, greater than zero.</param>
    /// <param name="bandwidth">As for <see cref="Deviation"/>.</param>
    /// <returns>h<sub>α</sub>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LevelOf(NoiseType noise, double deviation, DeviationKind kind, int averagingFactor, double interval, double? bandwidth = null)
    {
        if ((int)noise is < -2 or > 2)
            throw new ArgumentOutOfRangeException(nameof(noise), noise, "Must be a noise type from −2 to 2.");
        Require.NotNegative(deviation);
        Require.AtLeast(averagingFactor, 1);
        Require.Positive(interval);
        if (bandwidth is { } given)
            Require.Positive(given, nameof(bandwidth));
        return deviation * deviation / PowerLawShapes.Of(kind, averagingFactor, interval, bandwidth ?? 0.5 / interval)[2 - (int)noise];
    }

    /// <summary>The spectrum that best explains deviations measured over several averaging times: levels not below zero by weighted least squares on the variances.</summary>
    /// <param name="points">At least two points of one kind that <see cref="Deviation"/> knows.</param>
    /// <param name="interval">τ<sub>0</sub> of the record, greater than zero.</param>
    /// <param name="bandwidth">As for <see cref="Deviation"/>.</param>
    /// <returns>The spectrum; levels that the points do not ask for are zero, and there are fewer of them than points.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="ArgumentException">Fewer than two points, or of several kinds.</exception>
    /// <remarks>Weights are degrees of freedom over twice the squared variance; the points of one record are correlated, so that the fit is consistent, its spread not the least possible. ADEV and OADEV cannot tell h<sub>2</sub> from h<sub>1</sub> well: take MDEV.</remarks>
    public static PowerLawSpectrum Fit(StabilityPoint[] points, double interval, double? bandwidth = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        Require.Positive(interval);
        if (bandwidth is { } given)
            Require.Positive(given, nameof(bandwidth));
        if (points.Length < 2)
            throw new ArgumentException("At least two points are needed.", nameof(points));
        if (points.Any(p => p.Kind != points[0].Kind))
            throw new ArgumentException("All points must be of one kind.", nameof(points));
        foreach (var p in points)
            if (!(p.Deviation > 0 && p.EquivalentDegreesOfFreedom > 0))
                throw new ArgumentOutOfRangeException(nameof(points), p.Deviation, "Deviations and degrees of freedom must be positive.");
        var h = PowerLawShapes.NotNegative([.. points.Select(p => PowerLawShapes.Of(p.Kind, p.AveragingFactor, interval, bandwidth ?? 0.5 / interval))],
            [.. points.Select(p => p.Deviation * p.Deviation)], [.. points.Select(p => Math.Sqrt(p.EquivalentDegreesOfFreedom / 2) / (p.Deviation * p.Deviation))]);
        return new(h[0], h[1], h[2], h[3], h[4]);
    }

    private double[] Checked()
    {
        var levels = Levels;
        string[] names = [nameof(WhitePhase), nameof(FlickerPhase), nameof(WhiteFrequency), nameof(FlickerFrequency), nameof(RandomWalkFrequency)];
        for (var i = 0; i < 5; i++)
            Require.NotNegative(levels[i], names[i]);
        return levels;
    }
}

/// <summary>The variance that each power law of level 1 brings about.</summary>
internal static class PowerLawShapes
{
    /// <summary>For h<sub>2</sub>, h<sub>1</sub>, h<sub>0</sub>, h<sub>−1</sub>, h<sub>−2</sub>.</summary>
    internal static double[] Of(DeviationKind kind, int m, double interval, double bandwidth)
    {
        double tau = m * interval, radian = 2 * Math.PI * bandwidth * tau, square = Math.Pow(2 * Math.PI * tau, 2);
        return kind switch
        {
            DeviationKind.Adev or DeviationKind.Oadev => [3 * bandwidth / square, (3 * (EulerGamma + Math.Log(radian)) - Math.Log(2)) / square, 1 / (2 * tau), 2 * Math.Log(2), 2 * Math.PI * Math.PI * tau / 3],
            // Third differences have the autocovariance 20, −15, 6, −1 at the lags 0, 1, 2, 3.
            DeviationKind.Hdev or DeviationKind.Ohdev => [10.0 / 3 * bandwidth / square, (10 * (EulerGamma + Math.Log(radian)) + Math.Log(3.0 / 64)) / (3 * square), 1 / (2 * tau), 0.5 * Math.Log(256.0 / 27), Math.PI * Math.PI * tau / 3],
            DeviationKind.Mdev => Modified(m, tau, bandwidth),
            DeviationKind.Tdev => Array.ConvertAll(Modified(m, tau, bandwidth), v => v * tau * tau / 3),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Must be ADEV, OADEV, MDEV, TDEV, HDEV or OHDEV."),
        };
    }

    private const double EulerGamma = 0.57721566490153286;

    /// <summary>(1/m²) Σ over the m-point mean of second differences: exact in m, from the generalised autocovariances of the phase.</summary>
    private static double[] Modified(int m, double tau, double bandwidth)
    {
        var interval = tau / m;
        double one = 0, zero = 0, minusOne = 0, minusTwo = 0;
        // Second differences at distance k: 6, −4, 1 times the structure at lags k, k ± m, k ± 2m; each k counts m − |k| times.
        for (var k = 0; k < m; k++)
        {
            var times = (k == 0 ? 1.0 : 2.0) * (m - k);
            double a = k, b = k + m, c = Math.Abs(k - m), d = k + 2 * m, e = Math.Abs(k - 2 * m);
            double Structure(Func<double, double> of) => 6 * of(a) - 4 * (of(b) + of(c)) + of(d) + of(e);
            // The phase's generalised covariances, up to what second differences remove (lags in units of τ₀).
            one += times * Structure(t => t == 0 ? EulerGamma + Math.Log(2 * Math.PI * bandwidth * interval) : -Math.Log(t));
            zero += times * Structure(t => -t / 4);
            minusOne += times * Structure(t => t == 0 ? 0 : t * t * Math.Log(t) / 2);
            minusTwo += times * Structure(t => Math.PI * Math.PI * t * t * t / 6);
        }
        double count = (double)m * m, twice = 2 * tau * tau, square = 4 * Math.PI * Math.PI;
        return [3 * bandwidth / (m * square * tau * tau), one / square / count / twice, zero * interval / count / twice, minusOne * interval * interval / count / twice, minusTwo * interval * interval * interval / count / twice];
    }

    /// <summary>Least squares with coefficients not below zero, by trying every set of positive ones: there are thirty-one.</summary>
    internal static double[] NotNegative(double[][] rows, double[] values, double[] weights)
    {
        var best = new double[5];
        var least = double.PositiveInfinity;
        for (var set = 1; set < 32; set++)
        {
            int[] chosen = [.. Enumerable.Range(0, 5).Where(i => (set >> i & 1) == 1)];
            if (chosen.Length >= rows.Length)
                continue;
            var scale = Array.ConvertAll(chosen, i => Math.Sqrt(Enumerable.Range(0, rows.Length).Sum(k => Math.Pow(rows[k][i] * weights[k], 2))));
            var design = new double[rows.Length, chosen.Length];
            for (var k = 0; k < rows.Length; k++)
                for (var j = 0; j < chosen.Length; j++)
                    design[k, j] = rows[k][chosen[j]] * weights[k] / scale[j];
            double[] target = [.. values.Zip(weights, (v, w) => v * w)], beta;
            try
            {
                beta = LeastSquares.Ordinary(design, target).Parameters;
            }
            catch (ArgumentException)
            {
                // Columns that these averaging times cannot tell apart: a smaller set says the same.
                continue;
            }
            if (beta.Any(b => !(b >= 0)))
                continue;
            var misfit = Enumerable.Range(0, rows.Length).Sum(k => Math.Pow(target[k] - Enumerable.Range(0, chosen.Length).Sum(j => design[k, j] * beta[j]), 2));
            if (misfit < least)
            {
                least = misfit;
                Array.Clear(best);
                for (var j = 0; j < chosen.Length; j++)
                    best[chosen[j]] = beta[j] / scale[j];
            }
        }
        return best;
    }
}
