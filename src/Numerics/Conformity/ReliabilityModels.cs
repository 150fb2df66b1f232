namespace Plumbline.Numerics;

/// <summary>Method S2 of NCSLI RP-1: reliability against time since calibration from results at several intervals, by maximum likelihood.</summary>
public static class ReliabilityModels
{
    /// <summary>Fits the models of <see cref="ReliabilityModel"/> and solves each for the interval at which the target is reached.</summary>
    /// <param name="times">Interval of each group, greater than zero, at least two different ones.</param>
    /// <param name="counts">Calibrations in each group, at least 1.</param>
    /// <param name="conforming">Of these found in tolerance.</param>
    /// <param name="targetProbability">Reliability wanted, strictly between 0 and 1.</param>
    /// <returns>One fit for each model, the best (least AIC) first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Sizes do not agree; fewer than two intervals; all or none were in tolerance, which fits no course.</exception>
    public static ReliabilityFit[] Fit(double[] times, int[] counts, int[] conforming, double targetProbability)
    {
        Require.Finite(times, 2);
        Require.Positive(times, times.Length);
        Require.SameLength(counts, times.Length);
        Require.SameLength(conforming, times.Length);
        Require.Probability(targetProbability);
        for (var i = 0; i < times.Length; i++)
        {
            if (counts[i] < 1)
                throw new ArgumentOutOfRangeException(nameof(counts), counts[i], $"Value {i + 1} must be at least 1.");
            if (conforming[i] < 0 || conforming[i] > counts[i])
                throw new ArgumentOutOfRangeException(nameof(conforming), conforming[i], $"Value {i + 1} must lie between 0 and {counts[i]}.");
        }
        if (times.Distinct().Count() < 2)
            throw new ArgumentException("At least two different intervals are needed.", nameof(times));
        if (conforming.Sum() == 0 || conforming.Sum() == counts.Sum())
            throw new ArgumentException("Some calibrations must be in tolerance and some out of it.", nameof(conforming));
        var unit = times.Average();
        double LogLikelihood(Func<double, double> survival) => Enumerable.Range(0, times.Length).Sum(i =>
        {
            var r = Math.Clamp(survival(times[i] / unit), 1e-300, 1 - 1e-16);
            return conforming[i] * Math.Log(r) + (counts[i] - conforming[i]) * Math.Log(1 - r);
        });
        return [.. Enum.GetValues<ReliabilityModel>().Select(model =>
        {
            var shaped = model != ReliabilityModel.Exponential;
            double Profile(double shape, out double rate)
            {
                rate = Math.Exp(Highest(x => LogLikelihood(Survival(model, Math.Exp(x), shape)), -12, 8));
                return LogLikelihood(Survival(model, rate, shape));
            }
            var best = shaped ? Math.Exp(Highest(x => Profile(Math.Exp(x), out _), -4, 4)) : 1;
            var likelihood = Profile(best, out var found);
            var survival = Survival(model, found, best);
            return new ReliabilityFit(model, found / unit, shaped ? best : null, likelihood, 2 * (shaped ? 2 : 1) - 2 * likelihood, Solve(survival, targetProbability) * unit);
        }).OrderBy(f => f.Akaike)];
    }

    private static Func<double, double> Survival(ReliabilityModel model, double rate, double shape) => model switch
    {
        ReliabilityModel.Exponential => t => Math.Exp(-rate * t),
        ReliabilityModel.Weibull => t => Math.Exp(-Math.Pow(rate * t, shape)),
        ReliabilityModel.MixedExponential => t => Math.Pow(1 + rate * t / shape, -shape),
        // A value that starts with some spread and wanders like √t against fixed limits.
        _ => t => 1 - 2 * Normal.UpperTailOf(1 / Math.Sqrt(shape * shape * 0.01 + rate * t)),
    };

    private static double Solve(Func<double, double> survival, double target)
    {
        if (survival(0) <= target)
            return 0;
        var high = 1.0;
        while (survival(high) > target && high < 1e12)
            high *= 2;
        return RootFinder.Brent(t => survival(t) - target, 0, high);
    }

    /// <summary>Golden section for the maximum of a function with one top.</summary>
    private static double Highest(Func<double, double> function, double low, double high)
    {
        var golden = 0.5 * (Math.Sqrt(5) - 1);
        double a = high - golden * (high - low), b = low + golden * (high - low), fa = function(a), fb = function(b);
        while (high - low > 1e-10)
            if (fa >= fb)
            {
                (high, b, fb) = (b, a, fa);
                a = high - golden * (high - low);
                fa = function(a);
            }
            else
            {
                (low, a, fa) = (a, b, fb);
                b = low + golden * (high - low);
                fb = function(b);
            }
        return 0.5 * (low + high);
    }
}

/// <summary>How reliability falls with the time since calibration.</summary>
public enum ReliabilityModel
{
    /// <summary>e<sup>−λt</sup>.</summary>
    Exponential,

    /// <summary>e<sup>−(λt)^β</sup>.</summary>
    Weibull,

    /// <summary>(1 + λt/β)<sup>−β</sup>: a mixture of exponentials.</summary>
    MixedExponential,

    /// <summary>Random walk against fixed limits.</summary>
    RandomWalk,
}

/// <summary>One fitted course of reliability.</summary>
/// <param name="Model">The model.</param>
/// <param name="Rate">λ, per unit of time.</param>
/// <param name="Shape">β; null where the model has none.</param>
/// <param name="LogLikelihood">ln L, without the binomial coefficients.</param>
/// <param name="Akaike">AIC: the least is the best.</param>
/// <param name="Interval">The time at which the target is reached.</param>
public sealed record ReliabilityFit(ReliabilityModel Model, double Rate, double? Shape, double LogLikelihood, double Akaike, double Interval);
