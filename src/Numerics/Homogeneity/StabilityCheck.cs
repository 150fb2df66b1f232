namespace Plumbline.Numerics;

/// <summary>Stability of an item or a transfer standard (稳定性检验) from values at two times, ISO 13528:2022 Annex B.5.</summary>
public static class StabilityCheck
{
    /// <summary>|y₁ − y₂| ≤ 0.3σ<sub>pt</sub>, and the expanded form |y₁ − y₂| ≤ 0.3σ<sub>pt</sub> + 2√(u₁² + u₂²).</summary>
    /// <param name="before">y₁, the mean before.</param>
    /// <param name="after">y₂, the mean after, same unit.</param>
    /// <param name="standardDeviation">σ<sub>pt</sub>, or the target uncertainty in its place, same unit, greater than zero.</param>
    /// <param name="standardUncertaintyBefore">u(y₁) from repeatability, same unit, not negative.</param>
    /// <param name="standardUncertaintyAfter">u(y₂) from repeatability, same unit, not negative.</param>
    /// <param name="share">The share of σ<sub>pt</sub> allowed; 0.3 in ISO 13528.</param>
    /// <returns>The change and both verdicts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static StabilityCheckResult Of(double before, double after, double standardDeviation,
        double standardUncertaintyBefore = 0, double standardUncertaintyAfter = 0, double share = 0.3)
    {
        Require.Finite(before);
        Require.Finite(after);
        Require.Positive(standardDeviation);
        Require.NotNegative(standardUncertaintyBefore);
        Require.NotNegative(standardUncertaintyAfter);
        Require.Positive(share);
        var change = after - before;
        var u = double.Hypot(standardUncertaintyBefore, standardUncertaintyAfter);
        var allowance = share * standardDeviation;
        return new(change, u, allowance, Math.Abs(change) <= allowance, Math.Abs(change) <= allowance + 2 * u, u > 0 ? Math.Abs(change) > 2 * u : change != 0);
    }
}

/// <summary>A change between two times against what is allowed.</summary>
/// <param name="Change">y₂ − y₁.</param>
/// <param name="StandardUncertainty">√(u₁² + u₂²), same unit.</param>
/// <param name="Allowance">The allowed share of σ<sub>pt</sub>, same unit.</param>
/// <param name="PassesSimple">|change| ≤ allowance.</param>
/// <param name="PassesExpanded">|change| ≤ allowance + 2u.</param>
/// <param name="Significant">|change| &gt; 2u: the change is more than repeatability explains.</param>
public sealed record StabilityCheckResult(double Change, double StandardUncertainty, double Allowance, bool PassesSimple, bool PassesExpanded, bool Significant);
