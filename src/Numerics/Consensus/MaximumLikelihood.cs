namespace Plumbline.Numerics;

/// <summary>Which likelihood is maximised.</summary>
public enum Likelihood
{
    /// <summary>The full likelihood: τ² is biased low for few laboratories.</summary>
    Full,

    /// <summary>The restricted likelihood (REML), which allows for the mean being estimated.</summary>
    Restricted,
}

/// <summary>The random-effects mean by (restricted) maximum likelihood (最大似然法), normal effects and stated uncertainties taken as known.</summary>
public static class MaximumLikelihood
{
    /// <summary>Maximises the likelihood over τ² ≥ 0.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="likelihood">Full or restricted.</param>
    /// <returns>The mean and τ, with weights 1/(u² + τ²), and the greatest log-likelihood (for the unit of the results, constants included).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    /// <remarks>The likelihood may have several peaks: its slope is scanned over τ² from far below the smallest variance to far above the spread, and every peak and τ = 0 are compared.</remarks>
    public static LikelihoodResult Of(double[] values, double[] standardUncertainties, Likelihood likelihood = Likelihood.Restricted)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        var frame = Frame.Of(values, standardUncertainties);
        var restricted = likelihood == Likelihood.Restricted;
        double[] z = frame.Z, s = frame.S;
        var smallest = s.Min() * s.Min();
        var range = z.Max() - z.Min();
        // Beyond the squared range the likelihood only falls.
        var low = 1e-6 * smallest;
        var steps = (int)Math.Ceiling(4 * Math.Log10(Math.Max(10, (range * range + smallest) / low)));
        var ratio = Math.Pow(Math.Max(10, (range * range + smallest) / low), 1.0 / steps);
        double best = 0, bestValue = LogLikelihood(z, s, 0, restricted);
        var (t, slope) = (0.0, Slope(z, s, 0, restricted));
        for (var i = 0; i <= steps; i++)
        {
            var next = low * Math.Pow(ratio, i);
            var nextSlope = Slope(z, s, next, restricted);
            if (slope > 0 && nextSlope <= 0)
            {
                var peak = Root(z, s, t, next, restricted);
                var value = LogLikelihood(z, s, peak, restricted);
                if (value > bestValue)
                    (best, bestValue) = (peak, value);
            }
            (t, slope) = (next, nextSlope);
        }
        var result = RandomEffects.Result(restricted ? "reml" : "maximum-likelihood", frame, best);
        var n = values.Length;
        // Back to the unit of the results, with the constants that other software gives.
        var dimensions = restricted ? n - 1 : n;
        var constant = -0.5 * dimensions * Math.Log(2 * Math.PI) + (restricted ? 0.5 * Math.Log(n) : 0) - dimensions * Math.Log(frame.Scale);
        return new(result, bestValue + constant);
    }

    private static double LogLikelihood(double[] z, double[] s, double t, bool restricted)
    {
        var (_, sum, q) = RandomEffects.At(z, s, t);
        var logs = 0.0;
        foreach (var u in s)
            logs += Math.Log(u * u + t);
        return -0.5 * (logs + q + (restricted ? Math.Log(sum) : 0));
    }

    /// <summary>Twice the derivative of the log-likelihood in τ².</summary>
    private static double Slope(double[] z, double[] s, double t, bool restricted)
    {
        var (mean, sum, _) = RandomEffects.At(z, s, t);
        double squares = 0, pull = 0;
        for (var i = 0; i < z.Length; i++)
        {
            var w = 1 / (s[i] * s[i] + t);
            squares += w * w;
            var r = w * (z[i] - mean);
            pull += r * r;
        }
        return pull - sum + (restricted ? squares / sum : 0);
    }

    /// <summary>Illinois' rule: bracketed, faster than halving.</summary>
    private static double Root(double[] z, double[] s, double low, double high, bool restricted)
    {
        double atLow = Slope(z, s, low, restricted), atHigh = Slope(z, s, high, restricted);
        var side = 0;
        for (var i = 0; i < 200 && high - low > 2e-16 * high; i++)
        {
            var t = (low * atHigh - high * atLow) / (atHigh - atLow);
            if (!(t > low && t < high))
                t = low + (high - low) / 2;
            var at = Slope(z, s, t, restricted);
            if (at == 0)
                return t;
            if (at > 0)
            {
                (low, atLow) = (t, at);
                if (side == 1)
                    atHigh /= 2;
                side = 1;
            }
            else
            {
                (high, atHigh) = (t, at);
                if (side == -1)
                    atLow /= 2;
                side = -1;
            }
        }
        return low + (high - low) / 2;
    }
}

/// <summary>A maximum-likelihood fit.</summary>
/// <param name="Reference">The reference value.</param>
/// <param name="LogLikelihood">ln L at the peak.</param>
public sealed record LikelihoodResult(ConsensusResult Reference, double LogLikelihood);
