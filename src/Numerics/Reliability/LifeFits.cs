namespace Plumbline.Numerics;

/// <summary>Weibull, lognormal and exponential lives by maximum likelihood, with failures and units censored on the right, on the left or within intervals (GB/T 34987, IEC 61649).</summary>
public static class LifeFits
{
    /// <summary>Fits a two-parameter distribution.</summary>
    /// <param name="failures">Failure times, greater than zero; none where all failures are known within bounds only.</param>
    /// <param name="rightCensored">Times at which units were taken off unfailed.</param>
    /// <param name="leftCensored">Times at which units were found failed, nothing being known before.</param>
    /// <param name="intervals">Rows of two times: last seen working (0 allowed), first seen failed.</param>
    /// <param name="distribution">Weibull unless told.</param>
    /// <returns>The fit, with <see cref="LifeFit.Converged"/> false where the likelihood has no maximum.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite or not positive, or an interval does not rise.</exception>
    /// <exception cref="ArgumentException">No unit has failed.</exception>
    public static LifeFit Of(double[]? failures = null, double[]? rightCensored = null, double[]? leftCensored = null, double[][]? intervals = null, LifeDistribution distribution = LifeDistribution.Weibull) =>
        Fit(Lifetimes.Of(failures, rightCensored, leftCensored, intervals), distribution);

    /// <summary>Fits a Weibull life with a failure-free time γ, between 0 and the first failure.</summary>
    /// <param name="failures">At least three failure times, greater than zero.</param>
    /// <param name="rightCensored">Times at which units were taken off unfailed.</param>
    /// <returns>The highest maximum of the likelihood inside the range; where there is none <see cref="LifeFit.Converged"/> is false and the two-parameter fit (γ = 0) is returned.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite or not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than three failures.</exception>
    /// <remarks>As γ nears the first failure the likelihood grows without bound where β &lt; 1: that end is no estimate and is kept out. η counts from γ.</remarks>
    public static LifeFit ThreeParameter(double[] failures, double[]? rightCensored = null)
    {
        Require.Finite(failures, 3);
        Lifetimes.Of(failures, rightCensored, null, null);
        var first = failures.Min();
        LifeFit At(double rest) => Fit(Lifetimes.Of(failures, rightCensored, null, null, first - rest), LifeDistribution.Weibull, first - rest, 3);
        // The distance to the first failure on a logarithmic grid; a maximum is a place above both its neighbours.
        const int places = 121;
        double[] rests = [.. Enumerable.Range(0, places).Select(i => first * Math.Pow(10, -6.0 * i / (places - 1)))];
        double[] heights = [.. rests.Select(r => At(r).LogLikelihood)];
        var best = -1;
        for (var i = 1; i + 1 < places; i++)
            if (heights[i] >= heights[i - 1] && heights[i] > heights[i + 1] && (best < 0 || heights[i] > heights[best]))
                best = i;
        if (best < 0)
            return Unbounded(failures, rightCensored);
        // By the envelope theorem the slope of the profile is that of the likelihood with the other parameters at their best: its sign is halved down.
        double low = Math.Log(rests[best + 1]), high = Math.Log(rests[best - 1]);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (SlopeInThreshold(At(Math.Exp(middle)), failures, rightCensored) > 0)
                high = middle;
            else
                low = middle;
        }
        return At(Math.Exp((low + high) / 2));
    }

    /// <summary>∂ ln L/∂γ of a Weibull life.</summary>
    private static double SlopeInThreshold(LifeFit fit, double[] failures, double[]? rightCensored)
    {
        double Hazard(double rest) => fit.Shape * Math.Pow(rest / fit.CharacteristicLife, fit.Shape) / rest;
        return failures.Sum(t => Hazard(t - fit.Threshold) - (fit.Shape - 1) / (t - fit.Threshold))
            + (rightCensored ?? []).Where(t => t > fit.Threshold).Sum(t => Hazard(t - fit.Threshold));
    }

    private static LifeFit Unbounded(double[] failures, double[]? rightCensored)
    {
        var data = Lifetimes.Of(failures, rightCensored, null, null);
        var likelihood = LifeLikelihood.Plain(LifeFamily.SmallestExtreme, data);
        return new(LifeDistribution.Weibull, likelihood, likelihood.Maximise() with { Converged = false }, 0, 3);
    }

    private static LifeFit Fit(Lifetimes data, LifeDistribution distribution, double threshold = 0, int parameters = 0)
    {
        if (!Enum.IsDefined(distribution))
            throw new ArgumentOutOfRangeException(nameof(distribution), distribution, "Must be one of the distributions.");
        var likelihood = LifeLikelihood.Plain(distribution == LifeDistribution.Lognormal ? LifeFamily.Gauss : LifeFamily.SmallestExtreme, data, distribution == LifeDistribution.Exponential);
        return new(distribution, likelihood, likelihood.Maximise(), threshold, parameters);
    }
}
