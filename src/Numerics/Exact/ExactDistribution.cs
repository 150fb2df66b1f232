namespace Plumbline.Numerics;

/// <summary>How a distribution without trials was found.</summary>
public enum ExactMethod
{
    /// <summary>A sum of rectangular quantities: its distribution function is a polynomial between any two of its corners.</summary>
    PiecewisePolynomial,

    /// <summary>A linear model: inversion of the product of the characteristic functions (J. Gil-Pelaez, 1951).</summary>
    CharacteristicFunction,

    /// <summary>A model linear in its normal inputs: these are integrated in closed form, the others by Gauss rules.</summary>
    Conditional,
}

/// <summary>The distribution of a result without trials (解析分布).</summary>
public sealed class ExactDistribution
{
    private readonly Func<double, (double Cdf, double Density)> at;
    private readonly Interval range;

    internal ExactDistribution(ExactMethod method, double mean, double variance, Interval range, double errorBound, Func<double, (double Cdf, double Density)> at) =>
        (Method, Mean, Variance, this.range, ErrorBound, this.at) = (method, mean, variance, range, errorBound, at);

    /// <summary>How it was found.</summary>
    public ExactMethod Method { get; }

    /// <summary>The expectation.</summary>
    public double Mean { get; }

    /// <summary>The variance; infinite where an input has none.</summary>
    public double Variance { get; }

    /// <summary>u; null where an input has no standard deviation.</summary>
    public double? StandardUncertainty => double.IsFinite(Variance) ? Math.Sqrt(Variance) : null;

    /// <summary>The fourth standardised moment less 3; null where an input has no fourth moment.</summary>
    public double? ExcessKurtosis { get; internal init; }

    /// <summary>What the distribution function may be wrong by.</summary>
    public double ErrorBound { get; }

    /// <summary>The probability of a value not above <paramref name="value"/>.</summary>
    /// <param name="value">In the unit of the result, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public double Cdf(double value)
    {
        Require.Finite(value);
        return value <= range.Low ? 0 : value >= range.High ? 1 : Math.Clamp(at(value).Cdf, 0, 1);
    }

    /// <summary>The density.</summary>
    /// <param name="value">In the unit of the result, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public double Density(double value)
    {
        Require.Finite(value);
        return value < range.Low || value > range.High ? 0 : Math.Max(0, at(value).Density);
    }

    /// <summary>The value not exceeded with the given probability.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not strictly between 0 and 1.</exception>
    public double Quantile(double probability)
    {
        Require.Probability(probability);
        double low = range.Low, high = range.High;
        var x = Math.Clamp(double.IsFinite(Variance) ? Mean + Math.Sqrt(Variance) * Normal.QuantileOf(probability) : (low + high) / 2, low + 1e-6 * (high - low), high - 1e-6 * (high - low));
        var resolution = 1e-13 * (double.IsFinite(Variance) ? Math.Sqrt(Variance) : high - low) + 1e-16 * Math.Abs(Mean);
        for (var step = 0; step < 100; step++)
        {
            var (cdf, density) = at(x);
            if (cdf > probability)
                high = x;
            else
                low = x;
            var next = x - (cdf - probability) / density;
            if (!(next > low && next < high))
                next = (low + high) / 2;
            if (Math.Abs(next - x) <= resolution)
                return next;
            x = next;
        }
        return x;
    }

    /// <summary>The probabilistically symmetric coverage interval.</summary>
    /// <param name="coverage">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="coverage"/> is not strictly between 0 and 1.</exception>
    public Interval Symmetric(double coverage)
    {
        Require.Probability(coverage);
        return new(Quantile((1 - coverage) / 2), Quantile((1 + coverage) / 2));
    }

    /// <summary>The shortest coverage interval.</summary>
    /// <param name="coverage">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="coverage"/> is not strictly between 0 and 1.</exception>
    public Interval Shortest(double coverage)
    {
        Require.Probability(coverage);
        var rest = 1 - coverage;
        double Length(double p) => Quantile(p + coverage) - Quantile(p);
        const int grid = 24;
        var best = Enumerable.Range(0, grid).Select(i => rest * (i + 0.5) / grid).MinBy(Length);
        double low = Math.Max(best - rest / grid, rest * 1e-9), high = Math.Min(best + rest / grid, rest * (1 - 1e-9));
        var golden = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-7 * rest)
        {
            double a = high - golden * (high - low), b = low + golden * (high - low);
            if (Length(a) < Length(b))
                high = b;
            else
                low = a;
        }
        return new(Quantile((low + high) / 2), Quantile((low + high) / 2 + coverage));
    }
}
