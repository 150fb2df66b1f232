namespace Plumbline.Numerics;

/// <summary>Plotting positions of failures on probability paper.</summary>
public enum MedianRank
{
    /// <summary>The median of the Beta distribution of the order statistic.</summary>
    Exact,

    /// <summary>Benard's approximation (i − 0.3)/(n + 0.4).</summary>
    Benard,
}

/// <summary>Weibull and lognormal lives by a line through median ranks (中位秩回归), with Johnson's adjusted ranks where units are right censored.</summary>
public static class RankRegression
{
    /// <summary>Fits the line of ln t on the plotting positions (X on Y), or the other way round.</summary>
    /// <param name="failures">At least two different failure times, greater than zero.</param>
    /// <param name="rightCensored">Times at which units were taken off unfailed.</param>
    /// <param name="distribution">Weibull or lognormal.</param>
    /// <param name="ranks">Exact median ranks, or Benard's.</param>
    /// <param name="timeOnRank">True to regress ln t on the ranks, the custom for lives.</param>
    /// <returns>The line, its points and r².</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite or not positive, or the distribution is not one of the two.</exception>
    /// <exception cref="ArgumentException">Fewer than two different failure times.</exception>
    /// <remarks>A look at the fit rather than the best estimate: maximum likelihood uses censored units better.</remarks>
    public static RankRegressionResult Of(double[] failures, double[]? rightCensored = null, LifeDistribution distribution = LifeDistribution.Weibull, MedianRank ranks = MedianRank.Exact, bool timeOnRank = true)
    {
        Require.Finite(failures, 2);
        Require.Positive(failures, failures.Length);
        double[] censored = rightCensored ?? [];
        Require.Positive(censored, censored.Length, nameof(rightCensored));
        if (distribution is not (LifeDistribution.Weibull or LifeDistribution.Lognormal))
            throw new ArgumentOutOfRangeException(nameof(distribution), distribution, "Must be Weibull or lognormal.");
        if (failures.Min() == failures.Max())
            throw new ArgumentException("At least two different failure times are needed.", nameof(failures));
        var family = distribution == LifeDistribution.Weibull ? LifeFamily.SmallestExtreme : LifeFamily.Gauss;
        var points = Points(failures, censored, ranks);
        double[] x = [.. points.Select(p => Math.Log(p.Time))], y = [.. points.Select(p => family.Quantile(p.Probability))];
        double mx = x.Average(), my = y.Average(), sxx = 0, syy = 0, sxy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            sxx += (x[i] - mx) * (x[i] - mx);
            syy += (y[i] - my) * (y[i] - my);
            sxy += (x[i] - mx) * (y[i] - my);
        }
        var scale = timeOnRank ? sxy / syy : sxx / sxy;
        return new(distribution, mx - scale * my, scale, sxy * sxy / (sxx * syy), points);
    }

    /// <summary>Median ranks of failures; a censored unit shares the ranks it might have taken among the failures after it (Johnson 1964).</summary>
    internal static RankedFailure[] Points(double[] failures, double[] censored, MedianRank ranks)
    {
        var n = failures.Length + censored.Length;
        var units = failures.Select(t => (Time: t, Failed: true)).Concat(censored.Select(t => (Time: t, Failed: false))).OrderBy(u => u.Time).ThenBy(u => !u.Failed).ToArray();
        double rank = 0;
        List<RankedFailure> points = [];
        for (var i = 0; i < n; i++)
        {
            if (!units[i].Failed)
                continue;
            rank += (n + 1 - rank) / (1 + n - i);
            points.Add(new(units[i].Time, rank, ranks == MedianRank.Benard ? (rank - 0.3) / (n + 0.4) : ExactMedian(rank, n)));
        }
        return [.. points];
    }

    /// <summary>The median of Beta(i, n + 1 − i), through F.</summary>
    private static double ExactMedian(double rank, int n)
    {
        double a = rank, b = n + 1 - rank, f = FisherF.Quantile(0.5, 2 * a, 2 * b);
        return a * f / (a * f + b);
    }
}

/// <summary>A failure with its plotting position.</summary>
/// <param name="Time">Unit of the data.</param>
/// <param name="Rank">Adjusted rank, from 1.</param>
/// <param name="Probability">Share failed, strictly between 0 and 1.</param>
public sealed record RankedFailure(double Time, double Rank, double Probability);

/// <summary>A line on probability paper.</summary>
/// <param name="Distribution">Weibull or lognormal.</param>
/// <param name="Location">μ of ln t.</param>
/// <param name="Scale">σ of ln t; 1/β for Weibull.</param>
/// <param name="RSquared">r² of the points.</param>
/// <param name="Points">Failures with their ranks.</param>
public sealed record RankRegressionResult(LifeDistribution Distribution, double Location, double Scale, double RSquared, RankedFailure[] Points)
{
    /// <summary>η = e<sup>μ</sup>, unit of time.</summary>
    public double CharacteristicLife => Math.Exp(Location);

    /// <summary>β = 1/σ.</summary>
    public double Shape => 1 / Scale;
}
