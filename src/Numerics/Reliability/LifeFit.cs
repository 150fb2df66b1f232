namespace Plumbline.Numerics;

/// <summary>A distribution of lives.</summary>
public enum LifeDistribution
{
    /// <summary>Weibull (威布尔分布), ln t of smallest extreme value distribution.</summary>
    Weibull,

    /// <summary>Lognormal (对数正态分布).</summary>
    Lognormal,

    /// <summary>Exponential (指数分布): Weibull of shape 1.</summary>
    Exponential,
}

/// <summary>A life distribution fitted by maximum likelihood.</summary>
public sealed record LifeFit
{
    private readonly LifeLikelihood likelihood;
    private readonly double[,] covariance;

    internal LifeFit(LifeDistribution distribution, LifeLikelihood likelihood, LifeLikelihood.Maximum maximum, double threshold = 0, int parameters = 0)
    {
        this.likelihood = likelihood;
        double inverse = maximum.Theta[^1], shift = maximum.Theta[0];
        (Distribution, Threshold, LogLikelihood, Converged, Iterations) = (distribution, threshold, maximum.LogLikelihood, maximum.Converged, maximum.Steps);
        (Location, Scale) = (shift / inverse, 1 / inverse);
        Parameters = parameters > 0 ? parameters : distribution == LifeDistribution.Exponential ? 1 : 2;
        covariance = Covariance(maximum.Information, inverse, shift, distribution == LifeDistribution.Exponential);
    }

    /// <summary>Which distribution.</summary>
    public LifeDistribution Distribution { get; }

    /// <summary>γ, the failure-free time; 0 but for three-parameter fits.</summary>
    public double Threshold { get; }

    /// <summary>μ: the location of ln(t − γ); ln of the characteristic life for Weibull, ln of the median for lognormal.</summary>
    public double Location { get; }

    /// <summary>σ: the scale of ln(t − γ); 1/β for Weibull.</summary>
    public double Scale { get; }

    /// <summary>η = e<sup>μ</sup>: characteristic life (特征寿命) of a Weibull, mean of an exponential, median of a lognormal life, less γ; unit of time.</summary>
    public double CharacteristicLife => Math.Exp(Location);

    /// <summary>β = 1/σ: the shape of a Weibull life (形状参数).</summary>
    public double Shape => 1 / Scale;

    /// <summary>Standard error of η, unit of time, from the observed information.</summary>
    public double StandardErrorOfLife => CharacteristicLife * Math.Sqrt(covariance[0, 0]);

    /// <summary>Standard error of β, from the observed information; 0 for exponential.</summary>
    public double StandardErrorOfShape => Shape * Math.Sqrt(covariance[1, 1]);

    /// <summary>Standard error of σ.</summary>
    public double StandardErrorOfScale => Scale * Math.Sqrt(covariance[1, 1]);

    /// <summary>ln L at the maximum, densities in units of 1/time.</summary>
    public double LogLikelihood { get; }

    /// <summary>How many parameters were fitted.</summary>
    public int Parameters { get; }

    /// <summary>Units in the data.</summary>
    public int Count => likelihood.Data.Count;

    /// <summary>Units that failed.</summary>
    public int Failures => likelihood.Data.Failures;

    /// <summary>Akaike's criterion: 2k − 2 ln L.</summary>
    public double Aic => 2 * Parameters - 2 * LogLikelihood;

    /// <summary>Akaike's criterion for small samples; infinite where n ≤ k + 1.</summary>
    public double CorrectedAic => Count > Parameters + 1 ? Aic + 2.0 * Parameters * (Parameters + 1) / (Count - Parameters - 1) : double.PositiveInfinity;

    /// <summary>Schwarz's criterion: k ln n − 2 ln L.</summary>
    public double Bic => Parameters * Math.Log(Count) - 2 * LogLikelihood;

    /// <summary>False where the likelihood has no maximum within reach, such as with failures all at one time.</summary>
    public bool Converged { get; }

    /// <summary>Steps of Newton's method.</summary>
    public int Iterations { get; }

    /// <summary>β freed of most of its bias in small samples: Ross 1994 for complete data, Ross 1996 with right censoring; null for fewer than three failures.</summary>
    public double? CorrectedShape => Distribution != LifeDistribution.Weibull || Failures < 3 ? null
        : Failures == Count ? Shape * (Count - 2) / (Count - 0.68)
        : Shape / (1 + 1.37 / (Failures - 1.92) * Math.Sqrt((double)Count / Failures));

    /// <summary>The mean life, unit of time.</summary>
    public double Mean => Threshold + (Distribution == LifeDistribution.Lognormal ? Math.Exp(Location + Scale * Scale / 2) : CharacteristicLife * GammaFunctions.Gamma(1 + Scale));

    /// <summary>The standard deviation of lives, unit of time.</summary>
    public double StandardDeviation
    {
        get
        {
            if (Distribution == LifeDistribution.Lognormal)
                return Math.Exp(Location + Scale * Scale / 2) * Math.Sqrt(Math.Exp(Scale * Scale) - 1);
            var first = GammaFunctions.Gamma(1 + Scale);
            return CharacteristicLife * Math.Sqrt(Math.Max(0, GammaFunctions.Gamma(1 + 2 * Scale) - first * first));
        }
    }

    /// <summary>The time by which a share of units fails: B<sub>10</sub> life at 0.1.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <returns>Unit of time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of range.</exception>
    public double Quantile(double probability)
    {
        Require.Probability(probability);
        return Threshold + Math.Exp(Location + Scale * likelihood.Family.Quantile(probability));
    }

    /// <summary>The share of units that live beyond a time.</summary>
    /// <param name="time">Not negative, unit of time.</param>
    /// <returns>Between 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite.</exception>
    public double Reliability(double time)
    {
        Require.NotNegative(time);
        return time <= Threshold ? 1 : Math.Exp(likelihood.Family.Upper((Math.Log(time - Threshold) - Location) / Scale).Value);
    }

    /// <summary>Confidence interval of η from the observed information, symmetric in ln η.</summary>
    /// <param name="coverageProbability">Strictly between 0 and 1.</param>
    /// <returns>Unit of time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The coverage is out of range.</exception>
    public Interval LifeInterval(double coverageProbability = 0.95) => Around(CharacteristicLife, covariance[0, 0], coverageProbability);

    /// <summary>Confidence interval of β from the observed information, symmetric in ln β.</summary>
    /// <param name="coverageProbability">Strictly between 0 and 1.</param>
    /// <returns>No unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The coverage is out of range.</exception>
    public Interval ShapeInterval(double coverageProbability = 0.95) => Around(Shape, covariance[1, 1], coverageProbability);

    /// <summary>Confidence interval of the time by which a share fails, symmetric in its logarithm (delta method); γ counts as known.</summary>
    /// <param name="probability">The share, strictly between 0 and 1.</param>
    /// <param name="coverageProbability">Strictly between 0 and 1.</param>
    /// <returns>Unit of time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A probability is out of range.</exception>
    public Interval QuantileInterval(double probability, double coverageProbability = 0.95)
    {
        Require.Probability(probability);
        var z = likelihood.Family.Quantile(probability) * Scale;
        var around = Around(Math.Exp(Location + z), covariance[0, 0] + 2 * z * -covariance[0, 1] + z * z * covariance[1, 1], coverageProbability);
        return new(Threshold + around.Low, Threshold + around.High);
    }

    /// <summary>Confidence interval of survival at a time, symmetric in ln t as above and read off at that time.</summary>
    /// <param name="time">Greater than γ, unit of time.</param>
    /// <param name="coverageProbability">Strictly between 0 and 1.</param>
    /// <returns>Between 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time or the coverage is out of range.</exception>
    public Interval ReliabilityInterval(double time, double coverageProbability = 0.95)
    {
        Require.Probability(coverageProbability);
        Require.Positive(time);
        if (!(time > Threshold))
            throw new ArgumentOutOfRangeException(nameof(time), time, $"Must be greater than the threshold {Threshold}.");
        double z = (Math.Log(time - Threshold) - Location) / Scale, inverse = 1 / Scale;
        // Var z by the delta method in (μ, ln β): dz = −β dμ + z d ln β.
        var variance = inverse * inverse * covariance[0, 0] - 2 * inverse * z * covariance[0, 1] + z * z * covariance[1, 1];
        var half = Normal.UpperQuantile((1 - coverageProbability) / 2) * Math.Sqrt(Math.Max(0, variance));
        return new(Math.Exp(likelihood.Family.Upper(z + half).Value), Math.Exp(likelihood.Family.Upper(z - half).Value));
    }

    /// <summary>Likelihood-ratio interval of β: the shapes whose profile likelihood lies within χ²/2 of the maximum. Better than the one above in small samples.</summary>
    /// <param name="coverageProbability">Strictly between 0 and 1.</param>
    /// <returns>No unit; β itself for exponential.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The coverage is out of range.</exception>
    public Interval ShapeLikelihoodInterval(double coverageProbability = 0.95)
    {
        Require.Probability(coverageProbability);
        return Distribution == LifeDistribution.Exponential ? new(1, 1)
            : Bounds(s => likelihood.ProfileOfShape(Math.Exp(s)), Math.Log(Shape), Math.Sqrt(covariance[1, 1]), coverageProbability, 0);
    }

    /// <summary>Likelihood-ratio interval of the time by which a share fails; 1 − 1/e gives that of η.</summary>
    /// <param name="probability">The share, strictly between 0 and 1.</param>
    /// <param name="coverageProbability">Strictly between 0 and 1.</param>
    /// <returns>Unit of time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A probability is out of range.</exception>
    public Interval QuantileLikelihoodInterval(double probability, double coverageProbability = 0.95)
    {
        Require.Probability(probability);
        Require.Probability(coverageProbability);
        var z = likelihood.Family.Quantile(probability);
        var width = Math.Sqrt(covariance[0, 0] - 2 * z * Scale * covariance[0, 1] + z * z * Scale * Scale * covariance[1, 1]);
        Func<double, double> profile = Distribution == LifeDistribution.Exponential ? q => likelihood.AtLocation(q - z) : q => likelihood.ProfileOfQuantile(q, z);
        return Bounds(profile, Location + Scale * z, width, coverageProbability, Threshold);
    }

    /// <summary>Where a profile crosses the limit on either side; −1 step each, then halving.</summary>
    private Interval Bounds(Func<double, double> profile, double best, double width, double coverage, double shift)
    {
        var limit = LogLikelihood - ChiSquare.Quantile(coverage, 1) / 2;
        double Side(int sign)
        {
            double inside = best, outside = best + sign * width;
            for (var i = 0; i < 200 && profile(outside) > limit; i++)
                (inside, outside) = (outside, outside + sign * width * Math.Pow(1.3, i));
            if (profile(outside) > limit)
                return sign * double.PositiveInfinity;
            for (var i = 0; i < 80 && Math.Abs(outside - inside) > 1e-14 * (1 + Math.Abs(inside)); i++)
            {
                var middle = (inside + outside) / 2;
                if (profile(middle) > limit)
                    inside = middle;
                else
                    outside = middle;
            }
            return (inside + outside) / 2;
        }
        return new(shift + Math.Exp(Side(-1)), shift + Math.Exp(Side(1)));
    }

    private static Interval Around(double value, double variance, double coverageProbability)
    {
        Require.Probability(coverageProbability);
        var factor = Math.Exp(Normal.UpperQuantile((1 - coverageProbability) / 2) * Math.Sqrt(variance));
        return new(value / factor, value * factor);
    }

    /// <summary>Of (μ, ln β): the inverse information in θ = (μβ, β), carried over.</summary>
    private static double[,] Covariance(double[,] information, double inverse, double shift, bool onlyLocation)
    {
        if (onlyLocation)
            return new double[,] { { 1 / (information[0, 0] * inverse * inverse), 0 }, { 0, 0 } };
        var determinant = information[0, 0] * information[1, 1] - information[0, 1] * information[0, 1];
        double v00 = information[1, 1] / determinant, v01 = -information[0, 1] / determinant, v11 = information[0, 0] / determinant;
        double a = 1 / inverse, b = -shift / (inverse * inverse), c = 1 / inverse;
        return new[,] { { a * a * v00 + 2 * a * b * v01 + b * b * v11, c * (a * v01 + b * v11) }, { c * (a * v01 + b * v11), c * c * v11 } };
    }
}
