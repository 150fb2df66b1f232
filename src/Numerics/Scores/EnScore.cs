namespace Plumbline.Numerics;

/// <summary>The E<sub>n</sub> number (E<sub>n</sub> 值): how far a result lies from a reference, in units of the expanded uncertainty of their difference. |E<sub>n</sub>| ≤ 1 is satisfactory.</summary>
/// <remarks>Two forms exist, and published answers mix them: choose by whether the reference value contains the laboratory's own result, and state which.</remarks>
public static class EnScore
{
    /// <summary>The reference is independent of the result: (x − X)/√(U² + U<sub>ref</sub>² + U<sub>TS</sub>²).</summary>
    /// <param name="value">The laboratory's result.</param>
    /// <param name="expandedUncertainty">U(x), same unit, not negative, at the coverage of the others.</param>
    /// <param name="reference">The reference value X, same unit.</param>
    /// <param name="referenceExpandedUncertainty">U(X), same unit, not negative.</param>
    /// <param name="transportExpandedUncertainty">U of the transfer standard's drift and transport, same unit, not negative.</param>
    /// <returns>The score, or why there is none (all uncertainties zero).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is negative.</exception>
    public static Score Independent(double value, double expandedUncertainty, double reference, double referenceExpandedUncertainty, double transportExpandedUncertainty = 0)
    {
        Check(value, expandedUncertainty, reference, referenceExpandedUncertainty, transportExpandedUncertainty);
        var (scale, u, r, t) = Scaled(expandedUncertainty, referenceExpandedUncertainty, transportExpandedUncertainty);
        return Score.OfRatio((value - reference) / scale, u * u + r * r + t * t);
    }

    /// <summary>The result entered the weighted mean that serves as reference: (x − X)/√(U² + U<sub>TS</sub>² − U<sub>ref</sub>²).</summary>
    /// <param name="value">The laboratory's result.</param>
    /// <param name="expandedUncertainty">U(x), same unit, not negative, at the coverage of the others.</param>
    /// <param name="reference">The reference value X, same unit.</param>
    /// <param name="referenceExpandedUncertainty">U(X), same unit, not negative.</param>
    /// <param name="transportExpandedUncertainty">U of the transfer standard's drift and transport, same unit, not negative.</param>
    /// <returns>The score, or why there is none: the radicand is not positive when the reference is not more certain than the result.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is negative.</exception>
    /// <remarks>The covariance of a result with the inverse-variance weighted mean is u²(X), whence the minus sign. For other means take <see cref="OfDegree"/> with the degree of equivalence's own uncertainty.</remarks>
    public static Score Contributed(double value, double expandedUncertainty, double reference, double referenceExpandedUncertainty, double transportExpandedUncertainty = 0)
    {
        Check(value, expandedUncertainty, reference, referenceExpandedUncertainty, transportExpandedUncertainty);
        var (scale, u, r, t) = Scaled(expandedUncertainty, referenceExpandedUncertainty, transportExpandedUncertainty);
        var square = (u - r) * (u + r) + t * t;
        // Equal uncertainties may leave a rounding error instead of zero.
        return Score.OfRatio((value - reference) / scale, square > 1e-14 * u * u ? square : 0);
    }

    /// <summary>From a degree of equivalence: D/U(D).</summary>
    /// <param name="deviation">D.</param>
    /// <param name="expandedUncertainty">U(D), same unit, not negative; null when it could not be evaluated.</param>
    /// <returns>The score, or why there is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the uncertainty is negative.</exception>
    public static Score OfDegree(double deviation, double? expandedUncertainty)
    {
        Require.Finite(deviation);
        var u = expandedUncertainty ?? 0;
        Require.NotNegative(u, nameof(expandedUncertainty));
        return u > 0 ? Score.OfRatio(deviation / u, 1) : Score.OfRatio(deviation, 0);
    }

    private static void Check(double value, double expandedUncertainty, double reference, double referenceExpandedUncertainty, double transportExpandedUncertainty)
    {
        Require.Finite(value);
        Require.NotNegative(expandedUncertainty);
        Require.Finite(reference);
        Require.NotNegative(referenceExpandedUncertainty);
        Require.NotNegative(transportExpandedUncertainty);
    }

    private static (double Scale, double U, double Reference, double Transport) Scaled(double u, double reference, double transport)
    {
        var scale = Math.Max(u, Math.Max(reference, transport));
        return scale > 0 ? (scale, u / scale, reference / scale, transport / scale) : (1, 0, 0, 0);
    }
}
