namespace Plumbline.Numerics;

/// <summary>The random-effects mean of Mandel and Paule (J. Res. NBS 87 (1982) 377): τ² makes the weighted sum of squares equal its degrees of freedom.</summary>
public static class PauleMandel
{
    /// <summary>Solves Σ(x − μ)²/(u² + τ²) = n − 1 for τ² ≥ 0.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>The mean and τ; τ is zero when the results are already consistent.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    /// <remarks>The sum is convex and falls in τ², so Newton's steps from zero never overshoot: convergence is certain and there is one solution.</remarks>
    public static ConsensusResult Of(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        var frame = Frame.Of(values, standardUncertainties);
        var (t, iterations, converged) = TauSquared(frame.Z, frame.S, values.Length - 1);
        return RandomEffects.Result("paule-mandel", frame, t, iterations, converged);
    }

    /// <summary>For correlated results: solves (x − μ1)′(V + τ²I)⁻¹(x − μ1) = n − 1 for τ² ≥ 0.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="covariance">V, symmetric and positive definite, in that unit squared.</param>
    /// <returns>The mean and τ; τ is zero when the results are already consistent; weights may be negative.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a variance is not positive.</exception>
    /// <exception cref="ArgumentException">No result, sizes that differ, or V is not symmetric and positive definite.</exception>
    /// <remarks>Laboratories' own effects are taken as independent of each other and of V. The sum is convex in τ² with V too, so Newton's steps from zero never overshoot.</remarks>
    public static ConsensusResult Of(double[] values, double[,] covariance)
    {
        const int limit = 500;
        Require.Finite(values);
        Require.Covariance(covariance, values.Length);
        var effects = new CorrelatedEffects(values, covariance, nameof(covariance));
        var target = values.Length - 1;
        var t = 0.0;
        for (var i = 0; i < limit; i++)
        {
            var fit = effects.At(t);
            if (!(fit.Q > target) || target == 0)
                return effects.Result("paule-mandel", t, i);
            // In 1/Q the step is nearly exact far out; back to Newton's own where it would pass the root.
            var newton = (fit.Q - target) / fit.Fall;
            var trial = t + newton * fit.Q / target;
            var next = effects.At(trial).Q < target ? t + newton : trial;
            if (next - t <= 4e-16 * next)
                return effects.Result("paule-mandel", next, i + 1);
            t = next;
        }
        return effects.Result("paule-mandel", t, limit, converged: false);
    }

    /// <summary>The t ≥ 0 at which the generalised Q equals <paramref name="target"/>; zero when Q(0) is already below.</summary>
    internal static (double TauSquared, int Iterations, bool Converged) TauSquared(ReadOnlySpan<double> z, ReadOnlySpan<double> s, double target)
    {
        const int limit = 500;
        var t = 0.0;
        for (var i = 0; i < limit; i++)
        {
            var (mean, _, q) = RandomEffects.At(z, s, t);
            var excess = q - target;
            if (!(excess > 0))
                return (t, i, true);
            var slope = 0.0;
            for (var j = 0; j < z.Length; j++)
            {
                var wd = (z[j] - mean) / (s[j] * s[j] + t);
                slope += wd * wd;
            }
            // For t far above u², Q falls like 1/t: stepping in 1/Q instead of Q is then exact, and never past the root either.
            var step = excess / slope * (target > 0 ? q / target : 1);
            var newton = excess / slope;
            var trial = t + step;
            var overshoots = RandomEffects.At(z, s, trial).Q < target;
            var next = overshoots ? t + newton : trial;
            if (next - t <= 4e-16 * next)
                return (next, i + 1, true);
            t = next;
        }
        return (t, limit, false);
    }
}
