namespace Plumbline.Numerics.Tests.Stability;

/// <summary>Simulated clocks: fractional differences of white noise (N. J. Kasdin and T. Walter, 1992).</summary>
internal static class PowerLawNoise
{
    /// <summary>Fractional frequencies with S<sub>y</sub>(f) = h f<sup>α</sup> up to half the sampling rate.</summary>
    internal static double[] Frequencies(int count, double alpha, double level, double interval, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        // White frequency noise of level h has the variance h/(2τ₀); the filter (1 − B)^(α/2) multiplies its spectrum by |2 sin πfτ₀|^α, which is (2πfτ₀)^α at low frequencies.
        var deviation = Math.Sqrt(level / (2 * interval) / Math.Pow(2 * Math.PI * interval, alpha));
        var filter = new double[count];
        filter[0] = 1;
        for (var k = 1; k < count; k++)
            filter[k] = filter[k - 1] * (k - 1 - alpha / 2) / k;
        var white = Enumerable.Range(0, count).Select(_ => deviation * Normal()).ToArray();
        var y = new double[count];
        for (var i = 0; i < count; i++)
            for (var k = 0; k <= i; k++)
                y[i] += filter[k] * white[i - k];
        return y;
    }

    internal static double[] Phases(int count, double alpha, double level, double interval, int seed) => ClockData.ToPhases(Frequencies(count - 1, alpha, level, interval, seed), interval);
}
