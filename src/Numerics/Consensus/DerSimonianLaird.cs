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

    internal static double TauSquared(ReadOnlySpan<double> z, ReadOnlySpan<double> s) =>
        z.Length < 2 ? 0 : Math.Max(0, RandomEffects.MomentTauSquared(s, RandomEffects.At(z, s, 0).Q));
}
