namespace Plumbline.Numerics;

/// <summary>A law of stresses or strengths (应力、强度分布).</summary>
public sealed class StressLaw
{
    private readonly Func<double, double> upper;
    private readonly Func<double, double> quantile;
    private readonly Func<double, double> upperQuantile;

    private StressLaw(string name, double[] parameters, Func<double, double> cdf, Func<double, double> upper, Func<double, double> quantile, Func<double, double> upperQuantile)
    {
        (Name, Parameters, Cdf) = (name, parameters, cdf);
        (this.upper, this.quantile, this.upperQuantile) = (upper, quantile, upperQuantile);
    }

    /// <summary>The law's English name, such as <c>normal</c>.</summary>
    public string Name { get; }

    /// <summary>Parameters as given.</summary>
    public IReadOnlyList<double> Parameters { get; }

    internal Func<double, double> Cdf { get; }

    /// <summary>Normal law.</summary>
    /// <param name="mean">μ.</param>
    /// <param name="standardDeviation">σ, greater than zero, same unit.</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or σ not positive.</exception>
    public static StressLaw Normal(double mean, double standardDeviation)
    {
        Require.Finite(mean);
        Require.Positive(standardDeviation);
        return new("normal", [mean, standardDeviation], x => Numerics.Normal.UpperTailOf((mean - x) / standardDeviation), x => Numerics.Normal.UpperTailOf((x - mean) / standardDeviation),
            p => mean + standardDeviation * Numerics.Normal.QuantileOf(p), q => mean - standardDeviation * Numerics.Normal.QuantileOf(q));
    }

    /// <summary>Lognormal law: ln x is normal.</summary>
    /// <param name="location">μ of ln x.</param>
    /// <param name="scale">σ of ln x, greater than zero.</param>
    /// <param name="threshold">Where the law begins.</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or σ not positive.</exception>
    public static StressLaw Lognormal(double location, double scale, double threshold = 0)
    {
        Require.Finite(location);
        Require.Positive(scale);
        Require.Finite(threshold);
        double Z(double x) => x > threshold ? (Math.Log(x - threshold) - location) / scale : double.NegativeInfinity;
        return new("lognormal", [location, scale, threshold], x => Numerics.Normal.UpperTailOf(-Z(x)), x => Numerics.Normal.UpperTailOf(Z(x)),
            p => threshold + Math.Exp(location + scale * Numerics.Normal.QuantileOf(p)), q => threshold + Math.Exp(location - scale * Numerics.Normal.QuantileOf(q)));
    }

    /// <summary>Weibull law.</summary>
    /// <param name="scale">η, greater than zero.</param>
    /// <param name="shape">β, greater than zero.</param>
    /// <param name="threshold">Where the law begins.</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or η or β not positive.</exception>
    public static StressLaw Weibull(double scale, double shape, double threshold = 0)
    {
        Require.Positive(scale);
        Require.Positive(shape);
        Require.Finite(threshold);
        double Hazard(double x) => x > threshold ? Math.Pow((x - threshold) / scale, shape) : 0;
        return new("weibull", [scale, shape, threshold], x => Hazard(x) is var w && w < 1 ? 2 * Math.Sinh(w / 2) * Math.Exp(-w / 2) : 1 - Math.Exp(-w), x => Math.Exp(-Hazard(x)),
            p => threshold + scale * Math.Pow(-GammaFunctions.Log1P(-p), 1 / shape), q => threshold + scale * Math.Pow(-Math.Log(q), 1 / shape));
    }

    /// <summary>Exponential law: Weibull of shape 1.</summary>
    /// <param name="rate">λ = 1/mean, greater than zero.</param>
    /// <param name="threshold">Where the law begins.</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or λ not positive.</exception>
    public static StressLaw Exponential(double rate, double threshold = 0)
    {
        Require.Positive(rate);
        Require.Finite(threshold);
        return Weibull(1 / rate, 1, threshold);
    }

    /// <summary>Gamma law.</summary>
    /// <param name="scale">θ, greater than zero.</param>
    /// <param name="shape">k, greater than zero.</param>
    /// <param name="threshold">Where the law begins.</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or θ or k not positive.</exception>
    public static StressLaw Gamma(double scale, double shape, double threshold = 0)
    {
        Require.Positive(scale);
        Require.Positive(shape);
        Require.Finite(threshold);
        return new("gamma", [scale, shape, threshold], x => x > threshold ? ChiSquare.Cdf(2 * (x - threshold) / scale, 2 * shape) : 0, x => x > threshold ? ChiSquare.UpperTail(2 * (x - threshold) / scale, 2 * shape) : 1,
            p => threshold + scale * ChiSquare.Quantile(p, 2 * shape) / 2, q => threshold + scale * ChiSquare.UpperQuantile(q, 2 * shape) / 2);
    }

    /// <summary>Uniform law.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end, above the lower.</param>
    /// <returns>The law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, or the ends do not rise.</exception>
    public static StressLaw Uniform(double low, double high)
    {
        Require.Finite(low);
        Require.Finite(high);
        if (!(high > low))
            throw new ArgumentOutOfRangeException(nameof(high), high, $"Must be above {low}.");
        return new("uniform", [low, high], x => Math.Clamp((x - low) / (high - low), 0, 1), x => Math.Clamp((high - x) / (high - low), 0, 1), p => low + p * (high - low), q => high - q * (high - low));
    }

    internal double Upper(double x) => upper(x);

    internal double Quantile(double p) => quantile(p);

    internal double UpperQuantile(double q) => upperQuantile(q);
}

/// <summary>Stress–strength interference (应力—强度干涉): the probability that a stress exceeds a strength.</summary>
public static class StressStrength
{
    /// <summary>P(stress &gt; strength) of independent stress and strength.</summary>
    /// <param name="stress">Law of the stress.</param>
    /// <param name="strength">Law of the strength, same unit.</param>
    /// <returns>Between 0 and 1, also far below 10⁻¹⁰ with ten digits.</returns>
    /// <exception cref="ArgumentNullException">A law is missing.</exception>
    /// <remarks>Normal with normal in closed form. Otherwise ∫F<sub>strength</sub>(Q<sub>stress</sub>(p)) dp by the double-exponential rule, which is at home in the tails where such a probability comes from.</remarks>
    public static double ProbabilityOfFailure(StressLaw stress, StressLaw strength)
    {
        ArgumentNullException.ThrowIfNull(stress);
        ArgumentNullException.ThrowIfNull(strength);
        if (stress.Name == "normal" && strength.Name == "normal")
            return Normal.UpperTailOf((strength.Parameters[0] - stress.Parameters[0]) / Math.Sqrt(stress.Parameters[1] * stress.Parameters[1] + strength.Parameters[1] * strength.Parameters[1]));
        const double step = 1 / 64.0;
        double sum = 0;
        for (var k = -400; k <= 400; k++)
        {
            double t = k * step, e = Math.Exp(-Math.PI * Math.Abs(Math.Sinh(t))), small = e / (1 + e);
            var weight = Math.PI * Math.Cosh(t) * small / (1 + e);
            if (small < 1e-300)
                continue;
            // The smaller of p and 1 − p is at hand with all its digits on either side.
            sum += weight * strength.Cdf(t < 0 ? stress.Quantile(small) : stress.UpperQuantile(small));
        }
        return Math.Clamp(sum * step, 0, 1);
    }
}
