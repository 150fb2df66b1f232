namespace Plumbline.Numerics;

/// <summary>The scores of ISO 13528:2022 clause 9 (能力验证评分) that compare one result with the assigned value.</summary>
/// <remarks>Satisfactory up to 2, questionable between 2 and 3, unsatisfactory from 3. With few results and a mean and standard deviation taken from them |z| cannot exceed (n − 1)/√n: see <see cref="LargestPossible"/>.</remarks>
public static class ProficiencyScores
{
    /// <summary>D = x − x<sub>pt</sub>.</summary>
    /// <param name="value">The result.</param>
    /// <param name="assignedValue">x<sub>pt</sub>, same unit.</param>
    /// <returns>The difference, same unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static double Difference(double value, double assignedValue)
    {
        Require.Finite(value);
        Require.Finite(assignedValue);
        return value - assignedValue;
    }

    /// <summary>D% = 100 (x − x<sub>pt</sub>)/x<sub>pt</sub>.</summary>
    /// <param name="value">The result.</param>
    /// <param name="assignedValue">x<sub>pt</sub>, same unit.</param>
    /// <returns>The relative difference in per cent; null when the assigned value is zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static double? PercentDifference(double value, double assignedValue)
    {
        Require.Finite(value);
        Require.Finite(assignedValue);
        return assignedValue == 0 ? null : 100 * ((value - assignedValue) / assignedValue);
    }

    /// <summary>z = (x − x<sub>pt</sub>)/σ<sub>pt</sub>.</summary>
    /// <param name="value">The result.</param>
    /// <param name="assignedValue">x<sub>pt</sub>, same unit.</param>
    /// <param name="standardDeviation">σ<sub>pt</sub>, the standard deviation for proficiency assessment, same unit, not negative.</param>
    /// <returns>The score; not evaluable when σ<sub>pt</sub> is zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or σ is negative.</exception>
    /// <remarks>Use only while u(x<sub>pt</sub>) ≤ 0.3σ<sub>pt</sub>, else z′.</remarks>
    public static Score Z(double value, double assignedValue, double standardDeviation)
    {
        Require.Finite(value);
        Require.Finite(assignedValue);
        Require.NotNegative(standardDeviation);
        return OfHypotenuse(value - assignedValue, standardDeviation, 0);
    }

    /// <summary>z′ = (x − x<sub>pt</sub>)/√(σ<sub>pt</sub>² + u²(x<sub>pt</sub>)).</summary>
    /// <param name="value">The result.</param>
    /// <param name="assignedValue">x<sub>pt</sub>, same unit.</param>
    /// <param name="standardDeviation">σ<sub>pt</sub>, same unit, not negative.</param>
    /// <param name="assignedStandardUncertainty">u(x<sub>pt</sub>), same unit, not negative.</param>
    /// <returns>The score; not evaluable when both are zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is negative.</exception>
    public static Score ZPrime(double value, double assignedValue, double standardDeviation, double assignedStandardUncertainty)
    {
        Require.Finite(value);
        Require.Finite(assignedValue);
        Require.NotNegative(standardDeviation);
        Require.NotNegative(assignedStandardUncertainty);
        return OfHypotenuse(value - assignedValue, standardDeviation, assignedStandardUncertainty);
    }

    /// <summary>ζ = (x − x<sub>pt</sub>)/√(u² + u²(x<sub>pt</sub>) − 2cov).</summary>
    /// <param name="value">The result.</param>
    /// <param name="standardUncertainty">u(x), same unit, not negative.</param>
    /// <param name="assignedValue">x<sub>pt</sub>, same unit.</param>
    /// <param name="assignedStandardUncertainty">u(x<sub>pt</sub>), same unit, not negative.</param>
    /// <param name="covariance">cov(x, x<sub>pt</sub>), in that unit squared; for a contributor to a linear assigned value a<sub>j</sub>u<sub>j</sub>².</param>
    /// <returns>The score; not evaluable when the variance of the difference is not positive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is negative.</exception>
    public static Score Zeta(double value, double standardUncertainty, double assignedValue, double assignedStandardUncertainty, double covariance = 0)
    {
        Require.Finite(value);
        Require.NotNegative(standardUncertainty);
        Require.Finite(assignedValue);
        Require.NotNegative(assignedStandardUncertainty);
        Require.Finite(covariance);
        var scale = Math.Max(standardUncertainty, assignedStandardUncertainty);
        if (scale == 0)
            return Score.OfStandardised(0, 0);
        double u = standardUncertainty / scale, r = assignedStandardUncertainty / scale;
        var square = u * u + r * r - 2 * (covariance / scale / scale);
        return Score.OfStandardised((value - assignedValue) / scale, square > 1e-14 ? square : 0);
    }

    /// <summary>E<sub>z</sub><sup>−</sup> and E<sub>z</sub><sup>+</sup>: the result against the lower and the upper end of the assigned value's interval, in units of U(x).</summary>
    /// <param name="value">The result.</param>
    /// <param name="expandedUncertainty">U(x), same unit, not negative.</param>
    /// <param name="assignedValue">x<sub>pt</sub>, same unit.</param>
    /// <param name="assignedExpandedUncertainty">U(x<sub>pt</sub>), same unit, not negative.</param>
    /// <returns>Both scores; the result is satisfactory when both lie within ±1. Not evaluable when U(x) is zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is negative.</exception>
    public static (Score Low, Score High) Ez(double value, double expandedUncertainty, double assignedValue, double assignedExpandedUncertainty)
    {
        Require.Finite(value);
        Require.NotNegative(expandedUncertainty);
        Require.Finite(assignedValue);
        Require.NotNegative(assignedExpandedUncertainty);
        var d = value - assignedValue;
        return expandedUncertainty == 0 ? (Score.OfRatio(0, 0), Score.OfRatio(0, 0))
            : (Score.OfRatio((d + assignedExpandedUncertainty) / expandedUncertainty, 1), Score.OfRatio((d - assignedExpandedUncertainty) / expandedUncertainty, 1));
    }

    /// <summary>z<sub>U</sub> of ISO/TS 20612 and DIN 38402-45: a result at either end of an unsymmetrical tolerance range scores ±2, with its own slope on either side.</summary>
    /// <param name="value">The result.</param>
    /// <param name="assignedValue">x<sub>pt</sub>, same unit.</param>
    /// <param name="lowerTolerance">The lower end of the tolerance range, same unit, not above x<sub>pt</sub>.</param>
    /// <param name="upperTolerance">The upper end, same unit, not below x<sub>pt</sub>.</param>
    /// <returns>2(x − x<sub>pt</sub>) over the distance of x<sub>pt</sub> from the end on the result's side; not evaluable when that is zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or the tolerance range does not hold the assigned value.</exception>
    public static Score ZU(double value, double assignedValue, double lowerTolerance, double upperTolerance)
    {
        Require.Finite(value);
        Require.Finite(assignedValue);
        Require.Finite(lowerTolerance);
        Require.Finite(upperTolerance);
        if (lowerTolerance > assignedValue)
            throw new ArgumentOutOfRangeException(nameof(lowerTolerance), lowerTolerance, $"Must not lie above the assigned value {assignedValue}.");
        if (upperTolerance < assignedValue)
            throw new ArgumentOutOfRangeException(nameof(upperTolerance), upperTolerance, $"Must not lie below the assigned value {assignedValue}.");
        var side = value >= assignedValue ? upperTolerance - assignedValue : assignedValue - lowerTolerance;
        return OfHypotenuse(value - assignedValue, side / 2, 0);
    }

    /// <summary>PA, the difference as a percentage of the largest permitted error δ<sub>E</sub>.</summary>
    /// <param name="value">The result.</param>
    /// <param name="assignedValue">x<sub>pt</sub>, same unit.</param>
    /// <param name="permittedError">δ<sub>E</sub>, same unit, greater than zero.</param>
    /// <returns>100 D/δ<sub>E</sub>; acceptable within ±100.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or δ<sub>E</sub> is not positive.</exception>
    public static double PercentOfPermitted(double value, double assignedValue, double permittedError)
    {
        Require.Finite(value);
        Require.Finite(assignedValue);
        Require.Positive(permittedError);
        return 100 * ((value - assignedValue) / permittedError);
    }

    /// <summary>Whether u(x<sub>pt</sub>) may be neglected in z: u ≤ 0.3σ<sub>pt</sub> (ISO 13528, 9.2.1).</summary>
    /// <param name="assignedStandardUncertainty">u(x<sub>pt</sub>), not negative.</param>
    /// <param name="standardDeviation">σ<sub>pt</sub>, same unit, greater than zero.</param>
    /// <returns>True when z serves, false when z′ is called for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static bool IsNegligible(double assignedStandardUncertainty, double standardDeviation)
    {
        Require.NotNegative(assignedStandardUncertainty);
        Require.Positive(standardDeviation);
        return assignedStandardUncertainty <= 0.3 * standardDeviation;
    }

    /// <summary>(n − 1)/√n, the largest |z| that n results can have against their own mean and standard deviation: below 3 until n = 11.</summary>
    /// <param name="count">n, at least 2.</param>
    /// <returns>The bound, without unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two results.</exception>
    public static double LargestPossible(int count)
    {
        Require.AtLeast(count, 2);
        return (count - 1) / Math.Sqrt(count);
    }

    private static Score OfHypotenuse(double difference, double a, double b)
    {
        var scale = double.Hypot(a, b);
        return scale > 0 ? Score.OfStandardised(difference / scale, 1) : Score.OfStandardised(0, 0);
    }
}
