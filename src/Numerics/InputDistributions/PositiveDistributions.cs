using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>The exponential distribution (指数分布) Ex(1/x) of JCGM 101, 6.4.10: a quantity that cannot be negative, of which only the estimate is known.</summary>
public sealed record ExponentialDistribution : InputDistribution
{
    private readonly double mean;

    private ExponentialDistribution(double mean) => this.mean = mean;

    /// <summary>By its mean.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not positive and finite.</exception>
    public static ExponentialDistribution FromMean(double mean)
    {
        Require.Positive(mean);
        return new(mean);
    }

    /// <inheritdoc/>
    public override string Symbol => $"{Show("Ex", mean)[..^1]}⁻¹)";

    internal override (string, (string, double)[]) Parameters => ("exponential", [("mean", mean)]);

    /// <inheritdoc/>
    public override double? Mean => mean;

    /// <inheritdoc/>
    public override double? Variance => mean * mean;

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => 2 * mean * mean * mean;

    /// <inheritdoc/>
    public override double? FourthCentralMoment => 9 * Math.Pow(mean, 4);

    /// <inheritdoc/>
    public override Interval Support => new(0, double.PositiveInfinity);

    internal override double DensityAt(double x) => Math.Exp(-x / mean) / mean;

    internal override double CdfAt(double x) => -double.ExpM1(-x / mean);

    internal override double QuantileAt(double p) => -mean * double.LogP1(-p);

    internal override double UpperQuantileAt(double p) => -mean * Math.Log(p);

    internal override QuantileShape QuantileShape => QuantileShape.Logarithmic;

    internal override Complex? CharacteristicAt(double t) => 1 / new Complex(1, -mean * t);

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        stream.Fill(target);
        BlockMath.Exponential(target, mean);
    }
}

/// <summary>The gamma distribution (伽马分布), G(q + 1, 1) of JCGM 101, 6.4.11 among them.</summary>
public sealed record GammaDistribution : InputDistribution
{
    private readonly double shape, scale;

    private GammaDistribution(double shape, double scale) => (this.shape, this.scale) = (shape, scale);

    /// <summary>By shape and scale; the mean is their product.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not positive and finite.</exception>
    public static GammaDistribution FromShapeAndScale(double shape, double scale)
    {
        Require.Positive(shape);
        Require.Positive(scale);
        return new(shape, scale);
    }

    /// <summary>By shape and rate; the mean is shape/rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not positive and finite.</exception>
    public static GammaDistribution FromShapeAndRate(double shape, double rate)
    {
        Require.Positive(rate);
        return FromShapeAndScale(shape, 1 / rate);
    }

    /// <summary>By mean and standard deviation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not positive and finite.</exception>
    public static GammaDistribution FromMeanAndStandardDeviation(double mean, double standardDeviation)
    {
        Require.Positive(mean);
        Require.Positive(standardDeviation);
        return FromShapeAndScale(mean / standardDeviation * mean / standardDeviation, standardDeviation / mean * standardDeviation);
    }

    /// <summary>The expectation of a Poisson count after q events were counted (JCGM 101, 6.4.11): G(q + 1, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative or not finite.</exception>
    public static GammaDistribution FromPoissonCount(double count)
    {
        Require.NotNegative(count);
        return new(count + 1, 1);
    }

    /// <inheritdoc/>
    public override string Symbol => Show("G", shape, scale);

    internal override (string, (string, double)[]) Parameters => ("gamma", [("shape", shape), ("scale", scale)]);

    /// <inheritdoc/>
    public override double? Mean => shape * scale;

    /// <inheritdoc/>
    public override double? Variance => shape * scale * scale;

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => 2 * shape * Math.Pow(scale, 3);

    /// <inheritdoc/>
    public override double? FourthCentralMoment => 3 * shape * (shape + 2) * Math.Pow(scale, 4);

    /// <inheritdoc/>
    public override Interval Support => new(0, double.PositiveInfinity);

    internal override double DensityAt(double x) => 2 / scale * ChiSquare.Density(2 * x / scale, 2 * shape);

    internal override double CdfAt(double x) => GammaFunctions.Incomplete(shape, x / scale).Lower;

    internal override double QuantileAt(double p) => 0.5 * scale * ChiSquare.Quantile(p, 2 * shape);

    internal override double UpperQuantileAt(double p) => 0.5 * scale * ChiSquare.UpperQuantile(p, 2 * shape);

    internal override QuantileShape QuantileShape => QuantileShape.Logarithmic;

    internal override Complex? CharacteristicAt(double t) => Complex.Exp(-shape * Complex.Log(new Complex(1, -scale * t)));

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = scale * stream.Gamma(shape);
    }
}

/// <summary>The lognormal distribution (对数正态分布).</summary>
public sealed record LogNormalDistribution : InputDistribution
{
    private readonly double mu, sigma;

    private LogNormalDistribution(double mu, double sigma) => (this.mu, this.sigma) = (mu, sigma);

    /// <summary>By mean and standard deviation <em>of the logarithm</em>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the deviation is not positive.</exception>
    public static LogNormalDistribution FromLogarithm(double logMean, double logStandardDeviation)
    {
        Require.Finite(logMean);
        Require.Positive(logStandardDeviation);
        return new(logMean, logStandardDeviation);
    }

    /// <summary>By mean and standard deviation <em>of the quantity itself</em>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is not positive and finite.</exception>
    public static LogNormalDistribution FromMeanAndStandardDeviation(double mean, double standardDeviation)
    {
        Require.Positive(mean);
        Require.Positive(standardDeviation);
        var square = double.LogP1(standardDeviation / mean * standardDeviation / mean);
        return new(Math.Log(mean) - square / 2, Math.Sqrt(square));
    }

    private double Spread => Math.Exp(sigma * sigma);

    /// <inheritdoc/>
    public override string Symbol => $"{Show("LN", mu, sigma)[..^1]}²)";

    internal override (string, (string, double)[]) Parameters => ("lognormal", [("logMean", mu), ("logStandardDeviation", sigma)]);

    /// <inheritdoc/>
    public override double? Mean => Math.Exp(mu + sigma * sigma / 2);

    /// <inheritdoc/>
    public override double? Variance => double.ExpM1(sigma * sigma) * Math.Exp(2 * mu + sigma * sigma);

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => (Spread + 2) * Math.Sqrt(double.ExpM1(sigma * sigma)) * Math.Pow(Variance!.Value, 1.5);

    /// <inheritdoc/>
    public override double? FourthCentralMoment => (Math.Pow(Spread, 4) + 2 * Math.Pow(Spread, 3) + 3 * Spread * Spread - 3) * Variance * Variance;

    /// <inheritdoc/>
    public override Interval Support => new(0, double.PositiveInfinity);

    internal override double DensityAt(double x) => x == 0 ? 0 : Normal.Density((Math.Log(x) - mu) / sigma) / (sigma * x);

    internal override double CdfAt(double x) => x == 0 ? 0 : Normal.UpperTailOf((mu - Math.Log(x)) / sigma);

    internal override double QuantileAt(double p) => Math.Exp(mu + sigma * Normal.QuantileOf(p));

    internal override double UpperQuantileAt(double p) => Math.Exp(mu - sigma * Normal.QuantileOf(p));

    internal override QuantileShape QuantileShape => QuantileShape.Logarithmic;

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        stream.Fill(target);
        BlockMath.Normal(target, mu, sigma);
        BlockMath.Exponentiate(target);
    }
}

/// <summary>The Weibull distribution (威布尔分布) from zero.</summary>
public sealed record WeibullDistribution : InputDistribution
{
    private readonly double shape, scale;

    private WeibullDistribution(double shape, double scale) => (this.shape, this.scale) = (shape, scale);

    /// <summary>By shape β and scale η, the value that 63.2 % do not exceed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not positive and finite.</exception>
    public static WeibullDistribution FromShapeAndScale(double shape, double scale)
    {
        Require.Positive(shape);
        Require.Positive(scale);
        return new(shape, scale);
    }

    private double Raw(int power) => GammaFunctions.Gamma(1 + power / shape);

    /// <inheritdoc/>
    public override string Symbol => Show("Weibull", shape, scale);

    internal override (string, (string, double)[]) Parameters => ("weibull", [("shape", shape), ("scale", scale)]);

    /// <inheritdoc/>
    public override double? Mean => scale * Raw(1);

    /// <inheritdoc/>
    public override double? Variance => scale * scale * (Raw(2) - Raw(1) * Raw(1));

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => Math.Pow(scale, 3) * (Raw(3) - 3 * Raw(1) * Raw(2) + 2 * Math.Pow(Raw(1), 3));

    /// <inheritdoc/>
    public override double? FourthCentralMoment => Math.Pow(scale, 4) * (Raw(4) - 4 * Raw(1) * Raw(3) + 6 * Raw(1) * Raw(1) * Raw(2) - 3 * Math.Pow(Raw(1), 4));

    /// <inheritdoc/>
    public override Interval Support => new(0, double.PositiveInfinity);

    internal override double DensityAt(double x)
    {
        var z = x / scale;
        return z == 0 ? shape < 1 ? double.PositiveInfinity : shape == 1 ? 1 / scale : 0 : shape / scale * Math.Pow(z, shape - 1) * Math.Exp(-Math.Pow(z, shape));
    }

    internal override double CdfAt(double x) => -double.ExpM1(-Math.Pow(x / scale, shape));

    internal override double QuantileAt(double p) => scale * Math.Pow(-double.LogP1(-p), 1 / shape);

    internal override double UpperQuantileAt(double p) => scale * Math.Pow(-Math.Log(p), 1 / shape);

    internal override QuantileShape QuantileShape => QuantileShape.Logarithmic;
}

/// <summary>The beta distribution (贝塔分布) between two limits.</summary>
public sealed record BetaDistribution : InputDistribution
{
    private readonly double alpha, beta, lower, width;

    private BetaDistribution(double alpha, double beta, double lower, double width) => (this.alpha, this.beta, this.lower, this.width) = (alpha, beta, lower, width);

    /// <summary>By its two shapes and its limits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A shape is not positive, or the limits are out of order or not finite.</exception>
    public static BetaDistribution FromShapes(double alpha, double beta, double lower = 0, double upper = 1)
    {
        Require.Positive(alpha);
        Require.Positive(beta);
        Require.Finite(lower);
        Require.Above(upper, lower);
        return new(alpha, beta, lower, upper - lower);
    }

    /// <summary>By mean, standard deviation and limits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not between the limits, or the standard deviation is not below √((mean − lower)(upper − mean)).</exception>
    public static BetaDistribution FromMeanAndStandardDeviation(double mean, double standardDeviation, double lower, double upper)
    {
        Require.Finite(lower);
        Require.Above(upper, lower);
        if (!(mean > lower && mean < upper))
            throw new ArgumentOutOfRangeException(nameof(mean), mean, $"Must lie between the limits {lower} and {upper}.");
        Require.Positive(standardDeviation);
        double m = (mean - lower) / (upper - lower), s = standardDeviation / (upper - lower);
        var sum = m * (1 - m) / (s * s) - 1;
        if (!(sum > 0))
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, $"Must be below {Math.Sqrt((mean - lower) * (upper - mean))} for this mean and these limits.");
        return new(m * sum, (1 - m) * sum, lower, upper - lower);
    }

    private double Sum => alpha + beta;

    /// <inheritdoc/>
    public override string Symbol => Show("Beta", alpha, beta, lower, lower + width);

    internal override (string, (string, double)[]) Parameters => ("beta", [("alpha", alpha), ("beta", beta), ("lower", lower), ("upper", lower + width)]);

    /// <inheritdoc/>
    public override double? Mean => lower + width * alpha / Sum;

    /// <inheritdoc/>
    public override double? Variance => width * width * alpha * beta / (Sum * Sum * (Sum + 1));

    /// <inheritdoc/>
    public override double? ThirdCentralMoment => 2 * (beta - alpha) * Math.Sqrt(Sum + 1) / ((Sum + 2) * Math.Sqrt(alpha * beta)) * Math.Pow(Variance!.Value, 1.5);

    /// <inheritdoc/>
    public override double? FourthCentralMoment =>
        (3 + 6 * ((alpha - beta) * (alpha - beta) * (Sum + 1) - alpha * beta * (Sum + 2)) / (alpha * beta * (Sum + 2) * (Sum + 3))) * Variance * Variance;

    /// <inheritdoc/>
    public override Interval Support => new(lower, lower + width);

    /// <inheritdoc/>
    public override bool IsSymmetric => alpha == beta;

    internal override double DensityAt(double x)
    {
        double z = (x - lower) / width, rest = 1 - z;
        return z == 0 || rest == 0 ? (z == 0 ? alpha : beta) is var shape && shape < 1 ? double.PositiveInfinity : shape > 1 ? 0 : (z == 0 ? beta : alpha) / width
            : GammaFunctions.BetaTerm(alpha, beta, z, rest) * Sum / (Sum * z * rest * width);
    }

    internal override double CdfAt(double x) => GammaFunctions.IncompleteBeta(alpha, beta, (x - lower) / width, (lower + width - x) / width).Lower;

    internal override double QuantileAt(double p)
    {
        var f = FisherF.Quantile(p, 2 * alpha, 2 * beta);
        return lower + width * (alpha * f / (beta + alpha * f));
    }

    internal override double UpperQuantileAt(double p)
    {
        var f = FisherF.Quantile(p, 2 * beta, 2 * alpha);
        return lower + width * (alpha / (alpha + beta * f));
    }

    internal override QuantileShape QuantileShape => QuantileShape.Linear;

    internal override void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        for (var i = 0; i < target.Length; i++)
        {
            double a = stream.Gamma(alpha), b = stream.Gamma(beta);
            target[i] = lower + width * (a + b > 0 ? a / (a + b) : 0.5);
        }
    }
}
