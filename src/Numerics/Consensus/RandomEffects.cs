namespace Plumbline.Numerics;

/// <summary>The sums that moment estimators of a common mean share, over centred and scaled data.</summary>
internal static class RandomEffects
{
    /// <summary>Weighted mean, sum of weights and Q for weights 1/(s² + t).</summary>
    internal static (double Mean, double Sum, double Q) At(ReadOnlySpan<double> z, ReadOnlySpan<double> s, double t)
    {
        double sum = 0, moment = 0;
        for (var i = 0; i < z.Length; i++)
        {
            var w = 1 / (s[i] * s[i] + t);
            sum += w;
            moment += w * z[i];
        }
        var mean = moment / sum;
        var q = 0.0;
        for (var i = 0; i < z.Length; i++)
        {
            var d = z[i] - mean;
            q += d * d / (s[i] * s[i] + t);
        }
        return (mean, sum, q);
    }

    /// <summary>DerSimonian and Laird's moment estimate of τ², not cut at zero.</summary>
    internal static double MomentTauSquared(ReadOnlySpan<double> s, double q)
    {
        // S₁ − S₂/S₁ as Σ 2w_iw_j/S₁: the difference itself cancels to nothing when one result outweighs all others.
        double s1 = 0, products = 0;
        foreach (var u in s)
        {
            var w = 1 / (u * u);
            products += 2 * w * s1;
            s1 += w;
        }
        return (q - (s.Length - 1)) / (products / s1);
    }

    internal static double[] Weights(double[] s, double t, double sum) => Array.ConvertAll(s, u => 1 / (u * u + t) / sum);

    /// <summary>The common result: the weighted mean with weights 1/(s² + t).</summary>
    internal static ConsensusResult Result(string method, Frame frame, double t, int iterations = 0, bool converged = true)
    {
        var (mean, sum, _) = At(frame.Z, frame.S, t);
        var q = At(frame.Z, frame.S, 0).Q;
        var nu = frame.Z.Length - 1;
        return new()
        {
            Method = method,
            Value = frame.Location(mean),
            StandardUncertainty = frame.Scale / Math.Sqrt(sum),
            Weights = Weights(frame.S, t, sum),
            Included = [.. Enumerable.Repeat(true, frame.Z.Length)],
            Tau = frame.Scale * Math.Sqrt(t),
            ChiSquared = q,
            DegreesOfFreedom = nu,
            PValue = nu > 0 ? ChiSquare.UpperTail(q, nu) : null,
            Iterations = iterations,
            Converged = converged,
        };
    }
}
