namespace Plumbline.Numerics;

/// <summary>The random-effects mean of DerSimonian and Laird, Control. Clin. Trials 7 (1986) 177: x<sub>j</sub> = μ + λ<sub>j</sub> + ε<sub>j</sub>, var λ = τ², with τ² by moments.</summary>
public static class DerSimonianLaird
{
    /// <summary>Weights 1/(u² + τ²) with τ² = max(0, (Q − (n−1))/(S₁ − S₂/S₁)).</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>The mean, τ, and Cochran's Q as χ².</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    /// <remarks>Closed form. With few laboratories the uncertainty leaves out that τ is hardly known: prefer Hartung–Knapp or the bootstrap for an interval.</remarks>
    public static ConsensusResult Of(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        var frame = Frame.Of(values, standardUncertainties);
        return RandomEffects.Result("dersimonian-laird", frame, TauSquared(frame.Z, frame.S));
    }

    /// <summary>For correlated results: weights from V + τ²I with τ² = max(0, (Q − (n−1))/tr P), P = V⁻¹ − V⁻¹11′V⁻¹/(1′V⁻¹1).</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="covariance">V, symmetric and positive definite, in that unit squared.</param>
    /// <returns>The mean, τ, and Q = (x − m1)′V⁻¹(x − m1) as χ²; weights may be negative.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a variance is not positive.</exception>
    /// <exception cref="ArgumentException">No result, sizes that differ, or V is not symmetric and positive definite.</exception>
    /// <remarks>
    /// The moment equation E[Q] = n − 1 + τ² tr P; laboratories' own effects are taken as independent of each other and of V. A diagonal V gives the
    /// estimator for independent results. What all laboratories share cannot be seen in their scatter: it stays in u.
    /// </remarks>
    public static ConsensusResult Of(double[] values, double[,] covariance)
    {
        Require.Finite(values);
        Require.Covariance(covariance, values.Length);
        var effects = new CorrelatedEffects(values, covariance, nameof(covariance));
        var excess = effects.At(0).Q - (values.Length - 1);
        return effects.Result("dersimonian-laird", excess > 0 && values.Length > 1 ? excess / effects.TraceOfProjection() : 0);
    }

    internal static double TauSquared(ReadOnlySpan<double> z, ReadOnlySpan<double> s) =>
        z.Length < 2 ? 0 : Math.Max(0, RandomEffects.MomentTauSquared(s, RandomEffects.At(z, s, 0).Q));
}
